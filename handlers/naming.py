"""How plans are named: with the day on which one was closed. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.records import ClosedPlan
from bot.i18n import Translator
from handlers.words import clip


def plan_words(title: str, closed: ClosedPlan | None, tr: Translator, room: int = 100) -> str:
    """Return a plan's title in at most `room` letters; of a closed one since when it is."""
    if closed is None:
        return clip(title, room)
    return tr(N_("{title}, closed {day}"), title=clip(title, room), day=tr.date(closed.on))


def closed_lines(closed: ClosedPlan | None, tr: Translator) -> list[str]:
    """Return the line that names the plan of an item where that is closed, as HTML."""
    return [f"<i>📕 {escape(plan_words(closed.title, closed, tr))}</i>"] if closed else []
