"""Messages owed: claimed once, taken over, and remembered in the ledger."""

import asyncio
import datetime as dt

import pytest

from bot.domain.outbox import LEASE, OutboxKind, OutboxState
from storage import ledger, outbox, outbox_claims, parts
from storage.chats import get_chat
from storage.db import Database
from storage.models import OutboxRow, ReminderRow
from tests.builders import Office, day, make_item, make_office, only_part, rows, vn

NOW = vn("2024-04-26 07:30")
MINUTE = dt.timedelta(minutes=1)


async def owe(
    db: Database,
    office: Office,
    key: str,
    *,
    chat: str = "hc",
    slot: str | None = None,
    kind: OutboxKind = OutboxKind.MORNING,
) -> int:
    async with db.begin() as session:
        to = await get_chat(session, office.chats[chat])
        on = day(slot) if slot else None
        return (await outbox.owe(session, to, kind, key, NOW, slot_on=on))[0]


async def close(db: Database, outbox_id: int, state: OutboxState) -> None:
    async with db.begin() as session:
        await outbox.close_message(session, outbox_id, state, NOW)


async def claim(db: Database, now: dt.datetime = NOW) -> int | None:
    async with db.begin() as session:
        owed = await outbox_claims.claim(session, now)
    return owed.id if owed else None


async def test_four_workers_at_once_claim_each_of_a_hundred_messages_once(
    db: Database, office: Office
) -> None:
    owed = [await owe(db, office, f"morning:{number}") for number in range(100)]
    claimed: list[int] = []

    async def work() -> None:
        while (found := await claim(db)) is not None:
            claimed.append(found)

    await asyncio.gather(*(work() for _ in range(4)))

    assert sorted(claimed) == sorted(owed)


async def test_a_message_whose_sender_died_is_taken_over_when_its_lease_ends(
    db: Database, office: Office
) -> None:
    owed = await owe(db, office, "morning:1")

    first = await claim(db, NOW)
    too_soon = await claim(db, NOW + LEASE - dt.timedelta(seconds=1))
    later = await claim(db, NOW + LEASE)

    assert (first, too_soon, later) == (owed, None, owed)
    assert (await rows(db, OutboxRow))[0].attempts == 2


async def test_owing_the_same_again_changes_nothing(db: Database, office: Office) -> None:
    first = await owe(db, office, "morning:1")
    again = await owe(db, office, "morning:1")
    elsewhere = await owe(db, office, "morning:1", chat="vb")

    assert again == first
    assert elsewhere != first
    assert len(await rows(db, OutboxRow)) == 2


@pytest.mark.parametrize(
    ("state", "changes"), [(OutboxState.SENT, False), (OutboxState.FAILED, False)]
)
async def test_what_is_out_can_no_longer_change(
    db: Database, office: Office, state: OutboxState, changes: bool
) -> None:
    await close(db, await owe(db, office, "morning:1"), state)

    async with db.begin() as session:
        to = await get_chat(session, office.chats["hc"])
        _, still_open = await outbox.owe(session, to, OutboxKind.MORNING, "morning:1", NOW)

    assert still_open is changes


async def test_a_message_put_back_is_not_due_before_its_time(db: Database, office: Office) -> None:
    owed = await owe(db, office, "morning:1")
    await claim(db)
    async with db.begin() as session:
        await outbox.try_again(session, owed, NOW + 5 * MINUTE, "429")

    assert await claim(db, NOW + 4 * MINUTE) is None
    assert await claim(db, NOW + 5 * MINUTE) == owed


async def test_the_message_that_has_waited_longest_comes_first(
    db: Database, office: Office
) -> None:
    first, second = await owe(db, office, "a"), await owe(db, office, "b")
    async with db.begin() as session:
        await outbox.try_again(session, first, NOW + MINUTE, "line is down")

    assert await claim(db, NOW + MINUTE) == second
    assert await claim(db, NOW + MINUTE) == first


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.FAILED, OutboxState.DROPPED])
async def test_what_is_closed_is_never_claimed(
    db: Database, office: Office, state: OutboxState
) -> None:
    await close(db, await owe(db, office, "morning:1"), state)

    assert await claim(db, NOW + dt.timedelta(days=30)) is None


async def test_mornings_that_never_went_out_are_dropped_for_todays(
    db: Database, office: Office
) -> None:
    pending = await owe(db, office, "1", slot="2024-04-24")
    died = await owe(db, office, "2", slot="2024-04-25")
    today = await owe(db, office, "3", slot="2024-04-26")
    other_kind = await owe(db, office, "4", kind=OutboxKind.CONFIRM)
    sent = await owe(db, office, "5", slot="2024-04-23")
    await close(db, sent, OutboxState.SENT)
    async with db.begin() as session:
        row = await session.get(OutboxRow, died)
        assert row is not None
        row.state, row.lease_until = OutboxState.SENDING, NOW
        session.add(row)

    async with db.begin() as session:
        await outbox.drop_older_mornings(session, office.id, day("2024-04-26"), NOW)

    dropped = {r.id for r in await rows(db, OutboxRow) if r.state is OutboxState.DROPPED}
    assert dropped == {pending, died}
    assert not dropped & {today, other_kind, sent}


async def test_a_morning_that_is_being_sent_right_now_is_left_alone(
    db: Database, office: Office
) -> None:
    await owe(db, office, "1", slot="2024-04-25")
    await claim(db)

    async with db.begin() as session:
        await outbox.drop_older_mornings(session, office.id, day("2024-04-26"), NOW)

    assert [r.state for r in await rows(db, OutboxRow)] == [OutboxState.SENDING]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (OutboxState.PENDING, True),
        (OutboxState.SENDING, True),
        (OutboxState.SENT, True),
        (OutboxState.FAILED, False),
        (OutboxState.DROPPED, False),
    ],
)
async def test_the_ledger_counts_as_told_only_what_went_out_or_still_will(
    db: Database, office: Office, state: OutboxState, told: bool
) -> None:
    await office.activate(make_item())
    part = await only_part(db, office)
    owed = await owe(db, office, "morning:1")
    line = (office.chats["hc"], part.id, day("2024-04-26"), "0")
    async with db.begin() as session:
        await ledger.add_lines(session, office.id, owed, [line])
        await outbox.close_message(session, owed, state, NOW)

    async with db.read() as session:
        found = await ledger.told(session, [part.id], ["0"])

    assert found == ({line} if told else set())


async def test_a_ledger_line_follows_to_the_message_that_takes_over(
    db: Database, office: Office
) -> None:
    await office.activate(make_item())
    part = await only_part(db, office)
    failed, again = await owe(db, office, "1"), await owe(db, office, "2")

    for owed in (failed, again):
        async with db.begin() as session:
            line = (office.chats["hc"], part.id, day("2024-04-26"), "0")
            await ledger.add_lines(session, office.id, owed, [line])

    assert [line.outbox_id for line in await rows(db, ReminderRow)] == [again]


async def test_two_offices_never_see_each_others_rows(db: Database, office: Office) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    await office.activate(make_item("I.1"))
    await other.activate(make_item("II.7"))
    mine = await only_part(db, office)

    async with db.read() as session:
        theirs = await parts.open_parts(session, other.id)
        foreign = await parts.find_part(session, other.id, mine.id)

    assert [part.code for part in theirs] == ["II.7"]
    assert foreign is None
