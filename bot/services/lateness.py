"""What became too old to be sent: dropped, and reported to Văn phòng."""

import datetime as dt
import logging

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.outbox import UNREPORTED, OutboxKind, OutboxState
from bot.services.recipients import office_chats
from storage import outbox, outbox_lately
from storage.rows import Owed

# By then the others of its kind are dropped as well, and one message names all their chats.
GATHER = dt.timedelta(minutes=1)

logger = logging.getLogger(__name__)


async def drop_late(session: AsyncSession, owed: Owed, now: dt.datetime) -> None:
    """Drop a message that is too old, and owe Văn phòng one word about all of its kind."""
    await outbox.close_message(
        session, owed.id, OutboxState.DROPPED, now, reason=outbox_lately.TOO_OLD
    )
    logger.warning("message too old, dropped", extra={"outbox": owed.id})
    if owed.kind in UNREPORTED:
        return
    for chat in await office_chats(session, owed.office_id, local_day(now)):
        await outbox.owe(
            session,
            chat,
            OutboxKind.TOO_LATE,
            f"too_late:{owed.kind}:{owed.subject_id}",
            now,
            subject_id=owed.subject_id,
            payload={"kind": owed.kind, "subject_id": owed.subject_id},
            not_before=now + GATHER,
        )
