"""10,000 reminders to 500 groups, within Telegram's limits and without them.

Within the limits on a virtual clock: who answers is a line that counts as Telegram does and
refuses with 429 what is too fast. Beside it a bare loop over the same line, which waits as long as
each 429 asks; it counts nothing before it writes.

Without limits over HTTP, to a sandbox in a process of its own: messages a second of the courier,
which writes each text from the tables and records it, and of a bare loop over `bot.send_message`.
"""

# ruff: noqa: T201 - a table for the person who runs it

import asyncio
import datetime as dt
import multiprocessing
import os
import time
from collections import Counter

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.domain.days import local_day
from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.rate import TELEGRAM, Limiter
from bot.i18n import translator
from bot.sandbox import Sandbox
from bot.sandbox.faults import RateLimits
from bot.sandbox.refusal import ApiError
from bot.services.courier import Courier
from bot.services.delivery import Delivery
from bot.services.pace import Pace
from handlers.render import render
from handlers.sender import TelegramSender
from storage.models import ChatRow, OutboxRow, ReminderRow
from tests.bench.filling import (
    FIRST_CHAT,
    FIRST_ID,
    open_office,
    put,
    put_items,
    put_parts,
    put_plan,
)
from tests.builders import Clock, rows, vn

# On a busy machine: BENCH_SMALLER=10 sends a tenth.
REMINDERS = 10_000 // int(os.environ.get("BENCH_SMALLER", "1"))
CHATS = 500
# Over HTTP fewer are enough to tell how many a second.
OVER_HTTP = 500
PERMITTED = 30
# How many reminders over a line on which a call takes so many seconds.
LINES = {0.0: REMINDERS, 0.02: REMINDERS // 20, 0.1: REMINDERS // 20}
NOW = vn("2026-03-12 07:30")
TOKEN = "1:demo"


class VirtualTime:
    """Seconds that pass only by sleeping, on both of the bot's clocks."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds

    def now(self):
        return NOW + dt.timedelta(seconds=self.seconds - 1000)

    async def sleep(self, seconds):
        self.seconds += seconds
        await asyncio.sleep(0)


class Line:
    """Answers as Telegram does to who writes too fast; a call takes `latency` seconds."""

    def __init__(self, time, latency):
        self.time, self.latency = time, latency
        self.limits = RateLimits(time.now)
        self.limits.enabled = True
        self.refused = self.sent = 0

    async def send(self, address, message):
        return await self.call(address.telegram_id)

    async def call(self, chat_id):
        await self.time.sleep(self.latency / 2)
        try:
            self.limits.check("sendMessage", {"chat_id": chat_id})
        except ApiError as error:
            self.refused += 1
            await self.time.sleep(self.latency / 2)
            wait = dt.timedelta(seconds=error.parameters["retry_after"])
            raise DeliveryError("429", retry_after=wait) from error
        self.sent += 1
        await self.time.sleep(self.latency / 2)
        return self.sent

    def result(self):
        took = self.time() - 1000
        return {"seconds": took, "share": self.sent / took / PERMITTED, "refused": self.refused}


async def prepare(path, count):
    """Return an office that owes `count` reminders to its groups, the same number to each."""
    office = await open_office(path, CHATS)
    plan = await put_plan(office, "2026-01-01", "2026-12-31")
    await put_items(office, plan, CHATS)
    today, db, own = local_day(NOW), office.db, {"office_id": office.id}
    due = today + dt.timedelta(days=1)
    await put_parts(office, range(FIRST_ID, FIRST_ID + CHATS), [due] * CHATS)

    def chat(number):
        return FIRST_ID + number % CHATS

    await put(db, OutboxRow, (
        {**own, "id": FIRST_ID + n, "chat_id": chat(n), "kind": OutboxKind.MORNING,
         "dedupe_key": f"{chat(n)}:morning:{n}", "state": OutboxState.PENDING, "message_ids": [],
         "slot_on": today, "created_at": NOW, "not_before": NOW, "attempts": 0}
        for n in range(count)
    ))  # fmt: skip
    await put(db, ReminderRow, (
        {**own, "part_id": chat(n), "chat_id": chat(n), "due": due, "step": f"{n // CHATS}",
         "outbox_id": FIRST_ID + n}
        for n in range(count)
    ))  # fmt: skip
    return office


async def with_limits(office, latency, count):
    """Deliver all that is owed on a virtual clock; return what the line saw."""
    time_, start = VirtualTime(), time.perf_counter()
    line = Line(time_, latency)
    pace = Pace(Limiter(TELEGRAM), time_, time_.sleep)
    courier = Courier(Delivery(office.db, line, render, translator, time_.now, pace=pace))
    while line.sent < count:
        await courier.drain()
        if line.sent < count:
            time_.seconds += 3  # till the next tick
    states = Counter(row.state for row in await rows(office.db, OutboxRow))
    assert states == {OutboxState.SENT: count}
    return {**line.result(), "real": time.perf_counter() - start}


async def bare_loop_with_limits(latency, count):
    """Send as much in a loop that knows no limits and waits as it is told."""
    time_, start = VirtualTime(), time.perf_counter()
    line = Line(time_, latency)
    for number in range(count):
        while True:
            try:
                await line.call(-FIRST_CHAT - number % CHATS)
                break
            except DeliveryError as error:
                await time_.sleep(error.retry_after.total_seconds())
    return {**line.result(), "real": time.perf_counter() - start}


async def test_within_telegrams_limits(tmp_path):
    print(f"\n{REMINDERS:,} reminders to {CHATS} groups on a virtual clock")
    for latency, count in LINES.items():
        office = await prepare(tmp_path / f"{latency}.db", count)
        ours = await with_limits(office, latency, count)
        await office.db.close()
        bare = await bare_loop_with_limits(latency, count)
        for name, one in (("courier", ours), ("bare loop", bare)):
            print(
                f"{name:<10}{count:>7,} sent, a call takes {latency * 1000:3.0f} ms:"
                f"{one['seconds']:6.0f} s, {one['share']:6.1%} of the permitted rate, "
                f"{one['refused']:4} × 429   (worked {one['real']:.0f} s)"
            )
        assert ours["refused"] == 0
        assert latency or ours["share"] > 0.9


def serve(ready):
    """Run a sandbox in this process; tell its address and the groups that the bot is in."""

    async def run():
        async with await Sandbox.start(now=NOW, token=TOKEN) as sandbox:
            user = sandbox.add_user("Lan")
            groups = [sandbox.add_group(f"Nhóm {n}", [user]) for n in range(CHATS)]
            for group in groups:
                sandbox.add_bot_to_group(group)
            ready.put((sandbox.base_url, groups))
            await asyncio.sleep(3600)

    asyncio.run(run())


async def test_without_limits(tmp_path):
    office = await prepare(tmp_path / "nhacviec.db", OVER_HTTP)
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    server = context.Process(target=serve, args=(ready,), daemon=True)
    server.start()
    url, groups = await asyncio.to_thread(ready.get, timeout=60)
    async with office.db.begin() as session:
        for number, group in enumerate(groups):
            row = await session.get(ChatRow, FIRST_ID + number)
            row.telegram_id = group
            session.add(row)
    bot = Bot(TOKEN, base_url=url, request=HTTPXRequest(connection_pool_size=8))
    async with bot:
        delivery = Delivery(office.db, TelegramSender(bot), render, translator, Clock(NOW))
        start = time.perf_counter()
        await Courier(delivery).drain()
        ours = OVER_HTTP / (time.perf_counter() - start)
        texts = ["🔔 Việc cần làm hôm nay\n" + "Rà soát, báo cáo kết quả " * 8] * OVER_HTTP
        start = time.perf_counter()
        for number, text in enumerate(texts):
            await bot.send_message(groups[number % CHATS], text)
        bare = OVER_HTTP / (time.perf_counter() - start)
    server.terminate()
    server.join()
    assert {row.state for row in await rows(office.db, OutboxRow)} == {OutboxState.SENT}
    await office.db.close()

    print(f"\n{OVER_HTTP:,} messages over HTTP, one after the other, no limits")
    print(f"courier                 {ours:6.0f} messages/s")
    print(f"bare bot.send_message   {bare:6.0f} messages/s   {bare / ours:.1f} × as many")
