"""The button by which a unit says that it got what it was sent. Pure."""

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Button
from handlers.callbacks import Press, data


def received(outbox_id: int, tr: Translator) -> Button:
    """Return the button that acknowledges a message."""
    return Button(tr(N_("👌 Received")), data(Press.SEEN, outbox_id))
