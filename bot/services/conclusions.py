"""The conclusions of the weekly meeting become items of the running plan, in one step."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import cast

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import conclusions_phrases as phrases
from bot.domain.conclusions import Conclusion
from bot.domain.days import local_day
from bot.domain.deadline import Deadline, Unspecified
from bot.domain.errors import NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.plan import PlanItem
from bot.domain.problem import N_
from bot.i18n import Translator, translator
from bot.services.actor import Actor
from bot.services.conclusion_drafts import (
    GONE,
    NO_PLAN,
    Kept,
    Looked,
    find_kept,
    get_writer,
    keep,
    read,
    show,
)
from bot.services.plan_items import store_item
from bot.services.plans import make_parts
from bot.services.recipients import recipients_of
from bot.services.secret_marks import refuse_marks
from storage import conclusions, offices, outbox, people, plans
from storage.audit import Act, claim_update, refuse_repeated
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import Chat

UNCLEAR = N_("Some lines are not clear yet, so nothing was given. Press ✏️ to write them anew.")
SECTION = N_("Conclusions of the meeting of {day}")


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: (item, code, the line) each, and to how many chats it is told."""

    day: dt.date
    items: tuple[tuple[int, str, Conclusion], ...]
    chats: int


async def begin(db: Database, actor: Actor, now: dt.datetime) -> str:
    """Remember that conclusions are asked for; return those that were written but not given.

    Raises:
        NotAllowed: the person is not of Văn phòng, or asks in a unit's chat.
        UserError: no plan is running.
    """
    async with db.begin() as session:
        viewer = await get_writer(session, actor, now)
        if not await conclusions.active_plans(session, viewer.office_id):
            raise UserError(NO_PLAN)
        kept = await find_kept(session, viewer, actor, now)
        day, plan_id = local_day(now), kept.plan_id if kept else None
        await keep(session, viewer, actor, now, Kept(0, plan_id, "", day))
    return kept.text if kept else ""


async def look(db: Database, actor: Actor, text: str, now: dt.datetime) -> Looked:
    """Read conclusions and keep their text until it is given; nothing else is stored.

    Raises:
        BearsSecretMark: the text bears a mark of state secrecy; it is not kept.
        NotAllowed, UserError: as `begin`; or there is nothing to read, or too much.
    """
    refuse_marks(text)
    async with db.begin() as session:
        viewer = await get_writer(session, actor, now)
        kept = await find_kept(session, viewer, actor, now)
        return await show(
            session, viewer, actor, now, text, local_day(now), kept.plan_id if kept else None
        )


async def into_plan(
    db: Database, actor: Actor, mark: int, plan_id: int, now: dt.datetime
) -> Looked:
    """Read conclusions anew for another plan in force; 0: for the one they are in now.

    Raises:
        NotFound: they were given, replaced or called off already, or there is no such plan.
        NotAllowed, UserError: as `look` does.
    """
    async with db.begin() as session:
        viewer = await get_writer(session, actor, now)
        kept = await find_kept(session, viewer, actor, now)
        active = {one[0] for one in await conclusions.active_plans(session, viewer.office_id)}
        wanted = plan_id or (kept.plan_id if kept else None)
        if kept is None or kept.mark != mark or wanted not in active:
            raise NotFound(GONE)
        return await show(session, viewer, actor, now, kept.text, kept.day, wanted)


async def give(db: Database, actor: Actor, mark: int, now: dt.datetime) -> Given:
    """Add the conclusions to the plan as they were shown, and tell their units.

    Raises:
        NotAllowed: the person is not of Văn phòng, or asks in a unit's chat.
        NotFound: they were given, replaced or called off already.
        UserError: a line is not clear.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_writer(session, actor, now)
        kept = await find_kept(session, viewer, actor, now)
        if kept is None or kept.mark != mark:
            raise NotFound(GONE)
        found = await read(session, viewer.office_id, kept.text, kept.day, kept.plan_id)
        if found.mark != mark:
            raise NotFound(GONE)  # the plan was closed meanwhile
        # The days are those that were read back; whether they are over is a question of today.
        found = replace(found, day=local_day(now))
        if not found.clear:
            raise UserError(UNCLEAR)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await people.drop_dialog(session, viewer.person_id or 0, actor.address)
        items = await _add(session, act, found)
        chats = await _tell(session, act, items)
    return Given(found.day, items, chats)


async def _add(
    session: AsyncSession, act: Act, found: Looked
) -> tuple[tuple[int, str, Conclusion], ...]:
    plan_id = found.plan_id
    tr = translator(await offices.office_locale(session, act.office_id))
    section = tr(SECTION, day=tr.date(found.day))
    units = await offices.units_of(session, act.office_id, on=found.day)
    ids = {stored.unit.name: stored.id for stored in units}
    codes = _free_codes(await conclusions.codes_of(session, plan_id), len(found.lines))
    position = await conclusions.last_position(session, plan_id)
    added = []
    plan = await plans.get_plan(session, plan_id)
    async with recording(session, act, "item.add"):
        for place, (code, line) in enumerate(zip(codes, found.lines, strict=True), position + 1):
            item = _item(code, section, line, tr)
            item_id = await store_item(session, act.office_id, plan_id, place, item, ids)
            added.append((item_id, code, line))
        keys = [item_id for item_id, _, _ in added]
        await conclusions.mark_added(session, keys, act.now, section)
        await make_parts(session, plan, found.day, frozenset(keys))
    return tuple(added)


def _free_codes(taken: set[str], count: int) -> list[str]:
    """Return the next `count` codes KL.1, KL.2 … of a plan, one after the other."""
    used = [int(code[3:]) for code in taken if code.startswith("KL.") and code[3:].isdecimal()]
    first = max(used, default=0) + 1
    return [f"KL.{number}" for number in range(first, first + count)]


def _item(code: str, section: str, line: Conclusion, tr: Translator) -> PlanItem:
    # "next Friday" says nothing to those who read it later: the day itself is kept.
    text = tr.date(line.due.due) if line.due else ""
    deadline: Deadline = replace(line.due, text=text) if line.due else Unspecified("", "")
    return PlanItem(
        code,
        section,
        line.title,
        deadline_text=text,
        assignment_text=_assignment(line),
        deadlines=(deadline,),
        lead=line.units,
        cooperate=line.cooperating,
    )


def _assignment(line: Conclusion) -> str:
    """Return who does what, as it stands in a plan's column."""
    said = ", ".join(unit.name for unit in line.units)
    helpers = ", ".join(unit.name for unit in line.cooperating)
    return "; ".join(filter(None, (said, helpers and phrases.COOPERATING.format(units=helpers))))


async def _tell(
    session: AsyncSession, act: Act, items: tuple[tuple[int, str, Conclusion], ...]
) -> int:
    """Owe every chat of the units one message with what is theirs; return to how many."""
    to = await recipients_of(session, act.office_id, local_day(act.now))
    keys = {name: unit_id for unit_id, name in to.names.items()}
    owed: dict[int, tuple[Chat, list[int]]] = {}
    for item_id, _, line in items:
        for unit in (*line.units, *line.cooperating):
            for chat in to.by_unit.get(keys.get(unit.name), ()):
                owed.setdefault(chat.id, (chat, []))[1].append(item_id)
    for chat, given in owed.values():
        await outbox.owe(
            session,
            chat,
            OutboxKind.ITEM_CHANGED,
            f"items:{items[0][0]}",
            act.now,
            subject_id=given[0],
            payload={"items": cast(list[object], list(dict.fromkeys(given)))},
        )
    return len(owed)
