"""A stored deadline back as a value: the reverse of what the plan's JSON keeps of one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    SpanUnit,
    Unspecified,
)


def deadline_from_json(value: Mapping[str, Any]) -> Deadline:
    """Return the deadline in `value`; "trước" is not kept there, its due day is."""
    text = value.get("text", "")
    label, units = value.get("label"), tuple(value.get("units", ()))
    match value["kind"]:
        case "date":
            start = dt.date.fromisoformat(value["start"]) if value.get("start") else None
            due = dt.date.fromisoformat(value["due"])
            return DateDeadline(due, text, start, label, units)
        case "recurring":
            dates = tuple(map(dt.date.fromisoformat, value["dates"]))
            return Recurring(value["rrule"], dates, text, label, units)
        case "relative":
            unit = SpanUnit(value["unit"]) if value.get("unit") else None
            return Relative(value.get("days"), unit, value["event"], text)
        case "ongoing":
            return Ongoing(text)
    return Unspecified(value.get("ref", ""), text)
