"""Acting on updates: in order within a chat, and nobody waits for another chat's answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram.request import RequestData

from bot.domain.errors import DatabaseTrouble
from bot.runtime.handling import Handling, places
from bot.services import updates
from storage.db import Database
from storage.models import UpdateRow
from tests.builders import Clock, Office, rows
from tests.chatting import RecordingRequest, make_application

LAN, MINH = 101, 102
GROUP = -500
ASKED = 31
TOO_MANY = {
    "ok": False,
    "error_code": 429,
    "description": f"Too Many Requests: retry after {ASKED}",
    "parameters": {"retry_after": ASKED},
}


class PausedChat(RecordingRequest):
    """Asks for half a minute's wait the first time a chat is written to."""

    def __init__(self, paused: int) -> None:
        super().__init__()
        self.paused = paused
        self.written: list[tuple[int, str]] = []

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *more: Any,
        **named: Any,
    ) -> tuple[int, bytes]:
        params = request_data.parameters if request_data else {}
        chat = params.get("chat_id", 0)
        if chat and chat == self.paused:
            self.paused = 0
            return 429, json.dumps(TOO_MANY).encode()
        self.written.append((chat, params.get("text", "")))
        return await super().do_request(url, method, request_data, *more, **named)


class Waits:
    """Time that stands still: long waits end when the test says so."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.begun = asyncio.Event()
        self.asked: list[float] = []

    async def sleep(self, seconds: float) -> None:
        if seconds:
            self.asked.append(seconds)
            self.begun.set()
            await self.over.wait()


def said(number: int, who: int, text: str, chat: int | None = None) -> dict[str, Any]:
    user = {"id": who, "is_bot": False, "first_name": "x"}
    kind = {"id": chat or who, "type": "supergroup" if chat else "private", "title": "x"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    message = {"message_id": number, "date": 1, "from": user, "chat": kind, "text": text}
    return {"update_id": number, "message": {**message, "entities": [entity]}}


@asynccontextmanager
async def handling(
    db: Database, clock: Clock, request: RecordingRequest, waits: Waits
) -> AsyncIterator[Handling]:
    application = make_application(db, clock, request)
    await application.initialize()
    handling = Handling(application, db, clock, sleep=waits.sleep)
    loop = asyncio.create_task(handling.for_ever())
    try:
        yield handling
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
        await handling.stop(0)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)


async def only_these_wait(db: Database, numbers: list[int]) -> bool:
    return [raw["update_id"] for raw in await updates.unhandled(db, 10)] == numbers


async def test_a_chat_told_to_wait_holds_up_no_other_and_keeps_its_order(
    db: Database, office: Office, clock: Clock
) -> None:
    request, waits = PausedChat(LAN), Waits()
    batch = [said(1, LAN, "/xem I.91"), said(2, LAN, "/xem I.92"), said(3, MINH, "/xem I.93")]
    await updates.take_in(db, batch, clock())

    async with handling(db, clock, request, waits) as handler:
        await waits.begun.wait()
        await until(lambda: only_these_wait(db, [1, 2]))
        (before,) = request.written[1:]
        waits.over.set()
        await asyncio.wait_for(handler.idle.wait(), 10)

    assert before[0] == MINH
    assert waits.asked == [ASKED]
    assert [chat for chat, _ in request.written[2:]] == [LAN, LAN]
    assert ["I.91" in text for _, text in request.written[2:]] == [True, False]


async def test_what_could_not_be_answered_by_the_end_waits_for_the_next_start(
    db: Database, office: Office, clock: Clock
) -> None:
    request, waits = PausedChat(LAN), Waits()
    await updates.take_in(db, [said(1, LAN, "/xem I.91"), said(2, LAN, "/xem I.92")], clock())
    async with handling(db, clock, request, waits):
        await waits.begun.wait()

    again, over = RecordingRequest(), Waits()
    async with handling(db, clock, again, over) as handler:
        await asyncio.wait_for(handler.idle.wait(), 10)

    assert ["I.91" in p["text"] for called, p in again.calls if called == "sendMessage"] == [
        True,
        False,
    ]


async def test_an_update_that_could_not_act_for_the_database_comes_again(
    db: Database, office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, waits = RecordingRequest(), Waits()
    await updates.take_in(db, [said(7, LAN, "/xem I.91")], clock())

    async def full(*_given: object) -> None:
        raise DatabaseTrouble("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("bot.services.lists.items_kept", full)
        async with handling(db, clock, request, waits) as handler:
            await waits.begun.wait()
            broken.undo()
            kept = await only_these_wait(db, [7])
            waits.over.set()
            await asyncio.wait_for(handler.idle.wait(), 10)

    assert kept
    assert [row.body for row in await rows(db, UpdateRow)] == [None]
    assert [called for called, _ in request.calls].count("sendMessage") == 1


def test_a_chat_and_a_person_are_known_in_every_kind_of_update() -> None:
    press = {"id": "1", "from": {"id": LAN}, "message": {"chat": {"id": GROUP}, "from": {"id": 1}}}

    assert places(said(1, LAN, "/viec", GROUP)) == {LAN, GROUP}
    assert places({"update_id": 1, "callback_query": press}) == {LAN, GROUP}
    assert places({"update_id": 1, "poll": {}, "message": None}) == set()
