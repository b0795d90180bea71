"""Whose app shows which commands: private chats with the roles held, groups with their purpose."""

import datetime as dt

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roles import ChatPurpose, Role
from storage.models import ChatBindingRow, ChatRow, GrantRow, PersonRow
from storage.people import in_force


async def private_menus(
    session: AsyncSession, today: dt.date
) -> dict[int, tuple[str | None, frozenset[Role]]]:
    """Return (language chosen, roles held today) by account; the office joined first counts."""
    persons = await session.exec(
        select(PersonRow.id, PersonRow.telegram_id, PersonRow.locale)
        .where(col(PersonRow.erased_at).is_(None))
        .order_by(col(PersonRow.id).desc())
    )
    known = {account: (person_id, locale) for person_id, account, locale in persons}
    roles: dict[int, set[Role]] = {}
    held = select(GrantRow.person_id, GrantRow.role).where(*in_force(today))
    for person_id, role in await session.exec(held):
        roles.setdefault(person_id, set()).add(Role(role))
    return {
        account: (locale, frozenset(roles.get(person_id or 0, ())))
        for account, (person_id, locale) in known.items()
    }


async def group_menus(
    session: AsyncSession,
) -> dict[int, tuple[str | None, frozenset[ChatPurpose]]]:
    """Return (language chosen, what it is for) of each group in use, by its Telegram id.

    Topics of a group share one menu: it is for all they are for, and goes by the language that
    was chosen for the group itself.
    """
    rows = await session.exec(
        select(ChatRow.telegram_id, ChatRow.thread_id, ChatRow.locale, ChatBindingRow.purpose)
        .join(ChatBindingRow, col(ChatBindingRow.chat_id) == col(ChatRow.id))
        .where(col(ChatRow.person_id).is_(None), col(ChatRow.active).is_(True))
    )
    locales: dict[int, str] = {}
    purposes: dict[int, set[ChatPurpose]] = {}
    for chat, thread, locale, purpose in rows:
        purposes.setdefault(chat, set()).add(ChatPurpose(purpose))
        if locale and not thread:
            locales[chat] = locale
    return {chat: (locales.get(chat), frozenset(found)) for chat, found in purposes.items()}
