import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignment.reader import read_assignment
from bot.domain.deadline import calendar_year
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry

DATA = Path(__file__).parents[1] / "data"
PERIOD = calendar_year(2026)
REGISTRY = UnitRegistry(read_units_csv((DATA / "plans/mau-2026-units.csv").read_text("utf-8"))[0])
NOBODY = UnitRegistry()


def phrases():
    with (DATA / "assignments.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(units):
    return " + ".join(unit.name for unit in units)


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase["text"][:60])
def test_it_tells_who_leads_and_who_cooperates(phrase):
    registry = REGISTRY if phrase["units"] else NOBODY

    found = read_assignment(
        phrase["text"].replace("\\n", "\n"), registry, PERIOD, column=phrase["column"] or None
    )

    assert (names(found.lead), names(found.cooperate)) == (phrase["lead"], phrase["cooperate"])


def test_internal_deadlines_belong_to_the_units_of_their_own_sentence():
    found = read_assignment(
        "- Các phòng chuyên môn báo cáo về Văn phòng trước ngày 10/6/2026.\n"
        "- Văn phòng tổng hợp; gửi Sở Nội vụ trước ngày 15/6/2026.",
        REGISTRY,
        PERIOD,
    )

    assert [(names(due.units), str(due.deadline.due)) for due in found.unit_deadlines] == [
        ("Các phòng chuyên môn", "2026-06-09"),
        ("Văn phòng", "2026-06-14"),
    ]


def test_before_can_count_the_day_itself():
    found = read_assignment(
        "Văn phòng báo cáo trước ngày 10/6/2026.", REGISTRY, PERIOD, before_counts=True
    )

    assert str(found.unit_deadlines[0].deadline.due) == "2026-06-10"


def test_weekly_habits_and_cited_documents_are_no_deadlines():
    found = read_assignment(
        "Văn phòng theo dõi hàng tuần theo Công văn số 12/STP-VP ngày 05/3/2025; đầu mỗi buổi làm"
        " việc rà soát hồ sơ (Lưu ý: áp dụng trong năm 2026).",
        REGISTRY,
        PERIOD,
    )

    assert found.unit_deadlines == ()


def test_a_duty_said_twice_in_a_sentence_counts_once():
    found = read_assignment(
        "Các đơn vị gửi Văn phòng trước ngày 05 của tháng tiếp số liệu hàng tháng.",
        REGISTRY,
        PERIOD,
    )

    assert [due.deadline.rrule for due in found.unit_deadlines] == ["FREQ=MONTHLY;BYMONTHDAY=4"]


def test_units_that_are_not_certain_are_put_to_a_person():
    found = read_assignment(
        "Phòng Hành chính và Bỗ trợ tư pháp; Phòng Quản lý nhà; TT",
        REGISTRY,
        PERIOD,
        column="lead",
    )

    assert [len(problem.params) for problem in found.problems] == [3, 1, 1]
    assert not any(unit.certain for unit in found.lead)


def test_without_a_list_of_units_nothing_is_asked_about_names():
    assert read_assignment("Phòng HCTP chủ trì", NOBODY, PERIOD).problems == ()


@given(st.text(max_size=300))
def test_it_never_fails_on_odd_text(text):
    read_assignment(text, REGISTRY, PERIOD)


WORDS = (  # noqa: SIM905 - easier to read and to extend
    "Văn phòng|các phòng|Phòng HCBTTP|chủ trì|phối hợp|với|;|,|.|\n- |\n+ |(|)|:|trước ngày 10/6"
    "|hàng tháng|báo cáo|về|gửi|theo dõi|thực hiện|và|dưới đây|UBND các xã|đơn vị được giao|TT"
).split("|")


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_it_never_fails_on_shuffled_words(words):
    found = read_assignment(" ".join(words), REGISTRY, PERIOD)

    assert not {unit.name for unit in found.lead} & {unit.name for unit in found.cooperate}


@pytest.mark.parametrize(
    "missed",
    [
        "trước ngày 31/6/2026",
        "trước 29/02/2026",
        "trước ngày 15",
        "trước Tết",
        "sau 05 ngày",
        "20/6",
        "tháng 6",
    ],
)
def test_a_date_that_was_not_read_is_shown(missed):
    found = read_assignment(f"Văn phòng gửi số liệu {missed}", REGISTRY, PERIOD)

    assert found.unit_deadlines == ()
    assert [problem.params for problem in found.problems] == [(("text", missed),)]


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng báo cáo theo Công văn số 12/STP-VP ngày 05/3/2026",
        "Văn phòng báo cáo UBND tỉnh kết quả năm 2025",
        "Văn phòng gửi báo cáo quý I, quý III",
        "Văn phòng báo cáo trước kỳ họp thứ 3 của HĐND tỉnh",
    ],
)
def test_dates_of_other_things_are_no_missed_deadlines(text):
    found = read_assignment(text, REGISTRY, PERIOD)

    assert (found.unit_deadlines, found.problems) == ((), ())


@pytest.mark.parametrize(
    "text",
    ["Văn phòng: 30/6; Phòng HCBTTP: 30/9", "Văn phòng (quý II), Phòng HCBTTP (quý III)"],
)
def test_a_bare_date_right_after_a_unit_is_its_deadline(text):
    found = read_assignment(text, REGISTRY, PERIOD)

    assert found.problems == ()
    assert [(names(due.units), str(due.deadline.due)) for due in found.unit_deadlines] == [
        ("Văn phòng", "2026-06-30"),
        (REGISTRY.find("Phòng HCBTTP").name, "2026-09-30"),
    ]


@pytest.mark.parametrize("date", ["trước 3O/6", "trong tháng 6 hoặc tháng 7"])
def test_a_mended_or_chosen_date_keeps_its_warning(date):
    found = read_assignment(f"Văn phòng gửi số liệu {date}", REGISTRY, PERIOD)

    assert found.unit_deadlines
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Các phòng (trừ Văn phòng)", "trừ Văn phòng"),
        ("Các phòng (không bao gồm Văn phòng) thực hiện", "không bao gồm Văn phòng"),
        (
            "Văn phòng phối hợp với Phòng HCBTTP chủ trì thực hiện",
            "Văn phòng phối hợp với Phòng HCBTTP chủ trì thực hiện",
        ),
    ],
)
def test_who_is_left_out_and_who_leads_is_asked_where_it_is_not_plain(text, shown):
    found = read_assignment(text, REGISTRY, PERIOD)

    assert [problem.params for problem in found.problems] == [(("text", shown),)]


def test_two_leads_of_one_sentence_keep_their_own_dates():
    found = read_assignment(
        "Văn phòng chủ trì trong quý I, Phòng HCBTTP chủ trì trong quý II", REGISTRY, PERIOD
    )

    assert [(len(due.units), str(due.deadline.due)) for due in found.unit_deadlines] == [
        (1, "2026-03-31"),
        (1, "2026-06-30"),
    ]


@pytest.mark.parametrize("text", ["Văn phòng - 30/6", "Văn phòng thực hiện 30/6"])
def test_a_date_right_after_who_does_it_is_shown(text):
    found = read_assignment(text, REGISTRY, PERIOD)

    assert [problem.params for problem in found.problems] == [(("text", "30/6"),)]
