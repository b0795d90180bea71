"""What somebody else was asked, or is putting together, in a chat that several people share."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed
from bot.domain.problem import N_
from bot.domain.report_draft import DraftPurpose
from bot.domain.roles import Viewer
from bot.domain.work import Part
from bot.services import dialogs
from bot.services.access import find_viewer, get_viewer, sees_item
from bot.services.actor import Actor
from bot.services.dialogs import Dialog
from bot.services.extensions import ASK_EXTENSION
from storage import parts, people, questions, report_drafts
from storage.db import Database

OTHERS_REPORT = N_(
    "I asked somebody else this, so it was not taken. To report yourself: /xong {code}. "
    "Nothing has changed."
)
OTHERS_PROOFS = N_(
    "I asked somebody else this, so it was not taken. To add evidence yourself: "
    "/minh_chung {code}. Nothing has changed."
)
OTHERS_REQUEST = N_(
    "I asked somebody else this, so it was not taken. To ask for a date yourself: "
    "/gia_han {code}. Nothing has changed."
)
OTHERS_QUESTION = N_("I asked somebody else this, so it was not taken. Nothing has changed.")
OTHERS_WISH = N_(
    "Somebody else of the unit asks for this date. To ask yourself: /gia_han {code}. "
    "Nothing has changed."
)


async def note(db: Database, actor: Actor, message_id: int) -> None:
    """Remember which message asks what the person has to answer here."""
    async with db.begin() as session:
        for person in await people.people_of_account(session, actor.telegram_id):
            await questions.note_message(session, person.id, actor.address, message_id)


async def check_asked(db: Database, actor: Actor, message_id: int, now: dt.datetime) -> None:
    """Let a message be answered, unless it asks somebody else; strangers are not told.

    Raises:
        NotAllowed: it does.
    """
    async with db.read() as session:
        viewer = await find_viewer(session, actor, local_day(now))
        if viewer is None or viewer.person_id is None:
            return
        found = await questions.asked_of_others(session, viewer.person_id, actor.address, now)
        for dialog in found:
            part, words = await _about(session, viewer, dialog)
            if await _asks(session, viewer, dialog, message_id):
                raise NotAllowed(words, code=part.code if part else "")


async def _asks(session: AsyncSession, viewer: Viewer, dialog: Dialog, message_id: int) -> bool:
    """Tell whether a message asks this: the question itself, or the draft that it is about."""
    if dialog.value.get(questions.MESSAGE) == message_id:
        return True
    if dialog.question != dialogs.ASK_PROOF:
        return False
    draft = await report_drafts.find_draft(session, viewer.office_id, dialog.subject_id)
    return bool(draft and draft.panel and draft.panel.message_id == message_id)


async def _about(session: AsyncSession, viewer: Viewer, dialog: Dialog) -> tuple[Part | None, str]:
    """Return the part that a question is about, and what is said to whom it does not ask."""
    part_id, words = 0, OTHERS_QUESTION
    if dialog.question == dialogs.ASK_PROOF:
        draft = await report_drafts.find_draft(session, viewer.office_id, dialog.subject_id)
        if draft is not None:
            reports = draft.purpose is DraftPurpose.REPORT
            part_id, words = draft.part_id, OTHERS_REPORT if reports else OTHERS_PROOFS
    elif dialog.question == ASK_EXTENSION:
        part_id, words = dialog.subject_id, OTHERS_REQUEST
    part = await parts.find_part(session, viewer.office_id, part_id) if part_id else None
    if part is None or not await sees_item(session, viewer, part.item_id):
        return None, OTHERS_QUESTION
    return part, words


async def check_wish(db: Database, actor: Actor, part_id: int, now: dt.datetime) -> None:
    """Let a head press what another date was read back with, unless somebody else typed it.

    Raises:
        NotFound: a stranger.
        NotAllowed: somebody else did, and the presser did not.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        me = viewer.person_id or 0
        own = await people.find_dialog(session, me, actor.address, now)
        part = await parts.find_part(session, viewer.office_id, part_id)
        if part is None or part.unit_id not in viewer.heads() or _wished(own, part_id):
            return
        for dialog in await questions.asked_of_others(session, me, actor.address, now):
            if _wished(dialog, part_id):
                raise NotAllowed(OTHERS_WISH, code=part.code)


def _wished(dialog: Dialog | None, part_id: int) -> bool:
    return dialog is not None and (dialog.question, dialog.subject_id) == (ASK_EXTENSION, part_id)
