"""Whom a waiting message is for is asked again when it is sent: roles end, groups are unbound."""

import datetime as dt

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxState
from bot.services import members
from storage.db import Database
from storage.models import ChatBindingRow, GrantRow, OfficeRow, OutboxRow
from tests.builders import (
    Delivered,
    FakeSender,
    Office,
    change,
    make_item,
    ongoing,
    rows,
    vn,
)

HC = "Phòng Hành chính"
LATE_LIST = "Quá hạn, cần xử lý"


@pytest.fixture
async def office(office: Office, db: Database) -> Office:
    """An office with every step of the escalation, and I.1 of hc due on 26/4."""
    await change(db, OfficeRow, office.id, settings={})
    items = make_item("I.1", due="2024-04-26"), make_item("I.2", due=ongoing())
    await office.activate(*items, now=vn("2024-04-15 10:00"))
    return office


async def hold_up(delivered: Delivered, sender: FakeSender, key: str, *mornings: str) -> None:
    """Let all mornings pass, the last one with Telegram asking `key` to wait ten minutes."""
    for morning in mornings[:-1]:
        await delivered.tick(f"2024-{morning} 07:30")
    sender.fail(key, DeliveryError("429", retry_after=dt.timedelta(minutes=10)))
    await delivered.tick(f"2024-{mornings[-1]} 07:30")
    sender.clear()


async def end_role(office: Office, db: Database, who: str, at: str) -> None:
    (grant, *_) = await rows(db, GrantRow, GrantRow.person_id == office.persons[who])
    await members.end_role(db, office.actor("lan"), grant.id or 0, vn(at))


async def dropped(db: Database, chat_id: int) -> list[str | None]:
    """Return why the chat's reminders were dropped."""
    found = await rows(db, OutboxRow, OutboxRow.chat_id == chat_id)
    return [row.reason for row in found if row.state is OutboxState.DROPPED]


async def test_a_leader_whose_role_ended_gets_no_list_of_who_is_late(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await hold_up(delivered, sender, "viet", "04-26", "05-02", "05-03", "05-04")

    await end_role(office, db, "viet", "2024-05-04 07:33")
    await delivered.tick("2024-05-04 07:41")

    assert not any(LATE_LIST in text for text in sender.to("viet"))
    assert any(LATE_LIST in text for text in sender.to("leaders")), "who stands in is told"
    assert await dropped(db, office.chats["viet"]) == ["no longer for this chat"]


async def test_a_head_whose_role_ended_hears_of_no_risk_of_the_unit(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await hold_up(delivered, sender, "minh", "04-23", "04-24")

    await end_role(office, db, "minh", "2024-04-24 07:33")
    await delivered.tick("2024-04-24 07:41")

    assert not any("I.1" in text for text in sender.to("minh"))
    assert await dropped(db, office.chats["minh"]) == ["no longer for this chat"]


@pytest.mark.parametrize(
    "mornings",
    [("04-23", "04-24"), ("04-24", "04-26", "05-02"), ("03-29", "04-03")],
    ids=["at risk", "escalated", "unanswered"],
)
async def test_a_group_that_is_the_offices_no_more_gets_nothing_of_the_office(
    office: Office,
    db: Database,
    delivered: Delivered,
    sender: FakeSender,
    mornings: tuple[str, ...],
) -> None:
    if mornings[0] == "03-29":
        await office.activate(
            make_item("II.1", due=ongoing()), now=vn("2024-03-15 10:00"), source=b"ongoing"
        )
    await hold_up(delivered, sender, "office", *mornings)
    bound = await rows(db, ChatBindingRow, ChatBindingRow.chat_id == office.chats["office"])

    for one in bound:
        at = vn(f"2024-{mornings[-1]} 07:33")
        await members.unbind(db, office.actor("lan"), one.id or 0, at)
    await delivered.tick(f"2024-{mornings[-1]} 07:41")

    assert sender.to("office") == []
    assert sender.to("lan"), "Văn phòng's people are told in private"
    assert await dropped(db, office.chats["office"]) == ["no longer for this chat"]


async def test_what_was_a_units_question_of_the_quarter_leaves_with_its_group(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(
        make_item("II.1", due=ongoing()), now=vn("2024-03-15 10:00"), source=b"ongoing"
    )
    await hold_up(delivered, sender, "hc", "03-29")
    (bound,) = await rows(db, ChatBindingRow, ChatBindingRow.unit_id == office.units[HC])

    await members.unbind(db, office.actor("lan"), bound.id or 0, vn("2024-03-29 07:33"))
    await delivered.tick("2024-03-29 07:41")

    assert sender.to("hc") == []
    assert any("II.1" in text for text in sender.to("minh"))


async def test_who_still_holds_the_role_gets_what_waited(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await hold_up(delivered, sender, "viet", "04-26", "05-02", "05-03", "05-04")

    await delivered.tick("2024-05-04 07:41")

    assert LATE_LIST in sender.to("viet")[0]
