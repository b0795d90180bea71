"""/them: a new item in mid-year, with the document it rests on."""

from bot.domain import change_phrases as phrases
from bot.domain.change_forms import read_form
from bot.domain.errors import UserError
from bot.domain.plan import PlanItem, UnitRef
from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.services.change_dates import unit_names
from bot.services.change_deadlines import deadline_lines, deadlines_of
from bot.services.change_parts import Changed, tell, units_with_work
from bot.services.change_steps import TYPED, At, Choice, Done, Flow, Ready, choose, words
from bot.services.change_units import WHO, Owners, owner_lines, owners_in, remember_names
from bot.services.plan_items import store_item
from bot.services.plans import make_parts
from storage import conclusions, item_changes, offices, plans
from storage.audit_rows import recording
from storage.models import PlanRow

NO_PLAN = N_("No plan is in use, so there is nothing to add to. Nothing has changed.")
WHICH_PLAN = N_("To which plan is it added?")
TITLE = N_(
    "What is the new task? Type its name; or everything at once, a line each:\n"
    "Task: …\nProduct: …\nDue: 30/6\nLead: HCTP\nCooperate: VP\n"
    "Source: Công văn số 12/UBND-NC ngày 03/4/2024"
)
PRODUCT = N_("Which product is expected?")
SOURCE = N_("On which document does it rest (number and date)?")
NONE = "-"
LONGEST = 1500


async def running_plan(at: At, nothing: str = NO_PLAN, question: str = WHICH_PLAN) -> PlanRow:
    """Return the active plan that is meant; `nothing` is said where there is none.

    Raises:
        NeedsAnswer: several are.
        UserError: none is.
    """
    found = await item_changes.plans_in(at.session, at.viewer.office_id, PlanState.ACTIVE)
    if not found:
        raise UserError(nothing)
    if len(found) == 1:
        at.args["plan"] = found[0].id
    choices = tuple(Choice(words(N_("{text}"), text=plan.title), plan.id) for plan in found)
    wanted = choose(at, "plan", words(question), choices)
    plan = next((one for one in found if one.id == wanted), None)
    if plan is None:
        raise UserError(nothing)
    return plan


async def _owners(at: At) -> Owners:
    beside = at.args.pop(f"{TYPED}cooperate", None)
    if beside:
        lead = at.args.get(f"{TYPED}units") or at.args.get("units") or ""
        at.args[f"{TYPED}units"] = f"{lead}; phối hợp: {beside}"
    return await owners_in(at, at.text("units", words(WHO)))


async def _item(at: At) -> tuple[PlanRow, PlanItem, str, Owners]:
    """Return the plan, the item, its source and its units, asking for what is open."""
    _spread(at)
    plan = await running_plan(at)
    title = " ".join(at.text("title", words(TITLE)).split())[:LONGEST]
    product = at.text("product", words(PRODUCT), Choice(words(N_("None named")), NONE))
    text, deadlines = await deadlines_of(at, plan)
    owners = await _owners(at)
    source = at.text("source", words(SOURCE), Choice(words(N_("No document")), NONE))
    leads = await unit_names(at, list(owners.leads))
    cooperating = await unit_names(at, list(owners.cooperating))
    item = PlanItem(
        await _free_code(at, plan),
        phrases.ADDED_SECTION,
        title,
        "" if product == NONE else product[:LONGEST],
        deadline_text=text,
        assignment_text=at.args["units"],
        deadlines=deadlines,
        lead=tuple(UnitRef(name, certain=True) for name in leads),
        cooperate=tuple(UnitRef(name, certain=True) for name in cooperating),
    )
    return plan, item, "" if source == NONE else source, owners


def _spread(at: At) -> None:
    """Take a form that was typed as an answer apart: a line for each thing said."""
    typed = str(at.args.get(f"{TYPED}title", ""))
    if "\n" in typed.strip():
        at.args.pop(f"{TYPED}title")
        at.args |= {f"{TYPED}{name}": text for name, text in read_form(typed).items()}


async def _free_code(at: At, plan: PlanRow) -> str:
    used = await item_changes.codes_like(at.session, plan.id or 0, phrases.ADDED)
    numbers = [int(code.split(".")[1]) for code in used if code.split(".")[1].isdecimal()]
    return f"{phrases.ADDED}.{max(numbers, default=0) + 1}"


async def look(at: At) -> Ready:
    """Read a new item back in full."""
    plan, item, source, _ = await _item(at)
    lines = [words(N_("“{title}”"), title=item.title)]
    if item.product:
        lines.append(words(N_("Product: {text}"), text=item.product))
    lines += await deadline_lines(at, item.deadlines)
    lines += owner_lines(
        tuple(ref.name for ref in item.lead), tuple(ref.name for ref in item.cooperate)
    )
    lines.append(words(N_("Source: {text}"), text=source or "–"))
    lines.append(words(N_("Plan: {title}"), title=plan.title))
    return Ready(words(N_("Add the task {code}?"), code=item.code), tuple(lines))


async def apply(at: At) -> Done:
    """Add the item with its parts, and tell its units."""
    plan, item, source, _ = await _item(at)
    plan_id = plan.id or 0
    await remember_names(at)
    units = await offices.units_of(at.session, at.viewer.office_id, on=at.today)
    ids = {stored.unit.name: stored.id for stored in units}
    position = await item_changes.last_position(at.session, plan_id) + 1
    async with recording(at.session, at.act, "item.add"):
        item_id = await store_item(at.session, at.viewer.office_id, plan_id, position, item, ids)
        await conclusions.mark_added(at.session, [item_id], at.act.now, source)
        facts = await plans.get_plan(at.session, plan_id)
        await make_parts(at.session, facts, at.today, frozenset({item_id}))
    row = await item_changes.item_row(at.session, item_id)
    concerned = await units_with_work(at.session, item_id)
    await tell(at, row, Changed.ADDED, {unit for unit in concerned if unit is not None})
    return Done(words(N_("Added: {code}."), code=item.code), item_id)


ADD = Flow(look, apply, every_unit=True)
