"""The question which item is meant, with a button for each that it can be. Pure."""

from dataclasses import dataclass
from html import escape

from bot.domain.listing import ListRef
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services import change_flows as flows
from bot.services.choosing import Choices
from bot.services.messages import Button, Outgoing
from handlers.callbacks import ListPress, Press, data, list_data, pair_data
from handlers.change_rows import CHANGES
from handlers.proof_keys import ProofPress, proof_data
from handlers.words import clip

LABEL_LENGTH = 56


@dataclass(frozen=True, slots=True)
class Asked:
    """How a purpose is asked about: the question, an example, and what is said without items."""

    question: str
    example: str
    nothing: str
    nothing_for_office: str = ""


ASKED = {
    Purpose.REPORT: Asked(
        N_("Which item is done?"),
        "/xong III.5 https://… 123/BC-STP",
        N_("Your unit owes no report now. /viec lists what is open."),
        N_("No unit owes a report now. /cho_xac_nhan lists what waits for confirmation."),
    ),
    Purpose.EXTEND: Asked(
        N_("Another date for which item?"),
        N_("/gia_han III.5 30/6 waiting for figures"),
        N_(
            "Your unit has no open item with a date that could be moved. /viec lists what is open."
        ),
    ),
    Purpose.STUCK: Asked(
        N_("Which item is stuck?"),
        N_("/vuong_mac III.5 no figures yet"),
        N_("Your unit has nothing open. /vuong_mac lists the difficulties reported."),
    ),
    Purpose.VIEW: Asked(
        N_("Which item shall I show?"),
        "/xem III.5",
        N_("Nothing is open. Find a finished item with /tim, for example /tim III.5."),
    ),
    Purpose.PROOFS: Asked(
        N_("The evidence of which item?"),
        "/minh_chung III.5",
        N_("Nothing is open. Find a finished item with /tim, for example /tim III.5."),
    ),
    Purpose.LOG: Asked(
        N_("The history of which item?"),
        "/nhat_ky III.5",
        N_("Nothing is open. Find a finished item with /tim, for example /tim III.5."),
    ),
    Purpose.EVENT: Asked(
        N_("Which item's event has happened?"),
        "/kich_hoat II.3 05/3/2024",
        N_("Nothing waits for an event now. /chua_co_han lists what has no date."),
    ),
    Purpose.DATE: Asked(
        N_("Which item gets a date?"),
        "/dat_han III.2 30/6",
        N_(
            "Every open item has a date, waits for its event or runs on without one. To move a "
            "date, the unit asks with /gia_han."
        ),
    ),
    Purpose.OWNERS: Asked(
        N_("Which item is given to other units?"),
        "/giao III.2 HCTP; phối hợp: VP",
        N_("Nothing is open. Add a task with /them."),
    ),
    Purpose.EDIT: Asked(
        N_("Which item changes?"),
        "/sua III.5",
        N_("Nothing is open. A finished item is changed with /sua and its code."),
    ),
    Purpose.DROP: Asked(
        N_("Which item is no longer carried out?"),
        "/thoi_viec III.5 Quyết định 12/QĐ-STP",
        N_("Nothing is open, so nothing can be ended."),
    ),
}
# Acts that go on with the part that is meant, and those that go on with the item.
PARTS = {
    Purpose.REPORT: Press.REPORT,
    Purpose.EXTEND: Press.EXTEND,
    Purpose.STUCK: Press.STUCK_RAISE,
}
FLOWS = {
    Purpose.EVENT: flows.EVENT,
    Purpose.DATE: flows.DATE,
    Purpose.OWNERS: flows.OWNERS,
    Purpose.EDIT: flows.EDIT,
    Purpose.DROP: flows.DROP,
}
PLACES = {name: place for place, (name, _) in enumerate(CHANGES)}


def question(found: Choices, tr: Translator) -> Outgoing:
    """Ask which item is meant; what could be typed instead is the last line."""
    asked = ASKED[found.purpose]
    if not found.found:
        nothing = (found.office and asked.nothing_for_office) or asked.nothing
        return Outgoing(escape(tr(nothing)))
    example = f"<code>{escape(tr(asked.example))}</code>"
    lines = [
        f"❓ <b>{escape(tr(asked.question))}</b>",
        tr(N_("Or type: {example}"), example=example),
    ]
    rows = [(Button(_label(one), goes_on(found.purpose, one)),) for one in found.found]
    return Outgoing("\n".join(lines), (*rows, *_turning(found)))


def opener(label: str, purpose: Purpose) -> Button:
    """Return a button that leads to the items which `purpose` is possible for."""
    return Button(label, pair_data(Press.CHOOSE, list(Purpose).index(purpose), 0))


def _label(part: Part) -> str:
    title = f"· {part.title}" if part.title else "🔒"
    return clip(f"{part.code} {title}", LABEL_LENGTH)


def _turning(found: Choices) -> tuple[tuple[Button, ...], ...]:
    if found.pages < 2:
        return ()
    place = list(Purpose).index(found.purpose)
    wanted = [(page, word) for page, word in ((found.page - 1, "◀"), (found.page + 1, "▶"))]
    keys = [
        Button(word, pair_data(Press.CHOOSE, place, page))
        for page, word in wanted
        if 0 <= page < found.pages
    ]
    here = Button(f"{found.page + 1}/{found.pages}", pair_data(Press.CHOOSE, place, found.page))
    keys.insert(1 if found.page else 0, here)
    return (tuple(keys),)


def goes_on(purpose: Purpose, part: Part) -> str:
    """Return the data of the button that goes on with an act for the part, or its item."""
    if purpose in PARTS:
        return data(PARTS[purpose], part.id)
    if purpose in FLOWS:
        return pair_data(Press.CHANGE, part.item_id, PLACES[FLOWS[purpose]])
    if purpose is Purpose.PROOFS:
        return proof_data(ProofPress.ITEM, part.item_id)
    if purpose is Purpose.LOG:
        return list_data(ListPress.HISTORY, ListRef(), part.item_id, 0)
    return data(Press.OPEN, part.item_id)
