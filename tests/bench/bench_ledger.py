"""Years of reminders: what a thousand and a million ledger lines cost, in the same file.

The rival is to read the ledger through, which is what a bot without indexes, or with a log file,
does for each question. A line is a part, a day and a step; four lines are one message. Each part
was told of ten times, so items grow with the ledger; what is open and owed stays the same.
"""

# ruff: noqa: T201 - a table for the person who runs it

import datetime as dt
import time

from sqlalchemy import text

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.status import Progress
from bot.i18n import translator
from bot.runtime.ticker import Ticker
from bot.services import told
from bot.services.delivery import Delivery
from handlers.render import render
from storage import outbox_claims
from storage.models import OutboxRow, ReminderRow
from tests.bench.filling import FIRST_ID, open_office, put, put_items, put_parts, put_plan
from tests.builders import Clock, FakeSender, vn

SIZES = (1_000, 10_000, 100_000, 1_000_000)
UNITS, OPEN, OWED = 50, 500, 500
LINES_A_MESSAGE, LINES_A_PART, PARTS_AN_ITEM = 4, 10, 5
ROUNDS = 15
NOW = vn("2026-03-12 10:00")
HELD = FIRST_ID + OPEN  # the first id of what the ledger is about
SHARE = 0.5  # of the rival's time, what the slowest question may take


async def prepare(path):
    office = await open_office(path, UNITS)
    plan = await put_plan(office, "2020-01-01", "2027-12-31")
    await put_items(office, plan, OPEN)
    soon = [NOW.date() + dt.timedelta(days=30 + at % 200) for at in range(OPEN)]
    await put_parts(office, range(FIRST_ID, HELD), soon)
    return office, plan


async def grow(office, plan, first, last):
    """Let the ledger hold the lines from number `first` to before `last`."""
    db, own = office.db, {"office_id": office.id}
    parts = range(first // LINES_A_PART, last // LINES_A_PART)
    items = range(HELD + parts.start // PARTS_AN_ITEM, HELD + parts.stop // PARTS_AN_ITEM)
    start = local_day(NOW) - dt.timedelta(days=400)
    await put_items(office, plan, len(items), since=items.start)
    dues = [start + dt.timedelta(days=at % 360) for at in parts]
    await put_parts(office, items, dues, since=HELD + parts.start, progress=Progress.DONE)
    units = [n for n in office.units.values() if n >= FIRST_ID]

    def chat(message):
        return units[message % UNITS]

    sent = NOW - dt.timedelta(days=20)
    # The newest messages have to be found among the oldest too: what is owed lies between.
    await put(db, OutboxRow, (
        {**own, "id": FIRST_ID + n, "chat_id": chat(n), "kind": OutboxKind.MORNING,
         "dedupe_key": f"{chat(n)}:morning:{n}", "state": OutboxState.SENT, "message_ids": [n],
         "slot_on": local_day(sent), "created_at": sent, "not_before": sent, "closed_at": sent,
         "attempts": 1}
        for n in range(first // LINES_A_MESSAGE, last // LINES_A_MESSAGE)
    ))  # fmt: skip
    await put(db, ReminderRow, (
        {**own, "id": FIRST_ID + n, "part_id": HELD + n // LINES_A_PART,
         "chat_id": chat(n // LINES_A_MESSAGE), "due": start, "step": f"{n % LINES_A_PART}",
         "outbox_id": FIRST_ID + n // LINES_A_MESSAGE}
        for n in range(first, last)
    ))  # fmt: skip


async def owe(office):
    """Owe some messages, the same number at every size."""
    own = {"office_id": office.id, "state": OutboxState.PENDING, "message_ids": []}
    units = [n for n in office.units.values() if n >= FIRST_ID]
    await put(office.db, OutboxRow, (
        {**own, "id": -n, "chat_id": units[n % UNITS], "kind": OutboxKind.TEST,
         "dedupe_key": f"owed:{n}", "created_at": NOW, "not_before": NOW, "attempts": 0}
        for n in range(1, OWED + 1)
    ))  # fmt: skip


async def milliseconds(act):
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await act()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)


async def megabytes(db):
    """Return the size of the database file once everything is written into it."""
    async with db.read() as session:
        connection = await session.connection()
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        return pages * (await connection.execute(text("PRAGMA page_size"))).scalar_one() / 2**20


async def measure(office, lines):
    """Return the milliseconds of each question, and of the rival."""
    db, clock = office.db, Clock(NOW)
    lan = office.actor("lan")
    ticker = Ticker(Delivery(db, FakeSender(), render, translator, clock))
    ticker.courier.stopping = True
    await ticker.tick()

    async def tick():
        clock.now += dt.timedelta(minutes=1)
        await ticker.tick()

    figures = {"idle tick": await milliseconds(tick)}
    await owe(office)

    async def claim():
        async with db.begin() as session:
            assert await outbox_claims.claim(session, NOW)

    async def queue():
        async with db.read() as session:
            assert await outbox_claims.waiting(session, NOW, per_chat=3)

    item = HELD + lines // (LINES_A_PART * PARTS_AN_ITEM) - 1
    unit = f"Phòng Thứ {FIRST_ID}"
    figures["claim the next message"] = await milliseconds(claim)
    figures["look at the queue"] = await milliseconds(queue)
    figures["/da_nhac of an item"] = await milliseconds(
        lambda: told.told_of_item(db, lan, item, NOW)
    )
    figures["/da_nhac of a unit"] = await milliseconds(
        lambda: told.told_of_unit(db, lan, unit, NOW)
    )
    figures["/da_nhac of all"] = await milliseconds(lambda: told.told_of_unit(db, lan, "", NOW))

    async def read_through():
        async with db.read() as session:
            connection = await session.connection()
            (await connection.execute(text("SELECT sum(part_id), max(step) FROM reminder"))).one()

    figures["rival: read the ledger"] = await milliseconds(read_through)
    async with db.begin() as session:
        connection = await session.connection()
        asked_for = "SELECT id FROM outbox WHERE kind <> 'morning'"
        for table in ("notice", "reminder"):
            await connection.execute(text(f"DELETE FROM {table} WHERE outbox_id IN ({asked_for})"))
        await connection.execute(text("DELETE FROM outbox WHERE kind <> 'morning'"))
    return figures


async def test_a_ledger_that_grows(tmp_path):
    path = tmp_path / "nhacviec.db"
    office, plan = await prepare(path)
    found, sizes, lines = {}, {}, 0
    for size in SIZES:
        start = time.perf_counter()
        await grow(office, plan, lines, size)
        print(f"\n{size - lines:,} lines written in {time.perf_counter() - start:.1f} s", end="")
        lines = size
        found[size] = await measure(office, lines)
        sizes[size] = await megabytes(office.db)
    await office.db.close()

    print(f"\n{'milliseconds':<28}" + "".join(f"{size:>12,}" for size in SIZES) + "    growth")
    for question in found[SIZES[0]]:
        row = [found[size][question] for size in SIZES]
        print(f"{question:<28}" + "".join(f"{ms:12.2f}" for ms in row), end="")
        print(f"{row[-1] / row[0]:8.1f} ×")
    print(f"{'file, MB':<28}" + "".join(f"{sizes[size]:12.1f}" for size in SIZES))
    most = found[SIZES[-1]]
    rival = most.pop("rival: read the ledger")
    assert max(most.values()) < rival * SHARE
