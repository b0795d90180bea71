"""Handing a part to a member of staff, who prepares its report and hands it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Role, Viewer
from bot.domain.work import Part
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.closed_plans import refuse_closed
from bot.services.draft_scene import NO_DRAFT, scene_of
from bot.services.messages_reports import Word
from bot.services.progress import NOT_HEAD, seen_part
from bot.services.recipients import recipients_of
from bot.services.report_making import NOTHING_OWED
from storage import chats, outbox, parts, people, report_drafts, reports
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.db import Database
from storage.rows import Chat, Person

NO_STAFF = N_(
    "{unit} has no member of staff here yet. Ask Văn phòng for codes for them. "
    "Nothing has changed."
)
NOT_STAFF = N_("This person is no member of staff of {unit}. Nothing has changed.")
OTHERWISE = N_("Somebody else has just handed {code} over. Open the item to see to whom.")
HANDED_IN = N_("{code} is with the unit's head already. Nothing has changed.")
EMPTY = N_("There is nothing in it yet. Send what proves it first.")


@dataclass(frozen=True, slots=True)
class Handed:
    """A part with who prepares it now ("": the head); `told`: that person can be written to."""

    part: Part
    name: str
    told: bool = True


async def staff_for(
    db: Database, actor: Actor, part_id: int, now: dt.datetime
) -> tuple[Part, list[Person]]:
    """Return a part that the presser's unit owes, and the staff whom it may be handed to.

    Raises:
        NotFound, NotAllowed: no such part for this head.
        UserError: nothing is owed any more, or the unit has no staff here.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await _own_part(session, viewer, part_id)
        staff = await _staff(session, part, viewer, local_day(now))
    if not staff:
        raise UserError(NO_STAFF, unit=part.unit)
    return part, staff


async def hand_to(
    db: Database, actor: Actor, part_id: int, person_id: int, now: dt.datetime
) -> Handed:
    """Hand a part to a member of staff (0: take it back); who had it before is told, too.

    Raises:
        NotFound, NotAllowed, UserError: as `staff_for` does; it was handed over meanwhile.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_viewer(session, actor, local_day(now))
        part = await _own_part(session, viewer, part_id)
        staff = {p.id: p for p in await _staff(session, part, viewer, local_day(now))}
        if person_id and person_id not in staff:
            raise UserError(NOT_STAFF, unit=part.unit)
        to = person_id or None
        name = staff[person_id].name if person_id else ""
        if to == part.assignee_id:
            return Handed(part, name)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        if not await reports.hand_part(session, part.id, part.assignee_id, to):
            raise UserError(OTHERWISE, code=part.code)
        await record(
            session,
            act,
            "part.hand",
            "part",
            part.id,
            before={"assignee_id": part.assignee_id},
            after={"assignee_id": to},
        )
        if part.assignee_id is not None:
            await _owe_assignee(session, act, part.id, part.assignee_id, Word.TAKEN)
        told = to is None or await _owe_assignee(session, act, part.id, to, Word.GIVEN)
    return Handed(part, name, told)


async def hand_in(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> Part:
    """Hand a prepared report to the unit's heads, who send it.

    Raises:
        NotFound: there is no such draft of this person's.
        UserError: it is empty, the head has it already, or nothing is owed any more.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        if scene.part.assignee_id != scene.act.person_id:
            raise NotFound(NO_DRAFT)
        await refuse_closed(session, scene.part.plan_id)
        if scene.part.closed:
            raise NotFound(NOTHING_OWED, code=scene.part.code)
        if scene.draft.prepared_at is not None:
            raise UserError(HANDED_IN, code=scene.part.code)
        if not (scene.draft.proofs or scene.draft.note or scene.part.has_evidence):
            raise UserError(EMPTY)
        await claim_update(session, scene.act)
        await report_drafts.mark_prepared(session, draft_id, now)
        await _record_draft(session, scene.act, draft_id, now, "draft.hand_in")
        for chat in await heads_chats(session, scene.act, scene.part.unit_id):
            key = f"prepared:{draft_id}:{now.isoformat()}"
            await outbox.owe(session, chat, OutboxKind.PREPARED, key, now, subject_id=draft_id)
        return scene.part


async def give_back(
    db: Database, actor: Actor, draft_id: int, now: dt.datetime
) -> tuple[Part, str]:
    """Give a prepared report back to who prepared it; return the part and that name.

    Raises:
        NotFound: it was sent, dropped or given back already.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        if scene.draft.prepared_at is None or scene.draft.person_id == scene.viewer.person_id:
            raise NotFound(NO_DRAFT)
        await refuse_closed(session, scene.part.plan_id)
        await claim_update(session, scene.act)
        await report_drafts.mark_prepared(session, draft_id, None)
        await _record_draft(session, scene.act, draft_id, None, "draft.give_back")
        await _owe_assignee(session, scene.act, scene.part.id, scene.draft.person_id, Word.BACK)
        return scene.part, scene.draft.person


async def _record_draft(
    session: AsyncSession, act: Act, draft_id: int, prepared: dt.datetime | None, name: str
) -> None:
    after = {"prepared_at": prepared.isoformat() if prepared else None}
    await record(session, act, name, "report_draft", draft_id, before={}, after=after)


async def _own_part(session: AsyncSession, viewer: Viewer, part_id: int) -> Part:
    part = await seen_part(session, viewer, part_id)
    await refuse_closed(session, part.plan_id)
    if part.unit_id not in viewer.heads():
        raise NotAllowed(NOT_HEAD)
    if not part.owed:
        raise UserError(NOTHING_OWED, code=part.code)
    return part


async def _staff(
    session: AsyncSession, part: Part, viewer: Viewer, today: dt.date
) -> list[Person]:
    found = await people.holders(
        session, viewer.office_id, (Role.STAFF,), today, unit_id=part.unit_id
    )
    return [person for person in found if person.id != viewer.person_id]


async def _owe_assignee(
    session: AsyncSession, act: Act, part_id: int, person_id: int, word: Word
) -> bool:
    """Owe a member of staff a word in private; return False where no chat is known."""
    private = await chats.private_chats(session, act.office_id)
    if person_id not in private:
        return False
    await outbox.owe(
        session,
        private[person_id],
        OutboxKind.ASSIGNED,
        f"{word}:{part_id}:{person_id}:{act.now.isoformat()}",
        act.now,
        subject_id=part_id,
        payload={"by": act.person_id, "to": person_id, "word": word},
    )
    return True


async def heads_chats(session: AsyncSession, act: Act, unit_id: int | None) -> list[Chat]:
    """Return the heads in private; without one, wherever the unit's messages go."""
    today = local_day(act.now)
    private = await chats.private_chats(session, act.office_id)
    heads = await people.holders(session, act.office_id, (Role.HEAD,), today, unit_id=unit_id)
    found = [private[head.id] for head in heads if head.id in private]
    if found or unit_id is None:
        return found
    return list((await recipients_of(session, act.office_id, today)).by_unit.get(unit_id, ()))


async def tell_heads_left(
    session: AsyncSession, act: Act, person_id: int, part_ids: Sequence[int]
) -> None:
    """Owe the unit's heads a word about parts that nobody prepares any more."""
    for part_id in part_ids:
        part = await parts.find_part(session, act.office_id, part_id)
        if part is None or not part.owed:
            continue
        for chat in await heads_chats(session, act, part.unit_id):
            if chat.person_id == person_id:
                continue
            await outbox.owe(
                session,
                chat,
                OutboxKind.ASSIGNED,
                f"{Word.LEFT}:{part_id}:{person_id}:{act.now.isoformat()}",
                act.now,
                subject_id=part_id,
                payload={"by": person_id, "word": Word.LEFT},
            )
