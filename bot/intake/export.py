"""Turn a reading into the JSON that other programs read; optional keys are left out when empty."""

from collections.abc import Callable
from typing import Any

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Recurring, Relative
from bot.domain.plan import Assignment, PlanItem, PlanReading, UnitDeadline, UnitRef
from bot.domain.problem import Problem

Json = dict[str, Any]
Translate = Callable[[Problem], str]


def plan_to_json(reading: PlanReading, tr: Translate) -> Json:
    """Return {"plan", "tasks", "warnings"}; `tr` puts a problem into words."""
    period = reading.period
    return {
        "plan": {
            "title": reading.title,
            "year": period.year,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "tasks": [_item_to_json(item, tr) for item in reading.items],
        "warnings": [tr(problem) for problem in reading.problems],
    }


def assignment_to_json(text: str, assignment: Assignment, tr: Translate) -> Json:
    """Return {"text", "lead", "cooperate", "unit_deadlines", "warnings"} of one cell."""
    return {
        "text": text,
        "lead": _units_to_json(assignment.lead),
        "cooperate": _units_to_json(assignment.cooperate),
        "unit_deadlines": [_unit_deadline_to_json(due) for due in assignment.unit_deadlines],
        "warnings": [tr(problem) for problem in assignment.problems],
    }


def deadline_to_json(deadline: Deadline) -> Json:
    """Return a deadline with its "kind" and the keys of that kind; days as ISO dates."""
    if isinstance(deadline, DateDeadline):
        return {
            "kind": "date",
            "due": deadline.due.isoformat(),
            **({"start": deadline.start.isoformat()} if deadline.start else {}),
            **_binding(deadline),
            "text": deadline.text,
        }
    if isinstance(deadline, Recurring):
        return {
            "kind": "recurring",
            "rrule": deadline.rrule,
            "dates": [day.isoformat() for day in deadline.dates],
            **_binding(deadline),
            "text": deadline.text,
        }
    if isinstance(deadline, Relative):
        return {
            "kind": "relative",
            "days": deadline.count,
            "unit": deadline.unit.value if deadline.unit else None,
            "event": deadline.event,
            "text": deadline.text,
        }
    if isinstance(deadline, Ongoing):
        return {"kind": "ongoing", "text": deadline.text}
    return {"kind": "unspecified", "ref": deadline.ref, "text": deadline.text}


def _binding(deadline: DateDeadline | Recurring) -> Json:
    return {
        **({"label": deadline.label} if deadline.label else {}),
        **({"units": list(deadline.units)} if deadline.units else {}),
    }


def _item_to_json(item: PlanItem, tr: Translate) -> Json:
    return {
        "code": item.code,
        "section": item.section,
        "title": item.title,
        "product": item.product,
        "deadline_text": item.deadline_text,
        "assignment_text": item.assignment_text,
        "deadlines": [deadline_to_json(deadline) for deadline in item.deadlines],
        "lead": _units_to_json(item.lead),
        "cooperate": _units_to_json(item.cooperate),
        "unit_deadlines": [_unit_deadline_to_json(due) for due in item.unit_deadlines],
        "milestones": [
            {"deadline": deadline_to_json(mark.deadline), "text": mark.text}
            for mark in item.milestones
        ],
        "warnings": [tr(problem) for problem in item.problems],
    }


def _unit_deadline_to_json(due: UnitDeadline) -> Json:
    return {
        "units": _units_to_json(due.units),
        "deadline": deadline_to_json(due.deadline),
        "text": due.text,
    }


def _units_to_json(units: tuple[UnitRef, ...]) -> list[str]:
    return [unit.name for unit in units]
