"""How long a command takes from its update's arrival to its answer's request, beside an echo.

With 10,000 items in force and 100,000 entries in the audit trail, in the same run. Ours is written
down before it is handled, so that no crash loses it; the rival, a bare echo handler, is handed its
update straight away and keeps nothing.
"""

# ruff: noqa: T201 - a table for the person who runs it

import asyncio
import contextlib
import datetime as dt
import gc
import statistics
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.domain.plan import Unit
from bot.domain.states import EvidenceKind, PlanState, ReportState
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from bot.runtime.handling import Handling
from bot.services import updates
from bot.services.searching import renew_every_office
from storage import offices
from storage.models import (
    AuditRow,
    DeadlineRow,
    DialogRow,
    EvidenceRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PartRow,
    PlanRow,
    ReportRow,
)
from tests.builders import LONG_AGO, day, make_office, rows
from tests.chatting import RecordingRequest, Talk, make_application

ITEMS, ENTRIES, MORE_UNITS = 10_000, 100_000, 16
ROUNDS = 7
TITLES = ("Rà soát danh mục văn bản", "Số hóa sổ hộ tịch", "Kiểm tra tổ chức công chứng")
KINDS = (*[DeadlineKind.DATE] * 8, DeadlineKind.ONGOING, DeadlineKind.UNSPECIFIED)
# What is said or pressed, in this order; {n} is another open item of the unit in each round, in a
# press another report that waits with its evidence.
ACTS = (
    ("minh", "/viec"),
    ("lan", "/viec"),
    ("lan", "/han 14"),
    ("lan", "/tre_han"),
    ("minh", "/tre_han hc"),
    ("lan", "/cho_xac_nhan"),
    ("lan", "/thieu_minh_chung"),
    ("lan", "/chua_co_han"),
    ("lan", "/tim ho tich 77"),
    ("minh", "/tim cong chung"),
    ("lan", "/xem V.5001"),
    ("minh", "/xong V.{n} 123/BC-STP ngày 15/4/2024, trang 2"),
    ("minh", "/gia_han V.{n} 30/12 chờ ý kiến của Bộ"),
    ("lan", "list:page:v:5:-"),
    ("lan", "list:item:3yx:v:5:-"),
    ("lan", "card:log:3yx:0:v:0:-"),
    ("lan", "report:confirm:{n}"),
    ("lan", "/hoan_tac"),
)


def furnish(connection, office, units):
    """Fill the tables: every item has a lead, every third a cooperating unit besides."""
    start, numbers = day("2024-04-19"), range(1, ITEMS + 1)

    def put(table, rows):
        connection.execute(insert(table), list(rows))

    def unit(number, by=0):
        return units[(number + by) % len(units)]

    plan = {
        "id": 1, "office_id": office.id, "title": "Kế hoạch", "year": 2024,
        "starts_on": day("2024-01-01"), "ends_on": day("2024-12-31"), "state": PlanState.ACTIVE,
        "source_name": "k.txt", "source_sha256": "x", "confirmation": True, "weekend": "none",
        "before_counts": False, "problems": [], "loaded_at": LONG_AGO, "activated_at": LONG_AGO,
    }  # fmt: skip
    put(PlanRow, [plan])
    own = {"office_id": office.id}
    put(ItemRow, (
        {**own, "id": n, "plan_id": 1, "position": n, "code": f"V.{n}", "section": "V",
         "title": f"{TITLES[n % 3]} lần thứ {n}",
         "product": "Kế hoạch; báo cáo kết quả" if n % 3 != 1 else "Báo cáo",
         "deadline_text": "Trong năm", "assignment_text": "", "problems": [], "secret": False}
        for n in numbers
    ))  # fmt: skip
    put(ItemUnitRow, (
        {**own, "item_id": n, "position": 0, "duty": Duty.LEAD, "written": "Đơn vị",
         "collective": False, "unit_id": unit(n)}
        for n in numbers
    ))  # fmt: skip
    put(DeadlineRow, (
        {**own, "id": n, "item_id": n, "position": 0, "internal": False, "kind": KINDS[n % 10],
         "value": {"text": "Trong năm"}, "written_units": []}
        for n in numbers
    ))  # fmt: skip

    def due(n):
        # A tenth is past by the day the commands are sent.
        return start + dt.timedelta(days=n % 250 - 25) if n % 10 < 8 else None

    put(OccurrenceRow, (
        {**own, "id": n, "item_id": n, "deadline_id": n, "number": 1, "due": due(n),
         "original_due": due(n), "start": None, "before": False, "unsettled": False}
        for n in numbers
    ))  # fmt: skip
    reported = [n for n in numbers if n % 20 == 0]

    def part(n, part_id, unit_id, duty):
        waits = duty is Duty.LEAD and n % 20 == 0
        return {
            **own, "id": part_id, "occurrence_id": n, "unit_id": unit_id, "duty": duty,
            "progress": Progress.AWAITING_CONFIRMATION if waits else Progress.NOT_STARTED,
            "submitted_at": LONG_AGO if waits else None,
        }  # fmt: skip

    put(PartRow, (part(n, n, unit(n), Duty.LEAD) for n in numbers))
    put(PartRow, (
        part(n, ITEMS + n, unit(n, 1), Duty.COOPERATE) for n in numbers if n % 3 == 0
    ))  # fmt: skip
    put(ReportRow, (
        {**own, "id": n, "part_id": n, "person_id": 2, "on_behalf": False,
         "self_confirmed": False, "note": "", "state": ReportState.AWAITING,
         "submitted_at": LONG_AGO}
        for n in reported
    ))  # fmt: skip
    put(EvidenceRow, (
        {**own, "part_id": n, "report_id": n, "person_id": 2, "kind": EvidenceKind.LINK,
         "url": "https://e.vn/1", "received_at": LONG_AGO}
        for n in reported if n % 40
    ))  # fmt: skip
    put(AuditRow, (
        {**own, "at": LONG_AGO, "person_id": 2, "act": "part.report", "subject": "part",
         "subject_id": n % ITEMS + 1, "before": {"progress": "not_started"},
         "after": {"progress": "awaiting_confirmation"}}
        for n in range(ENTRIES)
    ))  # fmt: skip


async def make_year(db):
    office = await make_office(db)
    async with db.begin() as session:
        for number in range(MORE_UNITS):
            name = f"Phòng Thứ {number}"
            office.units[name] = await offices.put_unit(
                session, office.id, 10 + number, Unit(name, f"P{number}", (), "phòng chuyên môn")
            )
        connection = await session.connection()
        units = list(office.units.values())
        await connection.run_sync(lambda sync: furnish(sync, office, units))
    return office


async def echo(update, context):
    await update.message.reply_text(update.message.text)


async def echoing():
    """Return a conversation with a bot that only repeats what it is told."""
    request = RecordingRequest()
    application = (
        ApplicationBuilder().token("1:TEST").request(request)
        .get_updates_request(RecordingRequest()).updater(None).job_queue(None).build()
    )  # fmt: skip
    application.add_handler(MessageHandler(filters.TEXT, echo))
    await application.initialize()
    return Talk(application, request)


@dataclass
class Arriving(Talk):
    """A conversation whose updates come in as a running bot's do."""

    handling: Any = None
    arrive: Any = None

    async def hear(self, raw, *, again=False):
        self.updates += 1
        await self.arrive({"update_id": self.updates, **raw})
        self.handling.arrived()
        await self.handling.idle.wait()


@contextlib.asynccontextmanager
async def running(db, clock):
    """Yield a conversation with the bot, its intake and its handling."""
    request = RecordingRequest()
    application = make_application(db, clock, request)
    await application.initialize()
    handling = Handling(application, db, clock)

    async def arrive(raw):
        await updates.take_in(db, [raw], clock())

    loop = asyncio.create_task(handling.for_ever())
    yield Arriving(application, request, handling=handling, arrive=arrive)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await application.shutdown()


async def milliseconds(talk, act):
    """Return the median time from the update's arrival to the first request, and the first one."""
    asked = []
    original = talk.request.do_request

    async def noting(url, *rest, **more):
        asked.append(time.perf_counter())
        return await original(url, *rest, **more)

    talk.request.do_request = noting
    taken = []
    for number in range(ROUNDS):
        asked.clear()
        start = time.perf_counter()
        await act(number)
        taken.append((asked[0] - start) * 1000)
    talk.request.do_request = original
    return statistics.median(taken), taken[0]


def open_items(office):
    """Return numbers of dated items with one product that the first unit leads and still owes."""
    units = list(office.units.values())
    mine = units.index(office.units["Phòng Hành chính"])
    return [n for n in range(1, ITEMS) if n % len(units) == mine and n % 3 == 1 and 0 < n % 10 < 8]


async def test_commands_beside_a_bare_echo(db, clock):
    office = await make_year(db)
    bare = await echoing()
    own, waiting = open_items(office), range(20, ITEMS, 40)

    # As a tick does.
    start = time.perf_counter()
    await renew_every_office(db)
    print(f"\nwords of all items read in {time.perf_counter() - start:.1f} s")
    # As `nhacviec run` does once it has started.
    gc.collect()
    gc.freeze()
    base, _ = await milliseconds(bare, lambda _: bare.say("lan", "xin chào"))
    print(f"\n{ITEMS:,} items, {ENTRIES:,} entries of the trail; milliseconds, median of {ROUNDS}")
    print(f"{'bare echo':<52}{base:9.1f}")

    async def measure(what, act):
        took, first = await milliseconds(talk, act)
        print(f"{what:<52}{took:9.1f}   first {first:9.1f}   {took / base:7.0f} × echo")

    async with running(db, clock) as talk:
        for place, (who, words) in enumerate(ACTS):
            act, numbers = (
                (talk.say, own[place * ROUNDS :])
                if words.startswith("/")
                else (talk.press, waiting)
            )
            await measure(
                f"{who} {words}",
                lambda n, who=who, words=words, act=act, numbers=numbers: act(
                    who, words.format(n=numbers[n])
                ),
            )
    await bare.application.shutdown()
    # What was measured are acts, not refusals.
    states = [row.state for row in await rows(db, ReportRow)]
    assert states.count(ReportState.ACCEPTED) == ROUNDS
    assert len(states) == ITEMS // 20 + ROUNDS
    assert len(await rows(db, DialogRow)) == 1
