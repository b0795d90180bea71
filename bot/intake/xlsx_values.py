"""What a spreadsheet cell shows: a date by its number format, a number without needless digits.

A cell typed as "6/2026" or "15/6" becomes a whole date inside the file; only its format says that
no day, or no year, was meant.
"""

import datetime as dt
import re

LITERAL = re.compile(r'"([^"]*)"|\\(.)')
AROUND_NUMBER = re.compile(r'^((?:"[^"]*"|\\.|\s)*)[0#]+((?:"[^"]*"|\\.|\s)*)$')
# Built-in formats follow the reader's own country, where the day comes first.
LOCAL = frozenset(("mm-dd-yy", "m/d/yy h:mm", "General", "d-mmm-yy"))
LAST_MONTH_DAY = 12


def shown(value: object, number_format: str) -> str:
    """Return the text a cell shows; days as "30/06/2026", "06/2026", "30/06" or "2026"."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _shown_day(value, _code(number_format))
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _shown_number(value, number_format)
    return str(value)


def may_be_swapped(value: object, number_format: str) -> bool:
    """Tell whether a date is written month first, where its day could be taken for a month."""
    if not isinstance(value, dt.date) or number_format in LOCAL or "[$" in number_format:
        return False
    code = _code(number_format)
    first = re.search("[dmy]", code)
    # "mmm" is a month's name, which nobody takes for a day.
    numeric = first is not None and first[0] == "m" and "mmm" not in code and "d" in code
    return numeric and value.day <= LAST_MONTH_DAY and value.day != value.month


def _code(number_format: str) -> str:
    """Return the letters of a format that stand for parts of a date."""
    plain = re.sub(r"\[[^\]]*\]", "", LITERAL.sub("", number_format)).lower()
    return re.sub(r"h+[:\s]*m+|m+:s+", "", plain.split(";")[0])


def _shown_day(value: dt.date, code: str) -> str:
    has_day, has_month, has_year = (letter in code for letter in "dmy")
    if has_month and has_year and not has_day:
        return f"{value:%m/%Y}"
    if has_day and has_month and not has_year:
        return f"{value:%d/%m}"
    if has_year and not has_month and not has_day:
        return f"{value:%Y}"
    return f"{value:%d/%m/%Y}"


def _shown_number(value: float, number_format: str) -> str:
    if number_format.endswith("%"):
        return f"{round(value * 100, 6):g}%"
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if found := AROUND_NUMBER.match(number_format):
        before, after = (LITERAL.sub(r"\1\2", part) for part in found.groups())
        return f"{before}{text}{after}"
    return text
