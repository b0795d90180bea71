"""Dates of an assignment cell that the deadlines found do not cover: read, or shown."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.assignment import phrases
from bot.domain.assignment.clauses import Clause
from bot.domain.deadline import Period
from bot.domain.grammar.reader import FoundDeadline, read_deadlines
from bot.domain.plan import UnitDeadline
from bot.domain.problem import N_, Problem, problem

CLASSED = re.compile(phrases.CLASSED_DATE, re.I)
BARE = re.compile(phrases.BARE_DATE, re.I)
FINISHES = re.compile(phrases.FINISHES, re.I)
OTHERS_DATE = re.compile(phrases.OTHERS_DATE, re.I)
# "Văn phòng: 30/6" and "Văn phòng (quý II)".
OWN_DATE = re.compile(
    rf"\s*(?::\s*(?P<all>{phrases.BARE_DATE})\s*(?=[;,.\n]|$)"
    rf"|\(\s*(?P<one>{phrases.BARE_DATE})\s*\))",
    re.I,
)
WORDS_END = re.compile(r"[,;()\n]|\.(?:\s|$)|$")
JOINED = re.compile(r"\s*(?:,|;|và|hoặc)\s*(?:ngày\s+)?", re.I)
# "Văn phòng - 30/6", "Văn phòng thực hiện 30/6".
RIGHT_AFTER = re.compile(rf"[\s:–-]*(?:{phrases.RIGHT_BEFORE_DATE}\s+)?", re.I)
# A verb and its date stand this near; this much of a date is shown.
NEAR = 60
SHOWN = 40


def read_own_dates(
    text: str, clause: Clause, period: Period, *, before_counts: bool
) -> Iterator[UnitDeadline]:
    """Yield the deadlines of bare dates right after units: "Văn phòng: 30/6"."""
    if clause.inherited:
        return
    for mention in clause.subject:
        date = OWN_DATE.match(text, mention.end)
        if not date:
            continue
        everyone = tuple(dict.fromkeys(other.unit for other in clause.subject))
        units = everyone if date["all"] else (mention.unit,)
        words = date["all"] or date["one"]
        reading = read_deadlines(words, period, before_counts=before_counts)
        if not reading.problems:
            yield from (UnitDeadline(units, due, clause.sentence) for due in reading.deadlines)


def missed_dates(
    text: str, clause: Clause, found: Sequence[FoundDeadline], read: Sequence[UnitDeadline]
) -> tuple[Problem, ...]:
    """Return a problem for each date of a clause that nothing `found` or `read` covers.

    Dates and years of cited documents are none.
    """
    asked = N_("“{text}” was not read as a deadline; check the date.")
    own = {due.deadline.text for due in read}
    places = sorted({*_classed(text, clause), *_bare(text, clause, found)})
    problems: list[Problem] = []
    shown = clause.start
    for start, date, end in places:
        covered = any(due.start <= date < due.end for due in found)
        if covered or date < shown or text[start:end] in own:
            continue
        shown = end
        problems.append(problem(asked, text=" ".join(text[start:end].split())))
    return tuple(problems)


def _classed(text: str, clause: Clause) -> Iterator[tuple[int, int, int]]:
    """Yield the words, the date's place and the end of "trước ngày 31/6", "trước Tết"."""
    for match in CLASSED.finditer(text, clause.start, clause.end):
        bound = min(match.start() + SHOWN, clause.end)
        stop = WORDS_END.search(text, match.end(), bound)
        yield match.start(), match.start("date"), stop.start() if stop else bound


def _bare(
    text: str, clause: Clause, found: Sequence[FoundDeadline]
) -> Iterator[tuple[int, int, int]]:
    """Yield the place of dates without a class word: after units, a verb, or another deadline."""
    own = {
        date.start("all") if date["all"] else date.start("one")
        for mention in clause.subject
        if (date := OWN_DATE.match(text, mention.end))
    }
    ends = [due.end for due in found]
    units = [mention.end for mention in clause.subject]
    for match in BARE.finditer(text, clause.start, clause.end):
        place = match.start()
        verbs = list(FINISHES.finditer(text, max(clause.start, place - NEAR), place))
        # The date's own word belongs to it: "báo cáo tháng 6" names a report.
        near = verbs and not OTHERS_DATE.search(text[verbs[-1].start() : match.end()])
        listed = any(JOINED.fullmatch(text, end, place) for end in ends if end <= place)
        after_unit = any(RIGHT_AFTER.fullmatch(text, end, place) for end in units if end <= place)
        if near or listed or after_unit or place in own:
            yield place, place, match.end()
