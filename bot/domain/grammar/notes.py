"""What the reading of a deadline tells a person, and the setting it reads in."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.deadline import Deadline, Period
from bot.domain.problem import N_, Problem, problem


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What stands beside a cell: `product` names the reports whose periods a rule may mean."""

    product: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read with; `before_counts` makes "trước ngày D" mean D itself.

    `prose` says that the text is sentences, in which only firm readings count.
    """

    source: str
    period: Period
    before_counts: bool = False
    cycle: frozenset[int] = frozenset()
    prose: bool = False
    day_event: str = "{date}"


@dataclass(frozen=True, slots=True)
class Found:
    """What was read from token `start` to token `end` (exclusive).

    `strong` is False for a bare period ("năm 2024"), which in a sentence may only qualify a noun.
    `duty` is False for daily and weekly habits and for yearly words that qualify a noun.
    """

    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]
    start: int
    end: int
    strong: bool = True
    duty: bool = True


def impossible(words: str) -> Problem:
    """There is no such day."""
    return problem(N_('There is no such date: "{words}".'), words=words)


def unread(words: str) -> Problem:
    """Words that may matter were left."""
    return problem(N_('These words were not read: "{words}".'), words=words)


def nothing_read(words: str) -> Problem:
    """The whole cell says nothing that is known."""
    return problem(N_('No deadline could be read in "{words}".'), words=words)


def empty() -> Problem:
    """The cell is empty."""
    return problem(N_("The deadline is empty."))


def mended(written: str, meant: str) -> Problem:
    """A slip of the pen or the scanner was put right."""
    return problem(N_('"{written}" was read as "{meant}".'), written=written, meant=meant)


def doubtful(words: str, day: dt.date) -> Problem:
    """A reading that the project decided, and that may be meant otherwise."""
    return problem(
        N_('"{words}" was read as {day}; please check.'), words=words, day=day.isoformat()
    )


def outside(words: str, day: dt.date) -> Problem:
    """The date does not lie in the plan's period."""
    return problem(
        N_('"{words}" gives {day}, which is outside the period of the plan.'),
        words=words,
        day=day.isoformat(),
    )


def lunar(words: str) -> Problem:
    """A month of the lunar calendar."""
    return problem(N_('"{words}" is a lunar month; please give the date.'), words=words)


def open_ended(words: str, day: dt.date) -> Problem:
    """A beginning without an end."""
    return problem(
        N_('"{words}" has no end; the last day of the plan, {day}, was taken.'),
        words=words,
        day=day.isoformat(),
    )


def backwards(words: str) -> Problem:
    """A span that ends before it begins."""
    return problem(N_('"{words}" ends before it begins.'), words=words)


def cycle_unknown(words: str) -> Problem:
    """The reporting periods are not named beside the rule."""
    return problem(
        N_('"{words}": the reporting periods are not named; the four quarters were taken.'),
        words=words,
    )


def rule_doubtful(words: str, dates: tuple[dt.date, ...]) -> Problem:
    """A rule whose days the project decided."""
    return problem(
        N_('"{words}" was read as {days}; please check.'),
        words=words,
        days=", ".join(day.isoformat() for day in dates[:4]),
    )


def short_month(words: str) -> Problem:
    """Some months lack the day of a rule."""
    return problem(N_('"{words}": a month without that day takes its last day.'), words=words)


def no_event(words: str) -> Problem:
    """A number of days from nothing."""
    return problem(N_('"{words}" does not say from when the time runs.'), words=words)


def daily(words: str) -> Problem:
    """A daily habit has no due days of its own."""
    return problem(N_('"{words}" is daily work; it was taken as ongoing.'), words=words)


def years_after(words: str) -> Problem:
    """Something goes on after the plan's period."""
    return problem(N_('"{words}" goes on after the plan; only its period was taken.'), words=words)


def either(words: str) -> Problem:
    """One time or another is named, and not which."""
    return problem(N_('"{words}" leaves the choice; all of its times were taken.'), words=words)


def narrowed(words: str) -> Problem:
    """A period and a day or period inside it stand side by side."""
    return problem(N_('"{words}": of the two times, the narrower was taken.'), words=words)


def moved(words: str) -> Problem:
    """One time takes the place of another."""
    return problem(
        N_('"{words}" puts one time in the place of another; each of them was taken.'),
        words=words,
    )


def turned(words: str) -> Problem:
    """A word such as "not" or "at the earliest" makes a time something else than a deadline."""
    return problem(N_('"{words}" may not set a time limit; please check.'), words=words)


def unlimited(words: str) -> Problem:
    """A rule and a period or rule beside it were not taken together."""
    return problem(
        N_('"{words}": the times beside each other were read one by one; please check.'),
        words=words,
    )
