import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.table import Table
from bot.intake.cells import tidy_cell
from bot.intake.document import read_document

TEXT = "KẾ HOẠCH\r\n\r\nSTT\tViệc\r\n1\t<ul><li>Một</li><li>Hai</li></ul>\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_reads_the_same_in_every_encoding(encoding):
    document = read_document(TEXT.encode(encoding), "plan.txt")

    assert document.blocks == (
        "KẾ HOẠCH",
        Table((("STT", "Việc"), ("1", "- Một\n- Hai"))),
    )


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"\xff\xfe", b"\x80\x81abc", b"a\x00b\x01\x00"])
def test_a_file_that_is_no_text_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableDocument) as error:
        read_document(data, "plan.txt")

    assert dict(error.value.problem.params)["name"] == "plan.txt"


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  a \u00a0 b\u200b ", "a b"),
        ("<p>- Một;</p><p>Hai</p>", "- Một;\nHai"),
        ('<ul style="x"> - Một. - Hai <ul> + Ba </ul>', "- Một.\n- Hai\n+ Ba"),
        ("<i>nghiêng</i> và <b>đậm</b>", "nghiêng và đậm"),
        ("Một.<br/>Hai", "Một.\nHai"),
        (
            "- Đánh giá hàng tháng; - Đánh giá cuối năm",
            "- Đánh giá hàng tháng;\n- Đánh giá cuối năm",
        ),
        ("làm xong. -Phòng khác làm tiếp", "làm xong.\n- Phòng khác làm tiếp"),
        ("• Một\n• Hai", "- Một\n- Hai"),
        ("–Một", "- Một"),
        ("Phòng A: + Tham mưu. + Báo cáo.", "Phòng A:\n+ Tham mưu.\n+ Báo cáo."),
        ("thi đua - khen thưởng", "thi đua - khen thưởng"),
        ("thi đua\n- khen thưởng", "thi đua - khen thưởng"),
        ("Thanh tra – Bổ trợ", "Thanh tra – Bổ trợ"),
        ("**Đậm** 2*3*4", "Đậm 2*3*4"),
        ("a &amp; b &lt; c < d", "a & b < c < d"),
        ("giữ <ins>thêm</ins><del>bỏ</del>", "giữ thêm"),
        ("-5 độ", "-5 độ"),
        ("e\u0302", "ê"),
    ],
)
def test_cells_become_plain_lines(raw, tidy):
    assert tidy_cell(raw) == tidy


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_more(text):
    once = tidy_cell(text)

    assert all(line == " ".join(line.split()) for line in once.split("\n"))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(UnreadableDocument):
        read_document(data, "plan.txt")
