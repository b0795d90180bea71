"""What hangs on a unit now, so that it can be read back before the unit merges or ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import PlanState
from bot.domain.status import CLOSED, Progress
from bot.domain.work import Part
from storage.models import ChatBindingRow, ChatRow, PartRow, PlanRow
from storage.parts import parts_where


@dataclass(frozen=True, slots=True)
class HandOver:
    """What becomes of a unit's open parts when another takes them over.

    `moved` go to the other, also as a part of its own that had ended; `covered` end, as it has the
    same work; `waiting` are with Văn phòng beside the other's, and stay with whom they were.
    """

    moved: tuple[Part, ...]
    covered: tuple[Part, ...]
    waiting: tuple[Part, ...]


async def open_parts(session: AsyncSession, office_id: int, unit_id: int) -> list[Part]:
    """Return a unit's parts of active plans that are not closed."""
    return await parts_where(
        session,
        PartRow.office_id == office_id,
        PartRow.unit_id == unit_id,
        PlanRow.state == PlanState.ACTIVE,
        col(PartRow.progress).not_in(tuple(CLOSED)),
    )


async def hand_over(session: AsyncSession, office_id: int, old: int, new: int) -> HandOver:
    """Return what `unit_changes.hand_over` would do now with a unit's open parts."""
    of_new = select(PartRow.occurrence_id, PartRow.progress).where(PartRow.unit_id == new)
    beside = dict((await session.exec(of_new)).all())
    moved, covered, waiting = [], [], []
    for part in await open_parts(session, office_id, old):
        theirs = beside.get(part.occurrence_id, Progress.DROPPED)
        if part.occurrence_id in beside and part.progress is Progress.AWAITING_CONFIRMATION:
            waiting.append(part)
        elif theirs is Progress.DROPPED:
            moved.append(part)
        else:
            covered.append(part)
    return HandOver(tuple(moved), tuple(covered), tuple(waiting))


async def chats_of(session: AsyncSession, unit_id: int) -> Sequence[str]:
    """Return the titles of the chats that serve a unit."""
    rows = await session.exec(
        select(ChatRow.title)
        .join(ChatBindingRow, col(ChatBindingRow.chat_id) == col(ChatRow.id))
        .where(ChatBindingRow.unit_id == unit_id)
        .order_by(col(ChatBindingRow.id))
    )
    return list(rows)
