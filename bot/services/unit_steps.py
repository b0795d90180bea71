"""What the changes of units have in common: which unit, and how parts and people are read back."""

from collections.abc import Iterable, Sequence

from bot.domain.errors import NotFound, UserError
from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.domain.work import Part
from bot.services.change_steps import TYPED, At, Choice, Words, choose, words
from bot.services.invitations import find_unit
from storage import grants, offices
from storage.rows import StoredUnit

NO_UNIT = N_("There is no unit “{name}” now. Send /don_vi for the list. Nothing has changed.")
GONE = N_("There is no such unit any more. Send /don_vi for the list. Nothing has changed.")
ITSELF = N_("{unit} cannot become part of itself. Choose another unit. Nothing has changed.")
MOST_CODES = 12


async def units_now(at: At) -> list[StoredUnit]:
    """Return the units alive today."""
    return await offices.units_of(at.session, at.viewer.office_id, on=at.today)


async def the_unit(at: At, argument: str = "unit", *, ended: bool = False) -> StoredUnit:
    """Return the unit that an argument names: by its id, or as typed.

    `ended`: one that has ended will do, unless it is part of another now.

    Raises:
        NotFound: there is no such unit alive.
    """
    units = await units_now(at)
    if ended:
        every = await offices.units_of(at.session, at.viewer.office_id)
        units += [one for one in every if one not in units and one.merged_into is None]
    typed = at.args.get(TYPED + argument)
    found = find_unit(units, str(typed)) if typed is not None else None
    if typed is None:
        found = next((one for one in units if one.id == at.args.get(argument)), None)
    if found is None:
        gone = await offices.units_of(at.session, at.viewer.office_id)
        called = next((one.unit.name for one in gone if one.id == at.args.get(argument)), "")
        name = str(typed or called)[:60]
        raise NotFound(NO_UNIT, name=name) if name else NotFound(GONE)
    at.args.pop(TYPED + argument, None)
    at.args[argument] = found.id
    return found


async def another_unit(at: At, name: str, question: Words, but: int) -> StoredUnit:
    """Return the unit that an argument names, other than `but`.

    Raises:
        NeedsAnswer: it is not known yet.
        NotFound: there is no such unit alive.
        UserError: it is the unit itself.
    """
    if TYPED + name not in at.args:
        choose_unit = tuple(
            Choice(words("{text}", text=one.unit.name), one.id)
            for one in await units_now(at)
            if one.id != but
        )
        choose(at, name, question, choose_unit)
    found = await the_unit(at, name)
    if found.id == but:
        raise UserError(ITSELF, unit=found.unit.name)
    return found


async def held_in(at: At, unit_id: int) -> list[Held]:
    """Return the roles held for a unit, now or later."""
    held = await grants.held_grants(at.session, at.viewer.office_id, at.today)
    return [one for one in held if one.unit_id == unit_id]


def names_of(held: Iterable[Held], role: Role) -> tuple[str, ...]:
    """Return who holds a role for good, each once; stand-ins are not of them."""
    names = (one.name for one in held if one.role is role and one.stands_in_for is None)
    return tuple(dict.fromkeys(names))


def counted(parts: Sequence[Part]) -> str:
    """Return how many parts there are and of which items: "3 (I.1, I.2, II.4)"."""
    codes = list(dict.fromkeys(part.code for part in parts))
    named = ", ".join(codes[:MOST_CODES]) + "…" * (len(codes) > MOST_CODES)
    return f"{len(parts)} ({named})" if parts else "0"
