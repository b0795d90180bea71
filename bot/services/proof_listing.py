"""The evidence of one item, as its viewer may see it."""

import datetime as dt

from bot.domain.days import local_day
from bot.domain.evidence import Evidence
from bot.services.access import access_item, get_viewer
from bot.services.actor import Actor
from storage import parts
from storage.db import Database


async def proofs_of_item(
    db: Database, actor: Actor, item_id: int, now: dt.datetime
) -> tuple[str, tuple[Evidence, ...]]:
    """Return an item's code and the proofs of the units whose work may be shown here.

    Raises:
        NotFound: no such item for this viewer.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        item = await access_item(session, viewer, item_id)
        found = await parts.parts_of_item(session, item_id)
        seen = [part.id for part in found if viewer.sees_unit(part.unit_id)]
        proofs = await parts.evidence_of(session, seen)
    return item.code, tuple(proof for key in seen for proof in proofs.get(key, ()))
