"""The tables made of the sample plan in mid-year, held to reviewed files.

After a change that was meant, read the difference, then keep what the test has written beside the
reviewed file (its name ends in .new).
"""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.domain.days import office_date
from bot.domain.reading.reader import read_plan
from bot.domain.report_period import count
from bot.domain.roles import Role
from bot.domain.states import ExtensionState, ReportState
from bot.domain.status import Progress
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.i18n import translator
from bot.intake.document import read_document
from bot.reports.official import Paragraph, write_official
from bot.reports.sheet import write_book
from bot.services import offices, plans, summaries
from bot.services.actor import Actor
from bot.services.period_reports import period_report
from bot.services.progress_table import progress_table
from bot.services.summaries_closing import plan_summaries
from handlers.render_progress_table import progress_sheet
from handlers.render_report import Letterhead, report
from handlers.render_summary_table import summary_sheet
from storage import grants, people
from storage.db import Database
from storage.models import ExtensionRow, OccurrenceRow, PartRow, ReportRow
from tests.builders import change, rows, vn

DATA = Path(__file__).parents[1] / "data"
BEGIN, NOW = vn("2026-01-05 08:00"), vn("2026-07-15 08:00")
LAN = Actor(4242, "Lan", 4242)
TR = translator("vi")


@pytest.fixture
async def year(db: Database) -> int:
    """The sample plan in mid-year: every fourth part that fell due is open, every fifth late."""
    units, _ = read_units_csv((DATA / "plans" / "mau-2026-units.csv").read_text(encoding="utf-8"))
    source = (DATA / "plans" / "mau-2026.txt").read_bytes()
    office_id = await offices.ensure_office(db, "Sở Tư pháp", "vi")
    await offices.load_units(db, office_id, units, BEGIN)
    reading = read_plan(read_document(source, "mau-2026.txt"), UnitRegistry(units))
    stored = await plans.store(
        db, office_id, reading, source, "mau-2026.txt", BEGIN, accept_suggestions=True
    )
    await plans.activate(db, office_id, stored.plan_id, BEGIN)
    async with db.begin() as session:
        person_id = await people.put_person(session, office_id, 4242, "Lan", BEGIN)
        await grants.put_grant(
            session, office_id, person_id, Role.COORDINATOR, None, today=dt.date(2024, 1, 1)
        )
    due = {row.id: row.due for row in await rows(db, OccurrenceRow)}
    for number, part in enumerate(await rows(db, PartRow)):
        day = due[part.occurrence_id]
        if day is None or day > dt.date(2026, 7, 10) or number % 4 == 3:
            continue
        delay = dt.timedelta(days=2 if number % 5 == 4 else -1)
        await finish(db, office_id, part.id, day + delay)
    return stored.plan_id


async def finish(db: Database, office_id: int, part_id: int, on: dt.date) -> None:
    at = vn(f"{on} 09:00")
    async with db.begin() as session:
        session.add(
            ReportRow(
                office_id=office_id,
                part_id=part_id,
                person_id=1,
                note="Đã ban hành",
                state="accepted",
                submitted_at=at,
                decided_at=at,
            )
        )
    await change(db, PartRow, part_id, progress=Progress.DONE, submitted_at=at)


def check(name: str, found: str) -> None:
    path = DATA / "golden" / name
    reviewed = path.read_text(encoding="utf-8") if path.exists() else ""
    if found != reviewed:
        path.with_suffix(".new").write_text(found, encoding="utf-8")
    assert found == reviewed


def shown(cell: object) -> str:
    """Return a cell as it is read: a day is one in the file."""
    return office_date(cell.date()) if isinstance(cell, dt.datetime) else str(cell or "")


def sheet_text(data: bytes) -> str:
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    lines = [
        "\t".join(shown(cell).replace("\n", " / ") for cell in row).rstrip()
        for row in page.iter_rows(values_only=True)
    ]
    return "\n".join(lines) + "\n"


async def test_the_table_of_progress(db: Database, year: int) -> None:
    table = await progress_table(db, LAN, year, NOW)

    check("tien-do-2026.tsv", sheet_text(write_book([progress_sheet(table, TR)])))


async def test_the_summary_by_unit(db: Database, year: int) -> None:
    found = await summaries.summary(db, LAN, "6 tháng", NOW)

    check("tong-hop-2026.tsv", sheet_text(write_book([summary_sheet(found, TR)])))


async def test_the_draft_report_and_its_annex(db: Database, year: int) -> None:
    found = await period_report(db, LAN, year, 1, NOW)
    head = Letterhead(found.office, "Ủy ban nhân dân tỉnh Mẫu", "Mẫu", "STP")
    document = Document(
        io.BytesIO(write_official(report(found.report, "6 tháng đầu năm 2026", head, TR)))
    )

    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    for row in document.tables[-1].rows:
        texts = [cell.text.replace("\n", " / ") for cell in row.cells]
        lines.append("\t".join(texts[:1] if len(set(texts)) == 1 else texts).rstrip())
    check("bao-cao-6-thang-2026.txt", "\n".join(lines) + "\n")


async def unsettle(db: Database) -> None:
    """Let an accepted lead await its decision, and grant two others a later day."""
    due = {row.id: row.due for row in await rows(db, OccurrenceRow)}
    leads = [
        part
        for part in await rows(db, PartRow)
        if part.duty == "lead" and (day := due[part.occurrence_id]) and day <= dt.date(2026, 6, 14)
    ]
    done = [part for part in leads if part.progress is Progress.DONE]
    still_open = [part for part in leads if part.progress is not Progress.DONE]
    (report_row,) = await rows(db, ReportRow, ReportRow.part_id == done[0].id)
    await change(db, ReportRow, report_row.id, state=ReportState.AWAITING, decided_at=None)
    await change(db, PartRow, done[0].id, progress=Progress.AWAITING_CONFIRMATION)
    for part, to_due in ((still_open[0], "2026-06-12"), (still_open[1], "2026-08-31")):
        await change(db, PartRow, part.id, extended_due=dt.date.fromisoformat(to_due))
        async with db.begin() as session:
            session.add(
                ExtensionRow(
                    office_id=part.office_id,
                    part_id=part.id,
                    requested_by=1,
                    requested_at=vn("2026-05-04 09:00"),
                    from_due=due[part.occurrence_id],
                    to_due=dt.date.fromisoformat(to_due),
                    reason="Chờ ý kiến",
                    state=ExtensionState.APPROVED,
                    progress_before=Progress.NOT_STARTED,
                    decided_at=vn("2026-05-05 09:00"),
                )
            )


async def test_the_report_and_the_summary_count_the_same(db: Database, year: int) -> None:
    before = (await summaries.summary(db, LAN, "6 tháng", NOW)).figures.items
    await unsettle(db)

    made = (await period_report(db, LAN, year, 1, NOW)).report
    row = (await summaries.summary(db, LAN, "6 tháng", NOW)).figures.items

    # The period's extensions are two; the day to which one of them went is not in its report.
    assert made.counts == count(made.items) == replace(row, undated=0, extensions=1)
    assert (row.awaiting, row.extensions) == (1, 2)
    assert row.total == before.total - 1, "what was granted a day after the period is not in it"


async def test_the_report_of_a_closed_period_counts_as_it_was_frozen(
    db: Database, year: int
) -> None:
    before = (await period_report(db, LAN, year, 1, NOW)).report
    await plan_summaries(db, vn("2026-06-15 07:00"))
    await unsettle(db)
    for part in await rows(db, PartRow, PartRow.progress == Progress.NOT_STARTED):
        await finish(db, part.office_id, part.id, dt.date(2026, 7, 1))

    made = (await period_report(db, LAN, year, 1, NOW)).report

    assert before.frozen_at is None
    assert replace(made.counts, undated=0) == before.counts
    head = Letterhead("Sở Tư pháp", "", "", "STP")
    texts = [
        block.text
        for block in report(made, "6 tháng", head, TR).blocks
        if isinstance(block, Paragraph)
    ]
    assert any("Số liệu chốt lúc" in text for text in texts)


async def test_a_report_made_after_the_period_and_one_that_waits_are_not_done_in_the_draft(
    db: Database, year: int
) -> None:
    await unsettle(db)
    still_open = (await period_report(db, LAN, year, 1, NOW)).report
    for part in await rows(db, PartRow, PartRow.progress == Progress.NOT_STARTED):
        await finish(db, part.office_id, part.id, dt.date(2026, 7, 1))

    made = (await period_report(db, LAN, year, 1, NOW)).report

    assert made.counts == still_open.counts
    head = Letterhead("Sở Tư pháp", "", "", "STP")
    texts = [
        block.text
        for block in report(made, "6 tháng", head, TR).blocks
        if isinstance(block, Paragraph)
    ]
    assert any("1 nhiệm vụ đã báo cáo, đang chờ xác nhận" in text for text in texts)
