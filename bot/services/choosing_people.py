"""Choosing somebody of the office by button or by name, and saying which roles are meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.domain.errors import NotFound
from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.domain.vietnamese import fold
from bot.services.change_steps import TYPED, Ask, At, Choice, NeedsAnswer, Words, words
from bot.services.role_words import ROLES

NOBODY = N_("Nobody, or more than one, is called “{name}” here. Nothing has changed.")
OWN_RIGHTS = N_(
    "Nobody gives a role to themselves: ask another of Văn phòng or the admin. "
    "Nothing has changed."
)
MOST = 40
# In this order after the people of the unit at hand.
ORDER = (Role.HEAD, Role.LEADER, Role.STAFF, Role.COORDINATOR, Role.ADMIN)


def role(kind: Role, unit_id: int | None, units: Mapping[int, str]) -> Words:
    """Return what a role is called, with its unit where it has one."""
    called = words(ROLES[kind])
    if unit_id is None:
        return called
    return words(N_("{role} – {unit}"), role=called, unit=units.get(unit_id, ""))


def by_person(held: Iterable[Held], units: Collection[int | None]) -> list[Held]:
    """Return one role of each person to know them by: those of `units` first, then by role."""

    def place(one: Held) -> tuple[bool, bool, int, str]:
        lent = one.stands_in_for is not None
        return lent, one.unit_id not in units, ORDER.index(one.role), fold(one.name)

    found: dict[int, Held] = {}
    for one in sorted(held, key=place):
        found.setdefault(one.person_id, one)
    return list(found.values())


def label(one: Held, units: Mapping[int, str]) -> Words:
    """Return a person's name with the role to know them by."""
    return words(N_("{name} – {role}"), name=one.name, role=role(one.role, one.unit_id, units))


def person(
    at: At, name: str, question: Words, choices: Sequence[Choice], names: Mapping[int, str]
) -> tuple[int, str]:
    """Return the person whom an argument names, and the name; `choices` are the buttons.

    Raises:
        NeedsAnswer: it is not known yet.
        NotFound: nobody to choose is called so, or more than one.
    """
    allowed = [int(choice.value) for choice in choices]
    typed = at.args.pop(TYPED + name, None)
    if typed is not None:
        said = fold(str(typed).strip())
        found = [key for key in allowed if fold(names[key]) == said]
        if len(found) != 1:
            raise NotFound(NOBODY, name=str(typed)[:60])
        at.args[name] = found[0]
    if name not in at.args:
        raise NeedsAnswer(Ask(name, question, tuple(choices[:MOST])))
    chosen = int(at.args[name])
    if chosen not in allowed:
        raise NotFound(NOBODY, name=names.get(chosen, "")[:60])
    return chosen, names[chosen]
