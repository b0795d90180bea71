"""Delivering all that is due: urgent first, fair, within the limits, and never lost."""

import asyncio
import datetime as dt
from itertools import chain, pairwise, repeat

import pytest

from bot.domain.errors import DatabaseTrouble, DeliveryError
from bot.domain.outbox import LATE_AFTER, OutboxKind, OutboxState
from bot.domain.rate import TELEGRAM, Limiter
from bot.i18n import translator
from bot.services import away, clock_changes
from bot.services.courier import Courier
from bot.services.delivery import CUT, Delivery
from bot.services.lateness import GATHER
from bot.services.messages import Address, Outgoing
from bot.services.pace import Pace
from handlers.render import render
from storage import chats, outbox, outbox_lately
from storage.db import Database
from storage.models import OutboxRow
from tests.builders import (
    GROUPS,
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    make_item,
    rows,
    vn,
)

NOW = vn("2024-04-26 09:00")
KEYS = ("hc", "vb", "office", "leaders")
UNKNOWN_OUTCOME = DeliveryError("timed out", uncertain=True)


class VirtualTime:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class TimedSender(FakeSender):
    """Notes when each message was sent."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self.time = time
        self.moments: list[tuple[float, int]] = []

    async def send(self, address: Address, message: Outgoing) -> int:
        sent = await super().send(address, message)
        self.moments.append((self.time(), address.telegram_id))
        return sent


async def owe(
    db: Database,
    office: Office,
    key: str,
    count: int = 1,
    kind: OutboxKind = OutboxKind.TEST,
    at: dt.datetime = NOW,
) -> None:
    async with db.begin() as session:
        chat = await chats.get_chat(session, office.chats[key])
        for number in range(count):
            await outbox.owe(session, chat, kind, f"{kind}:{number}", at, subject_id=number)


def delivery_of(db: Database, sender: FakeSender, pace: Pace, now: dt.datetime = NOW) -> Delivery:
    return Delivery(db, sender, render, translator, Clock(now), lambda: 0.0, pace)


async def test_what_is_urgent_goes_before_what_is_for_everybody(
    db: Database, office: Office, sender: FakeSender
) -> None:
    await owe(db, office, "hc", 3, OutboxKind.AWAY)
    async with db.begin() as session:
        for row in await rows(db, OutboxRow):
            row.payload = {"from": NOW.isoformat(), "to": NOW.isoformat()}
            session.add(row)
    await owe(db, office, "vb")

    await Courier(delivery_of(db, sender, Pace(Limiter(None)))).drain()

    assert sender.chats() == ["vb", "hc"]


async def test_chats_take_turns(db: Database, office: Office, sender: FakeSender) -> None:
    await owe(db, office, "hc", 3)
    for key in KEYS[1:]:
        await owe(db, office, key)

    await Courier(delivery_of(db, sender, Pace(Limiter(None)))).drain()

    order = [chat for chat, _ in sender.sent]
    assert sorted(order[:4]) == sorted(GROUPS[key][0] for key in KEYS)
    assert len(order) == 6


async def test_telegrams_limits_are_kept_on_a_virtual_clock(db: Database, office: Office) -> None:
    time = VirtualTime()
    sender = TimedSender(time)
    await owe(db, office, "hc", 25)
    courier = Courier(delivery_of(db, sender, Pace(Limiter(TELEGRAM), time, time.sleep)))

    while len(sender.sent) < 25:
        await courier.drain()
        time.now += 5

    moments = [at for at, _ in sender.moments]
    assert all(later - earlier >= 1 for earlier, later in pairwise(moments))
    assert moments[20] - moments[0] >= 60


async def test_an_answer_does_not_wait_behind_the_bulk() -> None:
    time = VirtualTime()
    pace = Pace(Limiter(TELEGRAM), time, time.sleep)
    for chat in range(1, 31):
        await pace.turn(chat)
    began = time()

    await pace.turn(99)

    assert time() - began < 1.1


async def test_a_chat_that_must_wait_long_does_not_hold_the_others_back(
    db: Database, office: Office, sender: FakeSender
) -> None:
    await owe(db, office, "hc", 2)
    await owe(db, office, "vb", 2)
    pace = Pace(Limiter(None))
    pace.asked_to_wait(GROUPS["hc"][0], dt.timedelta(seconds=312))

    await Courier(delivery_of(db, sender, pace)).drain()

    assert sender.chats() == ["vb"]
    assert len(sender.sent) == 2


class SlowSender(FakeSender):
    """Takes a while for each message; to `hangs`, until everything else has arrived."""

    def __init__(self, hangs: str | None, others: int = 0) -> None:
        super().__init__()
        self.hangs = hangs and GROUPS[hangs][0]
        self.others = others
        self.others_have_arrived = asyncio.Event()
        self.began = asyncio.Event()
        self.under_way: list[int] = []
        self.most = 0

    async def send(self, address: Address, message: Outgoing) -> int:
        assert address.telegram_id not in self.under_way
        self.began.set()
        self.under_way.append(address.telegram_id)
        self.most = max(self.most, len(self.under_way))
        if address.telegram_id == self.hangs:
            await self.others_have_arrived.wait()
        await asyncio.sleep(0.001)
        self.under_way.remove(address.telegram_id)
        sent = await super().send(address, message)
        if len(self.sent) == self.others:
            self.others_have_arrived.set()
        return sent


async def test_a_queue_read_while_a_chat_is_busy_still_holds_what_else_it_is_owed(
    db: Database, office: Office, sender: FakeSender
) -> None:
    await owe(db, office, "hc", 2)
    await owe(db, office, "vb", 2)
    # Reading the queue takes so long that it is read again while the first message is under way.
    seconds = chain((0.0, 0.0), repeat(2.0))
    pace = Pace(Limiter(None), lambda: next(seconds))
    pace.asked_to_wait(GROUPS["hc"][0], dt.timedelta(seconds=312))

    await Courier(delivery_of(db, sender, pace)).drain()

    assert len(sender.to("vb")) == 2


async def test_one_message_is_under_way_at_a_time(db: Database, office: Office) -> None:
    sender = SlowSender(hangs=None)
    for key in KEYS:
        await owe(db, office, key, 3)

    await Courier(delivery_of(db, sender, Pace(Limiter(None))), hanging=60).drain()

    assert len(sender.sent) == 12
    assert sender.most == 1


async def test_a_send_that_gets_no_answer_holds_no_other_chat_up(
    db: Database, office: Office
) -> None:
    sender = SlowSender(hangs="hc", others=9)
    for key in KEYS:
        await owe(db, office, key, 3)
    courier = Courier(delivery_of(db, sender, Pace(Limiter(None))), hanging=0.01)

    await asyncio.wait_for(courier.drain(), 10)

    assert len(sender.sent) == 12
    assert GROUPS["hc"][0] not in [chat for chat, _ in sender.sent[:9]]


async def test_what_is_owed_while_a_send_hangs_goes_out_at_once(
    db: Database, office: Office
) -> None:
    sender = SlowSender(hangs="hc", others=1)
    await owe(db, office, "hc")
    courier = Courier(delivery_of(db, sender, Pace(Limiter(None))), hanging=0.01)
    draining = asyncio.create_task(courier.drain())
    await sender.began.wait()

    await owe(db, office, "vb")
    courier.wake()
    await asyncio.wait_for(draining, 10)

    assert sender.chats() == ["vb", "hc"]


async def test_a_send_under_way_at_the_end_of_the_grace_is_cut_and_counted_as_uncertain(
    db: Database, office: Office, sender: FakeSender
) -> None:
    began = asyncio.Event()

    async def for_ever(address: Address, message: Outgoing) -> int:
        began.set()
        await asyncio.sleep(3600)
        return 0

    sender.send = for_ever  # type: ignore[method-assign]
    await owe(db, office, "hc")
    courier = Courier(delivery_of(db, sender, Pace(Limiter(None))))
    draining = asyncio.create_task(courier.drain())
    await began.wait()

    await courier.stop(grace=0.01)
    await draining

    (row,) = await rows(db, OutboxRow)
    assert (row.state, row.uncertain, row.reason) == (OutboxState.PENDING, 1, CUT)


async def test_a_send_that_ends_within_the_grace_is_recorded_and_nothing_more_is_begun(
    db: Database, office: Office
) -> None:
    sender = SlowSender(hangs="hc")
    await owe(db, office, "hc", 2)
    courier = Courier(delivery_of(db, sender, Pace(Limiter(None))))
    draining = asyncio.create_task(courier.drain())
    await sender.began.wait()

    stopping = asyncio.create_task(courier.stop(grace=10))
    await asyncio.sleep(0)
    sender.others_have_arrived.set()
    await asyncio.gather(stopping, draining)

    states = sorted(row.state for row in await rows(db, OutboxRow))
    assert states == [OutboxState.PENDING, OutboxState.SENT]
    assert len(sender.sent) == 1


async def test_a_timeout_whose_outcome_nobody_knows_is_sent_again_and_counted(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.now = NOW
    sender.fail("hc", UNKNOWN_OUTCOME)
    await owe(db, office, "hc")

    await delivered.one()
    clock.now += dt.timedelta(seconds=10)
    await delivered.one()

    (row,) = await rows(db, OutboxRow)
    assert (row.state, row.uncertain) == (OutboxState.SENT, 1)
    assert len(sender.to("hc")) == 1


async def test_what_was_sent_while_the_disk_was_full_is_recorded_and_not_sent_again(
    db: Database,
    office: Office,
    delivered: Delivered,
    sender: FakeSender,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.now = NOW
    await owe(db, office, "hc")
    record, tries = outbox.record_message, []

    async def full_twice(*given: object, **named: object) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise DatabaseTrouble("database or disk is full")
        await record(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "record_message", full_twice)
    monkeypatch.setattr("bot.services.delivery.TRY_WRITING_AGAIN", 0.0)

    await delivered.one()
    await delivered.one()

    assert len(sender.sent) == 1
    assert [row.state for row in await rows(db, OutboxRow)] == [OutboxState.SENT]


@pytest.mark.parametrize("kind", [OutboxKind.BRIEFING, OutboxKind.BRIEFING_DRAFT])
async def test_a_briefing_older_than_a_day_is_dropped_and_the_office_told(
    db: Database,
    office: Office,
    delivered: Delivered,
    sender: FakeSender,
    clock: Clock,
    kind: OutboxKind,
) -> None:
    clock.now = NOW + LATE_AFTER[kind] + dt.timedelta(minutes=1)
    for key in ("hc", "vb"):
        await owe(db, office, key, kind=kind)

    for _ in range(2):
        await delivered.one()
    clock.now += GATHER
    await delivered.one()

    assert sender.chats() == ["office"]
    (text,) = sender.to("office")
    assert "Nhóm hc" in text
    assert "Nhóm vb" in text
    assert "giao ban" in text
    dropped = await rows(db, OutboxRow, OutboxRow.kind == kind)
    assert {row.reason for row in dropped} == {outbox_lately.TOO_OLD}


async def test_what_a_killed_process_was_sending_is_taken_over_at_once(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.now = NOW
    await owe(db, office, "hc")
    (row,) = await rows(db, OutboxRow)
    await change(db, OutboxRow, row.id, state=OutboxState.SENDING, lease_until=NOW, attempts=1)

    assert await clock_changes.take_over(db, NOW) == 1
    await delivered.one()

    (row,) = await rows(db, OutboxRow)
    assert (row.state, row.uncertain) == (OutboxState.SENT, 1)


async def test_a_clock_that_was_set_back_freezes_nothing(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    day = dt.timedelta(days=1)
    await owe(db, office, "hc", at=NOW)
    await owe(db, office, "vb", at=NOW + dt.timedelta(minutes=5))

    clock.now = NOW - day
    await clock_changes.clock_set_back(db, clock.now, day)

    assert await delivered.one()
    assert not await delivered.one(), "what was to wait five minutes still waits five minutes"
    clock.now += dt.timedelta(minutes=5)
    assert await delivered.one()
    assert len(sender.sent) == 2


async def test_a_start_under_a_clock_that_ran_ahead_before_lets_go_what_it_put_off(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    await owe(db, office, "hc", at=NOW + dt.timedelta(days=400))
    clock.now = NOW

    await clock_changes.take_over(db, NOW)

    assert await delivered.one()


async def test_the_office_hears_once_from_when_to_when_the_bot_was_away(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    back = NOW + dt.timedelta(hours=3)

    await away.owe_away(db, NOW, back)
    await away.owe_away(db, NOW, back)
    clock.now = back + away.CATCH_UP
    while await delivered.one():
        pass

    (text,) = sender.to("office")
    assert "09:00" in text
    assert "12:00" in text


async def test_a_short_absence_is_not_worth_a_word(db: Database, office: Office) -> None:
    assert await away.owe_away(db, NOW, NOW + dt.timedelta(minutes=60)) == 0


async def test_a_test_names_the_units_that_a_chat_stands_for(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.now = NOW
    await owe(db, office, "hc")

    await delivered.one()

    assert "Phòng Hành chính" in sender.to("hc")[0]


async def test_what_was_sent_lately_is_counted_by_the_next_process(
    db: Database, office: Office, delivered: Delivered, clock: Clock
) -> None:
    await office.activate(make_item())
    await delivered.tick("2024-04-26 07:30")
    time = VirtualTime()
    pace = Pace(Limiter(TELEGRAM), time, time.sleep)

    await pace.seed(db, clock())

    assert pace.wait_for(GROUPS["hc"][0]) > 0.9
