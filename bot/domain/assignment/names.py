"""Find the units that stand at one place of a text: registered ones, collectives, other names."""

import re
from dataclasses import dataclass

from bot.domain.assignment import phrases
from bot.domain.plan import UnitRef
from bot.domain.units.registry import UnitRegistry
from bot.domain.units.text import unglue

COLLECTIVE = re.compile(phrases.COLLECTIVE, re.I)
HEAD_OF_UNIT = re.compile(phrases.HEAD_OF_UNIT, re.I)
LIST_HEAD = re.compile(rf"{phrases.LIST_HEAD}\s*(:?)\s*", re.I)
NAME_HEAD = re.compile(
    rf"(?:(?i:{phrases.NAME_HEADS})|(?:{phrases.CAPITAL_HEADS}))(?![^\W_])", re.UNICODE
)
NO_NAME = re.compile(phrases.NO_NAMES, re.I)
VERB = re.compile(
    rf"(?:{phrases.LEADS}|{phrases.COOPERATES}|{phrases.ADVERBS}|{phrases.FOLLOWS}"
    rf"|{phrases.REPORTS}|{phrases.OWN_WORK})(?![^\W_])",
    re.I,
)
LABEL = re.compile(phrases.LABEL, re.I)
OF_MANY = re.compile(phrases.OF_MANY, re.I)
STOP = re.compile(rf"(?:{phrases.NAME_STOPS})(?![^\W_])", re.I)
# Between two units; a semicolon only where more units follow.
SEPARATOR = re.compile(r"\s*(?:[,;/+]|\s&\s|\bvà\b|\bcùng với\b|\bcùng\b)\s*(?:và\s+)?", re.I)
NAME_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
BRACKETS = re.compile(r"\s*\(([^()\n]*)\)")
# "Lao động, Thương binh và Xã hội": commas inside one name, closed by "và".
INNER_COMMA = re.compile(r",\s+(?-i:[A-ZĐÔƯÂÊ])[^\W\d_]*(?:\s+[^\W\d_]+){0,3}\s+và\s+(?-i:[A-ZĐ])")
INITIALS = re.compile(
    r"(?:[A-ZĐ]{2,}[a-zà-ỹ]{1,4}(?:\s+Sở)?|[A-ZĐ]{2,}\d?(?:\s?[-–&]\s?[A-ZĐ]{2,})*|[A-ZĐ])(?=\s*(?:[,;.\n]|$))"
)
# "Phòng Công chứng số 1, 2 và 3".
NUMBERED = re.compile(r"\bsố\s+\d{1,2}$", re.I)
NEXT_NUMBER = re.compile(
    r"\s*(?:,|và)\s*(?:số\s+)?(?P<number>\d{1,2})(?=\s*(?:[,;.)\n]|$|và\b)|\s+(?P<word>\S))", re.I
)
NOT_A_REMARK = re.compile(rf"{phrases.NOTE}|{phrases.ROLE_IN_BRACKETS}", re.I)
LONG_HEAD = re.compile(rf"{phrases.LONG_HEADS}(?![^\W_])")
LONG_STOP = re.compile(rf"(?:{phrases.LONG_NAME_STOPS})(?![^\W_])", re.I)
TAIL_WORD = re.compile(rf"\s+(?:(?:{phrases.TAIL_WORDS})(?![^\W_])|[A-ZĐÔƯ][a-zà-ỹ]+(?![^\W_]))")
MAX_TAIL_WORDS = 6
MAX_NAME_WORDS = 18
MAX_UNITS = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit at a place of the text; `below` where it only announces a list ("dưới đây")."""

    unit: UnitRef
    start: int
    end: int
    below: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """Units in a row, in the order written; `end` is where the last of them ends."""

    items: tuple[Mention, ...]
    end: int

    @property
    def units(self) -> tuple[UnitRef, ...]:
        """The units, each once."""
        return tuple(dict.fromkeys(mention.unit for mention in self.items))


def read_mentions(
    text: str, start: int, registry: UnitRegistry, *, announced: bool = False
) -> Mentions:
    """Return the units that begin at `start`; empty where none does.

    Where units are `announced` ("Phối hợp: …"), unknown initials may stand first.
    """
    at = start
    listed = False
    if head := _list_head(text, start, registry):
        at, listed = head, True
    found: list[Mention] = []
    end = start
    while len(found) < MAX_UNITS:
        more = _read_one(text, at, registry, listed=listed)
        if not more and (found or announced):
            more = _read_initials(text, at, registry)
        if not more:
            break
        more += _numbered(text, more[-1], registry)
        found.extend(more)
        end = _after_brackets(text, more[-1].end)
        separator = SEPARATOR.match(text, end)
        if not separator:
            break
        if ";" in separator.group() and _begins_cooperation(text, separator.end(), registry):
            break
        at = separator.end()
        if head := _list_head(text, at, registry):
            at, listed = head, True
    return Mentions(tuple(found), end)


def _list_head(text: str, at: int, registry: UnitRegistry) -> int | None:
    """Return where the names after "các phòng:" begin; None where no names follow."""
    head = LIST_HEAD.match(text, at)
    if not head:
        return None
    after = head.end()
    if registry.match(text, after, listed=True):
        return after
    if head[1]:
        return after if NAME_HEAD.match(text, after) or _capital(text, after) else None
    word = NAME_WORD.match(text, after)
    return after if word and word.group().isupper() and len(word.group()) >= 3 else None


def _capital(text: str, at: int) -> bool:
    """Tell whether a name without a head may begin here: a capital, and no verb."""
    return text[at : at + 1].isupper() and not VERB.match(text, at)


def _read_one(text: str, at: int, registry: UnitRegistry, *, listed: bool) -> list[Mention]:
    """Return the unit at `at`, or the units that its brackets name instead of a collective."""
    if match := registry.match(text, at, listed=listed):
        return [Mention(UnitRef(match.unit.name, certain=True), at, match.end)]
    if (head := HEAD_OF_UNIT.match(text, at)) and (match := registry.match(text, head.end())):
        return [Mention(UnitRef(match.unit.name, certain=True), at, match.end)]
    if found := COLLECTIVE.match(text, at):
        if inside := _named_in_brackets(text, found.end(), registry):
            return inside
        end = _tail_end(text, found.end())
        name = " ".join(text[at:end].split())
        below = re.search(phrases.NAMED_BELOW, name, re.I) is not None
        return [Mention(UnitRef(name, collective=True), at, end, below)]
    if NO_NAME.match(text, at) or not (
        NAME_HEAD.match(text, at) or (listed and _capital(text, at))
    ):
        return []
    end = _name_end(text, at)
    many = OF_MANY.match(text, end)
    if many:
        name = " ".join(text[at : many.end()].split())
        return [Mention(UnitRef(name, collective=True), at, many.end())]
    name = " ".join(unglue(text[at:end]).split())
    return [Mention(registry.as_written(name), at, end)] if _is_name(name) else []


def _is_name(name: str) -> bool:
    """Tell whether words that begin like a name have anything proper to them."""
    head = NAME_HEAD.match(name)
    rest = name[head.end() :] if head else name
    return bool(re.search(r"[A-ZĐÀ-Ỹ\d]", rest)) or bool(re.match(phrases.NAMES_ALONE, name, re.I))


def _read_initials(text: str, at: int, registry: UnitRegistry) -> list[Mention]:
    """Return unknown initials in a row of units ("Văn phòng, QLXL"); they are never dropped."""
    word = INITIALS.match(text, at)
    return [Mention(registry.as_written(word.group()), at, word.end())] if word else []


def _numbered(text: str, first: Mention, registry: UnitRegistry) -> list[Mention]:
    """Return the units that only their numbers name: "Phòng Công chứng số 1, 2, 3"."""
    written = text[first.start : first.end]
    if not NUMBERED.search(written):
        return []
    stem = written.rstrip("0123456789")
    found: list[Mention] = []
    end = first.end
    while more := NEXT_NUMBER.match(text, end):
        if more["word"] and not VERB.match(text, more.start("word")):
            break
        start, end = more.span("number")
        found.append(Mention(registry.find(f"{stem}{more['number']}"), start, end))
    return found


def _named_in_brackets(text: str, at: int, registry: UnitRegistry) -> list[Mention]:
    """Return the registered units of "các Phòng (HCTP, PBGDPL)"; empty for other brackets."""
    brackets = BRACKETS.match(text, at)
    if not brackets or not registry.match(text, brackets.start(1), listed=True):
        return []
    inner = text[: brackets.end(1)]
    named: list[Mention] = []
    start = brackets.start(1)
    while one := _read_one(inner, start, registry, listed=True):
        named.extend(one)
        separator = SEPARATOR.match(inner, one[-1].end)
        if not separator:
            break
        start = separator.end()
    if not named:
        return []
    last = named[-1]
    return [*named[:-1], Mention(last.unit, last.start, brackets.end())]


def _after_brackets(text: str, end: int) -> int:
    """Return the place after a remark in brackets: "Văn phòng (bộ phận Kế toán)"."""
    brackets = BRACKETS.match(text, end)
    if not brackets or NOT_A_REMARK.match(brackets.group().strip()):
        return end
    return brackets.end()


def _name_end(text: str, start: int) -> int:
    """Return where a name that is not registered ends: at a verb, a stop word or punctuation."""
    head = NAME_HEAD.match(text, start)
    at = head.end() if head else start
    long = LONG_HEAD.match(text, start) is not None
    for _ in range(MAX_NAME_WORDS):
        gap = re.compile(r"[ \xa0]*(?:[-–—&]\s*)?(?:và\s+)?").match(text, at)
        begin = gap.end() if gap else at
        word = NAME_WORD.match(text, begin)
        if not word:
            break
        joined_by_and = gap is not None and "và" in gap.group()
        if joined_by_and and not _continues(text, begin):
            break
        if _is_stop(text, begin, long=long):
            break
        at = word.end()
        if (comma := INNER_COMMA.match(text, at)) and _inside_name(text, at):
            at = comma.end() - 1
    return at


def _is_stop(text: str, at: int, *, long: bool) -> bool:
    """Tell whether the word at `at` ends a name; a capital or a digit never does."""
    if text[at].isupper() or text[at].isdigit():
        return LABEL.match(text, at) is not None
    if long:
        return LONG_STOP.match(text, at) is not None
    return VERB.match(text, at) is not None or STOP.match(text, at) is not None


def _tail_end(text: str, at: int) -> int:
    """Return where a collective ends that goes on: "các tổ chức hành nghề công chứng"."""
    if not TAIL_WORD.match(text, at) or VERB.match(text, at + 1):
        return at
    end = at
    for _ in range(MAX_TAIL_WORDS):
        word = re.compile(r"\s+([^\W_]+)").match(text, end)
        first = end == at
        if not word or (not first and _is_stop(text, word.start(1), long=False)):
            break
        end = word.end()
    return end


def _continues(text: str, at: int) -> bool:
    """Tell whether "và" goes on with the same name: a capital that begins no unit of its own."""
    return text[at].isupper() and not NAME_HEAD.match(text, at)


def _inside_name(text: str, comma: int) -> bool:
    """Tell whether the words after a comma belong to the name before it."""
    after = re.compile(r",\s+").match(text, comma)
    return (
        after is not None and _continues(text, after.end()) and not VERB.match(text, after.end())
    )


def _begins_cooperation(text: str, at: int, registry: UnitRegistry) -> bool:
    """Tell whether the unit after a semicolon begins its own clause: "…; các phòng phối hợp"."""
    one = _read_one(text, at, registry, listed=False)
    if not one:
        return False
    rest = text[one[-1].end :].lstrip()
    return re.match(phrases.COOPERATES, rest, re.I) is not None
