"""The office's calendar: changed by Văn phòng, and what it moves."""

import pytest

from bot.domain.calendar_days import DayChange, parse_change, read_calendar_csv
from bot.domain.errors import NotAllowed, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.problem import Problem
from bot.services import calendar_days
from storage.db import Database
from storage.models import AuditRow, CalendarDayRow, OutboxRow
from tests.builders import Delivered, FakeSender, Office, day, make_item, rows, vn

NOTICE = "12729/VPCP-KGVX"
NOW = vn("2024-04-10 09:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'nghi 02/01/2026 "{NOTICE}"', [("2026-01-02", False, NOTICE)]),
        (f"nghỉ 2/1/2026 {NOTICE}", [("2026-01-02", False, NOTICE)]),
        (f"làm bù 10/01/2026 {NOTICE}", [("2026-01-10", True, NOTICE)]),
        ("lam_bu 10.1.2026", [("2026-01-10", True, "")]),
        ("nghi 29-4", [("2024-04-29", False, "")]),
        ("lam_bu 10-1-2026", [("2026-01-10", True, "")]),
        ("LÀM BÙ 2026-01-10", [("2026-01-10", True, "")]),
        ("bo 02/01/2026", [("2026-01-02", None, "")]),
        ("nghi 29/4", [("2024-04-29", False, "")]),
        ("nghi 1/5, 2/5/2024", [("2024-05-01", False, ""), ("2024-05-02", False, "")]),
        (
            f"nghỉ 30/4 đến 02/5/2024 {NOTICE}",
            [(f"2024-{d}", False, NOTICE) for d in ("04-30", "05-01", "05-02")],
        ),
    ],
)
def test_a_change_is_read_however_it_is_typed(
    text: str, expected: list[tuple[str, bool | None, str]]
) -> None:
    found = parse_change(text, day("2024-04-10"))

    assert found == tuple(DayChange(day(on), working, notice) for on, working, notice in expected)


@pytest.mark.parametrize("text", ["", "nghi", "31/6/2026", "nghi 31/6/2026", "nghi mai", "x 1/1"])
def test_what_is_no_change_is_not_guessed(text: str) -> None:
    assert isinstance(parse_change(text, day("2024-04-10")), Problem)


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        ("2025-12-20", "nghi 02/01", "2026-01-02", "2026-01-02"),
        ("2026-01-05", "nghi 31/12", "2025-12-31", "2025-12-31"),
        ("2026-01-05", "nghi 2/9", "2026-09-02", "2026-09-02"),
        ("2025-12-20", "nghi 31/12 đến 2/1", "2025-12-31", "2026-01-02"),
        ("2025-12-20", "nghi 30/12/2025 đến 2/1", "2025-12-30", "2026-01-02"),
        ("2025-12-20", "nghi 29/2", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_one_that_is_meant(
    today: str, text: str, first: str, last: str
) -> None:
    found = parse_change(text, day(today))

    assert not isinstance(found, Problem)
    assert (found[0].day, found[-1].day) == (day(first), day(last))
    assert len(found) == (day(last) - day(first)).days + 1


@pytest.mark.parametrize("text", ["nghi 5/2/2026 đến 1/2/2026", "nghi 04/05/1999"])
def test_a_span_backwards_and_a_year_long_gone_are_refused(text: str) -> None:
    assert isinstance(parse_change(text, day("2025-12-20")), Problem)


def test_a_notice_may_hold_more_commas_than_the_rows_have_marks() -> None:
    found, problems = read_calendar_csv("02/01/2026;nghi;TB 12, 13, 14 và 15/TB, 2025")

    assert found == (DayChange(day("2026-01-02"), False, "TB 12, 13, 14 và 15/TB, 2025"),)
    assert problems == ()


def test_a_file_keeps_what_can_be_read_and_names_the_rest() -> None:
    found, problems = read_calendar_csv(
        f"ngày;loại;văn bản\n02/01/2026;nghỉ;{NOTICE}\n"
        f"2026-01-10;làm bù;{NOTICE}\n31/6/2026;nghi\n"
    )

    assert found == (
        DayChange(day("2026-01-02"), False, NOTICE),
        DayChange(day("2026-01-10"), True, NOTICE),
    )
    assert [dict(one.params)["number"] for one in problems] == ["4"]


async def test_a_day_off_moves_the_reminders_and_the_office_is_told_which(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("III.5", due="2024-04-26"))

    done = await calendar_days.change(
        db, office.actor("lan"), [DayChange(day("2024-04-26"), False, "12/TB")], NOW
    )
    await delivered.tick("2024-04-10 09:00")

    assert done.moved == 1
    said = "".join(sender.to("office"))
    assert "III.5" in said
    assert "thứ Sáu 26/4 → thứ Năm 25/4" in said
    assert "12/TB" in said
    assert await delivered.tick("2024-04-25 07:30") == ["hc"]
    assert await delivered.tick("2024-04-26 07:30") == []


async def test_a_day_is_set_back_and_every_change_is_recorded(
    office: Office, db: Database
) -> None:
    lan = office.actor("lan")
    await calendar_days.change(db, lan, [DayChange(day("2024-04-26"), False, "12/TB")], NOW)

    await calendar_days.change(db, lan, [DayChange(day("2024-04-26"), None)], NOW)

    assert await rows(db, CalendarDayRow) == []
    acts = [row for row in await rows(db, AuditRow) if row.subject == "calendar_day"]
    assert [row.act for row in acts] == ["calendar.set", "calendar.unset"]
    assert acts[0].before is None
    assert acts[1].before == {"day": "2024-04-26", "working": False, "notice": "12/TB"}


@pytest.mark.parametrize("who", ["minh", "thao", "viet"])
async def test_only_the_office_changes_the_calendar(
    office: Office, db: Database, who: str
) -> None:
    with pytest.raises(NotAllowed):
        await calendar_days.change(
            db, office.actor(who), [DayChange(day("2024-04-26"), False)], NOW
        )

    assert await rows(db, CalendarDayRow) == []


async def test_what_is_so_already_is_said_and_nothing_is_owed(
    office: Office, db: Database
) -> None:
    change = [DayChange(day("2024-04-20"), True, "12/TB")]
    await calendar_days.change(db, office.actor("lan"), change, NOW)

    with pytest.raises(UserError):
        await calendar_days.change(db, office.actor("lan"), change, NOW)

    owed = await rows(db, OutboxRow, OutboxRow.kind == OutboxKind.CALENDAR)
    assert owed == [], "no plan, so nothing moves"


async def test_a_coming_year_without_data_is_warned_of_once(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    assert await delivered.tick("2026-11-30 07:30") == []
    assert await delivered.tick("2026-12-01 07:30") == ["office"]
    assert await delivered.tick("2026-12-02 07:30") == []
    assert "Lịch nghỉ năm 2027" in sender.to("office")[0]


async def test_a_year_of_which_the_office_has_set_a_day_is_known(
    office: Office, db: Database, delivered: Delivered
) -> None:
    known = [DayChange(day("2027-01-04"), False, "99/TB")]
    await calendar_days.change(db, office.actor("lan"), known, vn("2026-11-20 09:00"))

    assert await delivered.tick("2026-12-01 07:30") == []


async def test_a_year_that_has_begun_without_data_is_warned_of_too(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    assert await delivered.tick("2027-01-04 07:30") == ["office"]
    assert await delivered.tick("2027-02-01 07:30") == []
    assert "Lịch nghỉ năm 2027" in sender.to("office")[0]


async def test_the_warning_waits_for_a_time_at_which_van_phong_hears_nothing_else(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    item = make_item(due="2027-01-04", lead=("Văn phòng",))
    await office.activate(item, now=vn("2026-12-31 15:00"))

    for at in ("2027-01-04 07:30", "2027-01-04 07:35", "2027-01-04 13:30", "2027-01-05 07:30"):
        before = len(sender.to("office"))
        await delivered.tick(at)
        assert len(sender.to("office")) - before <= 1, at
    assert not any("Lịch nghỉ" in text for text in sender.to("office"))

    await delivered.tick("2027-01-05 13:30")

    assert "Lịch nghỉ năm 2027" in sender.to("office")[-1]
