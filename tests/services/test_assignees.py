"""Who prepares a part hears of it in private, as long as they are of its unit."""

import datetime as dt

from bot.domain.deadline import DateDeadline, Deadline
from bot.domain.roles import Role
from bot.services import handing, members
from storage.db import Database
from storage.models import AuditRow, GrantRow, PartRow
from tests.builders import Delivered, FakeSender, Office, change, make_item, ongoing, rows, vn
from tests.builders import day as date

HC = "Phòng Hành chính"
NOW = vn("2024-04-19 09:00")


def whole_year() -> Deadline:
    return DateDeadline(date("2024-12-31"), "Trong năm 2024", start=date("2024-01-01"))


async def hand(office: Office, part_id: int = 1) -> None:
    minh = office.actor("minh")
    await handing.hand_to(office.db, minh, part_id, office.persons["thao"], NOW)


async def end_staff(office: Office, who: str = "thao") -> None:
    grants = await rows(office.db, GrantRow, GrantRow.person_id == office.persons[who])
    (grant,) = [row for row in grants if row.role is Role.STAFF]
    await members.end_role(office.db, office.actor("lan"), grant.id or 0, NOW)


async def prepares(db: Database) -> list[int | None]:
    return [row.assignee_id for row in await rows(db, PartRow)]


async def test_who_is_removed_prepares_nothing_of_that_unit_any_more(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item())
    await hand(office)

    await end_staff(office)
    await delivered.tick("2024-04-22 09:00")  # the role's end is told

    (entry,) = await rows(db, AuditRow, AuditRow.act == "part.take")
    thao = office.persons["thao"]
    assert await prepares(db) == [None]
    assert (entry.before, entry.after) == ({"assignee_id": thao}, {"assignee_id": None})
    assert "thao" not in await delivered.tick("2024-04-24 07:30")


async def test_who_still_heads_the_unit_goes_on_preparing(office: Office, db: Database) -> None:
    await office.enrol("thao", Role.HEAD, HC)
    await office.activate(make_item())
    await hand(office)

    await end_staff(office)

    assert await prepares(db) == [office.persons["thao"]]


async def test_a_role_that_ran_out_by_itself_is_not_reminded(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item())
    await hand(office)
    assert "thao" in await delivered.tick("2024-04-23 07:30")
    (grant,) = await rows(db, GrantRow, GrantRow.person_id == office.persons["thao"])
    await change(db, GrantRow, grant.id, valid_to=dt.date(2024, 4, 23))

    assert "thao" not in await delivered.tick("2024-04-24 07:30")


async def test_a_check_in_is_asked_of_who_prepares_it_too(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.2", due=ongoing()))
    await hand(office)

    told = await delivered.tick("2024-06-28 07:30")

    assert {"hc", "thao"} <= set(told)
    assert "I.2" in sender.to("thao")[-1]


async def test_a_checkpoint_reaches_who_prepares_it_too(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.3", due=whole_year()))
    await hand(office)

    told = await delivered.tick("2024-06-28 07:30")

    assert {"hc", "thao"} <= set(told)
    assert "I.3" in sender.to("thao")[-1]
