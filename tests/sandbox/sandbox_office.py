"""The people and the group that the sandbox's tests start from."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox import Sandbox

FRIDAY_MORNING = dt.datetime.fromisoformat("2024-04-26T07:31:00+07:00")


@dataclass(frozen=True, slots=True)
class Office:
    """A sandbox with people: lan has started the bot, khach never has; the bot is in `group`."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    lan: int
    minh: int
    khach: int
    group: int

    async def call(self, method: str, token: str = "1:demo", **params: Any) -> dict[str, Any]:
        url = f"{self.sandbox.url}/bot{token}/{method}"
        async with self.http.post(url, json=params) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == (200 if body["ok"] else body["error_code"])
            return body

    async def updates(self, offset: int = 0, seconds: int = 0) -> list[dict[str, Any]]:
        body = await self.call("getUpdates", offset=offset, timeout=seconds)
        return list(body["result"])

    async def said_to_bot(self) -> list[str]:
        return [one["message"].get("text", "") for one in await self.updates() if "message" in one]

    async def send(self, chat_id: int, text: str = "Chào", **params: Any) -> int:
        body = await self.call("sendMessage", chat_id=chat_id, text=text, **params)
        assert body["ok"], body
        return int(body["result"]["message_id"])

    async def send_button(self, chat_id: int) -> int:
        keyboard = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "item:seen:5"}]]}
        return await self.send(chat_id, reply_markup=keyboard)

    async def control(self, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        method = "GET" if body is None else "POST"
        url = f"{self.sandbox.url}/sandbox/{path}"
        async with self.http.request(method, url, json=body) as response:
            return response.status, await response.json()
