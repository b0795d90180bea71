"""Presses of buttons, tried on a furnished office: who is allowed, and that a refusal is one.

`tests/data/presses.tsv` has a row for each button about the own unit's thing and another's (or
one for "-", where no unit comes into it). `data` is what the button carries, {words} are ids of
the stage; `first` is what the presser says or presses ("!") before, as far as that is allowed,
divided by " | ". For each place it names the roles allowed, as letters of `ROLES`; "-" for none.

A refusal may say who may do it only to whom the thing is shown here; to anybody else it reads as
if there were no such thing.
"""

import pkgutil
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import handlers
from bot.domain.errors import UserError
from handlers.callbacks import number_word
from handlers.context import BotContext
from storage.db import Database
from tests.builders import GROUPS, Clock
from tests.chatting import BOT, RecordingRequest, Talk, make_application
from tests.conftest import open_database
from tests.press_stage import TOPIC, Stage

TABLE = Path(__file__).parent / "data" / "presses.tsv"
ROLES = {"A": "hoa", "C": "lan", "L": "viet", "H": "minh", "S": "thao", "X": "khach"}
PLACES = ("private", "group", "topic")


def _presses() -> tuple[str, ...]:
    """Return every button there is: the members of each enum `…Press` of the handlers."""
    kinds = set()
    for module in pkgutil.iter_modules(handlers.__path__):
        if module.name == "callbacks" or module.name.endswith("_keys"):
            for value in vars(import_module(f"handlers.{module.name}")).values():
                if isinstance(value, type) and value.__name__.endswith("Press"):
                    kinds.add(value)
    return tuple(sorted(str(press) for kind in kinds for press in kind))


PRESSES = _presses()
# Words of data that name no row of the database: they stay as they are in a forged press.
NO_ROWS = frozenset({"question", "mark", "token", "entry", "stamp"})
MISSING = 987_654_321
# What is kept of each update, and the words to search by, which a search renews.
BOOKKEEPING = frozenset({"incoming_update", "item_search"})
IN_TOPIC = {"message_thread_id": TOPIC, "is_topic_message": True}


@dataclass(frozen=True, slots=True)
class Row:
    """A button, about whose thing, and who is allowed where."""

    press: str
    unit: str
    first: str
    data: str
    allowed: dict[str, frozenset[str]]

    def __str__(self) -> str:
        return f"{self.press}-{self.unit}"


def read_rows() -> list[Row]:
    """Return the rows of the table; a line of another number of cells is a mistake."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        press, unit, first, data, *cells = line.split("\t")
        allowed = {
            place: frozenset(cell.replace("-", ""))
            for place, cell in zip(PLACES, cells, strict=True)
        }
        assert all(cell <= ROLES.keys() for cell in allowed.values()), line
        assert data.startswith(f"{press}:"), line
        found.append(Row(press, unit, "" if first == "-" else first, data, allowed))
    return found


ROWS = read_rows()


ALLOWED = {(row.press, row.unit): row.allowed for row in ROWS}
# The button that shows what others of its area act on; of a unit's things the item's card.
SHOWN_BY = {"brief": ("brief:open", "-"), "sum": ("sum:table", "-")}


def rows_of(*areas: str) -> list[Row]:
    """Return the rows of some areas: what stands before the first colon of a press."""
    return [row for row in ROWS if row.press.split(":")[0] in areas]


Rows = dict[str, list[tuple[object, ...]]]


def dump(path: Path) -> Rows:
    """Return every row of every table, but for bookkeeping."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in names.fetchall()
            if name not in BOOKKEEPING
        }


def data_version(watcher: sqlite3.Connection) -> int:
    """Return a number that changes with every change that another connection commits."""
    (found,) = watcher.execute("PRAGMA data_version").fetchone()
    return int(found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a press: refused with which words, and whether anything changed."""

    error: str | None
    notices: tuple[tuple[str, bool], ...]
    said: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether it was refused."""
        return self.error is not None


@dataclass
class Trial:
    """Tries one press after the other, each on the stage as it was."""

    stage: Stage
    path: Path
    db: Database
    talk: Talk
    errors: list[Exception | None] = field(default_factory=list)
    clean: bool = True
    whole: Rows | None = None

    async def check(self, row: Row) -> None:
        """Hold a button to its row of the table, for every role in every place."""
        found: dict[str, str] = {}
        for place in PLACES:
            for letter in ROLES:
                made = await self.press(row, letter, place)
                about = f"{row} by {letter} in {place}: {made}"
                assert len(made.notices) == 1, about
                if made.refused:
                    assert made.changed == (), about
                    assert made.said == (), about
                    assert made.notices[0][0], about
                    assert made.notices[0][1], about
                    await self._check_words(row, letter, place, made)
                else:
                    found[place] = found.get(place, "") + letter
        cells = [found.get(place, "-") for place in PLACES]
        wanted = ["".join(c for c in ROLES if c in row.allowed[p]) or "-" for p in PLACES]
        assert cells == wanted, f"{row}: " + "\t".join(cells)

    async def _check_words(self, row: Row, letter: str, place: str, made: "Outcome") -> None:
        """Hold a refusal to the words for what is not there, unless the thing is shown here."""
        known = self.stage.missing
        if (row.press, letter, place) not in known:
            missing = await self.press(row, letter, place, missing=True)
            assert missing.refused, row
            assert missing.changed == (), row
            known[row.press, letter, place] = missing.notices
        shown = ALLOWED.get(SHOWN_BY.get(row.press.split(":")[0], ("item:open", row.unit)), {})
        if letter not in shown.get(place, ()):
            found = known[row.press, letter, place]
            assert found == made.notices, f"{row} by {letter} in {place}"

    async def press(self, row: Row, letter: str, place: str, *, missing: bool = False) -> Outcome:
        """Let a role press the button somewhere; `missing`: it names what is not there."""
        await self.restore()
        who = ROLES[letter]
        steps = [] if missing else row.first.split(" | ")
        for step in filter(None, steps):
            self.clean = False
            words = self.words(row, who, place)
            if step.startswith("!"):
                await self.send_press(who, step[1:].format(**words), place)
            else:
                await self.say(who, step.format(**words), place)
        words = self.words(row, who, place)
        if missing:
            words |= {name: forged(value) for name, value in words.items() if name not in NO_ROWS}
        return await self.outcome(who, row.data.format(**words), place)

    async def outcome(self, who: str, data: str, place: str) -> Outcome:
        """Press data and tell what became of it."""
        assert len(data.encode()) <= 64, data
        self.errors.clear()
        before = self.untouched() if self.clean else dump(self.path)
        notices = len(self.talk.calls("answerCallbackQuery"))
        with closing(sqlite3.connect(self.path)) as watcher:
            # To read all tables costs more than a press does: SQLite says whether one is needed.
            version = data_version(watcher)
            said = await self.send_press(who, data, place)
            after = before if data_version(watcher) == version else dump(self.path)
        changed = tuple(name for name in after if after[name] != before[name])
        self.clean = self.clean and not changed
        unexpected = [e for e in self.errors if not isinstance(e, UserError)]
        assert unexpected == [], f"{data} by {who} in {place}: {unexpected!r}"
        error = type(self.errors[0]).__name__ if self.errors else None
        answers = self.talk.calls("answerCallbackQuery")[notices:]
        found = tuple((a.get("text", ""), bool(a.get("show_alert"))) for a in answers)
        return Outcome(error, found, tuple(said), changed)

    def untouched(self) -> Rows:
        """Return the rows of the stage, read once while nothing has changed them."""
        self.whole = self.whole or dump(self.path)
        return self.whole

    async def send_press(self, who: str, data: str, place: str) -> list[str]:
        """Press a button under a message of the bot's in this place."""
        if place != "topic":
            return await self.talk.press(who, data, "private" if place == "private" else "hc")
        message = {**pressed_message("hc"), **IN_TOPIC}
        return await self.talk.press(who, data, "hc", message=message)

    async def say(self, who: str, text: str, place: str) -> list[str]:
        """Say something in this place."""
        where = "private" if place == "private" else "hc"
        return await self.talk.say(who, text, where, **(IN_TOPIC if place == "topic" else {}))

    def words(self, row: Row, who: str, place: str) -> dict[str, str]:
        """Return the ids of the stage, with those that what came first has made."""
        unit = row.unit if row.unit == "other" else "own"
        here = {"private": who, "group": "hc", "topic": "topic"}[place]
        chat = self.stage.of_chat.get(here if unit == "own" else "vb", self.stage.of_chat["minh"])
        words = {**self.stage.words, **self.stage.of_unit[unit], **chat}
        with closing(sqlite3.connect(self.path)) as connection:
            newest = "SELECT max({}) FROM {}"
            (entry,) = connection.execute(newest.format("id", "audit")).fetchone()
            made = connection.execute(
                "SELECT report_draft.id FROM report_draft JOIN part ON part.id = part_id "
                "WHERE unit_id = ? ORDER BY report_draft.id DESC",
                (int(words["unit"]),),
            ).fetchone()
        return {
            **words,
            "item36": number_word(int(words["item"])),
            "report": str(made[0]),
            "entry": str(entry),
            "token": str(self.talk.updates),
        }

    async def restore(self) -> None:
        """Put the database back to what it was."""
        if self.clean:
            return
        await self.db.close()
        fresh(self.stage.path, self.path)
        self.clean = True


def pressed_message(group: str) -> dict[str, Any]:
    """Return a message of the bot's in a group, under which a button is pressed."""
    chat = {"id": GROUPS[group][0], "type": "supergroup", "title": group}
    return {"message_id": 400, "date": 1, "chat": chat, "from": BOT, "text": "…"}


def forged(value: str) -> str:
    """Return a word of data with ids of nothing in place of ids."""
    return re.sub(r"^[0-9]+|^[0-9a-z]+\Z", str(MISSING), value)


def fresh(stage: Path, path: Path) -> None:
    """Put a copy of the stage in place of a database file."""
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
    shutil.copy(stage, path)


@asynccontextmanager
async def trying(stage: Stage, folder: Path, clock: Clock) -> AsyncIterator[Trial]:
    """Yield a trial on a copy of the stage."""
    path = folder / "trial.db"
    shutil.copy(stage.path, path)
    db = open_database(path)
    request = RecordingRequest()
    request.kept.update(stage.files)
    application = make_application(db, clock, request, folder / "files")
    trial = Trial(stage, path, db, Talk(application, request))

    async def note(_: object, context: BotContext) -> None:
        trial.errors.append(context.error)

    application.add_error_handler(note)
    await application.initialize()
    yield trial
    await application.shutdown()
    await db.close()
