"""Values of indicators (chỉ tiêu) against their targets. Pure; every percentage is computed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.indicator import Direction, Indicator

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:[.,]\d{1,4})?"
_VALUE = re.compile(rf"({_NUMBER})(?:\s*/\s*({_NUMBER}))?\s*%?")
STEPS = 10


@dataclass(frozen=True, slots=True)
class Value:
    """What was entered: a number, or a numerator with its denominator (never 0)."""

    numerator: Decimal
    denominator: Decimal | None = None

    def against(self, indicator: Indicator) -> Decimal:
        """Return the number to hold against a target: of a fraction its percentage, for a rate.

        A fraction entered for a count ("13/20 TTHC") counts its numerator.
        """
        if indicator.unit == "%" and self.denominator is not None:
            return 100 * self.numerator / self.denominator
        return self.numerator

    def share(self) -> Decimal | None:
        """Return a fraction's percentage, None for a plain number."""
        return None if self.denominator is None else 100 * self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Entry:
    """A target with what was entered: for the period asked for, and the last one before it.

    `place` (from 1) tells the targets of an item apart; `of` is how many it has. `version` above 1
    marks a corrected value.
    """

    item_id: int
    code: str
    title: str
    place: int
    of: int
    units: frozenset[int]
    indicator: Indicator
    value: Value | None = None
    version: int = 0
    before: Value | None = None


def read_value(text: str) -> Value | None:
    """Return the value of "43", "97,5%", "1.500" or "9129/14697"; None: it is none."""
    found = _VALUE.fullmatch(text.strip())
    if found is None:
        return None
    numerator = _decimal(found[1])
    denominator = _decimal(found[2]) if found[2] else None
    return None if denominator == 0 else Value(numerator, denominator)


def _decimal(written: str) -> Decimal:
    """Return the number of "1.500" (grouped), "97,5" or "97.5"."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    return Decimal(written.replace(",", "."))


def is_met(indicator: Indicator, value: Value) -> bool:
    """Tell whether a value meets the target, exactly."""
    number = value.against(indicator)
    if indicator.direction is Direction.AT_LEAST:
        return number > indicator.number if indicator.exclusive else number >= indicator.number
    return number < indicator.number if indicator.exclusive else number <= indicator.number


def gap(indicator: Indicator, value: Value) -> Decimal:
    """Return how far a value is from its target's number, never negative."""
    return Decimal(0) if is_met(indicator, value) else _distance(indicator, value)


def _distance(indicator: Indicator, value: Value) -> Decimal:
    return abs(indicator.number - value.against(indicator))


def steps(indicator: Indicator, value: Value) -> int | None:
    """Return how many of `STEPS` of the way to the target are gone; of a ceiling, are used up.

    The last step is only for what has met a floor, or reached a ceiling. None: there is no way to
    go, as none is allowed.
    """
    if indicator.number <= 0:
        return None
    number = value.against(indicator)
    gone = int(STEPS * number / indicator.number)
    if indicator.direction is Direction.AT_LEAST and not is_met(indicator, value):
        return min(gone, STEPS - 1)
    return min(gone, STEPS)
