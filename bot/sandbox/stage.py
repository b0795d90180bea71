"""The stage: what people do and see, the clock and the failures; all of it without a network."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from bot.sandbox import people
from bot.sandbox.clock import AFTERNOON, next_at, next_morning
from bot.sandbox.faults import Fault, Faults, RateLimits
from bot.sandbox.files import Upload
from bot.sandbox.menus import commands_for
from bot.sandbox.world import Answer, Call, Json, SandboxError, World

Found = TypeVar("Found")
# What is waited for comes at once; this long only where it never comes, or the machine is busy.
PATIENCE = dt.timedelta(seconds=30)


class Stage:
    """All that tests, the demo and the page can do; everything but waiting is immediate.

    `on_clock_moved`, if set, is awaited after each jump of the clock.
    """

    def __init__(self, world: World, token: str, days_off: Callable[[dt.date], bool]) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.limits = RateLimits(world.now)
        self.on_clock_moved: Callable[[], Awaitable[None]] | None = None
        self._days_off = days_off

    # People and chats

    def add_user(self, name: str, language_code: str = "vi", username: str | None = None) -> int:
        """Add a person who has not pressed Start; the id is also that of the private chat."""
        return self.world.add_user(name, language_code, username).id

    def add_group(
        self,
        title: str,
        member_ids: Sequence[int],
        topics: Iterable[str] = (),
        kind: str = "supergroup",
        administrator_ids: Iterable[int] = (),
    ) -> int:
        """Add a group without the bot; the first member owns it; `kind` may be "group".

        With `topics` it is a forum; `topics(chat_id)` tells their ids.
        """
        names = list(topics)
        members = dict.fromkeys(member_ids, "member")
        members |= dict.fromkeys(administrator_ids, "administrator")
        members[next(iter(members))] = "creator"
        chat = self.world.add_chat(kind, title, members, is_forum=bool(names))
        for name in names:
            people.add_topic(self.world, chat.id, name)
        return chat.id

    def topics(self, chat_id: int) -> Mapping[str, int]:
        """Return the ids of a forum's topics by name."""
        topics = people.get_chat(self.world, chat_id).topics.values()
        return {topic.name: topic.id for topic in topics if not topic.is_deleted}

    def add_topic(self, chat_id: int, name: str) -> int:
        """Open a topic and return its id."""
        return people.add_topic(self.world, chat_id, name)

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """Delete a topic with its messages."""
        people.delete_topic(self.world, chat_id, thread_id)

    def add_bot_to_group(
        self,
        chat_id: int,
        by: int | None = None,
        payload: str | None = None,
        admin: bool = False,
    ) -> None:
        """Put the bot into a group; as admin it is told everything that is said there."""
        people.add_bot(self.world, chat_id, by, payload, admin)

    def kick_bot(self, chat_id: int, by: int | None = None) -> None:
        """Remove the bot from a group."""
        people.kick_bot(self.world, chat_id, by)

    def set_member(self, chat_id: int, user_id: int, status: str = "member") -> None:
        """Let a person join, be promoted ("administrator"), leave ("left") or be "kicked"."""
        people.set_member(self.world, chat_id, user_id, status)

    def migrate(self, chat_id: int) -> int:
        """Turn a plain group into a supergroup and return its new id."""
        return people.migrate(self.world, chat_id)

    def delete_group(self, chat_id: int) -> None:
        """Delete a group for everybody."""
        people.get_chat(self.world, chat_id).is_deleted = True
        self.world.announce("chats")

    def block(self, user_id: int) -> None:
        """Let a person block the bot."""
        people.set_blocked(self.world, user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Let a person unblock the bot."""
        people.set_blocked(self.world, user_id, blocked=False)

    def deactivate(self, user_id: int) -> None:
        """Let a person's account disappear."""
        people.get_user(self.world, user_id).deactivated = True

    # What people do

    def press_start(self, user_id: int, payload: str | None = None) -> Json:
        """Press Start in the private chat, or open a t.me/bot?start=payload link."""
        return people.press_start(self.world, user_id, payload)

    def say(
        self,
        chat_id: int,
        user_id: int,
        text: str,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Write a text and return its Message; the bot is told if privacy mode lets it know."""
        if not text.strip():
            raise SandboxError("empty", "a message says something")
        content = {"text": text.strip()}
        return people.write(self.world, chat_id, user_id, content, reply_to, thread_id)

    def edit(self, chat_id: int, user_id: int, message_id: int, text: str) -> Json:
        """Change a text that the same person wrote."""
        return people.edit(self.world, chat_id, user_id, message_id, text)

    def press(
        self, chat_id: int, user_id: int, message_id: int, button: str, force: bool = False
    ) -> str:
        """Press a button, named by its data or its label, and return the id of the query.

        With `force`, `button` is data sent even if no such button shows any more.
        """
        if not force:
            return people.press(self.world, chat_id, user_id, message_id, button).id
        chat = people.get_chat(self.world, chat_id)
        user = people.get_user(self.world, user_id)
        message = people.get_message(chat, message_id)
        return people.ask(self.world, chat, user, message, button).id

    def send_file(
        self,
        chat_id: int,
        user_id: int,
        name: str,
        data: bytes,
        mime: str = "application/octet-stream",
        caption: str | None = None,
        media_group_id: str | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Send a file and return its Message."""
        stored = self.world.files.keep(Upload(name, mime, data))
        content = _captioned({"document": stored.as_document()}, caption, media_group_id)
        return people.write(self.world, chat_id, user_id, content, reply_to, thread_id)

    def send_photo(
        self,
        chat_id: int,
        user_id: int,
        data: bytes,
        caption: str | None = None,
        media_group_id: str | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Send a picture (PNG, JPEG or GIF) and return its Message."""
        stored = self.world.files.keep(Upload("photo.jpg", "image/jpeg", data), as_photo=True)
        content = _captioned({"photo": stored.as_photo()}, caption, media_group_id)
        return people.write(self.world, chat_id, user_id, content, reply_to, thread_id)

    # What they see

    def messages(self, chat_id: int, thread_id: int | None = None) -> list[Json]:
        """Return the messages of a chat, or of one of its topics, oldest first.

        Beyond the Message object they may have `prompt`, `reactions` and `is_pinned`.
        """
        chat = people.get_chat(self.world, chat_id)
        return [
            self.world.shown(chat, message)
            for message in chat.messages.values()
            if thread_id is None or message.get("message_thread_id") == thread_id
        ]

    @property
    def answers(self) -> list[Answer]:
        """What the bot answered to pressed buttons, oldest first."""
        return self.world.answers

    @property
    def calls(self) -> list[Call]:
        """Every request the bot made, oldest first."""
        return self.world.calls

    @property
    def pending_updates(self) -> list[Json]:
        """The updates that the bot has not confirmed."""
        return self.world.updates.pending

    def commands(self, chat_id: int, user_id: int) -> list[Json]:
        """Return the command menu that a person sees in a chat."""
        return commands_for(self.world, people.get_chat(self.world, chat_id), user_id)

    def file(self, file_id: str) -> bytes:
        """Return what is in a file."""
        return self.world.files.get(file_id).data

    async def wait_for(
        self, predicate: Callable[[], Found | None], within: dt.timedelta = PATIENCE
    ) -> Found:
        """Return the first true value of `predicate`, asked again whenever something happens.

        Raises TimeoutError, with the last calls in its text, when none came `within` real time.
        """
        try:
            found: Found = await self.world.changed.wait_for(predicate, within.total_seconds())
        except TimeoutError:
            recent = [(call.method, call.status) for call in self.calls[-8:]]
            raise TimeoutError(f"nothing came within {within}; last calls: {recent}") from None
        return found

    async def wait_for_message(
        self,
        chat_id: int,
        containing: str = "",
        after: int = 0,
        within: dt.timedelta = PATIENCE,
    ) -> Json:
        """Return the bot's first message with an id above `after` whose text or caption fits."""
        chat = people.get_chat(self.world, chat_id)

        def fitting() -> Json | None:
            messages = chat.messages.values()
            return next((one for one in messages if self._fits(one, containing, after)), None)

        return self.world.shown(chat, await self.wait_for(fitting, within))

    def _fits(self, message: Json, containing: str, after: int) -> bool:
        said = message.get("text") or message.get("caption", "")
        is_bots = message["from"]["id"] == self.world.bot["id"]
        return bool(is_bots and message["message_id"] > after and containing in said)

    async def wait_for_answer(self, query_id: str, within: dt.timedelta = PATIENCE) -> Answer:
        """Return what the bot answered to one pressed button."""
        return await self.wait_for(
            lambda: next((one for one in self.answers if one.query_id == query_id), None), within
        )

    def redeliver(self, update_id: int) -> None:
        """Hand out an update once more, though it was confirmed."""
        if update_id not in self.world.updates.history:
            raise SandboxError("no_update", f"there is no update {update_id}")
        self.world.updates.redeliver(update_id)

    # The clock

    def now(self) -> dt.datetime:
        """Return the sandbox's present: aware, in the office's zone."""
        return self.world.now()

    async def move_clock(self, to: dt.datetime) -> None:
        """Jump to a later instant and let the bot know at once, if it asked to."""
        if to.tzinfo is not None and to < self.now():
            raise SandboxError("clock_back", "the clock only moves forward")
        self.world.clock.move_to(to)
        self.world.announce("clock", now=self.now().isoformat())
        if self.on_clock_moved is not None:
            await self.on_clock_moved()

    async def move_clock_to_next(self, name: str) -> None:
        """Jump to the next working "morning" (07:31) or the next "afternoon" (13:31)."""
        if name == "morning":
            await self.move_clock(next_morning(self.now(), self._days_off))
        elif name == "afternoon":
            await self.move_clock(next_at(self.now(), AFTERNOON))
        else:
            raise SandboxError("bad_request", f"there is no next {name!r}")

    # Failures

    def fail(self, fault: Fault) -> None:
        """Let the next matching calls fail."""
        self.faults.add(fault)

    def fail_randomly(self, share: float, seed: int, kinds: list[Fault]) -> None:
        """Let a share of the matching calls fail, in a way drawn with this seed."""
        self.faults.fail_randomly(share, seed, kinds)

    def stop_failing(self) -> None:
        """Drop all failures to come."""
        self.faults.clear()

    def limit_rates(self, enabled: bool = True) -> None:
        """Switch Telegram's limits on writing on or off."""
        self.limits.enabled = enabled


def _captioned(content: Json, caption: str | None, media_group_id: str | None) -> Json:
    if caption:
        content = {**content, "caption": caption}
    if media_group_id:
        content = {**content, "media_group_id": media_group_id}
    return content
