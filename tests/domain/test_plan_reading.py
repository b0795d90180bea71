import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import Ongoing
from bot.domain.plan import UnreadableDocument
from bot.domain.reading.reader import read_plan
from bot.domain.reading.table import Document, Table
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document
from bot.intake.export import plan_to_json

PLANS = Path(__file__).parents[1] / "data" / "plans"
UNITS, _ = read_units_csv((PLANS / "mau-2026-units.csv").read_text("utf-8"))
REGISTRY = UnitRegistry(UNITS)
HEADER = ("STT", "Nhiệm vụ", "Sản phẩm", "Thời hạn", "Phân công")


def in_english(problem):
    return problem.msgid.format(**dict(problem.params))


def plan_of(*rows, heading=("PHỤ LỤC", "NHIỆM VỤ NĂM 2026"), year=None):
    document = Document((*heading, Table(rows)), "plan.txt")
    return read_plan(document, REGISTRY, year=year)


def codes(reading):
    return [item.code for item in reading.items]


def test_the_sample_plan_reads_as_written_down_beside_it():
    expected = json.loads((PLANS / "mau-2026.json").read_text("utf-8"))

    document = read_document((PLANS / "mau-2026.txt").read_bytes(), "mau-2026.txt")

    assert plan_to_json(read_plan(document, REGISTRY), in_english) == expected


def test_it_reads_the_year_from_the_heading():
    assert plan_of(HEADER, ("1", "Việc", "", "30/6", "Văn phòng")).period.year == 2026


def test_the_year_given_wins_over_the_heading():
    reading = plan_of(HEADER, ("1", "Việc", "", "30/6", "Văn phòng"), year=2027)

    assert reading.period.year == 2027
    assert reading.items[0].deadlines[0].due.year == 2027


def test_a_heading_with_two_years_covers_both():
    heading = ("PHỤ LỤC", "NHIỆM VỤ GIAI ĐOẠN 2026 - 2030")

    period = plan_of(HEADER, ("1", "Việc", "", "30/6", "Văn phòng"), heading=heading).period

    assert (period.start.year, period.end.year) == (2026, 2030)


def test_without_a_year_nothing_is_read():
    with pytest.raises(UnreadableDocument) as error:
        plan_of(HEADER, ("1", "Việc", "", "Thường xuyên", "Văn phòng"), heading=())

    assert "year" in error.value.problem.msgid


def test_without_a_table_nothing_is_read():
    with pytest.raises(UnreadableDocument):
        read_plan(Document(("KẾ HOẠCH", "Công tác năm 2026")), REGISTRY)


def test_section_heads_stand_in_one_cell_or_two():
    reading = plan_of(
        HEADER,
        ("I", "PHẦN MỘT", "", "", ""),
        ("1.", "Việc", "", "30/6", "Văn phòng"),
        ("II. PHẦN HAI", "", "", "", ""),
        ("1.", "Việc", "", "30/6", "Văn phòng"),
        ("III PHẦN BA",),
        ("01", "Việc", "", "30/6", "Văn phòng"),
    )

    assert codes(reading) == ["I.1", "II.1", "III.1"]
    assert [item.section for item in reading.items] == [
        "I. PHẦN MỘT",
        "II. PHẦN HAI",
        "III. PHẦN BA",
    ]


def test_a_row_continues_after_the_header_of_the_next_page():
    reading = plan_of(
        HEADER,
        ("1", "Việc dài", "Báo cáo", "30/6", "Văn phòng chủ trì"),
        HEADER,
        ("", "", "- Kế hoạch", "", "và trình ký"),
    )

    assert len(reading.items) == 1
    assert reading.items[0].product == "Báo cáo\n- Kế hoạch"
    assert reading.items[0].assignment_text == "Văn phòng chủ trì và trình ký"


def test_columns_may_stand_in_any_order():
    reading = plan_of(
        ("Thời gian thực hiện", "Cơ quan phối hợp", "Cơ quan chủ trì", "Nội dung công việc", "TT"),
        ("30/6", "Các phòng chuyên môn", "Văn phòng; PBGDPL", "Việc", "1"),
    )

    item = reading.items[0]
    assert (item.code, item.title) == ("1", "Việc")
    assert [unit.name for unit in item.lead] == ["Văn phòng", "Phòng Phổ biến, giáo dục pháp luật"]
    assert [unit.name for unit in item.cooperate] == ["Các phòng chuyên môn"]


def test_a_header_may_take_two_rows():
    reading = plan_of(
        ("STT", "Nhiệm vụ", "Thời hạn", "Phân công thực hiện", ""),
        ("", "", "", "Chủ trì", "Phối hợp"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "Việc", "Thường xuyên", "Văn phòng", "Thanh tra Sở"),
    )

    assert [unit.name for unit in reading.items[0].lead] == ["Văn phòng"]
    assert [unit.name for unit in reading.items[0].cooperate] == ["Thanh tra Sở"]


def test_a_table_without_deadlines_says_so():
    reading = plan_of(("STT", "Nhiệm vụ", "Phân công"), ("1", "Việc", "Văn phòng chủ trì"))

    assert any("column of deadlines" in in_english(problem) for problem in reading.problems)
    assert reading.items[0].deadlines == ()
    assert reading.items[0].problems


def test_gaps_and_repeated_numbers_are_reported():
    row = ("Việc", "", "30/6", "Văn phòng")

    reading = plan_of(HEADER, ("2", *row), ("5", *row), ("5", *row))

    assert codes(reading) == ["2", "5", "5-2"]
    assert [dict(problem.params).get("missing") for problem in reading.problems] == [
        None,
        "1",
        "3–4",
    ]


def test_a_row_before_any_task_is_reported():
    reading = plan_of(
        HEADER, ("", "", "chữ lạc", "", ""), ("1", "Việc", "", "Thường xuyên", "Văn phòng")
    )

    assert "chữ lạc" in in_english(reading.problems[0])
    assert isinstance(reading.items[0].deadlines[0], Ongoing)


def test_a_whole_row_without_a_number_is_a_task_to_check():
    reading = plan_of(
        HEADER,
        ("1", "Việc", "", "30/6", "Văn phòng"),
        ("", "Việc khác", "", "30/9", "Thanh tra Sở"),
    )

    assert codes(reading) == ["1", "1a"]
    assert any("no number" in in_english(problem) for problem in reading.items[1].problems)


@given(st.lists(st.lists(st.text(max_size=40), max_size=6).map(tuple), max_size=8))
def test_it_never_fails_on_odd_tables(rows):
    reading = plan_of(HEADER, ("1", "Việc", "", "30/6", "Văn phòng"), *rows)

    assert reading.items
