"""/dong_ke_hoach: a plan ends; what is open is carried over or no longer carried out."""

from bot.domain import change_phrases as phrases
from bot.domain.problem import N_
from bot.domain.states import ExtensionState, PlanState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.change_add import running_plan
from bot.services.change_parts import drop_part
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
from bot.services.change_told import left_open, tell_closed
from bot.services.extension_changes import change
from bot.services.extension_owing import tell_unit
from storage import difficulties, extensions, item_changes, parts
from storage.audit_rows import change_row
from storage.models import PlanRow
from storage.rows import identity

FATE = N_("{count} tasks of “{title}” are still open:\n{codes}\nWhat becomes of them?")
WHY = N_("On which document or decision does it rest that they are no longer carried out?")
STILL_WAITING = N_("⚠️ Still waiting for confirmation, to be decided later as well: {codes}")
REQUESTS = N_("⚠️ Requests for another date that are closed with it: {codes}")
DIFFICULTIES = N_("⚠️ Difficulties nobody has answered yet: {codes}")
EACH = N_("{code} · {title}\nWhat becomes of it?")
WHICH_PLAN = N_("Which plan is closed?")
NOTHING_OPEN = N_("No plan is in use, so there is none to close. Nothing has changed.")
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
        if left_open(part):
            found.setdefault(part.item_id, part)
    return found


async def _decided(at: At) -> tuple[PlanRow, dict[int, Part], set[int]]:
    """Return the plan, its open items and those to be dropped, asking for what is open."""
    plan = await running_plan(at, NOTHING_OPEN, WHICH_PLAN)
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


def _decision(at: At, dropped: set[int]) -> str:
    """Return what it rests on that items are no longer carried out, asked for once for all."""
    return at.text("decision", words(WHY)) if dropped else ""


async def look(at: At) -> Ready:
    """Read back what closing the plan does."""
    plan, found, dropped = await _decided(at)
    decision = _decision(at, dropped)
    plan_id = identity(plan.id)
    every = await parts.parts_of_plan(at.session, plan_id)
    awaiting = {p.code for p in every if p.progress is Progress.AWAITING_CONFIRMATION}
    carried = [part.code for key, part in found.items() if key not in dropped]
    lines = [words(N_("From now on nothing of it is reminded of."))]
    for label, codes in (
        (N_("Carried over: {codes}"), carried),
        (
            N_("No longer carried out: {codes}"),
            [found[key].code for key in found if key in dropped],
        ),
        (STILL_WAITING, sorted(awaiting)),
        (REQUESTS, await _codes_asked(at, plan_id, every)),
        (DIFFICULTIES, await _codes_stuck(at, plan_id, every)),
    ):
        if codes:
            lines.append(words(label, codes=", ".join(codes[:MOST_CODES])))
    if decision:
        lines.insert(1, words(N_("Decision: {text}"), text=decision))
    return Ready(words(N_("Close the plan “{title}”?"), title=plan.title), tuple(lines))


async def _codes_asked(at: At, plan_id: int, every: list[Part]) -> list[str]:
    asked = {one.part_id for one in await extensions.open_of_plan(at.session, plan_id)}
    return list(dict.fromkeys(part.code for part in every if part.id in asked))


async def _codes_stuck(at: At, plan_id: int, every: list[Part]) -> list[str]:
    found = await difficulties.open_difficulties(at.session, at.viewer.office_id, plan_id=plan_id)
    stuck = {one.part_id for one in found}
    return list(dict.fromkeys(part.code for part in every if part.id in stuck))


async def apply(at: At) -> Done:
    """Close the plan. What is carried over stays open in it until the next plan takes it up.

    What was reported is decided later all the same; a request for another date is closed, as no
    date of the plan counts any more; a difficulty stays until somebody has answered it.
    """
    plan, found, dropped = await _decided(at)
    decision = _decision(at, dropped)
    await tell_closed(at, plan, found, dropped, decision)
    await _close_requests(at, plan)
    for item_id in dropped:
        for part in await item_changes.open_rows(at.session, item_id):
            await drop_part(at, part, decision)
    await change_row(
        at.session, at.act, "plan.close", plan, state=PlanState.CLOSED, closed_at=at.act.now
    )
    said = words(N_("Closed: “{title}”. /ke_hoach_moi begins the next one."), title=plan.title)
    return Done(said)


async def _close_requests(at: At, plan: PlanRow) -> None:
    """Let the requests for another date that nobody has decided lapse, and tell their units."""
    why = phrases.PLAN_CLOSED.format(title=plan.title)
    lapsed, name = ExtensionState.LAPSED, "plan.close"
    for one in await extensions.open_of_plan(at.session, identity(plan.id)):
        part = await parts.find_part(at.session, at.viewer.office_id, one.part_id)
        assert part is not None  # requests point to parts, and parts are never deleted
        fresh = await change(at.session, at.act, one, part, lapsed, name, answer=why)
        await tell_unit(at.session, fresh.extension, fresh.part, at.act.now)


CLOSE = Flow(look, apply, every_unit=True)
