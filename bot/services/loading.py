"""Loading a plan in a chat: read, keep as a draft, count, activate, discard. For Văn phòng."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_date
from bot.domain.draft import Draft
from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.evidence import (
    bears_secret_mark,
    document_bears_secret_mark,
    name_bears_secret_mark,
)
from bot.domain.plan import PlanReading, UnreadableDocument
from bot.domain.problem import N_
from bot.domain.reading.column_phrases import Column
from bot.domain.reading.reader import read_plan
from bot.domain.roles import ChatPurpose, Viewer, coordinates
from bot.domain.states import PlanState
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document
from bot.intake.limits import OCR_SECONDS
from bot.intake.ocr import ocr_pdf
from bot.services import plans
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.plans import Activated
from storage import drafts, offices
from storage import plans as stored_plans
from storage.audit import Act, claim_update, record, refuse_repeated
from storage.db import Database

# The readers of files have bounds of their own; this one holds whatever they do.
READ_WITHIN = dt.timedelta(minutes=4)
RECOGNISE_WITHIN = dt.timedelta(seconds=OCR_SECONDS)
IS_SECRET = N_(
    "This bears a mark of state secrecy, so it was not read and nothing was kept. "
    "Such documents must not be sent here."
)
NOT_HERE = N_(
    "Plans are loaded in private with me, or in Văn phòng's own chat. Send the file there. "
    "Nothing has changed."
)
TOO_LONG = N_("Reading {name} takes too long, so nothing was loaded. Send the plan alone.")
IS_ACTIVE = N_("“{title}” was activated already: units are reminded of it. Nothing has changed.")
IS_CLOSED = N_("“{title}” was closed: nobody is reminded of it. Nothing has changed.")
IS_DISCARDED = N_("This draft was discarded: {who}, {when}. Send the file again to load it anew.")
IS_REPLACED = N_("This draft is no longer there: its file was loaded anew or it was discarded.")


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Which draft is meant; `stamp` (its time of loading) tells it from an earlier one."""

    plan_id: int
    stamp: int


def key_of(draft: Draft) -> DraftKey:
    """Return what names a draft in buttons."""
    return DraftKey(draft.id, stamp_of(draft.loaded_at))


def stamp_of(loaded_at: dt.datetime) -> int:
    """Return when a draft was loaded, in milliseconds of the epoch, for its key."""
    return int(loaded_at.timestamp() * 1000)


async def check_may_load(
    db: Database, actor: Actor, name: str, caption: str, now: dt.datetime
) -> None:
    """Check who sends a file, and that neither its name nor its caption bears a secrecy mark.

    Raises:
        NotFound: a stranger.
        NotAllowed: somebody who does not do Văn phòng's work, or not in this chat.
        BearsSecretMark: it does.
    """
    async with db.read() as session:
        await get_coordinator(session, actor, now)
    if bears_secret_mark(caption) or name_bears_secret_mark(name):
        raise BearsSecretMark(IS_SECRET)


async def get_coordinator(session: AsyncSession, actor: Actor, now: dt.datetime) -> Viewer:
    """Return who `actor` is, if they do Văn phòng's work and this is a place to load plans in.

    Raises:
        NotFound, NotAllowed: as `check_may_load` does.
    """
    viewer = await get_viewer(session, actor, local_day(now))
    if not coordinates(viewer):
        raise NotAllowed(NOT_COORDINATOR)
    in_office = any(b.purpose is ChatPurpose.OFFICE for b in viewer.bindings)
    if not (viewer.private or in_office):
        raise NotAllowed(NOT_HERE)
    return viewer


async def draft_of_file(
    db: Database, actor: Actor, data: bytes, now: dt.datetime
) -> DraftKey | None:
    """Return the draft that was loaded from the same file and is not settled yet."""
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        digest = hashlib.sha256(data).hexdigest()
        known = await stored_plans.find_plan_of_file(session, viewer.office_id, digest)
        draft = known and await drafts.find_draft(session, viewer.office_id, known.id)
    return key_of(draft) if draft and draft.state is PlanState.DRAFT else None


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is to be read, where it does not say so itself.

    `columns` says what its columns hold, by their place from 0; `recognise` asks to make text of a
    scan first, on this machine.
    """

    year: int | None = None
    columns: Mapping[int, Column] | None = None
    recognise: bool = False


async def read_file(
    db: Database, actor: Actor, data: bytes, name: str, way: Way, now: dt.datetime
) -> PlanReading:
    """Read a plan with the office's units; nothing is stored.

    Raises:
        UnreadableDocument: it is no plan, it is broken, or it takes too long.
        BearsSecretMark: a line or cell of it is a mark of secrecy.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        units = [
            stored.unit
            for stored in await offices.units_of(session, viewer.office_id, on=local_day(now))
        ]
    try:
        limit = READ_WITHIN + (RECOGNISE_WITHIN if way.recognise else dt.timedelta())
        async with asyncio.timeout(limit.total_seconds()):
            return await asyncio.to_thread(_read, data, name, UnitRegistry(units), way)
    except TimeoutError as error:
        raise UnreadableDocument(TOO_LONG, name=name) from error


def _read(data: bytes, name: str, registry: UnitRegistry, way: Way) -> PlanReading:
    document = read_document(ocr_pdf(data, name) if way.recognise else data, name)
    if document_bears_secret_mark(document):
        raise BearsSecretMark(IS_SECRET)
    return read_plan(document, registry, year=way.year, columns=way.columns)


async def keep(
    db: Database, actor: Actor, reading: PlanReading, data: bytes, name: str, now: dt.datetime
) -> DraftKey:
    """Store a reading as a draft; nothing is taken for granted and nobody is reminded.

    Raises:
        UserError: the file was activated before, or holds no item.
        AlreadyHandled: this update has loaded before.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    loaded = await plans.store(
        db, viewer.office_id, reading, data, name, now, accept_suggestions=False, by=act
    )
    return DraftKey(loaded.plan_id, stamp_of(now))


async def access_draft(
    session: AsyncSession, viewer: Viewer, key: DraftKey, *, active: bool = False
) -> Draft:
    """Return the draft that a button names; `active` takes one that was activated, too.

    Raises:
        NotFound: it was discarded or loaded anew.
        UserError: it was activated, or closed after that.
    """
    draft = await drafts.find_draft(session, viewer.office_id, key.plan_id)
    if draft is None or stamp_of(draft.loaded_at) != key.stamp:
        gone = await drafts.discarded(session, viewer.office_id, key.plan_id, key.stamp)
        if gone is None:
            raise NotFound(IS_REPLACED)
        when, who = gone
        raise NotFound(IS_DISCARDED, who=who or "–", when=office_date(local_day(when)))
    if draft.state is not PlanState.DRAFT and not active:
        text = IS_ACTIVE if draft.state is PlanState.ACTIVE else IS_CLOSED
        raise UserError(text, title=draft.title)
    return draft


async def open_drafts(db: Database, actor: Actor, now: dt.datetime) -> list[tuple[DraftKey, str]]:
    """Return (draft, title) of what waits to be activated, the newest first."""
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        found = await drafts.drafts_in(session, viewer.office_id)
    return [(DraftKey(plan_id, stamp_of(at)), title) for plan_id, at, title in found]


async def the_draft(db: Database, actor: Actor, key: DraftKey, now: dt.datetime) -> Draft:
    """Return what was understood of a plan, a draft or active, for its list.

    Raises:
        NotFound, NotAllowed: as `access_draft` does, or not for this person.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        return await access_draft(session, viewer, key, active=True)


async def check_open(db: Database, actor: Actor, key: DraftKey, now: dt.datetime) -> None:
    """Check that a draft is still one.

    Raises:
        NotFound, NotAllowed, UserError: as `access_draft` does, or not for this person.
    """
    async with db.read() as session:
        viewer = await get_coordinator(session, actor, now)
        await access_draft(session, viewer, key)


async def activate(db: Database, actor: Actor, key: DraftKey, now: dt.datetime) -> Activated:
    """Activate a draft: from the next morning on the units are reminded.

    Raises:
        NotFound, NotAllowed, UserError: as `access_draft` does, or not for this person.
        AlreadyHandled: this update has activated it.
    """
    async with db.read() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_coordinator(session, actor, now)
        await access_draft(session, viewer, key)
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    return await plans.activate(db, viewer.office_id, key.plan_id, now, by=act)


async def discard(db: Database, actor: Actor, key: DraftKey, now: dt.datetime) -> str:
    """Remove a draft and return its title; the record keeps who did it and what it was.

    Raises:
        NotFound, NotAllowed, UserError, AlreadyHandled: as `activate` does.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await get_coordinator(session, actor, now)
        draft = await access_draft(session, viewer, key)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        await stored_plans.remove_draft(session, draft.id)
        before = {"title": draft.title, "items": len(draft.items), "stamp": key.stamp}
        await record(session, act, "plan.discard", "plan", draft.id, before=before)
    return draft.title
