"""What a newer version changes stands in the record of changes, row by row, and going back too."""

from bot.services import extensions, versions
from bot.services.versions import Source
from storage.models import AuditRow
from tests import trail
from tests.builders import Office, every, make_item, make_reading, only_part, rows, vn

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-10 09:00")
OLD = (
    make_item("I.1", title="Lập danh mục hồ sơ lưu trữ"),
    make_item("I.2", title="Kiểm tra văn bản quy phạm", due=every("2024-06-14", "2024-09-14")),
    make_item("I.3", title="Tập huấn hòa giải ở cơ sở", lead=(VB,)),
)
NEW = (
    make_item("I.1", title="Lập danh mục hồ sơ lưu trữ", due="2024-05-31", cooperate=(VB,)),
    make_item("I.2", title="Kiểm tra văn bản quy phạm", due=every("2024-06-14"), lead=(VB,)),
    make_item("I.4", title="Trợ giúp pháp lý lưu động vùng cao"),
)


async def update(office: Office) -> None:
    reading, source = make_reading(*NEW), Source("moi.docx", "ab" * 32)
    await versions.apply(office.db, office.id, 1, reading, source, NOW)


async def ask_for_another_date(office: Office) -> None:
    part = await only_part(office.db, office, VB)
    dung = office.actor("dung")
    await extensions.begin(office.db, dung, part.id, "30/6/2024 chờ kinh phí", NOW)
    await extensions.send(office.db, dung, part.id, NOW)


async def test_a_version_replays_row_by_row(office: Office) -> None:
    await office.activate(*OLD)
    await ask_for_another_date(office)  # of an item that goes
    before, known = await trail.now(office.db), len(await rows(office.db, AuditRow))

    await update(office)

    entries = (await rows(office.db, AuditRow))[known:]
    assert trail.disagreements(before, entries, await trail.now(office.db)) == []
    assert {"item.add", "item.remove", "part.drop", "occurrence.move"} <= {e.act for e in entries}


async def test_taking_it_back_replays_too(office: Office) -> None:
    await office.activate(*OLD)
    started = await trail.now(office.db)
    await update(office)
    before, known = await trail.now(office.db), len(await rows(office.db, AuditRow))

    await versions.undo(office.db, office.id, 1, NOW)

    after = await trail.now(office.db)
    assert trail.disagreements(before, (await rows(office.db, AuditRow))[known:], after) == []
    parts = {key: row for key, row in started.items() if key[0] in {"part", "occurrence"}}
    assert {key: after[key] for key in parts} == parts
