"""/cai_dat: settings by area, typed or picked, read back, audited; a plan may have its own."""

import json

import pytest

from bot.domain.roles import Role
from storage.db import Database
from storage.models import AuditRow, OccurrenceRow, OfficeRow, PlanRow
from tests.builders import Office, day, make_item, on, rows, vn
from tests.chatting import Talk


async def press(talk: Talk, label: str, who: str = "lan") -> list[str]:
    """Press the newest button whose label has these words."""
    for called, params in reversed(talk.request.calls):
        if called not in {"sendMessage", "editMessageText"} or "reply_markup" not in params:
            continue
        markup = params["reply_markup"]
        markup = json.loads(markup) if isinstance(markup, str) else markup
        for row in markup.get("inline_keyboard", []):
            for button in row:
                if label in button["text"]:
                    return await talk.press(who, button["callback_data"])
    raise AssertionError(label)


async def test_the_morning_time_is_typed_read_back_and_set(
    office: Office, talk: Talk, db: Database
) -> None:
    await talk.say("lan", "/cai_dat")
    await press(talk, "Nhắc việc")
    [asked] = await press(talk, "Giờ gửi lời nhắc sáng")
    assert "07:30" in asked
    [shown] = await talk.say("lan", "8h")
    assert "08:00" in shown
    await press(talk, "Đúng, ghi nhận")

    [row] = await rows(db, OfficeRow)
    assert row.settings["morning_at"] == "08:00"
    [entry] = await rows(db, AuditRow, AuditRow.act == "settings.set")
    assert entry.subject == "office"


async def test_nonsense_leaves_the_question_open(office: Office, talk: Talk, db: Database) -> None:
    await talk.say("lan", "/cai_dat")
    await press(talk, "Nhắc việc")
    await press(talk, "Giờ gửi lời nhắc sáng")
    [refused] = await talk.say("lan", "lúc rảnh")
    assert "07:30" in refused
    [shown] = await talk.say("lan", "8:15")
    assert "08:15" in shown


async def test_before_counts_of_a_plan_moves_its_dates_and_back(
    office: Office, talk: Talk, db: Database
) -> None:
    await office.activate(
        make_item("I.1", due=on("2024-04-29", before=True)),
        make_item("I.2", due=on("2024-05-30")),
        now=vn("2024-01-02 08:00"),
        title="Kế hoạch 2024",
    )
    for word, due in (("có", "2024-04-30"), ("không", "2024-04-29")):
        await talk.say("lan", "/cai_dat")
        await press(talk, "Đánh giá")
        await press(talk, "tính cả ngày D")
        await press(talk, "Kế hoạch 2024")
        [shown] = await press(talk, word)
        assert "dời một ngày: 1" in shown
        await press(talk, "Đúng, ghi nhận")
        dues = {o.due for o in await rows(db, OccurrenceRow)}
        assert dues == {day(due), day("2024-05-30")}
    [plan] = await rows(db, PlanRow)
    assert plan.before_counts is False
    assert len(await rows(db, AuditRow, AuditRow.act == "occurrence.before")) == 2


async def test_a_plan_has_its_own_ladder_and_gives_it_back(
    office: Office, talk: Talk, db: Database
) -> None:
    await office.activate(make_item("I.1"), title="Kế hoạch 2024")
    await talk.say("lan", "/cai_dat")
    await press(talk, "Nhắc việc")
    await press(talk, "chủ trì trước hạn")
    await press(talk, "Kế hoạch 2024")
    await talk.say("lan", "7, 2")
    await press(talk, "Đúng, ghi nhận")
    [plan] = await rows(db, PlanRow)
    assert plan.settings == {"ladder": [7, 2]}

    await talk.say("lan", "/cai_dat")
    await press(talk, "Nhắc việc")
    await press(talk, "chủ trì trước hạn")
    [asked] = await press(talk, "Cả cơ quan")
    assert "Kế hoạch 2024" in asked

    await talk.say("lan", "/cai_dat")
    await press(talk, "Nhắc việc")
    await press(talk, "chủ trì trước hạn")
    await press(talk, "Kế hoạch 2024")
    await press(talk, "Theo cài đặt chung")
    await press(talk, "Đúng, ghi nhận")
    [plan] = await rows(db, PlanRow)
    assert plan.settings == {}


@pytest.mark.parametrize("role", [Role.HEAD, Role.LEADER, Role.STAFF])
async def test_others_cannot_change_settings(
    role: Role, office: Office, talk: Talk, db: Database
) -> None:
    who = {Role.HEAD: "minh", Role.LEADER: "viet", Role.STAFF: "thao"}[role]
    [said] = await talk.say(who, "/cai_dat")

    assert "Văn phòng" in said
    assert not talk.buttons()
