"""The weekly briefing and broadcasts: drafted once, frozen when sent, and reaching all."""

import pytest

from bot.domain.errors import BearsSecretMark, ChatMoved, NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.plan import Unit
from bot.domain.roles import ChatPurpose
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.i18n import translator
from bot.services import briefings, broadcasts, receipts
from bot.services.briefings import plan_briefings
from bot.services.broadcasts import Matter
from bot.services.courier import deliver_all
from bot.services.delivery import Delivery
from bot.services.messages import Address, Outgoing
from handlers import render_broadcast
from handlers.render import render
from storage import chats, offices
from storage.db import Database
from storage.models import AuditRow, BriefingRow, ChatRow, OutboxRow, PartRow, ReportRow
from tests.builders import (
    BLOCKED,
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    make_item,
    make_office,
    parts_of,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
MONDAY = vn("2024-04-22 07:00")


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(
        make_item("I.1", title="Rà soát hồ sơ", due="2024-04-12", lead=[HC]),
        make_item("I.2", title="Kiểm tra văn bản", due="2024-04-24", lead=[VB]),
        make_item("I.3", title="Tập huấn", due="2024-05-03", lead=[VB]),
    )
    return office


async def owed(db: Database, kind: OutboxKind) -> list[OutboxRow]:
    return await rows(db, OutboxRow, OutboxRow.kind == kind)


async def test_the_draft_comes_to_the_office_once_on_monday_at_seven(plan: Office) -> None:
    for minute in ("06:59", "07:00", "07:01", "13:00"):
        await plan_briefings(plan.db, vn(f"2024-04-22 {minute}"))
    await plan_briefings(plan.db, vn("2024-04-23 07:00"))

    (message,) = await owed(plan.db, OutboxKind.BRIEFING_DRAFT)
    assert message.chat_id == plan.chats["office"]
    assert message.created_at == MONDAY


async def test_who_opened_it_earlier_takes_no_draft_from_the_office(plan: Office) -> None:
    await briefings.draft(plan.db, plan.actor("viet"), vn("2024-04-22 06:30"))

    await plan_briefings(plan.db, MONDAY)
    await plan_briefings(plan.db, vn("2024-04-22 09:00"))

    (message,) = await owed(plan.db, OutboxKind.BRIEFING_DRAFT)
    assert message.chat_id == plan.chats["office"]


async def test_once_it_was_sent_no_draft_follows(plan: Office) -> None:
    found = await briefings.draft(plan.db, plan.actor("lan"), vn("2024-04-22 06:30"))
    await briefings.send(plan.db, plan.actor("lan"), found.id, vn("2024-04-22 06:45"))

    await plan_briefings(plan.db, MONDAY)

    assert await owed(plan.db, OutboxKind.BRIEFING_DRAFT) == []


async def test_where_monday_is_off_it_comes_on_the_first_working_day(plan: Office) -> None:
    await plan_briefings(plan.db, vn("2024-04-29 09:00"))  # off, swapped for 4/5
    await plan_briefings(plan.db, vn("2024-05-01 09:00"))
    before = await owed(plan.db, OutboxKind.BRIEFING_DRAFT)
    await plan_briefings(plan.db, vn("2024-05-02 07:00"))

    assert before == []
    assert len(await owed(plan.db, OutboxKind.BRIEFING_DRAFT)) == 1


async def test_without_an_active_plan_there_is_no_draft(office: Office) -> None:
    await plan_briefings(office.db, MONDAY)

    assert await owed(office.db, OutboxKind.BRIEFING_DRAFT) == []


async def test_a_week_holds_what_was_done_what_is_late_and_what_comes(plan: Office) -> None:
    found = await briefings.draft(plan.db, plan.actor("lan"), MONDAY)

    made = found.briefing
    assert [line.code for line in made.overdue] == ["I.1"]
    assert [line.code for line in made.this_week] == ["I.2"]
    assert [line.code for line in made.next_week] == ["I.3"]


@pytest.mark.parametrize(
    ("accepted", "shown"),
    [("2024-04-12 09:00", [True, False]), ("2024-04-16 09:00", [False, True])],
)
async def test_what_was_accepted_stands_in_the_briefing_of_one_week_as_it_was_submitted(
    plan: Office, accepted: str, shown: list[bool]
) -> None:
    part = next(one for one in await parts_of(plan.db, plan) if one.code == "I.1")
    submitted = vn("2024-04-11 16:00")
    async with plan.db.begin() as session:
        session.add(
            ReportRow(
                office_id=plan.id,
                part_id=part.id,
                person_id=plan.persons["minh"],
                state=ReportState.ACCEPTED,
                submitted_at=submitted,
                decided_at=vn(accepted),
            )
        )
    await change(plan.db, PartRow, part.id, progress=Progress.DONE, submitted_at=submitted)

    made = [
        (await briefings.draft(plan.db, plan.actor("lan"), vn(monday))).briefing
        for monday in ("2024-04-15 07:00", "2024-04-22 07:00")
    ]

    assert [[line.code for line in one.early] == ["I.1"] for one in made] == shown
    assert not any(one.late for one in made)


async def test_the_office_adds_lines_and_leaves_parts_out(plan: Office) -> None:
    lan = plan.actor("lan")
    found = await briefings.draft(plan.db, lan, MONDAY)
    late = found.briefing.overdue[0].part_id

    await briefings.add_line(plan.db, lan, found.id, "Họp lúc 8 giờ", MONDAY)
    edited = await briefings.leave_out(plan.db, lan, found.id, late, MONDAY)
    back = await briefings.leave_out(plan.db, lan, found.id, late, MONDAY)
    bare = await briefings.drop_line(plan.db, lan, found.id, 0, MONDAY)

    assert edited.briefing.added == ("Họp lúc 8 giờ",)
    assert edited.briefing.overdue == ()
    assert [line.code for line in back.briefing.overdue] == ["I.1"]
    assert bare.briefing.added == ()
    edits = await rows(plan.db, AuditRow, AuditRow.act == "briefing.edit")
    assert [sorted(edit.after or {}) for edit in edits] == [
        ["added"],
        ["left_out"],
        ["left_out"],
        ["added"],
    ]


@pytest.mark.parametrize("who", ["viet", "minh", "thao", "khach"])
async def test_only_the_office_edits_and_sends(plan: Office, who: str) -> None:
    found = await briefings.draft(plan.db, plan.actor("lan"), MONDAY)
    other = plan.actor(who)

    with pytest.raises((NotFound, NotAllowed)):
        await briefings.add_line(plan.db, other, found.id, "x", MONDAY)
    with pytest.raises((NotFound, NotAllowed)):
        await briefings.send(plan.db, other, found.id, MONDAY)

    assert (await rows(plan.db, BriefingRow))[0].sent_at is None


async def test_units_get_their_own_part_and_leaders_the_whole(
    plan: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    lan = plan.actor("lan")
    found = await briefings.draft(plan.db, lan, MONDAY)
    clock.move_to("2024-04-22 07:10")
    await briefings.send(plan.db, lan, found.id, clock())
    await deliver_all(delivered.delivery)

    def said(key: str) -> str:
        return "\n".join(sender.to(key))

    assert "Rà soát hồ sơ" in said("hc")
    assert "Kiểm tra văn bản" not in said("hc")
    assert HC not in said("vb")
    for whole in ("leaders", "office"):
        assert "Rà soát hồ sơ" in said(whole)
        assert "Kiểm tra văn bản" in said(whole)


async def test_what_was_sent_does_not_change_any_more(plan: Office) -> None:
    lan = plan.actor("lan")
    found = await briefings.draft(plan.db, lan, MONDAY)
    await briefings.send(plan.db, lan, found.id, MONDAY)
    for part in await parts_of(plan.db, plan):
        await change(plan.db, PartRow, part.id, progress=Progress.DONE, submitted_at=MONDAY)

    later = await briefings.draft(plan.db, lan, vn("2024-04-22 16:00"))
    with pytest.raises(UserError):
        await briefings.add_line(plan.db, lan, found.id, "Muộn", MONDAY)
    with pytest.raises(UserError):
        await briefings.send(plan.db, lan, found.id, MONDAY)

    assert later.briefing == found.briefing
    assert later.sent_at == MONDAY


async def test_a_line_with_a_mark_of_secrecy_is_not_kept(plan: Office) -> None:
    lan = plan.actor("lan")
    found = await briefings.draft(plan.db, lan, MONDAY)

    with pytest.raises(BearsSecretMark):
        await briefings.add_line(plan.db, lan, found.id, "MẬT", MONDAY)

    assert (await rows(plan.db, BriefingRow))[0].added == []


class Moving(FakeSender):
    """A messenger for many chats: one is dead, one has moved."""

    def __init__(self, dead: int, moved: int, to: int) -> None:
        super().__init__()
        self.dead, self.moved, self.new = dead, moved, to

    async def send(self, address: Address, message: Outgoing) -> int:
        if address.telegram_id == self.dead:
            raise BLOCKED
        if address.telegram_id == self.moved:
            raise ChatMoved(self.new)
        return await super().send(address, message)


async def test_a_broadcast_reaches_49_of_50_chats_past_a_dead_and_a_moved_one(
    db: Database, office: Office, clock: Clock
) -> None:
    clock.move_to("2024-04-22 09:00")
    async with db.begin() as session:
        for chat in await rows(db, ChatRow):
            await chats.mark_lost(session, chat.telegram_id, "not in this test")
        for number in range(50):
            unit = Unit(f"Đơn vị {number}", "", (), "phòng chuyên môn")
            unit_id = await offices.put_unit(session, office.id, 100 + number, unit)
            chat = await chats.put_chat(session, office.id, -5000 - number, 0, title=f"N{number}")
            await chats.bind(session, chat, ChatPurpose.UNIT, unit_id)
    sender = Moving(dead=-5007, moved=-5011, to=-100_5011)
    delivery = Delivery(db, sender, render, translator, clock, spread=lambda: 0.0)
    lan = office.actor("lan")
    made = await broadcasts.prepare(db, lan, Matter("Mời họp <8 giờ>"), clock())
    await broadcasts.send(db, lan, made.id, clock())
    await deliver_all(delivery)

    found = await broadcasts.spread(db, lan, made.id, clock(), briefing=False)
    reached = {chat for chat, message in sender.sent if "Mời họp" in message.html}
    assert reached == ({-5000 - n for n in range(50)} - {-5007, -5011}) | {-100_5011}
    assert found.count(OutboxState.SENT) == 49
    assert [one.chat for one in found.deliveries if one.state is OutboxState.FAILED] == ["N7"]


async def test_who_stands_in_for_a_unit_without_a_chat_is_named(
    db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    office = await make_office(db, groups=("office",))
    lan = office.actor("lan")
    sender.fail("minh", BLOCKED)
    made = await broadcasts.prepare(db, lan, Matter("Mời họp"), clock())
    await broadcasts.send(db, lan, made.id, clock())
    await deliver_all(delivered.delivery)

    found = await broadcasts.spread(db, lan, made.id, clock(), briefing=False)
    said = render_broadcast.spread(found, translator("vi")).html

    assert "❌ Chưa gửi được: minh" in said
    assert "dung" in said, "who has it and has not acknowledged it"


async def test_who_acknowledged_a_broadcast_is_known(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    lan = office.actor("lan")
    made = await broadcasts.prepare(office.db, lan, Matter("Mời họp"), clock())
    await broadcasts.send(office.db, lan, made.id, clock())
    await deliver_all(delivered.delivery)
    message = next(
        one
        for one in await owed(office.db, OutboxKind.BROADCAST)
        if one.chat_id == office.chats["hc"]
    )

    first = await receipts.acknowledge(
        office.db, office.actor("minh", "hc"), message.id or 0, clock()
    )
    again = await receipts.acknowledge(
        office.db, office.actor("thao", "hc"), message.id or 0, clock()
    )

    found = await broadcasts.spread(office.db, lan, made.id, clock(), briefing=False)
    assert (first, again, found.acknowledged) == (True, False, 1)


async def test_a_broadcast_is_sent_once_and_only_by_the_office(
    office: Office, clock: Clock
) -> None:
    made = await broadcasts.prepare(office.db, office.actor("lan"), Matter("Mời họp"), clock())

    with pytest.raises(NotAllowed):
        await broadcasts.send(office.db, office.actor("minh"), made.id, clock())
    await broadcasts.send(office.db, office.actor("lan"), made.id, clock())
    with pytest.raises(UserError):
        await broadcasts.send(office.db, office.actor("lan"), made.id, clock())

    assert len(await owed(office.db, OutboxKind.BROADCAST)) == made.chats


@pytest.mark.parametrize("matter", [Matter(), Matter("  ")])
async def test_nothing_is_not_broadcast(office: Office, clock: Clock, matter: Matter) -> None:
    with pytest.raises(UserError):
        await broadcasts.prepare(office.db, office.actor("lan"), matter, clock())


async def test_what_bears_a_mark_of_secrecy_is_neither_kept_nor_sent(
    office: Office, clock: Clock
) -> None:
    with pytest.raises(BearsSecretMark):
        await broadcasts.prepare(
            office.db, office.actor("lan"), Matter("TỐI MẬT\nNội dung"), clock()
        )
