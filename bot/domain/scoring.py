"""What figures are worth: the rate by the office's denominator, points by bands, room. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from bot.domain.rules import Bands, Denominator
from bot.domain.tally import Tally


def points(on_time: int, total: int, bands: Bands) -> float | None:
    """Return the points that a rate earns: the highest band whose lower end it reaches."""
    if not total:
        return None
    band = _band(on_time, total, bands)
    return band[1] if band else None


def room_for_late(on_time: int, total: int, bands: Bands) -> int | None:
    """Return how many more can be late before the rate falls into a lower band.

    None where there is nothing to lose: no rate, or the lowest band.
    """
    band = _band(on_time, total, bands) if total else None
    if band is None or band == min(bands):
        return None
    more = 0
    while _band(on_time - more - 1, total, bands) == band:
        more += 1
    return more


def whole_of(tally: Tally, against: Denominator) -> int:
    """Return what a rate is counted against: all assigned, those fallen due, or those done."""
    if against is Denominator.FALLEN_DUE:
        return tally.fallen_due
    return tally.done if against is Denominator.COMPLETED else tally.total


def best_whole(tally: Tally, against: Denominator) -> int:
    """Return what the rate will be counted against if all that can still end in time does.

    By the end of the period everything assigned in it has fallen due.
    """
    if against is Denominator.COMPLETED:
        return tally.done + tally.open_in_time
    return tally.total


def best_left(tally: Tally) -> int:
    """Return how many can still end in time: done in time, awaiting, or open before their day."""
    return tally.on_time + tally.open_in_time


def _band(on_time: int, total: int, bands: Bands) -> tuple[float, float] | None:
    rate = Fraction(on_time * 100, total)
    reached = [band for band in bands if Fraction(str(band[0])) <= rate]
    return max(reached) if reached else None


def count_bands(days: Iterable[int], ends: Sequence[int]) -> list[tuple[int, int | None, int]]:
    """Return (from, to, count) of days late: up to each of `ends`, then beyond (to None)."""
    late = list(days)
    starts = [1, *(end + 1 for end in ends)]
    stops: list[int | None] = [*ends, None]
    return [
        (low, high, sum(low <= one and (high is None or one <= high) for one in late))
        for low, high in zip(starts, stops, strict=True)
    ]
