"""Whatever a unit is sent about its work can be acknowledged, and stands in the ledger."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.outbox import SCHEDULED, OutboxKind
from bot.services import (
    broadcasts,
    change_flows,
    changing,
    conclusions,
    deciding,
    difficulties,
    drafting,
    extension_decisions,
    extensions,
    handing,
    progress,
    reopening,
    undoing,
)
from bot.services.broadcasts import Matter
from bot.services.drafting import Said
from bot.services.progress import Claim
from handlers.callbacks import Press, data
from storage import notices
from storage.models import AuditRow, ChatBindingRow, GrantRow, OutboxRow
from tests.builders import Clock, Delivered, Office, change, make_item, name_stand_in, rows, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
THANKS, BEFORE = "Đã ghi nhận là đã nhận. Cảm ơn.", "Đã ghi nhận trước đó."


async def returned(office: Office, talk: Talk) -> None:
    await reported(office)
    await deciding.decide(office.db, office.actor("lan"), 1, NOW, reason="thiếu trang")


async def reported(office: Office) -> None:
    await progress.report_done(office.db, office.actor("minh"), 1, Claim("https://e.vn/1"), NOW)


async def opened_again(office: Office, talk: Talk) -> None:
    await reported(office)
    await deciding.decide(office.db, office.actor("lan"), 1, NOW)
    await reopening.reopen(office.db, office.actor("lan"), 1, "nhầm", NOW)


async def date_granted(office: Office, talk: Talk) -> None:
    await extensions.begin(office.db, office.actor("minh"), 1, "30/5 chờ số liệu", NOW)
    await extensions.send(office.db, office.actor("minh"), 1, NOW)
    await extension_decisions.approve(office.db, office.actor("lan"), 1, NOW)


async def answered(office: Office, talk: Talk) -> None:
    await difficulties.raise_difficulty(office.db, office.actor("minh"), 1, "thiếu người", NOW)
    await difficulties.answer(office.db, office.actor("lan"), 1, "sẽ cử thêm", NOW)


async def handed(office: Office, talk: Talk) -> None:
    await handing.hand_to(office.db, office.actor("minh"), 1, office.persons["thao"], NOW)


async def dropped(office: Office, talk: Talk) -> None:
    await talk.say("lan", "/thoi_viec I.1 Thông báo 12/TB-STP")
    await talk.press("lan", talk.buttons()[0])


async def broadcast(office: Office, talk: Talk) -> None:
    made = await broadcasts.prepare(office.db, office.actor("lan"), Matter("Họp lúc 14 giờ"), NOW)
    await broadcasts.send(office.db, office.actor("lan"), made.id, NOW)


async def prepared(office: Office, talk: Talk) -> None:
    thao = office.actor("thao")
    await handed(office, talk)
    view = await drafting.open_draft(office.db, thao, 1, NOW)
    await drafting.add(office.db, thao, view.draft.id, Said("https://e.vn/2"), NOW)
    await handing.hand_in(office.db, thao, view.draft.id, NOW)


async def lent(office: Office, talk: Talk) -> None:
    text = "thao > 19/4/2024 > 25/4/2024"
    await name_stand_in(office, "minh", text, NOW)


async def added(office: Office, talk: Talk) -> None:
    found = await conclusions.look(office.db, office.actor("lan"), "Rà soát – HC – 30/5", NOW)
    await conclusions.give(office.db, office.actor("lan"), found.mark, NOW)


async def merged(office: Office, talk: Talk) -> None:
    await talk.say("lan", f"/don_vi gop {VB} > {HC}")
    await talk.press("lan", next(d for d in talk.buttons() if "change:yes" in d))


async def plan_closed(office: Office, talk: Talk) -> None:
    await talk.say("lan", "/dong_ke_hoach")
    await talk.press("lan", talk.buttons()[0])
    await talk.press("lan", next(d for d in reversed(talk.buttons()) if "change:yes" in d))


# What is done, the kind of message owed for it, who gets it, and what the ledger calls it.
NOTICES = {
    "a report returned": (returned, OutboxKind.DECISION, "hc", "quyết định về báo cáo"),
    "opened again": (opened_again, OutboxKind.REOPENED, "hc", "mở lại việc đã xác nhận"),
    "another date": (date_granted, OutboxKind.EXTENSION_ANSWER, "hc", "trả lời về gia hạn"),
    "an answer": (answered, OutboxKind.DIFFICULTY_ANSWER, "hc", "trả lời vướng mắc"),
    "handed over": (handed, OutboxKind.ASSIGNED, "thao", "giao chuẩn bị báo cáo"),
    "dropped": (dropped, OutboxKind.ITEM_CHANGED, "hc", "không còn thực hiện"),
    "prepared": (prepared, OutboxKind.PREPARED, "minh", "báo cáo do chuyên viên chuẩn bị"),
    "standing in": (lent, OutboxKind.ASSIGNED, "thao", "đứng thay"),
    "concluded": (added, OutboxKind.ITEM_CHANGED, "hc", "việc mới theo kết luận giao ban"),
    "merged": (merged, OutboxKind.ITEM_CHANGED, "hc", "sáp nhập đơn vị"),
    "the plan closed": (plan_closed, OutboxKind.ITEM_CHANGED, "hc", "đóng kế hoạch"),
    "a broadcast": (broadcast, OutboxKind.BROADCAST, "hc", "thông báo của Văn phòng"),
}
MEMBER = {"hc": ("minh", "hc"), "thao": ("thao", "private"), "minh": ("minh", "private")}
# Not about the one item of these tests.
OTHERWISE = ("a broadcast", "standing in", "concluded", "merged")
# Reminders bear the button too; the rest goes to who decides, to Văn phòng, or tests the line.
TO_DECIDERS = frozenset(
    {
        OutboxKind.CONFIRM, OutboxKind.EXTENSION, OutboxKind.DIFFICULTY, OutboxKind.PAST_ITEMS,
        OutboxKind.CHAT_LOST, OutboxKind.CALENDAR, OutboxKind.CALENDAR_GAP, OutboxKind.AWAY,
        OutboxKind.TEST, OutboxKind.BRIEFING_DRAFT, OutboxKind.TOO_LATE,
    }
)  # fmt: skip


def test_every_kind_of_message_is_a_reminder_a_notice_or_not_for_units() -> None:
    notices_ = notices.KINDS | {OutboxKind.UNDONE}

    assert notices_ | SCHEDULED | TO_DECIDERS == set(OutboxKind)
    assert not notices_ & (SCHEDULED | TO_DECIDERS)
    assert notices_ - {kind for _, kind, _, _ in NOTICES.values()} == {
        OutboxKind.UNDONE,
        OutboxKind.BRIEFING,
        OutboxKind.SUMMARY,
    }, "each is tried below, or in the tests of briefings and summaries"


@pytest.fixture
async def working(office: Office, clock: Clock) -> Office:
    clock.now = NOW
    await office.activate(make_item("I.1", lead=[HC]))
    return office


async def message_to(office: Office, chat: str, kind: OutboxKind) -> int:
    found = await rows(
        office.db,
        OutboxRow,
        OutboxRow.chat_id == office.chats[chat],
        OutboxRow.kind == kind,
    )
    return int(found[-1].id)


async def deliver(delivered: Delivered) -> None:
    while await delivered.one():
        pass


def keys_to(delivered: Delivered, chat_id: int) -> set[str]:
    return {
        key.data
        for to, message in delivered.sender.sent
        if to == chat_id
        for row in message.buttons
        for key in row
    }


@pytest.mark.parametrize("notice", NOTICES)
async def test_what_a_unit_was_sent_is_acknowledged_once_and_stands_in_the_ledger(
    notice: str, working: Office, talk: Talk, delivered: Delivered
) -> None:
    act, kind, chat, called = NOTICES[notice]
    await act(working, talk)
    await deliver(delivered)
    message = await message_to(working, chat, kind)
    who, where = MEMBER[chat]

    assert data(Press.SEEN, message) in keys_to(delivered, working.actor(who, where).chat_id)
    await talk.press(who, data(Press.SEEN, message), where)
    await talk.press(who, data(Press.SEEN, message), where)
    (said,) = await talk.say("lan", f"/da_nhac {HC}")

    assert talk.notices()[-2:] == [THANKS, BEFORE]
    assert called in said
    assert f"👌 Đã nhận: {who}" in said
    (entry,) = await rows(working.db, AuditRow, AuditRow.act == "message.acknowledge")
    assert (entry.subject_id, entry.person_id) == (message, working.persons[who])


@pytest.mark.parametrize("notice", [name for name in NOTICES if name not in OTHERWISE])
async def test_an_item_lists_the_notices_about_it(
    notice: str, working: Office, talk: Talk, delivered: Delivered
) -> None:
    act, _, _, called = NOTICES[notice]
    await act(working, talk)
    await deliver(delivered)

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert f"• {HC} – {called}" in said
    assert "✅ Đã đến" in said


async def test_what_is_taken_back_is_acknowledged_too(
    working: Office, talk: Talk, delivered: Delivered
) -> None:
    await handed(working, talk)
    await deliver(delivered)
    minh = working.actor("minh")
    last = await undoing.last_act(working.db, minh, NOW)
    assert last is not None
    await undoing.undo(working.db, minh, last.key, NOW)
    await deliver(delivered)
    message = await message_to(working, "thao", OutboxKind.UNDONE)

    await talk.press("thao", data(Press.SEEN, message))
    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert data(Press.SEEN, message) in keys_to(delivered, working.actor("thao").chat_id)
    assert f"• {HC} – thu hồi điều đã báo" in said
    assert "👌 Đã nhận: thao" in said


async def test_a_unit_sees_no_notice_of_another_unit(
    office: Office, talk: Talk, delivered: Delivered, clock: Clock
) -> None:
    clock.now = NOW
    await office.activate(make_item("I.1", lead=[HC, VB]))
    await returned(office, talk)
    await deliver(delivered)

    (own,) = await talk.say("minh", "/da_nhac I.1", "hc")
    (other,) = await talk.say("dung", "/da_nhac I.1", "vb")

    assert "quyết định về báo cáo" in own
    assert "quyết định về báo cáo" not in other


async def test_what_was_overtaken_before_it_was_sent_is_said_so(
    working: Office, talk: Talk, delivered: Delivered
) -> None:
    await handed(working, talk)
    await dropped(working, talk)
    await deliver(delivered)

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "⚪ Không gửi: đến lượt gửi thì không còn đúng nữa" in said
    assert "mất kết nối" not in said


async def test_what_was_taken_back_before_it_was_sent_is_said_so(
    working: Office, talk: Talk, delivered: Delivered
) -> None:
    await handed(working, talk)
    last = await undoing.last_act(working.db, working.actor("minh"), NOW)
    assert last is not None
    await undoing.undo(working.db, working.actor("minh"), last.key, NOW)
    await deliver(delivered)

    (said,) = await talk.say("lan", "/da_nhac I.1")

    assert "⚪ Không gửi: đã rút lại trước khi gửi" in said


async def unbind(office: Office) -> None:
    (bound,) = await rows(office.db, ChatBindingRow, ChatBindingRow.chat_id == office.chats["hc"])
    await change(office.db, ChatBindingRow, bound.id, unit_id=office.units[VB])


async def leave(office: Office) -> None:
    (held,) = await rows(office.db, GrantRow, GrantRow.person_id == office.persons["thao"])
    await change(office.db, GrantRow, held.id, unit_id=office.units[VB])


LOST: dict[str, tuple[Callable[[Office], Awaitable[None]], str]] = {
    "the group is another unit's now": (unbind, "a report returned"),
    "the person is of another unit now": (leave, "handed over"),
}


@pytest.mark.parametrize("how", LOST)
async def test_an_old_button_is_refused_where_the_right_was_lost(
    how: str, working: Office, talk: Talk, delivered: Delivered
) -> None:
    lose, notice = LOST[how]
    act, kind, chat, _ = NOTICES[notice]
    await act(working, talk)
    await deliver(delivered)
    message = await message_to(working, chat, kind)
    await lose(working)

    await talk.press(*MEMBER[chat][:1], data(Press.SEEN, message), MEMBER[chat][1])

    (row,) = await rows(working.db, OutboxRow, OutboxRow.id == message)
    assert "không (còn) dành cho bạn" in talk.notices()[-1]
    assert row.acknowledged_at is None


async def given_a_role(office: Office, talk: Talk) -> None:
    args = {"person": office.persons["thao"], "role": "head", "unit": office.units[HC]}
    lan = office.actor("lan", update_id=77)
    shown = await changing.begin(office.db, lan, change_flows.ROLE, args, NOW)
    await changing.confirm(office.db, office.actor("lan", update_id=78), shown.token, NOW)


async def test_a_word_about_a_role_is_acknowledged_and_is_about_no_part(
    working: Office, talk: Talk, delivered: Delivered
) -> None:
    await given_a_role(working, talk)
    await deliver(delivered)
    message = await message_to(working, "thao", OutboxKind.ASSIGNED)

    await talk.press("thao", data(Press.SEEN, message))
    (said,) = await talk.say("lan", f"/da_nhac {HC}")

    assert data(Press.SEEN, message) in keys_to(delivered, working.actor("thao").chat_id)
    assert talk.notices() == [THANKS]
    assert "chuẩn bị báo cáo" not in said
