"""The minute's tick with 100,000 open occurrences, beside two schedulers that hold a job each.

The rivals are APScheduler with a SQLAlchemyJobStore on a SQLite file, and the JobQueue of
python-telegram-bot, which lives in memory and forgets everything when the process ends. Their jobs
do nothing; our morning writes down what it owes, for `bench_sending` to send. Each contender runs
in a process of its own, for its memory.
"""

# ruff: noqa: T201 - a table for the person who runs it

import asyncio
import contextlib
import datetime as dt
import itertools
import multiprocessing
import pickle
import re
import statistics
import time
import warnings
from pathlib import Path

import time_machine
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import func, insert, update
from sqlmodel import col, select
from telegram.ext import ApplicationBuilder

from bot.domain.outbox import OutboxState
from bot.domain.work import DeadlineKind
from bot.i18n import translator
from bot.runtime.ticker import Ticker
from bot.services.delivery import Delivery
from handlers.render import render
from storage.audit import Act, record
from storage.models import OutboxRow, ReminderRow
from tests.bench.filling import FIRST_ID, open_office, put_items, put_parts, put_plan
from tests.builders import Clock, vn

OCCURRENCES, ITEMS, UNITS, ONGOING = 100_000, 10_000, 500, 1_000
IDLE_TICKS = 50
# Adding is counted on fewer jobs where each is a commit of its own, and given for all.
ADDED_ONE_BY_ONE = 1_000
EVENING, MORNING = vn("2026-03-11 16:00"), vn("2026-03-12 07:30")
MINUTE = dt.timedelta(minutes=1)
# What comes late is run all the same; by default it is dropped after a second.
NEVER_MISSED = {"misfire_grace_time": None, "coalesce": True}


class Nobody:
    """A sender that nothing may reach."""

    async def send(self, address, message):
        raise AssertionError("nothing is left to be sent")


def megabytes(name="VmHWM"):
    """Return the peak memory of this process (or what it has now, VmRSS)."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{name}:\s*(\d+)", status)[1]) / 1024


@contextlib.asynccontextmanager
async def stalls():
    """Yield a list whose last value, at the end, is the longest stall of the loop, in seconds."""
    gaps = [0.0]

    async def listen():
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            gaps[0], last = max(gaps[0], now - last), now

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    yield gaps
    await asyncio.sleep(0.01)
    listening.cancel()


async def median_ms(act):
    taken = []
    for _ in range(IDLE_TICKS):
        start = time.perf_counter()
        await act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def due_days():
    """Return due days over the year to come, one in a hundred of them past already."""
    past = range(OCCURRENCES // 100)
    first = MORNING.date()
    yield from (first - dt.timedelta(days=1 + at % 60) for at in past)
    yield from (first + dt.timedelta(days=at % 365) for at in range(OCCURRENCES - len(past)))


async def ours(folder, _due):
    before = megabytes("VmRSS")
    office = await open_office(folder / "nhacviec.db", UNITS)
    db = office.db
    plan = await put_plan(office, "2026-01-01", "2027-12-31")
    await put_items(office, plan, ITEMS)
    start = time.perf_counter()
    await put_parts(office, range(FIRST_ID, FIRST_ID + ITEMS), due_days())
    load = time.perf_counter() - start
    ongoing = FIRST_ID + ITEMS
    await put_items(office, plan, ONGOING, DeadlineKind.ONGOING, since=ongoing)
    await put_parts(
        office, range(ongoing, ongoing + ONGOING), [None] * ONGOING, since=FIRST_ID + OCCURRENCES
    )
    clock = Clock(EVENING)
    ticker = Ticker(Delivery(db, Nobody(), render, translator, clock))
    # Sending has a benchmark of its own: here it is only written down as done.
    ticker.courier.stopping = True
    # What the day before has told, and what closes once a quarter, is done before the morning.
    await ticker.tick()
    await settle(db)
    clock.now = MORNING
    async with stalls() as stall:
        start = time.perf_counter()
        await ticker.tick()
        morning = time.perf_counter() - start
    told = await told_this_morning(db)
    await settle(db)
    ticker.courier.stopping = False

    async def tick():
        clock.now += MINUTE
        await ticker.tick()

    idle = await median_ms(tick)
    # Every act lets the day be worked out again.
    async with db.begin() as session:
        await record(session, Act(office.id, clock()), "item.edit", "item", FIRST_ID)
    start = time.perf_counter()
    await tick()
    after_act = time.perf_counter() - start
    await db.close()
    memory = megabytes() - before
    return {"load": load, "idle": idle, "morning": morning, "stall": stall[0], "memory": memory,
            "after_act": after_act, **told}  # fmt: skip


async def settle(db):
    """Let everything owed be sent."""
    async with db.begin() as session:
        values = {"state": OutboxState.SENT, "closed_at": EVENING, "message_ids": [1]}
        await session.exec(update(OutboxRow).values(**values))


async def told_this_morning(db):
    """Return how many messages the morning owes, about how many parts."""
    owed = select(OutboxRow.id).where(OutboxRow.slot_on == MORNING.date())
    parts = func.count(func.distinct(col(ReminderRow.part_id)))
    async with db.read() as session:
        lines = select(parts).where(col(ReminderRow.outbox_id).in_(owed))
        return {
            "due": (await session.exec(lines)).one(),
            "sent": len(list(await session.exec(owed))),
        }


async def nothing(_about):
    """Stand for what a rival's job would do."""


def moments(due):
    """Return when each reminder is due: as many on the morning as ours told of, then later."""
    yield from itertools.repeat(MORNING, due)
    for at in range(OCCURRENCES - due):
        yield MORNING + dt.timedelta(days=1 + at % 365)


async def job_store(folder, due):
    before = megabytes("VmRSS")
    store = SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")
    scheduler = AsyncIOScheduler(timezone="UTC", jobstores={"default": store})
    with time_machine.travel(EVENING, tick=False):
        scheduler.start()
        start = time.perf_counter()
        for number, at in zip(range(ADDED_ONE_BY_ONE), moments(0), strict=False):
            job = scheduler.add_job(nothing, "date", run_date=at, args=(number,), **NEVER_MISSED)
        load = (time.perf_counter() - start) / ADDED_ONE_BY_ONE * OCCURRENCES
        # The others are put into its table at once, which the library cannot do.
        scheduler.remove_all_jobs()
        rows = []
        for number, at in enumerate(moments(due)):
            state = {**job.__getstate__(), "id": f"{number:032x}", "next_run_time": at}
            state |= {"trigger": DateTrigger(at), "args": (number,)}
            row = {"id": state["id"], "next_run_time": at.timestamp()}
            rows.append({**row, "job_state": pickle.dumps(state)})
        with store.engine.begin() as connection:
            connection.execute(insert(store.jobs_t), rows)
        del rows
    figures = await rival_ticks(scheduler)
    return {"load": load, "memory": megabytes() - before, **figures}


async def job_queue(_folder, due):
    before = megabytes("VmRSS")
    application = ApplicationBuilder().token("1:TEST").updater(None).build()
    queue = application.job_queue
    with time_machine.travel(EVENING, tick=False):
        await queue.start()
        start = time.perf_counter()
        for number, at in enumerate(moments(due)):
            queue.run_once(nothing, at, data=number, job_kwargs=NEVER_MISSED)
        load = time.perf_counter() - start
    figures = await rival_ticks(queue.scheduler)
    return {"load": load, "memory": megabytes() - before, **figures}


async def rival_ticks(scheduler):
    """Return how long a scheduler takes when nothing is due, and on the morning."""

    async def tick():
        scheduler._process_jobs()

    with time_machine.travel(EVENING, tick=False):
        # What adding has asked for is done before.
        await asyncio.sleep(0.05)
        idle = await median_ms(tick)
    held = len(scheduler.get_jobs())
    running = scheduler._lookup_executor("default")._pending_futures
    with time_machine.travel(MORNING, tick=False):
        async with stalls() as stall:
            start = time.perf_counter()
            scheduler._process_jobs()
            while running:
                await asyncio.wait(running)
            morning = time.perf_counter() - start
    ran = held - len(scheduler.get_jobs())
    scheduler.shutdown(wait=False)
    return {"idle": idle, "morning": morning, "sent": ran, "stall": stall[0]}


def contend(contender, folder, due):
    """Run a contender in this process and return its figures."""
    warnings.simplefilter("ignore")
    return asyncio.run(contender(folder, due))


def in_a_process(contender, folder, due=0):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(contend, (contender, folder, due))


def test_the_tick_beside_a_job_for_each_reminder(tmp_path):
    mine = in_a_process(ours, tmp_path)
    due = mine["due"]
    figures = {
        "nhacviec": mine,
        "APScheduler, job store": in_a_process(job_store, tmp_path, due),
        "JobQueue, in memory": in_a_process(job_queue, tmp_path, due),
    }

    print(f"\n{OCCURRENCES:,} open occurrences, {UNITS} units with a chat, {due:,} due to be told")
    print(f"{'':<24}{'load':>9}{'idle tick':>12}{'morning':>10}{'stalls':>10}{'memory':>9}")
    for name, one in figures.items():
        print(
            f"{name:<24}{one['load']:>7.1f} s{one['idle']:>9.2f} ms{one['morning']:>8.1f} s"
            f"{one['stall'] * 1000:>7.0f} ms{one['memory']:>6.0f} MB"
        )
    print(f"the morning of nhacviec owes {mine['sent']} messages about them; ", end="")
    print(f"a tick after somebody acted takes {mine['after_act']:.1f} s")
    assert all(one["sent"] == due for name, one in figures.items() if name != "nhacviec")
