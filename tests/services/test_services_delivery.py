"""Delivering what is owed: at least once, nothing forgotten, no chat harmed by another's."""

import datetime as dt
from collections.abc import Sequence

import pytest

from bot.domain.errors import ChatMoved, DeliveryError
from bot.domain.outbox import (
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    OutboxKind,
    OutboxState,
)
from bot.domain.roles import ChatPurpose
from bot.i18n import Translator
from bot.services import deciding, extension_decisions, extensions, lost_chats, progress
from bot.services.messages import Content, MorningMessage, Outgoing
from bot.services.progress import Claim
from storage import chats, outbox
from storage.db import Database
from storage.models import ChatRow, OutboxRow
from tests.builders import (
    ACCOUNTS,
    BLOCKED,
    GROUPS,
    LINE_DOWN,
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    make_item,
    make_office,
    only_part,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
MORNING = "2024-04-26 07:30"


async def messages(db: Database, kind: OutboxKind = OutboxKind.MORNING) -> list[OutboxRow]:
    return await rows(db, OutboxRow, OutboxRow.kind == kind)


@pytest.fixture
async def due(office: Office) -> Office:
    """An office with an item due on Friday 26/4/2024 in each of two units."""
    await office.activate(make_item("I.1", lead=[HC]), make_item("I.2", lead=[VB]))
    return office


async def test_what_is_owed_is_sent_once(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await delivered.tick(MORNING)
    await delivered.tick("2024-04-26 07:35")

    assert sorted(sender.chats()) == ["hc", "vb"]
    assert len(sender.sent) == 2
    assert {row.state for row in await messages(due.db)} == {OutboxState.SENT}


async def test_a_platform_that_asks_to_wait_is_waited_for_exactly(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", DeliveryError("429", retry_after=dt.timedelta(seconds=312)))

    await delivered.tick(MORNING)
    row = next(r for r in await messages(due.db) if r.chat_id == due.chats["hc"])

    assert row.not_before - vn(MORNING) == dt.timedelta(seconds=312)
    assert await delivered.tick("2024-04-26 07:35") == []
    delivered.clock.now = vn(MORNING) + dt.timedelta(seconds=312)
    assert await delivered.one()
    assert sender.to("hc")


async def test_a_wait_holds_for_everything_owed_to_that_chat_and_for_no_other(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    wait = dt.timedelta(seconds=312)
    sender.fail("hc", DeliveryError("429", retry_after=wait))
    async with due.db.begin() as session:
        chat = await chats.get_chat(session, due.chats["hc"])
        await outbox.owe(session, chat, OutboxKind.DECISION, "decision:1", vn(MORNING))

    await delivered.tick(MORNING)

    waiting = [r for r in await rows(due.db, OutboxRow) if r.chat_id == due.chats["hc"]]
    assert len(waiting) == 2
    open_rows = [r for r in waiting if r.state is OutboxState.PENDING]
    assert open_rows
    assert all(r.not_before == vn(MORNING) + wait for r in open_rows)
    assert sender.to("vb")


async def test_a_line_that_is_down_is_tried_again_ever_more_slowly_up_to_a_cap(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", *[LINE_DOWN] * 11)
    await delivered.tick(MORNING)
    waits = []

    for _ in range(10):
        row = next(r for r in await messages(due.db) if r.chat_id == due.chats["hc"])
        waits.append(row.not_before - delivered.clock.now)
        delivered.clock.now = row.not_before
        await delivered.one()

    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


async def test_what_is_owed_is_kept_however_long_the_line_is_down(
    due: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    part = await only_part(due.db, due, HC)
    clock.move_to("2024-04-19 09:00")
    await progress.report_done(
        due.db, due.actor("minh"), part.id, Claim("https://e.vn/1"), clock()
    )
    sender.fail("office", *[LINE_DOWN] * 3 * MAX_ATTEMPTS)

    for _ in range(3 * MAX_ATTEMPTS):
        await delivered.one()
        clock.now += LONGEST_WAIT
    await delivered.one()

    assert len(sender.to("office")) == 1, "blocked for nine hours, and still told"


async def test_a_chat_that_cannot_be_written_to_is_lost_and_the_office_told_once(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", BLOCKED)

    for at in (MORNING, "2024-04-26 07:31", "2024-04-26 08:00", "2024-05-02 07:30"):
        await delivered.tick(at)

    told = [text for text in sender.to("office") if "Nhóm hc" in text]
    assert len(told) == 1
    assert HC in told[0]
    assert sender.tries.count(GROUPS["hc"][0]) == 1
    assert [text for text in sender.to("minh") if "I.1" in text]


async def test_a_message_that_is_refused_for_itself_does_not_lose_the_chat(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", DeliveryError("can't parse entities", permanent=True))

    await delivered.tick(MORNING)
    await delivered.tick("2024-04-26 07:31")

    row = next(r for r in await messages(due.db) if r.chat_id == due.chats["hc"])
    assert (row.state, row.reason) == (OutboxState.FAILED, "can't parse entities")
    assert sender.tries.count(GROUPS["hc"][0]) == 1
    assert all(chat.active for chat in await rows(due.db, ChatRow))


async def test_a_group_that_became_a_supergroup_gets_the_same_message_there(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    sender.fail("hc", ChatMoved(-100777))

    got = await delivered.tick(MORNING)

    assert sorted(got) == ["-100777", "vb"]
    assert len(await messages(due.db)) == 2
    moved = (await rows(due.db, ChatRow, ChatRow.telegram_id == -100777))[0]
    assert moved.id == due.chats["hc"]


async def test_a_group_that_moved_to_where_a_chat_is_known_already_becomes_that_chat(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    async with due.db.begin() as session:
        await chats.put_chat(session, due.id, -100777, 0, title="Nhóm mới")
    sender.errors[GROUPS["hc"][0]] = [ChatMoved(-100777)] * 50

    got = await delivered.tick(MORNING)

    assert sender.tries.count(GROUPS["hc"][0]) == 1, "not tried again and again"
    assert sorted(got) == ["-100777", "vb"]
    assert "I.1" in sender.sent[-1][1].html
    assert await delivered.tick("2024-04-26 07:31") == []


async def test_a_service_message_about_a_move_is_followed_and_recorded(due: Office) -> None:
    await lost_chats.chat_moved(due.db, GROUPS["hc"][0], -100777, vn(MORNING))

    async with due.db.read() as session:
        bound = {c.telegram_id: unit for c, _, unit in await chats.bound_chats(session, due.id)}
    assert bound[-100777] == due.units[HC]


async def test_one_poisoned_message_does_not_stop_the_others(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    def breaks_on_hc(content: Content, tr: Translator) -> Sequence[Outgoing]:
        assert isinstance(content, MorningMessage)
        if content.digest.units == (HC,):
            raise RuntimeError("poison")
        return [Outgoing("ok")]

    delivered.render = breaks_on_hc

    assert await delivered.tick(MORNING) == ["vb"]
    poisoned = next(r for r in await messages(db) if r.chat_id == due.chats["hc"])
    assert (poisoned.state, poisoned.reason) == (OutboxState.PENDING, "RuntimeError")


async def test_a_poisoned_message_is_given_up_in_the_end(
    due: Office, db: Database, delivered: Delivered, clock: Clock
) -> None:
    def breaks(content: Content, tr: Translator) -> Sequence[Outgoing]:
        raise RuntimeError("poison")

    delivered.render = breaks
    await delivered.tick(MORNING)

    for _ in range(MAX_ATTEMPTS):
        clock.now += LONGEST_WAIT
        while await delivered.one():
            pass

    assert {row.state for row in await messages(db)} == {OutboxState.FAILED}
    assert {row.attempts for row in await messages(db)} == {MAX_ATTEMPTS}


def three_pieces(content: Content, tr: Translator) -> Sequence[Outgoing]:
    return [Outgoing("một"), Outgoing("hai"), Outgoing("ba")]


async def test_a_message_in_pieces_goes_on_after_the_piece_that_was_sent(
    db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    office = await make_office(db)
    await office.activate(make_item())
    delivered.render = three_pieces
    original = sender.send

    async def line_breaks_after_the_first(address, message):  # type: ignore[no-untyped-def]
        if sender.sent:
            raise LINE_DOWN
        return await original(address, message)

    sender.send = line_breaks_after_the_first  # type: ignore[method-assign]
    await delivered.tick(MORNING)
    sender.send = original  # type: ignore[method-assign]
    await delivered.tick("2024-04-26 07:40")

    assert sender.to("hc") == ["một", "hai", "ba"]
    assert (await messages(db))[0].message_ids == [1, 2, 3]


async def test_a_process_that_died_while_sending_is_followed_by_one_that_goes_on(
    db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    office = await make_office(db)
    await office.activate(make_item())
    delivered.render = three_pieces
    original = sender.send

    class Killed(BaseException):
        pass

    async def dies_at_the_second(address, message):  # type: ignore[no-untyped-def]
        if sender.sent:
            raise Killed
        return await original(address, message)

    sender.send = dies_at_the_second  # type: ignore[method-assign]
    with pytest.raises(Killed):
        await delivered.tick(MORNING)
    sender.send = original  # type: ignore[method-assign]

    too_soon = await delivered.one()
    clock.now += LEASE
    await delivered.tick()

    assert not too_soon, "the lease still runs"
    assert sender.to("hc") == ["một", "hai", "ba"]


async def test_an_item_closed_between_planning_and_sending_is_no_longer_spoken_of(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    sender.fail("hc", LINE_DOWN)
    await delivered.tick(MORNING)
    part = await only_part(db, due, HC)
    await progress.report_done(
        db, due.actor("minh"), part.id, Claim("https://e.vn/1"), clock.move_to("2024-04-26 07:31")
    )
    sender.clear()

    await delivered.tick("2024-04-26 07:45")

    assert sender.to("hc") == []
    row = next(r for r in await messages(db) if r.chat_id == due.chats["hc"])
    assert (row.state, row.reason) == (OutboxState.DROPPED, "nothing is due any more")


async def test_a_question_that_was_decided_meanwhile_is_not_asked(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    part = await only_part(db, due, HC)
    done = vn("2024-04-18 09:00")
    await progress.report_done(db, due.actor("minh"), part.id, Claim("https://e.vn/1"), done)
    report = (await messages(db, OutboxKind.CONFIRM))[0].subject_id
    await deciding.decide(db, due.actor("lan"), report, done)

    await delivered.tick("2024-04-18 09:01")

    assert sender.to("office") == []
    assert [r.reason for r in await messages(db, OutboxKind.CONFIRM)] == ["decided already"]


async def test_an_office_chat_that_comes_back_is_asked_what_it_could_not_be_asked(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.move_to("2024-04-18 09:00")
    part = await only_part(db, due, HC)
    await progress.report_done(db, due.actor("minh"), part.id, Claim("https://e.vn/1"), clock())
    sender.fail("office", BLOCKED)
    await delivered.tick()
    sender.clear()

    async with db.begin() as session:
        chat = await chats.put_chat(session, due.id, GROUPS["office"][0], 0)
        await outbox.owe_again(session, chat.id, clock())
    await delivered.tick("2024-04-18 09:30")

    assert [text for text in sender.to("office") if "I.1" in text]


async def test_a_decision_reaches_the_head_when_the_units_chat_is_lost(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.move_to("2024-04-18 09:00")
    part = await only_part(db, due, HC)
    await progress.report_done(db, due.actor("minh"), part.id, Claim("https://e.vn/1"), clock())
    report = (await messages(db, OutboxKind.CONFIRM))[0].subject_id
    await deciding.decide(db, due.actor("lan"), report, clock(), reason="Thiếu phụ lục")
    sender.fail("hc", BLOCKED)

    await delivered.tick()

    assert [text for text in sender.to("minh") if "Thiếu phụ lục" in text]


async def test_what_was_asked_or_decided_reaches_who_stands_in_for_a_lost_chat(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.move_to("2024-04-18 09:00")
    part = await only_part(db, due, HC)
    head = due.actor("minh")
    await extensions.begin(db, head, part.id, "10/5 chờ số liệu", clock(), anew=True)
    await extensions.send(db, head, part.id, clock())
    sender.fail("office", BLOCKED)

    await delivered.tick()

    assert [text for text in sender.to("lan") if "chờ số liệu" in text], "Văn phòng decides"

    await extension_decisions.approve(db, due.actor("lan"), 1, clock())
    sender.fail("hc", BLOCKED)

    await delivered.tick()

    (said,) = [text for text in sender.to("minh") if "10/5" in text]
    assert "gia hạn" in said.lower()


async def test_a_chat_lost_by_an_update_is_reported_like_one_lost_by_a_send(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    for _ in range(2):
        await lost_chats.chat_left(db, GROUPS["hc"][0], "bot left", vn("2024-04-18 09:00"))

    await delivered.tick("2024-04-18 09:01")

    assert len(sender.to("office")) == 1


async def test_whose_person_blocked_the_bot_is_said_in_the_offices_group(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await lost_chats.chat_left(db, ACCOUNTS["minh"], "bot kicked", vn("2024-04-18 09:00"))

    await delivered.tick("2024-04-18 09:01")

    assert "một người (Phòng Hành chính)" in sender.to("office")[0]
    assert "minh" not in sender.to("office")[0]


async def test_a_chat_that_came_back_before_the_office_heard_of_it_is_not_reported(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await lost_chats.chat_left(db, GROUPS["hc"][0], "bot left", vn("2024-04-18 09:00"))
    await change(db, ChatRow, due.chats["hc"], active=True, lost_reason=None)

    await delivered.tick("2024-04-18 09:01")

    assert sender.sent == []


async def test_a_moved_chat_keeps_what_it_is_for(due: Office, db: Database) -> None:
    async with db.begin() as session:
        await chats.put_chat(session, due.id, -100777, 0)
        await chats.move_chat(session, GROUPS["office"][0], -100777)
        bound = await chats.bound_chats(session, due.id)

    purposes = {chat.telegram_id: purpose for chat, purpose, _ in bound}
    assert purposes[-100777] is ChatPurpose.OFFICE
    assert GROUPS["office"][0] not in purposes
