"""Units added, renamed and called otherwise, step by step; in one message too."""

from bot.domain.errors import NotFound, UserError
from bot.domain.problem import N_
from bot.services.change_steps import (
    TYPED,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Nothing,
    Ready,
    choose,
    words,
)
from bot.services.invitations import find_unit
from bot.services.unit_steps import NO_UNIT, the_unit
from storage import offices, unit_changes
from storage.audit import record
from storage.audit_rows import recording
from storage.rows import StoredUnit

TAKEN = N_("“{name}” is a unit's name already. Nothing has changed.")
EMPTY = N_("A unit needs a name of 2 to 200 letters. Nothing has changed.")
NO_ALIAS = N_("{unit} is written in no other way.")
GROUP_OF = N_(
    "To which group of units does it belong? A plan's “các phòng chuyên môn” is read by it. "
    "Choose, or type it."
)
LONGEST = 200


async def check_free(at: At, name: str, but: int = 0) -> str:
    """Return a name, white space single, that no unit bears, ended ones included.

    Raises:
        UserError: it is one's already, too long, or empty.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= LONGEST:
        raise UserError(EMPTY)
    units = await offices.units_of(at.session, at.viewer.office_id)
    found = find_unit(units, name)
    borne = any(one.unit.name == name and one.id != but for one in units)
    if borne or (found is not None and found.id != but):
        raise UserError(TAKEN, name=name)
    return name


async def _new_name(at: At) -> str:
    return await check_free(at, at.text("name", words(N_("What is the new unit called?"))))


async def _group(at: At) -> str:
    """Return the group of a unit, by which "các phòng chuyên môn" and the like are read.

    Raises:
        NeedsAnswer: it is not known yet.
        UserError: it is too long.
    """
    units = await offices.units_of(at.session, at.viewer.office_id, on=at.today)
    known = dict.fromkeys(one.unit.group for one in units if one.unit.group)
    choices = [Choice(words("{text}", text=one), one) for one in known]
    choices.append(Choice(words(N_("No group")), ""))
    group = " ".join(at.text("group", words(GROUP_OF), *choices).split())
    if len(group) > LONGEST:
        raise UserError(EMPTY)
    return group


async def look_add(at: At) -> Ready:
    """Read back a new unit."""
    name, group = await _new_name(at), await _group(at)
    lines = (
        words(N_("From today, {day}."), day=at.today),
        words(N_("Group of units: {name}"), name=group or "–"),
        words(N_("Heads and groups are named afterwards on the unit's page.")),
    )
    return Ready(words(N_("Add the unit “{name}”?"), name=name), lines)


async def apply_add(at: At) -> Done:
    """Add a unit, alive from today."""
    name, group = await _new_name(at), await _group(at)
    office_id = at.viewer.office_id
    async with recording(at.session, at.act, "unit.add"):
        key = await unit_changes.add_unit(at.session, office_id, name, at.today, group)
    return Done(words(N_("Recorded: the new unit {unit}."), unit=name), unit_id=key)


async def _renamed(at: At) -> tuple[StoredUnit, str]:
    unit = await the_unit(at)
    question = words(N_("What is {unit} called from now on?"), unit=unit.unit.name)
    name = await check_free(at, at.text("name", question), but=unit.id)
    if name == unit.unit.name:
        raise UserError(TAKEN, name=name)
    return unit, name


async def look_rename(at: At) -> Ready:
    """Read back a unit's new name."""
    unit, name = await _renamed(at)
    lines = (
        words(N_("Until now: {text}"), text=unit.unit.name),
        words(N_("From now on: {text}"), text=name),
        words(N_("The old name is still understood.")),
    )
    return Ready(words(N_("Rename the unit?")), lines)


async def apply_rename(at: At) -> Done:
    """Give a unit another name; the old one stays a way to write it."""
    unit, name = await _renamed(at)
    act = "unit.rename"
    await unit_changes.set_unit(at.session, unit.id, name=name)
    before, after = {"name": unit.unit.name}, {"name": name}
    await record(at.session, at.act, act, "unit", unit.id, before=before, after=after)
    async with recording(at.session, at.act, act):
        await unit_changes.drop_alias(at.session, at.viewer.office_id, name)
    async with recording(at.session, at.act, act):
        await unit_changes.add_alias(at.session, at.viewer.office_id, unit.id, unit.unit.name)
    said = words(N_("Recorded: {old} is now called {unit}."), old=unit.unit.name, unit=name)
    return Done(said, unit_id=unit.id)


async def _changed(at: At) -> tuple[StoredUnit, dict[str, str]]:
    """Return a unit and what changes of it: its group or its short name.

    Raises:
        NeedsAnswer: it is not known yet.
        UserError: the short name is another unit's.
    """
    unit = await the_unit(at)
    if at.args.get("field") == "short":
        question = words(N_("What is the short name of {unit}?"), unit=unit.unit.name)
        short = await check_free(at, at.text("short", question), but=unit.id)
        return unit, {"short": short}
    return unit, {"group_name": await _group(at)}


async def _look_changed(at: At, field: str) -> Ready:
    at.args["field"] = field
    unit, values = await _changed(at)
    now = unit.unit.short if field == "short" else unit.unit.group
    lines = (
        words(N_("Until now: {text}"), text=now or "–"),
        words(N_("From now on: {text}"), text=next(iter(values.values())) or "–"),
    )
    said = N_("Change the short name of {unit}?")
    if field == "group":
        said = N_("Change the group of {unit}?")
    return Ready(words(said, unit=unit.unit.name), lines)


async def look_short(at: At) -> Ready:
    """Read back a unit's short name."""
    return await _look_changed(at, "short")


async def look_group(at: At) -> Ready:
    """Read back a unit's group."""
    return await _look_changed(at, "group")


async def apply_changed(at: At) -> Done:
    """Set a unit's short name or its group."""
    unit, values = await _changed(at)
    was = {"short": unit.unit.short, "group_name": unit.unit.group}
    before = {key: was[key] for key in values}
    if before != values:
        await unit_changes.set_unit(at.session, unit.id, **values)
        act = "unit.edit"
        await record(at.session, at.act, act, "unit", unit.id, before=before, after={**values})
    return Done(words(N_("Recorded: {unit} was changed."), unit=unit.unit.name), unit_id=unit.id)


async def _called(at: At) -> tuple[StoredUnit, str]:
    unit = await the_unit(at)
    question = words(N_("How else is {unit} written?"), unit=unit.unit.name)
    return unit, await check_free(at, at.text("alias", question))


async def look_alias(at: At) -> Ready:
    """Read back another way to write a unit."""
    unit, alias = await _called(at)
    return Ready(words(N_("Read “{alias}” as {unit}?"), alias=alias, unit=unit.unit.name))


async def apply_alias(at: At) -> Done:
    """Add a way to write a unit."""
    unit, alias = await _called(at)
    async with recording(at.session, at.act, "unit.alias"):
        await unit_changes.add_alias(at.session, at.viewer.office_id, unit.id, alias)
    said = words(N_("Recorded: “{alias}” means {unit}."), alias=alias, unit=unit.unit.name)
    return Done(said, unit_id=unit.id)


async def _dropped(at: At) -> tuple[StoredUnit, str]:
    """Return a unit and the way of writing it that goes.

    Raises:
        NeedsAnswer: it is not known yet which, or there is none.
        NotFound: nothing is written so any more.
    """
    typed = at.args.pop(TYPED + "alias", None)
    if typed is not None:
        at.args["alias"] = str(typed).strip()
        units = await offices.units_of(at.session, at.viewer.office_id)
        written = (one.id for one in units if at.args["alias"] in one.unit.aliases)
        at.args["unit"] = next(written, 0)
        if not at.args["unit"]:
            raise NotFound(NO_UNIT, name=at.args["alias"][:60])
    unit = await the_unit(at)
    if not unit.unit.aliases:
        raise NeedsAnswer(Nothing(words(NO_ALIAS, unit=unit.unit.name)))
    choices = tuple(Choice(words("{text}", text=one), one) for one in unit.unit.aliases)
    question = words(N_("How is {unit} no longer written?"), unit=unit.unit.name)
    alias = str(choose(at, "alias", question, choices))
    if alias not in unit.unit.aliases:
        raise NotFound(NO_UNIT, name=alias[:60])
    return unit, alias


async def look_unalias(at: At) -> Ready:
    """Read back a way of writing a unit that goes."""
    unit, alias = await _dropped(at)
    lines = (words(N_("It still means {unit} where it was read already."), unit=unit.unit.name),)
    return Ready(words(N_("No longer read “{alias}” as a unit?"), alias=alias), lines)


async def apply_unalias(at: At) -> Done:
    """Take a way of writing a unit away."""
    unit, alias = await _dropped(at)
    async with recording(at.session, at.act, "unit.unalias"):
        await unit_changes.drop_alias(at.session, at.viewer.office_id, alias)
    said = words(N_("Recorded: “{alias}” is no longer {unit}."), alias=alias, unit=unit.unit.name)
    return Done(said, unit_id=unit.id)


ADD = Flow(look_add, apply_add, private=True)
RENAME = Flow(look_rename, apply_rename, private=True)
SHORT = Flow(look_short, apply_changed, private=True)
GROUP = Flow(look_group, apply_changed, private=True)
ALIAS = Flow(look_alias, apply_alias, private=True)
UNALIAS = Flow(look_unalias, apply_unalias, private=True)
