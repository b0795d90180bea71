"""Transactions, instants, and what the database itself refuses."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.days import VIETNAM
from bot.domain.errors import DatabaseUnusable
from bot.domain.roles import ChatPurpose, Role
from storage import chats, grants, offices, people
from storage.db import Database
from storage.models import (
    ChatBindingRow,
    GrantRow,
    OfficeRow,
    PartRow,
    PersonRow,
    ReportRow,
)
from tests.builders import LONG_AGO, Office, make_item, only_part, rows


async def test_an_instant_comes_back_as_the_same_moment(db: Database, office: Office) -> None:
    half_past_midnight = dt.datetime(2024, 3, 1, 0, 30, tzinfo=VIETNAM)

    async with db.begin() as session:
        await people.put_person(session, office.id, 999, "Hoa", half_past_midnight)

    stored = (await rows(db, PersonRow, PersonRow.telegram_id == 999))[0].created_at
    assert stored == half_past_midnight
    assert stored.isoformat() == "2024-02-29T17:30:00+00:00"


async def test_an_instant_without_a_zone_is_refused(db: Database, office: Office) -> None:
    naive = dt.datetime(2024, 4, 26, 7, 30)  # noqa: DTZ001 - that is the point

    with pytest.raises(StatementError, match="aware"):
        async with db.begin() as session:
            await people.put_person(session, office.id, 999, "Hoa", naive)


async def test_a_row_cannot_point_to_what_does_not_exist(db: Database, office: Office) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            await grants.put_grant(
                session, office.id, 12345, Role.STAFF, None, today=dt.date(2024, 4, 26)
            )


async def test_what_fails_half_way_leaves_nothing_behind(db: Database) -> None:
    async def fail_half_way() -> None:
        async with db.begin() as session:
            await offices.add_office(session, "Sở Dở Dang", "vi")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()

    assert await rows(db, OfficeRow) == []


async def test_a_reading_transaction_keeps_nothing(db: Database) -> None:
    async with db.read() as session:
        await offices.add_office(session, "Sở Chỉ Đọc", "vi")

    assert await rows(db, OfficeRow) == []


async def test_a_state_outside_its_closed_set_is_refused(db: Database, office: Office) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            await session.exec(
                text("UPDATE role_grant SET role = 'king'")  # type: ignore[call-overload]
            )


async def test_one_person_holds_a_role_without_a_unit_once(db: Database, office: Office) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add(
                GrantRow(
                    office_id=office.id, person_id=office.persons["lan"], role=Role.COORDINATOR
                )
            )


async def test_a_chat_serves_the_office_once(db: Database, office: Office) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add(
                ChatBindingRow(
                    office_id=office.id, chat_id=office.chats["office"], purpose=ChatPurpose.OFFICE
                )
            )


async def test_a_unit_has_one_part_of_an_occurrence(db: Database, office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(db, office)

    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add(
                PartRow(
                    office_id=office.id,
                    occurrence_id=part.occurrence_id,
                    unit_id=part.unit_id,
                    duty=part.duty,
                )
            )


async def test_a_part_has_at_most_one_report_that_stands(db: Database, office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(db, office)

    def report(state: str) -> ReportRow:
        return ReportRow(
            office_id=office.id,
            part_id=part.id,
            person_id=office.persons["minh"],
            state=state,
            submitted_at=LONG_AGO,
        )

    async with db.begin() as session:
        session.add_all([report("returned"), report("returned"), report("awaiting")])
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add(report("accepted"))


async def test_writers_wait_for_one_another(db: Database, office: Office) -> None:
    async def write(number: int) -> None:
        async with db.begin() as session:
            found = await session.get(OfficeRow, office.id)
            assert found is not None
            found.settings = {"count": found.settings.get("count", 0) + 1}
            session.add(found)

    await asyncio.gather(*(write(number) for number in range(8)))

    assert (await rows(db, OfficeRow))[0].settings == {"count": 8}


async def test_migrating_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "nhacviec.db"
    db = Database(f"sqlite+aiosqlite:///{path}")

    await db.migrate()
    await db.close()

    assert path.exists()


@pytest.mark.parametrize("kind", ["folder", "no database"])
async def test_a_database_that_cannot_be_opened_is_said_in_one_sentence(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "taken"
    if kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"this is a letter, not a database" * 100)
    db = Database(f"sqlite+aiosqlite:///{path}")

    with pytest.raises(DatabaseUnusable):
        await db.migrate()

    await db.close()


async def test_a_moved_group_follows_with_its_topics(db: Database, office: Office) -> None:
    async with db.begin() as session:
        await chats.put_chat(session, office.id, -1001, 7)
        await chats.move_chat(session, -1001, -100999)

    async with db.read() as session:
        moved = [await chats.chats_at(session, -100999, thread) for thread in (0, 7)]
        left = await chats.chats_at(session, -1001, 0)
    assert [[chat.thread_id for chat in found] for found in moved] == [[0], [7]]
    assert left == []


async def test_a_topic_that_is_bound_to_nothing_belongs_to_its_group(
    db: Database, office: Office
) -> None:
    async with db.read() as session:
        found = await chats.chats_at(session, -1001, 55)

    assert [chat.id for chat in found] == [office.chats["hc"]]
