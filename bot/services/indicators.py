"""Indicators (chỉ tiêu): what plans ask for, the values entered, and what is missing."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.indicator import find_indicators
from bot.domain.indicator_value import Entry, Value, read_value
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.windows import PeriodKind, ReportPeriod, period_of, read_period
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.rules import rules_of
from storage import indicators
from storage.audit import Act, claim_update
from storage.audit_rows import insert_row
from storage.db import Database
from storage.models import IndicatorValueRow
from storage.rows import identity

NOT_A_VALUE = N_(
    "“{text}” is no value. Type it like 43, 97,5 or as a fraction 9129/14697. Nothing has changed."
)
NO_PERIOD = N_(
    "“{text}” names no period. Type it like tháng 4/2024 or quý I. Nothing has changed."
)
NO_TARGET = N_(
    "There is no item {code} with a target here. Send /so_lieu for the list. Nothing has changed."
)
TWICE = N_(
    "Several plans in force have a target under {code}, so it is not clear which is meant. Close "
    "the plan that is over first. Nothing has changed."
)
NOT_YOURS = N_(
    "Only the head of a unit that answers for item {code}, or Văn phòng, enters its value. "
    "Nothing has changed."
)
NOT_BEGUN = N_("That period has not begun yet. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The targets that a viewer sees, in the order of the plans, for a period."""

    period: ReportPeriod
    entries: tuple[Entry, ...]

    def missing(self) -> tuple[Entry, ...]:
        """Return those without a value for the period."""
        return tuple(entry for entry in self.entries if entry.value is None)


async def sheet(
    db: Database,
    actor: Actor,
    now: dt.datetime,
    period: ReportPeriod | None = None,
    days: tuple[dt.date, dt.date] | None = None,
) -> Sheet:
    """Return the targets with their values of a period, of the month at hand by default.

    `days` are the period's, by the office's window unless given.

    Raises:
        NotFound: a stranger, or a group nobody registered.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        rules = await rules_of(session, viewer.office_id)
        period = period or period_of(local_day(now), PeriodKind.MONTH, rules.window)
        first, last = days or period.bounds(rules.window)
        return Sheet(period, await _entries(session, viewer, first, last))


async def enter(
    db: Database, actor: Actor, code: str, text: str, period_text: str, now: dt.datetime
) -> tuple[ReportPeriod, Entry]:
    """Enter a value; one that was entered before for the same period stays as an older version.

    `code` is an item's, with "#2" for its second target. `period_text` is empty for the month at
    hand.

    Raises:
        NotFound, NotAllowed: no such item here; not of its units and not of Văn phòng.
        UserError: no value, no period, no target, or several.
    """
    value = read_value(text)
    if value is None:
        raise UserError(NOT_A_VALUE, text=text)
    async with db.begin() as session:
        today = local_day(now)
        viewer = await get_viewer(session, actor, today)
        window = (await rules_of(session, viewer.office_id)).window
        period = (
            read_period(period_text, today, window)
            if period_text
            else period_of(today, PeriodKind.MONTH, window)
        )
        if period is None:
            raise UserError(NO_PERIOD, text=period_text)
        first, last = period.bounds(window)
        if first > today:
            raise UserError(NOT_BEGUN)
        entry = _meant(await _entries(session, viewer, first, last), code)
        if not coordinates(viewer) and not viewer.heads() & entry.units:
            raise NotAllowed(NOT_YOURS, code=entry.code)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await _store(session, act, viewer, entry, value, (first, last))
        return period, _meant(await _entries(session, viewer, first, last), code)


def _meant(entries: tuple[Entry, ...], code: str) -> Entry:
    name, _, place = code.partition("#")
    called = [entry for entry in entries if entry.code.upper() == name.strip(" .").upper()]
    wanted = place.strip() or "1"
    found = [entry for entry in called if str(entry.place) == wanted]
    if not found:
        raise NotFound(NO_TARGET, code=code)
    if len(found) > 1:
        raise UserError(TWICE, code=name)
    return found[0]


async def _store(
    session: AsyncSession,
    act: Act,
    viewer: Viewer,
    entry: Entry,
    value: Value,
    days: tuple[dt.date, dt.date],
) -> None:
    own = sorted(viewer.heads() & entry.units)
    row = IndicatorValueRow(
        office_id=act.office_id,
        item_id=entry.item_id,
        place=entry.place - 1,
        first=days[0],
        last=days[1],
        numerator=str(value.numerator),
        denominator=None if value.denominator is None else str(value.denominator),
        person_id=act.person_id,
        unit_id=own[0] if own else None,
        at=act.now,
    )
    row.version = await indicators.next_version(session, row)
    await insert_row(session, act, "indicator.enter", row)


async def _entries(
    session: AsyncSession, viewer: Viewer, first: dt.date, last: dt.date
) -> tuple[Entry, ...]:
    found = await _all_entries(session, viewer.office_id, (first, last))
    return tuple(
        entry
        for entry in found
        if viewer.sees_every_unit() or any(map(viewer.sees_unit, entry.units))
    )


async def entries_within(
    session: AsyncSession, office_id: int, days: tuple[dt.date, dt.date], known: dt.datetime
) -> tuple[Entry, ...]:
    """Return the targets that have a value within `days`, the newest as it was known then."""
    found = await _all_entries(session, office_id, days, known=known)
    return tuple(entry for entry in found if entry.value is not None)


async def _all_entries(
    session: AsyncSession,
    office_id: int,
    days: tuple[dt.date, dt.date],
    *,
    known: dt.datetime | None = None,
) -> tuple[Entry, ...]:
    """Return every target of the office with its value of the period `days`.

    With `known` the newest value of any period within it counts, as entered before that instant.
    """
    first, last = days
    items = await indicators.items_in_force(session, office_id)
    stated = {identity(row.id): find_indicators(f"{row.title}\n{row.product}") for row in items}
    units = await indicators.answering_units(
        session, [key for key, found in stated.items() if found]
    )
    values = await indicators.values_of(session, office_id, last)
    made: list[Entry] = []
    for row in items:
        key = identity(row.id)
        answering = units.get(key, frozenset())
        for place, indicator in enumerate(stated[key]):
            rows = values.get((key, place), [])
            if known is None:
                now = next((one for one in rows if (one.first, one.last) == days), None)
            else:
                then = (one for one in rows if one.first >= first and one.at <= known)
                now = next(then, None)
            before = next((one for one in rows if one.last < first), None)
            made.append(
                Entry(
                    key,
                    row.code,
                    row.title,
                    place + 1,
                    len(stated[key]),
                    answering,
                    indicator,
                    _value(now),
                    now.version if now else 0,
                    _value(before),
                )
            )
    return tuple(made)


def _value(row: IndicatorValueRow | None) -> Value | None:
    if row is None:
        return None
    whole = None if row.denominator is None else Decimal(row.denominator)
    return Value(Decimal(row.numerator), whole)
