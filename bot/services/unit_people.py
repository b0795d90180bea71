"""Who heads a unit and which leader supervises it, kept by Văn phòng step by step."""

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.services import held_roles, standing_in
from bot.services.change_steps import At, Choice, Done, Flow, Ready, Words, choose, words
from bot.services.choosing_people import NOBODY, OWN_RIGHTS, by_person, label, person
from bot.services.unit_steps import the_unit
from storage import grants, offices
from storage.rows import StoredUnit

WHO_HEADS = N_("Who becomes a head of {unit}, or is one no longer? Choose, or type the name.")
WHO_LEADS = N_("Which leader supervises {unit}?")
NO_LEADER = N_("There is no leader yet: invite one with /moi. Nothing has changed.")
NO_CHANGE = N_("It is so already. Nothing has changed.")


async def _held(at: At) -> list[Held]:
    return await grants.held_grants(at.session, at.viewer.office_id, at.today)


def _for_good(held: list[Held], role: Role, unit_id: int) -> dict[int, Held]:
    return {
        one.person_id: one
        for one in held
        if (one.role, one.unit_id) == (role, unit_id) and one.stands_in_for is None
    }


async def _head(at: At) -> tuple[StoredUnit, int, str, Held | None]:
    """Return the unit, the person, and the role held already: it is taken away then."""
    unit = await the_unit(at)
    held = await _held(at)
    heads = _for_good(held, Role.HEAD, unit.id)
    units = await offices.unit_names(at.session, at.viewer.office_id)
    others = [one for one in held if one.person_id not in heads]
    choices = [Choice(label(one, units), one.person_id) for one in by_person(others, {unit.id})]
    said = N_("✖️ {name}: no longer head")
    choices += [Choice(words(said, name=one.name), key) for key, one in heads.items()]
    question = words(WHO_HEADS, unit=unit.unit.name)
    names = {one.person_id: one.name for one in held}
    who, name = person(at, "who", question, choices, names)
    if who not in heads and who == at.viewer.person_id:
        raise NotAllowed(OWN_RIGHTS)
    return unit, who, name, heads.get(who)


async def look_head(at: At) -> Ready:
    """Read back who heads a unit from now on, or no longer does."""
    unit, who, name, held = await _head(at)
    heads = _for_good(await _held(at), Role.HEAD, unit.id)
    rest = tuple(one.name for key, one in heads.items() if key != who)
    both = {"name": name, "unit": unit.unit.name}
    if held is None:
        said = words(N_("{name} becomes head of {unit}?"), **both)
        lines = [words(N_("From today, {day}."), day=at.today)]
        if rest:
            lines.append(words(N_("Heads who stay: {names}"), names=rest))
    else:
        said = words(N_("{name} is no longer head of {unit}?"), **both)
        lines = [words(N_("From today, {day}. What was reported stays."), day=at.today)]
        left = N_("Heads who stay: {names}") if rest else N_("⚠️ The unit then has no head.")
        lines.append(words(left, names=rest))
    return Ready(said, (*lines, await _told(at, who)))


async def _told(at: At, who: int) -> Words:
    if await standing_in.reachable(at.session, at.viewer.office_id, who):
        return words(N_("They are told in private."))
    return words(standing_in.CANNOT_TELL)


async def apply_head(at: At) -> Done:
    """Give or take the role of a head."""
    unit, who, name, held = await _head(at)
    both = {"name": name, "unit": unit.unit.name}
    if held is None:
        await held_roles.give(at.session, at.act, who, Role.HEAD, unit.id)
        return Done(words(N_("Recorded: {name} is head of {unit}."), **both), unit_id=unit.id)
    await held_roles.end(at.session, at.act, await _held(at), held)
    said = words(N_("Recorded: {name} is no longer head of {unit}."), **both)
    return Done(said, unit_id=unit.id)


async def _leader(at: At) -> tuple[StoredUnit, int, dict[int, Held], list[Held]]:
    """Return the unit, who supervises it from now on (0: nobody), who does now, everybody."""
    unit = await the_unit(at)
    held = await _held(at)
    now = _for_good(held, Role.LEADER, unit.id)
    leaders = {
        one.person_id: one.name
        for one in held
        if one.role is Role.LEADER and one.stands_in_for is None
    }
    if not leaders:
        raise UserError(NO_LEADER)
    choices = [Choice(words("{text}", text=name), key) for key, name in leaders.items()]
    if now:
        choices.append(Choice(words(N_("Nobody in particular")), 0))
    who = int(choose(at, "who", words(WHO_LEADS, unit=unit.unit.name), tuple(choices)))
    if who and who not in leaders:
        raise NotFound(NOBODY, name="")
    if {who} - {0} == now.keys():
        raise UserError(NO_CHANGE)
    return unit, who, now, held


async def look_leader(at: At) -> Ready:
    """Read back which leader supervises a unit from now on."""
    unit, who, now, held = await _leader(at)
    name = next((one.name for one in held if one.person_id == who), "")
    lines = [words(N_("From today, {day}."), day=at.today)]
    gone = tuple(one.name for key, one in now.items() if key != who)
    if gone:
        said = N_("No longer supervises it, but stays a leader: {names}")
        lines.append(words(said, names=gone))
    if who:
        return Ready(
            words(N_("{name} supervises {unit}?"), name=name, unit=unit.unit.name), tuple(lines)
        )
    return Ready(words(N_("Nobody supervises {unit}?"), unit=unit.unit.name), tuple(lines))


async def apply_leader(at: At) -> Done:
    """Let a leader supervise a unit in place of who does; nobody stops being a leader by it."""
    unit, who, now, held = await _leader(at)
    for key, one in now.items():
        if key == who:
            continue
        mine = [g for g in held if g.person_id == key and g.stands_in_for is None]
        if sum(g.role is Role.LEADER for g in mine) == 1:
            await held_roles.give(at.session, at.act, key, Role.LEADER, None, quiet=True)
        await held_roles.end(at.session, at.act, held, one)
    if who:
        await held_roles.give(at.session, at.act, who, Role.LEADER, unit.id)
    name = next((one.name for one in held if one.person_id == who), "")
    said = words(N_("Recorded: {name} supervises {unit}."), name=name, unit=unit.unit.name)
    if not who:
        said = words(N_("Recorded: nobody supervises {unit}."), unit=unit.unit.name)
    return Done(said, unit_id=unit.id)


HEAD = Flow(look_head, apply_head, private=True)
LEADER = Flow(look_leader, apply_leader, private=True)
