"""/moi, /thanh_vien, /du_lieu_cua_toi and /ngon_ngu through the whole application."""

import itertools

import pytest

from bot.domain.roles import Role
from handlers.people_keys import PeoplePress, people_data, people_pattern
from storage.models import InviteRow, PersonRow
from tests.builders import ACCOUNTS, Office, rows
from tests.chatting import Talk

LARGEST = 10**18 - 1


@pytest.mark.parametrize("press", PeoplePress)
def test_data_fits_in_64_bytes_and_no_button_is_taken_for_another(press: PeoplePress) -> None:
    data = people_data(press, LARGEST, "coordinator")

    assert len(data.encode()) <= 64
    assert [p for p in PeoplePress if people_pattern(p).match(data)] == [press]


def test_every_button_has_exactly_one_handler(talk: Talk) -> None:
    handlers = itertools.chain.from_iterable(talk.application.handlers.values())
    patterns = [h.pattern for h in handlers if getattr(h, "pattern", None) is not None]

    for press in PeoplePress:
        assert len([p for p in patterns if p.match(people_data(press, 7))]) == 1, press


async def test_an_invitation_is_made_by_buttons_and_joined_in_private(
    office: Office, talk: Talk
) -> None:
    await talk.say("lan", "/moi")
    assert "who:ask:admin:0" not in talk.buttons()
    await talk.press("lan", "who:ask:head:0")
    said = await talk.press("lan", f"who:code:head:{office.units['Phòng Hành chính']}")
    code = said[0].split("<code>")[1].split("</code>")[0]

    joined = await talk.say("khach", f"/start {code}")

    assert "Trưởng đơn vị – Phòng Hành chính" in said[0]
    assert "✅" in joined[0]
    assert len(await rows(office.db, InviteRow)) == 1


async def test_members_are_listed_removed_and_erased(office: Office, talk: Talk) -> None:
    await office.enrol("hoa", Role.ADMIN)
    listed = await talk.say("hoa", "/thanh_vien")
    await talk.press("hoa", f"who:person:-:{office.persons['minh']}")
    asked = await talk.press("hoa", f"who:erase:-:{office.persons['minh']}")
    after = await talk.press("hoa", f"who:erasenow:-:{office.persons['minh']}")

    assert "minh" in listed[0]
    assert "Xóa dữ liệu" in asked[0]
    assert "minh" not in after[0]
    assert await rows(office.db, PersonRow, PersonRow.telegram_id == ACCOUNTS["minh"]) == []


async def test_each_speaks_the_language_they_chose(office: Office, talk: Talk) -> None:
    await talk.say("minh", "/ngon_ngu")
    await talk.press("minh", "who:tongue:en:0")
    mine = await talk.say("minh", "/du_lieu_cua_toi")
    other = await talk.say("thao", "/du_lieu_cua_toi")

    assert "What is kept about you" in mine[0]
    assert "0 reports" in mine[0]
    assert "Bot đang lưu về anh/chị" in other[0]


@pytest.mark.parametrize("who", ["khach", "minh", "thao", "viet"])
@pytest.mark.parametrize("press", sorted(set(PeoplePress) - {PeoplePress.TONGUE}))
async def test_a_forged_press_gets_a_notice_and_changes_nothing(
    office: Office, talk: Talk, who: str, press: PeoplePress
) -> None:
    before = [await rows(office.db, table) for table in (InviteRow, PersonRow)]

    said = await talk.press(who, people_data(press, office.persons["dung"], "staff"))

    assert said == []
    assert talk.notices()[-1]
    assert [await rows(office.db, table) for table in (InviteRow, PersonRow)] == before


async def test_a_group_that_the_bot_was_added_to_is_told_how_to_register(
    office: Office, talk: Talk
) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Nhắc việc"}
    change = {
        "chat": {"id": -1999, "type": "supergroup", "title": "Nhóm"},
        "from": {"id": 101, "is_bot": False, "first_name": "lan"},
        "date": 1,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }

    said = await talk.hear({"my_chat_member": change})

    assert "/dang_ky" in said[0]


async def test_a_leader_is_invited_to_supervise_a_unit_or_none(office: Office, talk: Talk) -> None:
    await talk.press("lan", "who:ask:leader:0")
    of_unit = await talk.press("lan", f"who:code:leader:{office.units['Phòng Văn bản']}")
    of_none = await talk.press("lan", "who:code:leader:0")

    assert "Lãnh đạo – Phòng Văn bản" in of_unit[0]
    assert "<b>Lãnh đạo</b>" in of_none[0]
