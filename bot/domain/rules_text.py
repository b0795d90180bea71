"""How each of the office's rules is described, typed and shown. Pure.

The typed form is the same in every language, so that it can be read back: times 07:30, days of
working days "10, 5, 3, 1, 0", days of the year "30/6, 30/9", bands "96=2; 98=2,5".
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain import rules_phrases as phrases
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.rules import DEFAULTS, NAMES
from bot.domain.rules_table import FLAGS, RULES, Form, Rule

BAD_TIME = N_("Write a clock time like 07:30. Nothing has changed.")
BAD_NUMBER = N_("Write a whole number from {low} to {high}. Nothing has changed.")
BAD_DAYS = N_("Write whole numbers from {low} to {high}, like {example}. Nothing has changed.")
BAD_YEAR_DAYS = N_("Write days of the year like {example}. Nothing has changed.")
BAD_CHOICE = N_("Choose one of: {choices}. Nothing has changed.")
BAD_BANDS = N_("Write bands from the lowest to the highest, like {example}. Nothing has changed.")
BAD_TEXT = N_("Write at most {high} letters. Nothing has changed.")
BAD_TYPES = N_("Write file types like {example}. Nothing has changed.")
BAD_ORDER = N_(
    "The morning message comes before the midday one, and that before the last call of the day. "
    "Nothing has changed."
)
UNKNOWN = N_("There is no setting {name}. See all: nhacviec settings list")
EXAMPLES = {
    "days": "10, 5, 3, 1, 0",
    "bounds": "7, 30, 120",
    "year": "30/6, 30/9",
    "bands": "0=0; 96=2; 98=2,5",
    "types": "pdf, docx, jpg",
}


def rule_of(name: str) -> Rule:
    """Return a rule by its name.

    Raises:
        UserError: there is none.
    """
    if name not in NAMES or name not in RULES:
        raise UserError(UNKNOWN, name=name[:40])
    return RULES[name]


def show(name: str, value: Any) -> str:
    """Return a value as it is typed; `parse` reads it back."""
    return _SHOW[rule_of(name).form](value)


def label(name: str, value: Any) -> str | None:
    """Return the sentence (msgid) that a flag's or a choice's value is shown as, else None."""
    rule = rule_of(name)
    if rule.form is Form.FLAG:
        return FLAGS[bool(value)]
    return rule.choices.get(value)


def parse(name: str, text: str) -> Any:
    """Return the value that was typed for a rule.

    Raises:
        UserError: it is none, with what one looks like.
    """
    rule = rule_of(name)
    return _PARSE[rule.form](rule, " ".join(text.split()))


def check_together(values: Mapping[str, Any]) -> None:
    """Check the values that hang together; those not in `values` have their defaults.

    Raises:
        UserError: the times of a day are not in their order.
    """
    times = [
        values.get(name, getattr(DEFAULTS, name))
        for name in ("morning_at", "midday_at", "last_call_at")
    ]
    if not times[0] < times[1] < times[2]:
        raise UserError(BAD_ORDER)


def _time(_: Rule, text: str) -> dt.time:
    found = re.fullmatch(r"([0-2]?\d)\s*[:hg.]\s*([0-5]\d)?", text.casefold())
    if found is None or int(found[1]) > 23:
        raise UserError(BAD_TIME)
    return dt.time(int(found[1]), int(found[2] or 0))


def _number(rule: Rule, text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text) or not rule.low <= int(text) <= rule.high:
        raise UserError(BAD_NUMBER, low=rule.low, high=rule.high)
    return int(text)


def _flag(_: Rule, text: str) -> bool:
    said = text.casefold()
    if said in phrases.YES:
        return True
    if said in phrases.NO:
        return False
    raise UserError(BAD_CHOICE, choices="yes/có, no/không")


def _choice(rule: Rule, text: str) -> Any:
    for value in rule.choices:
        if str(value).casefold() == text.casefold():
            return value
    raise UserError(BAD_CHOICE, choices=", ".join(str(value) for value in rule.choices))


def _numbers(rule: Rule, text: str, example: str) -> list[int]:
    found = [piece for piece in re.split(r"[\s,;]+", text) if piece]
    if (
        not 1 <= len(found) <= 20
        or not all(re.fullmatch(r"\d{1,4}", piece) for piece in found)
        or not all(rule.low <= int(piece) <= rule.high for piece in found)
        or len(set(map(int, found))) != len(found)
    ):
        raise UserError(BAD_DAYS, low=rule.low, high=rule.high, example=example)
    return [int(piece) for piece in found]


def _days(rule: Rule, text: str) -> tuple[int, ...]:
    return tuple(sorted(_numbers(rule, text, EXAMPLES["days"]), reverse=True))


def _bounds(rule: Rule, text: str) -> tuple[int, ...]:
    return tuple(sorted(_numbers(rule, text, EXAMPLES["bounds"])))


def _year_days(_: Rule, text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for piece in (one.strip() for one in re.split(r"[,;]", text)):
        match = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})", piece)
        try:
            day = dt.date(2023, int(match[2]), int(match[1])) if match else None
        except ValueError:
            day = None
        if day is None:
            raise UserError(BAD_YEAR_DAYS, example=EXAMPLES["year"])
        found.append(day)
    return tuple((day.day, day.month) for day in sorted(set(found)))


def _bands(_: Rule, text: str) -> tuple[tuple[float, float], ...]:
    pattern = r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\s*=\s*(\d{1,3}(?:[.,]\d{1,2})?)"
    found = []
    for piece in (one.strip() for one in text.split(";") if one.strip()):
        match = re.fullmatch(pattern, piece)
        if match is None:
            raise UserError(BAD_BANDS, example=EXAMPLES["bands"])
        found.append((float(match[1].replace(",", ".")), float(match[2].replace(",", "."))))
    ends = [end for end, _ in found]
    if not found or ends != sorted(set(ends)) or ends[-1] > 100:
        raise UserError(BAD_BANDS, example=EXAMPLES["bands"])
    return tuple(found)


def _text(rule: Rule, text: str) -> str:
    if len(text) > rule.high:
        raise UserError(BAD_TEXT, high=rule.high)
    return "" if text in ("-", "–") else text


def _types(_: Rule, text: str) -> tuple[str, ...]:
    found = [piece.strip(". ").casefold() for piece in re.split(r"[\s,;]+", text)]
    found = list(dict.fromkeys(piece for piece in found if piece))
    if not 1 <= len(found) <= 40 or not all(re.fullmatch(r"[a-z0-9]{1,8}", p) for p in found):
        raise UserError(BAD_TYPES, example=EXAMPLES["types"])
    return tuple(found)


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")


_PARSE: dict[Form, Callable[[Rule, str], Any]] = {
    Form.TIME: _time,
    Form.NUMBER: _number,
    Form.FLAG: _flag,
    Form.CHOICE: _choice,
    Form.DAYS: _days,
    Form.BOUNDS: _bounds,
    Form.YEAR_DAYS: _year_days,
    Form.BANDS: _bands,
    Form.TEXT: _text,
    Form.TYPES: _types,
}
_SHOW: dict[Form, Callable[[Any], str]] = {
    Form.TIME: lambda value: value.strftime("%H:%M"),
    Form.NUMBER: str,
    Form.FLAG: lambda value: "yes" if value else "no",
    Form.CHOICE: str,
    Form.DAYS: lambda value: ", ".join(map(str, value)),
    Form.BOUNDS: lambda value: ", ".join(map(str, value)),
    Form.YEAR_DAYS: lambda value: ", ".join(f"{day}/{month}" for day, month in value),
    Form.BANDS: lambda value: "; ".join(f"{_decimal(e)}={_decimal(p)}" for e, p in value),
    Form.TEXT: lambda value: value or "–",
    Form.TYPES: ", ".join,
}
