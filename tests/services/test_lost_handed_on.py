"""A chat or topic that cannot be written to: somebody is told, and its work is handed on."""

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.roles import ChatPurpose, Role
from bot.services import lost_chats
from storage import chats, outbox
from storage.db import Database
from storage.models import ChatRow, OutboxRow
from tests.builders import (
    BLOCKED,
    GROUPS,
    Delivered,
    FakeSender,
    Office,
    make_item,
    make_office,
    rows,
    vn,
)

HC = "Phòng Hành chính"
CLOSED = DeliveryError("Topic_closed", permanent=True, chat_lost=True, topic_only=True)
REFUSED = DeliveryError("Can't parse entities", permanent=True)
TODAY = "2024-04-26 07:30"


async def due_today(office: Office, delivered: Delivered, sender: FakeSender) -> None:
    await office.activate(make_item("I.1", due="2024-04-26"))
    await delivered.tick("2024-04-25 07:30")
    sender.clear()


async def bind_topic(db: Database, office: Office, thread: int) -> int:
    async with db.begin() as session:
        chat = await chats.put_chat(session, office.id, -500, thread, title="Diễn đàn Sở")
        await chats.bind(session, chat, ChatPurpose.UNIT, office.units[HC])
    return chat.id


async def test_a_closed_topic_is_told_of_and_its_units_head_is_reminded_the_same_day(
    db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    office = await make_office(db, groups=("office",))
    topic = await bind_topic(db, office, 42)
    async with db.begin() as session:
        other = await chats.put_chat(session, office.id, -500, 43, title="Diễn đàn Sở")
    await due_today(office, delivered, sender)
    sender.errors[-500] = [CLOSED]

    await delivered.tick(TODAY)
    await delivered.tick("2024-04-26 07:31")

    assert [text for text in sender.to("office") if "Diễn đàn Sở" in text and HC in text]
    assert [text for text in sender.to("minh") if "I.1" in text]
    active = {row.id: row.active for row in await rows(db, ChatRow, ChatRow.telegram_id == -500)}
    assert active == {topic: False, other.id: True}


async def test_the_group_of_a_closed_topic_that_is_the_units_too_is_reminded(
    db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    office = await make_office(db, groups=("office",))
    await bind_topic(db, office, 42)
    await bind_topic(db, office, 0)
    await due_today(office, delivered, sender)
    sender.errors[-500] = [CLOSED]

    got = await delivered.tick(TODAY)
    later = await delivered.tick("2024-04-26 07:31")

    assert got.count("-500") == 1
    assert "minh" not in (*got, *later), "the unit was told in its group"


async def test_a_message_refused_for_its_words_is_told_of_once_a_week(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", REFUSED, REFUSED, REFUSED)

    for at in (TODAY, "2024-04-26 07:31", "2024-04-26 13:30"):
        await delivered.tick(at)

    (told,) = sender.to("office")
    assert "Nhóm hc" in told
    assert "/da_nhac" in told
    assert all(row.active for row in await rows(db, ChatRow))


async def test_a_test_that_was_refused_reports_itself(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    delivered.clock.move_to(TODAY)
    async with db.begin() as session:
        chat = await chats.get_chat(session, office.chats["hc"])
        await outbox.owe(session, chat, OutboxKind.TEST, "test:1", vn(TODAY), subject_id=1)
    sender.fail("hc", REFUSED)

    await delivered.tick()

    assert sender.to("office") == []


@pytest.mark.parametrize(
    "kind",
    [OutboxKind.CHAT_LOST, OutboxKind.TOO_LATE, OutboxKind.AWAY, OutboxKind.CALENDAR],
)
async def test_what_the_offices_lost_chat_was_not_told_its_people_are_told(
    office: Office,
    db: Database,
    delivered: Delivered,
    sender: FakeSender,
    kind: OutboxKind,
) -> None:
    await due_today(office, delivered, sender)
    async with db.begin() as session:
        chat = await chats.get_chat(session, office.chats["office"])
        await outbox.owe(
            session,
            chat,
            kind,
            "word",
            vn("2024-04-26 07:20"),
            subject_id=office.chats["hc"],
            payload={"days": []},
        )

    await lost_chats.chat_left(db, GROUPS["office"][0], "kicked", vn("2024-04-26 07:21"))

    of_lan = OutboxRow.chat_id == office.chats["lan"]
    handed = [row.dedupe_key for row in await rows(db, OutboxRow, of_lan, OutboxRow.kind == kind)]
    assert f"{office.chats['lan']}:word" in handed


async def test_a_unit_and_the_office_lost_at_once_are_both_told_of(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await due_today(office, delivered, sender)
    sender.fail("hc", BLOCKED)
    sender.fail("office", BLOCKED)

    for minute in (30, 31, 32):
        await delivered.tick(f"2024-04-26 07:{minute}")

    told = "\n".join(sender.to("lan"))
    assert "Nhóm hc" in told
    assert "Nhóm office" in told
    assert sender.to("minh"), "the head is reminded instead"


async def test_where_the_offices_people_cannot_be_reached_either_an_admin_is_told(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.enrol("hoa", Role.ADMIN, None)
    await due_today(office, delivered, sender)
    for key in ("hc", "office", "lan"):
        sender.fail(key, BLOCKED)

    for minute in (30, 31, 32):
        await delivered.tick(f"2024-04-26 07:{minute}")

    told = "\n".join(sender.to("hoa"))
    assert "Nhóm hc" in told
    assert "Nhóm office" in told
    waiting = await rows(db, OutboxRow, OutboxRow.state == OutboxState.PENDING)
    assert waiting == []
