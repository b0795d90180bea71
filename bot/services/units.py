"""Units kept in chat by Văn phòng: listed, shown, and changed by what is typed behind /don_vi."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.vietnamese import fold
from bot.services import change_flows as flows
from bot.services.actor import Actor
from bot.services.change_steps import TYPED, Args, At
from bot.services.members import people_office
from bot.services.secret_marks import refuse_marks
from bot.services.unit_steps import GONE
from storage import grants, offices, unit_counts
from storage.audit import Act, claim_update
from storage.db import Database
from storage.rows import StoredUnit

HOW = N_("I did not understand that. Send /don_vi to see what can be typed. Nothing has changed.")
LONGEST = 200
# What is typed behind /don_vi, without its tone marks: the change, and what its words are.
TYPED_FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "them": (flows.UNIT_ADD, ("name",)),
    "doi": (flows.UNIT_RENAME, ("unit", "name")),
    "goi": (flows.UNIT_ALIAS, ("unit", "alias")),
    "bo": (flows.UNIT_UNALIAS, ("alias",)),
    "gop": (flows.UNIT_MERGE, ("unit", "into")),
    "het": (flows.UNIT_END, ("unit", "last")),
}
# These move work or end it: they are read back first, however they were asked for.
READ_BACK = frozenset({flows.UNIT_MERGE, flows.UNIT_END})


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units alive on `day`, with the roles held in them; `ended` are those of before."""

    day: dt.date
    units: tuple[StoredUnit, ...]
    held: tuple[Held, ...]
    ended: tuple[StoredUnit, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit with its people on `day`, its chats, and how many of its parts are open.

    `into` is the unit that it is part of now, "" for none.
    """

    day: dt.date
    stored: StoredUnit
    held: tuple[Held, ...]
    chats: tuple[str, ...]
    open_count: int
    into: str


async def listed(db: Database, actor: Actor, now: dt.datetime) -> UnitList:
    """Return the units there are, for Văn phòng in private."""
    today = local_day(now)
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        units = await offices.units_of(session, viewer.office_id)
        return UnitList(
            today,
            tuple(one for one in units if one.alive(today)),
            tuple(await grants.held_grants(session, viewer.office_id, today)),
            tuple(one for one in units if one.valid_to is not None and one.valid_to < today),
        )


async def page(db: Database, actor: Actor, unit_id: int, now: dt.datetime) -> UnitPage:
    """Return one unit, for Văn phòng in private.

    Raises:
        NotFound, NotAllowed: a stranger; not Văn phòng in private; no such unit.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        units = await offices.units_of(session, viewer.office_id)
        found = next((one for one in units if one.id == unit_id), None)
        if found is None:
            raise NotFound(GONE)
        held = await grants.held_grants(session, viewer.office_id, today)
        return UnitPage(
            today,
            found,
            tuple(one for one in held if one.unit_id == unit_id),
            tuple(await unit_counts.chats_of(session, unit_id)),
            len(await unit_counts.open_parts(session, viewer.office_id, unit_id)),
            next((one.unit.name for one in units if one.id == found.merged_into), ""),
        )


async def change(
    db: Database, actor: Actor, text: str, now: dt.datetime
) -> tuple[str, Args] | None:
    """Do what was typed behind /don_vi: a word, and one name or two with ">" between.

    What must be read back first is not done: the change is returned, with its words as typed.

    Raises:
        NotFound, NotAllowed: a stranger; not Văn phòng in private; no such unit.
        BearsSecretMark: it bears a mark of secrecy.
        UserError: it cannot be understood, or the name is taken.
    """
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        flow, args = _read(text)
        if flow in READ_BACK:
            return flow, args
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await flows.FLOWS[flow].apply(At(session, viewer, act, local_day(now), args))
    return None


def _read(text: str) -> tuple[str, Args]:
    refuse_marks(text)
    verb, _, rest = text.partition(" ")
    given = [one.strip() for one in rest.split(">", 1)]
    flow, names = TYPED_FORMS.get(fold(verb), ("", ()))
    if len(given) != len(names) or not all(given) or len(text) > LONGEST:
        raise UserError(HOW)
    # Which group a new unit is of is asked only step by step.
    args: Args = {"group": ""} if flow == flows.UNIT_ADD else {}
    return flow, args | {TYPED + name: said for name, said in zip(names, given, strict=True)}
