"""Summaries of reporting periods: counted while they run, frozen when they close, corrected."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import instant, local_day, office_date
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.figures import Figures, count_figures
from bot.domain.figures_json import figures_from_json, figures_to_json
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.windows import PeriodKind, ReportPeriod, period_of, read_period
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.indicators import entries_within
from bot.services.lists import NO_OWN_UNIT
from bot.services.messages_summary import Summary, TrendPoint
from bot.services.rules import rules_of
from bot.services.secret_marks import refuse_marks
from storage import figures as kept
from storage.audit import Act, claim_update, refuse_repeated
from storage.audit_rows import insert_row
from storage.db import Database
from storage.models import SummaryRow

NO_PERIOD = N_(
    "I do not know the period “{text}”. Examples: /tong_hop tháng 4, /tong_hop quý I/2024, "
    "/tong_hop 6 tháng, /tong_hop năm 2024."
)
NOT_BEGUN = N_("This period has not begun yet: it starts on {day}.")
NO_SUMMARY = N_("There is no such summary here. Send /tong_hop for the last month's.")
NOT_CLOSED = N_("This period still runs, so there is nothing to correct yet.")
NO_REASON = N_("A correction needs its reason. Nothing has changed.")
TREND_PERIODS = 6
ONE_DAY = dt.timedelta(days=1)


async def count(
    session: AsyncSession,
    office_id: int,
    period: ReportPeriod,
    now: dt.datetime,
    *,
    corrected: bool = False,
) -> Figures:
    """Return a period's figures as things stand at `now`, at its end where that came before.

    `corrected`: decisions made after the end count too, about what was reported within it.
    """
    rules = await rules_of(session, office_id)
    first, last = period.bounds(rules.window)
    as_of = min(now, instant(last + ONE_DAY, dt.time()))
    known = now if corrected else as_of
    begun = instant(first, dt.time())
    facts = await kept.part_facts(session, office_id, begun, last, as_of, known)
    judged = local_day(as_of)
    return count_figures(facts, first, last, judged, await calendar_of(session, office_id, judged))


async def summary(db: Database, actor: Actor, text: str, now: dt.datetime) -> Summary:
    """Return the summary of the period that `text` names: frozen where it was closed.

    Raises:
        NotFound: a stranger, or somebody without a unit who may not compare units here.
        UserError: `text` names no period, or one to come.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        rules = await rules_of(session, viewer.office_id)
        period = read_period(text, local_day(now), rules.window)
        if period is None:
            raise UserError(NO_PERIOD, text=text[:60])
        first, _ = period.bounds(rules.window)
        if first > local_day(now):
            raise UserError(NOT_BEGUN, day=office_date(first))
        return await summary_for(session, viewer, period, now)


async def summary_of_all(
    db: Database, actor: Actor, period: ReportPeriod | None, now: dt.datetime
) -> Summary:
    """Return the summary of a period to those who may compare units here.

    Raises:
        NotFound: there is no such period, or it is not for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if period is None or not viewer.sees_lateness_of_all():
            raise NotFound(NO_SUMMARY)
        first, _ = period.bounds((await rules_of(session, viewer.office_id)).window)
        if first > local_day(now):
            raise NotFound(NO_SUMMARY)
        return await whole_summary(session, viewer.office_id, period, now)


async def year_so_far(db: Database, actor: Actor, year: int, now: dt.datetime) -> Summary:
    """Return the figures of a year, as of now or as they were frozen.

    Raises:
        NotFound: a stranger, or somebody without a unit who may not compare units here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await summary_for(session, viewer, ReportPeriod(PeriodKind.YEAR, year), now)


async def summary_for(
    session: AsyncSession, viewer: Viewer, period: ReportPeriod, now: dt.datetime
) -> Summary:
    """Return a period's summary within the caller's transaction."""
    found = await whole_summary(session, viewer.office_id, period, now)
    if viewer.sees_lateness_of_all():
        return found
    units = viewer.own_units()
    if not units:
        raise NotFound(NO_OWN_UNIT)
    return own_part(found, units)


def own_part(found: Summary, units: frozenset[int]) -> Summary:
    """Return a summary with nothing but the rows of some units."""
    rows = tuple(row for row in found.figures.units if row.unit_id in units)
    targets = tuple(entry for entry in found.targets if entry.units & units)
    return replace(found, own=rows, trend=(), targets=targets)


async def whole_summary(
    session: AsyncSession, office_id: int, period: ReportPeriod, now: dt.datetime
) -> Summary:
    """Return a period's summary with all units: the newest frozen version, else as of now."""
    rules = await rules_of(session, office_id)
    first, _ = period.bounds(rules.window)
    row = await kept.find_summary(session, office_id, period.kind, first)
    figures = (
        figures_from_json(row.figures) if row else await count(session, office_id, period, now)
    )
    known = row.frozen_at if row else now
    targets = await entries_within(session, office_id, period.bounds(rules.window), known)
    trend = await _trend(session, office_id, period, figures)
    made = Summary(period, figures, rules, now, trend, targets=targets)
    if row is None:
        return made
    return replace(
        made, id=row.id, frozen_at=row.frozen_at, version=row.version, reason=row.reason
    )


async def _trend(
    session: AsyncSession, office_id: int, period: ReportPeriod, figures: Figures
) -> tuple[TrendPoint, ...]:
    points = [_point(period, figures)]
    window = (await rules_of(session, office_id)).window
    before = period
    for _ in range(TREND_PERIODS - 1):
        before = before.before()
        row = await kept.find_summary(session, office_id, before.kind, before.bounds(window)[0])
        if row is None:
            break
        points.append(_point(before, figures_from_json(row.figures)))
    return tuple(reversed(points))


def _point(period: ReportPeriod, figures: Figures) -> TrendPoint:
    items, original = figures.items, figures.original
    return TrendPoint(period, items.on_time, items.total, original.on_time, original.total)


async def kept_summary(db: Database, actor: Actor, summary_id: int, now: dt.datetime) -> Summary:
    """Return a frozen summary, that very version, to those who may compare units here.

    Raises:
        NotFound: there is none, or it is not for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        row = await kept.get_summary(session, viewer.office_id, summary_id)
        period = await period_of_row(session, row) if row else None
        if row is None or period is None or not viewer.sees_lateness_of_all():
            raise NotFound(NO_SUMMARY)
        figures = figures_from_json(row.figures)
        return Summary(
            period,
            figures,
            await rules_of(session, viewer.office_id),
            now,
            await _trend(session, viewer.office_id, period, figures),
            row.id,
            row.frozen_at,
            row.version,
            row.reason,
        )


async def freeze(
    session: AsyncSession, act: Act, period: ReportPeriod, *, reason: str | None = None
) -> SummaryRow:
    """Keep a closed period's figures as of its end; a further version corrects the one before.

    A correction counts what was decided by now about what was reported within the period.
    """
    rules = await rules_of(session, act.office_id)
    first, last = period.bounds(rules.window)
    old = await kept.find_summary(session, act.office_id, period.kind, first)
    row = SummaryRow(
        office_id=act.office_id,
        kind=period.kind,
        first=first,
        last=last,
        version=old.version + 1 if old else 1,
        figures=figures_to_json(
            await count(session, act.office_id, period, act.now, corrected=old is not None)
        ),
        frozen_at=act.now,
        person_id=act.person_id,
        reason=reason,
    )
    await insert_row(session, act, "summary.correct" if old else "summary.freeze", row)
    return row


async def check_correctable(
    db: Database, actor: Actor, summary_id: int, now: dt.datetime
) -> ReportPeriod:
    """Return the period of frozen figures that the presser may correct.

    Raises:
        NotFound, NotAllowed: none here, or not of Văn phòng.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await _correctable(session, viewer, summary_id)


async def _correctable(session: AsyncSession, viewer: Viewer, summary_id: int) -> ReportPeriod:
    row = await kept.get_summary(session, viewer.office_id, summary_id)
    if row is None or not viewer.sees_every_unit():
        raise NotFound(NO_SUMMARY)
    if not coordinates(viewer):
        raise NotAllowed(NOT_COORDINATOR)
    period = await period_of_row(session, row)
    if period is None:
        raise UserError(NO_SUMMARY)
    return period


async def period_of_row(session: AsyncSession, row: SummaryRow) -> ReportPeriod | None:
    """Return the period of frozen figures; None where the office has other windows since."""
    window = (await rules_of(session, row.office_id)).window
    period = period_of(row.last, row.kind, window)
    return period if period.bounds(window) == (row.first, row.last) else None


async def correct(
    db: Database, actor: Actor, summary_id: int, reason: str, now: dt.datetime
) -> Summary:
    """Freeze a corrected version of a period's figures, with its reason.

    What was reported within the period counts as it was decided by now: a confirmation that came
    late, a return, an extension.

    Raises:
        NotFound, NotAllowed, UserError: none here, not of Văn phòng, no reason.
    """
    if not reason.strip():
        raise UserError(NO_REASON)
    refuse_marks(reason)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        period = await _correctable(session, viewer, summary_id)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await freeze(session, act, period, reason=" ".join(reason.split())[:500])
        return await whole_summary(session, viewer.office_id, period, now)
