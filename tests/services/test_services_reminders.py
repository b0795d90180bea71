"""Planning the morning's messages, and to whom they go."""

import pytest

from bot.domain.outbox import OutboxState
from bot.domain.roles import Role
from bot.services.planner import Planner
from storage import chats
from storage.db import Database
from storage.models import (
    CalendarDayRow,
    ChatRow,
    OutboxRow,
    PlanRow,
    ReminderRow,
)
from tests.builders import (
    ACCOUNTS,
    BLOCKED,
    LINE_DOWN,
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    every,
    make_item,
    make_office,
    on,
    rows,
    vn,
)

HC, VB, TG, VP = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp", "Văn phòng"


async def test_a_chat_is_reminded_on_the_rungs_of_the_ladder_and_on_no_other_day(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    reminded = [
        day for day in range(1, 27) if await delivered.tick(f"2024-04-{day:02d} 07:30") == ["hc"]
    ]

    assert reminded == [11, 19, 23, 25, 26]


async def test_a_reminder_is_owed_once_however_often_it_is_planned(
    office: Office, db: Database
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    now = vn("2024-04-26 07:30")

    planned = [await Planner(db).plan(now) for _ in range(5)]

    assert planned[0] == 1
    assert len(await rows(db, OutboxRow)) == len(await rows(db, ReminderRow)) == 1


async def test_one_message_a_morning_holds_everything_a_chat_must_know(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-26"),
        make_item("I.2", due="2024-05-06"),
        make_item("I.3", due="2024-12-31"),
    )

    await delivered.tick("2024-04-26 07:30")

    assert len(sender.to("hc")) == 1
    assert "I.1" in sender.to("hc")[0]
    assert "I.2" in sender.to("hc")[0]
    assert "I.3" not in sender.to("hc")[0]


async def test_a_message_comes_only_when_something_reached_a_rung(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-12-31"))

    assert await delivered.tick("2024-04-26 07:30") == []


@pytest.mark.parametrize(
    "at",
    [
        "2024-04-26 07:29",
        "2024-04-26 17:00",
        "2024-04-26 00:30",
        "2024-04-27 09:00",  # Saturday
        "2024-04-29 09:00",  # swapped off
        "2024-04-30 09:00",  # Reunification Day
    ],
)
async def test_nothing_is_planned_outside_working_hours_and_days(
    office: Office, db: Database, at: str
) -> None:
    await office.activate(make_item(due="2024-04-30"))

    assert await Planner(db).plan(vn(at)) == 0
    assert await rows(db, OutboxRow) == []


async def test_a_day_off_that_the_office_set_itself_counts(
    office: Office, db: Database, delivered: Delivered
) -> None:
    async with db.begin() as session:
        session.add(
            CalendarDayRow(
                office_id=office.id,
                day=vn("2024-04-26 09:00").date(),
                working=False,
                notice="12/TB",
            )
        )
    await office.activate(make_item(due="2024-04-26"))

    assert await delivered.tick("2024-04-26 07:30") == []
    assert await delivered.tick("2024-04-25 07:30") == ["hc"], "hạn nhắc is the day before now"


@pytest.mark.parametrize(
    ("due", "at"),
    [
        ("2024-02-29", "2024-02-29 07:30"),
        ("2024-12-31", "2024-12-31 07:30"),
        ("2024-02-11", "2024-02-07 07:30"),  # Tết: the last working day before it
        ("2024-05-05", "2024-05-04 07:30"),  # Sunday; Saturday was worked
    ],
)
async def test_the_last_reminder_comes_on_the_last_working_day(
    office: Office, delivered: Delivered, due: str, at: str
) -> None:
    await office.activate(make_item(due=due))

    await delivered.tick(at)

    assert [line.step for line in await rows(delivered.db, ReminderRow)] == ["0"]


async def test_back_before_five_the_message_comes_at_once_with_what_was_missed(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    assert await delivered.tick("2024-04-23 16:59") == ["hc"]


async def test_back_after_five_it_comes_the_next_working_morning_with_the_latest_rung(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    assert await delivered.tick("2024-04-25 17:01") == []
    assert await delivered.tick("2024-04-26 07:30") == ["hc"]
    assert [line.step for line in await rows(delivered.db, ReminderRow)] == ["0"]


async def test_an_outage_of_days_ends_in_one_message(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", due="2024-04-26"), make_item("I.2", due="2024-05-03"))

    await delivered.tick("2024-04-11 07:30")
    await delivered.tick("2024-05-02 10:15")

    assert len(sender.to("hc")) == 2
    steps = {line.step for line in await rows(delivered.db, ReminderRow)}
    assert steps == {"10", "late:2024-05-02", "1"}


async def test_a_line_down_for_days_ends_in_one_message_with_the_latest(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    sender.fail("hc", *[LINE_DOWN] * 3)

    for number in (19, 23, 25):
        await delivered.tick(f"2024-04-{number} 07:30")
    await delivered.tick("2024-04-26 07:30")

    assert len(sender.to("hc")) == 1
    dropped = [row for row in await rows(delivered.db, OutboxRow) if row.state == "dropped"]
    assert {row.reason for row in dropped} == {"became part of a later morning"}
    assert [line.step for line in await rows(delivered.db, ReminderRow)] == ["5", "3", "1", "0"]


async def test_a_message_still_waiting_at_five_is_not_sent_in_the_evening(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    sender.fail("hc", LINE_DOWN)

    await delivered.tick("2024-04-25 16:58")
    await delivered.tick("2024-04-25 17:10")
    await delivered.tick("2024-04-26 07:30")

    assert len(sender.to("hc")) == 1


async def test_a_plan_activated_in_the_middle_of_the_day_reminds_at_once(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"), now=vn("2024-04-25 10:05"))

    assert await delivered.tick("2024-04-25 10:05") == ["hc"]


async def test_what_a_chat_could_not_be_told_in_todays_message_comes_with_the_next(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", due="2024-04-25"))
    await delivered.tick("2024-04-25 07:30")
    await office.activate(
        make_item("II.1", due="2024-04-26"), now=vn("2024-04-25 10:05"), source=b"second"
    )

    at_once = await delivered.tick("2024-04-25 10:06")
    next_morning = await delivered.tick("2024-04-26 07:30")

    assert (at_once, next_morning) == ([], ["hc"])
    assert "II.1" in sender.to("hc")[-1]


async def test_what_is_overdue_is_said_every_working_morning_to_the_lead_only(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-25", lead=[HC], cooperate=[VB]))
    await delivered.tick("2024-04-25 07:30")

    mornings = [await delivered.tick(f"2024-04-{number} 07:30") for number in (26, 27, 29)]
    after_holidays = await delivered.tick("2024-05-02 07:30")

    assert mornings == [["hc"], [], []]
    assert after_holidays == ["hc"]


async def test_a_cooperating_unit_hears_of_it_three_days_before_and_on_the_day(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26", lead=[HC], cooperate=[VB]))

    heard = [
        day for day in range(8, 27) if "vb" in await delivered.tick(f"2024-04-{day:02d} 07:30")
    ]

    assert heard == [23, 26]


async def test_a_unit_with_an_internal_date_is_reminded_of_that_date(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(
        make_item(due="2024-12-31", lead=[VP], internal=[(HC, on("2024-04-24"))])
    )

    assert await delivered.tick("2024-04-24 07:30") == ["hc"]


async def test_each_date_of_a_recurring_duty_is_reminded_of(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due=every("2024-03-14", "2024-06-14")))

    await delivered.tick("2024-03-14 07:30")
    await delivered.tick("2024-06-14 07:30")

    due = {line.due.isoformat() for line in await rows(delivered.db, ReminderRow)}
    assert due == {"2024-03-14", "2024-06-14"}


async def test_a_closed_plan_reminds_nobody(office: Office, delivered: Delivered) -> None:
    await office.activate(make_item(due="2024-04-26"))
    plan = (await rows(delivered.db, PlanRow))[0]
    await change(delivered.db, PlanRow, plan.id, state="closed")

    assert await delivered.tick("2024-04-26 07:30") == []


# --- to whom -------------------------------------------------------------------------------------


async def test_a_unit_without_a_chat_is_reminded_through_its_heads(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=("office",))
    await office.activate(make_item(due="2024-04-26", lead=[HC]))

    assert await delivered.tick("2024-04-26 07:30") == ["minh"]


async def test_all_heads_of_a_unit_without_a_chat_are_told_and_staff_are_not(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=("office",))
    await office.enrol("hoa", Role.HEAD, HC)
    await office.activate(make_item(due="2024-04-26", lead=[HC]))

    assert set(await delivered.tick("2024-04-26 07:30")) == {"minh", "hoa"}


async def test_a_unit_with_neither_chat_nor_head_is_reminded_through_the_office(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item(due="2024-04-26", lead=[TG]))

    assert await delivered.tick("2024-04-26 07:30") == ["office"]
    assert TG in sender.to("office")[0]


async def test_what_nobody_is_assigned_to_goes_to_the_office(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26", lead=[]))

    assert await delivered.tick("2024-04-26 07:30") == ["office"]


async def test_without_any_chat_of_the_office_its_people_are_told_in_private(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=())
    await office.activate(make_item(due="2024-04-26", lead=[]))

    assert await delivered.tick("2024-04-26 07:30") == ["lan"]


async def test_the_chat_of_the_office_also_serves_the_unit_that_does_its_job(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26", lead=[VP]))

    assert await delivered.tick("2024-04-26 07:30") == ["office"]


async def test_a_chat_that_serves_two_units_gets_one_message_naming_both(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    async with db.begin() as session:
        chat = await chats.get_chat(session, office.chats["hc"])
        await chats.bind(session, chat, "unit", office.units[TG])
    await office.activate(
        make_item("I.1", due="2024-04-26", lead=[HC]),
        make_item("I.2", due="2024-04-26", lead=[TG]),
    )

    assert await delivered.tick("2024-04-26 07:30") == ["hc"]
    assert "I.1" in sender.to("hc")[0]
    assert "I.2" in sender.to("hc")[0]


async def test_what_a_lost_chat_was_owed_goes_to_the_heads_on_the_next_tick(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    sender.fail("hc", BLOCKED)

    first = await delivered.tick("2024-04-26 07:30")
    second = await delivered.tick("2024-04-26 07:31")

    assert first == ["office"], "which is told that the chat is lost"
    assert second == ["minh"]
    lost = (await rows(delivered.db, ChatRow, ChatRow.id == office.chats["hc"]))[0]
    assert (lost.active, bool(lost.lost_reason)) == (False, True)


async def test_two_offices_are_reminded_of_their_own_work_only(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    async with db.begin() as session:
        chat = await chats.put_chat(session, other.id, ACCOUNTS["khach"], 0)
        await chats.bind(session, chat, "office", None)
    await office.activate(make_item("I.1", due="2024-04-26"))
    await other.activate(make_item("VII.7", due="2024-04-26", lead=[]))

    await delivered.tick("2024-04-26 07:30")

    assert "VII.7" not in "".join(sender.to("hc"))
    assert "I.1" not in "".join(sender.to("khach"))
    assert "VII.7" in "".join(sender.to("khach"))


async def test_the_ledger_says_what_was_said_to_which_chat_and_when(
    office: Office, db: Database, delivered: Delivered, clock: Clock
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    await delivered.tick("2024-04-26 07:30")

    line = (await rows(db, ReminderRow))[0]
    message = (await rows(db, OutboxRow, OutboxRow.id == line.outbox_id))[0]
    assert (line.chat_id, line.step) == (office.chats["hc"], "0")
    assert (message.state, message.closed_at) == (OutboxState.SENT, clock())
    assert message.message_ids == [1]
