"""/xuat: files and pictures of a plan, as their reader may see them."""

import datetime as dt
import io

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from PIL import Image

from bot.domain.status import Progress
from handlers.callbacks import Press, data, pair_data
from storage.models import PartRow
from tests.builders import Office, change, make_item, parts_of, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def plan(office: Office) -> int:
    await office.activate(
        make_item("I.1", title="=Rà soát hồ sơ", due="2024-04-26", lead=(HC,)),
        make_item("I.2", title="Kiểm tra văn bản", due="2024-04-10", lead=(VB,)),
    )
    first = (await parts_of(office.db, office))[0]
    await change(
        office.db, PartRow, first.id, progress=Progress.DONE, submitted_at=vn("2024-04-18 09:00")
    )
    return first.plan_id


async def fetch(talk: Talk, who: str, press: Press, plan_id: int, where: str = "private") -> bytes:
    await talk.press(who, data(press, plan_id), where)
    return talk.request.files[-1][1]


def events(found: bytes) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(found).walk("VEVENT")]


def table(found: bytes) -> list[list[object]]:
    page = load_workbook(io.BytesIO(found)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]


async def test_one_plan_is_offered_at_once(talk: Talk, plan: int) -> None:
    said = await talk.say("lan", "/xuat")

    assert len(said) == 1
    assert data(Press.EXPORT_TABLE, plan) in talk.buttons()


@pytest.mark.parametrize(
    ("who", "where", "offered"),
    [
        ("lan", "private", True),
        ("viet", "private", True),
        ("minh", "private", False),
        ("thao", "private", False),
        ("lan", "hc", False),
        ("lan", "office", True),
    ],
)
async def test_the_draft_of_a_report_is_offered_only_to_who_may_have_it(
    talk: Talk, plan: int, who: str, where: str, offered: bool
) -> None:
    report = data(Press.EXPORT_REPORT, plan)

    await talk.say(who, "/xuat", where)
    at_once = report in talk.buttons()
    await talk.press(who, data(Press.EXPORT_PLAN, plan), where)
    again = talk.buttons().count(report) == 2

    assert (at_once, again) == (offered, offered)


async def test_the_table_has_every_item_for_the_office(talk: Talk, plan: int) -> None:
    rows = table(await fetch(talk, "lan", Press.EXPORT_TABLE, plan))

    assert rows[0][:7] == [
        "STT",
        "Nhiệm vụ",
        "Sản phẩm",
        "Tiến độ",
        "Chủ trì (phối hợp)",
        "Tình trạng",
        "Ngày hoàn thành",
    ]
    by_code = {row[0]: row for row in rows[1:] if row[1]}
    assert by_code["I.1"][1] == "=Rà soát hồ sơ"
    assert by_code["I.1"][5:7] == ["Hoàn thành trước hạn", dt.datetime.fromisoformat("2024-04-18")]
    assert by_code["I.2"][5:7] == ["Quá hạn, 9 ngày", None]


async def test_the_figures_by_unit_stand_on_a_page_of_their_own(talk: Talk, plan: int) -> None:
    book = load_workbook(io.BytesIO(await fetch(talk, "lan", Press.EXPORT_TABLE, plan)))

    page = book.worksheets[1]
    assert page.title == "Tổng hợp"
    assert {page.cell(row, 2).value for row in range(3, page.max_row + 1)} >= {HC, VB}


async def test_a_units_chat_is_sent_its_own_rows_only(talk: Talk, plan: int) -> None:
    rows = table(await fetch(talk, "lan", Press.EXPORT_TABLE, plan, "hc"))

    assert [row[0] for row in rows[1:] if row[1]] == ["I.1"]


async def test_the_calendar_holds_what_is_still_owed(talk: Talk, plan: int) -> None:
    assert events(await fetch(talk, "lan", Press.EXPORT_ALL_DATES, plan)) == [
        "I.2 · Kiểm tra văn bản"
    ]


async def test_who_compares_units_chooses_whose_due_days_or_all(
    talk: Talk, office: Office, plan: int
) -> None:
    of_vb = pair_data(Press.EXPORT_UNIT_DATES, plan, office.units[VB])
    await talk.press("lan", data(Press.EXPORT_DATES, plan))
    offered = talk.buttons()

    await talk.press("lan", of_vb)

    back = data(Press.EXPORT_PLAN, plan)
    assert offered == [data(Press.EXPORT_ALL_DATES, plan), of_vb, back], "the other owes nothing"
    assert events(talk.request.files[-1][1]) == ["I.2 · Kiểm tra văn bản"]


async def test_a_units_chat_gets_its_own_due_days_at_once_and_no_others(
    talk: Talk, office: Office
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-26", lead=(HC,)),
        make_item("I.2", due="2024-04-29", lead=(VB,)),
    )
    plan_id = (await parts_of(office.db, office))[0].plan_id

    own = await fetch(talk, "lan", Press.EXPORT_DATES, plan_id, "hc")
    await talk.press("lan", pair_data(Press.EXPORT_UNIT_DATES, plan_id, office.units[VB]), "hc")

    assert [summary[:3] for summary in events(own)] == ["I.1"]
    assert len(talk.request.files) == 1
    assert talk.calls("answerCallbackQuery")[-1]["show_alert"] is True


@pytest.mark.parametrize("press", [Press.CHART_UNITS, Press.CHART_YEAR])
async def test_a_chart_comes_as_a_picture(talk: Talk, plan: int, press: Press) -> None:
    picture = Image.open(io.BytesIO(await fetch(talk, "lan", press, plan)))

    assert picture.width == 1080
    assert len(talk.calls("sendPhoto")) == 1


async def test_the_work_is_shown_and_ends_with_what_was_sent(talk: Talk, plan: int) -> None:
    said = await talk.press("lan", data(Press.EXPORT_TABLE, plan))

    assert said[0].startswith("⏳")
    assert said[-1].startswith("✅")
    assert len(talk.calls("sendMessage")) == 1


@pytest.mark.parametrize("press", [Press.EXPORT_PLAN, Press.EXPORT_TABLE, Press.CHART_UNITS])
async def test_a_stranger_and_a_wrong_plan_are_refused_without_a_file(
    talk: Talk, plan: int, press: Press
) -> None:
    await talk.press("khach", data(press, plan))
    await talk.press("lan", data(press, plan + 99))

    assert talk.request.files == []


async def test_without_a_plan_it_says_how_to_load_one(talk: Talk, office: Office) -> None:
    assert "/nhap" in (await talk.say("lan", "/xuat"))[0]
