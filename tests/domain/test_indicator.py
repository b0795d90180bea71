"""Targets in sentences: which numbers are figures to reach, and which are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.indicator import Direction, find_indicator, find_indicators

LEAST, MOST, NONE = Direction.AT_LEAST, Direction.AT_MOST, Direction.NONE_ALLOWED


@pytest.mark.parametrize(
    ("text", "direction", "number", "unit", "exclusive"),
    [
        ("mức độ hài lòng đạt từ 95% trở lên", LEAST, "95", "%", False),
        ("tối thiểu 40% hồ sơ trực tuyến", LEAST, "40", "%", False),
        ("Từ 13 TTHC trở lên được liên thông", LEAST, "13", "TTHC", False),
        ("Từ 05 TTHC trở lên", LEAST, "5", "TTHC", False),
        ("kiểm tra trên 30% số đơn vị", LEAST, "30", "%", True),
        ("đạt trên 60% trở lên", LEAST, "60", "%", False),
        ("100% hồ sơ được số hóa", LEAST, "100", "%", False),
        ("đạt 98,5 % kế hoạch", LEAST, "98.5", "%", False),
        ("tối thiểu từ 30% số phòng trở lên", LEAST, "30", "%", False),
        ("ít nhất 02 lớp tập huấn", LEAST, "2", "lớp tập huấn", False),
        ("không dưới 1.500 lượt người", LEAST, "1500", "lượt người", False),
        ("tỷ lệ hồ sơ trễ hạn không quá 5%", MOST, "5", "%", False),
        ("tỷ lệ hồ sơ trễ hạn dưới 2%", MOST, "2", "%", True),
        ("còn 3% trở xuống", MOST, "3", "%", False),
        ("tối đa 3 phòng", MOST, "3", "phòng", False),
        ("tỷ lệ ≥ 90%", LEAST, "90", "%", False),
        ("tỷ lệ < 5%", MOST, "5", "%", True),
    ],
)
def test_a_target_is_read(text, direction, number, unit, exclusive):
    found = find_indicator(text)

    assert found is not None
    assert (found.direction, found.number, found.unit) == (direction, Decimal(number), unit)
    assert found.exclusive == exclusive
    assert found.text in text
    assert found.has_figure


@pytest.mark.parametrize(
    "text",
    [
        "không có trường hợp nào bị kỷ luật",
        "không để xảy ra tình trạng chậm trễ",
        "Không có sai phạm trong sử dụng kinh phí",
        "không có hồ sơ quá hạn",
    ],
)
def test_what_must_not_happen_is_a_target_without_a_figure(text):
    found = find_indicator(text)

    assert found is not None
    assert (found.direction, found.number) == (NONE, 0)
    assert not found.has_figure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tại 02 đơn vị sự nghiệp",
        "dịch vụ công mức độ 3, mức độ 4",
        "Nghị định số 108/2014/NĐ-CP ngày 20/11/2014",
        "từ ngày 15/6 trở đi",
        "trẻ em dưới 6 tuổi",
        "trong năm 2023 vào cơ sở dữ liệu",
        "giai đoạn từ 2021 đến 2025",
        "TCVN ISO 9001:2015",
        "phiên bản 2.0",
        "quy trình 3 trong 1",
        "ít nhất 05 ngày làm việc trước cuộc họp",
        "không vượt quá số lượng được giao",
    ],
)
def test_other_numbers_are_no_targets(text):
    assert find_indicator(text) is None


def test_a_sentence_may_state_several():
    found = find_indicators("kiểm tra từ 30% trở lên; 100% vấn đề được xử lý; không có vi phạm")

    assert [(target.direction, int(target.number)) for target in found] == [
        (LEAST, 30),
        (LEAST, 100),
        (NONE, 0),
    ]


@given(st.text(alphabet="0123456789%.,/ từđạtên≥<trởlong", max_size=60))
def test_it_never_fails_and_quotes_the_text(text):
    for found in find_indicators(text):
        assert found.number >= 0
        assert found.text in text
