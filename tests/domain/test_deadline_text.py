"""What the renderer says, the grammar reads back as the same deadline."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    SpanUnit,
    Unspecified,
    calendar_year,
)
from bot.domain.grammar.canonical import format_phrase
from bot.domain.grammar.reader import read_deadlines
from bot.domain.grammar.rules import Rule, dates_of, day_before, rrule_of

TABLE = Path(__file__).parents[1] / "data" / "deadlines.tsv"
YEAR = 2024
PERIOD = calendar_year(YEAR)
ALL = frozenset(range(1, 13))

days = st.dates(dt.date(YEAR, 1, 2), dt.date(YEAR, 12, 31))
labels = st.sampled_from([None, "Báo cáo", "Kế hoạch kiểm tra", "Báo cáo 06 tháng"])
events = st.sampled_from(["nhận đủ hồ sơ", "có văn bản chỉ đạo", "Kế hoạch được ban hành"])


@st.composite
def dates(draw: st.DrawFn) -> Deadline:
    due, label = draw(days), draw(labels)
    if draw(st.booleans()):
        return DateDeadline(due, "", label=label, before=draw(st.booleans()))
    start = draw(st.dates(dt.date(YEAR, 1, 1), due - dt.timedelta(days=1)))
    return DateDeadline(due, "", start=start, label=label)


@st.composite
def rules(draw: st.DrawFn) -> Deadline:
    months = draw(st.sampled_from([ALL, frozenset({3, 6, 9, 12}), frozenset({6, 12})]))
    before = draw(st.booleans())
    day = draw(st.integers(1, 28) if before else st.sampled_from([-1, *range(1, 29)]))
    later = draw(st.sampled_from([0, 1])) if months == ALL and day > 1 else 0
    rule = Rule(months, (day,), later=later)
    rule = day_before(rule) if before else rule
    return Recurring(rrule_of(rule), dates_of(rule, PERIOD), "", label=draw(labels), before=before)


@st.composite
def relatives(draw: st.DrawFn) -> Deadline:
    event = draw(events)
    if draw(st.booleans()):
        return Relative(None, None, event, "")
    count = draw(st.integers(1, 99)) * draw(st.sampled_from([1, -1]))
    return Relative(count, draw(st.sampled_from(SpanUnit)), event, "")


others = st.sampled_from([Ongoing(""), Unspecified("hướng dẫn của Sở Nội vụ", "")])


@given(st.one_of(dates(), rules(), relatives(), others))
def test_what_is_rendered_is_read_as_the_same(deadline: Deadline) -> None:
    reading = read_deadlines(format_phrase(deadline), PERIOD)

    assert [replace(found, text="") for found in reading.deadlines] == [deadline]
    assert reading.problems == ()


def phrases() -> list[tuple[str, int]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["phrase"], int(row["year"])) for row in table]


@pytest.mark.parametrize(("phrase", "year"), phrases())
def test_every_phrase_of_the_table_survives_rendering(phrase: str, year: int) -> None:
    period = calendar_year(year)

    for deadline in read_deadlines(phrase, period).deadlines:
        again = read_deadlines(format_phrase(deadline), period).deadlines
        assert [replace(found, text="") for found in again] == [replace(deadline, text="")]
