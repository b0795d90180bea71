"""The periodic report's numbers and lists, for those who read everything."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import instant, local_day, office_date
from bot.domain.errors import NotAllowed, UserError
from bot.domain.figures_json import figures_from_json
from bot.domain.problem import N_
from bot.domain.progress_table import ProgressTable
from bot.domain.report_period import PeriodReport, ReportDays, make_report
from bot.domain.rules import Rules
from bot.domain.tally import Tally
from bot.domain.windows import PeriodKind, ReportPeriod
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.progress_table import table_of
from bot.services.rules import rules_of
from storage import figures, offices, summaries
from storage.db import Database
from storage.models import SummaryRow

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


async def offers_report(db: Database, actor: Actor, now: dt.datetime) -> bool:
    """Tell whether whoever asks may have a plan's report here.

    Raises:
        NotFound: a stranger.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
    return viewer.sees_every_unit()


async def check_report(db: Database, actor: Actor, now: dt.datetime) -> None:
    """Let only those pass who may have a plan's report here.

    Raises:
        NotFound: a stranger.
        NotAllowed: units may not be compared here.
    """
    if not await offers_report(db, actor, now):
        raise NotAllowed(NOT_COORDINATOR)


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
        next_last = following.bounds(rules.window)[1]
        made = await _made(session, viewer.office_id, table, (period, first, last), next_last, now)
        name = await offices.office_name(session, viewer.office_id)
    return ReportFacts(period, made, name, rules)


async def _made(
    session: AsyncSession,
    office_id: int,
    table: ProgressTable,
    of: tuple[ReportPeriod, dt.date, dt.date],
    next_last: dt.date,
    now: dt.datetime,
) -> PeriodReport:
    """Return the report as the summary sees the period: at its end, and by what was frozen.

    A correction that was frozen knows what was decided until then.
    """
    period, first, end = of
    row = await summaries.find_summary(session, office_id, period.kind, first)
    last = min(end, local_day(now))
    as_of = min(now, instant(end + dt.timedelta(days=1), dt.time()))
    known = row.frozen_at if row is not None and row.version > 1 else as_of
    begun = instant(first, dt.time())
    facts = await figures.part_facts(session, office_id, begun, next_last, as_of, known)
    own = [fact for fact in facts if fact.plan_id == table.plan_id]
    judged = local_day(as_of)
    calendar = await calendar_of(session, office_id, judged)
    days = ReportDays(first, last, judged, next_last)
    made = make_report(table, own, days, calendar)
    kept = _kept(row, table.plan_id, alone=len(own) == len(facts)) if row else None
    if row is None or kept is None:
        return made
    return replace(made, counts=kept, frozen_at=row.frozen_at)


def _kept(row: SummaryRow, plan_id: int, *, alone: bool) -> Tally | None:
    """Return a plan's frozen counts; None in a row of before plans were counted apart.

    Where the plan is the office's only one, the office's counts are its own.
    """
    kept = figures_from_json(row.figures)
    if "plans" in row.figures:
        return dict(kept.plans).get(plan_id, Tally())
    return kept.items if alone else None
