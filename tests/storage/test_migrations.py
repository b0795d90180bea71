"""The tables: migrations lead there and back, and say the same as the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Date,
    DateTime,
    create_engine,
    inspect,
)

from storage.db import alembic_config
from storage.models import metadata
from storage.types import UtcDateTime

# What belongs to no office, and why.
WITHOUT_OFFICE = {
    "office": "it is the office",
    "incoming_update": "raw and forgotten once handled; whose it is is known only when read",
    "invite_try": "counts wrong codes of an account, before anybody knows whose code was meant",
    "process_fact": "about the running process",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with create_engine(f"sqlite:///{tmp_path / 'stairs.db'}").connect() as opened:
        yield opened


def revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def test_every_migration_can_be_taken_down_and_up_again(connection: Connection) -> None:
    config = alembic_config(connection)

    for revision in revisions():
        command.upgrade(config, revision)
        up_once = tables(connection)
        command.downgrade(config, "-1")
        down = tables(connection)
        command.upgrade(config, revision)

        assert tables(connection) == up_once
        assert down != up_once, f"{revision} changes nothing, or its way down does nothing"


def tables(connection: Connection) -> dict[str, object]:
    inspector = inspect(connection)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
            sorted(str(i["name"]) for i in inspector.get_indexes(name)),
            sorted(str(c["sqltext"]) for c in inspector.get_check_constraints(name)),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def test_the_way_down_to_the_ground_leaves_no_table(connection: Connection) -> None:
    config = alembic_config(connection)

    command.upgrade(config, "head")
    command.downgrade(config, "base")

    assert tables(connection) == {}


def test_models_and_migrations_describe_the_same_tables(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")

    context = MigrationContext.configure(connection, opts={"compare_type": True})

    assert compare_metadata(context, metadata) == []


def test_no_column_keeps_an_instant_without_its_zone() -> None:
    naive = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, DateTime)
    ]

    assert naive == []


def test_instants_end_in_at_and_days_do_not() -> None:
    wrong = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if (isinstance(column.type, UtcDateTime) and column.name.endswith("_on"))
        or (isinstance(column.type, Date) and column.name.endswith("_at"))
    ]

    assert wrong == []


def test_every_table_with_data_of_an_office_says_whose_it_is() -> None:
    without = {name for name, table in metadata.tables.items() if "office_id" not in table.columns}

    assert without == WITHOUT_OFFICE.keys()
    assert all(
        not table.columns["office_id"].nullable
        for name, table in metadata.tables.items()
        if name not in WITHOUT_OFFICE
    )


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        f"{table.name}: {type(constraint).__name__}"
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    unnamed += [
        f"{table.name}: index"
        for table in metadata.tables.values()
        for i in table.indexes
        if i.name is None
    ]

    assert unnamed == []


def test_constraints_in_the_database_have_names_too(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
    inspector = inspect(connection)

    nameless = [
        (name, found)
        for name in inspector.get_table_names()
        if name != "alembic_version"
        for found in (
            *inspector.get_unique_constraints(name),
            *inspector.get_foreign_keys(name),
            *inspector.get_check_constraints(name),
            inspector.get_pk_constraint(name),
        )
        if not found["name"]
    ]

    assert nameless == []


def test_closed_sets_are_held_by_the_database(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
    inspector = inspect(connection)

    missing = [
        f"{table.name}.{constraint.name}"
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and constraint.name not in {c["name"] for c in inspector.get_check_constraints(table.name)}
    ]

    assert missing == []
