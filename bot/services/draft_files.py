"""Files of a draft: whether they may be fetched, and letting go of what nothing rests on."""

import datetime as dt
from collections.abc import Iterable

from bot.domain.days import local_day
from bot.domain.errors import UserError
from bot.domain.report_draft import Draft
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.draft_scene import preparable_part, scene_of
from bot.services.files import FileStore
from bot.services.secret_marks import NUMBER_ONLY
from storage import report_drafts
from storage.db import Database


async def check_files_fit(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> None:
    """Let files be fetched for a draft of the person's.

    Raises:
        NotFound: there is no such draft.
        UserError: the item keeps a document's number only.
    """
    async with db.read() as session:
        scene = await scene_of(session, actor, draft_id, now)
        _, _, secret = await report_drafts.item_of_part(session, scene.part.id)
    if secret:
        raise UserError(NUMBER_ONLY, code=scene.part.code)


async def check_part_takes_files(
    db: Database, actor: Actor, part_id: int, now: dt.datetime
) -> None:
    """Let files be fetched for a report of a part that is to be begun.

    Raises:
        NotFound, NotAllowed, UserError: as `open_draft`; or it keeps a document's number only.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await preparable_part(session, viewer, part_id)
        _, _, secret = await report_drafts.item_of_part(session, part_id)
    if secret:
        raise UserError(NUMBER_ONLY, code=part.code)


async def forget_files(db: Database, store: FileStore, draft: Draft) -> None:
    """Drop the contents of a draft that nothing else rests on."""
    await forget_contents(db, store, [p.sha256 for p in draft.proofs if p.sha256 is not None])


async def forget_contents(db: Database, store: FileStore, digests: Iterable[str]) -> None:
    """Drop contents, named by their SHA-256, that nothing rests on any more."""
    for sha256 in digests:
        async with db.read() as session:
            used = await report_drafts.is_used(session, sha256)
        if not used:
            await store.drop(sha256)
