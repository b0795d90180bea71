"""What the menus in people's apps should offer now: by role, stand-ins included, and language."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.rights import UNITS_CHAT, roles_of_members
from bot.domain.roles import ChatPurpose, Role
from storage import menus
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Menu:
    """One chat's menu; `locale` is the language chosen there, None where the app's counts.

    `purposes` is what a group is for; `roles` are then those of whom it is for.
    """

    roles: frozenset[Role]
    private: bool
    locale: str | None = None
    purposes: frozenset[ChatPurpose] = frozenset()


UNITS_MENU = Menu(roles_of_members(UNITS_CHAT), private=False, purposes=UNITS_CHAT)


async def wanted_menus(db: Database, now: dt.datetime) -> dict[int, Menu]:
    """Return the menu of each chat that has one of its own, by its Telegram id.

    Groups have the menu of a unit's group where they are not for anything else.
    """
    async with db.read() as session:
        people = await menus.private_menus(session, local_day(now))
        groups = await menus.group_menus(session)
    found = {account: Menu(roles, True, locale) for account, (locale, roles) in people.items()}
    for chat, (locale, purposes) in groups.items():
        menu = Menu(roles_of_members(purposes), False, locale, purposes)
        if menu != UNITS_MENU:
            found[chat] = menu
    return found
