"""People, the roles they hold, invitations, and the questions they were asked."""

import datetime as dt
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import ChatPurpose, Grant, Role
from storage.models import DialogRow, GrantRow, InviteRow, InviteTryRow, PersonRow
from storage.rows import Dialog, Person, identity
from storage.upsert import insert_into


def _person(row: PersonRow) -> Person:
    return Person(identity(row.id), row.office_id, row.telegram_id, row.name, row.locale)


async def people_of_account(session: AsyncSession, telegram_id: int) -> list[Person]:
    """Return who this Telegram account is, one entry per office."""
    rows = await session.exec(
        select(PersonRow).where(PersonRow.telegram_id == telegram_id).order_by("id")
    )
    return [_person(row) for row in rows]


async def put_person(
    session: AsyncSession, office_id: int, telegram_id: int, name: str, now: dt.datetime
) -> int:
    """Return the person's id, adding the person if new."""
    row = (
        await session.exec(
            select(PersonRow).where(
                PersonRow.office_id == office_id, PersonRow.telegram_id == telegram_id
            )
        )
    ).first()
    if row is None:
        row = PersonRow(office_id=office_id, telegram_id=telegram_id, name=name, created_at=now)
        session.add(row)
        await session.flush()
    return identity(row.id)


def in_force(today: dt.date) -> tuple[Any, Any]:
    """Return the conditions that a role is held on a local day."""
    return (
        or_(col(GrantRow.valid_from).is_(None), col(GrantRow.valid_from) <= today),
        or_(col(GrantRow.valid_to).is_(None), col(GrantRow.valid_to) >= today),
    )


async def grants_of(session: AsyncSession, person_id: int, today: dt.date) -> tuple[Grant, ...]:
    """Return the roles a person holds on the local day `today`."""
    rows = await session.exec(
        select(GrantRow).where(GrantRow.person_id == person_id, *in_force(today)).order_by("id")
    )
    return tuple(Grant(row.role, row.unit_id) for row in rows)


async def holders(
    session: AsyncSession,
    office_id: int,
    roles: tuple[Role, ...],
    today: dt.date,
    *,
    unit_id: int | None = None,
) -> list[Person]:
    """Return who holds one of `roles` (for `unit_id`, when given) on the local day `today`."""
    statement = (
        select(PersonRow)
        .join(GrantRow, col(GrantRow.person_id) == col(PersonRow.id))
        .where(GrantRow.office_id == office_id, col(GrantRow.role).in_(roles), *in_force(today))
        .order_by("id")
        .distinct()
    )
    if unit_id is not None:
        statement = statement.where(GrantRow.unit_id == unit_id)
    return [_person(row) for row in await session.exec(statement)]


async def holders_by_unit(
    session: AsyncSession, office_id: int, role: Role, today: dt.date
) -> dict[int, list[Person]]:
    """Return who holds a role on the local day `today`, by the unit it is held for, each once."""
    rows = await session.exec(
        select(GrantRow.unit_id, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(GrantRow.person_id))
        .where(
            GrantRow.office_id == office_id,
            GrantRow.role == role,
            col(GrantRow.unit_id).is_not(None),
            *in_force(today),
        )
        .order_by(col(PersonRow.id))
    )
    found: dict[int, dict[int, Person]] = {}
    for unit_id, row in rows:
        found.setdefault(identity(unit_id), {})[identity(row.id)] = _person(row)
    return {unit_id: list(persons.values()) for unit_id, persons in found.items()}


async def supervisors(
    session: AsyncSession, office_id: int, unit_id: int, today: dt.date
) -> list[Person]:
    """Return the leaders who supervise (phụ trách) a unit on the local day `today`.

    Those who stand in for them then are among them; none where nobody was named.
    """
    return (await holders_by_unit(session, office_id, Role.LEADER, today)).get(unit_id, [])


async def directors(session: AsyncSession, office_id: int, today: dt.date) -> list[Person]:
    """Return the Giám đốc on the local day `today`, and whoever stands in for them then."""
    rows = await session.exec(
        select(PersonRow)
        .join(GrantRow, col(GrantRow.person_id) == col(PersonRow.id))
        .where(
            GrantRow.office_id == office_id,
            GrantRow.role == Role.LEADER,
            col(GrantRow.director).is_(True),
            *in_force(today),
        )
        .order_by("id")
        .distinct()
    )
    return [_person(row) for row in rows]


async def add_invite(
    session: AsyncSession,
    office_id: int,
    code_hash: str,
    *,
    role: Role | None,
    purpose: ChatPurpose | None,
    unit_id: int | None,
    now: dt.datetime,
    expires_at: dt.datetime,
    created_by: int | None = None,
) -> int:
    """Store an invitation by its code's hash and return its id."""
    row = InviteRow(
        office_id=office_id,
        code_hash=code_hash,
        role=role,
        purpose=purpose,
        unit_id=unit_id,
        created_at=now,
        expires_at=expires_at,
        created_by=created_by,
    )
    session.add(row)
    await session.flush()
    return identity(row.id)


async def find_invite(
    session: AsyncSession, code_hash: str, now: dt.datetime
) -> tuple[int, int, Role | None, ChatPurpose | None, int | None] | None:
    """Return (id, office, role, purpose, unit) of an unused, unexpired invitation."""
    row = (
        await session.exec(
            select(InviteRow).where(
                InviteRow.code_hash == code_hash,
                col(InviteRow.used_at).is_(None),
                InviteRow.expires_at > now,
            )
        )
    ).first()
    if row is None:
        return None
    return identity(row.id), row.office_id, row.role, row.purpose, row.unit_id


async def use_invite(session: AsyncSession, invite_id: int, now: dt.datetime) -> None:
    """Mark an invitation as used."""
    row = await session.get_one(InviteRow, invite_id)
    row.used_at = now
    session.add(row)
    await session.flush()


async def failed_tries(session: AsyncSession, telegram_id: int, since: dt.datetime) -> int:
    """Return how many wrong codes an account has tried since `since`."""
    row = await session.get(InviteTryRow, telegram_id)
    return row.failures if row is not None and row.since > since else 0


async def record_failed_try(
    session: AsyncSession, telegram_id: int, failures: int, now: dt.datetime
) -> None:
    """Record that `failures` wrong codes in a row were tried, the last at `now`."""
    values = {"failures": failures, "since": now}
    statement = insert_into(session, InviteTryRow).values(telegram_id=telegram_id, **values)
    await session.exec(
        statement.on_conflict_do_update(index_elements=["telegram_id"], set_=values)
    )


async def put_dialog(
    session: AsyncSession,
    office_id: int,
    person_id: int,
    address: tuple[int, int],
    question: str,
    subject_id: int,
    *,
    now: dt.datetime,
    expires_at: dt.datetime,
    value: dict[str, object] | None = None,
) -> None:
    """Remember a question asked of a person at `address` (chat, topic), replacing an older one."""
    await drop_dialog(session, person_id, address)
    session.add(
        DialogRow(
            office_id=office_id,
            telegram_chat_id=address[0],
            thread_id=address[1],
            person_id=person_id,
            question=question,
            subject_id=subject_id,
            asked_at=now,
            expires_at=expires_at,
            value=value or {},
        )
    )
    await session.flush()


async def find_dialog(
    session: AsyncSession, person_id: int, address: tuple[int, int], now: dt.datetime
) -> Dialog | None:
    """Return the question a person still has to answer at `address`."""
    row = (
        await session.exec(
            select(DialogRow).where(
                DialogRow.person_id == person_id,
                DialogRow.telegram_chat_id == address[0],
                DialogRow.thread_id == address[1],
                DialogRow.expires_at > now,
            )
        )
    ).first()
    if row is None:
        return None
    return Dialog(
        identity(row.id), row.office_id, person_id, row.question, row.subject_id, row.value
    )


async def drop_dialog(session: AsyncSession, person_id: int, address: tuple[int, int]) -> None:
    """Forget the question asked of a person at `address`."""
    await session.exec(
        delete(DialogRow).where(
            col(DialogRow.person_id) == person_id,
            col(DialogRow.telegram_chat_id) == address[0],
            col(DialogRow.thread_id) == address[1],
        )
    )


async def snooze(session: AsyncSession, person_id: int, until: dt.datetime) -> dt.datetime | None:
    """Leave a person in peace until an instant; return until when it was before."""
    before = (
        await session.exec(select(PersonRow.snoozed_until).where(PersonRow.id == person_id))
    ).first()
    await session.exec(
        update(PersonRow).where(col(PersonRow.id) == person_id).values(snoozed_until=until)
    )
    return before
