import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading.table import Table
from bot.intake.document import read_document
from bot.intake.formats import Format, read_format


def read(text):
    return read_document(text.encode(), "plan")


def test_a_page_gives_its_paragraphs_and_tables():
    document = read(
        "<html><head><title>x</title><style>p{}</style></head><body><h1>PHỤ LỤC</h1>"
        "<p>Năm&nbsp;2026</p><table><tr><th>TT</th><th>Việc</th></tr>"
        "<tr><td colspan='2'>I. <b>PHẦN</b></td></tr>"
        "<tr><td>1</td><td><ul><li>Một</li><li>Hai &amp; ba</li></ul></td></tr></table></body>"
    )

    assert document.blocks == (
        "PHỤ LỤC",
        "Năm 2026",
        Table((("TT", "Việc"), ("I. PHẦN", ""), ("1", "- Một\n- Hai & ba"))),
    )


def test_cells_without_end_tags_and_those_that_span_rows_keep_their_columns():
    document = read(
        "<table><tr><th>TT<th>Việc<th>Hạn<tr><td>1<td>Một<td rowspan=2>30/6<tr><td>2<td>Hai"
        "<tr><td rowspan=2>3<td>Ba<td>31/12<tr><td>còn nữa<td></table>"
    )

    assert document.tables[0].rows == (
        ("TT", "Việc", "Hạn"),
        ("1", "Một", "30/6"),
        ("2", "Hai", "30/6"),
        ("3", "Ba", "31/12"),
        ("", "còn nữa", ""),
    )


def test_a_markdown_table_is_a_table():
    document = read("# Phụ lục\n\n| TT | Việc |\n|---|:--|\n| 1 | Một \\| hai<br>ba |\n\nHết\n")

    assert document.blocks == (
        "Phụ lục",
        Table((("TT", "Việc"), ("1", "Một | hai\nba"))),
        "Hết",
    )


@given(st.text(alphabet="<>/tablerdp &;#x1|\n-a", max_size=200))
def test_odd_markup_is_read(text):
    for page in (f"<table>{text}", f"a{text}"):
        assert read_format(Format.TEXT, page.encode(), "plan").blocks is not None


def test_a_raised_footnote_mark_is_no_part_of_a_date():
    document = read(
        "<table><tr><td>Trước 15/1<sup><a href='#f'>1</a></sup><td>100m<sup>2</sup></table>"
    )

    assert document.tables[0].rows == (("Trước 15/1", "100m2"),)


def told(document):
    return [each.msgid.partition(",")[0] for each in document.problems]


@pytest.mark.parametrize(
    "tag", ["s", "strike", "del", "span style='text-decoration:line-through'"]
)
def test_struck_out_text_of_a_page_is_left_out_and_told(tag):
    end = tag.partition(" ")[0]
    document = read(f"<table><tr><td>Hạn <{tag}><b>30/6</b></{end}>15/7<td><{tag}>x<td>y</table>")

    assert document.tables[0].rows == (("Hạn 15/7", "", "y"),)
    assert told(document) == ["The file has struck-out text"]


def test_struck_out_text_of_markdown_is_left_out_and_told():
    document = read("| 1 | ~~30/6~~ 15/7 |\n\nHạn <s>1/1</s> 2/2\n")

    assert document.blocks == (Table((("1", "15/7"),)), "Hạn 2/2")
    assert told(document) == ["The file has struck-out text"]


@pytest.mark.parametrize("mark", ["hidden", "style='color:red; display: none'"])
def test_what_a_page_hides_is_left_out_and_told(mark):
    document = read(
        f"<table><tr><th>TT<th {mark}>Hạn<th>Việc<tr><td>1</td><td {mark}>30/6</td>"
        f"<td>Một<span {mark}>x</span></td></tr><tr {mark}><td>2<td>3<td>4<tr><td>5<td {mark}>6"
        f"<td>7</table><p {mark}>a<p>b<div {mark}>c<div>d</div>e</div>f"
    )

    assert document.blocks == (Table((("TT", "Việc"), ("1", "Một"), ("5", "7"))), "b", "f")
    assert told(document) == ["The file has hidden text"]
