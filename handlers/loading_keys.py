"""How the buttons under a draft name it."""

from telegram import Update

from bot.services.loading import DraftKey
from handlers.callbacks import number_of, number_word, words_of

LONGEST_PLAN = 18  # digits that a 64-bit id can have


def draft_words(key: DraftKey) -> tuple[str, str]:
    """Return what names a draft in a button's data."""
    return str(key.plan_id), number_word(key.stamp)


def draft_of(update: Update) -> tuple[DraftKey, list[str]]:
    """Return the draft that a pressed button names, and what else it names."""
    assert update.callback_query is not None  # a button was pressed
    plan_id, stamp, *rest = words_of(update.callback_query.data or "")
    known = plan_id.isdecimal() and len(plan_id) <= LONGEST_PLAN
    return DraftKey(int(plan_id) if known else 0, number_of(stamp)), rest
