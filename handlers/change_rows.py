"""The button under a card that leads to its changes, and what they are. Pure."""

from bot.domain.problem import N_
from bot.domain.roles import coordinates
from bot.domain.work import DeadlineKind
from bot.i18n import Translator
from bot.services import change_flows as flows
from bot.services.messages import Button, Card
from handlers.callbacks import Press, data, pair_data

Row = tuple[Button, ...]
# In the order of the menu; a button names its place.
CHANGES = (
    (flows.EVENT, N_("▶️ Event happened")),
    (flows.DATE, N_("🗓 Set the date")),
    (flows.OWNERS, N_("👥 Units")),
    (flows.EDIT, N_("✏️ Edit")),
    (flows.DROP, N_("🚫 No longer carried out")),
)


def adjust(card: Card, tr: Translator) -> list[Row]:
    """Offer Văn phòng to change the item."""
    if card.viewer is None or not coordinates(card.viewer):
        return []
    return [(Button(tr(N_("⚙️ Adjust")), data(Press.ADJUST, card.item.id)),)]


def menu(card: Card, tr: Translator) -> tuple[Row, ...]:
    """Return a button for each change that fits the item."""
    parts = [view.line.part for view in card.parts]
    fits = {
        flows.EVENT: any(part.kind is DeadlineKind.RELATIVE for part in parts),
        flows.DATE: any(part.kind is DeadlineKind.UNSPECIFIED for part in parts),
        flows.DROP: any(not part.closed for part in parts),
    }
    return (
        *(
            (Button(tr(label), pair_data(Press.CHANGE, card.item.id, place)),)
            for place, (name, label) in enumerate(CHANGES)
            if fits.get(name, True)
        ),
        (Button(tr(N_("⬅ Back")), data(Press.OPEN, card.item.id)),),
    )
