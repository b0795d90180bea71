"""Whose part a bare command means, and what is said of units that are not shown here."""

import pytest

from bot.domain.errors import UserError
from bot.domain.roles import Role
from bot.domain.status import Progress
from bot.services import progress
from storage.db import Database
from storage.models import PartRow
from tests.builders import Office, change, make_item, parts_of, vn
from tests.chatting import Talk

NOW = vn("2024-04-19 07:30")
HC = "Phòng Hành chính"


@pytest.fixture
async def due(office: Office) -> Office:
    await office.activate(make_item("III.5"))
    return office


@pytest.mark.parametrize("command", ["/tre_han {}", "/viec {}", "/da_nhac {}"])
async def test_to_who_sees_own_rows_only_another_unit_and_none_look_alike(
    due: Office, talk: Talk, command: str
) -> None:
    other = await talk.say("thao", command.format("Phòng Văn bản"))
    none = await talk.say("thao", command.format("Phòng Không Có"))

    assert other == none
    assert len(other) == 1


async def both_roles(office: Office) -> None:
    await office.enrol("lan", Role.HEAD, "Văn phòng")


async def item_id(office: Office) -> int:
    return (await parts_of(office.db, office))[0].item_id


async def test_the_own_part_comes_before_what_others_owe(office: Office, db: Database) -> None:
    await both_roles(office)
    await office.activate(make_item("III.5", lead=(HC, "Văn phòng")))

    part, _ = await progress.part_to_report(db, office.actor("lan"), await item_id(office), NOW)

    assert part.unit == "Văn phòng"


async def test_whose_unit_owes_nothing_any_more_reports_for_the_unit_that_does(
    office: Office, db: Database, talk: Talk
) -> None:
    await both_roles(office)
    await office.activate(make_item("III.5", lead=(HC, "Văn phòng")))
    own = next(p for p in await parts_of(db, office) if p.unit == "Văn phòng")
    await change(db, PartRow, own.id, progress=Progress.DONE, submitted_at=NOW)

    (said,) = await talk.say("lan", "/xong III.5 123/BC-STP ngày 18/4/2024, trang 1")

    assert HC in said
    assert "báo thay" in said.lower()


async def test_a_head_who_is_not_of_the_office_still_reports_own_parts_only(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(HC, "Phòng Văn bản")))
    own = next(p for p in await parts_of(db, office) if p.unit == HC)
    await change(db, PartRow, own.id, progress=Progress.DONE, submitted_at=NOW)

    with pytest.raises(UserError, match="owes nothing more"):
        await progress.part_to_report(db, office.actor("minh"), own.item_id, NOW)
