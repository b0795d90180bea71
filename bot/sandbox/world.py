"""What exists in the sandbox: users, chats, messages, queries; and who is told of changes."""

import asyncio
import copy
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import MovableClock
from bot.sandbox.files import FileStore
from bot.sandbox.updates import Signal, UpdateQueue

Json = dict[str, Any]

GENERAL_TOPIC = 1
_FIRST_USER_ID = 5_000_000_001
_FIRST_GROUP_ID = -4_000_001
_FIRST_SUPERGROUP_ID = -1_002_000_000_001


class SandboxError(Exception):
    """Someone tried what no person could do in Telegram; `code` tells the page which sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class User:
    """A person; `started` once they pressed Start in the private chat."""

    id: int
    name: str
    language_code: str
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_json(self) -> Json:
        """Return the User object."""
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            body["username"] = self.username
        return {**body, "language_code": self.language_code}


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    is_deleted: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the user's), a group or a supergroup.

    `bot_status` is None where the bot has never been. `prompts` holds the keyboards that Telegram
    does not return with the message: forced replies and reply keyboards, by message id.
    """

    id: int
    type: str
    title: str
    members: dict[int, str]
    is_forum: bool = False
    bot_status: str | None = None
    migrated_to: int | None = None
    is_deleted: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    prompts: dict[int, Json] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    # The id 1 stands for the General topic, so that the first message is number 2.
    last_message_id: int = GENERAL_TOPIC

    def as_json(self) -> Json:
        """Return the Chat object."""
        body: Json = {"id": self.id, "type": self.type}
        body["first_name" if self.type == "private" else "title"] = self.title
        return {**body, "is_forum": True} if self.is_forum else body


@dataclass(slots=True)
class Query:
    """A button somebody pressed."""

    id: str
    chat_id: int
    user_id: int
    asked_at: dt.datetime
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a pressed button: a toast, or a dialog if `show_alert`."""

    query_id: str
    chat_id: int
    user_id: int
    text: str
    show_alert: bool
    url: str | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot; `status` is what it was told, None while it runs or if cut off."""

    number: int
    method: str
    params: Json
    at: dt.datetime
    status: int | None


class World:
    """The whole state of one sandbox; nothing in it awaits."""

    def __init__(self, bot_username: str, clock: MovableClock, first_update_id: int) -> None:
        self.bot: Json = {
            "id": 1,
            "is_bot": True,
            "first_name": "nhắc việc",
            "username": bot_username,
        }
        self.clock = clock
        self.changed = Signal()
        self.updates = UpdateQueue(self.changed, first_update_id)
        self.files = FileStore()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.answers: list[Answer] = []
        self.calls: list[Call] = []
        # Command menus by (scope as sorted items, language); descriptions by (kind, language).
        self.commands: dict[tuple[tuple[Any, ...], str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._last_private_message_id = 0

    def now(self) -> dt.datetime:
        """Return the sandbox's present, aware."""
        return self.clock.now()

    def timestamp(self) -> int:
        """Return the sandbox's present in whole Unix seconds, as messages carry it."""
        return int(self.now().timestamp())

    def add_user(self, name: str, language_code: str, username: str | None) -> User:
        """Add a person together with the private chat they may start."""
        user = User(_FIRST_USER_ID + len(self.users), name, language_code, username)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", name, {user.id: "member"})
        self.announce("chats")
        return user

    def add_chat(self, kind: str, title: str, members: dict[int, str], is_forum: bool) -> Chat:
        """Add a group or supergroup without the bot."""
        first = _FIRST_GROUP_ID if kind == "group" else _FIRST_SUPERGROUP_ID
        count = sum(chat.type == kind for chat in self.chats.values())
        chat = Chat(first - count, kind, title, dict(members), is_forum)
        self.chats[chat.id] = chat
        self.announce("chats")
        return chat

    def post(
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        thread_id: int | None = None,
        reply_to: Json | None = None,
        prompt: Json | None = None,
    ) -> Json:
        """Write a message into a chat and return the stored Message object itself."""
        message: Json = {
            "message_id": self.next_message_id(chat),
            "from": sender,
            "chat": chat.as_json(),
            "date": self.timestamp(),
        }
        if thread_id is not None:
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
            # In a topic, what answers nothing counts as an answer to the message that opened it.
            reply_to = reply_to or chat.messages.get(thread_id)
        if reply_to is not None:
            message["reply_to_message"] = {
                key: value for key, value in reply_to.items() if key != "reply_to_message"
            }
        message |= content
        chat.messages[message["message_id"]] = message
        if prompt is not None:
            chat.prompts[message["message_id"]] = prompt
        self.announce("message", chat_id=chat.id, message=self.shown(chat, message))
        return message

    def next_message_id(self, chat: Chat) -> int:
        """Return a fresh id: counted per supergroup, and together for all other chats."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_private_message_id += 1
        return self._last_private_message_id

    def shown(self, chat: Chat, message: Json) -> Json:
        """Return a copy of a message with what people see beyond the Message object.

        That is `prompt` (a forced reply or a reply keyboard), `reactions` and `is_pinned`.
        """
        number = message["message_id"]
        body = copy.deepcopy(message)
        if number in chat.prompts:
            body["prompt"] = chat.prompts[number]
        if chat.reactions.get(number):
            body["reactions"] = chat.reactions[number]
        if number in chat.pinned:
            body["is_pinned"] = True
        return body

    def changed_message(self, chat: Chat, message_id: int) -> None:
        """Tell all who watch that a message changed or went away."""
        message = chat.messages.get(message_id)
        if message is None:
            self.announce("deleted", chat_id=chat.id, message_id=message_id)
        else:
            self.announce("edited", chat_id=chat.id, message=self.shown(chat, message))

    def announce(self, kind: str, **details: Any) -> None:
        """Tell the pages and the waiting tests what happened."""
        for listener in self._listeners:
            listener.put_nowait({"kind": kind, **details})
        self.changed.notify()

    def listen(self) -> asyncio.Queue[Json | None]:
        """Return a queue of announcements; None in it means that the sandbox closes."""
        listener: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def stop_listening(self, listener: asyncio.Queue[Json | None]) -> None:
        """Forget a queue of announcements."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """End everything that waits for news."""
        self.updates.close()
        for listener in self._listeners:
            listener.put_nowait(None)
