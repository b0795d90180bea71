"""The conclusions of the weekly meeting become items of the running plan, in one step."""

import datetime as dt
import zlib
from dataclasses import dataclass, replace
from typing import cast

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.conclusions import LONGEST_TITLE, MOST_LINES, Conclusion, read_conclusions
from bot.domain.days import local_day
from bot.domain.deadline import Deadline, Period, Unspecified
from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.plan import PlanItem
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.units.registry import UnitRegistry
from bot.i18n import Translator, translator
from bot.intake.dates import read_typed_date
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.dialogs import ANSWER_WITHIN, ASK_CONCLUSIONS
from bot.services.plan_items import store_item
from bot.services.plans import make_parts
from bot.services.recipients import recipients_of
from bot.services.secret_marks import refuse_marks
from storage import conclusions, offices, outbox, people, plans
from storage.audit import Act, claim_update, refuse_repeated
from storage.audit_rows import recording
from storage.db import Database
from storage.rows import Chat

NO_PLAN = N_("No plan is running, so there is nothing to add to. Load one with /nhap first.")
NO_LINE = N_("I found no line to read. Write one conclusion a line.")
TOO_MANY = N_("At most {most} lines at once. Nothing has changed.")
TOO_LONG = N_("“{start}…” is too long for a title. Nothing has changed.")
GONE = N_(
    "These conclusions were given, replaced or called off already. Send /ket_luan to give others."
)
UNCLEAR = N_("Some lines are not clear yet, so nothing was given. Press ✏️ to write them anew.")
SECTION = N_("Conclusions of the meeting of {day}")


@dataclass(frozen=True, slots=True)
class Looked:
    """Conclusions as read, before they are given; `mark` names the text they were read from."""

    mark: int
    day: dt.date
    plan_title: str
    lines: tuple[Conclusion, ...]

    def past(self, line: Conclusion) -> bool:
        """Tell whether a line's day is over already."""
        return line.due is not None and line.due.due < self.day

    @property
    def clear(self) -> bool:
        """Whether every line can be given."""
        return all(line.readable and not self.past(line) for line in self.lines)


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
        viewer = await _coordinator(session, actor, now)
        await _running(session, viewer.office_id)
        kept = await _kept(session, viewer, actor, now)
        await _keep(session, viewer, actor, now, "")
    return kept[1] if kept else ""


async def look(db: Database, actor: Actor, text: str, now: dt.datetime) -> Looked:
    """Read conclusions and keep their text until it is given; nothing else is stored.

    Raises:
        BearsSecretMark: the text bears a mark of state secrecy; it is not kept.
        NotAllowed, UserError: as `begin`; or there is nothing to read, or too much.
    """
    refuse_marks(text)
    async with db.begin() as session:
        viewer = await _coordinator(session, actor, now)
        found = await _read(session, viewer.office_id, text, local_day(now))
        await _keep(session, viewer, actor, now, text)
    return found


async def give(db: Database, actor: Actor, mark: int, now: dt.datetime) -> Given:
    """Add the conclusions to the plan as they were shown, and tell their units.

    Raises:
        NotAllowed: the person is not of Văn phòng, or asks in a unit's chat.
        NotFound: they were given, replaced or called off already.
        UserError: a line is not clear.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await _coordinator(session, actor, now)
        kept = await _kept(session, viewer, actor, now)
        if kept is None or kept[0] != mark:
            raise NotFound(GONE)
        _, text, day = kept
        found = await _read(session, viewer.office_id, text, day)
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


async def _coordinator(session: AsyncSession, actor: Actor, now: dt.datetime) -> Viewer:
    viewer = await get_viewer(session, actor, local_day(now))
    # A unit's chat sees its own rows only: what others are given is not for it.
    if not coordinates(viewer) or not viewer.sees_every_unit():
        raise NotAllowed(NOT_COORDINATOR)
    return viewer


async def _running(session: AsyncSession, office_id: int) -> tuple[int, Period]:
    plan = await conclusions.newest_active_plan(session, office_id)
    if plan is None:
        raise UserError(NO_PLAN)
    plan_id, first, last = plan
    return plan_id, Period(first, last)


async def _kept(
    session: AsyncSession, viewer: Viewer, actor: Actor, now: dt.datetime
) -> tuple[int, str, dt.date] | None:
    """Return (mark, text, day of writing) of what was written here and waits to be given."""
    dialog = await people.find_dialog(session, viewer.person_id or 0, actor.address, now)
    if dialog is None or dialog.question != ASK_CONCLUSIONS or "text" not in dialog.value:
        return None
    day = dt.date.fromisoformat(str(dialog.value["day"]))
    return dialog.subject_id, str(dialog.value["text"]), day


async def _keep(
    session: AsyncSession, viewer: Viewer, actor: Actor, now: dt.datetime, text: str
) -> None:
    assert viewer.person_id is not None  # a coordinator is registered
    await people.put_dialog(
        session,
        viewer.office_id,
        viewer.person_id,
        actor.address,
        ASK_CONCLUSIONS,
        mark_of(text),
        now=now,
        expires_at=now + ANSWER_WITHIN,
        value={"text": text, "day": local_day(now).isoformat()} if text else None,
    )


def mark_of(text: str) -> int:
    """Return a number that names a text: a button gives only what stands above it."""
    return zlib.crc32(text.encode())


async def _read(session: AsyncSession, office_id: int, text: str, day: dt.date) -> Looked:
    plan_id, period = await _running(session, office_id)
    units = await offices.units_of(session, office_id, on=day)
    registry = UnitRegistry(stored.unit for stored in units)
    lines = read_conclusions(text, registry, lambda said: read_typed_date(said, day, period))
    if not lines:
        raise UserError(NO_LINE)
    if len(lines) > MOST_LINES:
        raise UserError(TOO_MANY, most=MOST_LINES)
    for line in lines:
        if len(line.title) > LONGEST_TITLE:
            raise UserError(TOO_LONG, start=line.title[:40])
    plan = await plans.get_plan(session, plan_id)
    return Looked(mark_of(text), day, plan.title, lines)


async def _add(
    session: AsyncSession, act: Act, found: Looked
) -> tuple[tuple[int, str, Conclusion], ...]:
    plan_id, _ = await _running(session, act.office_id)
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
        assignment_text=", ".join(unit.name for unit in line.units),
        deadlines=(deadline,),
        lead=line.units,
    )


async def _tell(
    session: AsyncSession, act: Act, items: tuple[tuple[int, str, Conclusion], ...]
) -> int:
    """Owe every chat of the units one message with what is theirs; return to how many."""
    to = await recipients_of(session, act.office_id, local_day(act.now))
    keys = {name: unit_id for unit_id, name in to.names.items()}
    owed: dict[int, tuple[Chat, list[int]]] = {}
    for item_id, _, line in items:
        for unit in line.units:
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
