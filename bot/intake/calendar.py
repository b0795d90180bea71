"""The Vietnamese calendar of public holidays, from the `holidays` library and our corrections.

Only this module imports `holidays`. The library lacks what the government announced late; an office
can override any day again.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import holidays

from bot.domain.workdays import Calendar, Override

NEW_YEAR_2026 = "12729/VPCP-KGVX"

DEFAULT_OVERRIDES: Mapping[dt.date, Override] = {
    dt.date(2026, 1, 2): Override(working=False, source=NEW_YEAR_2026),
    dt.date(2026, 1, 10): Override(working=True, source=NEW_YEAR_2026),
}


def vietnam_calendar(
    years: Iterable[int], overrides: Mapping[dt.date, Override] | None = None
) -> Calendar:
    """Return the calendar of `years`: holidays, substitute days off and worked Saturdays.

    `overrides` come before the defaults. Years beyond the government's notices follow the rule of
    Bộ luật Lao động 2019, Điều 112 alone, without swapped days.
    """
    wanted = sorted(set(years))
    public = holidays.country_holidays("VN", years=wanted)
    base = dict.fromkeys(public, False)
    base.update(dict.fromkeys(public.weekend_workdays, True))
    return Calendar(base, {**DEFAULT_OVERRIDES, **(overrides or {})})
