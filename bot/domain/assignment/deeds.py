"""Say what a clause gives its units to do: lead, work, follow up, report, cooperate."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.assignment import phrases
from bot.domain.assignment.clauses import Clause
from bot.domain.assignment.names import read_mentions
from bot.domain.plan import UnitRef
from bot.domain.units.phrases import HEADS, OTHER_BODY
from bot.domain.units.registry import UnitRegistry
from bot.domain.units.text import bare


class Deed(StrEnum):
    """What the units of one clause do."""

    LEADS = "leads"  # "chủ trì"
    LEADS_REPORT = "leads_report"  # "chủ trì tham mưu báo cáo": leads where nobody else works
    WORKS = "works"  # work of their own
    FOLLOWS = "follows"  # follow up, urge, check, collect
    REPORTS = "reports"  # report or submit to someone outside the office
    REPORTS_OPENLY = "reports_openly"  # report, and it is not said to whom
    REPORTS_INSIDE = "reports_inside"  # only for another unit of the office
    COOPERATES = "cooperates"
    WITH = "with"  # "phối hợp với X" and nothing else
    NAMED = "named"  # named without a word on what they do
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Act:
    """A clause understood: who does what, with whom; `urged` are those told to work."""

    clause: Clause
    units: tuple[UnitRef, ...]
    deed: Deed
    partners: tuple[UnitRef, ...] = ()
    urged: tuple[UnitRef, ...] = ()


def _starts(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?![^\W_])", re.I)


ADVERBS = re.compile(rf"(?:{phrases.ADVERBS})(?![^\W_])[\s,]*", re.I)
LEADS = _starts(phrases.LEADS)
COOPERATES = _starts(phrases.COOPERATES)
COOPERATION = re.compile(rf"(?:{phrases.COOPERATES})(?:{phrases.WITH})", re.I)
TOGETHER = re.compile(r"\b(?:với|cùng|và)\b(?!\s+phối hợp)", re.I)
FOLLOWS = _starts(phrases.FOLLOWS)
SETTLES = _starts(phrases.SETTLES)
REPORTS = _starts(phrases.REPORTS)
CORRECTS = _starts(phrases.CORRECTS)
PREPARES = _starts(phrases.PREPARES)
OWN_WORK = _starts(phrases.OWN_WORK)
SENDS_TO = re.compile(rf"\b{phrases.SENDS_TO}", re.I)
RECEIVER = re.compile(phrases.RECEIVER, re.I)
URGED = re.compile(phrases.URGED, re.I)
URGED_WORK = _starts(phrases.URGED_WORK)
ROLES = {"chủ trì": Deed.LEADS, "đầu mối": Deed.LEADS, "phối hợp": Deed.COOPERATES} | {
    "tham gia": Deed.COOPERATES,
    "hỗ trợ": Deed.COOPERATES,
    "theo dõi": Deed.FOLLOWS,
    "đôn đốc": Deed.FOLLOWS,
    "giám sát": Deed.FOLLOWS,
    "kiểm tra": Deed.FOLLOWS,
    "tổng hợp": Deed.FOLLOWS,
}


def read_act(clause: Clause, before: Act | None, registry: UnitRegistry) -> Act:
    """Return what `clause` says; `before` is the act just before it in the cell."""
    units = tuple(dict.fromkeys(mention.unit for mention in clause.subject))
    text = clause.predicate
    if clause.label:
        role = next((deed for word, deed in ROLES.items() if clause.label.startswith(word)), None)
        return Act(clause, units, role or Deed.WORKS, _partners(text, registry))
    at = _skip_adverbs(text)
    deed = _deed(text, at, clause, before, registry)
    if deed is Deed.FOLLOWS:
        return Act(clause, units, deed, _partners(text, registry), _urged(text, at, registry))
    return Act(clause, units, deed, _partners(text, registry))


def read_partners_lead(act: Act, registry: UnitRegistry) -> tuple[tuple[UnitRef, ...], bool]:
    """Return the partners of a clause that are said to lead, and whether that is plain.

    "các phòng phối hợp Văn phòng chủ trì" is; after "phối hợp với X" either side may be meant.
    """
    text = act.clause.predicate
    found = COOPERATION.match(text, _skip_adverbs(text))
    if not found or act.clause.label:
        return (), True
    partners = read_mentions(text, found.end(), registry)
    if not partners.items or not LEADS.match(
        text, _skip_adverbs(text[partners.end :]) + partners.end
    ):
        return (), True
    return partners.units, not TOGETHER.search(found.group())


def _skip_adverbs(text: str) -> int:
    """Return where the first word of the deed stands."""
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip(" :,-–(\xa0\t"))
        found = ADVERBS.match(text, at)
        if not found:
            return at
        at = found.end()


def _deed(text: str, at: int, clause: Clause, before: Act | None, registry: UnitRegistry) -> Deed:
    """Return the deed whose words begin at `at`."""
    if not text[at:].strip(" .:;,()"):
        return Deed.NOTHING if clause.inherited else Deed.NAMED
    if found := LEADS.match(text, at):
        return _leading(text, found.end())
    if found := COOPERATION.match(text, at):
        mentions = read_mentions(text, found.end(), registry)
        if not mentions.items:
            return Deed.COOPERATES
        after = _skip_adverbs(text[mentions.end :]) + mentions.end
        return _work(text, after, registry) or Deed.WITH
    if COOPERATES.match(text, at):
        return Deed.COOPERATES
    followed = before and before.deed is Deed.FOLLOWS and before.clause.bullet == clause.bullet
    if followed and clause.inherited and CORRECTS.match(text, at):
        return Deed.FOLLOWS
    return _work(text, at, registry) or (Deed.NOTHING if clause.inherited else Deed.WORKS)


def _leading(text: str, at: int) -> Deed:
    """Return the deed of "chủ trì" by the word right after it."""
    following = text[at:].lstrip(" ")
    if SETTLES.match(following):
        return Deed.LEADS
    if FOLLOWS.match(following):
        return Deed.FOLLOWS
    return Deed.LEADS_REPORT if REPORTS.match(following) else Deed.LEADS


def _work(text: str, at: int, registry: UnitRegistry) -> Deed | None:
    """Return the deed of a verb other than leading and cooperating; None for no known verb."""
    if SETTLES.match(text, at):
        return Deed.WORKS
    if FOLLOWS.match(text, at):
        return Deed.FOLLOWS
    inside = _goes_inside(text, at, registry)
    if inside and PREPARES.match(text, at):
        return Deed.REPORTS_INSIDE
    if REPORTS.match(text, at):
        if inside:
            return Deed.REPORTS_INSIDE
        return Deed.REPORTS if _names_anybody(text, at, registry) else Deed.REPORTS_OPENLY
    return Deed.WORKS if OWN_WORK.match(text, at) else None


def _goes_inside(text: str, at: int, registry: UnitRegistry) -> bool:
    """Tell whether the result is sent to another unit of the office."""
    for found in SENDS_TO.finditer(text, at):
        for mention in read_mentions(text, found.end(), registry).items[:1]:
            if mention.unit.certain or (not registry.units and _is_inner(mention.unit)):
                return True
    return False


def _names_anybody(text: str, at: int, registry: UnitRegistry) -> bool:
    """Tell whether a report names any receiver: "báo cáo Giám đốc", "gửi Sở Nội vụ"."""
    return any(
        read_mentions(text, found.end(), registry).items or RECEIVER.match(text, found.end())
        for found in SENDS_TO.finditer(text, at)
    )


def _is_inner(unit: UnitRef) -> bool:
    """Tell whether a name, where no unit is registered, is one of the office's own units."""
    name = bare(unit.name)
    other = any(f" {body}" in f"{name} " for body in OTHER_BODY if body != "bo")
    return not unit.collective and name.startswith(HEADS) and not other


def _partners(text: str, registry: UnitRegistry) -> tuple[UnitRef, ...]:
    """Return the units after "phối hợp với", wherever it stands in a predicate."""
    found: list[UnitRef] = []
    for cooperation in COOPERATION.finditer(text):
        found += read_mentions(text, cooperation.end(), registry).units
    return tuple(dict.fromkeys(found))


def _urged(text: str, at: int, registry: UnitRegistry) -> tuple[UnitRef, ...]:
    """Return those whom a follow-up urges to work: "đôn đốc các đơn vị … triển khai"."""
    verbs = URGED.match(text, at)
    if not verbs:
        return ()
    mentions = read_mentions(text, verbs.end(), registry)
    works = URGED_WORK.match(text[mentions.end :].lstrip()) if mentions.items else None
    return mentions.units if works else ()
