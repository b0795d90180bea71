"""The menus in people's apps, from the table of commands: they differ by role and language.

One loop sets them, apart from everything else: Telegram can refuse this for hours, and no answer
and no reminder waits for it. A menu that is behind does no harm, as rights are checked at every
act.
"""

import asyncio
import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.domain.errors import DatabaseTrouble
from bot.domain.roles import Role
from bot.i18n import Translators
from bot.services import Database
from bot.services.menus import UNITS_MENU, Menu, wanted_menus
from handlers.commands import Command, offered
from handlers.sender import seconds_of

LANGUAGES = ("vi", "en")
# Roles begin and end at midnight, lent ones too; what an update changes is looked at soon.
EVERY_SECONDS, LEAST_SECONDS = 60.0, 1.0
logger = logging.getLogger(__name__)


class MenuKeeper:
    """Keeps each chat's menu as it should be; what was set last is known while the bot runs."""

    def __init__(self, db: Database, bot: Bot, translators: Translators, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._translators = translators
        self._clock = clock
        self._set: dict[int, Menu] = {}
        self._everybody = False
        self._asked = asyncio.Event()

    def nudge(self) -> None:
        """Look soon: an update may have changed roles or languages."""
        self._asked.set()

    async def for_ever(self) -> None:
        """Set the menus that are behind, at the start and whenever something changed.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        while True:
            self._asked.clear()
            try:
                await self.refresh()
            except DatabaseTrouble as trouble:
                logger.warning("menus: %s", trouble.reason)
            try:
                await asyncio.wait_for(self._asked.wait(), EVERY_SECONDS)
            except TimeoutError:
                continue
            await asyncio.sleep(LEAST_SECONDS)  # many updates at once are looked at once

    async def refresh(self) -> None:
        """Set what is behind; what Telegram refuses now is tried again at the next look.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        wanted = await wanted_menus(self._db, self._clock())
        try:
            if not self._everybody:
                await set_menus(self._bot, self._translators)
                self._everybody = True
            for chat in self._set.keys() - wanted.keys():
                await self._drop(chat)
            for chat, menu in wanted.items():
                if self._set.get(chat) != menu:
                    await self._put(chat, menu)
        except InvalidToken:
            raise
        except RetryAfter as error:
            logger.warning("menus have to wait")
            await asyncio.sleep(seconds_of(error).total_seconds())
            self.nudge()
        except TelegramError as error:
            logger.warning("could not set the menus: %s", type(error.__cause__ or error))

    async def _put(self, chat: int, menu: Menu) -> None:
        """Set one chat's menu; a chat that cannot be reached keeps the one it has."""
        commands = offered(menu.roles, private=menu.private, purposes=menu.purposes)
        try:
            await _set(
                self._bot, self._translators, BotCommandScopeChat(chat), commands, menu.locale
            )
        except (BadRequest, Forbidden) as error:
            logger.info("could not set a menu: %s", error.message)
        self._set[chat] = menu

    async def _drop(self, chat: int) -> None:
        """Leave a chat with the menu of everybody: its person was erased, or it left."""
        try:
            for code in _codes():
                await self._bot.delete_my_commands(BotCommandScopeChat(chat), code)
        except (BadRequest, Forbidden) as error:
            logger.info("could not take a menu away: %s", error.message)
        del self._set[chat]


async def set_menus(bot: Bot, translators: Translators) -> None:
    """Set the menus of everybody: in private what a member of staff may do, in groups a unit's.

    Vietnamese for everybody, English for apps in English.
    """
    staff = offered(frozenset({Role.STAFF}), private=True)
    await _set(bot, translators, BotCommandScopeDefault(), staff)
    group = offered(UNITS_MENU.roles, private=False, purposes=UNITS_MENU.purposes)
    await _set(bot, translators, BotCommandScopeAllGroupChats(), group)


def _codes() -> tuple[str | None, ...]:
    """Return the languages of apps that Telegram tells apart; None is every other one."""
    return tuple(None if language == "vi" else language for language in LANGUAGES)


async def _set(
    bot: Bot,
    translators: Translators,
    scope: BotCommandScope,
    commands: tuple[Command, ...],
    chosen: str | None = None,
) -> None:
    """Set a menu for each language of apps; in the `chosen` language where there is one."""
    for language, code in zip(LANGUAGES, _codes(), strict=True):
        tr = translators(chosen or language)
        words = [BotCommand(command.name, tr(command.description)) for command in commands]
        await bot.set_my_commands(words, scope=scope, language_code=code)
