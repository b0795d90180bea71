"""Questions about a draft that one answer can settle together."""

from collections.abc import Iterable

from bot.domain.reading.prose import TO_CONFIRM
from bot.domain.review import Question, Topic


def alike(asked: Question, questions: Iterable[Question]) -> list[Question]:
    """Return the questions that one answer can settle together with `asked`, which is among them.

    Who leads, within a section; the time of items that stand in no table; the same remark about
    several items.
    """
    return [one for one in questions if one.key == asked.key or _is_alike(asked, one)]


def _is_alike(asked: Question, other: Question) -> bool:
    if asked.item is None or other.item is None or asked.topic is not other.topic:
        return False
    said = [problem.msgid for problem in asked.problems]
    if asked.topic is Topic.LEAD:
        return asked.item.section == other.item.section
    if asked.topic is Topic.DEADLINE and said != [TO_CONFIRM]:
        return False
    in_bulk = asked.topic in (Topic.DEADLINE, Topic.NOTE)
    return in_bulk and said == [problem.msgid for problem in other.problems]
