"""The product column becomes products that can be ticked one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.products import read_products, split_products

EXAMPLES = {
    "": (),
    "Danh mục hồ sơ": ("Danh mục hồ sơ",),
    "Kế hoạch kiểm tra; Báo cáo kết quả kiểm tra": (
        "Kế hoạch kiểm tra",
        "Báo cáo kết quả kiểm tra",
    ),
    "Hội nghị tập huấn; tài liệu tập huấn.": ("Hội nghị tập huấn", "Tài liệu tập huấn"),
    "Kế hoạch, báo cáo kết quả của Sở": ("Kế hoạch", "Báo cáo kết quả của Sở"),
    "Kế hoạch và báo cáo kết quả": ("Kế hoạch", "Báo cáo kết quả"),
    "Biên bản, BC kết quả kiểm tra": ("Biên bản", "BC kết quả kiểm tra"),
    "Biên bản hoặc Báo cáo đánh giá": ("Biên bản hoặc Báo cáo đánh giá",),
    "Báo cáo CCHC (quý I; 6 tháng; quý III)": ("Báo cáo CCHC (quý I; 6 tháng; quý III)",),
    "Hồ sơ theo thông báo; theo kết quả tự đánh giá": (
        "Hồ sơ theo thông báo; theo kết quả tự đánh giá",
    ),
    "- Quyết định cử đi học;\n- 100% người được cử hoàn thành khóa học; có chứng chỉ.": (
        "Quyết định cử đi học",
        "100% người được cử hoàn thành khóa học; có chứng chỉ",
    ),
    "1. Lịch tiếp dân\n2. Sổ tiếp dân": ("Lịch tiếp dân", "Sổ tiếp dân"),
    "a) Lịch\nb) Sổ": ("Lịch", "Sổ"),
    "100% hồ sơ đúng hạn\n02 sáng kiến": ("100% hồ sơ đúng hạn", "02 sáng kiến"),
    "- Tỷ lệ giải ngân đạt 95%;\nTỷ lệ đến tháng 9 đạt 60%": (
        "Tỷ lệ giải ngân đạt 95%",
        "Tỷ lệ đến tháng 9 đạt 60%",
    ),
    "- Danh mục văn bản\nhết hiệu lực\n- Công văn": ("Danh mục văn bản hết hiệu lực", "Công văn"),
    "Quyết định, kế hoạch": ("Quyết định", "Kế hoạch"),
    "Tập thể, cá nhân được khen thưởng": ("Tập thể, cá nhân được khen thưởng",),
    " ; ;\n-\n": (),
}


@pytest.mark.parametrize(("text", "products"), EXAMPLES.items())
def test_each_product_can_be_ticked(text, products):
    assert split_products(text) == products


def test_what_introduces_the_bullets_is_no_product():
    found = read_products("Theo số liệu của phần mềm:\n- Không có việc trễ hạn.\n- Không gia hạn")

    assert found.head == "Theo số liệu của phần mềm"
    assert found.each == ("Không có việc trễ hạn", "Không gia hạn")


def test_a_line_before_the_bullets_that_ends_without_a_colon_is_a_product():
    assert split_products("Kế hoạch năm\n- Báo cáo năm") == ("Kế hoạch năm", "Báo cáo năm")


@given(st.text())
def test_any_text_is_split_without_an_error_and_without_empty_products(text):
    found = split_products(text)

    assert all(one.strip() for one in found)
    assert split_products(text) == found
