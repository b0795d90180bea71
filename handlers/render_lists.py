"""Lists that the bot sends by itself: the morning, and what was past. Pure."""

import datetime as dt
from collections.abc import Iterable
from html import escape

from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.messages import (
    Button,
    Outgoing,
    PastMessage,
)
from handlers.callbacks import Press, data
from handlers.pages import Block, paginate
from handlers.words import SIGNS, STATES, clip, item_line


def opener(part: Part) -> Button:
    """Return the button that opens a part's item."""
    return Button(part.code, data(Press.OPEN, part.item_id))


def viewer(part: Part, tr: Translator) -> Button:
    """Return the same button where it stands alone and has to say what it does."""
    return Button(tr(N_("View {code}"), code=part.code), data(Press.OPEN, part.item_id))


def blocks_of(
    lines: Iterable[Line], today: dt.date, tr: Translator, title: str, *, units: bool
) -> list[Block]:
    """Return lines as blocks; where `units` are named, those that owe the same share a line."""
    shared: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        shared.setdefault(same_work(line.part, units=units), []).append(line)
    return [
        Block(
            item_line(same[0], today, tr, units=[s.part.unit for s in same] if units else ()),
            opener(same[0].part),
            title,
        )
        for same in shared.values()
    ]


def same_work(part: Part, *, units: bool) -> tuple[object, ...]:
    """Return what parts have in common that share a line; where no units are named, none do."""
    own = () if units else (part.id,)
    day = (part.occurrence_id, part.due)
    return (part.item_id, *day, part.label, part.duty, part.progress, *own)


def state_title(state: DeadlineState, tr: Translator) -> str:
    """Return the title of the lines in one state: its sign and its word."""
    return f"{SIGNS[state]} <b>{escape(tr(STATES[state]))}</b>"


def past(message: PastMessage, tr: Translator) -> list[Outgoing]:
    """Ask Văn phòng, once, what becomes of what was past when the plan was activated."""
    count = tr.n(
        "{count} part was past when the plan was activated",
        "{count} parts were past when the plan was activated",
        len(message.lines),
    )
    head = f"🗂 <b>{escape(clip(message.plan_title, 300))}</b>\n{escape(count)}. " + escape(
        tr(
            N_(
                "Nobody is reminded of these. Open an item to say whether it is done, not "
                "required or overdue; or decide for all at once."
            )
        )
    )
    head += "\n"
    blocks = blocks_of(message.lines, message.day, tr, "", units=True)
    rows = [
        (Button(tr(N_("✅ All were done")), data(Press.PLAN_DONE, message.plan_id)),),
        (Button(tr(N_("🔴 All are overdue")), data(Press.PLAN_LATE, message.plan_id)),),
    ]
    return paginate(head, blocks, last_rows=rows)
