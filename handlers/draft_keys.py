"""The buttons under a report that is being put together: `rep:verb:draft:place`."""

import re
from enum import StrEnum

from telegram import Update


class ReportPress(StrEnum):
    """Every button of a draft; the second number is a place or 0."""

    TICK = "rep:tick"  # draft, product's place
    EDIT = "rep:edit"  # draft
    READ = "rep:read"  # draft: read it back
    OUT = "rep:out"  # draft, proof's place
    NO_NOTE = "rep:nonote"  # draft
    NO_DAY = "rep:noday"  # draft: a document goes without its date
    PRESSED = "rep:pressed"  # draft, 1: pressed in the province's software, 0: not
    ORDINARY = "rep:plain"  # draft: what looks secret is ordinary
    SECRET = "rep:secret"  # draft: it is secret, drop it
    SEND = "rep:send"  # draft
    PROVE = "rep:prove"  # draft of further proofs, or of a correction
    CANCEL = "rep:cancel"  # draft
    HAND_IN = "rep:handin"  # draft: staff gives it to the head
    GIVE_BACK = "rep:giveback"  # draft: the head gives it back to staff
    GIVE = "rep:give"  # part, person (0: nobody)


def draft_data(press: ReportPress, draft_id: int, place: int = 0) -> str:
    """Return a button's data."""
    return f"{press}:{draft_id}:{place}"


def draft_pattern(press: ReportPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:[0-9]{{1,18}}:[0-9]{{1,9}}\Z")


def draft_pressed(update: Update) -> tuple[int, int]:
    """Return the draft and the place that a pressed button names."""
    assert update.callback_query is not None  # a button was pressed
    draft_id, place = (update.callback_query.data or "").split(":")[2:4]
    return int(draft_id), int(place)
