"""A command without a code offers the items its act is possible for, and goes on by button."""

import json

import pytest

from bot.domain.roles import Role
from bot.domain.status import Progress
from storage.models import ItemRow, PartRow, PlanRow, ReportDraftRow
from tests.builders import (
    Office,
    after_event,
    as_told,
    change,
    make_item,
    ongoing,
    parts_of,
    rows,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
PDF = {"file_id": "f", "file_unique_id": "u", "file_name": "bao-cao.pdf", "file_size": 9}
CHANGES = ("/kich_hoat", "/dat_han", "/giao", "/sua", "/thoi_viec")


@pytest.fixture
async def open_(office: Office) -> Office:
    """Items of each kind; it is Friday 19/4/2024."""
    await office.activate(
        make_item("I.1", title="Lập danh mục hồ sơ của các đơn vị thuộc Sở", due="2024-04-26"),
        make_item("I.2", title="Rà soát thủ tục", due="2024-04-10"),
        make_item("I.3", title="Kiểm tra văn bản", lead=(VB,)),
        make_item("II.1", title="Kiến nghị sau kiểm tra", due=after_event()),
        make_item("II.2", title="Theo hướng dẫn", due=as_told()),
        make_item("II.3", title="Tuyên truyền", due=ongoing()),
    )
    return office


def labels(talk: Talk) -> list[str]:
    """Return what stands on the buttons under the newest message."""
    markup = talk.calls("sendMessage")[-1].get("reply_markup", "{}")
    markup = json.loads(markup) if isinstance(markup, str) else markup
    rows_ = markup.get("inline_keyboard", [])
    return [button["text"] for row in rows_ for button in row]


def codes(talk: Talk) -> list[str]:
    return [label.split(" ")[0] for label in labels(talk)]


def by_code(talk: Talk, code: str) -> str:
    """Return the data of the newest button for an item."""
    return talk.buttons()[-len(labels(talk)) :][codes(talk).index(code)]


@pytest.mark.parametrize(
    ("command", "who", "where", "wanted"),
    [
        ("/xong", "minh", "private", ["I.2", "I.1", "II.2", "II.3"]),
        ("/xong", "minh", "hc", ["I.2", "I.1", "II.2", "II.3"]),
        ("/xong", "dung", "private", ["I.3"]),
        ("/xong", "lan", "private", ["I.2", "I.1", "I.3", "II.2", "II.3"]),
        ("/xong", "lan", "vb", ["I.3"]),
        ("/gia_han", "minh", "private", ["I.2", "I.1"]),
        ("/xem", "thao", "private", ["I.2", "I.1", "II.1", "II.2", "II.3"]),
        ("/minh_chung", "viet", "private", ["I.2", "I.1", "I.3", "II.1", "II.2", "II.3"]),
        ("/nhat_ky", "khach", "vb", ["I.3"]),
        ("/kich_hoat", "lan", "private", ["II.1"]),
        ("/dat_han", "lan", "private", ["II.2"]),
        ("/giao", "lan", "private", ["I.2", "I.1", "I.3", "II.1", "II.2", "II.3"]),
        ("/sua", "lan", "vb", ["I.3"]),
        ("/thoi_viec", "lan", "office", ["I.2", "I.1", "I.3", "II.1", "II.2", "II.3"]),
    ],
)
async def test_it_offers_what_the_act_is_possible_for_most_urgent_first(
    open_: Office, talk: Talk, command: str, who: str, where: str, wanted: list[str]
) -> None:
    (said,) = await talk.say(who, command, where)

    assert codes(talk) == wanted
    assert said.splitlines()[-1].startswith(f"Hoặc gõ: <code>{command} ")


async def test_a_label_is_the_code_and_the_title_cut_at_a_word(open_: Office, talk: Talk) -> None:
    await change(open_.db, ItemRow, 1, title="Lập danh mục hồ sơ " * 9)

    await talk.say("minh", "/xong")

    (label,) = [one for one in labels(talk) if one.startswith("I.1 ")]
    assert label.startswith("I.1 · Lập danh mục")
    assert label.endswith(("hồ…", "sơ…", "Lập…", "danh…", "mục…"))
    assert len(label) <= 56


@pytest.mark.parametrize(
    ("command", "who"),
    [("/xong", "thao"), ("/xong", "viet"), ("/gia_han", "lan"), ("/gia_han", "thao")]
    + [(command, "minh") for command in CHANGES],
)
async def test_who_may_not_do_it_is_told_so_at_once(
    open_: Office, talk: Talk, command: str, who: str
) -> None:
    (said,) = await talk.say(who, command)

    assert "Chưa có gì thay đổi" in said
    assert labels(talk) == []


@pytest.mark.parametrize(
    ("command", "who", "next_"),
    [
        ("/xong", "minh", "/viec"),
        ("/xong", "lan", "/cho_xac_nhan"),
        ("/gia_han", "minh", "/viec"),
        ("/xem", "thao", "/tim"),
        ("/kich_hoat", "lan", "/chua_co_han"),
        ("/dat_han", "lan", "/gia_han"),
        ("/giao", "lan", "/them"),
    ],
)
async def test_where_there_is_nothing_to_choose_it_says_what_to_do(
    office: Office, talk: Talk, command: str, who: str, next_: str
) -> None:
    (said,) = await talk.say(who, command)

    assert next_ in said
    assert labels(talk) == []


async def test_many_items_are_turned_by_pages_of_eight(office: Office, talk: Talk) -> None:
    await office.activate(*(make_item(f"I.{n}", due=f"2024-05-{n:02}") for n in range(1, 20)))

    await talk.say("minh", "/xong")
    first = labels(talk)
    (shown,) = await talk.press("minh", "choose:page:0:2")
    last = talk.calls("editMessageText")[-1]["reply_markup"]
    (beyond,) = await talk.press("minh", "choose:page:0:99")

    assert [one.split(" ")[0] for one in first] == [f"I.{n}" for n in range(1, 9)] + ["1/3", "▶"]
    assert "I.19" in str(last)
    assert "3/3" in str(last)
    assert shown == beyond


async def test_a_press_goes_on_with_the_act_for_that_item(open_: Office, talk: Talk) -> None:
    await talk.say("minh", "/xong")
    (report,) = await talk.press("minh", by_code(talk, "I.1"))
    await talk.say("minh", "/gia_han")
    (extend,) = await talk.press("minh", by_code(talk, "I.1"))
    await talk.say("thao", "/nhat_ky")
    (log,) = await talk.press("thao", by_code(talk, "I.1"))
    await talk.say("thao", "/minh_chung")
    (proofs,) = await talk.press("thao", by_code(talk, "I.1"))
    await talk.say("lan", "/kich_hoat")
    (event,) = await talk.press("lan", by_code(talk, "II.1"))
    await talk.say("lan", "/thoi_viec")
    (drop,) = await talk.press("lan", by_code(talk, "I.3"))

    assert "Gửi đường dẫn" in report
    assert "Đến ngày nào" in extend
    assert "I.1" in log
    assert "Chưa có minh chứng" in proofs
    assert "Việc đó xảy ra ngày nào" in event or "ngày nào" in event
    assert "I.3" in drop


async def test_rights_are_looked_at_again_at_the_press(open_: Office, talk: Talk) -> None:
    await talk.say("minh", "/xong")
    data = by_code(talk, "I.1")

    said = await talk.press("dung", data)

    assert said == []
    assert "không có việc" in talk.notices()[-1].lower()
    assert await rows(open_.db, ReportDraftRow) == []


async def test_a_file_without_a_code_is_evidence_of_the_item_chosen(
    open_: Office, talk: Talk
) -> None:
    talk.request.kept["f"] = b"%PDF-1.7 x"
    await talk.say("minh", "", caption="/xong", document=PDF)
    asked = talk.calls("sendMessage")[-1]
    file = talk.last_raw["message"]
    pressed = {"message_id": 400, "date": 1, "chat": file["chat"], "reply_to_message": file}
    data = by_code(talk, "I.1")

    (panel,) = await talk.press("minh", data, message={**pressed, "text": "…"})

    assert str(file["message_id"]) in str(asked["reply_parameters"])
    assert "bao-cao.pdf" in panel
    assert [len(row.proofs) for row in await rows(open_.db, ReportDraftRow)] == [1]


async def test_a_file_alone_leads_to_the_items_for_who_may_report(
    open_: Office, talk: Talk
) -> None:
    await talk.say("minh", "", document=PDF)
    head = talk.buttons()
    await talk.say("thao", "", document=PDF)

    assert head == ["choose:page:0:0"]
    assert talk.buttons() == head


@pytest.mark.parametrize("caption", [None, "/xong"])
async def test_an_album_is_answered_once(open_: Office, talk: Talk, caption: str | None) -> None:
    more = {"caption": caption} if caption else {}

    first = await talk.say("minh", "", document=PDF, media_group_id="a", **more)
    second = await talk.say("minh", "", document=PDF, media_group_id="a")
    other = await talk.say("minh", "", document=PDF, media_group_id="b")

    assert (len(first), second, len(other)) == (1, [], 1)


async def test_a_code_of_several_plans_goes_on_with_the_act_in_the_plan_chosen(
    open_: Office, talk: Talk
) -> None:
    await open_.activate(make_item("I.1"), source=b"second", title="Kế hoạch thứ hai")

    await talk.say("minh", "/xong I.1")
    data = talk.buttons()

    assert labels(talk) == ["Kế hoạch công tác", "Kế hoạch thứ hai"]
    assert all(one.startswith("part:report:") for one in data)


async def test_what_waits_for_the_office_or_has_passed_is_not_offered_for_another_date(
    open_: Office, talk: Talk
) -> None:
    found = {part.code: part for part in await parts_of(open_.db, open_)}
    await change(open_.db, PartRow, found["I.1"].id, progress=Progress.EXTENSION_PENDING)
    plan = found["I.2"].plan_id
    await change(open_.db, PlanRow, plan, settings={"extend_after_due": False})

    (said,) = await talk.say("minh", "/gia_han")

    assert labels(talk) == []
    assert "gia hạn" in said


async def test_whose_unit_owes_something_too_reports_the_own_part(
    office: Office, talk: Talk
) -> None:
    await office.enrol("lan", Role.HEAD, "Văn phòng")
    await office.activate(make_item("I.1", lead=(HC, "Văn phòng")))
    own = next(p for p in await parts_of(office.db, office) if p.unit == "Văn phòng")

    await talk.say("lan", "/xong")

    assert talk.buttons() == [f"part:report:{own.id}"]


async def test_difficulties_can_be_reported_from_their_list(open_: Office, talk: Talk) -> None:
    await talk.say("thao", "/vuong_mac")
    (more,) = talk.buttons()
    await talk.press("thao", more)
    chosen = talk.calls("editMessageText")[-1]["reply_markup"]
    leaders = len(talk.buttons())
    await talk.say("viet", "/vuong_mac")

    assert "stuck:ask" in str(chosen)
    assert len(talk.buttons()) == leaders
