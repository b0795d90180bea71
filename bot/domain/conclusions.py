"""The conclusions of a meeting, line by line: what is to be done, by whom, until when. Pure.

A line is split from the right: date, units, title; "phối hợp" begins the units that cooperate, as
in /giao and /them. Nothing is guessed: what cannot be read stays as written, to be shown and asked
about.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain import conclusions_phrases as phrases
from bot.domain.change_phrases import COOPERATE
from bot.domain.deadline import DateDeadline
from bot.domain.plan import UnitRef
from bot.domain.units.registry import UnitRegistry

MOST_LINES = 30
LONGEST_TITLE = 500
ReadDate = Callable[[str], DateDeadline | None]

_BETWEEN = re.compile(r"\s+[-–—]+\s+|\s*[;\t]\s*")
_BULLET = re.compile(r"^\s*(?:[-–—•*+]+|\d{1,2}[.)](?!\d))\s*")
_COMMA = re.compile(r"\s*[,+&]\s*")
# What was meant as a date, whether or not it is one: "31/6", "ngày 31 tháng 6".
_DATE_LIKE = re.compile(phrases.DATE_LIKE, re.IGNORECASE)
_AND = re.compile(rf"\s+{phrases.AND}\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One line as it was read.

    `units` lead, `cooperating` help; they are certain or as written, with a suggestion.
    `unread_due` is what stands where the date should, when it is none.
    """

    title: str
    units: tuple[UnitRef, ...] = ()
    due: DateDeadline | None = None
    unread_due: str = ""
    cooperating: tuple[UnitRef, ...] = ()

    @property
    def unknown(self) -> tuple[UnitRef, ...]:
        """The units that are none of the office's."""
        return tuple(unit for unit in (*self.units, *self.cooperating) if not unit.certain)

    @property
    def readable(self) -> bool:
        """Whether everything that was written is understood; what is missing is not wrong."""
        return bool(self.title) and not self.unknown and not self.unread_due


def read_conclusions(
    text: str, registry: UnitRegistry, read_date: ReadDate
) -> tuple[Conclusion, ...]:
    """Return one conclusion for every line that says something."""
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(read_line(line, registry, read_date) for line in lines if line)


def read_line(line: str, registry: UnitRegistry, read_date: ReadDate) -> Conclusion:
    """Return what a line says; `read_date` reads a date as people type it."""
    pieces = _pieces(line)
    # "HCTP – mai; phối hợp: VB": the date stands before those who cooperate.
    last = [pieces.pop()] if len(pieces) > 2 and COOPERATE.match(pieces[-1]) else []
    found, left = _due_of(pieces, registry, read_date)
    left += last
    leading, helping = _duties(left)
    units, helpers = _units_of(leading, registry), _units_of(helping, registry)
    return replace(
        found,
        title=" – ".join(left).strip(" .;"),
        units=units,
        cooperating=tuple(unit for unit in helpers if unit not in units),
    )


def _duties(left: list[str]) -> tuple[str, str]:
    """Take from a title's pieces what names units; return who leads and who cooperates."""
    if len(left) < 2:
        return "", ""
    said = _unbracketed(left.pop())
    leading, *rest = COOPERATE.split(said, maxsplit=1)
    helping = rest[0] if rest else ""
    if helping and not leading.strip() and len(left) > 1:
        leading = left.pop()  # "HCTP; phối hợp: VB" is two pieces
    return leading, helping


def _unbracketed(said: str) -> str:
    """Return "HCTP (phối hợp: VB)" without its brackets; those of a name stay."""
    bare = said.replace("(", " ").replace(")", " ")
    return bare if "(" in said and COOPERATE.search(bare) else said


def _pieces(line: str) -> list[str]:
    """Return the pieces of a line; those that are empty at its end are not there."""
    pieces = [piece.strip() for piece in _BETWEEN.split(line)]
    while len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    return pieces


def _due_of(
    pieces: list[str], registry: UnitRegistry, read_date: ReadDate
) -> tuple[Conclusion, list[str]]:
    """Return a conclusion that has only its date, and the pieces left."""
    bare = Conclusion("")
    if len(pieces) < 2:
        return bare, pieces
    *others, last = pieces
    said = _without(last, phrases.DUE_LABELS)
    due = read_date(said) if said else None
    if due is not None:
        return replace(bare, due=due), others
    if len(others) < 2:
        labelled = said != last and not _is_none(said)
        meant = labelled or _meant_as_date(last, registry)
        return (replace(bare, unread_due=last), others) if meant else (bare, pieces)
    if _is_none(said):
        return bare, others
    # Date and unit are sometimes told the other way round.
    turned = read_date(_without(others[-1], phrases.DUE_LABELS))
    if turned is not None:
        return replace(bare, due=turned), [*others[:-1], last]
    if _meant_as_date(last, registry) or (
        not _resembles(last, registry) and _resembles(others[-1], registry)
    ):
        return replace(bare, unread_due=last), others
    return bare, pieces


def _meant_as_date(said: str, registry: UnitRegistry) -> bool:
    """Tell whether a piece was meant as a date, though it is none: it begins like one."""
    bare = _without(said, phrases.DUE_LABELS)
    return _DATE_LIKE.match(bare) is not None and not registry.find(said).certain


def _units_of(piece: str, registry: UnitRegistry) -> tuple[UnitRef, ...]:
    """Return the units that a piece names; a name may hold a comma or "và" itself."""
    said = _without(piece, phrases.UNIT_LABELS)
    if not said or _is_none(said):
        return ()
    found = [ref for part in _split(said, _COMMA, registry) for ref in _one(part, registry)]
    return tuple(dict.fromkeys(found))


def _one(said: str, registry: UnitRegistry) -> list[UnitRef]:
    refs = [registry.find(part) for part in _split(said, _AND, registry) if part]
    return refs if all(ref.certain for ref in refs) else [registry.find(said)]


def _split(said: str, between: re.Pattern[str], registry: UnitRegistry) -> list[str]:
    return [said] if registry.find(said).certain else [p for p in between.split(said) if p]


def _resembles(piece: str, registry: UnitRegistry) -> bool:
    """Tell whether a piece stands where units stand: it names one, or nearly so."""
    return any(unit.certain or unit.suggestion for unit in _units_of(piece, registry))


def _is_none(said: str) -> bool:
    return said.casefold().strip(" .") in phrases.NONE


def _without(piece: str, labels: tuple[str, ...]) -> str:
    """Return a piece without a label before it."""
    for label in labels:
        head, rest = piece[: len(label)], piece[len(label) :]
        if head.casefold() == label and rest[:1] in (":", " "):
            return rest.strip(" :")
    return piece
