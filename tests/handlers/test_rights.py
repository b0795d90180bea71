"""Every command by every role, about the own and another unit, in private, a group and a topic.

`tests/data/rights.tsv` says who is allowed, and whoever it does not name is refused. To add a
command: a row for `own` and one for `other` (or one for `-`, where no unit comes into it) with
what is typed ({own} and {other} are item codes, {unit} and {foreign} unit names) and, for each
place, the roles allowed: a word of letters from ACLHSX (admin, coordinator, leader, head, staff,
stranger), or `-` for none.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.rights import may_send
from bot.domain.roles import ChatPurpose, Role
from handlers.commands import COMMANDS
from handlers.context import BotContext
from storage import chats
from storage.db import Database
from tests.builders import GROUPS, Clock, Office, make_item, vn
from tests.chatting import RecordingRequest, Talk, make_application
from tests.conftest import Templates, open_database

TABLE = Path(__file__).parents[1] / "data" / "rights.tsv"
ROLES = {"A": "hoa", "C": "lan", "L": "viet", "H": "minh", "S": "thao", "X": "khach"}
TOPIC = 7
PLACES = ("private", "group", "topic")
WORDS = {
    "own": "III.5",
    "other": "VI.2",
    "unit": "Phòng Hành chính",
    "foreign": "Phòng Văn bản",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A command as typed, about whose unit, and who is allowed where."""

    command: str
    unit: str
    said: str
    allowed: dict[str, frozenset[str]]

    def __str__(self) -> str:
        return f"{self.command}-{self.unit}"


def read_rows() -> list[Row]:
    """Return the rows of the table; a line of another number of cells is a mistake."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        command, unit, said, *cells = line.split("\t")
        allowed = {
            place: frozenset(cell.replace("-", ""))
            for place, cell in zip(PLACES, cells, strict=True)
        }
        assert all(cell <= ROLES.keys() for cell in allowed.values()), line
        found.append(Row(command, unit, said.format(**WORDS), allowed))
    return found


ROWS = read_rows()


def test_no_cell_is_missing() -> None:
    asked: dict[str, set[str]] = {}
    for row in ROWS:
        asked.setdefault(row.command, set()).add(row.unit)

    wrong = {c.name for c in COMMANDS} ^ asked.keys()
    half = [name for name, units in asked.items() if units not in ({"-"}, {"own", "other"})]

    assert sorted(wrong) == [], "add rows to tests/data/rights.tsv, see the top of this file"
    assert half == []
    assert len(ROWS) == sum(len(units) for units in asked.values())


@pytest.mark.parametrize("row", [row for row in ROWS if row.unit != "other"], ids=str)
def test_menus_and_help_offer_what_the_table_allows(row: Row) -> None:
    for place, allowed in row.allowed.items():
        for letter, role in zip(ROLES, (*Role, None), strict=True):
            roles = frozenset({role} if role else ())
            offered = may_send(row.command, roles, private=place == "private")
            assert offered == (letter in allowed), (place, letter)


@pytest.fixture(scope="session")
def stage(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rights") / "stage.db"
    shutil.copy(templates.furnished, path)
    asyncio.run(furnish(path, templates.office))
    return path


async def furnish(path: Path, made: Office) -> None:
    """Add an item of its own for each of two units, an admin, and a topic."""
    db = open_database(path)
    office = Office(db, made.id, dict(made.units), dict(made.persons), dict(made.chats))
    await office.enrol("hoa", Role.ADMIN)
    await office.activate(
        make_item("III.5"), make_item("VI.2", lead=("Phòng Văn bản",)), now=vn("2024-04-01 08:00")
    )
    async with db.begin() as session:
        chat = await chats.put_chat(session, office.id, GROUPS["hc"][0], TOPIC, title="HC")
        await chats.bind(session, chat, ChatPurpose.UNIT, office.units["Phòng Hành chính"])
    await db.close()


@dataclass
class Trial:
    """Tries one thing after the other, each on a fresh copy of the stage."""

    stage: Path
    path: Path
    db: Database
    talk: Talk
    errors: list[Exception | None]

    async def allowed(self, row: Row, letter: str, place: str) -> bool:
        """Tell whether the command is carried out: nothing else but a refusal stops it."""
        await self.restore()
        self.errors.clear()
        where = "private" if place == "private" else "hc"
        topic = {"message_thread_id": TOPIC, "is_topic_message": True} if place == "topic" else {}
        await self.talk.say(ROLES[letter], row.said, where, **topic)
        unexpected = [e for e in self.errors if not isinstance(e, NotFound | NotAllowed)]
        assert unexpected == [], f"{row.said} by {letter} in {place}: {unexpected}"
        return not self.errors

    async def restore(self) -> None:
        """Put the database back to what it was."""
        await self.db.close()
        fresh(self.stage, self.path)


def fresh(stage: Path, path: Path) -> None:
    """Put a copy of the stage in place of a database file."""
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
    shutil.copy(stage, path)


@pytest.fixture
async def trial(stage: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Trial]:
    path = tmp_path / "trial.db"
    shutil.copy(stage, path)
    db = open_database(path)
    request = RecordingRequest()
    application = make_application(db, clock, request)
    errors: list[Exception | None] = []

    async def note(_: object, context: BotContext) -> None:
        errors.append(context.error)

    application.add_error_handler(note)
    await application.initialize()
    yield Trial(stage, path, db, Talk(application, request), errors)
    await application.shutdown()
    await db.close()


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_command_is_for_those_whom_the_table_names(trial: Trial, row: Row) -> None:
    found = {
        place: frozenset([letter for letter in ROLES if await trial.allowed(row, letter, place)])
        for place in PLACES
    }

    assert found == row.allowed, "\t".join(
        "".join(letter for letter in ROLES if letter in found[place]) or "-" for place in PLACES
    )
