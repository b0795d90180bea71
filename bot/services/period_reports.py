"""The periodic report's numbers and lists, for those who read everything."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day, office_date
from bot.domain.errors import NotAllowed, UserError
from bot.domain.problem import N_
from bot.domain.report_period import PeriodReport, make_report
from bot.domain.rules import Rules
from bot.domain.windows import PeriodKind, ReportPeriod
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.progress_table import table_of
from bot.services.rules import rules_of
from storage import offices
from storage.db import Database

# The reports that provinces ask for on administrative reform: quý I, 6 tháng, quý III, năm.
REPORTS = (
    (PeriodKind.QUARTER, 1),
    (PeriodKind.HALF, 1),
    (PeriodKind.QUARTER, 3),
    (PeriodKind.YEAR, 1),
)
NOT_BEGUN = N_("This period has not begun yet: it starts on {day}.")
NO_REPORT = N_("There is no such report. Send /xuat to see those there are.")


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report's facts: the period, what it counts, and how the office stands at its head."""

    period: ReportPeriod
    report: PeriodReport
    office: str
    rules: Rules


async def period_report(
    db: Database, actor: Actor, plan_id: int, place: int, now: dt.datetime
) -> ReportFacts:
    """Return what the `place`-th of `REPORTS` says of a plan.

    Raises:
        NotFound: a stranger, or no such plan.
        NotAllowed: units may not be compared here.
        UserError: no such report, or its period is still to come.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        if not viewer.sees_every_unit():
            raise NotAllowed(NOT_COORDINATOR)
        if not 0 <= place < len(REPORTS):
            raise UserError(NO_REPORT)
        table = await table_of(session, viewer, plan_id, now)
        rules = await rules_of(session, viewer.office_id, plan_id)
        kind, number = REPORTS[place]
        period = ReportPeriod(kind, table.year, number)
        first, last = period.bounds(rules.window)
        if first > today:
            raise UserError(NOT_BEGUN, day=office_date(first))
        following = ReportPeriod(PeriodKind.QUARTER, table.year, 1)
        while following.bounds(rules.window)[1] <= last:
            following = following.after()
        calendar = await calendar_of(session, viewer.office_id, today)
        made = make_report(
            table, first, min(last, today), following.bounds(rules.window)[1], calendar
        )
        name = await offices.office_name(session, viewer.office_id)
    return ReportFacts(period, made, name, rules)
