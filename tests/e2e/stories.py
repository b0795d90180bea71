"""Stories told through the sandbox: who says and presses what, and what they read.

Everything that is said, pressed and answered is logged under `stories`: a test that fails shows
its conversation, and `pytest --log-cli-level=INFO -k vi` lets it be read aloud.
"""

import logging
from dataclasses import dataclass, field
from typing import Any

from bot.i18n import Translator, translator
from bot.sandbox import Sandbox
from tests.e2e.conftest import Office

logger = logging.getLogger("stories")


@dataclass(repr=False)
class Story:
    """What people say and press, by their names, and what they read, in one language."""

    here: Office
    locale: str
    _seen: dict[tuple[int, int], str] = field(default_factory=dict)
    _read: dict[int, int] = field(default_factory=dict)

    @property
    def tr(self) -> Translator:
        """The language that everybody is answered in."""
        return translator(self.locale)

    @property
    def sandbox(self) -> Sandbox:
        """Telegram's stand-in."""
        return self.here.sandbox

    def of(self, *, vi: str, en: str) -> str:
        """Return the words of the language at hand."""
        return {"vi": vi, "en": en}[self.locale]

    def expect(self, said: str, *, vi: str, en: str) -> None:
        """Check that the words of the language at hand stand in what was said."""
        words = self.of(vi=vi, en=en)
        assert words in said, f"{words!r} is not in:\n{said}"

    def add(self, *names: str) -> None:
        """Add people whom the office does not know yet."""
        for name in names:
            self.here.people[name] = self.sandbox.add_user(name, self.locale)

    def chat(self, name: str) -> int:
        """Return the id of a group, or of a person's private chat."""
        return self.here.chats.get(name) or self.here.people[name]

    async def say(
        self,
        who: str,
        words: str,
        to: str | None = None,
        *,
        answering: bool = False,
        topic: int | None = None,
    ) -> str:
        """Say something, to the bot or in a group; return all that the bot then wrote there.

        `answering`: as an answer to the newest message of the bot there.
        """
        chat = self.chat(to or who)
        answered = self._bots(chat)[-1]["message_id"] if answering else None
        said = self.sandbox.say(chat, self.here.people[who], words, answered, topic)
        await self.settle()
        new = [one for one in self._bots(chat) if one["message_id"] > said["message_id"]]
        if new:
            self._read[chat] = new[-1]["message_id"]
        return "\n".join(_text(one) for one in new)

    async def start(self, who: str, payload: str | None = None) -> str:
        """Press Start, or open a link that does; return what the bot then wrote."""
        said = self.sandbox.press_start(self.here.people[who], payload)
        await self.settle()
        new = [m for m in self._bots(self.chat(who)) if m["message_id"] > said["message_id"]]
        return "\n".join(_text(one) for one in new)

    async def press(self, who: str, label: str, to: str | None = None) -> str:
        """Press the newest button with these words in its label, case aside; return the notice."""
        return await self.answered(self.touch(who, label, to))

    async def answered(self, query: str) -> str:
        """Wait until a press is handled; return the notice."""
        await self.settle()
        notice = (await self.sandbox.wait_for_answer(query)).text
        if notice:
            logger.info("   💬 %s", notice)
        return notice or ""

    def touch(self, who: str, label: str, to: str | None = None) -> str:
        """Press a button without waiting; return the query to be answered."""
        chat = self.chat(to or who)
        message, data = self.button(to or who, label)
        self._read[chat] = message["message_id"]
        logger.info("── %s · 👆 [%s]", who, label)
        return self.sandbox.press(chat, self.here.people[who], message["message_id"], data)

    async def press_again(self, who: str, message: dict[str, Any], data: str) -> str:
        """Press a button of an old message, whether it still shows or not; return the notice."""
        chat, user = message["chat"]["id"], self.here.people[who]
        logger.info("── %s · 👆 %s", who, data)
        query = self.sandbox.press(chat, user, message["message_id"], data, force=True)
        return await self.answered(query)

    def button(self, chat: str, label: str) -> tuple[dict[str, Any], str]:
        """Return the newest message with such a button, and what the button sends."""
        for message in reversed(self._bots(self.chat(chat))):
            for one in _buttons(message):
                if label.lower() in one["text"].lower():
                    return message, one.get("callback_data") or one["url"]
        raise AssertionError(f"no button {label!r} in {chat}: {self.read(chat)}")

    def read(self, chat: str) -> str:
        """Return what stands in front of somebody: the newest answer, or what was pressed."""
        chat_id = self.chat(chat)
        found = [m for m in self._bots(chat_id) if m["message_id"] == self._read.get(chat_id)]
        newer = [m for m in self._bots(chat_id) if m["message_id"] > self._read.get(chat_id, 0)]
        return _text([*found, *newer][-1]) if found or newer else ""

    def told(self, chat: str, containing: str = "") -> str:
        """Return the newest message of the bot with these words in a chat, as it stands now."""
        found = [m for m in self._bots(self.chat(chat)) if containing in _text(m)]
        assert found, f"{chat} was not told {containing!r}: {self.heard(chat)}"
        return _text(found[-1])

    def file(self, chat: str) -> tuple[str, bytes]:
        """Return the name and the bytes of the newest file that the bot sent to a chat."""
        found = [m["document"] for m in self._bots(self.chat(chat)) if "document" in m]
        return found[-1]["file_name"], self.sandbox.file(found[-1]["file_id"])

    def heard(self, chat: str) -> str:
        """Return all that the bot has written in a chat, as it stands now."""
        return "\n".join(_text(one) for one in self._bots(self.chat(chat)))

    async def clock(self, day: str, time: str = "07:30") -> None:
        """Move the clock on; what is due by then is sent."""
        await self.here.clock(day, time)
        await self.settle()

    async def settle(self, *, quiet: bool = False) -> None:
        """Wait until all is handled and delivered, and log what is new."""
        await self.here.settled()
        await self.here.bot.ticker.tick()
        self._log(quiet=quiet)

    async def skip(self) -> None:
        """Leave what was sent so far out of the log."""
        await self.settle(quiet=True)

    def _bots(self, chat_id: int) -> list[dict[str, Any]]:
        bot_id = self.sandbox.world.bot["id"]
        return [m for m in self.sandbox.messages(chat_id) if m["from"]["id"] == bot_id]

    def _log(self, *, quiet: bool) -> None:
        level = logging.DEBUG if quiet else logging.INFO
        names = {chat: name for name, chat in (self.here.people | self.here.chats).items()}
        for chat_id, title in names.items():
            for message in self.sandbox.messages(chat_id):
                key, said = (chat_id, message["message_id"]), _text(message)
                if said and self._seen.get(key) != said:
                    mark = " ✎" if key in self._seen else ""
                    who = message["from"]["first_name"]
                    logger.log(level, "── %s · %s%s\n%s\n", title, who, mark, said)
                    self._seen[key] = said


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _text(message: dict[str, Any]) -> str:
    """Return what is read of a message: its words, its file and its buttons."""
    said = str(message.get("text") or message.get("caption") or "")
    if "document" in message:
        said = f"{said}\n📄 {message['document']['file_name']}"
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "\n".join(" ".join(f"[{button['text']}]" for button in row) for row in rows)
    return f"{said}\n{keys}".strip()
