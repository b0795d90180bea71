"""Every command, in private and in groups, through the whole application."""

from typing import Any

import pytest

from bot.domain.rights import may_send
from bot.domain.roles import ChatPurpose, Role
from bot.i18n import translator
from bot.services import deciding, invitations, progress, updates
from bot.services.progress import Claim
from handlers.commands import COMMANDS
from handlers.errors import DONE_BEFORE
from storage.db import Database
from storage.models import ChatRow, DialogRow, GrantRow, PersonRow, ReportRow
from tests.builders import (
    ACCOUNTS,
    GROUPS,
    Clock,
    Office,
    make_item,
    only_part,
    rows,
    vn,
)
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def due(office: Office) -> Office:
    """Item III.5 of Phòng Hành chính is due on Friday 26/4/2024, IV.1 of Phòng Văn bản late."""
    await office.activate(
        make_item("III.5", title="Kiểm tra <sổ> & hồ sơ"),
        make_item("IV.1", lead=[VB], due="2024-04-12"),
    )
    return office


async def test_work_lists_the_units_open_items_with_buttons(due: Office, talk: Talk) -> None:
    said = await talk.say("minh", "/viec")

    assert len(said) == 1
    assert "III.5" in said[0]
    assert "IV.1" not in said[0]
    assert "list:item:1:v:0:-" in talk.buttons()


@pytest.mark.parametrize("text", ["/viec", "/viec@nhacviec_bot"])
async def test_a_group_is_answered_about_its_own_unit(due: Office, talk: Talk, text: str) -> None:
    said = await talk.say("khach", text, "vb")

    assert "IV.1" in said[0]
    assert "III.5" not in said[0]


async def test_a_command_for_another_bot_is_none_of_its_business(due: Office, talk: Talk) -> None:
    assert await talk.say("minh", "/viec@other_bot", "hc") == []


async def test_what_people_say_to_one_another_in_a_group_is_not_answered(
    due: Office, talk: Talk
) -> None:
    assert await talk.say("minh", "chiều nay họp nhé", "hc") == []
    assert talk.request.calls == []


@pytest.mark.parametrize("code", ["III.5", "iii.5", "III.5."])
async def test_the_card_of_an_item_is_shown_by_its_code(
    due: Office, talk: Talk, code: str
) -> None:
    said = await talk.say("minh", f"/xem {code}")

    assert "III.5" in said[0]
    assert "Kiểm tra &lt;sổ&gt; &amp; hồ sơ" in said[0]
    assert f"part:report:{(await only_part(due.db, due, HC)).id}" in talk.buttons()


async def test_staff_see_the_card_without_the_button_that_reports(due: Office, talk: Talk) -> None:
    await talk.say("thao", "/xem III.5")

    assert not [data for data in talk.buttons() if data.startswith("part:report")]


@pytest.mark.parametrize("command", ["/xem", "/xong"])
async def test_a_command_without_its_item_says_how_it_is_used(
    due: Office, talk: Talk, command: str
) -> None:
    said = await talk.say("minh", command)

    assert f"{command} III.5" in said[0]


@pytest.mark.parametrize("command", ["/xem", "/xong"])
async def test_an_unknown_item_and_one_of_another_unit_look_alike(
    due: Office, talk: Talk, command: str
) -> None:
    unknown = await talk.say("minh", f"{command} IX.9")
    foreign = await talk.say("minh", f"{command} IV.1")

    assert [text.replace("IX.9", "IV.1") for text in unknown] == foreign
    assert "IV.1" in foreign[0]
    assert await rows(due.db, DialogRow) == []


@pytest.mark.parametrize("text", ["/xem", "/xong", "/tre_han"])
async def test_an_argument_as_long_as_a_message_is_still_answered(
    due: Office, talk: Talk, text: str
) -> None:
    said = await talk.say("minh", f"{text} {'<&' * 2000}")

    assert len(said) == 1
    assert len(said[0]) <= 4096


async def test_a_code_in_two_active_plans_is_chosen_by_button(due: Office, talk: Talk) -> None:
    await due.activate(make_item("III.5"), source=b"second", title="Kế hoạch thứ hai")

    await talk.say("minh", "/xem III.5")

    assert talk.buttons() == ["item:open:1", "item:open:3"]


async def test_a_report_with_its_link_is_recorded_and_read_back(due: Office, talk: Talk) -> None:
    said = await talk.say("minh", "/xong III.5 https://e.vn/1 đã gửi đủ bản giấy")

    assert "III.5" in said[0]
    assert "https://e.vn/1" in said[0]
    assert "đã gửi đủ bản giấy" in said[0]
    assert len(await rows(due.db, ReportRow)) == 1


async def test_a_report_without_proof_is_asked_for_it_read_back_and_sent(
    due: Office, talk: Talk
) -> None:
    await talk.say("minh", "/xong III.5")
    said = await talk.say("minh", "123/BC-STP ngày 18/4/2024, trang 3")
    before_sending = await rows(due.db, ReportRow)
    await talk.press("minh", "rep:send:1:0")

    assert "123/BC-STP ngày 18/4/2024, trang 3" in said[0]
    assert "Gửi Văn phòng xác nhận?" in said[0]
    assert before_sending == []
    assert len(await rows(due.db, ReportRow)) == 1
    assert [row.question for row in await rows(due.db, DialogRow)] == ["proof_more"]


async def test_in_a_group_the_question_is_put_to_the_person_who_reported(
    due: Office, talk: Talk
) -> None:
    await talk.say("minh", "/xong III.5", "hc")

    asked = talk.calls("sendMessage")[-1]
    assert "reply_parameters" in asked
    assert "force_reply" in str(asked["reply_markup"])
    assert await talk.say("thao", "tôi không rõ", "hc") == [], "the answer of somebody else"
    assert "https://e.vn/1" in (await talk.say("minh", "https://e.vn/1", "hc"))[0]
    await talk.press("minh", "rep:send:1:0", "hc")
    assert len(await rows(due.db, ReportRow)) == 1


async def test_a_mark_of_secrecy_on_a_line_of_its_own_is_seen_in_a_command_too(
    due: Office, talk: Talk
) -> None:
    said = await talk.say("minh", "/xong III.5 https://e.vn/1\nTỐI MẬT\nđã gửi")

    assert await rows(due.db, ReportRow) == []
    assert "mật" in said[0].lower()


async def test_a_refused_answer_may_be_given_again(due: Office, talk: Talk) -> None:
    await talk.say("minh", "/xong III.5")
    await talk.say("minh", "MẬT")

    said = await talk.say("minh", "https://e.vn/1")

    assert "https://e.vn/1" in said[0]
    assert "MẬT" not in said[0]


async def test_a_question_whose_item_was_closed_meanwhile_does_not_keep_asking(
    due: Office, talk: Talk, clock: Clock
) -> None:
    await talk.say("minh", "/xong III.5")
    part = await only_part(due.db, due, HC)
    await due.enrol("hoa", Role.HEAD, HC)
    await progress.report_done(due.db, due.actor("hoa"), part.id, Claim("https://e.vn/1"), clock())
    await deciding.decide(due.db, due.actor("lan"), 1, clock())

    await talk.say("minh", "https://e.vn/2")
    said = await talk.say("minh", "cảm ơn")

    assert await rows(due.db, DialogRow) == []
    assert "/tro_giup" in said[0]


async def test_who_may_not_report_is_told_that_nothing_has_changed(
    due: Office, talk: Talk
) -> None:
    said = await talk.say("thao", "/xong III.5 https://e.vn/1")

    assert "Chưa có gì thay đổi" in said[0]
    assert await rows(due.db, ReportRow) == []


async def test_what_is_overdue_is_listed_for_the_office(due: Office, talk: Talk) -> None:
    said = await talk.say("lan", "/tre_han", "office")

    assert "IV.1" in said[0]
    assert "7 ngày" in said[0]
    assert "III.5" not in said[0]


async def test_what_is_overdue_of_one_unit_is_asked_by_any_of_its_names(
    due: Office, talk: Talk
) -> None:
    of_vb = await talk.say("lan", "/tre_han vb")
    of_hc = await talk.say("lan", "/tre_han Phòng Hành chính")
    unknown = await talk.say("lan", "/tre_han Phòng Không Có")

    assert "IV.1" in of_vb[0]
    assert "IV.1" not in of_hc[0]
    assert "Phòng Không Có" in unknown[0]


async def test_help_names_what_somebody_may_send_and_nothing_else(due: Office, talk: Talk) -> None:
    for who, role in (("lan", Role.COORDINATOR), ("thao", Role.STAFF)):
        said = await talk.say(who, "/tro_giup")

        for command in COMMANDS:
            may = command.in_menu and may_send(command.name, frozenset({role}), private=True)
            assert (f"/{command.name} –" in said[0]) is may, (who, command.name)


async def test_a_stranger_is_told_how_to_begin_and_nothing_else(due: Office, talk: Talk) -> None:
    for text in ("/viec", "/xem III.5", "/xong III.5", "/tre_han"):
        said = await talk.say("khach", text)

        assert "/dang_ky" in said[0]
        assert "III.5" not in said[0]


async def test_start_says_what_is_kept_about_a_person(office: Office, talk: Talk) -> None:
    said = await talk.say("khach", "/start")

    assert "/dang_ky" in said[0]
    assert "Telegram" in said[0]
    assert await rows(office.db, PersonRow, PersonRow.telegram_id == ACCOUNTS["khach"]) == []


@pytest.mark.parametrize("command", ["/start", "/dang_ky"])
async def test_a_code_in_private_gives_the_role(
    office: Office, talk: Talk, clock: Clock, command: str
) -> None:
    code = await invitations.invite(office.db, office.id, clock(), role=Role.HEAD, unit_name="TG")

    said = await talk.say("khach", f"{command} {code}")

    assert "Trung tâm Trợ giúp" in said[0]
    assert len(await rows(office.db, GrantRow)) == 6


@pytest.mark.parametrize("command", ["/start@nhacviec_bot", "/dang_ky", "/dang_ky@nhacviec_bot"])
async def test_a_code_in_a_group_binds_it(
    office: Office, talk: Talk, clock: Clock, command: str
) -> None:
    code = await invitations.invite(
        office.db, office.id, clock(), purpose=ChatPurpose.UNIT, unit_name="TG"
    )

    said = await talk.say("khach", f"{command} {code}", "nowhere")

    assert "Trung tâm Trợ giúp" in said[0]
    assert len(await rows(office.db, ChatRow, ChatRow.telegram_id == -1999)) == 1


async def test_a_code_in_a_topic_binds_that_topic_and_is_answered_there(
    office: Office, talk: Talk, clock: Clock
) -> None:
    code = await invitations.invite(
        office.db, office.id, clock(), purpose=ChatPurpose.UNIT, unit_name="TG"
    )

    await talk.say(
        "khach", f"/dang_ky {code}", "nowhere", message_thread_id=42, is_topic_message=True
    )

    assert [c.thread_id for c in await rows(office.db, ChatRow, ChatRow.telegram_id == -1999)] == [
        42
    ]
    assert talk.calls("sendMessage")[0]["message_thread_id"] == 42


async def test_joining_without_a_code_asks_for_it(office: Office, talk: Talk) -> None:
    assert "/dang_ky" in (await talk.say("khach", "/dang_ky"))[0]


async def test_a_wrong_code_is_refused_in_one_sentence(office: Office, talk: Talk) -> None:
    said = await talk.say("khach", "/dang_ky sai-ma")

    assert len(said) == 1
    assert "\n" not in said[0]


async def test_plain_words_in_private_are_answered_with_a_hint(due: Office, talk: Talk) -> None:
    assert "/tro_giup" in (await talk.say("minh", "chào bot"))[0]


async def test_an_update_repeated_after_a_crash_reports_once_and_says_so(
    due: Office, talk: Talk, db: Database
) -> None:
    await updates.take_in(db, [{"update_id": 1}], vn("2024-04-19 07:30"))
    await talk.say("minh", "/xong III.5 https://e.vn/1")

    again = await talk.hear({}, again=True)

    assert len(await rows(db, ReportRow)) == 1
    assert again == [translator("vi").problem(DONE_BEFORE)]


def membership(chat_id: int, kind: str, status: str) -> dict[str, Any]:
    me = {"id": 1, "is_bot": True, "first_name": "b"}
    return {
        "my_chat_member": {
            "chat": {"id": chat_id, "type": kind, "title": "hc", "first_name": "m"},
            "from": {"id": ACCOUNTS["minh"], "is_bot": False, "first_name": "m"},
            "date": 1,
            "old_chat_member": {"user": me, "status": "left"},
            "new_chat_member": {"user": me, "status": status}
            | ({"until_date": 0} if status == "kicked" else {}),
        }
    }


async def test_a_group_that_removed_the_bot_is_no_longer_written_to(
    due: Office, talk: Talk
) -> None:
    await talk.hear(membership(GROUPS["hc"][0], "supergroup", "left"))

    lost = (await rows(due.db, ChatRow, ChatRow.telegram_id == GROUPS["hc"][0]))[0]
    assert not lost.active


async def test_a_person_who_blocks_the_bot_is_lost_until_they_take_it_back(
    due: Office, talk: Talk
) -> None:
    account = ACCOUNTS["minh"]

    await talk.hear(membership(account, "private", "kicked"))
    blocked = (await rows(due.db, ChatRow, ChatRow.telegram_id == account))[0].active
    await talk.hear(membership(account, "private", "member"))
    back = (await rows(due.db, ChatRow, ChatRow.telegram_id == account))[0].active

    assert (blocked, back) == (False, True)


async def test_a_group_that_was_lost_is_bound_anew_with_a_code_only(
    due: Office, talk: Talk
) -> None:
    group = GROUPS["hc"][0]

    await talk.hear(membership(group, "supergroup", "left"))
    await talk.hear(membership(group, "supergroup", "member"))

    assert not (await rows(due.db, ChatRow, ChatRow.telegram_id == group))[0].active


@pytest.mark.parametrize("from_old", [True, False])
async def test_a_group_that_became_a_supergroup_is_followed(
    due: Office, talk: Talk, from_old: bool
) -> None:
    old, new = GROUPS["hc"][0], -100888
    chat, key, other = (
        (old, "migrate_to_chat_id", new) if from_old else (new, "migrate_from_chat_id", old)
    )

    await talk.hear(
        {
            "message": {
                "message_id": 9,
                "date": 1,
                "chat": {"id": chat, "type": "group", "title": "hc"},
                key: other,
            }
        }
    )

    assert len(await rows(due.db, ChatRow, ChatRow.telegram_id == new)) == 1
