"""Conclusions that were written but not given: read, and kept with the plan they go into."""

import datetime as dt
import zlib
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.conclusions import LONGEST_TITLE, MOST_LINES, Conclusion, read_conclusions
from bot.domain.days import local_day
from bot.domain.deadline import Period
from bot.domain.errors import NotAllowed, UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.domain.units.registry import UnitRegistry
from bot.intake.dates import read_typed_date
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.dialogs import ANSWER_WITHIN, ASK_CONCLUSIONS
from storage import conclusions, offices, people

NO_PLAN = N_("No plan is running, so there is nothing to add to. Load one with /nhap first.")
NO_LINE = N_("I found no line to read. Write one conclusion a line.")
TOO_MANY = N_("At most {most} lines at once. Nothing has changed.")
TOO_LONG = N_("“{start}…” is too long for a title. Nothing has changed.")
GONE = N_(
    "These conclusions were given, replaced or called off already. Send /ket_luan to give others."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """Conclusions as read, before they are given.

    `mark` names the text they were read from and the plan they go into; `others` holds (id, title)
    of the other plans in force.
    """

    mark: int
    day: dt.date
    plan_id: int
    plan_title: str
    lines: tuple[Conclusion, ...]
    others: tuple[tuple[int, str], ...] = ()

    def past(self, line: Conclusion) -> bool:
        """Tell whether a line's day is over already."""
        return line.due is not None and line.due.due < self.day

    @property
    def clear(self) -> bool:
        """Whether every line can be given."""
        return all(line.readable and not self.past(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written here and waits to be given; `day` is when."""

    mark: int
    plan_id: int | None
    text: str
    day: dt.date


async def get_writer(session: AsyncSession, actor: Actor, now: dt.datetime) -> Viewer:
    """Return who `actor` is, if they may give conclusions here.

    Raises:
        NotFound, NotAllowed: they may not.
    """
    viewer = await get_viewer(session, actor, local_day(now))
    # A unit's chat sees its own rows only: what others are given is not for it.
    if not coordinates(viewer) or not viewer.sees_every_unit():
        raise NotAllowed(NOT_COORDINATOR)
    return viewer


async def find_kept(
    session: AsyncSession, viewer: Viewer, actor: Actor, now: dt.datetime
) -> Kept | None:
    """Return what was written here and waits to be given, the plan that was chosen with it."""
    dialog = await people.find_dialog(session, viewer.person_id or 0, actor.address, now)
    if dialog is None or dialog.question != ASK_CONCLUSIONS or "text" not in dialog.value:
        return None
    value = dialog.value
    plan = value.get("plan")
    return Kept(
        dialog.subject_id,
        int(str(plan)) if plan else None,
        str(value["text"]),
        dt.date.fromisoformat(str(value["day"])),
    )


async def keep(
    session: AsyncSession, viewer: Viewer, actor: Actor, now: dt.datetime, kept: Kept
) -> None:
    """Remember what was written here, in place of what was before."""
    assert viewer.person_id is not None  # a coordinator is registered
    await people.put_dialog(
        session,
        viewer.office_id,
        viewer.person_id,
        actor.address,
        ASK_CONCLUSIONS,
        kept.mark,
        now=now,
        expires_at=now + ANSWER_WITHIN,
        value={"text": kept.text, "day": kept.day.isoformat(), "plan": kept.plan_id},
    )


def mark_of(text: str, plan_id: int) -> int:
    """Return a number that names a text and a plan: a button gives only what stands above it."""
    return zlib.crc32(f"{plan_id}:{text}".encode())


async def read(
    session: AsyncSession, office_id: int, text: str, day: dt.date, wanted: int | None
) -> Looked:
    """Read conclusions for the plan `wanted` where it is in force, else for the newest.

    Raises:
        UserError: no plan is in force, or there is nothing to read, or too much.
    """
    active = await conclusions.active_plans(session, office_id)
    if not active:
        raise UserError(NO_PLAN)
    plan_id, title, first, last = next((one for one in active if one[0] == wanted), active[0])
    period = Period(first, last)
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
    others = tuple((one[0], one[1]) for one in active if one[0] != plan_id)
    return Looked(mark_of(text, plan_id), day, plan_id, title, lines, others)


async def show(
    session: AsyncSession,
    viewer: Viewer,
    actor: Actor,
    now: dt.datetime,
    text: str,
    day: dt.date,
    plan_id: int | None,
) -> Looked:
    """Read conclusions back and keep what was read; their days are those of the day `day`."""
    found = await read(session, viewer.office_id, text, day, plan_id)
    await keep(session, viewer, actor, now, Kept(found.mark, found.plan_id, text, day))
    return replace(found, day=local_day(now))
