"""Questions to Văn phòng follow the evidence: edited in place while the report awaits a decision.

An edit that fails is harmless: the list of what waits and the item's card show how things stand.
"""

import logging

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.domain.errors import DeliveryError
from bot.i18n import Translators
from bot.services.card_watch import Editor
from bot.services.contents import content_of
from bot.services.messages import Address, Gone, Outgoing, Renderer
from storage import asked, offices
from storage.audit import newest_entry
from storage.db import Database
from storage.rows import Owed

logger = logging.getLogger(__name__)

# Entries looked at in one round; after a start the last ones are looked at once more.
MOST_ENTRIES, LOOK_BACK = 200, 200
# Messages edited in one round: edits share the limits of sending.
MOST_EDITS = 10


class AskedWatch:
    """Edits what asks for a confirmation. Remembers how far it has looked."""

    def __init__(
        self,
        db: Database,
        editor: Editor,
        render: Renderer,
        translators: Translators,
        clock: Clock,
    ) -> None:
        self._db = db
        self._editor = editor
        self._render = render
        self._translators = translators
        self._clock = clock
        self._seen: int | None = None

    async def refresh(self) -> None:
        """Edit the questions about reports whose evidence has changed."""
        async with self._db.read() as session:
            if self._seen is None:
                self._seen = max(0, await newest_entry(session) - LOOK_BACK)
            newest, found = await asked.asked_of_changed(session, self._seen, MOST_ENTRIES)
            said = [(owed, await self._said(session, owed)) for owed in found[:MOST_EDITS]]
        for owed, message in said:
            if message is not None:
                await self._edit(owed, message)
        if len(found) <= MOST_EDITS:
            self._seen = newest

    async def _said(self, session: AsyncSession, owed: Owed) -> Outgoing | None:
        content = await content_of(session, owed, self._clock())
        if isinstance(content, Gone) or not owed.message_ids:
            return None
        locale = owed.chat.locale or await offices.office_locale(session, owed.office_id)
        return self._render(content, self._translators(locale))[0]

    async def _edit(self, owed: Owed, message: Outgoing) -> None:
        address = Address(owed.chat.telegram_id, owed.chat.thread_id)
        try:
            await self._editor.edit(address, owed.message_ids[0], message)
        except DeliveryError as error:
            logger.info("question not edited: %s", error.reason, extra={"outbox": owed.id})
