"""The whole application without a network: people speak, and what the bot calls is recorded."""

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from telegram import Update
from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest, RequestData

import handlers
from bot.clock import Clock
from bot.i18n import translator
from bot.services.files import FileStore
from handlers.context import CONTEXT_TYPES, BotApplication
from storage.db import Database
from tests.builders import ACCOUNTS, GROUPS, chat_of

BOT = {"id": 1, "is_bot": True, "first_name": "Nhắc việc", "username": "nhacviec_bot"}
ALLOWED = {
    "getMe",
    "sendMessage",
    "editMessageReplyMarkup",
    "editMessageText",
    "answerCallbackQuery",
    "setMyCommands",
    "deleteMyCommands",
    "sendDocument",
    "sendPhoto",
    "sendMediaGroup",
    "getFile",
}

Call = tuple[str, dict[str, Any]]


class RecordingRequest(BaseRequest):
    """Answers like Telegram, keeps every call, and fails on methods nobody expects."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self.files: list[tuple[str, bytes]] = []
        self.kept: dict[str, bytes] = {}  # file_id: what Telegram has of it

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        """Let the next call of a method be refused."""
        body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            body["parameters"] = parameters
        self.answers.setdefault(method, []).append((code, body))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **more: Any,
    ) -> tuple[int, bytes]:
        called = url.rsplit("/", 1)[1]
        if "/file/bot" in url:
            return 200, self.kept[called]
        assert called in ALLOWED, f"unexpected traffic: {called}"
        params = dict(request_data.parameters) if request_data else {}
        self.calls.append((called, params))
        for name, data, _ in (request_data.multipart_data if request_data else {}).values():
            self.files.append((name, data))
        if self.answers.get(called):
            code, body = self.answers[called].pop(0)
        else:
            code, body = 200, {"ok": True, "result": self._result(called, params)}
        return code, json.dumps(body).encode()

    def _result(self, called: str, params: dict[str, Any]) -> Any:
        if called == "getMe":
            return BOT
        if called in {"sendMessage", "editMessageText"}:
            chat = {"id": params["chat_id"], "type": "private", "first_name": "x"}
            number = len(self.calls)
            return {"message_id": number, "date": 0, "chat": chat, "text": params["text"]}
        if called == "getFile":
            file_id = params["file_id"]
            return {"file_id": file_id, "file_unique_id": file_id, "file_path": file_id}
        if called == "sendMediaGroup":
            return []
        if called in {"sendDocument", "sendPhoto"}:
            chat = {"id": params["chat_id"], "type": "private", "first_name": "x"}
            return {"message_id": len(self.calls), "date": 0, "chat": chat}
        return True


@dataclass
class Talk:
    """A conversation with the bot."""

    application: BotApplication
    request: RecordingRequest
    updates: int = 0
    last_raw: dict[str, Any] = field(default_factory=dict)

    async def say(self, who: str, text: str, where: str = "private", **message: Any) -> list[str]:
        """Say something; return the texts the bot answered.

        In a group what is no command answers the bot, as its questions make the app do;
        `reply_to_message=None`: it is said to the others.
        """
        entities = []
        if text.startswith("/"):
            length = len(text.split()[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
        body = {
            "message_id": 500 + self.updates,
            "date": 1,
            "from": self._user(who),
            "chat": self._chat(who, where),
            "text": text,
            "entities": entities,
            **message,
        }
        if where != "private" and not entities and "reply_to_message" not in message:
            asked = {"message_id": 400, "date": 1, "chat": body["chat"], "from": BOT, "text": "…"}
            body["reply_to_message"] = asked
        return await self.hear({"message": body})

    async def press(self, who: str, data: str, where: str = "private", **query: Any) -> list[str]:
        """Press a button; return the texts the bot wrote."""
        body = {
            "id": "77",
            "from": self._user(who),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 400,
                "date": 1,
                "chat": self._chat(who, where),
                "from": BOT,
                "text": "…",
            },
            **query,
        }
        return await self.hear({"callback_query": body})

    async def hear(self, raw: dict[str, Any], *, again: bool = False) -> list[str]:
        """Let the application process an update; return the texts the bot wrote."""
        if not again:
            self.updates += 1
            self.last_raw = {"update_id": self.updates, **raw}
        before = len(self.request.calls)
        update = Update.de_json(self.last_raw, self.application.bot)
        await self.application.process_update(update)
        return [
            params["text"]
            for called, params in self.request.calls[before:]
            if called in {"sendMessage", "editMessageText"}
        ]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method."""
        return [params for called, params in self.request.calls if called == method]

    def notices(self) -> list[str]:
        """Return the texts of the notices that answered presses."""
        return [params.get("text", "") for params in self.calls("answerCallbackQuery")]

    def buttons(self) -> list[str]:
        """Return the data of the buttons under everything that was said."""
        found = []
        for called, params in self.request.calls:
            if called in {"sendMessage", "editMessageText"} and "reply_markup" in params:
                markup = params["reply_markup"]
                markup = json.loads(markup) if isinstance(markup, str) else markup
                rows = markup.get("inline_keyboard", [])
                found += [button["callback_data"] for row in rows for button in row]
        return found

    def _user(self, who: str) -> dict[str, Any]:
        return {"id": ACCOUNTS[who], "is_bot": False, "first_name": who}

    def _chat(self, who: str, where: str) -> dict[str, Any]:
        if where == "private":
            return {"id": ACCOUNTS[who], "type": "private", "first_name": who}
        chat_id = chat_of(where) if where in GROUPS else -1999
        return {"id": chat_id, "type": "supergroup", "title": where}


def make_application(
    db: Database, clock: Clock, request: BaseRequest, files: Path | None = None
) -> BotApplication:
    """Return the application as it runs, but over `request`; files are kept in `files`."""
    application: BotApplication = (
        ApplicationBuilder()
        .token("1:TEST")
        .request(request)
        .get_updates_request(RecordingRequest())
        .context_types(CONTEXT_TYPES)
        .updater(None)
        .job_queue(None)
        .build()
    )
    data = application.bot_data
    data.db, data.clock, data.translators = db, clock, translator
    data.files = FileStore(files or Path(tempfile.gettempdir()) / uuid4().hex)
    handlers.register(application)
    return application
