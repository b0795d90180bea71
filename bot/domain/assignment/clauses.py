"""Split an assignment cell into clauses, each with the units that are its subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.assignment import phrases
from bot.domain.assignment.names import VERB, Mention, Mentions, read_mentions
from bot.domain.units.registry import UnitRegistry

GIVES = re.compile(phrases.GIVES, re.I)
WITH_UNITS = re.compile(rf"(?:{phrases.COOPERATES}){phrases.WITH}", re.I)
LABEL = re.compile(phrases.LABEL, re.I)
OPEN_LABEL = re.compile(phrases.OPEN_LABEL, re.I)
REQUESTS = re.compile(phrases.REQUESTS, re.I)
ASKS = re.compile(phrases.ASKS, re.I)
LEAD_IN = re.compile(phrases.LEAD_IN, re.I)
TIME_LEAD_IN = re.compile(phrases.TIME_LEAD_IN, re.I)
NO_SUBJECT = re.compile(phrases.NO_SUBJECT, re.I)
MARK = re.compile(r"(?:[-+•*]|\d+[.)]|[a-zđ]\))\s+|(?:[-•])(?=[^\W\d_])", re.I)
ABBREVIATED = re.compile(r"(?:\b(?:P|TP|TT|TX|Q|H|v\.v|ThS|TS)|\d)$")
# "các đơn vị, cá nhân được giao …": the end of a list of objects, no new subject.
SINGULAR = re.compile(r"(?:đơn vị|cơ quan|phòng|bộ phận|tổ chức|cá nhân)\s", re.I)
COLON = re.compile(r"\s*:\s*")
DASH = re.compile(r"\s[-–—]\s")
ROLE = re.compile(rf"\s*{phrases.ROLE_IN_BRACKETS}[^()]*\)\s*", re.I)
LEAD_IN_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a cell: `subject` does `predicate`.

    `start` and `end` are its place in the cell, `sentence` the words it stands in. `bullet` counts
    the cell's paragraphs. `inherited` subjects come from the clause before. `label` is the role
    announced before a colon ("chủ trì").
    """

    subject: tuple[Mention, ...]
    predicate: str
    start: int
    end: int
    sentence: str
    bullet: int
    inherited: bool = False
    label: str = ""


def split_clauses(text: str, registry: UnitRegistry) -> list[Clause]:
    """Return the clauses of a cell in order; a clause without units takes those before it."""
    clauses: list[Clause] = []
    subject: tuple[Mention, ...] = ()
    bullet = -1
    for start, end in _lines(text):
        mark = MARK.match(text, start)
        at = mark.end() if mark and mark.end() <= end else start
        bullet += not (mark and text[start] == "+")
        while at < end:
            same = bool(clauses) and clauses[-1].bullet == bullet
            clause, at = _next_clause(text[:end], at, registry, subject, bullet, same_bullet=same)
            if clause:
                clauses.append(clause)
                subject = clause.subject or subject
    return clauses


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each line that holds anything."""
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        yield start, line.end()


def _next_clause(
    line: str,
    begin: int,
    registry: UnitRegistry,
    before: tuple[Mention, ...],
    bullet: int,
    *,
    same_bullet: bool,
) -> tuple[Clause | None, int]:
    """Return the clause that begins at `begin` and the place after it."""
    label = _label(line, begin, registry)
    at, subject = _find_subject(line, label.end() if label else begin, registry)
    if label and not subject:
        mentions = read_mentions(line, label.end(), registry, announced=True)
        at, subject = mentions.end, mentions.items
    if not subject or (same_bullet and REQUESTS.match(line, begin)):
        at, subject = begin, ()
    stop, after = _clause_end(line, at, registry)
    sentence = line[begin:stop].strip()
    if not sentence.strip(" .;,:-"):
        return None, after
    clause = Clause(
        subject or before,
        line[at:stop],
        begin,
        stop,
        sentence,
        bullet,
        inherited=not subject,
        label=label["role"].lower() if label and subject else "",
    )
    return clause, after


def _label(line: str, at: int, registry: UnitRegistry) -> re.Match[str] | None:
    """Return the role announced before units: "Chủ trì: …", "Chủ trì Văn phòng"."""
    if label := LABEL.match(line, at):
        return label
    label = OPEN_LABEL.match(line, at)
    return label if label and read_mentions(line, label.end(), registry).items else None


def _find_subject(line: str, at: int, registry: UnitRegistry) -> tuple[int, tuple[Mention, ...]]:
    """Return the place after a sentence's subject, and the units it names."""
    places = [at]
    places += [
        found.end() for pattern in (ASKS, TIME_LEAD_IN) if (found := pattern.match(line, at))
    ]
    for place in places:
        mentions = read_mentions(line, place, registry)
        if mentions.items and (given := GIVES.match(line, mentions.end)):
            told = read_mentions(line, given.end(), registry)
            mentions = told if told.items else mentions
        if mentions.items:
            return _after_colon(line, mentions, registry)
    if LEAD_IN.match(line, at):
        for comma in re.finditer(r",\s*", line[: at + LEAD_IN_LENGTH]):
            if comma.start() < at:
                continue
            asked = ASKS.match(line, comma.end())
            mentions = read_mentions(line, asked.end() if asked else comma.end(), registry)
            if mentions.items and _has_predicate(line, mentions.end):
                return mentions.end, mentions.items
    return at, ()


def _after_colon(
    line: str, mentions: Mentions, registry: UnitRegistry
) -> tuple[int, tuple[Mention, ...]]:
    """Return the subject; where a colon and names follow a collective or a body, just those."""
    colon = COLON.match(line, mentions.end)
    if colon and not any(mention.unit.certain for mention in mentions.items):
        named = read_mentions(line, colon.end(), registry)
        if named.items:
            return named.end, named.items
    return mentions.end, mentions.items


def _has_predicate(line: str, at: int) -> bool:
    """Tell whether units ending at `at` are followed by what they do."""
    return VERB.match(line[at:].lstrip(" :,(")) is not None


def _clause_end(line: str, at: int, registry: UnitRegistry) -> tuple[int, int]:
    """Return the end of a clause and the start of the next, outside brackets.

    It ends at a semicolon, at a full stop before a capital, or at a comma before other units that
    do something.
    """
    depth = 0
    skip = at
    for place in range(at, len(line)):
        if place < skip:
            continue
        if found := WITH_UNITS.match(line, place):
            skip = read_mentions(line, found.end(), registry).end
        char = line[place]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        if place > at and _is_inner_label(line, place):
            return place, place
        if DASH.match(line, place) and _new_subject(line, place + 3, registry):
            return place, place + 3
        if char not in ";.," or (depth and _closes(line, place)):
            continue
        if char == ";":
            return place, _skip(line, place + 1)
        if char == "." and _is_full_stop(line, place):
            return place, _skip(line, place + 1)
        if char != "," or place == at:
            continue
        following = _skip(line, place + 1)
        if ROLE.fullmatch(line, at, place) and read_mentions(line, following, registry).items:
            return place, following
        if _new_subject(line, following, registry):
            return place, following
    return len(line), len(line)


def _is_inner_label(line: str, place: int) -> bool:
    """Tell whether another role is announced in the line: "Chủ trì: X Phối hợp: Y"."""
    begins = line[place].isupper() and line[place - 1].isspace()
    return begins and LABEL.match(line, place) is not None


def _closes(line: str, place: int) -> bool:
    """Tell whether the bracket that is open at `place` is closed later in the line."""
    return ")" in line[place:]


def _skip(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t,;.":
        at += 1
    return at


def _is_full_stop(line: str, place: int) -> bool:
    """Tell whether the point at `place` ends a sentence."""
    rest = line[place + 1 :]
    if rest and not rest[0].isspace():
        return False
    following = rest.lstrip()
    if ABBREVIATED.search(line[max(0, place - 4) : place]) and following[:1].islower():
        return False
    return not following or following[0].isupper() or following[0] in "(-+"


def _new_subject(line: str, at: int, registry: UnitRegistry) -> bool:
    """Tell whether units with a deed of their own begin after a comma."""
    if at >= len(line) or line[at].isdigit():
        return False
    mentions = read_mentions(line, at, registry)
    # "…, bổ trợ tư pháp": a field of work that a unit is named after.
    named = line[at].isupper() or SINGULAR.match(line, at) is not None
    single = (m.unit for m in mentions.items if SINGULAR.match(m.unit.name))
    if any(unit.collective or not named for unit in single):
        return False
    return bool(mentions.items) and _has_predicate(line, mentions.end)
