import io
import zipfile

import docx
import pytest

from bot.domain.plan import UnreadableDocument
from bot.domain.reading.table import Table
from bot.intake.document import read_document
from tests.intake.files import PLAN, edit_zip, save, word_plan

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {NAMESPACE}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1">
<w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def word_file(body, **parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/numbering.xml", NUMBERING)
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def p(text, mark=""):
    return f"<w:p><w:pPr>{mark}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text, number, level=0):
    mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, mark)


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def read(body):
    return read_document(word_file(body), "plan.bin")


def test_paragraphs_and_tables_come_in_order():
    document = read(p("Một") + table(cell(p("a")) + cell(p("b"))) + p("Hai"))

    assert document.blocks == ("Một", Table((("a", "b"),)), "Hai")


def test_merged_cells_hold_their_text_once():
    document = read(
        table(
            cell(p("rộng"), '<w:gridSpan w:val="2"/>') + cell(p("x")),
            cell(p("cao"), '<w:vMerge w:val="restart"/>') + cell(p("1")) + cell(p("2")),
            cell(p("cao"), "<w:vMerge/>") + cell(p("3")) + cell(p("4")),
        )
    )

    assert document.tables[0].rows == (("rộng", "", "x"), ("cao", "1", "2"), ("", "3", "4"))


def test_insertions_stay_and_deletions_go():
    document = read(
        "<w:p><w:r><w:t>Hạn </w:t></w:r><w:del><w:r><w:delText>30/6</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>15/7</w:t></w:r></w:ins>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )

    assert document.paragraphs == ("Hạn 15/7",)


def test_automatic_numbers_and_bullets_are_written_out():
    document = read(
        numbered("Một", 1) + numbered("Một hai", 1, 1) + numbered("Hai", 1) + numbered("Gạch", 2)
    )

    assert document.paragraphs == ("1. Một", "1.1 Một hai", "2. Hai", "- Gạch")


def test_lines_and_nested_tables_stay_in_their_cell():
    document = read(
        table(
            cell("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"),
            cell(p("ngoài") + table(cell(p("trong")))),
        )
    )

    assert document.tables[0].rows == (("a\nb",), ("ngoài\ntrong",))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 broken",
        word_file("<w:p>")[:200],
        word_file("<w:p>"),
        word_file("").replace(b"word/document.xml", b"word/documenx.xml"),
        bytes.fromhex("d0cf11e0a1b11ae1") + b"locked",
        b"%PDF-1.7",
    ],
)
def test_broken_locked_and_unknown_files_are_refused_with_a_sentence(data):
    with pytest.raises(UnreadableDocument) as error:
        read_document(data, "plan.docx")

    assert dict(error.value.problem.params)["name"] == "plan.docx"


def test_a_file_that_unpacks_to_too_much_is_refused():
    with pytest.raises(UnreadableDocument):
        read_document(word_file(p("a" * 80_000_000)), "bomb.docx")


def test_entities_are_not_followed():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document {NAMESPACE}><w:body/></w:document>',
        )

    with pytest.raises(UnreadableDocument):
        read_document(data.getvalue(), "plan.docx")


def test_rows_and_cells_that_were_deleted_are_gone():
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell(p("cũ")) + "</w:tr>"
    document = read(
        table(cell(p("a")) + cell(p("b"), "<w:cellDel/>") + cell(p("c"))).replace(
            "</w:tbl>", f"{gone}</w:tbl>"
        )
    )

    assert document.tables[0].rows == (("a", "c"),)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    document = read(p("Trước ngày ", "<w:rPr><w:del/></w:rPr>") + p("30/6"))

    assert document.paragraphs == ("Trước ngày 30/6",)


def test_moved_text_stands_where_it_was_moved_to():
    run = "<w:r><w:t>{}</w:t></w:r>"
    document = read(
        f"<w:p><w:moveFrom>{run.format('cũ')}</w:moveFrom>{run.format('a')}</w:p>"
        f"<w:p><w:moveTo>{run.format('mới')}</w:moveTo></w:p>"
    )

    assert document.paragraphs == ("a", "mới")


def test_hidden_text_is_left_out_and_said():
    document = read(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>"
    )

    assert document.paragraphs == ("hiện",)
    assert len(document.problems) == 1


def test_a_deadline_merged_over_numbered_tasks_is_each_ones_own():
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        table(
            cell(p("STT"), start) + cell(p("Nhiệm vụ"), start) + cell(p("Thời hạn")),
            cell(p(""), on) + cell(p(""), on) + cell(p("Ngày")),
            cell(p("1")) + cell(p("Một")) + cell(p("30/6"), start),
            cell(p("2")) + cell(p("Hai")) + cell(p(""), on),
            cell(p("")) + cell(p("còn nữa")) + cell(p(""), on),
        )
    )

    assert document.tables[0].rows[1:] == (
        ("", "", "Ngày"),
        ("1", "Một", "30/6"),
        ("2", "Hai", "30/6"),
        ("", "còn nữa", ""),
    )


def test_an_appendix_inside_a_cell_is_a_table_of_its_own():
    inner = table(
        cell(p("STT")) + cell(p("Nhiệm vụ")) + cell(p("Thời hạn")),
        cell(p("1")) + cell(p("Một")) + cell(p("30/6")),
    )
    document = read(table(cell(p("ngoài") + inner)))

    assert [each.rows for each in document.tables] == [
        (("ngoài",),),
        (("STT", "Nhiệm vụ", "Thời hạn"), ("1", "Một", "30/6")),
    ]


def test_lists_of_a_style_are_marked_and_a_restarted_list_counts_anew():
    document = docx.Document()
    document.add_paragraph("Gạch", style="List Bullet")
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")

    assert read_document(save(document), "x").paragraphs == ("- Gạch", "1. Một", "2. Hai")

    restarted = NUMBERING.replace(
        "</w:numbering>",
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>',
    )
    data = edit_zip(
        word_file(numbered("a", 1) + numbered("b", 3) + numbered("c", 3)),
        {"word/numbering.xml": restarted.encode()},
    )
    assert read_document(data, "x").paragraphs == ("1. a", "1. b", "2. c")


def test_macros_are_left_alone_and_said():
    data = edit_zip(
        word_plan(),
        {
            "word/vbaProject.bin": b"macro",
            "[Content_Types].xml": lambda before: before.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                b"vnd.ms-word.document.macroEnabled.main",
            ),
        },
    )

    document = read_document(data, "plan.docm")

    assert document.tables[0].rows[2] == PLAN[2]
    assert len(document.problems) == 1


def test_a_link_to_a_part_that_is_not_there_does_not_stop_the_reading():
    data = edit_zip(
        word_plan(),
        {
            "word/_rels/document.xml.rels": lambda before: before.replace(
                b'Target="styles.xml"', b'Target="NULL"'
            )
        },
    )

    assert read_document(data, "plan.docx").tables[0].rows[2] == PLAN[2]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


OFF = '<w:strike w:val="0"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'


def test_a_raised_footnote_mark_is_no_part_of_a_date():
    document = read(
        f"<w:p>{run('Trước 15/1')}{run('1', RAISED)}{run(', trên 100m')}{run('2', RAISED)}</w:p>"
    )

    assert document.paragraphs == ("Trước 15/1, trên 100m2",)


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_out_text_is_left_out_and_told(mark):
    document = read(f"<w:p>{run('Hạn ')}{run('30/6', mark)}{run('15/7')}</w:p>")

    assert document.paragraphs == ("Hạn 15/7",)
    assert "struck-out" in document.problems[0].msgid
    assert read(f"<w:p>{run('30/6', OFF)}</w:p>").problems == ()
