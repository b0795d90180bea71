"""The menus in people's apps, from the table of commands."""

from telegram import Bot, BotCommand

from bot.i18n import Translators
from handlers.commands import COMMANDS

LANGUAGES = ("vi", "en")


async def set_menus(bot: Bot, translators: Translators) -> None:
    """Set the menu: Vietnamese for everybody, English for apps in English."""
    for language in LANGUAGES:
        tr = translators(language)
        commands = [
            BotCommand(command.name, tr(command.description))
            for command in COMMANDS
            if command.in_menu
        ]
        await bot.set_my_commands(commands, language_code=None if language == "vi" else language)
