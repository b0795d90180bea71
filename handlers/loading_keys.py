"""How the buttons under a draft name it."""

from telegram import Update

from bot.services.loading import DraftKey
from handlers.callbacks import number_of, number_word, words_of


def draft_words(key: DraftKey) -> tuple[str, str]:
    """Return what names a draft in a button's data."""
    return str(key.plan_id), number_word(key.stamp)


def draft_of(update: Update) -> tuple[DraftKey, list[str]]:
    """Return the draft that a pressed button names, and what else it names."""
    assert update.callback_query is not None  # a button was pressed
    plan_id, stamp, *rest = words_of(update.callback_query.data or "")
    return DraftKey(int(plan_id) if plan_id.isdecimal() else 0, number_of(stamp)), rest
