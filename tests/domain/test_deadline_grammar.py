"""The grammar against a table that people can read, and against texts nobody would write."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Period,
    Recurring,
    Relative,
    Unspecified,
    calendar_year,
)
from bot.domain.grammar.mending import mended_tokens
from bot.domain.grammar.reader import ReadingContext, find_deadlines, read_deadlines
from bot.domain.grammar.rules import expand

DATA = Path(__file__).parents[1] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as the table writes it: without its words, dates by first, last, count."""
    match deadline:
        case DateDeadline():
            start = deadline.start and deadline.start.isoformat()
            value = {"kind": "date", "due": deadline.due.isoformat(), "start": start}
        case Recurring():
            first, last = deadline.dates[0].isoformat(), deadline.dates[-1].isoformat()
            count = len(deadline.dates)
            value = {"kind": "recurring", "rrule": deadline.rrule, "first": first}
            value |= {"last": last, "count": count}
        case Relative():
            unit = deadline.unit and deadline.unit.value
            event = deadline.event
            return {"kind": "relative", "days": deadline.count, "unit": unit, "event": event}
        case Ongoing():
            return {"kind": "ongoing"}
        case Unspecified():
            return {"kind": "unspecified", "ref": deadline.ref}
    value |= {"label": deadline.label, "before": deadline.before}
    return {key: found for key, found in value.items() if found}


@pytest.mark.parametrize("row", rows("deadlines.tsv"), ids=lambda row: row["phrase"])
def test_a_phrase_is_read_as_the_table_says(row: dict[str, str]) -> None:
    text = row["phrase"].replace("\\n", "\n")

    reading = read_deadlines(text, calendar_year(int(row["year"])))

    assert [plain(deadline) for deadline in reading.deadlines] == json.loads(row["deadlines"])
    assert ("yes" if reading.problems else "no") == row["warning"], reading.problems


def test_the_table_is_as_long_as_promised() -> None:
    assert len(rows("deadlines.tsv")) >= 250


@pytest.mark.parametrize("row", rows("deadlines.tsv"), ids=lambda row: row["phrase"])
def test_a_rule_expands_to_the_dates_beside_it(row: dict[str, str]) -> None:
    reading = read_deadlines(row["phrase"], calendar_year(int(row["year"])))

    for rule in reading.deadlines:
        if isinstance(rule, Recurring):
            assert expand(rule.rrule, rule.dates[0], rule.dates[-1]) == rule.dates
            assert list(rule.dates) == sorted(set(rule.dates))


@pytest.mark.parametrize("row", rows("not_deadlines.tsv"), ids=lambda row: row["text"])
def test_a_number_that_is_no_date_stays_so(row: dict[str, str]) -> None:
    found = find_deadlines(row["text"], calendar_year(2024))

    assert [item.deadline for item in found if item.duty] == []


class TestCells:
    def test_an_empty_cell_says_that_it_is_empty(self) -> None:
        for text in ("", "  \n\u00a0 "):
            reading = read_deadlines(text, calendar_year(2024))

            assert reading.deadlines == ()
            assert len(reading.problems) == 1

    def test_before_can_count_the_day_itself(self) -> None:
        reading = read_deadlines("Trước ngày 10/12/2024", calendar_year(2024), before_counts=True)

        (deadline,) = reading.deadlines
        assert isinstance(deadline, DateDeadline)
        assert deadline.due == dt.date(2024, 12, 10)

    def test_the_product_names_the_reporting_periods(self) -> None:
        text = "Chậm nhất ngày 14 hàng tháng cuối kỳ báo cáo"
        half_yearly = ReadingContext(product="Báo cáo (6 tháng và năm 2024)")
        quarterly = ReadingContext(product="Báo cáo (quý I, 6 tháng, quý III và báo cáo năm 2024)")

        for context, months in ((half_yearly, "6,12"), (quarterly, "3,6,9,12")):
            reading = read_deadlines(text, calendar_year(2024), context=context)
            (rule,) = reading.deadlines
            assert isinstance(rule, Recurring)
            assert rule.rrule == f"FREQ=MONTHLY;BYMONTH={months};BYMONTHDAY=14"
            assert reading.problems == ()

    def test_an_unknown_reporting_period_is_shown(self) -> None:
        reading = read_deadlines("ngày 14 tháng cuối kỳ báo cáo", calendar_year(2024))

        assert len(reading.problems) == 1

    def test_a_plan_of_several_years_repeats_its_rules(self) -> None:
        period = Period(dt.date(2021, 1, 1), dt.date(2025, 12, 31))

        (rule,) = read_deadlines("Trước ngày 15/12 hằng năm", period).deadlines

        assert isinstance(rule, Recurring)
        assert rule.dates == tuple(dt.date(year, 12, 14) for year in range(2021, 2026))

    @pytest.mark.parametrize(
        ("written", "same"),
        [
            ("Trong qu\u00ed III/2024", "Trong qu\u00fd III/2024"),
            ("Tru\u031bo\u031b\u0301c nga\u0300y 30/6/2024", "Trước ngày 30/6/2024"),
            ("Trước\u00a0ngày\u00a030/6/2024", "Trước ngày 30/6/2024"),
            ("giai đoạn 2021\u20132025", "giai đoạn 2021-2025"),
            ("TRƯỚC NGÀY 30/6/2024", "trước ngày 30/6/2024"),
        ],
    )
    def test_spellings_of_one_phrase_read_alike(self, written: str, same: str) -> None:
        one = read_deadlines(written, calendar_year(2024)).deadlines
        other = read_deadlines(same, calendar_year(2024)).deadlines

        assert [plain(deadline) for deadline in one] == [plain(deadline) for deadline in other]
        assert len(one) == 1


class TestProse:
    def test_it_finds_each_duty_with_its_place(self) -> None:
        text = (
            "Các đơn vị góp ý, gửi Văn phòng trước 25/4/2024; Văn phòng tổng hợp, trình Ủy ban "
            "trước 30/4/2024 theo Công văn số 271/STP-VP ngày 09/3/2022."
        )

        found = find_deadlines(text, calendar_year(2024))

        assert [text[item.start : item.end] for item in found] == [
            "trước 25/4/2024",
            "trước 30/4/2024",
        ]
        assert all(item.duty for item in found)

    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            (
                "(chậm nhất vào ngày 17 của tháng cuối quý)",
                "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=17",
            ),
            (
                "đánh giá hàng quý và năm đúng quy định",
                "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            ),
            ("Định kỳ cuối mỗi tháng, Kế toán tổng hợp", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("gửi trước ngày 05 của tháng tiếp kết quả", "FREQ=MONTHLY;BYMONTHDAY=4"),
        ],
    )
    def test_it_finds_what_comes_back(self, text: str, phrase: str) -> None:
        (item,) = find_deadlines(text, calendar_year(2024))

        assert isinstance(item.deadline, Recurring)
        assert item.deadline.rrule == phrase
        assert item.duty

    def test_daily_and_weekly_habits_are_no_duties(self) -> None:
        text = "theo dõi hằng ngày, đánh giá hàng tuần, lập kế hoạch hàng năm"

        assert [item.duty for item in find_deadlines(text, calendar_year(2024))] == [False] * 3


ALPHABET = [
    "trước",
    "ngày",
    "tháng",
    "quý",
    "năm",
    "hàng",
    "cuối",
    "đầu",
    "giữa",
    "từ",
    "đến",
    "hết",
    "sau",
    "khi",
    "trong",
    "vòng",
    "theo",
    "định",
    "kỳ",
    "kể",
    "làm",
    "việc",
    "thường",
    "xuyên",
    "tuần",
    "giờ",
    "và",
    "báo",
    "cáo",
    ";",
    ",",
    ".",
    "(",
    ")",
    "-",
    "/",
    ":",
    "1",
    "5",
    "12",
    "30",
    "31",
    "6/2024",
    "15/6",
    "I",
    "III",
    "2024",
    "31/6",
    "%",
    "\n",
]


class TestProperties:
    @given(st.text(max_size=300))
    def test_it_never_raises_and_never_stays_silent(self, text: str) -> None:
        reading = read_deadlines(text, calendar_year(2024))

        assert reading.deadlines or reading.problems
        find_deadlines(text, calendar_year(2024))

    @given(st.lists(st.sampled_from(ALPHABET), max_size=40))
    def test_words_of_time_in_any_order_do_no_harm(self, words: list[str]) -> None:
        text = " ".join(words)

        reading = read_deadlines(text, calendar_year(2024))

        assert reading.deadlines or reading.problems
        for item in find_deadlines(text, calendar_year(2024)):
            assert 0 <= item.start < item.end <= len(text)

    @given(st.text(alphabet="bcklpsuvxBCKLPSUVX ", min_size=1).filter(str.strip))
    def test_text_outside_the_grammar_gives_a_problem(self, text: str) -> None:
        reading = read_deadlines(text, calendar_year(2024))

        assert reading.problems

    @given(st.text(max_size=200))
    def test_every_word_stands_where_it_says(self, text: str) -> None:
        for token in mended_tokens(text, _lexicon(), {})[0]:
            assert 0 <= token.start <= token.end <= len(text)


def _lexicon() -> Any:
    from bot.domain.grammar.phrases import LEXICON

    return LEXICON


@pytest.mark.parametrize(
    "word",
    [
        "trước ",
        "trước 31/6, ",
        "ngày 1, ",
        "khi ",
        "theo ",
        "(",
        "1/1(",
        "từ ",
        "hàng ",
        "và ",
        "9",
    ],
)
def test_the_work_grows_with_the_length_only(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.domain.grammar import partial as dates

    calls = 0
    original = dates.at

    def counted(tokens: Any, place: int) -> Any:
        nonlocal calls
        calls += 1
        return original(tokens, place)

    monkeypatch.setattr(dates, "at", counted)
    spent = []
    for length in (2_500, 10_000):
        calls = 0
        read_deadlines((word * length)[:length], calendar_year(2024))
        find_deadlines((word * length)[:length], calendar_year(2024))
        spent.append(calls)

    assert spent[1] <= 5 * spent[0] + 1_000
