"""Changing messages that were sent: cards, and questions to who decides.

An edit that fails is harmless: the next press, or the list of what waits, shows how things stand.
"""

import logging
from typing import Protocol

from bot.domain.errors import DeliveryError
from bot.services.messages import Address, Outgoing

logger = logging.getLogger(__name__)


class Editor(Protocol):
    """Changes messages that were sent."""

    async def edit(self, address: Address, message_id: int, message: Outgoing) -> None:
        """Put a message in the place of one that was sent.

        Raises:
            DeliveryError: it was not, or may not have been.
        """
        ...


async def edited(
    editor: Editor, address: Address, message_id: int, message: Outgoing
) -> DeliveryError | None:
    """Edit a message; return why it was not edited, None when it was."""
    try:
        await editor.edit(address, message_id, message)
    except DeliveryError as error:
        logger.info("not edited: %s", error.reason, extra={"sent": message_id})
        return error
    return None
