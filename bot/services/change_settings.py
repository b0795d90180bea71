"""/cai_dat: a setting is chosen, typed or picked, read back, and then set."""

from typing import Any

from bot.domain.problem import N_
from bot.domain.rules import NAMES, PER_PLAN
from bot.domain.rules_table import AREAS, FLAGS, RULES, Area, Form
from bot.domain.rules_text import label, rule_of, show
from bot.domain.states import PlanState
from bot.services.change_steps import (
    TYPED,
    Ask,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Ready,
    Words,
    choose,
    words,
)
from bot.services.office_settings import IN_COLUMNS, Setting, listed, moving, put, read_value
from storage import item_changes

WHICH_AREA = N_("Settings: which area?")
WHICH_SETTING = N_("{area}: which setting?")
FOR_WHOM = N_("For the whole office, or for one plan only?")
VALUE = N_("{meaning}\nNow: {value}. Default: {default}.{over}\nType a new value:")
CHOOSE = N_("{meaning}\nNow: {value}. Default: {default}.{over}\nChoose, or type a new value:")
RESET = "reset"


def said(name: str, value: Any) -> Words:
    """Return a setting's value as a sentence to show."""
    msgid = label(name, value)
    return words(msgid) if msgid else words(N_("{text}"), text=show(name, value))


async def _name(at: At) -> str:
    if "name" in at.args:
        rule_of(str(at.args["name"]))
        return str(at.args["name"])
    areas = tuple(Choice(words(AREAS[area]), area.value) for area in Area)
    area = Area(choose(at, "area", words(WHICH_AREA), areas))
    names = [name for name in NAMES if RULES[name].area is area]
    values = {s.name: s for s in await listed(at.session, at.viewer.office_id, None)}
    choices = tuple(
        Choice(
            words(
                N_("{meaning}: {value}"),
                meaning=words(RULES[name].meaning),
                value=said(name, values[name].value),
            ),
            name,
        )
        for name in names
    )
    question = words(WHICH_SETTING, area=words(AREAS[area]))
    return str(choose(at, "name", question, choices))


async def _plan(at: At, name: str) -> int | None:
    if name not in PER_PLAN:
        return None
    plans = await item_changes.plans_in(
        at.session, at.viewer.office_id, PlanState.ACTIVE, PlanState.DRAFT
    )
    if not plans:
        return None
    choices = (
        Choice(words(N_("The whole office")), 0),
        *(Choice(words(N_("{text}"), text=plan.title), plan.id) for plan in plans),
    )
    return choose(at, "plan", words(FOR_WHOM), choices) or None


async def _value(at: At) -> tuple[str, int | None, Any]:
    """Return the setting, the plan and the value (None: back to the default)."""
    name = await _name(at)
    plan_id = await _plan(at, name)
    typed = at.args.pop(f"{TYPED}value", None)
    if typed is not None:
        at.args["value"] = str(typed)
    given = at.args.get("value")
    if given is None:
        raise NeedsAnswer(await _question(at, name, plan_id))
    if given == RESET:
        return name, plan_id, None
    try:
        return (
            name,
            plan_id,
            await read_value(at.session, at.viewer.office_id, name, str(given), plan_id),
        )
    except Exception:
        at.args.pop("value")
        raise


async def _question(at: At, name: str, plan_id: int | None) -> Ask:
    rule = RULES[name]
    found = await listed(at.session, at.viewer.office_id, plan_id)
    setting = next(one for one in found if one.name == name)
    choices: list[Choice] = []
    if rule.form is Form.FLAG:
        choices = [Choice(words(msgid), show(name, value)) for value, msgid in FLAGS.items()]
    elif rule.form is Form.CHOICE:
        choices = [Choice(words(msgid), str(value)) for value, msgid in rule.choices.items()]
    if setting.own:
        back = N_("Back to the office's value") if plan_id else N_("Back to the default")
        choices.append(Choice(words(back), RESET))
    question = words(
        CHOOSE if choices else VALUE,
        meaning=words(rule.meaning),
        value=said(name, setting.value),
        default=said(name, setting.default),
        over=_over(setting),
    )
    return Ask("value", question, tuple(choices))


def _over(setting: Setting) -> Words | str:
    if not setting.overriding:
        return ""
    said_by = tuple(
        words(N_("“{title}”: {value}"), title=title, value=said(setting.name, value))
        for _, title, value in setting.overriding
    )
    return words(N_("\nOf their own: {plans}."), plans=said_by)


async def look(at: At) -> Ready:
    """Read back the setting before and after, and which dates move with it."""
    name, plan_id, value = await _value(at)
    found = await listed(at.session, at.viewer.office_id, plan_id)
    setting = next(one for one in found if one.name == name)
    fresh = value
    if value is None:
        fresh = setting.default
        if plan_id:
            office = await listed(at.session, at.viewer.office_id, None)
            fresh = next(one.value for one in office if one.name == name)
    lines = [
        words(N_("Until now: {text}"), text=said(name, setting.value)),
        words(N_("From now on: {text}"), text=said(name, fresh)),
    ]
    if plan_id:
        plan = await item_changes.plan_row(at.session, plan_id)
        lines.append(words(N_("Only for “{title}”"), title=plan.title))
    elif name in IN_COLUMNS:
        lines.append(words(N_("Plans in use keep theirs; plans loaded from now on take it over.")))
    if count := await moving(at.session, plan_id, name, fresh):
        lines.append(words(N_("Dates of this plan that move by a day: {count}"), count=count))
    return Ready(words(RULES[name].meaning), tuple(lines))


async def apply(at: At) -> Done:
    """Set the value."""
    name, plan_id, value = await _value(at)
    done = await put(at.session, at.act, name, value, plan_id)
    text = words(
        N_("Set: {meaning}: {value}."),
        meaning=words(RULES[name].meaning),
        value=said(name, done.after),
    )
    return Done(text)


SETTINGS = Flow(look, apply, every_unit=True)
