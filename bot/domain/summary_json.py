"""What a frozen summary keeps beside its figures: the bands and the targets of its time.

Both stand in the figures' JSON under keys of their own; rows of before have neither and are read
with what holds now. No words of the plan are kept, but for what a target counts ("%", "TTHC").
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.indicator import Direction, Indicator
from bot.domain.indicator_value import Entry, Value
from bot.domain.rules import Rules, value_from_json, value_to_json

JUDGING = ("bands", "overdue_bands", "denominator")


def rules_kept(rules: Rules) -> dict[str, Any]:
    """Return the rules that a summary is read by, as JSON."""
    return {name: value_to_json(getattr(rules, name)) for name in JUDGING}


def rules_then(kept: Mapping[str, Any], now: Rules) -> Rules:
    """Return the rules with those of the time on top, where the figures' JSON has them."""
    found = {name: value_from_json(name, value) for name, value in kept.get("rules", {}).items()}
    return replace(now, **found)


def targets_kept(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return targets and their values as JSON; numbers as text, so that none is lost."""
    return [
        {
            "item_id": one.item_id,
            "code": one.code,
            "place": one.place,
            "of": one.of,
            "units": sorted(one.units),
            "direction": str(one.indicator.direction),
            "number": str(one.indicator.number),
            "unit": one.indicator.unit,
            "exclusive": one.indicator.exclusive,
            "value": [str(one.value.numerator), _text(one.value.denominator)],
            "version": one.version,
        }
        for one in entries
        if one.value is not None
    ]


def targets_then(kept: Mapping[str, Any]) -> tuple[Entry, ...] | None:
    """Return the targets that `targets_kept` has kept; None: a row of before has none."""
    if "targets" not in kept:
        return None
    return tuple(_entry(one) for one in kept["targets"])


def _entry(one: Mapping[str, Any]) -> Entry:
    numerator, denominator = one["value"]
    return Entry(
        one["item_id"],
        one["code"],
        "",
        one["place"],
        one["of"],
        frozenset(one["units"]),
        Indicator(
            Direction(one["direction"]), Decimal(one["number"]), one["unit"], "", one["exclusive"]
        ),
        Value(Decimal(numerator), None if denominator is None else Decimal(denominator)),
        one["version"],
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
