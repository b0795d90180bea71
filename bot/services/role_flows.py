"""Văn phòng gives a registered person a further role, without a new code."""

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import UNIT_ROLES, Role
from bot.services import held_roles, standing_in
from bot.services.change_steps import At, Choice, Done, Flow, Ready, Words, choose, words
from bot.services.choosing_people import OWN_RIGHTS, role
from bot.services.held_roles import roles_for
from bot.services.members import NO_SUCH
from bot.services.role_words import ROLES
from bot.services.standing_in import HELD
from storage import grants, offices


async def _given(at: At) -> tuple[str, Role, int | None, tuple[Words, ...]]:
    """Return the person's name, the role and its unit, and the roles held until now.

    Raises:
        NeedsAnswer: the role or its unit is not known yet.
        NotFound: there is no such person, unit or role to give.
        NotAllowed: it is the own person.
        UserError: the role is held already.
    """
    held = await grants.held_grants(at.session, at.viewer.office_id, at.today)
    person_id = int(at.args["person"])
    mine = [one for one in held if one.person_id == person_id]
    idle = await grants.without_role(at.session, at.viewer.office_id, at.today)
    if not mine and person_id not in idle:
        raise NotFound(NO_SUCH)
    if person_id == at.viewer.person_id:
        raise NotAllowed(OWN_RIGHTS)
    name = mine[0].name if mine else idle[person_id]
    choices = tuple(Choice(words(ROLES[r]), r.value) for r in roles_for(at.viewer))
    kind = Role(choose(at, "role", words(N_("Which role does {name} get?"), name=name), choices))
    if kind not in roles_for(at.viewer):
        raise NotFound(NO_SUCH)
    unit_id = await _unit(at, kind)
    if any((o.role, o.unit_id) == (kind, unit_id) and not o.stands_in_for for o in mine):
        raise UserError(HELD, name=name)
    units = await offices.unit_names(at.session, at.viewer.office_id)
    until_now = tuple(role(one.role, one.unit_id, units) for one in mine if not one.stands_in_for)
    return name, kind, unit_id, until_now


async def _unit(at: At, kind: Role) -> int | None:
    """Return the unit of a role that is held for one; a leader may supervise none in particular.

    Raises:
        NeedsAnswer: it is not known yet.
        NotFound: there is no such unit alive.
    """
    if kind not in UNIT_ROLES and kind is not Role.LEADER:
        return None
    alive = await offices.units_of(at.session, at.viewer.office_id, on=at.today)
    choices = [Choice(words("{text}", text=one.unit.name), one.id) for one in alive]
    if kind is Role.LEADER:
        choices.insert(0, Choice(words(N_("No unit in particular")), 0))
        unit_id = choose(at, "unit", words(N_("Which unit is supervised?")), tuple(choices))
    else:
        unit_id = choose(at, "unit", words(N_("Which unit?")), tuple(choices))
    if unit_id not in {choice.value for choice in choices}:
        raise NotFound(NO_SUCH)
    return int(unit_id) or None


async def look(at: At) -> Ready:
    """Read back who gets which role beside which."""
    name, kind, unit_id, until_now = await _given(at)
    wanted = role(kind, unit_id, await offices.unit_names(at.session, at.viewer.office_id))
    lines = [words(N_("From today, {day}."), day=at.today)]
    if until_now:
        lines.insert(0, words(N_("Has already: {roles}"), roles=until_now))
    reached = await standing_in.reachable(at.session, at.viewer.office_id, at.args["person"])
    told = N_("They are told in private.") if reached else standing_in.CANNOT_TELL
    lines.append(words(told))
    return Ready(words(N_("Give {name} the role: {role}?"), name=name, role=wanted), tuple(lines))


async def apply(at: At) -> Done:
    """Give the role and tell the person."""
    name, kind, unit_id, _ = await _given(at)
    person_id = int(at.args["person"])
    await held_roles.give(at.session, at.act, person_id, kind, unit_id)
    wanted = role(kind, unit_id, await offices.unit_names(at.session, at.viewer.office_id))
    said = words(N_("Recorded: {name} has the role: {role}."), name=name, role=wanted)
    return Done(said, person_id=person_id)


ROLE = Flow(look, apply, private=True)
