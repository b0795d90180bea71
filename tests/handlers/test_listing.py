"""The lists in chat: what each holds, pages in one message, the way back, and the table."""

import datetime as dt
import io
import json
import re

import pytest
from openpyxl import load_workbook

from bot.services import progress
from bot.services.progress import Claim
from bot.services.searching import WordKeeper, renew_every_office
from storage.audit import Act, record
from storage.models import ItemRow, ItemSearchRow
from tests.builders import (
    Clock,
    Office,
    after_event,
    as_told,
    change,
    every,
    make_item,
    ongoing,
    parts_of,
    rows,
)
from tests.chatting import Talk

HC, VB, TG = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp"


def plain(text):
    return re.sub(r"<[^<>]*>", "", text)


def codes(text):
    return re.findall(r"<b>([IVX]+\.\d+)</b>", text)


async def report(office, clock, code, unit=HC, who="minh", said="https://e.vn/1"):
    part = next(p for p in await parts_of(office.db, office) if (p.code, p.unit) == (code, unit))
    await progress.report_done(office.db, office.actor(who), part.id, Claim(said), clock())


@pytest.fixture
async def year(office: Office) -> Office:
    """One item of each kind for Phòng Hành chính on 19/4/2024, and a late one of Phòng Văn bản."""
    await office.activate(
        make_item("I.1", due="2024-04-12", title="Góp ý dự thảo phí công chứng"),
        make_item("I.2", due="2024-04-19", title="Lịch tiếp công dân"),
        make_item("I.3", due="2024-04-26", title="Rà soát danh mục"),
        make_item("I.4", due="2024-12-31", title="Tổng kết năm"),
        make_item("I.5", due=ongoing(), title="Trả lời kiến nghị"),
        make_item("I.6", due=after_event(), title="Kiến nghị xử lý văn bản"),
        make_item("I.7", due=as_told(), title="Cử người dự lớp bồi dưỡng"),
        make_item("I.8", due=every("2024-05-14", "2024-06-14"), title="Báo cáo tháng"),
        make_item("II.1", lead=[VB], due="2024-04-08", title="Số hóa sổ hộ tịch"),
    )
    return office


async def test_work_is_grouped_by_urgency_each_head_with_sign_word_and_count(
    year: Office, talk: Talk
) -> None:
    (said,) = await talk.say("minh", "/viec")

    assert plain(said) == (
        "📋 Phòng Hành chính – 8 phần việc đang mở\n"
        "\n🔴 Quá hạn – 1\n"
        "I.1 · Góp ý dự thảo phí công chứng – hạn thứ Sáu 12/4, quá 7 ngày\n"
        "\n⏰ Đến hạn – 1\n"
        "I.2 · Lịch tiếp công dân – hạn hôm nay, thứ Sáu 19/4\n"
        "\n🟡 Sắp đến hạn – 1\n"
        "I.3 · Rà soát danh mục – hạn thứ Sáu 26/4, còn 5 ngày làm việc\n"
        "\n🔵 Trong hạn – 2\n"
        "I.8 · Báo cáo tháng – hạn thứ Ba 14/5, còn 15 ngày làm việc\n"
        "I.4 · Tổng kết năm – hạn thứ Ba 31/12, còn 178 ngày làm việc\n"
        "\n⚪ Chờ kích hoạt – 1\n"
        "I.6 · Kiến nghị xử lý văn bản\n"
        "\n⚠️ Chưa có hạn quá 3 tháng – 1\n"
        "I.7 · Cử người dự lớp bồi dưỡng – đã 108 ngày\n"
        "\n⚪ Thường xuyên – 1\n"
        "I.5 · Trả lời kiến nghị"
    )


async def test_what_falls_due_in_the_next_days_stands_by_day(year: Office, talk: Talk) -> None:
    (said,) = await talk.say("minh", "/han")
    (wider,) = await talk.say("minh", "/han 30")

    assert plain(said) == (
        "📅 Đến hạn trong 14 ngày tới: 2 phần việc – Phòng Hành chính\n"
        "\nHôm nay, thứ Sáu 19/4\n⏰ I.2 · Lịch tiếp công dân\n"
        "\nThứ Sáu 26/4 – còn 7 ngày\n🟡 I.3 · Rà soát danh mục"
    )
    assert codes(wider) == ["I.2", "I.3", "I.8"]


@pytest.mark.parametrize("text", ["/han 0", "/han 367", "/han mai", "/han -3", "/han 99999999"])
async def test_a_number_of_days_that_is_none_is_said_and_shown_how(
    year: Office, talk: Talk, text: str
) -> None:
    (said,) = await talk.say("minh", text)

    assert "/han 14" in said
    assert text.split()[1] in said


async def test_lateness_stands_by_unit_with_bands_and_what_waits(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await report(year, clock, "I.2")

    (said,) = await talk.say("lan", "/tre_han")

    assert plain(said) == (
        "🔴 Quá hạn: 2 phần việc (đến 07:30 thứ Sáu 19/4/2024)\n"
        "\nPhòng Hành chính – 1\n"
        "I.1 · Góp ý dự thảo phí công chứng – hạn thứ Sáu 12/4, quá 7 ngày\n"
        "\nPhòng Văn bản – 1\n"
        "II.1 · Số hóa sổ hộ tịch – hạn thứ Hai 08/4, quá 11 ngày\n"
        "\n8–30 ngày: 1 · 1–7 ngày: 1\n"
        "📥 Chờ Văn phòng xác nhận: 1 (không tính quá hạn)"
    )


async def test_lateness_is_looked_at_unit_by_unit_and_back(year: Office, talk: Talk) -> None:
    await talk.say("lan", "/tre_han")

    (units,) = await talk.press("lan", "list:units:t:0:-")
    (one,) = await talk.press("lan", f"list:page:t:0:{year.units[VB]}")

    assert f"{VB} – 1" in plain(units)
    assert f"list:page:t:0:{year.units[VB]}" in talk.buttons()
    assert codes(one) == ["II.1"]
    assert talk.buttons().count("list:page:t:0:-") == 2, "both lead back to all units"


async def test_what_waits_for_confirmation_is_listed_oldest_first(
    year: Office, talk: Talk, clock: Clock
) -> None:
    clock.move_to("2024-04-16 10:00")
    await report(year, clock, "I.3", said="đã làm xong cả rồi nhé")
    clock.move_to("2024-04-19 09:15")
    await report(year, clock, "I.2")

    (office,) = await talk.say("lan", "/cho_xac_nhan")
    (own,) = await talk.say("dung", "/cho_xac_nhan")

    assert plain(office) == (
        "📥 Chờ Văn phòng xác nhận: 2\n"
        "I.3 · Rà soát danh mục – Phòng Hành chính – "
        "báo thứ Ba 16/4, chờ 3 ngày, thiếu minh chứng\n"
        "I.2 · Lịch tiếp công dân – Phòng Hành chính – báo lúc 09:15 hôm nay"
    )
    assert codes(own) == []


async def test_the_office_confirms_from_the_card_of_a_list(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await report(year, clock, "I.2")
    await talk.say("lan", "/cho_xac_nhan")

    await talk.press("lan", "list:item:2:c:0:-")

    assert "report:confirm:1" in talk.buttons()
    assert talk.buttons()[-1] == "list:page:c:0:-", "the way back leads to the same list"


async def test_what_was_reported_without_evidence_is_listed(
    year: Office, talk: Talk, clock: Clock
) -> None:
    await report(year, clock, "I.2")
    await report(year, clock, "I.3", said="đã làm xong cả rồi nhé")

    (said,) = await talk.say("minh", "/thieu_minh_chung")

    assert codes(said) == ["I.3"]
    assert "báo thứ Sáu 19/4" in said


async def test_what_has_no_date_stands_under_its_own_heads_with_its_age(
    year: Office, talk: Talk
) -> None:
    (said,) = await talk.say("minh", "/chua_co_han")

    assert re.findall(r"^(?:⚪|⚠️) .*$", plain(said), re.MULTILINE)[1:] == [
        "⚪ Chờ kích hoạt – 1",
        "⚠️ Chưa có hạn quá 3 tháng – 1",
        "⚪ Thường xuyên – 1",
    ]
    assert "đã 108 ngày" in said


# --- searching -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cong chung", ["I.1"]),
        ("CÔNG CHỨNG", ["I.1"]),
        ("so hoa so", ["II.1"]),
        ("đong", []),
        ("I.3", ["I.3"]),
        ("i.3", ["I.3"]),
        ("danh muc", ["I.3", "I.1", "I.2", "I.4", "I.5", "I.6", "I.7", "I.8", "II.1"]),
        ("ho tich van ban", ["II.1"]),  # words of the title and of its unit
        ("vb", ["II.1"]),
        ("kien nghi", ["I.5", "I.6"]),
        ("%", []),
        ("'; drop table item", []),
    ],
)
async def test_search_works_without_marks_over_titles_products_units_and_codes(
    year: Office, talk: Talk, words: str, found: list[str]
) -> None:
    (said,) = await talk.say("lan", f"/tim {words}")

    assert codes(said) == found


async def test_a_code_comes_before_titles_that_name_it(office: Office, talk: Talk) -> None:
    await office.activate(
        make_item("I.1", title="Theo dõi mục II.1 của kế hoạch"),
        make_item("II.1", title="Việc khác"),
        make_item("II.10", title="Việc thứ mười"),
    )

    (said,) = await talk.say("lan", "/tim II.1")

    assert codes(said) == ["II.1", "II.10", "I.1"]


async def test_search_follows_a_changed_title(year: Office, talk: Talk) -> None:
    await talk.say("lan", "/tim danh muc")
    await change(year.db, ItemRow, 3, title="Thống kê định mức")

    (said,) = await talk.say("lan", "/tim dinh muc")

    assert codes(said) == ["I.3"]


async def test_search_finds_nothing_of_other_units(year: Office, talk: Talk) -> None:
    (said,) = await talk.say("thao", "/tim ho tich")

    assert "II.1" not in said
    assert "Không tìm thấy" in said


async def test_search_without_words_says_how(year: Office, talk: Talk) -> None:
    assert "/tim III.5" in (await talk.say("lan", "/tim"))[0]


# --- pages, back, old buttons --------------------------------------------------------------------


@pytest.fixture
async def many(office: Office) -> Office:
    """Thirty items of Phòng Hành chính, the last two without a date."""
    await office.activate(
        *(make_item(f"V.{n}", due="2024-05-20", title=f"Việc số {n}") for n in range(1, 29)),
        *(make_item(f"V.{n}", due=ongoing(), title=f"Việc số {n}") for n in (29, 30)),
    )
    return office


def turns(talk):
    """Return the labels of the row that turns the pages of the last message."""
    markup = [p["reply_markup"] for _, p in talk.request.calls if "reply_markup" in p][-1]
    rows = (json.loads(markup) if isinstance(markup, str) else markup)["inline_keyboard"]
    found = [[b["text"] for b in row] for row in rows]
    return next((row for row in found if any("/" in label for label in row)), [])


async def test_a_long_list_is_turned_inside_its_message_and_names_each_once(
    many: Office, talk: Talk
) -> None:
    (first,) = await talk.say("minh", "/viec")
    at_first = turns(talk)
    (second,) = await talk.press("minh", "list:page:v:1:-")
    at_second = turns(talk)
    (third,) = await talk.press("minh", "list:page:v:2:-")

    assert [at_first, at_second, turns(talk)] == [["1/3", "▶"], ["◀", "2/3", "▶"], ["◀", "3/3"]]
    assert codes(first + second + third) == [f"V.{n}" for n in range(1, 31)]
    assert len(talk.calls("sendMessage")) == 1
    assert len(talk.calls("editMessageText")) == 2


async def test_the_card_opens_in_the_message_and_goes_back_to_the_same_page(
    many: Office, talk: Talk
) -> None:
    await talk.press("minh", "list:page:v:2:-")
    (card,) = await talk.press("minh", "list:item:t:v:2:-")
    back = talk.buttons()[-1]
    (again,) = await talk.press("minh", back)

    assert "<b>V.29" in card
    assert back == "list:page:v:2:-"
    assert codes(again)[-1] == "V.30"
    assert talk.calls("sendMessage") == []


async def test_a_button_of_a_page_that_is_gone_shows_the_last_one(
    many: Office, talk: Talk
) -> None:
    (said,) = await talk.press("minh", "list:page:v:z:-")

    assert codes(said)[-1] == "V.30"


@pytest.mark.parametrize("who", ["dung", "khach", "thao"])
async def test_a_pressed_list_shows_only_what_its_presser_may_see(
    year: Office, talk: Talk, who: str
) -> None:
    said = await talk.press(who, f"list:page:v:0:{year.units[TG]}")
    await talk.press(who, "list:item:1:v:0:-") if who != "thao" else None

    assert said == []
    assert all(p.get("show_alert") for p in talk.calls("answerCallbackQuery"))


@pytest.mark.parametrize(
    "data",
    [
        "list:page:?:0:-",
        "list:page:v:0",
        "list:item:zzzzzz:v:0:-",
        "list:page:v:0:abc",
        "list:x:v:0:-",
    ],
)
async def test_forged_data_shows_nothing_of_others_and_breaks_nothing(
    year: Office, talk: Talk, data: str
) -> None:
    said = await talk.press("dung", data)

    assert "I.1" not in codes("".join(said))


# --- the table -----------------------------------------------------------------------------------


async def test_a_list_is_sent_as_a_table_whose_texts_are_no_formulas(
    office: Office, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-12", title="=HYPERLINK(1)"),
        *(make_item(f"II.{n}", due="2024-04-15", lead=[VB]) for n in range(1, 30)),
    )
    sent = []

    async def keep(self, address, name, data, caption=""):
        sent.append((address.telegram_id, name, data))

    monkeypatch.setattr("handlers.sender.TelegramSender.send_file", keep)

    await talk.press("lan", "list:file:t:0:-")

    ((chat, name, data),) = sent
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3))
    assert (chat, name) == (101, "tre-han-2024-04-19.xlsx")
    assert len(rows) == 30
    assert sorted({row[2].value for row in rows}) == ["=HYPERLINK(1)", "Lập danh mục hồ sơ"]
    assert {row[2].data_type for row in rows} == {"s"}
    # So that they sort and filter: as numbers and days, not as texts.
    assert [row[0].value for row in rows] == list(range(1, 31))
    assert {row[7].value for row in rows} == {7, 4}
    days = map(dt.datetime.fromisoformat, ("2024-04-12", "2024-04-15"))
    assert {row[5].value for row in rows} == set(days)
    assert {row[5].number_format for row in rows} == {"d/m/yyyy"}


async def test_a_table_is_not_sent_to_who_may_not_see_the_list(
    year: Office, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.press("thao", f"list:file:t:0:{year.units[VB]}")

    assert talk.calls("answerCallbackQuery")[0]["show_alert"] is True


# --- what is secret ------------------------------------------------------------------------------


async def test_of_what_is_secret_only_the_code_is_listed_and_found(
    year: Office, talk: Talk
) -> None:
    await change(year.db, ItemRow, 1, secret=True)

    (work,) = await talk.say("minh", "/viec")
    (searched,) = await talk.say("minh", "/tim cong chung")

    assert "<b>I.1</b> 🔒" in work
    assert "công chứng" not in work
    assert codes(searched) == []


async def test_words_are_read_before_anybody_searches(year: Office) -> None:
    await renew_every_office(year.db)

    assert len(await rows(year.db, ItemSearchRow)) == 9


async def test_words_follow_an_act_at_once_and_anything_else_within_the_hour(
    year: Office, clock: Clock
) -> None:
    keeper = WordKeeper(year.db)
    await keeper.renew(clock())
    await change(year.db, ItemRow, 1, title="Thả diều")

    async def kept() -> bool:
        await keeper.renew(clock())
        return any("dieu" in row.words for row in await rows(year.db, ItemSearchRow))

    assert not await kept()
    clock.now += dt.timedelta(hours=1)
    assert await kept()
    await change(year.db, ItemRow, 1, title="Đua thuyền")
    async with year.db.begin() as session:
        await record(session, Act(year.id, clock()), "item.edit", "item", 1)
    await keeper.renew(clock())
    assert any("thuyen" in row.words for row in await rows(year.db, ItemSearchRow))
