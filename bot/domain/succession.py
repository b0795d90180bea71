"""Which deadline and which day of a newer version takes the place of which older one. Pure."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Day = dt.date | None


@dataclass(frozen=True, slots=True)
class Written:
    """A deadline as it is written: its days, whom it binds, and whether it is internal."""

    value: Mapping[str, Any]
    days: tuple[Day, ...]
    units: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A due occurrence as stored; an extension moved `due`, never `first_due`."""

    id: int
    due: Day
    first_due: Day


@dataclass(frozen=True, slots=True)
class Succession:
    """What becomes of occurrences: `days` is (day, occurrence or None for a new one).

    `moved` are the occurrences among them that had another day in the plan before; `dropped` have
    no day any more. `was` is the day each occurrence stood for before.
    """

    days: tuple[tuple[Day, int | None], ...]
    was: Mapping[int, Day]
    moved: frozenset[int]
    dropped: tuple[int, ...]


def match_deadlines(old: Sequence[Written], new: Sequence[Written]) -> dict[int, int]:
    """Return for each new deadline's place the old one's; left out where there is none.

    The same words come first, then the same days for the same units, then the same kind for the
    same units, then whatever is left in its order. Internal deadlines match internal ones only.
    """
    keys: tuple[Callable[[Written], Hashable], ...] = (
        lambda one: (one.internal, one.units, repr(sorted(one.value.items(), key=str))),
        lambda one: (one.internal, one.units, one.days),
        lambda one: (one.internal, one.units, one.value.get("kind")),
        lambda one: (one.internal, one.value.get("kind")),
        lambda one: one.internal,
    )
    pairs: dict[int, int] = {}
    for key in keys:
        places: dict[Hashable, list[int]] = {}
        for at, one in enumerate(old):
            if at not in pairs.values():
                places.setdefault(key(one), []).append(at)
        for at, one in enumerate(new):
            if at not in pairs and places.get(key(one)):
                pairs[at] = places[key(one)].pop(0)
    return pairs


def planned_days(old: Sequence[Day], stored: Sequence[Stored]) -> dict[int, Day]:
    """Return which day of the plan each occurrence stands for; left out: none any more.

    Its own day, else the one it had before an extension; what then is left goes in order.
    """
    left = list(old)
    found: dict[int, Day] = {}
    for extended in (False, True):
        for one in stored:
            day = one.first_due if extended else one.due
            if one.id not in found and day in left:
                found[one.id] = day
                left.remove(day)
    rest = (one for one in stored if one.id not in found)
    found |= {one.id: day for one, day in zip(rest, left, strict=False)}
    return found


def succeed(old: Sequence[Day], stored: Sequence[Stored], new: Sequence[Day]) -> Succession:
    """Return what becomes of a deadline's occurrences when its days change from `old` to `new`.

    A day that stays keeps its occurrence. Of the others as many old as new move in their order;
    where the numbers differ, only within a month. A day that an earlier version had dropped finds
    its occurrence again.
    """
    planned = planned_days(old, stored)
    by_day = {day: key for key, day in planned.items()}
    taken = {day: by_day.get(day) for day in new}
    left = [key for key in planned if key not in taken.values()]
    left.sort(key=lambda key: planned[key] or dt.date.max)
    moved = _move(planned, left, [day for day in new if taken[day] is None])
    idle = {one.due: one.id for one in stored if one.id not in planned}
    for day in new:
        taken[day] = taken[day] or moved.get(day) or idle.get(day)
    return Succession(
        tuple(taken.items()),
        planned,
        frozenset(moved.values()),
        tuple(key for key in left if key not in moved.values()),
    )


def _move(planned: Mapping[int, Day], left: list[int], fresh: list[Day]) -> dict[Day, int]:
    if len(left) == len(fresh):
        return dict(zip(fresh, left, strict=True))
    moved: dict[Day, int] = {}
    for day in fresh:
        near = (key for key in left if _month(planned[key]) == _month(day))
        key = next((key for key in near if key not in moved.values()), None)
        if key is not None:
            moved[day] = key
    return moved


def _month(day: Day) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None
