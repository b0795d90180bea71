"""A scripted morning, played through the real bot and printed as a conversation."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo import sample
from bot.demo.sample import ScriptLine
from bot.demo.stage import Stage, staged

DAY = dt.date(2026, 4, 24)

Print = Callable[[str], None]


async def play(say: Print) -> None:
    """Play the script on its fixed date and print every message as it comes."""
    with TemporaryDirectory() as folder:
        async with staged(DAY, Path(folder)) as stage:
            reader = _Reader(stage, say)
            await settle(stage)
            reader.skip_registration()
            reader.print_new()
            for line in sample.script():
                reader.print_press(line)
                await _do(stage, line)
                await settle(stage)
                reader.print_new(first=stage.chats.get(line.chat))


async def settle(stage: Stage) -> None:
    """Wait until the bot has answered everything it was told and sent everything it owes."""
    await stage.sandbox.wait_for(lambda: not stage.sandbox.pending_updates)
    await stage.bot.handling.idle.wait()
    await stage.bot.ticker.tick()


async def _do(stage: Stage, line: ScriptLine) -> None:
    sandbox = stage.sandbox
    if line.act == "morning":
        await sandbox.move_clock_to_next("morning")
        return
    chat_id, user_id = stage.chats[line.chat], stage.users[line.who]
    if line.act == "press":
        message = _last(stage, chat_id, lambda m: _shows(m, line.text))
        sandbox.press(chat_id, user_id, message["message_id"], line.text)
    elif line.act == "answer":
        asked = _last(stage, chat_id, lambda m: "force_reply" in m.get("prompt", {}))
        sandbox.say(chat_id, user_id, line.text, reply_to=asked["message_id"])
    else:
        sandbox.say(chat_id, user_id, line.text)


def _last(stage: Stage, chat_id: int, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    return next(m for m in reversed(stage.sandbox.messages(chat_id)) if fits(m))


def _shows(message: dict[str, Any], label: str) -> bool:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return any(button["text"] == label for row in rows for button in row)


class _Reader:
    """Prints what is new in any chat, each message once and again when it changes."""

    def __init__(self, stage: Stage, say: Print) -> None:
        self._stage = stage
        self._say = say
        self._seen: dict[tuple[int, int], str] = {}
        self._titles = {stage.chats[g.key]: g.title for g in sample.groups()}
        self._titles |= {stage.users[p.key]: p.name for p in sample.people()}

    def skip_registration(self) -> None:
        """Leave out what was said before the demo opens."""
        opened = self._stage.sandbox.now().timestamp() - 60
        for chat_id in self._titles:
            for message in self._stage.sandbox.messages(chat_id):
                if message["date"] < opened:
                    self._seen[chat_id, message["message_id"]] = _text(message)

    def print_press(self, line: ScriptLine) -> None:
        """Print who presses which button: no message tells."""
        if line.act == "press":
            title, who = self._titles[self._stage.chats[line.chat]], self._stage.users[line.who]
            self._print_said(
                self._stage.sandbox.now(), title, self._titles[who], f"👆 [{line.text}]"
            )

    def print_new(self, first: int | None = None) -> None:
        """Print what was said or changed since the last call, in the chat `first` before others.

        Causes are then read before what follows from them elsewhere.
        """
        for chat_id, title in sorted(self._titles.items(), key=lambda chat: chat[0] != first):
            for message in self._stage.sandbox.messages(chat_id):
                key, text = (chat_id, message["message_id"]), _text(message)
                if text and self._seen.get(key) != text:
                    self._print(title, message, text, changed=key in self._seen)
                    self._seen[key] = text

    def _print(self, title: str, message: dict[str, Any], text: str, *, changed: bool) -> None:
        zone = self._stage.sandbox.now().tzinfo
        at = dt.datetime.fromtimestamp(message.get("edit_date") or message["date"], zone)
        mark = " ✎" if changed else ""
        self._print_said(at, title, f"{message['from']['first_name']}{mark}", text)

    def _print_said(self, at: dt.datetime, title: str, who: str, text: str) -> None:
        self._say(f"── {at.day}/{at.month} {at:%H:%M} · {title} · {who}")
        for line in text.split("\n"):
            self._say(f"   {line}".rstrip())
        self._say("")


def _text(message: dict[str, Any]) -> str:
    said = str(message.get("text") or message.get("caption") or "")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "\n".join(" ".join(f"[{button['text']}]" for button in row) for row in rows)
    return f"{said}\n{keys}" if keys else said
