"""Marks of secrecy in what people send: refused, or asked about where it is not certain."""

from bot.domain.errors import BearsSecretMark
from bot.domain.evidence import (
    bears_secret_mark,
    may_bear_secret_mark,
    name_bears_secret_mark,
)
from bot.services.progress import IS_SECRET


def check_words(text: str, name: str = "") -> bool:
    """Return whether a text or a file's name may bear a mark of secrecy, so that it is asked.

    Raises:
        BearsSecretMark: it does bear one; nothing of it may be kept.
    """
    if bears_secret_mark(text) or name_bears_secret_mark(name):
        raise BearsSecretMark(IS_SECRET)
    return may_bear_secret_mark(text) or may_bear_secret_mark(name)
