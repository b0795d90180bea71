"""The one door to the database: engine, transactions, migrations."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import DatabaseTrouble, DatabaseUnusable

MIGRATIONS = Path(__file__).parent / "migrations"
WRITES = {"writes": True}
# Of a session that only reads: rows asked for again and again, which it forgets when nobody holds
# them.
KEPT = "kept"
BUSY_SECONDS = 30
SQLITE_MAGIC = b"SQLite format 3\x00"


def _open_fleeting(connection: DBAPIConnection, _record: object) -> None:
    # A copy that is thrown away need not outlive a power cut.
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _open_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver would otherwise begin transactions by itself, and only at the first write: two
    # readers that turn writers then fail with "database is locked" instead of waiting.
    connection.isolation_level = None
    try:
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        cursor.close()
    except Exception:
        # The pool never saw this connection, so nobody else would end its thread.
        connection.close()
        raise


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Owns the engine. Built once; only services open transactions.

    `fleeting` is for a copy that is thrown away: quicker, and lost in a power cut.
    """

    def __init__(self, url: str, *, fleeting: bool = False) -> None:
        self.url = url
        self._engine = create_async_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _open_sqlite)
            if fleeting:
                event.listen(self._engine.sync_engine, "connect", _open_fleeting)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that writes: commits on success, rolls back on error.

        Raises:
            DatabaseTrouble: the disk is full, or the file is locked: nothing was written.
        """
        with _trouble():
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                await session.connection(execution_options=WRITES)
                yield session
                await session.commit()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that only reads one consistent state; it is rolled back.

        Raises:
            DatabaseTrouble: the file is locked, or cannot be read.
        """
        with _trouble():
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                session.info[KEPT] = []
                yield session

    async def migrate(self) -> None:
        """Bring the tables to the newest revision, making the folder of a SQLite file.

        Raises:
            DatabaseUnusable: there is no database at the address, and none can be made there.
        """
        url = make_url(self.url)
        try:
            if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
                _check_file(Path(str(url.database)))
            async with self._engine.connect() as connection:
                await connection.run_sync(_enforce_foreign_keys, False)
                try:
                    await connection.run_sync(_upgrade)
                    await connection.commit()
                finally:
                    await connection.rollback()
                    await connection.run_sync(_enforce_foreign_keys, True)
        except (OSError, DBAPIError) as error:
            raise DatabaseUnusable(str(url.database), _reason(error)) from error

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


# Passing troubles of the machine, in SQLite's words; anything else is a mistake of ours.
PASSING = ("is full", "is locked", "disk i/o error", "unable to open", "readonly", "is busy")


@contextmanager
def _trouble() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if any(words in reason.lower() for words in PASSING):
            raise DatabaseTrouble(reason) from error
        raise


def _check_file(path: Path) -> None:
    """Make the folder of a database file, and look at the file before the driver does.

    Opening what is no database would leave the driver's thread behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("rb") as source:
            head = source.read(len(SQLITE_MAGIC))
        if head and head != SQLITE_MAGIC:
            raise OSError(0, "file is not a database")


def _reason(error: OSError | DBAPIError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error.orig)


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the migrations' configuration, bound to `connection` when one is given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _enforce_foreign_keys(connection: Connection, on: bool) -> None:
    """Switch SQLite's check: a table that others point to is changed by copying it.

    Goes past SQLAlchemy, as the switch does nothing inside a transaction.
    """
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()


def _upgrade(connection: Connection) -> Any:
    command.upgrade(alembic_config(connection), "head")
