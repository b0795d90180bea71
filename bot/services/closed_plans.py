"""Plans that were closed: what they hold can be read, and no longer be acted on.

Three things remain. A report that waited when its plan was closed is confirmed or not accepted (it
then counts as not done, and is not made again). Evidence is added to what was reported, for the
year is scored after it has ended. And who is stuck still gets an answer.
"""

from collections.abc import Sequence
from textwrap import shorten

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import office_date
from bot.domain.errors import NotFound, UserError
from bot.domain.problem import N_
from bot.domain.records import ClosedPlan
from bot.domain.roles import Viewer
from bot.domain.states import PlanState
from bot.services.access import NO_ITEM, sees_item
from storage import plans
from storage.rows import PlanFacts

IS_CLOSED = N_(
    "The plan “{title}” was closed on {day}; this is no longer done in it. Nothing has changed."
)
# A notice takes 200 letters.
LONGEST_TITLE = 80


async def refuse_closed(session: AsyncSession, plan_id: int) -> None:
    """Let nothing be done in a plan that was closed.

    Raises:
        UserError: it was.
    """
    refuse(await closed_plan(session, plan_id))


def refuse(closed: ClosedPlan | None) -> None:
    """Refuse an act in a closed plan; None: it is not closed.

    Raises:
        UserError: it is.
    """
    if closed is not None:
        title = shorten(closed.title, LONGEST_TITLE, placeholder="…")
        raise UserError(IS_CLOSED, title=title, day=office_date(closed.on))


async def closed_plan(session: AsyncSession, plan_id: int) -> ClosedPlan | None:
    """Return a plan as closed, None while it is not."""
    return (await plans.get_plan(session, plan_id)).closed


async def items_in_use(
    session: AsyncSession, viewer: Viewer, code: str
) -> Sequence[tuple[int, PlanFacts]]:
    """Return (item, plan) of the items with this code in plans in use that may be seen here.

    Raises:
        UserError: only closed plans have such an item.
        NotFound: none has.
    """
    found = await _items_seen(session, viewer, code, PlanState.ACTIVE)
    if not found:
        for _, plan in await _items_seen(session, viewer, code, PlanState.CLOSED):
            refuse(plan.closed)
        raise NotFound(NO_ITEM, code=code)
    return found


async def items_to_read(
    session: AsyncSession, viewer: Viewer, code: str
) -> Sequence[tuple[int, PlanFacts]]:
    """Return (item, plan) of every item with this code: plans in use, then closed ones, newest.

    Raises:
        NotFound: there is none that may be seen here.
    """
    found = [
        one
        for state in (PlanState.ACTIVE, PlanState.CLOSED)
        for one in await _items_seen(session, viewer, code, state)
    ]
    if not found:
        raise NotFound(NO_ITEM, code=code)
    return found


async def _items_seen(
    session: AsyncSession, viewer: Viewer, code: str, state: PlanState
) -> list[tuple[int, PlanFacts]]:
    return [
        (item_id, plan)
        for item_id, plan in await plans.items_with_code(session, viewer.office_id, code, state)
        if await sees_item(session, viewer, item_id)
    ]
