"""What the menus in people's apps should offer now: by role, stand-ins included, and language."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.roles import Role
from storage import menus
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Menu:
    """One chat's menu; `locale` is the language chosen there, None where the app's counts."""

    roles: frozenset[Role]
    private: bool
    locale: str | None = None


async def wanted_menus(db: Database, now: dt.datetime) -> dict[int, Menu]:
    """Return the menu of each chat that has one of its own, by its Telegram id."""
    async with db.read() as session:
        people = await menus.private_menus(session, local_day(now))
        groups = await menus.group_languages(session)
    found = {account: Menu(roles, True, locale) for account, (locale, roles) in people.items()}
    return found | {chat: Menu(frozenset(), False, locale) for chat, locale in groups.items()}
