"""The table of progress can be edited and loaded back: what was edited changes, nothing else."""

import io

import pytest
from openpyxl import load_workbook

from bot.domain.reading.reader import read_plan
from bot.domain.roles import Role
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.i18n import translator
from bot.intake.document import read_document
from bot.reports.sheet import write_sheet
from bot.services import offices, plans, versions
from bot.services.actor import Actor
from bot.services.progress_table import progress_table
from handlers.render_progress_table import progress_sheet
from storage import grants, people
from storage.db import Database
from tests.builders import Office, day, vn
from tests.e2e.conftest import REAL_PLAN, REAL_UNITS, needs_real_plan

NOW = vn("2024-07-15 08:00")
SAMPLE = (
    "KẾ HOẠCH CÔNG TÁC CỦA SỞ NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\tGhi chú\n"
    "I\tCHUNG\n"
    "1\tRà soát hồ sơ tồn\tBáo cáo\tTrước 30/8/2024\tPhòng Hành chính chủ trì; "
    "Phòng Văn bản phối hợp, gửi Phòng Hành chính trước 20/8/2024\tTheo kết luận 12\n"
    "2\tTập huấn nghiệp vụ\tKế hoạch\tTrong quý III/2024\tPhòng Văn bản\t\n"
    "II\tTHỂ CHẾ\n"
    "1\tKiểm tra văn bản\tKết luận\tThường xuyên\tCác phòng chuyên môn\t\n"
)


async def registry_of(office: Office) -> UnitRegistry:
    return UnitRegistry([stored.unit for stored in await offices.units_of(office.db, office.id)])


async def table_sheet(db: Database, actor: Actor, plan_id: int) -> bytes:
    table = await progress_table(db, actor, plan_id, NOW)
    return write_sheet(progress_sheet(table, translator("vi")))


def edited(data: bytes, code: str, **cells: str) -> bytes:
    """Return the sheet with some cells of an item's row written anew."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[2]]
    for row in page.iter_rows(min_row=3):
        if row[0].value == code:
            for name, text in cells.items():
                row[heads.index(HEADS[name])].value = text
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


HEADS = {"deadline": "Tiến độ", "owner": "Chủ trì (phối hợp)", "note": "Ghi chú"}


async def changes(
    db: Database, office_id: int, plan_id: int, registry: UnitRegistry, data: bytes
) -> dict[str, list[str]]:
    """Return the fields that loading `data` as a newer version would change, by item."""
    reading, _ = plans.taken_for_granted(read_plan(read_document(data, "bang.xlsx"), registry))
    diff = await versions.compare(db, office_id, plan_id, reading)
    return {
        (change.new or change.old).code: [str(field) for field in change.fields]
        for change in diff.changes
        if change.new or change.old
    }


@pytest.fixture
async def plan(office: Office) -> int:
    data = SAMPLE.encode()
    reading = read_plan(read_document(data, "ke-hoach.txt"), await registry_of(office))
    at = vn("2024-07-01 08:00")
    stored = await plans.store(
        office.db, office.id, reading, data, "ke-hoach.txt", at, accept_suggestions=True
    )
    await plans.activate(office.db, office.id, stored.plan_id, at)
    return stored.plan_id


async def test_a_sheet_that_nobody_edited_changes_nothing(office: Office, plan: int) -> None:
    data = await table_sheet(office.db, office.actor("lan"), plan)

    assert await changes(office.db, office.id, plan, await registry_of(office), data) == {}


async def test_owner_date_and_note_change_where_they_were_edited(
    office: Office, plan: int
) -> None:
    data = await table_sheet(office.db, office.actor("lan"), plan)
    data = edited(data, "I.1", deadline="Trước 15/9/2024", note="Dời theo công văn 40")
    data = edited(data, "I.2", owner="Trung tâm Trợ giúp")

    found = await changes(office.db, office.id, plan, await registry_of(office), data)

    assert found == {"I.1": ["deadlines", "note"], "I.2": ["lead"]}


@needs_real_plan
async def test_the_real_plans_table_comes_back_unchanged(db: Database) -> None:
    units, _ = read_units_csv(REAL_UNITS.read_text(encoding="utf-8"))
    registry = UnitRegistry(units)
    at = vn("2024-01-02 08:00")
    office_id = await offices.ensure_office(db, "Sở Tư pháp", "vi")
    await offices.load_units(db, office_id, units, at)
    source = REAL_PLAN.read_bytes()
    reading = read_plan(read_document(source, REAL_PLAN.name), registry)
    stored = await plans.store(
        db, office_id, reading, source, REAL_PLAN.name, at, accept_suggestions=True
    )
    await plans.activate(db, office_id, stored.plan_id, at)
    async with db.begin() as session:
        person_id = await people.put_person(session, office_id, 4242, "Lan", at)
        await grants.put_grant(
            session, office_id, person_id, Role.COORDINATOR, None, today=day("2024-01-02")
        )
    data = await table_sheet(db, Actor(4242, "Lan", 4242), stored.plan_id)

    assert await changes(db, office_id, stored.plan_id, registry, data) == {}
