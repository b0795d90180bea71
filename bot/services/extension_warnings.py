"""What is to be thought of before a date moves far: the plan's end, and the scored year's."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import office_date
from bot.domain.extension import missed_year
from bot.domain.problem import N_, Problem, problem
from bot.domain.work import Part
from bot.services.rules import rules_of
from storage import plans

PAST_PLAN = N_("{day} is after the plan's last day, {end}.")
PAST_YEAR = N_("What is finished after {end} no longer counts for the scored year {year}.")


async def warnings(session: AsyncSession, part: Part, day: dt.date) -> tuple[Problem, ...]:
    """Return what to warn of when a part's date moves to `day`.

    Work finished after 14/12 misses the scored year (Nghị định 09/2019/NĐ-CP, Điều 12); the day is
    a setting.
    """
    plan = await plans.get_plan(session, part.plan_id)
    rules = await rules_of(session, plan.office_id, plan.id)
    first = part.original_due or part.due or day
    said = []
    if day > plan.ends_on:
        said.append(problem(PAST_PLAN, day=office_date(day), end=office_date(plan.ends_on)))
    if end := missed_year(day, first, rules.year_warning):
        said.append(problem(PAST_YEAR, end=office_date(end), year=str(end.year)))
    return tuple(said)
