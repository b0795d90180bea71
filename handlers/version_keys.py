"""The buttons of a plan's versions: `ver:verb:…`, numbers only."""

import re
from enum import StrEnum

from telegram import Update

from bot.services.versions_proposals import VersionKey
from handlers.callbacks import number_of, number_word


class VersionPress(StrEnum):
    """Every button of a comparison, and of what it led to."""

    OPEN = "ver:open"  # plan, draft: compare
    PAGE = "ver:page"  # comparison, page
    ITEM = "ver:item"  # comparison, place of the change
    TAKE = "ver:take"  # comparison, place of the change
    SKIP = "ver:skip"  # comparison, place of the change
    ALL = "ver:all"  # comparison
    CHOSEN = "ver:chosen"  # comparison: apply what was accepted one by one
    APART = "ver:apart"  # comparison: it is another plan
    DROP = "ver:drop"  # comparison: forget the file
    UNDO = "ver:undo"  # plan, version: ask whether to take it back
    UNDO_NOW = "ver:undonow"  # plan, version


def pair_data(press: VersionPress, first: int, second: int) -> str:
    """Return the data of a button that names two things by their numbers."""
    return f"{press}:{first}:{second}"


def key_data(press: VersionPress, key: VersionKey, place: int = 0) -> str:
    """Return the data of a button under a comparison."""
    return f"{press}:{key.version_id}:{place}:{number_word(key.stamp)}"


def version_pattern(press: VersionPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}(?::[0-9]{{1,12}}){{2}}(?::[0-9a-z]{{1,12}})?\Z")


def pair_of(update: Update) -> tuple[int, int]:
    """Return the two numbers that a pressed button names."""
    assert update.callback_query is not None  # a button was pressed
    first, second = (update.callback_query.data or "").split(":")[2:4]
    return int(first), int(second)


def key_of(update: Update) -> tuple[VersionKey, int]:
    """Return the comparison that a pressed button names, and the place in it."""
    assert update.callback_query is not None  # a button was pressed
    version_id, place, *stamp = (update.callback_query.data or "").split(":")[2:]
    return VersionKey(int(version_id), number_of(stamp[0]) if stamp else 0), int(place)
