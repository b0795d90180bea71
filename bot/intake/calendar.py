"""The Vietnamese calendar of public holidays, from the `holidays` library and our corrections.

Only this module imports `holidays`. The library lacks what the government announced late; an
office can override any day again.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

import holidays

from bot.domain.workdays import Calendar, Override

# The library's names of our languages.
LANGUAGES = {"vi": "vi", "en": "en_US"}
NEW_YEAR_2026 = "12729/VPCP-KGVX"

DEFAULT_OVERRIDES: Mapping[dt.date, Override] = {
    dt.date(2026, 1, 2): Override(working=False, source=NEW_YEAR_2026),
    dt.date(2026, 1, 10): Override(working=True, source=NEW_YEAR_2026),
}


def vietnam_calendar(
    years: Iterable[int], overrides: Iterable[tuple[dt.date, bool, str]] = ()
) -> Calendar:
    """Return the calendar of `years`: holidays, substitute days off and worked Saturdays.

    `overrides` are (day, whether it is worked, the notice it rests on) and come before the
    defaults. Years beyond the government's notices follow the rule of Bộ luật Lao động 2019, Điều
    112 alone, without swapped days.
    """
    own = {day: Override(working, source) for day, working, source in overrides}
    return Calendar(_public_days(tuple(sorted(set(years)))), {**DEFAULT_OVERRIDES, **own})


def last_announced_year() -> int:
    """Return the last year whose swapped days are known here; later ones follow the rule alone."""
    announced = holidays.country_holidays("VN").special_public_holidays
    return int(max(*announced, *(day.year for day in DEFAULT_OVERRIDES)))


def holiday_name(day: dt.date, locale: str) -> str:
    """Return what a public day off is called; an empty text where the day is none of its own."""
    named = holidays.country_holidays("VN", years=day.year, language=LANGUAGES.get(locale, "vi"))
    return str(named.get(day, ""))


@lru_cache(maxsize=16)
def _public_days(years: tuple[int, ...]) -> Mapping[dt.date, bool]:
    """Return days off (False) and swapped days that are worked (True); never changed."""
    public = holidays.country_holidays("VN", years=list(years))
    return {**dict.fromkeys(public, False), **dict.fromkeys(public.weekend_workdays, True)}
