"""Callback data, built and parsed in one place: `area:verb:id`, at most 64 bytes."""

import re
from enum import StrEnum


class Press(StrEnum):
    """Every button there is."""

    OPEN = "item:open"  # item
    REPORT = "part:report"  # part
    BARE = "part:bare"  # part: report without evidence
    CANCEL = "ask:cancel"  # 0
    CONFIRM = "report:confirm"  # report
    RETURN = "report:return"  # report
    SEEN = "morning:seen"  # outbox message
    WORK = "list:work"  # 0
    PART_DONE = "past:done"  # part
    PART_DROP = "past:drop"  # part
    PART_LATE = "past:late"  # part
    PLAN_DONE = "pastall:done"  # plan
    PLAN_LATE = "pastall:late"  # plan


def data(press: Press, subject_id: int = 0) -> str:
    """Return a button's data."""
    return f"{press}:{subject_id}"


def pattern(press: Press) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:([0-9]{{1,18}})\Z")


def subject(text: str) -> int:
    """Return the id in data that `pattern` has matched."""
    return int(text.rsplit(":", 1)[1])
