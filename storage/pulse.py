"""Whether anything changed that an office's reminders rest on, at the price of a few reads."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, text
from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AuditRow, ChatBindingRow, ChatRow, OutboxRow, ReportRow

# In the words of the partial index: a bound value would not say that it fits.
_FAILED = text("outbox.state = 'failed'")


@dataclass(frozen=True, slots=True)
class Pulse:
    """Counts that grow or change with whatever matters; equal pulses: nothing has changed."""

    last_audit: int
    active_chats: int
    last_chat: int
    bindings: int
    last_report: int
    undelivered: int


async def of_office(session: AsyncSession, office_id: int) -> Pulse:
    """Return an office's pulse.

    Every act leaves an entry in the audit; messages that failed since are owed elsewhere.
    """
    statement: Any = sa_select(
        select(func.max(col(AuditRow.id)))
        .where(AuditRow.office_id == office_id)
        .scalar_subquery(),
        select(func.count())
        .where(ChatRow.office_id == office_id, col(ChatRow.active).is_(True))
        .scalar_subquery(),
        select(func.max(col(ChatRow.id))).where(ChatRow.office_id == office_id).scalar_subquery(),
        select(func.count()).where(ChatBindingRow.office_id == office_id).scalar_subquery(),
        select(func.max(col(ReportRow.id)))
        .where(ReportRow.office_id == office_id)
        .scalar_subquery(),
        select(func.max(col(OutboxRow.id)))
        .where(OutboxRow.office_id == office_id, _FAILED)
        .scalar_subquery(),
    )
    row = (await session.exec(statement)).one()
    return Pulse(*(int(value or 0) for value in row))
