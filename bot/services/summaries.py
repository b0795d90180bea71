"""Summaries of reporting periods: counted while they run, frozen when they close, corrected."""

import datetime as dt
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_date
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.figures_json import figures_to_json
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.rules import Window
from bot.domain.summary_json import rules_kept, targets_kept
from bot.domain.windows import PeriodKind, ReportPeriod, read_period
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.indicators import entries_within
from bot.services.lists import NO_OWN_UNIT
from bot.services.messages_summary import Summary
from bot.services.rules import rules_of
from bot.services.secret_marks import refuse_marks
from bot.services.summaries_whole import count, placed, summary_of_row, whole_summary
from storage import summaries as kept
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
NO_REASON = N_("A correction needs its reason. Nothing has changed.")


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


async def kept_summary(db: Database, actor: Actor, summary_id: int, now: dt.datetime) -> Summary:
    """Return a frozen summary, that very version, to those who may compare units here.

    Raises:
        NotFound: there is none, or it is not for this viewer here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        row = await kept.get_summary(session, viewer.office_id, summary_id)
        if row is None or not viewer.sees_lateness_of_all():
            raise NotFound(NO_SUMMARY)
        return await summary_of_row(session, row, now)


async def freeze(
    session: AsyncSession,
    act: Act,
    period: ReportPeriod,
    *,
    reason: str | None = None,
    window: Window | None = None,
) -> SummaryRow:
    """Keep a closed period's figures as of its end; a further version corrects the one before.

    A correction counts what was decided by now about what was reported within the period. The
    bands and the targets of the time are kept too. `window` is the office's own unless given.
    """
    rules = await rules_of(session, act.office_id)
    window = window or rules.window
    first, last = period.bounds(window)
    old = await kept.find_summary(session, act.office_id, period.kind, first)
    corrected = old is not None
    made = await count(session, act.office_id, period, act.now, corrected=corrected, window=window)
    targets = await entries_within(session, act.office_id, (first, last), act.now)
    row = SummaryRow(
        office_id=act.office_id,
        kind=period.kind,
        first=first,
        last=last,
        version=old.version + 1 if old else 1,
        figures={
            **figures_to_json(made),
            "rules": rules_kept(rules),
            "targets": targets_kept(targets),
        },
        frozen_at=act.now,
        person_id=act.person_id,
        reason=reason,
    )
    await insert_row(session, act, "summary.correct" if old else "summary.freeze", row)
    return row


async def check_correctable(db: Database, actor: Actor, summary_id: int, now: dt.datetime) -> None:
    """Let only those pass who may correct these frozen figures.

    Raises:
        NotFound, NotAllowed: none here, or not of Văn phòng.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        await _correctable(session, viewer, summary_id)


async def _correctable(session: AsyncSession, viewer: Viewer, summary_id: int) -> SummaryRow:
    row = await kept.get_summary(session, viewer.office_id, summary_id)
    if row is None or not viewer.sees_every_unit():
        raise NotFound(NO_SUMMARY)
    if not coordinates(viewer):
        raise NotAllowed(NOT_COORDINATOR)
    return row


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
        old = await _correctable(session, viewer, summary_id)
        period, window = placed(old, await rules_of(session, viewer.office_id))
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        words = " ".join(reason.split())[:500]
        row = await freeze(session, act, period, reason=words, window=window)
        return await summary_of_row(session, row, now)
