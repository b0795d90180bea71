"""Collective terms ("các Phòng, Trung tâm") become member units by the groups of the unit list."""

import re
from collections.abc import Sequence

from bot.domain.plan import Unit
from bot.domain.vietnamese import fold

# Groups as the unit list writes them, folded.
OFFICE_GROUP = "van phong"
DIVISIONS = "phong chuyen mon"
PUBLIC_SERVICE = "don vi su nghiep"

# Who these are is asked at activation, never guessed.
_ASKED = re.compile(r"duoc giao|lien quan|duoc phan cong|co lien quan")
_EVERY = re.compile(r"thuoc,? (?:va )?truc thuoc|phong,? (?:va )?(?:cac )?(?:trung tam|don vi)")
_PUBLIC = re.compile(r"su nghiep|truc thuoc")
_DIVISIONS = re.compile(r"\bphong\b")
_ANY_UNIT = re.compile(r"\bdon vi\b")


def is_office(unit: Unit) -> bool:
    """Tell whether a unit is Văn phòng, whatever its name: its group says so."""
    return fold(unit.group) == OFFICE_GROUP


def members(
    written: str, units: Sequence[Unit], named_beside: Sequence[str]
) -> tuple[Unit, ...] | None:
    """Return the units that a collective term means, in the order of the list.

    Văn phòng belongs to the units as a whole unless it is among `named_beside` (registered names
    in the same assignment). None means that a person must say ("các đơn vị liên quan",
    "đơn vị được giao", or a group that no unit has).
    """
    words = fold(written)
    if _ASKED.search(words):
        return None
    if _EVERY.search(words):
        found = [unit for unit in units if not (is_office(unit) and unit.name in named_beside)]
    elif _PUBLIC.search(words):
        found = [unit for unit in units if fold(unit.group) == PUBLIC_SERVICE]
    elif _DIVISIONS.search(words):
        found = [unit for unit in units if fold(unit.group) == DIVISIONS]
    elif _ANY_UNIT.search(words):
        found = [unit for unit in units if not (is_office(unit) and unit.name in named_beside)]
    else:
        return None
    return tuple(found) or None
