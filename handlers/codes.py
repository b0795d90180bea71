"""Codes of items, as people type them."""

import re

from bot.domain.problem import N_

WHICH_PLAN = N_("Several plans have an item {code}. Which one?")
_CODE = re.compile(r"[ivxlc0-9]+(\.[0-9]+[a-zđ]?)+\.?|[ivxlc]+\.|[0-9]+\.?", re.IGNORECASE)


def looks_like_code(words: str) -> bool:
    """Tell whether words name an item and not a unit: "III.5", "2.1", "7"."""
    return _CODE.fullmatch(words.strip()) is not None


def code_of(word: str) -> str:
    """Return an item's code as plans write it: "iii.5." is III.5."""
    return word.strip().strip(".").upper()
