"""The list of what was understood, as a spreadsheet that opens, filters and prints."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.draft import Draft, DraftDeadline, DraftItem, DraftUnit
from bot.domain.problem import problem
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind, Duty
from bot.i18n import translator
from bot.reports.sheet import Column, Sheet, write_sheet
from handlers.render_loading_list import file_name, plan_sheet
from tests.builders import every, make_reading, on, vn

TR = translator("vi")


def opened(data: bytes) -> Worksheet:
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def draft(*items: DraftItem) -> Draft:
    period = make_reading().period
    title = "KẾ HOẠCH cải cách/hành chính: 2024?"
    return Draft(1, title, period, PlanState.DRAFT, vn("2024-01-02 08:00"), items=items)


ITEM = DraftItem(
    1,
    "III.5",
    "III. CHUNG",
    "Rà soát thủ tục",
    "- Báo cáo\n- Danh mục",
    "Trước ngày 30/4/2024",
    "Các phòng gửi Văn phòng",
    units=(
        DraftUnit(Duty.LEAD, "Văn phòng", False, True),
        DraftUnit(Duty.COOPERATE, "các phòng", True, False),
    ),
    deadlines=(
        DraftDeadline(False, DeadlineKind.DATE, on("2024-04-29", before=True)),
        DraftDeadline(
            True, DeadlineKind.RECURRING, every("2024-03-14", "2024-06-14"), (("các phòng", True),)
        ),
    ),
    problems=(problem('"{words}" was read as {day}; please check.', words="x", day="2024-04-29"),),
)


def test_a_row_says_what_was_read_with_weekdays_and_whose_date_it_is() -> None:
    page = opened(write_sheet(plan_sheet(draft(ITEM), TR)))

    values = [cell.value for cell in page[3]]

    assert values[:5] == [
        "III.5",
        "III. CHUNG",
        "Rà soát thủ tục",
        "- Báo cáo\n- Danh mục",
        "Trước ngày 30/4/2024",
    ]
    assert values[5] == "thứ Hai 29/4/2024"
    assert values[6:8] == ["Văn phòng", "các phòng"]
    assert values[8] == "các phòng: thứ Năm 14/3/2024, thứ Sáu 14/6/2024"
    assert "29/4/2024" in str(values[9])


def test_it_is_set_up_to_filter_scroll_and_print() -> None:
    page = opened(write_sheet(plan_sheet(draft(ITEM, ITEM), TR)))

    assert page.freeze_panes == "B3"
    assert page.auto_filter.ref == "A2:J4"
    assert page.print_title_rows == "$2:$2"
    assert (page.page_setup.orientation, int(page.page_setup.paperSize or 0)) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert all(cell.alignment.wrap_text for cell in page[3])
    assert all((page.column_dimensions[c].width or 0) > 5 for c in "ABCDEFGHIJ")
    assert (page.row_dimensions[3].height or 0) >= 30  # two lines of the product


@pytest.mark.parametrize("text", ["=1+1", "+84 258", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_never_becomes_a_formula(text: str) -> None:
    page = opened(write_sheet(Sheet("a", "=b", (Column("=c", 10),), ((text,),))))

    for cell, written in ((page["A1"], "=b"), (page["A2"], "=c"), (page["A3"], text)):
        assert (cell.value, cell.data_type) == (written, "s")
        assert cell.quotePrefix


def test_what_no_cell_takes_is_left_out() -> None:
    page = opened(
        write_sheet(Sheet("a/b[c]", "t", (Column("c", 10),), (("a\x07b" + "x" * 40_000,),)))
    )

    assert str(page["A3"].value).startswith("abx")
    assert len(str(page["A3"].value)) <= 32_767
    assert page.title == "a-b-c-"
    assert (page.row_dimensions[3].height or 0) <= 409


def test_the_files_name_is_one_that_any_system_takes() -> None:
    assert file_name(draft()) == "ke-hoach-cai-cach-hanh-chinh-2024.xlsx"
