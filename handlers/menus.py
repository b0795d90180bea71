"""The menus in people's apps, from the table of commands: they differ by role and language."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.domain.roles import Role
from bot.i18n import Translators
from handlers.commands import Command, offered

LANGUAGES = ("vi", "en")
NO_ROLES: frozenset[Role] = frozenset()
logger = logging.getLogger(__name__)


async def set_menus(bot: Bot, translators: Translators) -> None:
    """Set the menus of everybody: in private what a member of staff may do, and in groups.

    Vietnamese for everybody, English for apps in English.
    """
    staff = offered(frozenset({Role.STAFF}), private=True)
    await _set(bot, translators, BotCommandScopeDefault(), staff)
    group = offered(NO_ROLES, private=False)
    await _set(bot, translators, BotCommandScopeAllGroupChats(), group)


async def set_own_menu(
    bot: Bot, translators: Translators, account: int, roles: frozenset[Role]
) -> None:
    """Set the menu of one person's private chat to what their roles allow now.

    A chat that cannot be reached keeps the menu it has: rights are checked at every act.
    """
    try:
        commands = offered(roles, private=True)
        await _set(bot, translators, BotCommandScopeChat(account), commands)
    except (BadRequest, Forbidden) as error:
        logger.info("could not set a menu: %s", error.message)


async def _set(
    bot: Bot, translators: Translators, scope: BotCommandScope, commands: tuple[Command, ...]
) -> None:
    for language in LANGUAGES:
        tr = translators(language)
        words = [BotCommand(command.name, tr(command.description)) for command in commands]
        code = None if language == "vi" else language
        await bot.set_my_commands(words, scope=scope, language_code=code)
