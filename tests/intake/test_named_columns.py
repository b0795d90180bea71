import pytest

from bot.domain.reading.column_phrases import Column
from bot.domain.reading.columns import describe_columns
from bot.domain.reading.reader import read_plan
from bot.domain.reading.table import Document, Table
from tests.intake.files import HEADER, REGISTRY

ODD = ("Mục", "Việc cần xử lý", "Bao giờ", "Ai")
ROWS = (("1", "Một", "30/6/2026", "Văn phòng"), ("2", "Hai", "31/12/2026", "Thanh tra"))
NAMED = {0: Column.NUMBER, 1: Column.TITLE, 2: Column.DEADLINE, 3: Column.ASSIGNMENT}


def read(*rows, columns=None, more=()):
    document = Document((Table(rows), *more), "x")
    return read_plan(document, REGISTRY, year=2026, columns=columns)


def told(plan):
    return [dict(each.params) for each in plan.problems if each.params]


def test_columns_that_a_person_names_are_read():
    plan = read(ODD, *ROWS, columns=NAMED)

    assert [(item.code, item.title, item.deadline_text) for item in plan.items] == [
        ("1", "Một", "30/6/2026"),
        ("2", "Hai", "31/12/2026"),
    ]
    assert plan.problems == ()


def test_columns_are_described_with_a_guess_and_a_sample():
    seen = describe_columns(Document((Table((HEADER, ("", "Một", "", "30/6", ""))),)))

    assert [(each.at, each.guess, each.sample) for each in seen] == [
        (0, Column.NUMBER, ""),
        (1, Column.TITLE, "Một"),
        (2, Column.PRODUCT, ""),
        (3, Column.DEADLINE, "30/6"),
        (4, Column.ASSIGNMENT, ""),
    ]


def test_notes_and_money_are_kept_and_nothing_is_read_from_them():
    plan = read(
        (*HEADER, "Kinh phí", "Ghi chú"),
        ("1", "Một", "", "30/6", "Văn phòng", "5 triệu", "Xong trước 1/1"),
    )

    assert plan.items[0].note == "Xong trước 1/1\n5 triệu"
    assert len(plan.items[0].deadlines) == 1


def test_columns_that_are_not_known_are_named_once():
    rows = ((*HEADER, "Mức độ", "Liên hệ"), ("1", "Một", "", "30/6", "Văn phòng", "A", "B"))

    assert told(read(*rows, *rows[:1], ("2", "Hai", "", "30/6", "Văn phòng"))) == [
        {"column": "“Mức độ”"},
        {"column": "“Liên hệ”"},
    ]


@pytest.mark.parametrize(
    "below",
    [
        Table((("Nơi nhận: Như trên", "KT. GIÁM ĐỐC"),)),
        Table((("Nơi nhận", "", "", "", "GIÁM ĐỐC"), ("", "", "", "", "Nguyễn A"))),
    ],
)
def test_receivers_and_signature_join_no_task(below):
    plan = read(HEADER, ("1", "Một", "", "30/6", "Văn phòng"), more=(below,))

    assert [item.title for item in plan.items] == ["Một"]
    assert plan.items[0].assignment_text == "Văn phòng"


def test_another_sheet_without_a_header_joins_no_task():
    more = (Table((("a", "b", "c", "d"),), starts_anew=True),)

    assert len(read(HEADER, ("1", "Một", "", "30/6", "Văn phòng"), more=more).items) == 1
    assert read(HEADER, ("1", "Một", "", "30/6", "Văn phòng"), more=more).items[0].title == "Một"
