"""A clock that ran ahead for a moment: what it told counts for no day, and none is lost."""

import datetime as dt

import pytest

from bot.domain.outbox import OutboxKind, OutboxState
from bot.i18n import translator
from bot.services import briefings, told
from bot.services.clock_changes import clock_set_back, take_over
from bot.services.summaries_closing import plan_summaries
from handlers import render_told
from storage import copies, outbox_ahead
from storage.db import Database
from storage.models import BriefingRow, OfficeRow, OutboxRow, ReminderRow, SummaryRow
from tests.builders import (
    LINE_DOWN,
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    make_item,
    rows,
    vn,
)

# The mornings after 19/4 on which somebody is told of an item due on 26/4 and one due on 10/5.
MORNINGS = {
    "04-23": ["hc"],
    "04-24": ["hc", "office", "minh"],
    "04-25": ["hc"],
    "04-26": ["hc"],
    "05-02": ["hc", "office"],
    "05-03": ["hc"],
    "05-04": ["hc", "viet"],
    "05-06": ["hc"],
    "05-07": ["hc", "viet"],
    "05-08": ["hc", "office", "minh"],
    "05-27": ["hc", "office", "viet"],  # with what the mornings left out here would have said
}
SET_BACK_AT = vn("2024-04-19 08:10")


@pytest.fixture
async def office(office: Office, db: Database) -> Office:
    """An office with every step of the escalation, and two items since 15/4."""
    await change(db, OfficeRow, office.id, settings={})
    items = make_item("I.1", due="2024-04-26"), make_item("I.2", due="2024-05-10")
    await office.activate(*items, now=vn("2024-04-15 10:00"))
    return office


async def run_ahead(delivered: Delivered) -> list[str]:
    """Tick on 19/4, and once more while the clock shows 27/5; return whom the latter told."""
    await delivered.tick("2024-04-19 07:30")
    return await delivered.tick("2024-05-27 08:00")


@pytest.mark.parametrize("noticed", ["at work", "at the next start", "by the next pass alone"])
async def test_a_clock_a_month_ahead_for_a_moment_costs_no_reminder_and_no_escalation(
    office: Office, db: Database, delivered: Delivered, noticed: str
) -> None:
    assert "viet" in await run_ahead(delivered)

    if noticed == "at work":
        await clock_set_back(db, SET_BACK_AT, dt.timedelta(days=38))
    elif noticed == "at the next start":
        await take_over(db, SET_BACK_AT)
    again = await delivered.tick("2024-04-19 08:10")
    told_on = {on: await delivered.tick(f"2024-{on} 07:30") for on in MORNINGS}

    assert again == []
    assert told_on == MORNINGS


async def test_what_was_sent_under_the_wrong_clock_stays_in_the_ledger_as_such(
    office: Office, db: Database, delivered: Delivered, clock: Clock
) -> None:
    await run_ahead(delivered)

    await delivered.tick("2024-04-19 08:10")
    await delivered.tick("2024-04-23 07:30")

    page = await told.told_of_item(db, office.actor("lan"), 1, clock.now)
    (text,) = (message.html for message in render_told.told(page, translator("vi")))
    blocks = text.split("\n\n")
    wrong = [block for block in blocks if "gửi khi đồng hồ máy chủ chạy sai" in block]
    assert len(wrong) == 3, "hc, office and viet were told"
    assert all(block.startswith("<b>08:10 thứ Sáu 19/4/2024</b>") for block in wrong)
    assert sum("Đã đến" in block for block in blocks) == 5


async def test_what_waited_under_the_wrong_clock_is_owed_on_the_right_day(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await delivered.tick("2024-04-25 08:00")
    sender.fail("hc", LINE_DOWN)
    await delivered.tick("2024-04-26 07:31")

    await clock_set_back(db, vn("2024-04-25 08:05"), dt.timedelta(days=1))

    assert await delivered.tick("2024-04-25 08:06") == []
    assert "hc" in await delivered.tick("2024-04-26 07:30")
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]


async def test_a_slot_that_the_wrong_clock_gave_up_for_a_later_one_opens_again(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", *[LINE_DOWN] * 2)
    await delivered.tick("2024-04-25 07:30")
    await delivered.tick("2024-04-26 07:30")

    await delivered.tick("2024-04-25 07:32")

    of_hc = OutboxRow.chat_id == office.chats["hc"]
    (today,) = await rows(db, OutboxRow, OutboxRow.slot_on == day("2024-04-25"), of_hc)
    assert today.state is OutboxState.SENT


async def test_the_briefing_of_a_week_to_come_is_made_again_in_its_week(
    office: Office, db: Database
) -> None:
    await briefings.plan_briefings(db, vn("2024-05-27 14:00"))

    await clock_set_back(db, SET_BACK_AT, dt.timedelta(days=38))
    await briefings.plan_briefings(db, vn("2024-05-27 14:00"))

    drafts = await rows(db, OutboxRow, OutboxRow.kind == OutboxKind.BRIEFING_DRAFT)
    assert [row.state for row in drafts] == [OutboxState.DROPPED, OutboxState.PENDING]
    assert len(await rows(db, BriefingRow)) == 1


async def test_figures_of_a_month_that_is_not_over_are_frozen_again_when_it_is(
    office: Office, db: Database
) -> None:
    await plan_summaries(db, vn("2024-05-27 14:00"))
    wrong = await rows(db, SummaryRow, SummaryRow.last == day("2024-05-14"))

    await clock_set_back(db, SET_BACK_AT, dt.timedelta(days=38))
    back = await rows(db, SummaryRow, SummaryRow.last == day("2024-05-14"))
    await plan_summaries(db, vn("2024-05-15 07:00"))

    (month,) = await rows(db, SummaryRow, SummaryRow.last == day("2024-05-14"))
    told = await rows(
        db,
        OutboxRow,
        OutboxRow.kind == OutboxKind.SUMMARY,
        OutboxRow.state == OutboxState.PENDING,
    )
    assert (len(wrong), back) == (1, [])
    assert month.frozen_at == vn("2024-05-15 07:00")
    assert month.id in {row.subject_id for row in told}


async def test_a_pass_under_a_right_clock_changes_nothing(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await delivered.tick("2024-04-24 07:30")
    now, tables = delivered.clock(), (OutboxRow, ReminderRow)
    before = [await rows(db, table) for table in tables]

    async with db.begin() as session:
        found = await outbox_ahead.any_ahead(session, now, day("2024-04-24"))
        count = await outbox_ahead.put_right(session, now, day("2024-04-24"))

    assert (found, count) == (False, 0)
    assert [await rows(db, table) for table in tables] == before


async def test_a_preview_of_days_gone_by_takes_no_clock_for_wrong(
    office: Office, db: Database, delivered: Delivered
) -> None:
    for at in ("2024-04-19 07:30", "2024-04-24 07:30"):
        await delivered.tick(at)

    async with db.begin() as session:
        await copies.set_back(session, vn("2024-04-22 00:00"), day("2024-04-22"))
        found = await outbox_ahead.any_ahead(session, vn("2024-04-22 07:30"), day("2024-04-22"))

    assert not found
