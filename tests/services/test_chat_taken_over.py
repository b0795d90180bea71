"""A group that became a supergroup which is known already: nothing owed or asked is lost."""

import pytest

from bot.domain.errors import ChatMoved
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.roles import ChatPurpose
from bot.services import deciding, dialogs, lost_chats
from bot.services.actor import Actor
from bot.services.progress import Claim, report_done
from storage import card_messages, chats, outbox
from storage.chat_moves import TAKEN_OVER
from storage.db import Database
from storage.models import OutboxRow, ReminderRow
from tests.builders import (
    ACCOUNTS,
    GROUPS,
    LINE_DOWN,
    Delivered,
    FakeSender,
    Office,
    make_item,
    only_part,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
OLD, NEW = GROUPS["hc"][0], -100777
MORNING, LATER = "2024-04-26 07:30", "2024-04-26 07:40"


@pytest.fixture
async def due(office: Office) -> Office:
    """An office with an item due on Friday 26/4/2024 in each of two units."""
    await office.activate(make_item("I.1", lead=[HC]), make_item("I.2", lead=[VB]))
    return office


async def know(office: Office, unit: str | None = None) -> int:
    """Let the supergroup be known before the move, perhaps bound to a unit."""
    async with office.db.begin() as session:
        chat = await chats.put_chat(session, office.id, NEW, 0, title="Nhóm mới")
        if unit:
            await chats.bind(session, chat, ChatPurpose.UNIT, office.units[unit])
    return chat.id


async def move(office: Office, at: str = LATER) -> None:
    await lost_chats.chat_moved(office.db, OLD, NEW, vn(at))


async def test_what_the_old_chat_was_owed_reaches_the_one_that_took_over(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    part = await only_part(db, due, HC)
    at = vn("2024-04-26 07:00")
    await report_done(db, due.actor("minh"), part.id, Claim("https://e.vn/1"), at)
    report = (await rows(db, OutboxRow, OutboxRow.kind == OutboxKind.CONFIRM))[0].subject_id
    await deciding.decide(db, due.actor("lan"), report, at, reason="Thiếu phụ lục")
    await know(due)
    sender.errors[OLD] = [ChatMoved(NEW)] * 50

    await delivered.tick(MORNING)
    await delivered.tick("2024-04-26 07:31")

    new = [message.html for chat, message in sender.sent if chat == NEW]
    assert len([text for text in new if "Thiếu phụ lục" in text]) == 1
    assert len([text for text in new if "Việc cần làm" in text and "I.1" in text]) == 1
    assert sender.to("hc") == []
    owed = await rows(db, OutboxRow, OutboxRow.chat_id == due.chats["hc"])
    assert [row for row in owed if row.state is not OutboxState.SENT] == []


async def test_a_slot_that_both_owe_is_sent_once_with_what_either_was_to_say(
    due: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    new_id = await know(due, "Trung tâm Trợ giúp")
    await due.activate(make_item("IX.1", lead=["Trung tâm Trợ giúp"]), source=b"other")
    sender.fail("hc", LINE_DOWN)
    sender.errors[NEW] = [LINE_DOWN]
    await delivered.tick(MORNING)

    await move(due, "2024-04-26 07:31")
    await delivered.tick(LATER)

    (said,) = [message.html for chat, message in sender.sent if chat == NEW]
    assert "I.1" in said
    assert "IX.1" in said
    (closed,) = await rows(db, OutboxRow, OutboxRow.chat_id == due.chats["hc"])
    assert (closed.state, closed.reason) == (OutboxState.DROPPED, TAKEN_OVER)
    lines = await rows(db, ReminderRow, ReminderRow.chat_id == new_id)
    assert len({line.part_id for line in lines}) == 2
    assert len({line.outbox_id for line in lines}) == 1, "the ledger knows what told of both"


async def test_what_came_too_late_for_the_slot_of_the_new_chat_is_told_the_next_morning(
    db: Database, office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.1", due="2024-05-14"))
    await office.activate(
        make_item("IX.1", due="2024-04-26", lead=["Trung tâm Trợ giúp"]), source=b"other"
    )
    await know(office, "Trung tâm Trợ giúp")
    sender.fail("hc", LINE_DOWN)
    await delivered.tick(MORNING)

    await move(office)
    assert await delivered.tick("2024-04-26 07:45") == []

    assert await delivered.tick("2024-05-02 07:30") == [str(NEW)]
    assert "I.1" in sender.sent[-1][1].html


async def test_what_the_old_chat_was_told_is_not_told_again(
    due: Office, delivered: Delivered
) -> None:
    await know(due)
    assert "hc" in await delivered.tick(MORNING)

    await move(due)

    assert await delivered.tick("2024-04-26 07:45") == []
    assert await delivered.tick("2024-05-02 07:30") == [str(NEW), "vb"]


async def test_what_had_failed_in_the_new_chat_is_owed_there_again(
    due: Office, db: Database
) -> None:
    new_id = await know(due)
    async with db.begin() as session:
        for chat_id in (due.chats["hc"], new_id):
            chat = await chats.get_chat(session, chat_id)
            await outbox.owe(session, chat, OutboxKind.TEST, "test:1", vn(MORNING), subject_id=1)
    (there,) = await rows(db, OutboxRow, OutboxRow.chat_id == new_id)
    async with db.begin() as session:
        await outbox.close_message(
            session, there.id, OutboxState.FAILED, vn(MORNING), reason="Forbidden"
        )

    await move(due)

    states = {row.chat_id: row.state for row in await rows(db, OutboxRow)}
    assert states == {due.chats["hc"]: OutboxState.DROPPED, new_id: OutboxState.PENDING}


@pytest.mark.parametrize("known", [True, False])
async def test_a_question_waits_for_its_answer_at_the_new_address(
    due: Office, db: Database, known: bool
) -> None:
    if known:
        await know(due)
    old, new = due.actor("minh", "hc"), Actor(ACCOUNTS["minh"], "minh", NEW, private=False)
    await dialogs.ask(db, old, dialogs.ASK_REASON, 7, vn(MORNING))

    await move(due)

    found = await dialogs.pending(db, new, vn(LATER))
    assert found is not None
    assert (found.question, found.subject_id) == (dialogs.ASK_REASON, 7)
    assert await dialogs.pending(db, old, vn(LATER)) is None


async def test_of_questions_asked_at_both_addresses_the_later_one_stands(
    due: Office, db: Database
) -> None:
    await know(due, HC)
    old, new = due.actor("minh", "hc"), Actor(ACCOUNTS["minh"], "minh", NEW, private=False)
    await dialogs.ask(db, new, dialogs.ASK_REASON, 7, vn(MORNING))
    await dialogs.ask(db, old, dialogs.ASK_PROOF, 8, vn("2024-04-26 07:35"))

    await move(due)

    found = await dialogs.pending(db, new, vn(LATER))
    assert found is not None
    assert (found.question, found.subject_id) == (dialogs.ASK_PROOF, 8)


async def test_a_card_of_the_old_group_is_not_edited_any_more(due: Office, db: Database) -> None:
    part = await only_part(db, due, HC)
    async with db.begin() as session:
        await card_messages.put_message(
            session,
            office_id=due.id,
            telegram_chat_id=OLD,
            thread_id=0,
            message_id=55,
            telegram_id=ACCOUNTS["minh"],
            private=False,
            item_id=part.item_id,
            origin="",
            audit_id=0,
            shown_at=vn(MORNING),
        )

    await move(due)

    async with db.read() as session:
        assert not await card_messages.shows(session, OLD, 55)
