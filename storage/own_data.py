"""What is stored about one person, counted; and how it is erased."""

import datetime as dt
from typing import Any

from sqlmodel import col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from storage.audit import Act
from storage.audit_rows import recording
from storage.models import (
    AuditRow,
    CardMessageRow,
    ChatRow,
    DialogRow,
    DifficultyRow,
    EvidenceRow,
    ExtensionRow,
    GrantRow,
    InviteTryRow,
    PartRow,
    PersonRow,
    ReportDraftRow,
    ReportRow,
)
from storage.rows import Person, identity


async def find_person(session: AsyncSession, office_id: int, person_id: int) -> Person | None:
    """Return a person of the office who was not erased."""
    row = await session.get(PersonRow, person_id)
    if row is None or row.office_id != office_id or row.erased_at is not None:
        return None
    return Person(identity(row.id), row.office_id, row.telegram_id, row.name, row.locale)


async def unneeded(
    session: AsyncSession, office_id: int, today: dt.date, before: dt.date
) -> list[Person]:
    """Return who has no role now or to come, and whose last one ended before the day `before`.

    Whoever never had one counts from the day of registration.
    """
    needed = select(GrantRow.person_id).where(
        or_(col(GrantRow.valid_to).is_(None), col(GrantRow.valid_to) >= today)
    )
    rows = await session.exec(
        select(PersonRow, func.max(GrantRow.valid_to))
        .outerjoin(GrantRow, col(GrantRow.person_id) == col(PersonRow.id))
        .where(
            PersonRow.office_id == office_id,
            col(PersonRow.erased_at).is_(None),
            col(PersonRow.id).not_in(needed),
        )
        .group_by(col(PersonRow.id))
    )
    return [
        Person(identity(row.id), row.office_id, row.telegram_id, row.name, row.locale)
        for row, last in rows
        if (last or local_day(row.created_at)) < before
    ]


async def joined_at(session: AsyncSession, person_id: int) -> dt.datetime:
    """Return when a person was registered."""
    row = await session.get(PersonRow, person_id)
    assert row is not None  # who asks is registered
    return row.created_at


async def counts(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Return how many rows of each kind point to a person, by a short English name."""
    kinds: dict[str, Any] = {
        "reports": (ReportRow, ReportRow.person_id == person_id),
        "decisions": (ReportRow, ReportRow.decided_by == person_id),
        "evidence": (EvidenceRow, EvidenceRow.person_id == person_id),
        "extensions": (ExtensionRow, ExtensionRow.requested_by == person_id),
        "difficulties": (DifficultyRow, DifficultyRow.person_id == person_id),
    }
    found = {}
    for name, (table, condition) in kinds.items():
        statement = select(func.count()).select_from(table).where(condition)
        found[name] = (await session.exec(statement)).one()
    # An act has an entry for each row that it changed.
    acts = select(AuditRow.at, AuditRow.act).where(AuditRow.person_id == person_id).distinct()
    counted = select(func.count()).select_from(acts.subquery())
    found["acts"] = (await session.exec(counted)).one()
    return found


async def erase(session: AsyncSession, act: Act, name: str, person: Person) -> None:
    """Erase a person, and record each row that it changes.

    The row stays, without name and account, for what points to it. The private chat stays as a
    row without an address, for the ledger of what was sent there.
    """
    async with recording(session, act, name):
        await _forget_roles(session, person)
        await _forget_parts(session, person)
        await _forget_chat(session, person)
        row = await session.get_one(PersonRow, person.id)
        row.name, row.telegram_id, row.locale = "", -person.id, None
        row.erased_at, row.snoozed_until = act.now, None
        session.add(row)
    # What nobody follows in the record: questions, codes tried, messages shown to the account.
    await session.exec(delete(DialogRow).where(col(DialogRow.person_id) == person.id))
    await session.exec(
        delete(InviteTryRow).where(col(InviteTryRow.telegram_id) == person.telegram_id)
    )
    for draft in await session.exec(
        select(ReportDraftRow).where(col(ReportDraftRow.panel).is_not(None))
    ):
        if person.telegram_id in (draft.panel or {}).values():
            draft.panel = None
            session.add(draft)
    await session.exec(
        delete(CardMessageRow).where(
            or_(
                col(CardMessageRow.telegram_id) == person.telegram_id,
                col(CardMessageRow.telegram_chat_id) == person.telegram_id,
            )
        )
    )


async def _forget_roles(session: AsyncSession, person: Person) -> None:
    for grant in await session.exec(select(GrantRow).where(GrantRow.person_id == person.id)):
        await session.delete(grant)
    for lent in await session.exec(select(GrantRow).where(GrantRow.stands_in_for == person.id)):
        lent.stands_in_for = None
        session.add(lent)


async def _forget_parts(session: AsyncSession, person: Person) -> None:
    for part in await session.exec(select(PartRow).where(PartRow.assignee_id == person.id)):
        part.assignee_id = None
        session.add(part)


async def _forget_chat(session: AsyncSession, person: Person) -> None:
    chats = await session.exec(
        select(ChatRow).where(
            ChatRow.office_id == person.office_id,
            or_(
                col(ChatRow.person_id) == person.id,
                col(ChatRow.telegram_id) == person.telegram_id,
            ),
        )
    )
    for chat in chats.all():
        # An account's number is positive, a group's negative and long: this is neither.
        chat.telegram_id, chat.title, chat.active = -identity(chat.id), "", False
        chat.person_id, chat.lost_reason, chat.locale = None, "erased", None
        session.add(chat)
    await session.flush()
