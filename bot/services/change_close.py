"""/dong_ke_hoach: a plan ends; what is open is carried over or no longer carried out."""

from bot.domain import change_phrases as phrases
from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.change_add import running_plan
from bot.services.change_parts import OPEN, drop_part
from bot.services.change_steps import (
    Ask,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Ready,
    choose,
    words,
)
from bot.services.change_told import tell_closed
from storage import item_changes, parts
from storage.audit_rows import change_row
from storage.models import PlanRow

FATE = N_("{count} tasks of “{title}” are still open:\n{codes}\nWhat becomes of them?")
EACH = N_("{code} · {title}\nWhat becomes of it?")
CARRY, DROP, ONE_BY_ONE = "carry", "drop", "each"
MOST_CODES = 60
FATES = (
    (N_("Carry all over to the next plan"), CARRY),
    (N_("None is carried out any longer"), DROP),
    (N_("Decide one by one"), ONE_BY_ONE),
)


async def _open_items(at: At, plan: PlanRow) -> dict[int, Part]:
    """Return the items with work that nobody reported, by a part of each."""
    found: dict[int, Part] = {}
    for part in await parts.parts_of_plan(at.session, plan.id or 0):
        if part.progress in OPEN and (part.pending or part.progress is Progress.WAITING_EVENT):
            found.setdefault(part.item_id, part)
    return found


async def _decided(at: At) -> tuple[PlanRow, dict[int, Part], set[int]]:
    """Return the plan, its open items and those to be dropped, asking for what is open."""
    plan = await running_plan(at)
    found = await _open_items(at, plan)
    if not found:
        return plan, found, set()
    codes = ", ".join(part.code for part in list(found.values())[:MOST_CODES])
    question = words(FATE, count=len(found), title=plan.title, codes=codes)
    choices = tuple(Choice(words(label), value) for label, value in FATES)
    fate = choose(at, "fate", question, choices)
    if fate != ONE_BY_ONE:
        return plan, found, set(found) if fate == DROP else set()
    return plan, found, _each(at, found)


def _each(at: At, found: dict[int, Part]) -> set[int]:
    if one := at.args.pop("one", None):
        at.args["fates"] = {**at.args.get("fates", {}), str(one[0]): one[1]}
    fates = at.args.get("fates", {})
    for item_id, part in found.items():
        if str(item_id) not in fates:
            choices = (
                Choice(words(N_("Carry over")), [item_id, CARRY]),
                Choice(words(N_("No longer carried out")), [item_id, DROP]),
            )
            question = words(EACH, code=part.code, title=part.title)
            raise NeedsAnswer(Ask("one", question, choices, typed=False))
    return {item_id for item_id in found if fates[str(item_id)] == DROP}


async def look(at: At) -> Ready:
    """Read back what closing the plan does."""
    plan, found, dropped = await _decided(at)
    every = await parts.parts_of_plan(at.session, plan.id or 0)
    awaiting = {p.code for p in every if p.progress is Progress.AWAITING_CONFIRMATION}
    carried = [part.code for key, part in found.items() if key not in dropped]
    lines = [words(N_("From now on nothing of it is reminded of."))]
    for label, codes in (
        (N_("Carried over: {codes}"), carried),
        (N_("No longer carried out: {codes}"), [found[key].code for key in dropped]),
        (N_("⚠️ Still waiting for confirmation: {codes}"), sorted(awaiting)),
    ):
        if codes:
            lines.append(words(label, codes=", ".join(codes[:MOST_CODES])))
    return Ready(words(N_("Close the plan “{title}”?"), title=plan.title), tuple(lines))


async def apply(at: At) -> Done:
    """Close the plan. What is carried over stays open in it until the next plan takes it up."""
    plan, found, dropped = await _decided(at)
    decision = phrases.CLOSED_WITH.format(title=plan.title)
    for item_id in dropped:
        for part in await item_changes.open_rows(at.session, item_id):
            await drop_part(at, part, decision)
    await tell_closed(at, plan, found, dropped)
    await change_row(
        at.session, at.act, "plan.close", plan, state=PlanState.CLOSED, closed_at=at.act.now
    )
    said = words(N_("Closed: “{title}”. /ke_hoach_moi begins the next one."), title=plan.title)
    return Done(said)


CLOSE = Flow(look, apply, every_unit=True)
