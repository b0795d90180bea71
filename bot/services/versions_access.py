"""Who may change a plan by a newer version, and which plans and drafts there are for it."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.deadline import Period
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.plan import PlanReading
from bot.domain.problem import N_
from bot.domain.roles import coordinates
from bot.domain.states import PlanState
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.versions_reading import items_of
from bot.services.versions_undo import NO_PLAN
from storage import plans
from storage.audit import Act, claim_update, refuse_repeated
from storage.models import PlanRow
from storage.rows import PlanFacts

GONE = N_("This comparison is closed. Send the file again to compare it anew.")

By = Actor | int
"""Who acts: a person in a chat, or an office's id where the command line acts."""


async def authorized(session: AsyncSession, by: By, now: dt.datetime, *, acts: bool) -> Act:
    """Return who acts; versions are Văn phòng's, where the items of all units may be shown.

    Raises:
        NotAllowed: somebody else, or a unit's chat.
        AlreadyHandled: the update has acted before.
    """
    if isinstance(by, int):
        return Act(by, now)
    if acts:
        await refuse_repeated(session, by.update_id)
    viewer = await get_viewer(session, by, local_day(now))
    if not (coordinates(viewer) and viewer.sees_every_unit()):
        raise NotAllowed(NOT_COORDINATOR)
    act = Act(viewer.office_id, now, viewer.person_id, by.update_id)
    if acts:
        await claim_update(session, act)
    return act


async def newer_in_draft(session: AsyncSession, office_id: int, draft_id: int) -> PlanReading:
    """Return a stored draft as the version it is, with what was settled about it.

    Raises:
        NotFound: there is no such draft.
    """
    row = await session.get(PlanRow, draft_id)
    if row is None or row.office_id != office_id or row.state is not PlanState.DRAFT:
        raise NotFound(GONE)
    items = tuple((await items_of(session, draft_id)).values())
    return PlanReading(row.title, Period(row.starts_on, row.ends_on), items)


async def living(session: AsyncSession, office_id: int, plan_id: int) -> PlanFacts:
    """Return a plan that a version can change.

    Raises:
        NotFound: there is none.
    """
    plan = await plans.find_plan(session, office_id, plan_id)
    if plan is None or plan.state is PlanState.CLOSED:
        raise NotFound(NO_PLAN)
    return plan
