"""What every handler is given: services, the clock, and a translator for the chat at hand."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from telegram import Chat, Message, Update, User
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.clock import Clock
from bot.i18n import Translator, Translators
from bot.services import Database, dialogs
from bot.services.actor import Actor
from bot.services.files import FileStore

NOBODY = User(id=0, first_name="", is_bot=False)


@dataclass
class BotData:
    """Wired once by the composition root.

    `unanswered` holds updates whose answer failed, and how long Telegram asks to wait with it.
    `unwritten` holds those that could not act because of the database, and why. `following`
    holds what keeps a message up to date beside the updates. `albums` holds by chat the album that
    was answered last: a courtesy, its other pieces are not answered each.
    """

    db: Database = field(init=False)
    clock: Clock = field(init=False)
    translators: Translators = field(init=False)
    files: FileStore = field(init=False)
    unanswered: dict[int, dt.timedelta] = field(default_factory=dict)
    unwritten: dict[int, str] = field(default_factory=dict)
    following: set[asyncio.Task[None]] = field(default_factory=set)
    albums: dict[int, str] = field(default_factory=dict)


Nothing = dict[Any, Any]


class BotContext(CallbackContext[ExtBot[None], Nothing, Nothing, BotData]):
    """The context of one update."""

    @property
    def db(self) -> Database:
        """The database, handed on to services."""
        return self.bot_data.db

    @property
    def files(self) -> FileStore:
        """The files kept as evidence."""
        return self.bot_data.files

    def now(self) -> dt.datetime:
        """Return the present instant, aware UTC."""
        return self.bot_data.clock()

    async def tr(self, actor: Actor) -> Translator:
        """Return the translator of the language to answer in."""
        return self.bot_data.translators(await dialogs.language(self.db, actor))

    @property
    def words(self) -> str:
        """What stands after the command, white space single."""
        return " ".join(self.args or ())

    def behind_first_word(self, update: Update) -> str:
        """Return what stands after the command and its first word, lines kept as they are.

        A mark of secrecy is known by standing alone on its line.
        """
        message = update.effective_message
        text = (message.text or message.caption or "") if isinstance(message, Message) else ""
        return "".join(text.split(maxsplit=2)[2:])


BotApplication = Application[ExtBot[None], BotContext, Nothing, Nothing, BotData, None]
CONTEXT_TYPES = ContextTypes(context=BotContext, bot_data=BotData)


def actor_of(update: Update) -> Actor:
    """Return who speaks where; the one place that narrows what an update may lack."""
    user = update.effective_user or NOBODY
    chat = update.effective_chat
    assert chat is not None  # only messages and button presses in chats reach the handlers
    message = update.effective_message
    in_topic = isinstance(message, Message) and bool(message.is_topic_message)
    return Actor(
        telegram_id=user.id,
        name=user.full_name,
        chat_id=chat.id,
        thread_id=(message.message_thread_id or 0) if in_topic and message else 0,
        private=chat.type == Chat.PRIVATE,
        chat_title=chat.title or "",
        update_id=update.update_id,
        language=user.language_code or "",
    )
