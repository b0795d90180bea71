"""What people type about another date: a day and the reason, in this order or the other."""

import datetime as dt
import re

from bot.domain import extension_phrases as phrases
from bot.domain.deadline import calendar_year
from bot.intake.dates import opens_a_date, read_typed_date

# "thứ sáu tuần sau", "ngày 10 tháng 12 năm 2024": no date takes more words.
MOST_WORDS = 7
HALF_A_YEAR = dt.timedelta(days=183)
_YEAR = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}(?!\d)")
# "này", "II", "II/2024", "6": said of a period that stands already.
_FULLER = re.compile(r"\W*(?:\d{4}|này|nay|(?:i{1,3}|iv|\d{1,2})(?:/\d{4})?)\W*", re.IGNORECASE)
_JOINTS = " ,;:.–-"


def read_day(text: str, today: dt.date) -> dt.date | None:
    """Return the day that `text` names, None when it names none or is unclear.

    A day and month without a year are of this year; in autumn "15/1" is the next one's.
    """
    read = read_typed_date(text, today, calendar_year(today.year))
    if read is None:
        return None
    if read.due >= today or _YEAR.search(text):
        return read.due
    later = read_typed_date(text, today, calendar_year(today.year + 1))
    return later.due if later and later.due - today <= HALF_A_YEAR else read.due


def read_day_and_reason(text: str, today: dt.date) -> tuple[dt.date | None, str]:
    """Return the day that `text` begins with, or ends with, and the rest: the reason.

    "30/6 chờ số liệu"; "Chờ số liệu, xin đến 30/6". All is reason where neither is a day. More
    words belong to the day while they change it ("thứ sáu tuần sau" is not "thứ sáu") or only say
    it more fully ("tháng 12 năm 2024", "hết tháng này", "hết quý II").
    """
    said = text.split()
    found: dt.date | None = None
    taken = 0
    for count in range(1, min(len(said), MOST_WORDS) + 1):
        day = read_day(" ".join(said[:count]).rstrip(_JOINTS), today)
        if found is None and day is not None and not _begins(said[:count], day, today):
            break  # words of the reason stand before it
        if day is not None and (day != found or _FULLER.fullmatch(said[count - 1])):
            found, taken = day, count
    if found is None:
        return _at_the_end(text, today) or (None, text.strip().lstrip(_JOINTS))
    rest = text.split(maxsplit=taken)[taken:]
    return found, "".join(rest).lstrip(_JOINTS).strip()


def _begins(said: list[str], day: dt.date, today: dt.date) -> bool:
    """Tell whether the first word belongs to the day that the words name."""
    return opens_a_date(said[0]) or read_day(" ".join(said[1:]), today) != day


def _ends(text: str, day: dt.date, today: dt.date) -> bool:
    """Tell whether the last word belongs to the day that a text names."""
    *before, last = text.split()
    return bool(_FULLER.fullmatch(last)) or read_day(" ".join(before), today) != day


def _at_the_end(text: str, today: dt.date) -> tuple[dt.date, str] | None:
    """Return the day that a text ends with, behind "đến" or a comma, and the reason before it."""
    for divider in reversed(list(phrases.BEFORE_DAY.finditer(text))):
        reason = phrases.ASKING.sub("", text[: divider.start()]).strip(_JOINTS)
        tail = text[divider.end() :].strip()
        day = read_day(tail, today)
        if day is not None and reason and _ends(tail, day, today):
            return (day, reason) if _begins(tail.split(), day, today) else None
    return None
