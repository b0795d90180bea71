import io
import zipfile

import pytest

from bot.domain.plan import UnreadableDocument
from bot.domain.table import Table
from bot.intake.document import read_document

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>"""
STRINGS = f"<sst {MAIN}><si><t>Việc</t></si><si><r><t>Thời </t></r><r><t>hạn</t></r></si></sst>"


def workbook(*sheets, hidden=()):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entries = relations = ""
        for number, rows in enumerate(sheets, start=1):
            state = 'state="hidden"' if number in hidden else ""
            entries += f'<sheet name="s{number}" {state} r:id="r{number}"/>'
            relations += f'<Relationship Id="r{number}" Target="worksheets/s{number}.xml"/>'
            archive.writestr(
                f"xl/worksheets/s{number}.xml",
                f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{entries}</sheets></workbook>',
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{relations}</Relationships>',
        )
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/sharedStrings.xml", STRINGS)
    return data.getvalue()


def text(reference, value):
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def test_title_rows_become_paragraphs_and_the_rest_a_table():
    data = workbook(
        f"<row>{text('A1', 'PHỤ LỤC')}</row>"
        '<row><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c></row>'
    )

    assert read_document(data, "x").blocks == ("PHỤ LỤC", Table((("Việc", "", "Thời hạn"),)))


def test_dates_are_days_and_numbers_stay_numbers():
    data = workbook(
        '<row><c r="A1"><v>1</v></c><c r="B1" s="1"><v>45412</v></c>'
        '<c r="C1" s="2"><v>45412.5</v></c><c r="D1"><v>2024</v></c><c r="E1"><v>1.5</v></c></row>'
    )

    assert read_document(data, "x").tables[0].rows == (
        ("1", "30/04/2024", "30/04/2024", "2024", "1.5"),
    )


def test_hidden_sheets_are_left_out_and_the_others_read_in_order():
    row = "<row>{}{}</row>"
    data = workbook(
        row.format(text("A1", "một"), text("B1", "1")),
        row.format(text("A1", "hai"), text("B1", "2")),
        row.format(text("A1", "ba"), text("B1", "3")),
        hidden={2},
    )

    tables = read_document(data, "x").tables
    assert [table.rows[0][0] for table in tables] == ["một", "ba"]


def test_too_many_rows_are_refused():
    with pytest.raises(UnreadableDocument):
        read_document(workbook("<row/>" * 20_001), "x")
