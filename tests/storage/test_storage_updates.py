"""Incoming updates: on disk before they are confirmed, handled in order, forgotten in time."""

import datetime as dt

import pytest

from bot.domain.errors import AlreadyHandled
from bot.services import updates
from storage import audit
from storage.db import Database
from storage.models import UpdateRow
from tests.builders import Office, rows, vn

NOW = vn("2024-04-26 09:00")


def raw(number: int) -> dict[str, object]:
    return {"update_id": number, "message": {"text": f"lời số {number}"}}


async def test_an_update_that_comes_twice_is_written_down_once(db: Database) -> None:
    await updates.take_in(db, [raw(7), raw(8)], NOW)
    await updates.take_in(db, [raw(8), raw(9)], NOW)

    assert [row.id for row in await rows(db, UpdateRow)] == [7, 8, 9]


async def test_the_offset_confirms_what_is_on_disk_and_nothing_more(db: Database) -> None:
    before = await updates.next_offset(db)
    await updates.take_in(db, [raw(7), raw(12)], NOW)

    assert before is None
    assert await updates.next_offset(db) == 13


async def test_updates_are_handled_in_their_order_and_their_words_are_not_kept(
    db: Database,
) -> None:
    await updates.take_in(db, [raw(9), raw(7)], NOW)
    order = []

    while found := await updates.unhandled(db, 1):
        order.append(found[0]["update_id"])
        await updates.mark_handled(db, found[0]["update_id"], NOW)

    assert order == [7, 9]
    assert [row.body for row in await rows(db, UpdateRow)] == [None, None]


async def test_numbers_that_begin_lower_are_confirmed_too(db: Database) -> None:
    await updates.take_in(db, [raw(900), raw(901)], NOW)

    new = await updates.take_in(db, [raw(17), raw(18)], NOW + dt.timedelta(days=9))

    assert new == 2
    assert await updates.next_offset(db) == 19
    assert [one["update_id"] for one in await updates.unhandled(db, 9)] == [17, 18, 900, 901]


async def test_a_batch_that_is_known_brings_nothing_new(db: Database) -> None:
    await updates.take_in(db, [raw(7), raw(8)], NOW)

    assert await updates.take_in(db, [raw(7), raw(8)], NOW) == 0


async def test_old_updates_are_forgotten_and_what_they_confirmed_is_not(db: Database) -> None:
    await updates.take_in(db, [raw(7), raw(8), raw(9)], NOW)
    for number in (7, 9):
        await updates.mark_handled(db, number, NOW)

    await updates.tidy(db, NOW + dt.timedelta(days=8))

    assert [row.id for row in await rows(db, UpdateRow)] == [8], "it was not handled yet"
    assert await updates.next_offset(db) == 10


async def test_an_update_acts_once(db: Database, office: Office) -> None:
    await updates.take_in(db, [raw(7)], NOW)
    act = audit.Act(office.id, NOW, update_id=7)

    async with db.begin() as session:
        await audit.claim_update(session, act)
    with pytest.raises(AlreadyHandled):
        async with db.begin() as session:
            await audit.claim_update(session, act)


async def test_an_act_that_failed_may_be_tried_again(db: Database, office: Office) -> None:
    await updates.take_in(db, [raw(7)], NOW)
    act = audit.Act(office.id, NOW, update_id=7)

    async def fail() -> None:
        async with db.begin() as session:
            await audit.claim_update(session, act)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with db.begin() as session:
        await audit.claim_update(session, act)

    assert [row.acted for row in await rows(db, UpdateRow)] == [True]
