"""Naming a stand-in step by step: a head or leader for the own roles, Văn phòng for a head."""

import datetime as dt
from dataclasses import dataclass

from bot.domain import change_phrases as phrases
from bot.domain.days import office_date
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import Role, Viewer
from bot.domain.vietnamese import fold
from bot.services import standing_in
from bot.services.change_steps import (
    TYPED,
    Args,
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
from bot.services.choosing_people import by_person, label, person, role
from bot.services.extension_words import read_day
from bot.services.held_roles import end, tell
from bot.services.role_words import RoleWord
from bot.services.standing_in import LENT, NOT_YOURS, Days
from bot.services.unit_steps import the_unit
from storage import grants, offices

NO_HEAD = N_("{unit} has no head yet: name one first. Nothing has changed.")
WHOSE = N_("Who is away?")
WHO = N_("Who stands in? Choose, or type the name.")
WHEN = N_("From when to when? Choose, or type it as 22/4 – 30/4/2024.")
NO_DAYS = N_(
    "I could not read “{text}” as a first and a last day. Write them like 22/4 – 30/4/2024. "
    "Nothing has changed."
)
WRONG_DAYS = N_(
    "From {first} to {last}: the last day must not be past, nor before the first. "
    "Nothing has changed."
)
NO_STAND_IN = N_("Nobody of that name stands in any more. Nothing has changed.")
NOBODY_LEFT = N_("Everybody has this role: nobody is left to stand in. Nothing has changed.")
SUNDAY, FRIDAY = 6, 4


@dataclass(frozen=True, slots=True)
class Lender:
    """Whose roles are lent, which, to whom they are lent now; `held` are everybody's."""

    id: int
    name: str
    own: list[Held]
    lent: list[Held]
    held: list[Held]


async def _lender(at: At) -> Lender:
    """Return whose roles are lent: the head's of the unit at hand, else the own.

    Raises:
        NeedsAnswer: the unit has several heads.
        UserError: it has none.
        NotAllowed: there is nothing of one's own to lend.
    """
    held = await grants.held_grants(at.session, at.viewer.office_id, at.today)
    now = [g for g in held if g.valid_from is None or g.valid_from <= at.today]
    # What is lent to oneself is not lent on.
    own = [g for g in now if g.role in LENT and g.stands_in_for is None]
    if "unit" in at.args:
        unit = await the_unit(at)
        own = [g for g in own if g.role is Role.HEAD and g.unit_id == unit.id]
        if not own:
            raise UserError(NO_HEAD, unit=unit.unit.name)
        heads = {g.person_id: g.name for g in own}
        if len(heads) == 1:
            at.args["for"] = next(iter(heads))
        choices = tuple(Choice(words("{text}", text=name), key) for key, name in heads.items())
        giver = choose(at, "for", words(WHOSE), choices)
    else:
        giver = at.viewer.person_id
    own = [g for g in own if g.person_id == giver]
    if not own:
        raise NotAllowed(NOT_YOURS)
    keys = {(g.role, g.unit_id) for g in own}
    lent = [g for g in held if g.stands_in_for == giver and (g.role, g.unit_id) in keys]
    return Lender(giver, own[0].name, own, lent, held)


def _over(at: At, lender: Lender) -> int:
    """Return whose standing in ends now, 0 where somebody is to be named.

    Raises:
        NeedsAnswer: somebody stands in, and it is not known which is wanted.
    """
    if not lender.lent or "who" in at.args or TYPED + "who" in at.args:
        at.args.setdefault("over", 0)
    found = {g.person_id: g for g in lender.lent}
    said = N_("✖️ End: {name}, until {day}")
    choices = [
        Choice(words(said, name=g.name, day=g.valid_to or at.today), key)
        for key, g in found.items()
    ]
    choices.append(Choice(words(N_("🤝 Name a stand-in")), 0))
    names = tuple(g.name for g in found.values())
    question = words(N_("Standing in for {who}: {names}"), who=lender.name, names=names)
    return int(choose(at, "over", question, tuple(choices)))


def read_typed(text: str) -> Args:
    """Return what was typed behind /thay_mat, "name > first day > last day", as answers."""
    name, _, days = text.partition(">")
    said = {"who": name.strip(), "days": days.strip()}
    return {TYPED + key: value for key, value in said.items() if value}


async def _who(at: At, lender: Lender) -> tuple[int, str]:
    keys = {(g.role, g.unit_id) for g in lender.own}
    for_good: dict[int, set[tuple[Role, int | None]]] = {}
    for g in lender.held:
        found = for_good.setdefault(g.person_id, set())
        found |= set() if g.stands_in_for else {(g.role, g.unit_id)}
    without = [g for g in lender.held if keys - for_good[g.person_id] and g.person_id != lender.id]
    if "unit" in at.args:
        without = [g for g in without if g.person_id != at.viewer.person_id]
    if not without:
        raise UserError(NOBODY_LEFT)
    units = await offices.unit_names(at.session, at.viewer.office_id)
    typed = fold(str(at.args.get(TYPED + "who", "")).strip())
    has = {g.name for g in lender.held if not keys - for_good[g.person_id]}
    if called := next((name for name in sorted(has) if fold(name) == typed), None):
        raise UserError(standing_in.HELD, name=called)
    known = by_person(without, {g.unit_id for g in lender.own})
    choices = [Choice(label(g, units), g.person_id) for g in known]
    return person(at, "who", words(WHO), choices, {g.person_id: g.name for g in lender.held})


def _days(at: At) -> Days:
    """Return the first and the last day.

    Raises:
        NeedsAnswer: they are not known yet.
        UserError: what was typed are none, or they are past or in the wrong order.
    """
    typed = at.args.pop(TYPED + "days", None)
    if typed is not None:
        at.args["days"] = [day.isoformat() for day in read_days(str(typed), at.today)]
    if "days" not in at.args:
        raise NeedsAnswer(Ask("days", words(WHEN), tuple(_spans(at.today))))
    first, last = (dt.date.fromisoformat(day) for day in at.args["days"])
    if last < max(first, at.today):
        raise UserError(WRONG_DAYS, first=office_date(first), last=office_date(last))
    return first, last


def _spans(today: dt.date) -> list[Choice]:
    end_of_week = FRIDAY if today.weekday() <= FRIDAY else SUNDAY
    spans = (
        (N_("Today to the end of the week: {day}"), end_of_week - today.weekday()),
        (N_("1 week, until {day}"), 6),
        (N_("2 weeks, until {day}"), 13),
    )
    lasts = [(said, today + dt.timedelta(days=days)) for said, days in spans]
    return [
        Choice(words(said, day=last), [today.isoformat(), last.isoformat()])
        for said, last in lasts
    ]


def read_days(text: str, today: dt.date) -> Days:
    """Return the first and the last day that were typed; one day alone is the last.

    Raises:
        UserError: they cannot be read.
    """
    said = phrases.FROM_DAY.sub("", text)
    ends = [phrases.UNTIL_DAY.sub("", one) for one in phrases.BETWEEN_DAYS.split(said)]
    read = [read_day(one, today) for one in ends if one.strip()]
    days = [day for day in read if day is not None]
    if not 1 <= len(days) == len(read) <= 2:
        raise UserError(NO_DAYS, text=text[:60])
    return (days[0], days[1]) if len(days) == 2 else (today, days[0])


async def look(at: At) -> Ready:
    """Read back who stands in for whom from when to when, or that it ends now."""
    lender = await _lender(at)
    if gone := _over(at, lender):
        name = next((g.name for g in lender.lent if g.person_id == gone), None)
        if name is None:
            raise NotFound(NO_STAND_IN)
        said = words(N_("{name} no longer stands in for {who}?"), name=name, who=lender.name)
        return Ready(said, (words(N_("The role goes back at once.")),))
    who, name = await _who(at, lender)
    first, last = _days(at)
    lines: list[Words] = [words(N_("From {first} to {last}"), first=first, last=last)]
    units = await offices.unit_names(at.session, at.viewer.office_id)
    lent = tuple(role(g.role, g.unit_id, units) for g in lender.own)
    lines.append(words(N_("With the rights of: {roles}"), roles=lent))
    ends = N_("After that it ends by itself; until then /thay_mat ends it.")
    lines.append(words(ends if "unit" not in at.args else N_("After that it ends by itself.")))
    lines += _replaced(lender, who)
    if not await standing_in.reachable(at.session, at.viewer.office_id, who):
        lines.append(words(standing_in.CANNOT_TELL))
    title = words(N_("{name} stands in for {who}?"), name=name, who=lender.name)
    return Ready(title, tuple(lines))


def _replaced(lender: Lender, who: int) -> list[Words]:
    """Say for whom somebody stands in with the same role already: it is held once only."""
    keys = {(g.role, g.unit_id) for g in lender.own}
    names = {g.person_id: g.name for g in lender.held}
    said = N_("⚠️ In place of standing in for {who} until {day}")
    return [
        words(said, who=names.get(g.stands_in_for, "–"), day=g.valid_to or "–")
        for g in lender.held
        if g.person_id == who
        and g.stands_in_for not in (None, lender.id)
        and (g.role, g.unit_id) in keys
    ]


async def apply(at: At) -> Done:
    """Lend the roles, or take them back; who stands in and whose roles they are is told."""
    await look(at)
    lender = await _lender(at)
    unit_id = at.args.get("unit")
    if gone := _over(at, lender):
        await _end(at, lender, gone)
        name = next(g.name for g in lender.lent if g.person_id == gone)
        said = N_("Recorded: {name} no longer stands in for {who}.")
        return Done(words(said, name=name, who=lender.name), unit_id=unit_id)
    who, name = await _who(at, lender)
    days = _days(at)
    await standing_in.lend(at.session, at.act, lender.id, lender.own, who, days)
    roles = [(g.role, g.unit_id) for g in lender.own]
    await tell(at.session, at.act, lender.id, RoleWord.LENT, roles, who=who, days=days)
    said = N_("Recorded: {name} stands in for {who} from {first} to {last}.")
    first, last = days
    return Done(words(said, name=name, who=lender.name, first=first, last=last), unit_id=unit_id)


async def _end(at: At, lender: Lender, person_id: int) -> None:
    for grant in lender.lent:
        if grant.person_id == person_id:
            await end(at.session, at.act, lender.held, grant)


def _lends(viewer: Viewer) -> bool:
    return viewer.has(*LENT)


OWN = Flow(look, apply, private=True, allowed=_lends, refusal=NOT_YOURS)
OF_UNIT = Flow(look, apply, private=True)
