"""Difficulties: told to Văn phòng and the leader in charge at once, listed until answered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_moment
from bot.domain.difficulty import Difficulty
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.work import Part, earliest_owed
from bot.services.access import NO_SUCH_ITEM, access_item, get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.difficulty_owing import (
    may_answer,
    may_close,
    stuck_of,
    tell_office,
    tell_unit,
)
from bot.services.messages_difficulties import DifficultyList, Stuck
from bot.services.proof_rights import members_units
from bot.services.removed_items import refuse_removed
from bot.services.secret_marks import refuse_marks
from bot.services.unsaid import kept
from storage import difficulties, parts
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.audit_rows import insert_row
from storage.audit_values import columns
from storage.db import Database
from storage.models import DifficultyRow

NOT_MEMBER = N_(
    "Only members of a unit with an open part of this item can report a difficulty. "
    "Nothing has changed."
)
NOT_ANSWERER = N_("Only Văn phòng and the leaders can answer this. Nothing has changed.")
NOT_CLOSER = N_("Only the unit itself and Văn phòng can close this. Nothing has changed.")
NO_DIFFICULTY = N_("There is no such difficulty here. Send /vuong_mac for the list.")
ANSWERED = N_("This was answered already, {when}. Nothing has changed.")
CLOSED = N_("This was closed already, {when}. Nothing has changed.")
ASK_DIFFICULTY = "difficulty"
ASK_ANSWER = "difficulty_answer"
LONGEST = 1500


async def part_in_trouble(db: Database, actor: Actor, item_id: int, now: dt.datetime) -> Part:
    """Return the earliest open part of an item that the presser's unit has.

    Raises:
        NotFound: no such item here.
        NotAllowed: the presser is of no unit with an open part.
    """
    part = await find_part_in_trouble(db, actor, item_id, now)
    if part is None:
        raise NotAllowed(NOT_MEMBER)
    return part


async def find_part_in_trouble(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> Part | None:
    """Return the same, None where the presser is of no unit with an open part.

    Raises:
        NotFound: no such item here.
        UserError: its plan was closed.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        await refuse_closed(session, item.plan_id)
        refuse_removed(item)
        found = await parts.parts_of_item(session, item_id)
    owed = earliest_owed(found, members_units(viewer))
    return next((part for part in owed if part.pending), None)


async def check_raisable(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> Part:
    """Return a part about which the presser may report a difficulty.

    Raises:
        NotFound, NotAllowed: as `raise_difficulty` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        return await _raisable(session, viewer, part_id)


async def _raisable(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    part = await parts.find_part(session, viewer.office_id, part_id)
    if part is None:
        raise NotFound(NO_SUCH_ITEM)
    await access_item(session, viewer, part.item_id)
    await refuse_closed(session, part.plan_id)
    if part.unit_id not in members_units(viewer) or not part.pending:
        raise NotAllowed(NOT_MEMBER)
    return part


async def raise_difficulty(
    db: Database, actor: Actor, part_id: int, text: str, now: dt.datetime
) -> Stuck:
    """Report a difficulty; Văn phòng and the leader in charge of the unit hear of it at once.

    Raises:
        NotFound, NotAllowed: no such open part of the presser's unit here.
        BearsSecretMark: the text bears a mark of secrecy.
    """
    refuse_marks(text)
    today = local_day(now)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, today)
        part = await _raisable(session, viewer, part_id)
        assert viewer.person_id is not None  # a member is registered
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        row = DifficultyRow(
            office_id=viewer.office_id,
            part_id=part_id,
            person_id=viewer.person_id,
            text=kept(part, text[:LONGEST]),
            raised_at=now,
        )
        key = await insert_row(session, act, "difficulty.raise", row)
        told = await tell_office(session, viewer.office_id, key, part.unit_id, now)
        value = difficulties.difficulty_value(row)
        return replace(await stuck_of(session, viewer, value, today), told=told)


async def check_answerable(
    db: Database, actor: Actor, difficulty_id: int, now: dt.datetime
) -> Stuck:
    """Return a difficulty that the presser may answer.

    Raises:
        NotFound, NotAllowed, UserError: as `answer` does.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        found = await _answerable(session, viewer, difficulty_id)
        return await stuck_of(session, viewer, found, local_day(now))


async def answer(
    db: Database, actor: Actor, difficulty_id: int, text: str, now: dt.datetime
) -> Stuck:
    """Answer a difficulty, as Văn phòng or a leader; the unit is told.

    Raises:
        NotFound, NotAllowed: no such difficulty, or not for this person to answer.
        UserError: it was answered or closed before.
        BearsSecretMark: the text bears a mark of secrecy.
    """
    refuse_marks(text)
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        found = await _answerable(session, viewer, difficulty_id)
        _, part = await _find(session, viewer, difficulty_id)
        words = kept(part, text[:LONGEST])
        values = {"answer": words, "answered_by": viewer.person_id, "answered_at": now}
        return await _change(session, actor, viewer, found, "difficulty.answer", values, now)


async def close(db: Database, actor: Actor, difficulty_id: int, now: dt.datetime) -> Stuck:
    """Close a difficulty that stands in the way no more, as its unit or Văn phòng.

    Raises:
        NotFound, NotAllowed, UserError: as `answer` does.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        found, part = await _find(session, viewer, difficulty_id)
        if not may_close(viewer, part):
            raise NotAllowed(NOT_CLOSER)
        _check_open(found)
        values = {"closed_at": now, "closed_by": viewer.person_id}
        return await _change(session, actor, viewer, found, "difficulty.close", values, now)


async def list_open(
    db: Database, actor: Actor, now: dt.datetime, *, item_id: int | None = None
) -> DifficultyList:
    """Return the open difficulties: of all units to who reads everything, else of the own.

    Raises:
        NotFound: a stranger, or no such item here.
    """
    today = local_day(now)
    async with db.read() as session:
        viewer = await get_viewer(session, actor, today)
        if item_id is not None:
            await access_item(session, viewer, item_id)
        everything = viewer.sees_every_unit()
        units = None if everything else viewer.own_units()
        found = await difficulties.open_difficulties(
            session, viewer.office_id, unit_ids=units, item_id=item_id
        )
        shown = tuple([await stuck_of(session, viewer, one, today) for one in found])
    return DifficultyList(shown, everything)


async def _find(
    session: AsyncSession, viewer: Viewer, difficulty_id: int
) -> tuple[Difficulty, Part]:
    found = await difficulties.find_difficulty(session, viewer.office_id, difficulty_id)
    part = await parts.find_part(session, viewer.office_id, found.part_id) if found else None
    if found is None or part is None or not viewer.sees_unit(part.unit_id):
        raise NotFound(NO_DIFFICULTY)
    return found, part


async def _answerable(session: AsyncSession, viewer: Viewer, difficulty_id: int) -> Difficulty:
    found, _ = await _find(session, viewer, difficulty_id)
    if not may_answer(viewer):
        raise NotAllowed(NOT_ANSWERER)
    _check_open(found)
    return found


def _check_open(found: Difficulty) -> None:
    if found.answered_at is not None:
        raise UserError(ANSWERED, when=office_moment(found.answered_at))
    if found.closed_at is not None:
        raise UserError(CLOSED, when=office_moment(found.closed_at))


async def _change(
    session: AsyncSession,
    actor: Actor,
    viewer: Viewer,
    found: Difficulty,
    name: str,
    values: Mapping[str, object],
    now: dt.datetime,
) -> Stuck:
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    await claim_update(session, act)
    if not await difficulties.change_open(session, found.id, **values):
        raise UserError(NO_DIFFICULTY)
    await record(
        session,
        act,
        name,
        "difficulty",
        found.id,
        before=columns(**dict.fromkeys(values)),
        after=columns(**values),
    )
    fresh = await difficulties.find_difficulty(session, viewer.office_id, found.id)
    assert fresh is not None  # it was just changed
    stuck = await stuck_of(session, viewer, fresh, local_day(now))
    if stuck.line.part.unit_id not in members_units(viewer):
        await tell_unit(session, stuck, name, now)
    return stuck
