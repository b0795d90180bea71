"""Whatever a newer version says: nothing reported is lost, and what is open is what it asks."""

import asyncio
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.deadline import Deadline
from bot.domain.errors import UserError
from bot.domain.plan import PlanItem
from bot.services import deciding, progress, versions
from bot.services.progress import Claim
from bot.services.versions import Source
from storage import parts, version_rows
from storage.models import EvidenceRow, ItemRow, PartRow, ReportRow
from tests.builders import (
    LONG_AGO,
    Office,
    after_event,
    every,
    make_item,
    make_reading,
    on,
    ongoing,
    parts_of,
    rows,
)
from tests.conftest import Templates, open_database

HC, VB, VP = "Phòng Hành chính", "Phòng Văn bản", "Văn phòng"
TITLES = (
    "Lập danh mục hồ sơ lưu trữ",
    "Báo cáo công tác thi đua khen thưởng",
    "Mở lớp tập huấn hòa giải ở cơ sở",
    "Kiểm tra văn bản quy phạm pháp luật",
    "Trợ giúp pháp lý lưu động vùng cao",
)
DAYS = ("2024-03-14", "2024-04-26", "2024-05-31", "2024-06-14", "2024-09-14")
UNITS = (HC, VB, VP, "các phòng chuyên môn")
Open = set[tuple[str, str, str, str]]

days = st.sampled_from(DAYS)
deadlines: st.SearchStrategy[Deadline] = st.one_of(
    days.map(on),
    st.lists(days, min_size=1, max_size=4, unique=True).map(lambda found: every(*sorted(found))),
    st.just(ongoing()),
    st.just(after_event()),
)
units = st.lists(st.sampled_from(UNITS), max_size=2, unique=True)


@st.composite
def plans(draw: st.DrawFn) -> tuple[PlanItem, ...]:
    titles = draw(st.permutations(TITLES))[: draw(st.integers(1, 4))]
    return tuple(
        make_item(
            f"I.{number}",
            title=title,
            due=draw(st.lists(deadlines, max_size=2)),
            lead=draw(units),
            cooperate=draw(units),
            internal=draw(
                st.lists(st.tuples(st.sampled_from((HC, VB)), days.map(on)), max_size=1)
            ),
        )
        for number, title in enumerate(titles, start=1)
    )


async def fresh(templates: Templates, folder: str, name: str) -> Office:
    path = Path(folder) / f"{name}.db"
    shutil.copy(templates.furnished, path)
    made = templates.office
    return Office(open_database(path), made.id, made.units, made.persons, made.chats)


async def what_is_open(office: Office, titles: Sequence[str]) -> Open:
    return {
        (p.title, p.unit, p.duty.value, str(p.due))
        for p in await parts_of(office.db, office)
        if p.title in titles
    }


async def report_some(office: Office, choice: random.Random) -> set[str]:
    """Report some parts, confirm some of those; return the titles of the items concerned."""
    touched = set()
    for part in await parts_of(office.db, office):
        who = {HC: "minh", VB: "dung"}.get(part.unit)
        if who is None or not part.owed or choice.random() > 0.3:
            continue
        claim = Claim("https://vanban.example/1")
        await progress.report_done(office.db, office.actor(who), part.id, claim, LONG_AGO)
        touched.add(part.title)
        if choice.random() > 0.5:
            report = (await rows(office.db, ReportRow))[-1]
            await deciding.decide(office.db, office.actor("lan"), report.id, LONG_AGO)
    return touched


async def proofs(office: Office) -> list[tuple[int, int, str]]:
    """Return every report and piece of evidence with the item it belongs to."""
    found = []
    async with office.db.read() as session:
        for row in [*await rows(office.db, ReportRow), *await rows(office.db, EvidenceRow)]:
            key = await parts.part_key(session, row.part_id)
            part = await parts.find_part(session, office.id, row.part_id)
            assert part is not None
            found.append((row.id, key.item_id, f"{part.progress} {part.due}"))
    return found


async def update(office: Office, items: tuple[PlanItem, ...], name: str) -> bool:
    """Apply a version; return False where it says the same."""
    try:
        await versions.apply(
            office.db, office.id, 1, make_reading(*items), Source(name, name), LONG_AGO
        )
    except UserError:
        return False
    return True


async def follow(
    templates: Templates,
    plan_a: tuple[PlanItem, ...],
    newer: list[tuple[PlanItem, ...]],
    seed: int,
) -> None:
    choice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        office = await fresh(templates, folder, "followed")
        await office.activate(*plan_a)
        reported = await report_some(office, choice)
        for number, plan_b in enumerate(newer):
            kept, parts_before = await proofs(office), await rows(office.db, PartRow)
            state = await restorable(office)
            if await update(office, plan_b, f"b{number}"):
                await versions.undo(office.db, office.id, 1, LONG_AGO)
                assert await restorable(office) == state
                assert await update(office, plan_b, f"b{number}")

            assert not await update(office, plan_b, "again"), "a repeated update changes nothing"
            assert await proofs(office) == kept
            assert {p.id for p in parts_before} <= {p.id for p in await rows(office.db, PartRow)}
            living = [row for row in await rows(office.db, ItemRow) if row.removed_at is None]
            assert sorted(row.code for row in living) == sorted(item.code for item in plan_b)
            untouched = [item.title for item in plan_b if item.title not in reported]
            loaded = await fresh(templates, folder, f"fresh{number}")
            await loaded.activate(*plan_b)
            assert await what_is_open(office, untouched) == await what_is_open(loaded, untouched)
            await loaded.db.close()
        await office.db.close()


async def restorable(office: Office) -> object:
    """Return all rows of the plan; what an item names may come back under other ids."""
    async with office.db.read() as session:
        found = await version_rows.snapshot(session, 1)
    for table in ("item_unit", "milestone"):
        found[table] = {
            repr(sorted((name, str(v)) for name, v in row.items() if name != "id")): {}
            for row in found[table].values()
        }
    return found


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plans(), st.lists(plans(), min_size=1, max_size=2), st.integers(0, 1000))
def test_what_is_open_is_what_the_version_asks_and_nothing_reported_is_lost(
    templates: Templates,
    plan_a: tuple[PlanItem, ...],
    newer: list[tuple[PlanItem, ...]],
    seed: int,
) -> None:
    asyncio.run(follow(templates, plan_a, newer, seed))
