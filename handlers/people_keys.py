"""The buttons about people, chats, units and languages: `who:verb:word:number`."""

import re
from enum import StrEnum

from telegram import Update


class PeoplePress(StrEnum):
    """Every button of /moi, /thanh_vien, /du_lieu_cua_toi and /ngon_ngu."""

    INVITE = "who:ask"  # role or purpose, 0: choose the unit where it needs one
    INVITE_TO = "who:code"  # role or purpose, unit: make the code
    PAGE = "who:page"  # "people" or "chats", page
    PERSON = "who:person"  # -, person: the roles, each with a button
    END = "who:end"  # -, role held: ask
    END_NOW = "who:endnow"  # -, role held
    DIRECTOR = "who:director"  # -, leader's role held: is Giám đốc, or is no more
    UNBIND = "who:unbind"  # -, binding: ask
    UNBIND_NOW = "who:unbindnow"  # -, binding
    ERASE = "who:erase"  # -, person: ask
    ERASE_NOW = "who:erasenow"  # -, person
    GIVE = "who:give"  # -, person: a further role
    CODES = "who:codes"  # -, page
    REVOKE = "who:revoke"  # -, open code: ask
    REVOKE_NOW = "who:revokenow"  # -, open code
    TONGUE = "who:tongue"  # language, 0


class UnitPress(StrEnum):
    """The buttons of /don_vi."""

    LIST = "unit:list"  # -, page
    PAGE = "unit:page"  # -, unit
    CHANGE = "unit:change"  # what, unit (0: a new one)


def people_data(press: PeoplePress | UnitPress, number: int = 0, word: str = "-") -> str:
    """Return a button's data."""
    return f"{press}:{word}:{number}"


def people_pattern(press: PeoplePress | UnitPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:[a-z-]{{1,16}}:[0-9]{{1,18}}\Z")


def people_pressed(update: Update) -> tuple[str, int]:
    """Return the word and the number that a pressed button names."""
    assert update.callback_query is not None  # a button was pressed
    word, number = (update.callback_query.data or "").split(":")[2:4]
    return word, int(number)
