"""A period's summary with all units, within a transaction: counted, or read as it was frozen."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import instant, local_day
from bot.domain.figures import Figures, count_figures
from bot.domain.figures_json import figures_from_json
from bot.domain.rules import Denominator, Rules, Window
from bot.domain.scoring import whole_of
from bot.domain.summary_json import rules_then, targets_then
from bot.domain.windows import ReportPeriod, period_of
from bot.services.calendars import calendar_of
from bot.services.indicators import entries_within
from bot.services.messages_summary import Summary, TrendPoint
from bot.services.rules import rules_of
from storage import figures as stored
from storage import summaries as kept
from storage.models import SummaryRow

TREND_PERIODS = 6
ONE_DAY = dt.timedelta(days=1)


async def count(
    session: AsyncSession,
    office_id: int,
    period: ReportPeriod,
    now: dt.datetime,
    *,
    corrected: bool = False,
    window: Window | None = None,
) -> Figures:
    """Return a period's figures as things stand at `now`, at its end where that came before.

    `corrected`: decisions made after the end count too, about what was reported within it.
    `window` is the office's own unless given.
    """
    window = window or (await rules_of(session, office_id)).window
    first, last = period.bounds(window)
    as_of = min(now, instant(last + ONE_DAY, dt.time()))
    known = now if corrected else as_of
    begun = instant(first, dt.time())
    facts = await stored.part_facts(session, office_id, begun, last, as_of, known)
    judged = local_day(as_of)
    return count_figures(facts, first, last, judged, await calendar_of(session, office_id, judged))


async def whole_summary(
    session: AsyncSession, office_id: int, period: ReportPeriod, now: dt.datetime
) -> Summary:
    """Return a period's summary with all units: the newest frozen version, else as of now."""
    rules = await rules_of(session, office_id)
    days = period.bounds(rules.window)
    row = await kept.find_summary(session, office_id, period.kind, days[0])
    if row is not None:
        return await summary_of_row(session, row, now)
    figures = await count(session, office_id, period, now)
    targets = await entries_within(session, office_id, days, now)
    trend = await _trend(session, office_id, (period, rules.window), figures, rules)
    return Summary(period, figures, rules, now, trend, targets=targets)


async def summary_of_row(session: AsyncSession, row: SummaryRow, now: dt.datetime) -> Summary:
    """Return frozen figures, by the bands and with the targets of their time.

    Where the office has another window since, its days stay those it was frozen with.
    """
    present = await rules_of(session, row.office_id)
    period, window = placed(row, present)
    rules, figures = rules_then(row.figures, present), figures_from_json(row.figures)
    targets = targets_then(row.figures)
    if targets is None:
        days = (row.first, row.last)
        targets = await entries_within(session, row.office_id, days, row.frozen_at)
    trend = await _trend(session, row.office_id, (period, window), figures, rules)
    made = Summary(period, figures, rules, now, trend, targets=targets)
    return replace(
        made, id=row.id, frozen_at=row.frozen_at, version=row.version, reason=row.reason
    )


def placed(row: SummaryRow, rules: Rules) -> tuple[ReportPeriod, Window]:
    """Return the period of frozen figures, and the window by which it has their days."""
    for window in (rules.window, *Window):
        period = period_of(row.last, row.kind, window)
        if period.bounds(window) == (row.first, row.last):
            return period, window
    raise AssertionError("figures are frozen by one of the windows")


async def _trend(
    session: AsyncSession,
    office_id: int,
    period: tuple[ReportPeriod, Window],
    figures: Figures,
    rules: Rules,
) -> tuple[TrendPoint, ...]:
    """Return the rates of the periods before, all counted against what this one's is."""
    before, window = period
    points = [_point(before, figures, rules.denominator)]
    for _ in range(TREND_PERIODS - 1):
        before = before.before()
        row = await kept.find_summary(session, office_id, before.kind, before.bounds(window)[0])
        if row is None:
            break
        points.append(_point(before, figures_from_json(row.figures), rules.denominator))
    return tuple(reversed(points))


def _point(period: ReportPeriod, figures: Figures, against: Denominator) -> TrendPoint:
    items, original = figures.items, figures.original
    return TrendPoint(
        period,
        items.on_time,
        whole_of(items, against),
        original.on_time,
        whole_of(original, against),
    )
