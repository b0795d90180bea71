"""What Văn phòng did to the list of units is taken back, with all that went along."""

import asyncio
import datetime as dt

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.roles import Role
from bot.services import change_flows as flows
from bot.services import changing, members, progress, undoing
from bot.services.change_steps import Ask, Ready
from bot.services.messages_undoing import LastAct
from bot.services.progress import Claim
from storage.db import Database
from storage.models import GrantRow, UnitRow
from tests import trail
from tests.builders import Office, change, day, keep_units, make_item, only_part, rows, vn

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)
LIST = ("unit", "unit_alias", "role_grant", "chat_binding", "item_unit", "part", "extension")


async def undo(office: Office, who: str = "lan", now: dt.datetime = SOON) -> LastAct:
    last = await undoing.last_act(office.db, office.actor(who), now)
    assert last is not None
    return await undoing.undo(office.db, office.actor(who), last.key, now)


async def state(db: Database) -> trail.State:
    async with db.read() as session:
        return await trail.present(session, LIST)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (f"đổi {VB} > Phòng Pháp chế", ("Phòng Pháp chế",)),
        ("đổi HC > Phòng HC", ("Phòng HC",)),
        (f"gọi {VB} > TDTHPL", (VB,)),
        ("bỏ Phòng HC", (HC,)),
        (f"gộp {VB} > {HC}", (VB, HC)),
        (f"gộp {HC} > {VB}", (HC, VB)),
        (f"hết {VB} > 30/6/2024", (VB,)),
    ],
)
async def test_the_list_of_units_is_as_before(
    office: Office, db: Database, text: str, units: tuple[str, ...]
) -> None:
    await office.activate(make_item("III.5", lead=(VB,)), make_item("III.6", lead=(VB, HC)))
    before = await state(db)

    await keep_units(office, text, NOW)
    changed = await state(db)
    last = await undo(office)

    assert changed != before
    assert await state(db) == before
    assert last.units == units


@pytest.mark.parametrize(
    ("flow", "args", "column", "value"),
    [
        (flows.UNIT_SHORT, {"?short": "VBQP"}, "short", "VBQP"),
        (flows.UNIT_GROUP, {"group": "đơn vị sự nghiệp"}, "group_name", "đơn vị sự nghiệp"),
        (flows.UNIT_GROUP, {"group": ""}, "group_name", ""),
    ],
)
async def test_the_short_name_and_the_group_change_and_are_as_before(
    office: Office, db: Database, flow: str, args: dict[str, str], column: str, value: str
) -> None:
    lan, unit = office.actor("lan"), office.units[VB]
    before = await state(db)
    shown = await changing.begin(db, lan, flow, {"unit": unit, **args}, NOW)
    await changing.confirm(db, lan, shown.token, NOW)
    [row] = await rows(db, UnitRow, UnitRow.id == unit)
    last = await undo(office)

    assert getattr(row, column) == value
    assert last.units == (VB,)
    assert await state(db) == before


async def test_a_short_name_of_another_unit_is_refused(office: Office, db: Database) -> None:
    args = {"unit": office.units[VB], "?short": "hc"}

    with pytest.raises(UserError, match="already"):
        await changing.begin(db, office.actor("lan"), flows.UNIT_SHORT, args, NOW)


async def test_a_new_unit_is_of_the_group_that_was_chosen(office: Office, db: Database) -> None:
    lan = office.actor("lan")
    asked = await changing.begin(db, lan, flows.UNIT_ADD, {"?name": "Phòng Pháp chế"}, NOW)
    assert isinstance(asked.step, Ask)
    place = [choice.value for choice in asked.step.choices].index("phòng chuyên môn")
    shown = await changing.pick(db, lan, asked.token, place, NOW)
    await changing.confirm(db, lan, shown.token, NOW)

    [row] = await rows(db, UnitRow, UnitRow.name == "Phòng Pháp chế")
    assert (row.group_name, row.valid_from) == ("phòng chuyên môn", day("2024-04-19"))


async def test_a_merger_stays_once_somebody_went_on_from_it(office: Office, db: Database) -> None:
    await office.activate(make_item("III.5", lead=(VB,)))
    await keep_units(office, f"gộp {VB} > {HC}", NOW)
    part = await only_part(db, office)
    await progress.report_done(db, office.actor("minh"), part.id, Claim("https://e.vn/1"), SOON)

    with pytest.raises(UserError, match="rests on it"):
        await undo(office)

    assert (await only_part(db, office)).unit == HC


async def test_who_is_of_van_phong_no_more_takes_no_unit_back(
    office: Office, db: Database
) -> None:
    await office.enrol("hoa", Role.ADMIN)
    await keep_units(office, f"hết {VB} > 30/6/2024", NOW)
    [grant] = await rows(db, GrantRow, GrantRow.person_id == office.persons["lan"])
    await members.end_role(db, office.actor("hoa"), grant.id, NOW)

    with pytest.raises(NotAllowed):
        await undo(office)

    [unit] = await rows(db, UnitRow, UnitRow.name == VB)
    assert unit.valid_to == day("2024-06-30")


async def test_a_last_day_can_be_taken_away_again(office: Office, db: Database) -> None:
    await keep_units(office, f"hết {VB} > 30/6/2024", NOW)
    lan, unit = office.actor("lan"), office.units[VB]
    asked = await changing.begin(db, lan, flows.UNIT_END, {"unit": unit}, SOON)
    shown = await changing.pick(db, lan, asked.token, 3, SOON)
    assert isinstance(shown.step, Ready)

    await changing.confirm(db, lan, shown.token, SOON)

    [row] = await rows(db, UnitRow, UnitRow.id == unit)
    assert row.valid_to is None


async def test_what_is_agreed_to_is_looked_at_again(office: Office, db: Database) -> None:
    lan, unit = office.actor("lan"), office.units[VB]
    args = {"unit": unit, "into": office.units[HC]}
    shown = await changing.begin(db, lan, flows.UNIT_MERGE, args, NOW)
    await change(db, UnitRow, unit, valid_to=day("2024-04-18"))
    before = await state(db)

    with pytest.raises(UserError, match="no unit"):
        await changing.confirm(db, lan, shown.token, SOON)

    assert await state(db) == before


async def test_of_two_who_agree_at_once_to_different_mergers_one_counts(
    office: Office, db: Database
) -> None:
    await office.enrol("hoa", Role.COORDINATOR)
    agreed = []
    for who, into in (("lan", HC), ("hoa", "Văn phòng")):
        args = {"unit": office.units[VB], "into": office.units[into]}
        actor = office.actor(who)
        shown = await changing.begin(db, actor, flows.UNIT_MERGE, args, NOW)
        agreed.append(changing.confirm(db, actor, shown.token, SOON))

    done = await asyncio.gather(*agreed, return_exceptions=True)

    refused = [one for one in done if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [NotFound]
    [unit] = await rows(db, UnitRow, UnitRow.id == office.units[VB])
    assert unit.merged_into in (office.units[HC], office.units["Văn phòng"])


async def test_who_lost_the_right_meanwhile_merges_nothing(office: Office, db: Database) -> None:
    await office.enrol("hoa", Role.ADMIN)
    lan = office.actor("lan")
    args = {"unit": office.units[VB], "into": office.units[HC]}
    shown = await changing.begin(db, lan, flows.UNIT_MERGE, args, NOW)
    [grant] = await rows(db, GrantRow, GrantRow.person_id == office.persons["lan"])
    await members.end_role(db, office.actor("hoa"), grant.id, NOW)
    before = await state(db)

    with pytest.raises(NotAllowed):
        await changing.confirm(db, lan, shown.token, SOON)

    assert await state(db) == before
