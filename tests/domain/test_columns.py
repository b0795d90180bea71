import pytest

from bot.domain.reading.column_phrases import Column
from bot.domain.reading.columns import find_column, find_layout, find_second_row


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("T T", Column.NUMBER),
        ("STT", Column.NUMBER),
        ("Số TT", Column.NUMBER),
        ("Nhiệm vụ", Column.TITLE),
        ("Nội dung công việc", Column.TITLE),
        ("NỘI DUNG", Column.TITLE),
        ("Nhiệm vụ, giải pháp", Column.TITLE),
        ("Sản phẩm/kết quả", Column.PRODUCT),
        ("Sản phẩm đầu ra", Column.PRODUCT),
        ("Kết quả", Column.PRODUCT),
        ("Tiến độ", Column.DEADLINE),
        ("Thời gian thực hiện", Column.DEADLINE),
        ("Thời gian hoàn thành", Column.DEADLINE),
        ("Thời hạn", Column.DEADLINE),
        ("Lộ trình", Column.DEADLINE),
        ("Phân công và cách thức thực hiện", Column.ASSIGNMENT),
        ("Đơn vị thực hiện", Column.ASSIGNMENT),
        ("Trách nhiệm", Column.ASSIGNMENT),
        ("Đơn vị chủ trì, phối hợp", Column.ASSIGNMENT),
        ("Cơ quan chủ trì", Column.LEAD),
        ("Chủ trì", Column.LEAD),
        ("Cơ quan phối hợp", Column.COOPERATE),
        ("Đơn vị phối hợp thực hiện", Column.COOPERATE),
        ("Ghi chú", Column.NOTE),
        ("Kinh phí thực hiện", Column.BUDGET),
        ("", None),
        ("Văn phòng", None),
    ],
)
def test_a_column_is_known_by_its_name(header, column):
    assert find_column(header) == column


def test_a_task_row_is_no_header():
    assert find_layout(("1", "Báo cáo kết quả thực hiện", "Báo cáo", "30/6", "Văn phòng")) is None
    assert find_layout(("1", "Nội dung", "", "Văn phòng chủ trì thực hiện", "")) is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Ngày bắt đầu", "Ngày kết thúc"),
        ("Thời gian bắt đầu", "Thời gian kết thúc"),
        ("Thời gian bắt đầu", "Thời gian hoàn thành"),
        ("Từ ngày", "Đến ngày"),
    ],
)
def test_the_end_is_the_deadline_and_the_start_is_none(start, end):
    layout = find_layout(("TT", "Nhiệm vụ", start, end, "Đơn vị"))

    assert layout is not None
    assert layout[Column.DEADLINE] == 3
    assert find_column(start) is None
    assert find_column(f"{start} - {end}") is Column.DEADLINE


def test_start_and_end_may_stand_in_a_second_row():
    first = find_layout(("TT", "Nhiệm vụ", "Thời gian thực hiện", "", "Đơn vị thực hiện"))

    second = find_second_row(("", "", "Bắt đầu", "Hoàn thành", ""), first)

    assert second == {**first, Column.DEADLINE: 3}
    assert find_second_row(("", "", "Bắt đầu", "", ""), first) is None
