"""What is asked every minute is found by an index: the ledger and the outbox grow for years."""

from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.outbox import OutboxKind
from storage import offices, outbox, outbox_claims, pulse, told
from storage.db import Database
from tests.builders import Office, vn

NOW = vn("2024-04-26 09:00")
# Reading a whole table, or all rows of an office, which is mostly the same.
READS_ALL = ("SCAN outbox", "SCAN reminder", "ix_outbox_office_id", "ix_reminder_office_id")
# By the fitting index, or row by row of what is known.
FITTING = ("ix_outbox_unsent", "ix_outbox_failed", "AND rowid=?")


async def plans_of(db: Database, ask: Any) -> list[str]:
    """Return how SQLite would look up what `ask(session)` asks for."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, sql: str, values: Any, *_more: Any) -> None:
        asked.append((sql, values))

    engine = db._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with db.begin() as session:
        await ask(session)
        event.remove(engine, "before_cursor_execute", note)
        connection = await session.connection()
        found = []
        for sql, values in asked:
            if sql.startswith(("SELECT", "UPDATE")):
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                found += [row[3] for row in plan]
    return found


def reading_all(plans: list[str]) -> list[str]:
    return [
        step
        for step in plans
        if any(words in step for words in READS_ALL) and not any(i in step for i in FITTING)
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: outbox_claims.claim(session, NOW),
        lambda session: outbox_claims.waiting(session, NOW, per_chat=3),
        lambda session: pulse.of_office(session, 1),
        lambda session: told.told(session, 1, item_id=1, count=9),
        lambda session: told.told(session, 1, unit_ids={1, 2}, count=9),
    ],
    ids=["claim", "waiting", "pulse", "told of an item", "told of units"],
)
async def test_years_that_are_closed_are_not_read_again(
    db: Database, office: Office, ask: Any
) -> None:
    assert reading_all(await plans_of(db, ask)) == []


async def test_the_reader_of_plans_sees_a_table_that_is_read_through(db: Database) -> None:
    async def ask(session: Any) -> None:
        await session.exec(text(f"SELECT id FROM outbox WHERE kind = '{OutboxKind.TEST}'"))

    assert reading_all(await plans_of(db, ask)) != []


async def test_what_a_reading_asks_of_its_office_again_is_not_read_again(
    db: Database, office: Office
) -> None:
    asked: list[str] = []
    event.listen(
        db._engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )

    async with db.read() as session:
        await offices.settings_of(session, office.id)
        assert await offices.office_locale(session, office.id) == "vi"

    assert sum("FROM office" in sql for sql in asked) == 1


async def test_older_mornings_are_dropped_from_among_the_unsent(
    db: Database, office: Office
) -> None:
    plans = await plans_of(
        db, lambda session: outbox.drop_older_mornings(session, office.id, NOW.date(), NOW)
    )

    assert any("ix_outbox_unsent" in step for step in plans)
