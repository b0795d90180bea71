"""Units kept in chat by Văn phòng: added, renamed, called otherwise, merged, ended."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import change_phrases as phrases
from bot.domain.days import local_day
from bot.domain.errors import NotFound, UserError
from bot.domain.membership import Held
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.vietnamese import fold
from bot.services.actor import Actor
from bot.services.change_parts import Changed
from bot.services.invitations import find_unit
from bot.services.members import people_office
from bot.services.recipients import recipients_of
from bot.services.secret_marks import refuse_marks
from storage import grants, offices, outbox, reminder_parts, unit_changes
from storage.audit import Act, claim_update, record
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import StoredUnit

HOW = N_("I did not understand that. Send /don_vi to see what can be typed. Nothing has changed.")
NO_UNIT = N_("There is no unit “{name}” now. Send /don_vi for the list. Nothing has changed.")
TAKEN = N_("“{name}” is a unit's name already. Nothing has changed.")
BAD_DAY = N_("I cannot read the day “{text}”. Type it as 30/6/2024. Nothing has changed.")
LONGEST = 200
# What is typed behind /don_vi, without its tone marks.
ADD, RENAME, ALIAS, UNALIAS, MERGE, END = "them", "doi", "goi", "bo", "gop", "het"


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units alive on `day`, with the roles held in them."""

    day: dt.date
    units: tuple[StoredUnit, ...]
    held: tuple[Held, ...]


async def listed(db: Database, actor: Actor, now: dt.datetime) -> UnitList:
    """Return the units there are, for Văn phòng in private."""
    today = local_day(now)
    async with db.read() as session:
        viewer = await people_office(session, actor, now)
        return UnitList(
            today,
            tuple(await offices.units_of(session, viewer.office_id, on=today)),
            tuple(await grants.held_grants(session, viewer.office_id, today)),
        )


async def change(db: Database, actor: Actor, text: str, now: dt.datetime) -> None:
    """Do what was typed behind /don_vi: a word, and one name or two with ">" between.

    Raises:
        NotFound, NotAllowed: a stranger; not Văn phòng in private; no such unit.
        BearsSecretMark: it bears a mark of secrecy.
        UserError: it cannot be understood, or the name is taken.
    """
    refuse_marks(text)
    verb, _, rest = text.partition(" ")
    first, _, second = (one.strip() for one in rest.partition(">"))
    verb = fold(verb)
    async with db.begin() as session:
        viewer = await people_office(session, actor, now)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        alone = verb in {ADD, UNALIAS}
        if not first or alone == bool(second) or len(text) > LONGEST:
            raise UserError(HOW)
        if verb == ADD:
            await _add(session, act, first)
        elif verb == UNALIAS:
            async with recording(session, act, "alias.drop"):
                if not await unit_changes.drop_alias(session, act.office_id, first):
                    raise NotFound(NO_UNIT, name=first)
        else:
            await _change_one(session, viewer, act, verb, first, second)


async def _add(session: AsyncSession, act: Act, name: str) -> None:
    await _check_free(session, act, name)
    async with recording(session, act, "unit.add"):
        await unit_changes.add_unit(session, act.office_id, name, local_day(act.now))


async def _check_free(session: AsyncSession, act: Act, name: str, but: int = 0) -> None:
    found = find_unit(await offices.units_of(session, act.office_id), name)
    if found is not None and found.id != but:
        raise UserError(TAKEN, name=name)


async def _change_one(
    session: AsyncSession, viewer: Viewer, act: Act, verb: str, first: str, second: str
) -> None:
    units = await offices.units_of(session, viewer.office_id, on=local_day(act.now))
    unit = find_unit(units, first)
    if unit is None:
        raise NotFound(NO_UNIT, name=first)
    if verb == RENAME:
        await _rename(session, act, unit, second)
    elif verb == ALIAS:
        await _check_free(session, act, second)
        async with recording(session, act, "alias.add"):
            await unit_changes.add_alias(session, act.office_id, unit.id, second)
    elif verb == MERGE:
        other = find_unit(units, second)
        if other is None or other.id == unit.id:
            raise NotFound(NO_UNIT, name=second)
        await _merge(session, act, unit, other)
    elif verb == END:
        await _set(session, act, "unit.end", unit, {"valid_to": read_day(second)})
    else:
        raise UserError(HOW)


async def _rename(session: AsyncSession, act: Act, unit: StoredUnit, name: str) -> None:
    """Give a unit another name; the old one stays a way to write it."""
    await _check_free(session, act, name, but=unit.id)
    await unit_changes.set_unit(session, unit.id, name=name)
    before, after = {"name": unit.unit.name}, {"name": name}
    await record(session, act, "unit.rename", "unit", unit.id, before=before, after=after)
    async with recording(session, act, "alias.drop"):
        await unit_changes.drop_alias(session, act.office_id, name)
    async with recording(session, act, "alias.add"):
        await unit_changes.add_alias(session, act.office_id, unit.id, unit.unit.name)


async def _merge(session: AsyncSession, act: Act, old: StoredUnit, new: StoredUnit) -> None:
    # Whoever is told goes by the chats and the work that each has until now.
    to = (await recipients_of(session, act.office_id, local_day(act.now))).by_unit
    told = {chat.id: chat for unit in (old, new) for chat in to.get(unit.id, ())}
    owing = await reminder_parts.of_units(session, act.office_id, [old.id])
    async with recording(session, act, "unit.merge"):
        decision = phrases.MERGED.format(unit=new.unit.name)
        await unit_changes.hand_over(session, old.id, new.id, decision, act.now)
    # Nothing new is its any more from today on.
    last = local_day(act.now) - dt.timedelta(days=1)
    await _set(session, act, "unit.merge", old, {"valid_to": last, "merged_into": new.id})
    for chat in told.values():
        await outbox.owe(
            session,
            chat,
            OutboxKind.ITEM_CHANGED,
            f"merged:{old.id}:{new.id}:{act.now.isoformat()}",
            act.now,
            subject_id=new.id,
            payload={
                "what": Changed.MERGED.value,
                "old": old.id,
                "parts": [part.id for part in owing],
            },
        )


async def _set(
    session: AsyncSession, act: Act, name: str, unit: StoredUnit, values: dict[str, dt.date | int]
) -> None:
    await unit_changes.set_unit(session, unit.id, **values)
    before = {key: _json(getattr(unit, key)) for key in values}
    after = {key: _json(value) for key, value in values.items()}
    await record(session, act, name, "unit", unit.id, before=before, after=after)


def _json(value: dt.date | int | None) -> str | int | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def read_day(text: str) -> dt.date:
    """Return the day that is written as 30/6/2024.

    Raises:
        UserError: it is not.
    """
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day)
    except ValueError:
        pass
    raise UserError(BAD_DAY, text=text)
