"""The office's settings and a plan's own: read, set, put back; each change is audited."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, UserError
from bot.domain.problem import N_
from bot.domain.rules import DEFAULTS, NAMES, PER_PLAN, value_from_json, value_to_json
from bot.domain.rules_text import check_together, parse, rule_of
from bot.domain.states import PlanState
from bot.domain.workdays import WeekendRule
from bot.services.rules import rules_of
from storage import item_changes, settings
from storage.audit import Act, claim_update
from storage.audit_rows import change_row
from storage.db import Database
from storage.models import OfficeRow, PlanRow

NO_PLAN = N_("There is no plan {plan} here. Nothing has changed.")
NOT_PER_PLAN = N_("This setting is the office's; no plan can have its own. Nothing has changed.")
CLOSED_PLAN = N_("This plan is closed: its settings stay as they were. Nothing has changed.")
IN_COLUMNS = ("confirmation", "weekend", "before_counts")
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its value in force, and whether it is the office's, the plan's or the default.

    `overriding` are the plans (id, title, value) in use that have another value of their own.
    """

    name: str
    value: Any
    default: Any
    own: bool
    overriding: tuple[tuple[int, str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting before and after; `moved` counts the dates that moved with it."""

    name: str
    before: Any
    after: Any
    moved: int = 0


async def listed(session: AsyncSession, office_id: int, plan_id: int | None) -> list[Setting]:
    """Return every setting of the office, or what a plan can have of its own.

    Raises:
        NotFound: there is no such plan.
    """
    rules = await rules_of(session, office_id, plan_id)
    office = await settings.office_row(session, office_id)
    plan = await _plan(session, office_id, plan_id) if plan_id is not None else None
    others = await item_changes.plans_in(session, office_id, PlanState.ACTIVE, PlanState.DRAFT)
    found = []
    for name in NAMES:
        if plan is not None and name not in PER_PLAN:
            continue
        value = getattr(rules, name)
        own = _own(plan, name) is not None if plan is not None else name in office.settings
        over = [] if plan is not None else [(p, _own(p, name)) for p in others]
        differing = tuple(
            (p.id or 0, p.title, theirs)
            for p, theirs in over
            if theirs is not None and theirs != value
        )
        found.append(Setting(name, value, getattr(DEFAULTS, name), own, differing))
    return found


def _own(plan: PlanRow, name: str) -> Any:
    """Return a plan's own value of a setting, None where it has none."""
    if name in IN_COLUMNS:
        value = getattr(plan, name)
        return str(value) if isinstance(value, WeekendRule) else value
    stored = (plan.settings or {}).get(name)
    return None if stored is None else value_from_json(name, stored)


async def _plan(session: AsyncSession, office_id: int, plan_id: int) -> PlanRow:
    plan = await settings.plan_in(session, office_id, plan_id)
    if plan is None:
        raise NotFound(NO_PLAN, plan=plan_id)
    return plan


async def read_value(
    session: AsyncSession, office_id: int, name: str, text: str, plan_id: int | None
) -> Any:
    """Return what was typed for a setting, checked with what hangs together with it.

    Raises:
        UserError: it is none, or no plan can have it.
        NotFound: there is no such plan.
    """
    rule_of(name)
    if plan_id is not None:
        plan = await _plan(session, office_id, plan_id)
        if name not in PER_PLAN:
            raise UserError(NOT_PER_PLAN)
        if plan.state is PlanState.CLOSED:
            raise UserError(CLOSED_PLAN)
    value = parse(name, text)
    rules = await rules_of(session, office_id, plan_id)
    check_together({other: getattr(rules, other) for other in NAMES} | {name: value})
    return value


async def moving(session: AsyncSession, plan_id: int | None, name: str, value: Any) -> int:
    """Return how many dates move when a setting of a plan becomes `value`."""
    if name != "before_counts" or plan_id is None:
        return 0
    plan = await item_changes.plan_row(session, plan_id)
    return len(await settings.before_days(session, plan_id)) if plan.before_counts != value else 0


async def put(
    session: AsyncSession, act: Act, name: str, value: Any, plan_id: int | None
) -> Changed:
    """Set a value (None: put it back to the default, or for a plan to the office's)."""
    if plan_id is not None:
        return await _put_plan(session, act, name, value, plan_id)
    office = await settings.office_row(session, act.office_id)
    before = getattr(await rules_of(session, act.office_id), name)
    await _put_in(session, act, office, name, value)
    after = getattr(await rules_of(session, act.office_id), name)
    return Changed(name, before, after)


async def _put_in(
    session: AsyncSession, act: Act, row: OfficeRow | PlanRow, name: str, value: Any
) -> None:
    kept = dict(row.settings or {})
    kept.pop(name, None)
    if value is not None:
        kept[name] = value_to_json(value)
    await change_row(session, act, "settings.set", row, settings=kept)


async def _put_plan(
    session: AsyncSession, act: Act, name: str, value: Any, plan_id: int
) -> Changed:
    plan = await item_changes.plan_row(session, plan_id)
    before = getattr(await rules_of(session, act.office_id, plan_id), name)
    moved = 0
    if name in IN_COLUMNS:
        if value is None:
            value = getattr(await rules_of(session, act.office_id), name)
        if name == "before_counts" and plan.before_counts != value:
            moved = await shift_before(session, act, plan_id, later=bool(value))
        kept = WeekendRule(value) if name == "weekend" else value
        await change_row(session, act, "settings.set", plan, **{name: kept})
    else:
        await _put_in(session, act, plan, name, value)
    after = getattr(await rules_of(session, act.office_id, plan_id), name)
    return Changed(name, before, after, moved)


async def shift_before(session: AsyncSession, act: Act, plan_id: int, *, later: bool) -> int:
    """Move a plan's "trước" dates by the day itself; a date that was extended stays.

    What the plan says stays as written, so that putting the setting back moves them back.
    """
    step = _ONE if later else -_ONE
    rows = await settings.before_days(session, plan_id)
    for row in rows:
        assert row.due is not None  # only dated ones are asked for
        first = row.original_due or row.due
        moved = row.due + step if row.due == first else row.due
        await change_row(
            session, act, "occurrence.before", row, due=moved, original_due=first + step
        )
    return len(rows)


async def all_settings(db: Database, office_id: int, plan_id: int | None = None) -> list[Setting]:
    """Return the settings for the command line."""
    async with db.read() as session:
        return await listed(session, office_id, plan_id)


async def set_typed(
    db: Database,
    office_id: int,
    name: str,
    text: str | None,
    plan_id: int | None,
    now: dt.datetime,
) -> Changed:
    """Set what was typed on the command line; None puts it back.

    Raises:
        UserError, NotFound: as `read_value`.
    """
    act = Act(office_id, now)
    async with db.begin() as session:
        await claim_update(session, act)
        value = None
        if text is not None:
            value = await read_value(session, office_id, name, text, plan_id)
        else:
            rule_of(name)
            if plan_id is not None:
                await _plan(session, office_id, plan_id)
                if name not in PER_PLAN:
                    raise UserError(NOT_PER_PLAN)
        return await put(session, act, name, value, plan_id)
