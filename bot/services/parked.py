"""A file whose reading waits for a person's word: which column is which, or to recognise a scan.

The file itself stays with Telegram; only its name there is kept, with the question.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from bot.domain.reading.column_phrases import Column
from bot.domain.reading.columns import SeenColumn
from bot.services import Database, dialogs
from bot.services.actor import Actor
from bot.services.loading import get_coordinator

ABSENT = -1
# What is asked, in this order; the table must have the first two.
ASKED = (Column.TITLE, Column.DEADLINE, Column.ASSIGNMENT, Column.PRODUCT)
NEEDED = frozenset({Column.TITLE, Column.DEADLINE})
LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class ParkedFile:
    """A file in a chat and how it is to be read.

    `heads` are the heads of its columns; `places` says where a meaning stands (from 0), ABSENT
    where the table has no such column; `recognise` asks for text recognition.
    """

    file_id: str
    name: str
    size: int | None
    year: int | None = None
    heads: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    recognise: bool = False

    def asked(self) -> Column | None:
        """Return the meaning to ask for next, None when all are known."""
        return next((column for column in ASKED if column.value not in self.places), None)

    def columns(self) -> dict[int, Column] | None:
        """Return what the columns hold by their place; None while nobody named any."""
        found = {at: Column(name) for name, at in self.places.items() if at != ABSENT}
        return found or None

    def recognised(self) -> "ParkedFile":
        """Return the file to be read with text recognition."""
        return replace(self, recognise=True)

    def placed(self, at: int) -> "ParkedFile":
        """Return the file with the asked meaning at a place."""
        asked = self.asked()
        return replace(self, places={**self.places, asked.value: at}) if asked else self


def with_columns(file: ParkedFile, seen: tuple[SeenColumn, ...]) -> ParkedFile:
    """Return the file with the columns of its table, those that are known placed."""
    places = {c.guess.value: c.at for c in seen if c.guess is not None}
    heads = tuple((c.head or c.sample)[:LONGEST_HEAD] for c in seen)
    return replace(file, heads=heads, places=places)


async def park(db: Database, actor: Actor, file: ParkedFile, now: dt.datetime) -> None:
    """Keep a file with the question that was asked about it."""
    value: dict[str, object] = {
        "file_id": file.file_id,
        "name": file.name,
        "size": file.size,
        "year": file.year,
        "heads": list(file.heads),
        "places": file.places,
    }
    await dialogs.ask(db, actor, dialogs.ASK_COLUMNS, 0, now, value=value)


async def parked(db: Database, actor: Actor, now: dt.datetime) -> ParkedFile | None:
    """Return the file that waits for this person's word here.

    Raises:
        NotFound, NotAllowed: a stranger, or somebody who is not of Văn phòng.
    """
    async with db.read() as session:
        await get_coordinator(session, actor, now)
    dialog = await dialogs.pending(db, actor, now)
    if dialog is None or dialog.question != dialogs.ASK_COLUMNS:
        return None
    value = dict(dialog.value)
    heads = value.pop("heads", [])
    return ParkedFile(**{**value, "heads": tuple(heads if isinstance(heads, list) else ())})  # type: ignore[arg-type]
