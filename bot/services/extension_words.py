"""What people type about another date: the day first, then the reason."""

import datetime as dt
import re

from bot.domain.deadline import calendar_year
from bot.intake.dates import read_typed_date

# "thứ sáu tuần sau", "ngày 10 tháng 12 năm 2024": no date takes more words.
MOST_WORDS = 7
HALF_A_YEAR = dt.timedelta(days=183)
_YEAR = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}(?!\d)")
_FULLER = re.compile(r"\W*(?:\d{4}|này|nay)\W*", re.IGNORECASE)
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
    """Return the day that `text` begins with and what follows it; all is reason without one.

    More words belong to the day while they change it ("thứ sáu tuần sau" is not "thứ sáu") or
    only say it more fully ("tháng 12 năm 2024", "hết tháng này").
    """
    words = text.split()
    found: dt.date | None = None
    taken = 0
    for count in range(1, min(len(words), MOST_WORDS) + 1):
        day = read_day(" ".join(words[:count]), today)
        if day is not None and (day != found or _FULLER.fullmatch(words[count - 1])):
            found, taken = day, count
    rest = text.split(maxsplit=taken)[taken:]
    return found, "".join(rest).lstrip(_JOINTS).strip()
