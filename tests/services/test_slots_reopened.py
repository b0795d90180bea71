"""A day's slot that told nobody: dropped or failed in the morning, it opens again that day."""

import datetime as dt

import pytest

from bot.domain.calendar_days import DayChange
from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxKind, OutboxState
from bot.services import calendar_days, deciding, lost_chats, members
from bot.services.progress import Claim, report_done
from storage.db import Database
from storage.models import ChatBindingRow, ItemRow, OutboxRow, ReportRow
from tests.builders import (
    ACCOUNTS,
    BLOCKED,
    LINE_DOWN,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    make_item,
    make_office,
    only_part,
    rows,
    vn,
)

HC = "Phòng Hành chính"
WAIT = DeliveryError("429", retry_after=dt.timedelta(minutes=10))
REFUSED = DeliveryError("Bad Request: can't parse entities", permanent=True)


async def due_today(office: Office, delivered: Delivered, sender: FakeSender) -> None:
    """Let I.1 of hc be due on 26/4, everything until the day before told."""
    await office.activate(make_item("I.1", due="2024-04-26"), make_item("I.2", due="2024-06-28"))
    await delivered.tick("2024-04-25 07:30")
    sender.clear()


async def slots_of(db: Database, office: Office, key: str) -> list[OutboxRow]:
    """Return what a group was owed in the slots of 26/4, in order."""
    return await rows(
        db,
        OutboxRow,
        OutboxRow.chat_id == office.chats[key],
        OutboxRow.slot_on == day("2024-04-26"),
    )


async def test_a_group_that_was_lost_and_bound_again_gets_the_days_message_and_the_midday_one(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", BLOCKED)
    await delivered.tick("2024-04-26 07:30")
    instead = await delivered.tick("2024-04-26 07:31")

    await office.bind("hc")

    assert "minh" in instead
    assert await delivered.tick("2024-04-26 09:00") == ["hc"]
    assert await delivered.tick("2024-04-26 10:01") == []
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]
    morning, midday = await slots_of(db, office, "hc")
    assert (morning.kind, midday.kind) == (OutboxKind.MORNING, OutboxKind.MIDDAY)
    assert morning.reason == "Forbidden: bot was kicked", "the ledger knows why it came late"


async def test_a_person_who_blocked_the_bot_and_took_it_back_gets_the_days_message(
    db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    office = await make_office(db, groups=("office",))
    await due_today(office, delivered, sender)
    sender.fail("minh", BLOCKED)
    await delivered.tick("2024-04-26 07:30")

    await lost_chats.chat_returned(db, ACCOUNTS["minh"], vn("2024-04-26 08:30"))

    assert await delivered.tick("2024-04-26 08:31") == ["minh"]
    assert await delivered.tick("2024-04-26 13:30") == ["minh"]


async def test_a_mistaken_day_off_that_is_taken_back_takes_nothing_with_it(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", WAIT)
    await delivered.tick("2024-04-26 07:30")
    lan, today = office.actor("lan"), day("2024-04-26")

    await calendar_days.change(db, lan, [DayChange(today, False, "x")], vn("2024-04-26 07:33"))
    await delivered.tick("2024-04-26 07:41")
    await calendar_days.change(db, lan, [DayChange(today, None, "")], vn("2024-04-26 07:44"))

    assert "hc" in await delivered.tick("2024-04-26 07:45")
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]


async def test_the_only_item_reported_and_returned_the_same_morning_is_reminded_of(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", due="2024-04-26"))
    await delivered.tick("2024-04-25 07:30")
    sender.fail("hc", WAIT)
    await delivered.tick("2024-04-26 07:30")
    part = await only_part(db, office)
    minh, lan = office.actor("minh"), office.actor("lan")

    await report_done(db, minh, part.id, Claim("https://a.vn/1"), vn("2024-04-26 07:33"))
    await delivered.tick("2024-04-26 07:41")
    (dropped,) = await slots_of(db, office, "hc")
    (report,) = await rows(db, ReportRow)
    await deciding.decide(db, lan, report.id, vn("2024-04-26 09:00"), reason="thiếu minh chứng")
    await delivered.tick("2024-04-26 09:01")

    (morning,) = await slots_of(db, office, "hc")
    assert dropped.state is OutboxState.DROPPED
    assert (morning.id, morning.state, morning.reason) == (dropped.id, OutboxState.SENT, None)
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]


async def test_a_chat_unbound_by_mistake_and_bound_again_gets_the_days_message(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", WAIT)
    await delivered.tick("2024-04-26 07:30")
    (bound,) = await rows(db, ChatBindingRow, ChatBindingRow.unit_id == office.units[HC])

    await members.unbind(db, office.actor("lan"), bound.id or 0, vn("2024-04-26 07:33"))
    unbound = await delivered.tick("2024-04-26 07:41")
    await office.bind("hc")

    assert "hc" not in unbound
    assert await delivered.tick("2024-04-26 07:46") == ["hc"]
    assert await delivered.tick("2024-04-26 08:50") == []
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]


async def test_a_wait_that_telegram_asked_for_holds_for_a_slot_that_opens_again(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", DeliveryError("429", retry_after=dt.timedelta(minutes=30)))
    await delivered.tick("2024-04-26 07:30")
    (slot,) = await slots_of(db, office, "hc")
    await change(
        db, OutboxRow, slot.id or 0, state=OutboxState.DROPPED, closed_at=delivered.clock()
    )
    await office.bind("vb")
    sender.clear()

    await office.activate(make_item("II.1", due="2024-04-26"), source=b"another")

    assert await delivered.tick("2024-04-26 07:45") == []
    assert await delivered.tick("2024-04-26 08:00") == ["hc"]


async def test_a_morning_message_that_was_sent_is_the_only_one(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    await delivered.tick("2024-04-26 07:30")
    sender.clear()

    await lost_chats.chat_left(db, -1001, "kicked", vn("2024-04-26 08:00"))
    await office.bind("hc")

    assert "hc" not in await delivered.tick("2024-04-26 09:00")
    assert len(await slots_of(db, office, "hc")) == 1


async def test_what_telegram_refuses_for_its_words_is_tried_again_when_they_change(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", REFUSED)
    for minute in range(30, 33):
        await delivered.tick(f"2024-04-26 07:{minute}")
    (refused,) = await slots_of(db, office, "hc")

    await office.activate(make_item("II.1", due="2024-04-26"), source=b"another")
    await delivered.tick("2024-04-26 07:33")

    assert (refused.state, refused.attempts) == (OutboxState.FAILED, 1)
    assert [row.state for row in await slots_of(db, office, "hc")] == [OutboxState.SENT]


# --- the midday message --------------------------------------------------------------------------


@pytest.mark.parametrize("ladder", [[10, 3], [5], [0], [10, 5, 3, 1, 0]])
async def test_what_is_due_today_is_said_at_midday_whatever_the_rungs(
    office: Office, db: Database, delivered: Delivered, ladder: list[int]
) -> None:
    await office.activate(make_item("I.1", due="2024-04-26"))
    (item,) = await rows(db, ItemRow)
    await change(db, ItemRow, item.id or 0, settings={"ladder": ladder})
    for number in (11, 12, 19, 23, 25):
        await delivered.tick(f"2024-04-{number} 07:30")

    assert await delivered.tick("2024-04-26 07:30") == (["hc"] if 0 in ladder else [])
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]
    assert await delivered.tick("2024-04-26 13:31") == []


async def test_at_midday_a_chat_whose_morning_message_still_waits_gets_that_one_alone(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", LINE_DOWN)
    await delivered.tick("2024-04-26 07:30")

    assert await delivered.tick("2024-04-26 13:30") == ["hc"]
    assert await delivered.tick("2024-04-26 14:31") == []


@pytest.mark.parametrize(("at", "again"), [("12:15", ["hc"]), ("12:45", [])])
async def test_a_morning_message_sent_shortly_before_midday_needs_no_second_one(
    office: Office, delivered: Delivered, sender: FakeSender, at: str, again: list[str]
) -> None:
    await due_today(office, delivered, sender)
    await delivered.tick(f"2024-04-26 {at}")

    assert await delivered.tick("2024-04-26 13:30") == again
