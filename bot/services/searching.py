"""Searching plans in use, then closed ones: without tone marks, over codes, titles, units."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.search import Hit, rank, words_of
from bot.services.list_scene import Scene
from storage import offices
from storage import search as stored
from storage.audit import newest_entry
from storage.db import Database

BATCH = 500
AT_LEAST_EVERY = dt.timedelta(hours=1)
NEVER = (-1, dt.datetime.min.replace(tzinfo=dt.UTC))


async def search(scene: Scene) -> list[Hit]:
    """Return the items that match, best first: those whose code is asked for before all others.

    Every word must begin a word of an item's code, title or product, or of a name of a unit that
    has a part in it.
    """
    words = words_of(scene.ref.argument)
    if not words:
        return []
    units = await offices.units_of(scene.session, scene.office_id)
    called = {
        stored_unit.id: [
            word
            for name in (stored_unit.unit.name, stored_unit.unit.short, *stored_unit.unit.aliases)
            for word in words_of(name)
        ]
        for stored_unit in units
    }
    named = {
        word: frozenset(
            unit_id
            for unit_id, names in called.items()
            if any(name.startswith(word) for name in names)
        )
        for word in words
    }
    hits = await stored.matching(scene.session, scene.office_id, scene.units, words, named)
    return rank(words, hits)


async def renew_every_office(db: Database) -> None:
    """Bring the words of all offices' items up to date, so that nobody's search waits for it."""
    async with db.read() as session:
        found = await offices.office_ids(session)
    for office_id in found:
        await renew_words(db, office_id)


@dataclass
class WordKeeper:
    """Keeps the words up to date, at the price of one read while nobody changes anything."""

    db: Database
    _seen: tuple[int, dt.datetime] = NEVER

    async def renew(self, now: dt.datetime) -> None:
        """Bring the words up to date where an act was done since, or an hour has passed.

        What is missed meanwhile costs a search a moment: it looks for itself.
        """
        async with self.db.read() as session:
            newest = await newest_entry(session)
        seen, at = self._seen
        if seen != newest or not dt.timedelta() <= now - at < AT_LEAST_EVERY:
            await renew_every_office(self.db)
            self._seen = newest, now


async def renew_words(db: Database, office_id: int) -> None:
    """Bring the words of items up to date with their texts, whoever has changed them."""
    while True:
        async with db.read() as session:
            found = await stored.outdated(session, office_id, BATCH)
        if not found:
            return
        async with db.begin() as session:
            await stored.renew(session, office_id, found)
