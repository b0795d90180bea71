"""Escalation: a step that is off holds off nothing, and who was told is told again every week."""

from typing import Any

import pytest

from bot.domain.deadline import DateDeadline
from bot.domain.escalation import Level, escalations, level_of
from bot.domain.roles import Role
from bot.domain.rules import Rules
from bot.services.deciding import decide
from bot.services.progress import Claim, report_done
from storage import chats
from storage.db import Database
from storage.models import GrantRow, OfficeRow, ReportRow
from tests.builders import (
    CALENDAR,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    make_item,
    make_part,
    only_part,
    rows,
    vn,
)

HC = "Phòng Hành chính"
DUE = day("2024-05-10")
ABOVE = ["leader", "director"]


def steps_after(working_days: int, **rules: Any) -> list[str]:
    """Return the names of the steps reached so many working days after hạn tính."""
    part = make_part(due="2024-05-10")
    today = CALENDAR.plus_working_days(DUE, working_days)
    return [step.name for _, step in escalations(part, today, CALENDAR, Rules(**rules))]


@pytest.mark.parametrize(
    ("working_days", "rules", "expected"),
    [
        (10, {}, ["office", "leader", "director", "office:1", "leader:1", "director:1"]),
        (9, {}, ["office", "leader", "director"]),
        (8, {"director_after": 0}, ["office", "leader", "office:1", "leader:1"]),
        (13, {"director_after": 0}, ["office", "leader", "office:2", "leader:2"]),
        (6, {"director_after": 0, "leader_after": 0}, ["office", "office:1"]),
        (10, {"leader_after": 0}, ["office", "director", "office:1", "director:1"]),
        (10, {"office_after": 0}, ["leader", "director", "leader:1", "director:1"]),
        (8, {"leader_after": 7}, ["office", "leader", "director"]),
        (11, {"leader_after": 7}, ["office", "leader", "director"]),
        (12, {"leader_after": 7, "office_after": 0}, [*ABOVE, "leader:1", "director:1"]),
        (40, {"escalate_again": 0}, ["office", "leader", "director"]),
        (40, {"office_after": 0, "leader_after": 0, "director_after": 0}, []),
    ],
)  # fmt: skip
def test_the_weekly_repeat_goes_to_every_step_that_is_on_from_the_last_of_them(
    working_days: int, rules: dict[str, Any], expected: list[str]
) -> None:
    assert steps_after(working_days, **rules) == [f"up:{name}" for name in expected]


@pytest.mark.parametrize(
    ("step", "in_office", "level"),
    [
        ("risk", True, Level.OFFICE),
        ("risk", False, Level.HEAD),
        ("up:leader", False, Level.LEADER),
        ("up:office:3", True, Level.OFFICE),
        ("10", False, Level.UNIT),
        ("0:2024-05-10", False, Level.UNIT),
        ("late:2024-05-13", True, Level.UNIT),
        ("noon:2024-05-10", False, Level.UNIT),
        ("check:2024-06-30", False, Level.UNIT),
        ("year:2024-12-14", False, Level.UNIT),
        ("event", False, None),
        ("unanswered", True, None),
    ],
)
def test_every_notice_of_a_part_counts_as_told_to_somebody(
    step: str, in_office: bool, level: Level | None
) -> None:
    assert level_of(step, in_office=in_office) is level


@pytest.fixture
async def led(office: Office) -> Office:
    """An office by its defaults; hoa supervises the unit, viet is the Director."""
    await change(office.db, OfficeRow, office.id, settings={})
    grant = (await rows(office.db, GrantRow, GrantRow.role == Role.LEADER))[0]
    await change(office.db, GrantRow, grant.id, director=True)
    await office.enrol("hoa", Role.LEADER, HC)
    await office.activate(make_item("III.5", due="2024-05-10"))
    return office


async def live(delivered: Delivered, *days: int) -> dict[int, set[str]]:
    """Live through mornings of May 2024; return who got something on each."""
    return {number: set(await delivered.tick(f"2024-05-{number:02} 07:30")) for number in days}


WORKING = (*range(6, 11), *range(13, 18), *range(20, 25), *range(27, 32))


async def test_the_supervising_leader_hears_every_week_until_somebody_acts(
    led: Office, db: Database, delivered: Delivered
) -> None:
    heard = await live(delivered, *WORKING)

    assert [number for number, who in heard.items() if "hoa" in who] == [15, 24, 31]
    assert [number for number, who in heard.items() if "viet" in who] == [17, 24, 31]

    part = await only_part(db, led, HC)
    await report_done(
        db, led.actor("minh"), part.id, Claim("https://e.vn/1"), vn("2024-05-31 15:00")
    )
    assert await delivered.tick("2024-06-07 07:30") == ["office"], "asked to confirm"


async def test_without_the_directors_step_the_leader_and_the_office_still_hear_every_week(
    led: Office, delivered: Delivered
) -> None:
    await change(led.db, OfficeRow, led.id, settings={"director_after": 0})

    heard = await live(delivered, *WORKING)

    assert [number for number, who in heard.items() if "hoa" in who] == [15, 22, 29]
    assert [number for number, who in heard.items() if "office" in who] == [8, 13, 22, 29]
    assert not any("viet" in who for who in heard.values())


async def test_each_step_names_who_was_told_before_from_the_first_notice_on(
    led: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await live(delivered, *WORKING[:7])
    to_office = sender.to("office")[-1]
    assert "Văn phòng ngày 08/5" in to_office, "the list of risks was a notice too"

    await live(delivered, *WORKING[7:])
    last = sender.to("viet")[-1]
    assert "trưởng đơn vị ngày 08/5" in last
    assert "Văn phòng 3 lần (đến 24/5)" in last
    assert "lãnh đạo 2 lần (đến 24/5)" in last
    assert "Giám đốc 2 lần (đến 24/5)" in last


async def test_where_no_leader_is_registered_the_office_hears_so_at_the_last_step(
    led: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await change(db, OfficeRow, led.id, settings={"director_after": 0})
    async with db.begin() as session:
        for row in await rows(db, GrantRow, GrantRow.role == Role.LEADER):
            await session.delete(await session.get_one(GrantRow, row.id))
        chat = await chats.get_chat(session, led.chats["leaders"])
        await chats.mark_lost(session, chat.telegram_id, "gone")

    await live(delivered, *WORKING[:8])

    assert "Chưa có lãnh đạo nào" in sender.to("office")[-1]


async def test_nobody_above_hears_twice_within_a_week_after_an_outage(
    led: Office, delivered: Delivered
) -> None:
    heard = await live(delivered, 27, 28, 29, 30, 31)
    heard |= {3: set(await delivered.tick("2024-06-03 07:30"))}

    assert {"hoa", "viet", "office"} <= heard[27]
    assert [number for number, who in heard.items() if who & {"hoa", "viet", "office"}] == [27, 3]


async def test_what_was_returned_today_goes_above_tomorrow(
    led: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    part = await only_part(db, led, HC)
    minh, lan = led.actor("minh"), led.actor("lan")
    await report_done(db, minh, part.id, Claim("https://e.vn/1"), vn("2024-05-10 15:00"))
    await live(delivered, *WORKING[5:])
    (report,) = await rows(db, ReportRow)
    sender.clear()

    await decide(db, lan, report.id, vn("2024-05-31 09:00"), reason="Thiếu trang")
    await delivered.tick("2024-05-31 09:01")
    same_day = set(sender.chats())

    assert not same_day & {"hoa", "viet", "office"}
    assert {"hoa", "viet", "office"} <= set(await delivered.tick("2024-06-03 07:30"))


async def test_nobody_is_called_the_director_where_none_is(
    led: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    for row in await rows(db, GrantRow, GrantRow.role == Role.LEADER):
        await change(db, GrantRow, row.id, director=False)

    await live(delivered, *WORKING)

    assert "lãnh đạo 3 lần (đến 24/5)" in sender.to("office")[-1]
    assert "Giám đốc" not in sender.to("office")[-1]


async def test_an_office_without_leaders_is_told_so_once_at_each_repeat(
    led: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await led.activate(
        make_item("III.6", due="2024-05-10", lead=(HC, "Phòng Văn bản")), source=b"other"
    )
    async with db.begin() as session:
        for row in await rows(db, GrantRow, GrantRow.role == Role.LEADER):
            await session.delete(await session.get_one(GrantRow, row.id))
        chat = await chats.get_chat(session, led.chats["leaders"])
        await chats.mark_lost(session, chat.telegram_id, "gone")

    await live(delivered, *WORKING)

    last = sender.to("office")[-1]
    assert last.count("Chưa có lãnh đạo nào") == 1
    assert "Giám đốc" not in last
    assert last.count("III.6</b>") == 1, "two units that owe the same share a line"


async def test_the_risk_list_says_of_how_much_the_units_were_reminded_before(
    led: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    sudden = make_item("III.6", due=DateDeadline(DUE, "10/5", day("2024-05-08")))
    await led.activate(sudden, source=b"2", now=vn("2024-05-07 16:00"))

    await live(delivered, *WORKING[:3])

    said = sender.to("office")[-1]
    assert "III.6" in said
    assert "Đã nhắc đơn vị về 1/2 phần việc, gần nhất 07/5." in said
    assert "Đã nhắc đơn vị về 1/2 phần việc" in sender.to("minh")[-1]


async def test_a_risk_of_which_nobody_was_told_says_so(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await change(office.db, OfficeRow, office.id, settings={})
    await office.activate(make_item("III.5", due="2024-05-10"), now=vn("2024-05-07 16:00"))

    await delivered.tick("2024-05-08 07:30")

    assert "Trước hôm nay chưa nhắc đơn vị." in sender.to("office")[-1]
