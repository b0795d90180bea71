"""A bot of a few lines that polls, answers and edits, so that the page has someone to talk to."""

import asyncio
import contextlib
from typing import Any, Self

import aiohttp

from bot.sandbox import Sandbox

CARD = """<b>VIII.1 · Đề ra các giải pháp nâng cao mức độ hài lòng</b>
⏰ Đến hạn · đang thực hiện
Hạn: trong tháng 4/2024 → chậm nhất thứ Ba 30/4 (ngày lễ); nên xong trong <u>thứ Sáu 26/4</u>
Sản phẩm: ☐ Kế hoạch được ban hành
<blockquote>Chủ trì: Văn phòng · Phối hợp: các đơn vị liên quan</blockquote>
Minh chứng: <i>chưa có</i> · xem thêm /viec"""
BUTTONS = [
    [("✅ Báo hoàn thành", "item:done:8"), ("📎 Thêm minh chứng", "item:proof:8")],
    [("⚠️ Vướng mắc", "item:stuck:8"), ("🕘 Lịch sử", "item:history:8")],
]


def keyboard(rows: list[list[tuple[str, str]]]) -> dict[str, Any]:
    return {
        "inline_keyboard": [
            [{"text": text, "callback_data": data} for text, data in row] for row in rows
        ]
    }


class ScriptedBot:
    """Runs between `async with`; raises what went wrong when it ends."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._url = f"{sandbox.base_url}{sandbox.token}"
        self._http: aiohttp.ClientSession
        self._polling: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        commands = [("viec", "Việc cần làm"), ("tre_han", "Việc quá hạn"), ("nop", "Nộp tệp")]
        listed = [{"command": name, "description": text} for name, text in commands]
        await self.call("setMyCommands", commands=listed)
        self._polling = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._polling
        await self._http.close()

    async def call(self, method: str, **params: Any) -> Any:
        async with self._http.post(f"{self._url}/{method}", json=params) as response:
            body = await response.json()
        assert body["ok"], f"{method}: {body['description']}"
        return body["result"]

    async def _poll(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self._reply(update["message"])
                elif "callback_query" in update:
                    await self._pressed(update["callback_query"])

    async def _reply(self, message: dict[str, Any]) -> None:
        where: dict[str, Any] = {"chat_id": message["chat"]["id"]}
        if message.get("is_topic_message"):
            where["message_thread_id"] = message["message_thread_id"]
        text = message.get("text", "")
        reply = {"message_id": message["message_id"]}
        if text.startswith(("/start", "/viec")):
            await self.call(
                "sendMessage",
                **where,
                text=CARD,
                parse_mode="HTML",
                reply_markup=keyboard(BUTTONS),
            )
        elif text.startswith("/nop"):
            prompt = {
                "force_reply": True,
                "selective": True,
                "input_field_placeholder": "Số, ký hiệu",
            }
            ask = "Gửi tệp, ảnh hoặc số, ký hiệu văn bản."
            await self.call(
                "sendMessage", **where, text=ask, reply_parameters=reply, reply_markup=prompt
            )
        elif text or "document" in message or "photo" in message:
            said = text or message.get("document", {}).get("file_name", "ảnh")
            await self.call(
                "sendMessage", **where, text=f"Đã nhận: {said}", reply_parameters=reply
            )

    async def _pressed(self, query: dict[str, Any]) -> None:
        is_done = query["data"] == "item:done:8"
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text="Đã ghi nhận" if is_done else "Chỉ trưởng đơn vị mới xem được lịch sử.",
            show_alert=not is_done,
        )
        if is_done:
            message = query["message"]
            await self.call(
                "editMessageText",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                text="📥 <b>VIII.1</b> – chờ Văn phòng xác nhận",
                parse_mode="HTML",
                reply_markup=keyboard([[("⬅ Danh sách", "list:all")]]),
            )
