"""What a person must decide before a plan is activated, one question at a time. Pure."""

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.domain.collectives import members
from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Period
from bot.domain.draft import Draft, DraftItem
from bot.domain.grammar.notes import impossible
from bot.domain.grammar.reader import ReadingContext, read_deadlines
from bot.domain.plan import Unit
from bot.domain.problem import N_, Problem
from bot.domain.reading.prose import TO_CONFIRM
from bot.domain.units.registry import UnitRegistry
from bot.domain.vietnamese import same_words
from bot.domain.work import Duty

# Enough to tell the questions of one plan apart in a button's 64 bytes.
KEY_LENGTH = 8
# Cells whose problems are kept: a plan is gone through question by question.
REMEMBERED = 2048
# What the reader says of an item without a lead: asked by a question of its own.
NO_LEAD = N_("No leading unit could be read; choose one.")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?")


class Topic(StrEnum):
    """What is asked."""

    UNIT = "unit"  # which unit a written name means, for the whole plan
    COLLECTIVE = "collective"  # which units a collective means, for one item
    LEAD = "lead"  # who leads an item
    DEADLINE = "deadline"  # whether a deadline was read right
    NOTE = "note"  # anything else to look at


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide.

    `key` stays the same while the question is open. `item` is None for what concerns the whole
    plan; `written` are the words asked about, `codes` where they stand. `suggestion` is the
    registered unit that a name resembles; `proposals` are readings to choose from.
    """

    topic: Topic
    key: str
    written: str
    codes: tuple[str, ...] = ()
    item: DraftItem | None = None
    problems: tuple[Problem, ...] = ()
    suggestion: str | None = None
    proposals: tuple[Deadline, ...] = ()

    @property
    def takes_a_date(self) -> bool:
        """Whether a date may be typed as the answer."""
        return self.topic is Topic.DEADLINE


def find_questions(draft: Draft, units: Sequence[Unit]) -> list[Question]:
    """Return what is open: names of units first, as they settle most, then item by item."""
    return [
        *_unit_questions(draft, units),
        *(question for item in draft.items for question in _collectives(item, units)),
        *(_lead_question(item) for item in draft.items if not item.named(Duty.LEAD)),
        *(question for item in draft.items for question in _deadline_questions(draft, item)),
        *(question for item in draft.items for question in _notes(draft, item, units)),
        *(_question(Topic.NOTE, p.msgid, str(p.params), problems=(p,)) for p in draft.problems),
    ]


def _question(topic: Topic, *identity: str, **other: object) -> Question:
    digest = hashlib.sha256("\0".join((topic, *identity)).encode()).hexdigest()
    values = {"written": "", **other}
    return Question(topic, digest[:KEY_LENGTH], **values)  # type: ignore[arg-type]


def name_key(written: str) -> str:
    """Return what names written alike share: case and spaces do not tell them apart."""
    return same_words(written)


def _unit_questions(draft: Draft, units: Sequence[Unit]) -> Iterable[Question]:
    registry = UnitRegistry(units)
    places: dict[str, list[tuple[str, str]]] = {}
    for item in draft.items:
        for name in unknown_names(item, units):
            places.setdefault(name_key(name), []).append((name, item.code))
    for same, found in places.items():
        written = found[0][0]
        yield _question(
            Topic.UNIT,
            same,
            written=written,
            codes=tuple(dict.fromkeys(code for _, code in found)),
            suggestion=registry.as_written(written).suggestion,
        )


def unknown_names(item: DraftItem, units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the names in an item that are neither a registered unit nor a collective."""
    registered = {unit.name for unit in units} | collective_names(item)
    names = [unit.written for unit in item.units if not unit.known and not unit.collective]
    names += [
        name
        for deadline in item.deadlines
        for name, collective in deadline.units
        if not collective and name not in registered
    ]
    return tuple(dict.fromkeys(names))


def collective_names(item: DraftItem) -> set[str]:
    """Return the collective terms among an item's units: a date may bind one of them, too."""
    return {unit.written for unit in item.units if unit.collective and not unit.known}


def asked_collectives(item: DraftItem, units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the collective terms in an item of which a person must say who they are."""
    names = [unit.written for unit in item.units if unit.written in collective_names(item)]
    names += [
        name for deadline in item.deadlines for name, collective in deadline.units if collective
    ]
    return tuple(
        name for name in dict.fromkeys(names) if members(name, units, item.beside) is None
    )


def duties_of(item: DraftItem, name: str) -> tuple[Duty, ...]:
    """Return what a name is named for in an item: to lead, to cooperate, to keep its own date."""
    duties = [unit.duty for unit in item.units if unit.written == name]
    if any(d.internal and name in (named for named, _ in d.units) for d in item.deadlines):
        duties.append(Duty.INTERNAL)
    return tuple(dict.fromkeys(duties))


def _collectives(item: DraftItem, units: Sequence[Unit]) -> Iterable[Question]:
    for name in asked_collectives(item, units):
        yield _question(
            Topic.COLLECTIVE, str(item.id), name, written=name, codes=(item.code,), item=item
        )


def _lead_question(item: DraftItem) -> Question:
    return _question(
        Topic.LEAD, str(item.id), written=item.assignment_text, codes=(item.code,), item=item
    )


def deadline_problems(draft: Draft, item: DraftItem) -> tuple[Problem, ...]:
    """Return the problems of an item that come from its deadline cell, not its other cells."""
    if not item.problems:
        return ()
    confirm = tuple(problem for problem in item.problems if problem.msgid == TO_CONFIRM)
    found = _cell_problems(item.deadline_text, item.product, draft.period, draft.before_counts)
    return (*confirm, *(problem for problem in item.problems if problem in found))


@lru_cache(maxsize=REMEMBERED)
def _cell_problems(
    text: str, product: str, period: Period, before_counts: bool
) -> tuple[Problem, ...]:
    context = ReadingContext(product=product)
    return read_deadlines(text, period, before_counts=before_counts, context=context).problems


def _deadline_questions(draft: Draft, item: DraftItem) -> Iterable[Question]:
    problems = deadline_problems(draft, item)
    if problems or any(deadline.unread for deadline in item.deadlines):
        yield _question(
            Topic.DEADLINE,
            str(item.id),
            written=item.deadline_text,
            codes=(item.code,),
            item=item,
            problems=problems,
            proposals=_proposals(draft, item, problems),
        )


def _proposals(draft: Draft, item: DraftItem, problems: Iterable[Problem]) -> tuple[Deadline, ...]:
    """Return readings that would be sensible: the month's last day for one that does not exist."""
    msgid = impossible("").msgid
    days = [
        _last_of_month(dict(problem.params).get("words", ""), draft.period.year)
        for problem in problems
        if problem.msgid == msgid
    ]
    dated: list[Deadline] = [DateDeadline(day, item.deadline_text) for day in days if day]
    if dated or not any(deadline.unread for deadline in item.deadlines):
        return tuple(dated)
    whole = DateDeadline(draft.period.end, item.deadline_text, start=draft.period.start)
    return (whole, Ongoing(item.deadline_text))


def _last_of_month(words: str, year: int) -> dt.date | None:
    found = _DAY.search(words)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    written_year = int(found[3] or year)
    if not dt.MINYEAR <= written_year <= dt.MAXYEAR:
        return None
    last = calendar.monthrange(written_year, int(found[2]))[1]
    return dt.date(written_year, int(found[2]), last)


def names_in(problem: Problem, names: Iterable[str]) -> bool:
    """Tell whether a problem is about one of `names`, however they are spaced or capitalised."""
    same = {name_key(name) for name in names}
    return any(key == "name" and name_key(value) in same for key, value in problem.params)


def note_problems(draft: Draft, item: DraftItem, units: Sequence[Unit]) -> tuple[Problem, ...]:
    """Return the problems of an item that no other question is about."""
    asked = {*deadline_problems(draft, item)}
    unknown = unknown_names(item, units)
    return tuple(
        problem
        for problem in item.problems
        if problem not in asked and problem.msgid != NO_LEAD and not names_in(problem, unknown)
    )


def _notes(draft: Draft, item: DraftItem, units: Sequence[Unit]) -> Iterable[Question]:
    problems = note_problems(draft, item, units)
    if problems:
        identity = (str(item.id), *(f"{p.msgid}{p.params}" for p in problems))
        yield _question(Topic.NOTE, *identity, codes=(item.code,), item=item, problems=problems)
