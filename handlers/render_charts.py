"""Counts become charts: their words, signs and colours. Pure."""

import datetime as dt

from bot.domain.pictures import MonthCount, Shown
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.reports.charts import Bars, Cell, HeatMap, Kind

# Words, fill, hatching, and whether the number is written in white.
KINDS = {
    Shown.EARLY: (N_("Done early"), "#1B7F5C", "", True),
    Shown.ON_TIME: (N_("Done on the day"), "#6CC5A1", "//", False),
    Shown.LATE: (N_("Done late"), "#F2A65A", "xx", False),
    Shown.DONE: (N_("Done, no date"), "#B7E4D3", "", False),
    Shown.AWAITING: (N_("Awaiting confirmation"), "#7AA5D8", "..", False),
    Shown.OPEN: (N_("Open, in time"), "#C9DDF2", "", False),
    Shown.OVERDUE: (N_("Open, overdue"), "#B42318", "", True),
    Shown.UNDATED: (N_("No date"), "#E4E7EB", "--", False),
}
MOST_UNITS = 24


def units_chart(
    plan: str, rows: list[tuple[str, dict[Shown, int]]], now: dt.datetime, tr: Translator
) -> Bars:
    """Return the chart of states per unit; kinds that nobody has are left out."""
    rows = rows[:MOST_UNITS]
    used = [kind for kind in Shown if any(counts[kind] for _, counts in rows)]
    return Bars(
        tr(N_("Where each unit stands")),
        tr(N_("{plan} – {moment}"), plan=plan, moment=tr.moment(now)),
        tuple(
            Kind(tr(words), colour, hatch, ink)
            for words, colour, hatch, ink in (KINDS[kind] for kind in used)
        ),
        tuple(
            (unit or tr(N_("Nobody assigned")), tuple(counts[kind] for kind in used))
            for unit, counts in rows
        ),
        tr(N_("Counts each unit's own parts; an item that several units lead counts for each.")),
    )


def year_chart(
    plan: str,
    rows: list[tuple[str, tuple[MonthCount, ...]]],
    year: int,
    today: dt.date,
    tr: Translator,
) -> HeatMap:
    """Return the year's due days by unit and month."""
    rows = rows[:MOST_UNITS]
    most = max((month.due for _, months in rows for month in months), default=0) or 1
    return HeatMap(
        tr(N_("Due days of {year}"), year=year),
        tr(N_("{plan}. In each square: done/due; a red frame with ! is overdue"), plan=plan),
        tuple(tr(N_("M{month}"), month=month) for month in range(1, 13)),
        tuple(
            (
                unit or tr(N_("Nobody assigned")),
                tuple(
                    Cell(
                        f"{month.done}/{month.due}{'!' if month.overdue else ''}"
                        if month.due
                        else "",
                        month.due / most,
                        bool(month.overdue),
                    )
                    for month in months
                ),
            )
            for unit, months in rows
        ),
        today.month - 1 if today.year == year else None,
        tr(N_("The darker, the more falls due. The black frame is this month.")),
    )
