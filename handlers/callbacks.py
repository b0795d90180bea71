"""Callback data, built and parsed in one place: `area:verb:id`, at most 64 bytes."""

import datetime as dt
import re
import string
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.deadline import DateDeadline, Ongoing, Unspecified
from bot.domain.listing import ListKind, ListRef
from bot.domain.windows import PeriodKind, ReportPeriod

DIGITS = string.digits + string.ascii_lowercase
ONGOING, LATER = "ongoing", "later"


class Press(StrEnum):
    """Every button there is."""

    OPEN = "item:open"  # item
    REPORT = "part:report"  # part
    START = "part:start"  # part: work on it is under way
    CONFIRM = "report:confirm"  # report
    RETURN = "report:return"  # report
    REOPEN = "report:reopen"  # report
    HAND = "part:hand"  # part: to a member of staff
    SEEN = "morning:seen"  # outbox message
    SNOOZE = "morning:snooze"  # outbox message
    GOING = "check:going"  # ledger line
    STUCK = "check:stuck"  # ledger line
    ALL_GOING = "check:all"  # outbox message
    WORK = "list:work"  # 0
    PART_DONE = "past:done"  # part
    PART_DROP = "past:drop"  # part
    PART_LATE = "past:late"  # part
    PLAN_DONE = "pastall:done"  # plan
    PLAN_LATE = "pastall:late"  # plan
    CHOOSE = "choose:page"  # place of the purpose, page: the items to choose from
    COLUMN = "file:column"  # place of the column
    NO_COLUMN = "file:nocolumn"  # 0
    RECOGNISE = "file:ocr"  # 0
    EXPORT_PLAN = "export:plan"  # plan
    EXPORT_TABLE = "export:table"  # plan
    EXPORT_REPORT = "export:report"  # plan
    EXPORT_DRAFT = "export:draft"  # plan, which report
    EXPORT_FOLDER = "export:folder"  # plan
    EXPORT_PROOFS = "export:proofs"  # plan
    EXPORT_SECTION = "export:section"  # plan, place of the section
    EXPORT_DATES = "export:dates"  # plan
    EXPORT_ALL_DATES = "export:all-dates"  # plan
    EXPORT_UNIT_DATES = "export:unit-dates"  # plan, unit
    CHART_UNITS = "chart:units"  # plan
    CHART_YEAR = "chart:year"  # plan
    BRIEF_OPEN = "brief:open"  # briefing
    BRIEF_ADD = "brief:add"  # briefing
    BRIEF_CUT = "brief:cut"  # briefing
    BRIEF_DROP = "brief:drop"  # briefing, place of the line
    BRIEF_LEAVE = "brief:leave"  # briefing, part
    BRIEF_VIEW = "brief:view"  # briefing
    BRIEF_SEND = "brief:send"  # briefing
    BRIEF_CONCLUDE = "brief:conclude"  # briefing
    BRIEF_SPREAD = "brief:spread"  # briefing
    SUM_TABLE = "sum:table"  # summary
    SUM_TREND = "sum:trend"  # summary
    SUM_TARGETS = "sum:targets"  # summary
    SUM_CORRECT = "sum:correct"  # summary
    SUM_NOW_TABLE = "sumnow:table"  # period that still runs: its kind and year, its number
    SUM_NOW_TREND = "sumnow:trend"  # the same
    EXTEND = "ext:ask"  # part: ask for another date
    EXT_SEND = "ext:send"  # part: what was read back counts
    EXT_EDIT = "ext:edit"  # part
    EXT_OFF = "ext:off"  # part, or 0
    EXT_YES = "ext:yes"  # request
    EXT_NO = "ext:no"  # request: ask why
    EXT_OTHER = "ext:other"  # request: ask which other day
    EXT_OFFER = "ext:offer"  # request: propose what was read back
    EXT_SHOW = "ext:show"  # request: as it stands
    EXT_BACK = "ext:back"  # request: the unit takes it back
    STUCK_RAISE = "stuck:ask"  # part: ask what stands in the way
    STUCK_ANSWER = "stuck:answer"  # difficulty: ask what to answer
    STUCK_CLOSE = "stuck:close"  # difficulty
    UNDO = "act:undo"  # entry of the record of changes
    CAST_SEND = "cast:send"  # broadcast
    CONCLUDE_GIVE = "conclude:give"  # checksum of the text it was read from, and its plan
    CONCLUDE_PLAN = "conclude:plan"  # the same, the plan they go into (0: ask)
    CONCLUDE_EDIT = "conclude:edit"  # 0
    CONCLUDE_DROP = "conclude:drop"  # 0
    CAST_DROP = "cast:drop"  # broadcast
    CAST_SPREAD = "cast:spread"  # broadcast
    ADJUST = "item:adjust"  # item: what can be changed of it
    CHANGE = "change:begin"  # item, place of the change
    CHANGE_PICK = "change:pick"  # question, place of the choice
    CHANGE_YES = "change:yes"  # question
    CHANGE_NO = "change:no"  # question
    TOLD_ITEM = "told:item"  # item, page
    TOLD_UNIT = "told:unit"  # unit (0: the own ones, or all), page
    TEST_RESULT = "told:test"  # number of the test


class DraftPress(StrEnum):
    """The buttons under a draft: they name it, and mostly more than that."""

    SUMMARY = "load:sum"  # draft
    LIST = "load:list"  # draft
    START = "load:start"  # draft: activate, but ask first where questions are open
    START_NOW = "load:startnow"  # draft
    DROP = "load:drop"  # draft: ask whether to discard
    DROP_NOW = "load:dropnow"  # draft
    LOOK = "load:look"  # draft, question, page of units
    UNIT = "load:unit"  # draft, question, unit (0: none of the office's)
    MARK = "load:mark"  # draft, question, units chosen, page
    UNITS = "load:units"  # draft, question, units chosen
    UNITS_ALL = "load:unitsall"  # the same, for every item of the section without a lead
    RIGHT = "load:right"  # draft, question
    RIGHT_ALL = "load:rightall"  # the same, and for every question alike
    DAY = "load:day"  # draft, question, deadline
    TYPE = "load:type"  # draft, question


# How many things each of them names.
NAMED = {
    DraftPress.LOOK: 4,
    DraftPress.UNIT: 4,
    DraftPress.MARK: 5,
    DraftPress.UNITS: 4,
    DraftPress.UNITS_ALL: 4,
    DraftPress.RIGHT: 3,
    DraftPress.RIGHT_ALL: 3,
    DraftPress.DAY: 4,
    DraftPress.TYPE: 3,
}
DRAFT_ONLY = 2


class ListPress(StrEnum):
    """The buttons of lists, and of cards that were opened from them.

    Each names a list at its end: its kind, its page, and what it is asked for ("-": nothing).
    """

    PAGE = "list:page"
    FILE = "list:file"  # as a spreadsheet
    UNITS = "list:units"  # choose the unit whose rows to see
    ITEM = "list:item"  # item: its card in place of the list
    PARTS = "card:parts"  # item, page: its parts in full
    HISTORY = "card:log"  # item, page: what happened to it


LIST_WORDS = 3
NOTHING = "-"
# The database keeps an id in 64 bits.
LONGEST_ID = 11
# How many things stand before the list.
BEFORE_LIST = {ListPress.ITEM: 1, ListPress.PARTS: 2, ListPress.HISTORY: 2}


def list_data(press: ListPress, ref: ListRef, *numbers: int) -> str:
    """Return a button's data that names a list, and before it an item and a page."""
    before = map(number_word, numbers)
    return ":".join((press, *before, *list_words(ref)))


def list_words(ref: ListRef) -> tuple[str, str, str]:
    """Return a list as words of a button's data."""
    return ref.kind, number_word(ref.page), ref.argument or NOTHING


def list_pattern(press: ListPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data that names a list."""
    words = BEFORE_LIST.get(press, 0) + LIST_WORDS
    return re.compile(rf"\A{re.escape(press)}(?::[0-9a-z-]{{1,36}}){{{words}}}\Z")


def list_of(text: str) -> tuple[list[int], ListRef]:
    """Return (what stands before the list, the list) of data that `list_pattern` matched."""
    *before, kind, page, argument = words_of(text)
    ids = [number_of(word) if len(word) <= LONGEST_ID else 0 for word in before]
    return ids, list_ref((kind, page, argument))


def list_ref(words: Sequence[str]) -> ListRef:
    """Return the list that words of `list_words` name; an unknown one is the own work."""
    kind, page, argument = words
    if kind not in list(ListKind) or (kind == ListKind.SOON and not argument.isdecimal()):
        return ListRef()
    return ListRef(ListKind(kind), "" if argument == NOTHING else argument, number_of(page))


def data(press: Press, subject_id: int = 0) -> str:
    """Return a button's data."""
    return f"{press}:{subject_id}"


def pattern(press: Press) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:([0-9]{{1,18}})\Z")


def subject(text: str) -> int:
    """Return the id in data that `pattern` has matched."""
    return int(text.rsplit(":", 1)[1])


def pair_data(press: Press, first: int, second: int) -> str:
    """Return the data of a button that names two things."""
    return f"{press}:{first}:{second}"


def pair_pattern(press: Press) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data that names two things."""
    return re.compile(rf"\A{re.escape(press)}:([0-9]{{1,18}}):([0-9]{{1,15}})\Z")


def pair(text: str) -> tuple[int, int]:
    """Return the two ids in data that `pair_pattern` has matched."""
    first, second = text.rsplit(":", 2)[1:]
    return int(first), int(second)


def period_data(press: Press, period: ReportPeriod) -> str:
    """Return the data of a button that names a period of reporting."""
    place = list(PeriodKind).index(period.kind)
    return pair_data(press, period.year * len(PeriodKind) + place, period.number)


def period_named(text: str) -> ReportPeriod | None:
    """Return the period in data that `pair_pattern` has matched; None for one that never was."""
    first, number = pair(text)
    year, place = divmod(first, len(PeriodKind))
    period = ReportPeriod(list(PeriodKind)[place], year, number)
    return period if 2000 <= year <= 2100 and 1 <= number <= period.count else None


def data_with(press: DraftPress, *words: object) -> str:
    """Return a button's data that names more than one thing."""
    return ":".join((press, *map(str, words)))


def pattern_with(press: DraftPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data that names more than one thing."""
    named = NAMED.get(press, DRAFT_ONLY)
    return re.compile(rf"\A{re.escape(press)}(?::[0-9a-z-]{{1,40}}){{{named}}}\Z")


def words_of(text: str) -> list[str]:
    """Return what data that `pattern_with` has matched names."""
    return text.split(":")[2:]


def number_word(number: int) -> str:
    """Return a number as short as letters and digits can say it."""
    word = ""
    while number:
        number, digit = divmod(number, 36)
        word = DIGITS[digit] + word
    return word or "0"


def number_of(word: str) -> int:
    """Return the number that `number_word` has written; 0 for what it never writes."""
    return int(word, 36) if re.fullmatch(r"[0-9a-z]{1,32}", word) else 0


def deadline_word(deadline: DateDeadline | Ongoing | Unspecified) -> str:
    """Return a deadline as one word of a button's data: its days, or that it has none."""
    if isinstance(deadline, Ongoing):
        return ONGOING
    if isinstance(deadline, Unspecified):
        return LATER
    start = f"-{deadline.start:%Y%m%d}" if deadline.start else ""
    return f"{deadline.due:%Y%m%d}{'b' if deadline.before else ''}{start}"


def deadline_of(word: str, text: str) -> DateDeadline | Ongoing | Unspecified | None:
    """Return the deadline that a word of `deadline_word` says, written as `text`."""
    if word == ONGOING:
        return Ongoing(text)
    if word == LATER:
        return Unspecified("", text)
    found = re.fullmatch(r"([0-9]{8})(b?)(?:-([0-9]{8}))?", word)
    try:
        days = [dt.date.fromisoformat(day) for day in found.group(1, 3) if day] if found else []
    except ValueError:
        return None
    if found is None:
        return None
    return DateDeadline(days[0], text, days[1] if found[3] else None, before=bool(found[2]))
