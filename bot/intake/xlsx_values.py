"""What a spreadsheet cell shows: a date by its number format, a number without needless digits.

A cell typed as "6/2026" or "15/6" becomes a whole date inside the file; only its format says that
no day, or no year, was meant. Words in the format ("Trước ngày ") are part of what is shown.
"""

import datetime as dt
import re

LITERAL = re.compile(r'"([^"]*)"|\\(.)')
WORDS = r'(?:"[^"]*"|\\.|[\s(),;:.-]|\[[^\]]*\]|_.)*'
# The words before and after the parts of a date; times of day stand among neither.
AROUND_DAY = re.compile(rf"^({WORDS})[dmy].*?[dmy]?({WORDS})$", re.I | re.S)
TIME = re.compile(r"h+:m+(?::s+)?", re.I)
AROUND_TEXT = re.compile(rf"^({WORDS})@({WORDS})$")
AROUND_NUMBER = re.compile(r'^((?:"[^"]*"|\\.|\s)*)[0#]+((?:"[^"]*"|\\.|\s)*)$')
# Built-in formats follow the reader's own country, where the day comes first.
LOCAL = frozenset(("mm-dd-yy", "m/d/yy h:mm", "General", "d-mmm-yy"))
LAST_MONTH_DAY = 12


def shown(value: object, number_format: str) -> str:
    """Return the text a cell shows; days as "30/06/2026", "06/2026", "30/06" or "2026"."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _with_words(_shown_day(value, _code(number_format)), number_format)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _shown_number(value, number_format)
    found = AROUND_TEXT.match(number_format.rpartition(";")[2])
    before, after = map(_words, found.groups()) if found else ("", "")
    return f"{before}{value}{after}"


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


def _with_words(day: str, number_format: str) -> str:
    """Return a day between the words that its format puts before and after it."""
    found = AROUND_DAY.match(TIME.sub("", _first_section(number_format)))
    before, after = map(_words, found.groups()) if found else ("", "")
    return f"{before}{day}{after}"


def _words(part: str) -> str:
    """Return the words in a part of a format; marks alone are none."""
    plain = re.sub(r"\[[^\]]*\]|_.", "", part)
    words = LITERAL.sub(lambda found: found[1] or found[2] or "", plain)
    words = re.sub(r"\s+", " ", words)
    return words if any(letter.isalnum() for letter in words) else ""


def _first_section(number_format: str) -> str:
    """Return a format up to the first semicolon that is not quoted."""
    found = re.match(r'(?:"[^"]*"|\\.|[^;])*', number_format)
    return found[0] if found else ""


def _shown_number(value: float, number_format: str) -> str:
    if number_format.endswith("%"):
        return f"{round(value * 100, 6):g}%"
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if found := AROUND_NUMBER.match(number_format):
        before, after = (LITERAL.sub(r"\1\2", part) for part in found.groups())
        return f"{before}{text}{after}"
    return text
