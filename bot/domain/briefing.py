"""The weekly briefing (giao ban) as values: what happened, what comes, what is late. Pure.

A briefing that was sent is kept as JSON and never changes afterwards.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from bot.domain.days import office_date
from bot.domain.rules import DEFAULTS
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty, Part, by_urgency
from bot.domain.workdays import Calendar

_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: a part, its unit and day, how late it is; `text` for a difficulty or a reason.

    `event` is what the day counts from, with its own day.
    """

    part_id: int
    item_id: int
    code: str
    title: str
    unit_id: int | None
    unit: str
    due: dt.date | None = None
    days_late: int = 0
    text: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class BriefTarget:
    """An indicator with its value of the month at hand; numbers as text, so that none is lost.

    `denominator` is None where a number was entered alone.
    """

    code: str
    unit_ids: tuple[int, ...]
    direction: str
    number: str
    unit: str
    exclusive: bool
    numerator: str
    denominator: str | None = None


Lines = tuple[BriefLine, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is said about the week of `monday`; `added` are Văn phòng's own lines.

    Each group is sorted by urgency. `early`, `on_time`, `late`, `newly_overdue` and `returned` are
    of the week before; `unseen` are units (id, name, messages) that acknowledged nothing of it.
    """

    monday: dt.date
    early: Lines = ()
    on_time: Lines = ()
    late: Lines = ()
    newly_overdue: Lines = ()
    returned: Lines = ()
    awaiting: Lines = ()
    this_week: Lines = ()
    next_week: Lines = ()
    overdue: Lines = ()
    difficulties: Lines = ()
    undated: Lines = ()
    unassigned: Lines = ()
    unseen: tuple[tuple[int, str, int], ...] = ()
    added: tuple[str, ...] = ()
    targets: tuple[BriefTarget, ...] = ()
    bands: tuple[int, ...] = DEFAULTS.overdue_bands

    def without(self, part_ids: Collection[int]) -> "Briefing":
        """Return the briefing without some parts: Văn phòng leaves them out."""
        return self._filtered(lambda line: line.part_id not in part_ids)

    def own(self, unit_ids: Collection[int]) -> "Briefing":
        """Return what concerns some units only."""
        mine = self._filtered(lambda line: line.unit_id in unit_ids)
        unseen = tuple(one for one in self.unseen if one[0] in unit_ids)
        targets = tuple(one for one in self.targets if set(one.unit_ids) & set(unit_ids))
        return replace(mine, unseen=unseen, unassigned=(), targets=targets)

    def _filtered(self, keep: Callable[[BriefLine], bool]) -> "Briefing":
        kept: dict[str, Any] = {
            name: tuple(filter(keep, getattr(self, name))) for name in LINE_GROUPS
        }
        return replace(self, **kept)

    def empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not any(getattr(self, name) for name in (*LINE_GROUPS, "added", "unseen"))


LINE_GROUPS = tuple(
    field.name
    for field in fields(Briefing)
    if field.name not in {"monday", "unseen", "added", "targets", "bands"}
)


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * _DAY


def line_of(part: Part, *, days_late: int = 0, text: str = "") -> BriefLine:
    """Return a part as a line."""
    return BriefLine(
        part.id,
        part.item_id,
        part.code,
        part.title,
        part.unit_id,
        part.unit,
        part.due,
        days_late,
        text,
        _event(part),
    )


def _event(part: Part) -> str:
    if part.event_on is None or part.kind is not DeadlineKind.RELATIVE:
        return ""
    day, _ = office_date(part.event_on).rsplit("/", 1)
    return f"{part.event} ({day})".strip()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a briefing is made of.

    `open_parts` are owed, awaited or waiting; `reported` were accepted in the week before;
    `returned` are (part, reason) of the week before; `difficulties` (part, text) are open.
    """

    open_parts: Sequence[Part]
    reported: Sequence[Part]
    returned: Sequence[tuple[Part, str]]
    difficulties: Sequence[tuple[Part, str]]
    unseen: tuple[tuple[int, str, int], ...] = ()
    targets: tuple[BriefTarget, ...] = ()
    bands: tuple[int, ...] = DEFAULTS.overdue_bands


def make_briefing(facts: Facts, today: dt.date, calendar: Calendar) -> Briefing:
    """Return the briefing of the week of the local day `today`."""
    monday = monday_of(today)
    answering = [
        part
        for part in by_urgency(facts.open_parts)
        if part.duty is not Duty.COOPERATE and not part.unsettled
    ]
    owed = [part for part in answering if part.owed]
    late = [
        line_of(part, days_late=part.standing(today, calendar).days_late)
        for part in owed
        if part.overdue(today, calendar)
    ]
    done = _by_state(facts.reported, today, calendar)
    return Briefing(
        monday,
        early=done[DeadlineState.EARLY],
        on_time=done[DeadlineState.ON_TIME],
        late=done[DeadlineState.LATE],
        newly_overdue=tuple(
            line for line in late if monday - _WEEK <= today - (line.days_late - 1) * _DAY < monday
        ),
        returned=tuple(line_of(part, text=reason) for part, reason in facts.returned),
        awaiting=_lines(p for p in answering if p.progress is Progress.AWAITING_CONFIRMATION),
        this_week=_due_in(owed, max(monday, today), monday + 6 * _DAY),
        next_week=_due_in(owed, monday + _WEEK, monday + _WEEK + 6 * _DAY),
        overdue=tuple(late),
        difficulties=tuple(line_of(part, text=text) for part, text in facts.difficulties),
        undated=_lines(p for p in owed if p.due is None and p.kind is DeadlineKind.UNSPECIFIED),
        unassigned=_lines(p for p in owed if p.unit_id is None),
        unseen=facts.unseen,
        targets=facts.targets,
        bands=facts.bands,
    )


def _lines(parts: Iterable[Part]) -> Lines:
    return tuple(line_of(part) for part in parts)


def _due_in(owed: Sequence[Part], first: dt.date, last: dt.date) -> Lines:
    return _lines(part for part in owed if part.due and first <= part.due <= last)


def _by_state(
    reported: Sequence[Part], today: dt.date, calendar: Calendar
) -> dict[DeadlineState, Lines]:
    groups: dict[DeadlineState, list[BriefLine]] = {
        state: [] for state in (DeadlineState.EARLY, DeadlineState.ON_TIME, DeadlineState.LATE)
    }
    for part in by_urgency(reported):
        if part.duty is Duty.COOPERATE or part.progress is not Progress.DONE:
            continue
        standing = part.standing(today, calendar)
        # What has no date cannot be late.
        state = standing.state if standing.state in groups else DeadlineState.ON_TIME
        groups[state].append(line_of(part, days_late=standing.days_late))
    return {state: tuple(lines) for state, lines in groups.items()}


def last_week(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the Monday and the Sunday of the week before a day's."""
    monday = monday_of(today)
    return monday - _WEEK, monday - _DAY


def briefing_to_json(briefing: Briefing) -> dict[str, Any]:
    """Return a briefing as JSON keeps it."""
    kept: dict[str, Any] = {
        name: [_line_to_json(line) for line in getattr(briefing, name)] for name in LINE_GROUPS
    }
    return {
        **kept,
        "monday": briefing.monday.isoformat(),
        "unseen": [list(one) for one in briefing.unseen],
        "added": list(briefing.added),
        "bands": list(briefing.bands),
        "targets": [asdict(target) for target in briefing.targets],
    }


def _line_to_json(line: BriefLine) -> dict[str, Any]:
    values = {field.name: getattr(line, field.name) for field in fields(BriefLine)}
    return {**values, "due": line.due.isoformat() if line.due else None}


def briefing_from_json(kept: dict[str, Any]) -> Briefing:
    """Return the briefing that `briefing_to_json` has kept."""
    return Briefing(
        dt.date.fromisoformat(kept["monday"]),
        unseen=tuple((one[0], one[1], one[2]) for one in kept["unseen"]),
        added=tuple(kept["added"]),
        bands=tuple(kept.get("bands", DEFAULTS.overdue_bands)),
        targets=tuple(
            BriefTarget(**{**one, "unit_ids": tuple(one["unit_ids"])})
            for one in kept.get("targets", ())
        ),
        **{
            name: tuple(
                BriefLine(
                    **{**line, "due": dt.date.fromisoformat(line["due"]) if line["due"] else None}
                )
                for line in kept.get(name, ())
            )
            for name in LINE_GROUPS
        },
    )
