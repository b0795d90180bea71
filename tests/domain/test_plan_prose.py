"""Plans without a table, on samples that have one quirk of layout each."""

import datetime as dt
from pathlib import Path

import pytest

from bot.domain.deadline import DateDeadline, Ongoing, Recurring
from bot.domain.plan import Unit, UnreadableDocument
from bot.domain.reading.prose_lines import Level, joined, read_line
from bot.domain.reading.reader import read_plan
from bot.domain.reading.table import Document, Table
from bot.domain.units.registry import UnitRegistry
from bot.intake.text import read_text

PLANS = Path(__file__).parents[1] / "data" / "plans"
REGISTRY = UnitRegistry([Unit("Phòng Hành chính"), Unit("Trung tâm Tin học"), Unit("Văn phòng")])


def reading_of(*lines, registry=REGISTRY, title=("KẾ HOẠCH", "Công tác năm 2026")):
    return read_plan(Document((*title, *lines), "plan.txt"), registry)


def sample(name):
    return read_plan(read_text((PLANS / name).read_text("utf-8"), name), REGISTRY)


def titles(reading):
    return {item.code: item.title for item in reading.items}


def params(reading):
    return [dict(problem.params) for problem in reading.problems]


@pytest.fixture(scope="module")
def headed():
    return sample("van-xuoi-muc-2026.txt")


@pytest.fixture(scope="module")
def wrapped():
    return sample("van-xuoi-ngat-dong.txt")


def test_items_stand_under_task_headings_only(headed):
    assert list(titles(headed)) == [
        "II.1.1", "II.1.2.1", "II.1.2.2", "II.1.3",
        "II.2.a.1", "II.2.a.2", "II.2.b.1", "II.2.b.2",
    ]  # fmt: skip


def test_the_section_is_the_nearest_heading_with_a_whole_number(headed):
    sections = {item.code: item.section for item in headed.items}

    assert sections["II.1.1"] == sections["II.1.2.1"] == "II.1. Công tác văn thư"
    assert sections["II.2.a.1"] == sections["II.2.b.2"] == "II.2. Chuyển đổi số"


def test_paragraphs_that_a_page_breaks_are_whole(headed):
    assert titles(headed)["II.1.1"].endswith("khi có thay đổi.")
    assert titles(headed)["II.2.b.2"].endswith("(phần cơ bản và Nâng cao) cho học viên.")


def test_title_and_period_are_those_of_the_heading(headed, wrapped):
    assert headed.title == "KẾ HOẠCH Công tác văn thư, lưu trữ và chuyển đổi số năm 2026"
    assert headed.period.year == 2026
    assert wrapped.title.endswith("nhiệm kỳ 2024 - 2026")
    assert (wrapped.period.start, wrapped.period.end) == (
        dt.date(2024, 1, 1),
        dt.date(2026, 12, 31),
    )


def test_an_item_s_own_date_is_taken_and_the_plan_s_period_else(headed):
    deadlines = {item.code: item.deadlines for item in headed.items}

    assert [d.due for d in deadlines["II.1.1"]] == [dt.date(2026, 2, 14)]
    assert [(d.start, d.due) for d in deadlines["II.1.3"]] == [
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    ]
    assert [d.due for d in deadlines["II.2.b.1"]] == [dt.date(2026, 9, 30)]


def test_every_item_waits_for_owner_and_time(headed, wrapped):
    for item in (*headed.items, *wrapped.items):
        assert any("must confirm the owner" in entry.msgid for entry in item.problems)


def test_a_line_after_the_items_names_the_lead_of_all_of_them(headed):
    leads = {item.code: [unit.name for unit in item.lead] for item in headed.items}

    assert leads["II.1.1"] == leads["II.1.2.2"] == leads["II.1.3"] == ["Phòng Hành chính"]
    assert leads["II.2.a.1"] == []


def test_a_label_inside_the_item_names_its_lead(headed):
    item = next(item for item in headed.items if item.code == "II.2.b.1")

    assert [unit.name for unit in item.lead] == ["Trung tâm Tin học"]
    assert item.deadline_text == "quý III/2026"


def test_duties_under_other_headings_are_shown(headed):
    (found,) = params(headed)

    assert found["section"] == "TỔ CHỨC THỰC HIỆN"
    assert "hằng quý" in found["words"]


def test_lines_broken_at_the_edge_of_the_page_are_joined(wrapped):
    assert list(titles(wrapped)) == ["II.2.1", "II.2.2", "II.2.4"]
    assert titles(wrapped)["II.2.1"].endswith("trung tâm của huyện và xã.")
    assert "Câu lạc bộ - Hội đồng đọc sách." in titles(wrapped)["II.2.2"]
    assert "theo chuẩn (QTV), chú trọng" in titles(wrapped)["II.2.4"]


def test_a_paragraph_after_a_numbered_one_belongs_to_it(wrapped):
    assert "Xây dựng bộ tiêu chí" in titles(wrapped)["II.2.2"]


def test_what_is_passed_over_and_what_is_missing_is_said(wrapped):
    found = params(wrapped)

    assert "II.1. Nhiệm vụ" in [entry["section"] for entry in found if "words" in entry]
    assert [entry["missing"] for entry in found if "missing" in entry] == ["3"]


def test_an_item_of_several_years_has_a_yearly_checkpoint(wrapped):
    due, checkpoint = wrapped.items[0].deadlines

    assert isinstance(due, DateDeadline)
    assert due.due == dt.date(2026, 12, 31)
    assert isinstance(checkpoint, Recurring)
    assert checkpoint.rrule == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;UNTIL=20251231"
    assert checkpoint.dates == (dt.date(2024, 12, 31), dt.date(2025, 12, 31))
    assert checkpoint.label


def test_a_year_that_is_only_looked_towards_is_no_due_day(wrapped):
    item = next(item for item in wrapped.items if item.code == "II.2.2")

    days = [day for d in item.deadlines for day in getattr(d, "dates", None) or (d.due,)]
    assert max(days) == dt.date(2026, 12, 31)


def test_attribute_lines_make_their_heading_one_item():
    reading = reading_of(
        "II. NỘI DUNG",
        "1. Hội nghị tổng kết công tác",
        "a) Nội dung: Đánh giá kết quả, khen thưởng.",
        "b) Đơn vị chủ trì: Văn phòng.",
        "c) Đơn vị phối hợp: Phòng Hành chính.",
        "d) Thời gian thực hiện: Tháng 11/2026.",
        "đ) Kinh phí: 10 triệu đồng.",
        "2. Trang thiết bị",
        "- Thời gian: Thường xuyên",
    )
    first, second = reading.items

    assert [first.code, second.code] == ["II.1", "II.2"]
    assert first.title == "Hội nghị tổng kết công tác\nĐánh giá kết quả, khen thưởng."
    assert [unit.name for unit in first.lead] == ["Văn phòng"]
    assert [unit.name for unit in first.cooperate] == ["Phòng Hành chính"]
    assert first.deadline_text == "Tháng 11/2026."
    assert isinstance(second.deadlines[0], Ongoing)


def test_attributes_between_items_belong_to_the_one_before():
    reading = reading_of(
        "II. NHIỆM VỤ",
        "1. Việc chung",
        "- Rà soát quy chế.",
        "Thời gian: Quý I/2026",
        "- Sửa đổi quy chế.",
        "Thời gian: Quý II/2026",
    )

    assert [item.deadline_text for item in reading.items] == ["Quý I/2026", "Quý II/2026"]


def test_a_heading_of_aims_inside_a_part_of_tasks_is_left_out():
    reading = reading_of(
        "I. NỘI DUNG",
        "1. Mục tiêu",
        "- Cơ quan số.",
        "2. Nhiệm vụ",
        "- Nâng cấp trang thông tin.",
    )

    assert titles(reading) == {"I.2.1": "Nâng cấp trang thông tin."}


def test_a_long_numbered_sentence_keeps_its_list():
    sentence = "Tăng cường kỷ luật làm việc trong toàn cơ quan, " * 3 + "bảo đảm đúng giờ."
    reading = reading_of("I. NHIỆM VỤ", f"1. {sentence}", "- Điểm danh;", "- Báo cáo.")

    assert titles(reading) == {"I.1": f"{sentence}\n- Điểm danh;\n- Báo cáo."}


def test_parts_by_letters_and_words_have_codes_of_their_own():
    reading = reading_of(
        "Phần thứ hai. NHIỆM VỤ, GIẢI PHÁP", "I. Tổ chức", "1. Kiện toàn các phòng.",
        "B. GIẢI PHÁP", "1) Tuyên truyền.",
    )  # fmt: skip

    assert list(titles(reading)) == ["2.I.1", "B.1"]


def test_a_plan_that_names_no_part_of_tasks_is_read_but_for_aims():
    reading = reading_of(
        "1. Mục tiêu", "- Sạch đẹp.", "2. Cây xanh", "- Trồng cây.", "- Tưới cây.",
        "3. Tổ chức thực hiện", "- Các phòng thực hiện.",
    )  # fmt: skip

    assert titles(reading) == {"2.1": "Trồng cây.", "2.2": "Tưới cây."}


def test_codes_are_unique():
    reading = reading_of("I. NHIỆM VỤ", "1. Việc một.", "1. Việc hai.")

    assert list(titles(reading)) == ["I.1", "I.1-2"]


def test_a_year_inside_a_span_is_the_plan_s():
    title = ("KẾ HOẠCH", "Cải cách năm 2026 thuộc Chương trình giai đoạn 2021-2030")

    assert reading_of("I. NHIỆM VỤ", "1. Việc.", title=title).period.end == dt.date(2026, 12, 31)


def test_a_table_that_was_not_understood_is_not_passed_over_silently():
    table = Table((("A", "B", "C"),) * 3)
    tasks = ("I. NHIỆM VỤ", "1. Việc một.", "2. Việc hai.", "3. Việc ba.")

    reading = reading_of(*tasks, table)

    assert [entry["count"] for entry in params(reading)] == ["3"]
    with pytest.raises(UnreadableDocument):
        reading_of("I. NHIỆM VỤ", "1. Việc một.", table)


def test_a_letter_is_no_plan():
    with pytest.raises(UnreadableDocument):
        reading_of("Kính gửi: Các đơn vị", "Đề nghị các đơn vị báo cáo.", "Trân trọng./.")


def test_a_text_of_thousands_of_paragraphs_is_no_plan():
    with pytest.raises(UnreadableDocument) as error:
        reading_of("I. NHIỆM VỤ", *["- Việc."] * 2001)

    assert dict(error.value.problem.params)["limit"] == "2000"


def test_numbers_of_many_parts_and_endless_lines_are_bounded():
    deep = [f"{'.'.join('1' * depth)} Việc." for depth in range(2, 400)]
    endless = ["và tiếp tục"] * 5000

    reading = reading_of("I. NHIỆM VỤ", *deep, "- Việc", *endless)

    assert len(reading.items) > 300


@pytest.mark.parametrize(
    ("text", "level", "number"),
    [
        ("II- GIẢI PHÁP", Level.ROMAN, "II"),
        ("2.10. Việc", Level.DECIMAL, "2.10"),
        ("2.1.3 Việc", Level.DECIMAL + 10, "2.1.3"),
        ("05. Việc", Level.ARABIC, "5"),
        ("a) Việc", Level.LETTER, "a"),
        ("- Việc", Level.BULLET, ""),
        ("+ Việc", Level.PLUS, ""),
        ("100% hồ sơ", Level.BARE, ""),
        ("2.000 hồ sơ", Level.BARE, ""),
        ("15/6 là hạn cuối", Level.BARE, ""),
        ("XI, nhiệm kỳ 2020", Level.BARE, ""),
        ("Các việc sau:", Level.LEAD_IN, ""),
    ],
)
def test_a_line_is_told_by_its_mark(text, level, number):
    line = read_line(text)

    assert (line.level, line.number) == (level, number)


def test_whole_paragraphs_stay_apart():
    lines = ["Thực hiện 85% dịch vụ trực tuyến", "Thực hiện 65% hồ sơ", "100% hồ sơ."]

    assert joined(lines) == lines
