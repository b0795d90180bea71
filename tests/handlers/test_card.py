"""An item's card: what stands on it, its further pages, and what a group must not see."""

import re

import pytest

from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.services import deciding, progress
from bot.services.progress import Claim
from storage.models import (
    AuditRow,
    ChatRow,
    DifficultyRow,
    ExtensionRow,
    ItemRow,
    PartRow,
    ReportRow,
)
from tests.builders import Clock, Office, change, day, every, make_item, on, rows, vn
from tests.chatting import Talk

HC, VB, TG = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp"


def plain(text):
    return re.sub(r"<[^<>]*>", "", text)


async def add(office, *new):
    async with office.db.begin() as session:
        session.add_all(new)


def extension(office, state, to="2024-05-10", counter=None):
    return ExtensionRow(
        office_id=office.id,
        part_id=1,
        requested_by=office.persons["minh"],
        requested_at=vn("2024-04-17 09:00"),
        from_due=day("2024-04-30"),
        to_due=day(to),
        reason="Chờ số liệu của huyện",
        state=state,
        progress_before=Progress.NOT_STARTED,
        counter_due=day(counter) if counter else None,
    )


@pytest.fixture
async def due(office: Office) -> Office:
    """Item III.5 is due on the holiday Tuesday 30/4/2024, with two products."""
    await office.activate(
        make_item(
            "III.5",
            due=on("2024-04-30", text="Trong tháng 4/2024"),
            title="Tập huấn chứng thực <cấp xã>",
            product="Hội nghị tập huấn; tài liệu tập huấn",
            cooperate=[VB],
        )
    )
    return office


async def test_a_card_says_dates_products_and_parts(due: Office, talk: Talk) -> None:
    (said,) = await talk.say("minh", "/xem III.5")

    assert plain(said) == (
        "III.5 · Tập huấn chứng thực &lt;cấp xã&gt;\n"
        "Kế hoạch công tác\n"
        "🟡 Sắp đến hạn · xong 0/2 phần việc\n"
        "\n"
        "Tiến độ: Trong tháng 4/2024\n"
        "Sản phẩm:\n"
        "☐ Hội nghị tập huấn\n"
        "☐ Tài liệu tập huấn\n"
        "Chủ trì: Phòng Hành chính\n"
        "Phối hợp: Phòng Văn bản\n"
        "\n"
        "🟡 Phòng Hành chính: Sắp đến hạn · hạn thứ Ba 30/4, còn 5 ngày làm việc – "
        "nên xong trong thứ Sáu 26/4\n"
        "🟡 Phòng Văn bản (phối hợp): Sắp đến hạn · hạn thứ Ba 30/4, còn 5 ngày làm việc – "
        "nên xong trong thứ Sáu 26/4"
    )


async def test_a_card_in_english(due: Office, talk: Talk) -> None:
    await change(due.db, ChatRow, due.chats["minh"], locale="en")

    (said,) = await talk.say("minh", "/xem III.5")

    assert "Products:\n☐ Hội nghị tập huấn" in said
    assert "better by Friday 26/4, the last working day" in said
    assert "0 of 2 parts done" in said


async def test_the_day_after_which_it_is_late_is_said_where_it_differs(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item(due="2024-05-05"), settings={"weekend": "forward"})

    (said,) = await talk.say("minh", "/xem I.1")

    assert "hạn Chủ nhật 05/5" in said
    assert "nên xong trong thứ Bảy 04/5" in said
    assert "chỉ tính quá hạn sau thứ Hai 06/5" in said


async def test_ticked_products_are_marked(due: Office, talk: Talk, clock: Clock) -> None:
    await progress.report_done(due.db, due.actor("minh"), 1, Claim("https://e.vn/1"), clock())
    await change(due.db, ReportRow, 1, products=[1])

    (said,) = await talk.say("lan", "/xem III.5")

    assert "☐ Hội nghị tập huấn\n☑ Tài liệu tập huấn" in said


async def test_the_original_date_and_the_number_of_extensions_are_always_shown(
    due: Office, talk: Talk
) -> None:
    await add(due, *(extension(due, ExtensionState.APPROVED) for _ in range(3)))
    await change(due.db, PartRow, 1, extended_due=day("2024-05-10"))

    (said,) = await talk.say("minh", "/xem III.5")

    assert "hạn thứ Sáu 10/5" in said
    assert "Hạn ban đầu: thứ Ba 30/4, gia hạn 3 lần – ⚠️ gia hạn nhiều lần" in said


async def test_a_request_and_the_offices_other_date_stand_on_the_card(
    due: Office, talk: Talk
) -> None:
    await add(due, extension(due, ExtensionState.COUNTERED, counter="2024-05-06"))

    (said,) = await talk.say("minh", "/xem III.5")

    assert "⏸ Xin gia hạn đến thứ Sáu 10/5; Văn phòng đề xuất thứ Hai 06/5" in said


async def test_difficulties_and_the_papers_of_an_item_stand_on_its_card(
    due: Office, talk: Talk
) -> None:
    trouble = {"office_id": due.id, "part_id": 1, "person_id": due.persons["minh"]}
    at = vn("2024-04-18 09:00")
    await add(
        due,
        DifficultyRow(**trouble, text="Thiếu giảng viên", raised_at=at, answer="Mời Sở bạn"),
        DifficultyRow(**trouble, text="Chưa có kinh phí", raised_at=at),
    )
    await change(
        due.db, ItemRow, 1, source_document="Công văn 12/UBND-NC", external_code="https://pm.vn/7"
    )

    (said,) = await talk.say("minh", "/xem III.5")

    assert "💬 Vướng mắc: Thiếu giảng viên → Trả lời: Mời Sở bạn" in said
    assert "⚠️ Vướng mắc: Chưa có kinh phí" in said
    assert "Căn cứ: Công văn 12/UBND-NC" in said
    assert '<a href="https://pm.vn/7">pm.vn/7</a>' in said


async def test_of_what_is_secret_a_card_shows_only_its_code(
    due: Office, talk: Talk, clock: Clock
) -> None:
    claim = Claim("15/KH-STP ngày 18/4/2024")
    await progress.report_done(due.db, due.actor("minh"), 1, claim, clock())
    await change(due.db, ItemRow, 1, secret=True, source_document="Công văn 12/UBND-NC")

    (said,) = await talk.say("minh", "/xem III.5")

    assert "🔒 có tài liệu mật" in said
    assert "Minh chứng: 1" in plain(said)
    for word in ("Tập huấn", "tập huấn", "15/KH-STP", "12/UBND"):
        assert word not in said


# --- many parts ----------------------------------------------------------------------------------


@pytest.fixture
async def long(office: Office) -> Office:
    """One item of two units, each reporting twice a month: 30 parts, every text long."""
    months = [f"2024-{month:02d}-{day}" for month in range(5, 13) for day in (14, 28)][:15]
    await office.activate(
        make_item(
            "V.1",
            due=every(*months),
            lead=[HC, VB],
            title="Nhiệm vụ rất dài & <đặc biệt> " * 60,
            product="\n".join(f"- Sản phẩm thứ {n} " + "dài " * 60 for n in range(20)),
        )
    )
    return office


async def test_a_card_of_thirty_parts_fits_and_its_parts_are_paged(
    long: Office, talk: Talk
) -> None:
    (card,) = await talk.say("lan", "/xem V.1")
    assert "card:parts:1:0:v:0:-" in talk.buttons()

    (parts,) = await talk.press("lan", "card:parts:1:0:v:0:-")
    (beyond,) = await talk.press("lan", "card:parts:1:z:v:0:-")

    for text in (card, parts, beyond):
        assert len(plain(text).encode("utf-16-le")) // 2 <= 4096
    assert "và 12 sản phẩm nữa" in card
    assert len(await rows(long.db, PartRow)) == 30
    assert talk.buttons()[-1] == "list:item:1:v:0:-", "back to the card"


# --- history -------------------------------------------------------------------------------------


async def test_history_tells_in_plain_words_what_happened_newest_first(
    due: Office, talk: Talk, clock: Clock
) -> None:
    await progress.report_done(due.db, due.actor("minh"), 1, Claim("https://e.vn/1"), clock())
    clock.move_to("2024-04-22 09:00")
    await deciding.decide(due.db, due.actor("lan"), 1, clock(), reason="Thiếu phụ lục")
    await talk.say("lan", "/xem III.5")
    press = next(data for data in talk.buttons() if data.startswith("card:log"))

    (said,) = await talk.press("lan", press)
    (in_group,) = await talk.press("minh", press, "hc")

    assert plain(said).split("\n")[2:] == [
        "09:00 thứ Hai 22/4/2024",
        "lan: trả lại báo cáo hoàn thành – Phòng Hành chính "
        "(chờ Văn phòng xác nhận → bị trả lại; Lý do: Thiếu phụ lục)",
        "07:30 thứ Sáu 19/4/2024",
        "minh: báo hoàn thành – Phòng Hành chính "
        "(chưa thực hiện → chờ Văn phòng xác nhận; https://e.vn/1)",
    ]
    assert "Phòng Hành chính: báo hoàn thành" in in_group
    assert "minh" not in in_group, "a group is not told who did it"
    assert "lan" not in in_group


@pytest.mark.parametrize("page", ["card:log:1:0:v:0:-", "card:parts:1:0:v:0:-"])
@pytest.mark.parametrize(("who", "where"), [("khach", "private"), ("dung", "nowhere")])
async def test_further_pages_are_for_who_may_see_the_item(
    due: Office, talk: Talk, page: str, who: str, where: str
) -> None:
    assert await talk.press(who, page, where) == []
    assert talk.calls("answerCallbackQuery")[0]["show_alert"] is True


async def test_an_act_that_changed_several_rows_is_told_once(due: Office, talk: Talk) -> None:
    at = vn("2024-04-19 07:00")
    told = {"office_id": due.id, "at": at, "person_id": due.persons["lan"], "subject_id": 1}
    await add(
        due,
        extension(due, ExtensionState.APPROVED),
        AuditRow(
            **told, act="extension.approve", subject="extension", after={"state": "approved"}
        ),
        AuditRow(
            **told,
            act="extension.approve",
            subject="part",
            before={"extended_due": None},
            after={"extended_due": "2024-05-10"},
        ),
    )

    (said,) = await talk.press("lan", "card:log:1:0:v:0:-")

    assert plain(said).split("\n")[2:] == [
        "07:00 thứ Sáu 19/4/2024",
        "lan: đồng ý gia hạn – Phòng Hành chính (10/5/2024)",
    ]
