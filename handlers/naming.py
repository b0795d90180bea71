"""How plans and parts are told from others: a closed one's day, a day due and its event. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.records import ClosedPlan
from bot.domain.reminder import Line
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.i18n import Translator
from handlers.words import clip, event_words, sign, state

# Of a part that was not late.
LEFT = N_("Not done when the plan was closed")
# Of an event, in a button.
EVENT_ROOM = 26


def plan_words(title: str, closed: ClosedPlan | None, tr: Translator, room: int = 100) -> str:
    """Return a plan's title in at most `room` letters; of a closed one since when it is."""
    if closed is None:
        return clip(title, room)
    return tr(N_("{title}, closed {day}"), title=clip(title, room), day=tr.date(closed.on))


def closed_lines(closed: ClosedPlan | None, tr: Translator) -> list[str]:
    """Return the line that names the plan of an item where that is closed, as HTML."""
    return [f"<i>📕 {escape(plan_words(closed.title, closed, tr))}</i>"] if closed else []


def left_words(line: Line, tr: Translator) -> tuple[str, str]:
    """Return (sign, words) for a part that a closed plan left open, though it was not late."""
    if line.part.progress is Progress.RETURNED:
        return sign(line), state(line, tr)
    return "⚪", tr(LEFT)


def dated(part: Part, tr: Translator) -> str:
    """Return a part's day and the event it counts from: "05/5 – KL Cty A (05/4)"; "" without."""
    day = tr.short_date(part.due) if part.due else ""
    return " – ".join(filter(None, (day, event_words(part, tr, EVENT_ROOM))))
