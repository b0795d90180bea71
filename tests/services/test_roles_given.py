"""Roles given to who is registered, never above the own; codes revoked before they are used."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.roles import ChatPurpose, Role
from bot.services import change_flows as flows
from bot.services import changing, handing, invitations, members, open_codes, undoing
from bot.services.actor import Actor
from bot.services.change_steps import Ask
from bot.services.changing import Shown
from storage.db import Database
from storage.models import AuditRow, GrantRow, InviteRow, PersonRow
from tests import trail
from tests.builders import Office, keep_units, make_item, only_part, rows, vn

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)


async def begin(office: Office, who: str, to: str, **args: Any) -> Shown:
    asked = {"person": office.persons[to], **args}
    return await changing.begin(office.db, office.actor(who), flows.ROLE, asked, NOW)


async def held_by(office: Office, who: str) -> set[tuple[Role, int | None]]:
    found = await rows(office.db, GrantRow, GrantRow.person_id == office.persons[who])
    return {(row.role, row.unit_id) for row in found if row.valid_to is None}


async def roles(db: Database) -> trail.State:
    async with db.read() as session:
        return await trail.present(session, ("role_grant",))


async def test_a_further_role_is_given_and_taken_back(office: Office, db: Database) -> None:
    unit = office.units[VB]
    before = await roles(db)
    shown = await begin(office, "lan", "thao", role="head", unit=unit)
    await changing.confirm(db, office.actor("lan"), shown.token, NOW)
    given = await held_by(office, "thao")
    last = await undoing.last_act(db, office.actor("lan"), SOON)
    assert last is not None
    await undoing.undo(db, office.actor("lan"), last.key, SOON)

    assert given == {(Role.STAFF, office.units[HC]), (Role.HEAD, unit)}
    assert last.units == (VB,)
    assert await roles(db) == before


async def test_a_role_by_which_somebody_prepares_a_part_stays(
    office: Office, db: Database
) -> None:
    await office.activate(make_item(lead=(VB,)))
    unit = office.units[VB]
    shown = await begin(office, "lan", "thao", role="staff", unit=unit)
    await changing.confirm(db, office.actor("lan"), shown.token, NOW)
    part = await only_part(db, office)
    await handing.hand_to(db, office.actor("dung"), part.id, office.persons["thao"], SOON)

    with pytest.raises(UserError, match="rests on it"):
        await undoing.last_act(db, office.actor("lan"), SOON)


async def test_who_lost_every_role_is_given_one_again(office: Office, db: Database) -> None:
    lan = office.actor("lan")
    [own] = await rows(db, GrantRow, GrantRow.person_id == office.persons["thao"])
    await members.end_role(db, lan, own.id, NOW)
    found = await members.members(db, lan, NOW)
    shown = await begin(office, "lan", "thao", role="staff", unit=office.units[VB])
    await changing.confirm(db, lan, shown.token, SOON)

    assert found.idle == {office.persons["thao"]: "thao"}
    assert await held_by(office, "thao") == {(Role.STAFF, office.units[VB])}
    assert (await members.members(db, lan, SOON)).idle == {}


async def test_only_an_admin_is_offered_the_role_of_an_admin(office: Office) -> None:
    await office.enrol("hoa", Role.ADMIN)

    offered = {}
    for who in ("lan", "hoa"):
        shown = await begin(office, who, "thao")
        assert isinstance(shown.step, Ask)
        offered[who] = {choice.value for choice in shown.step.choices}

    assert offered["hoa"] - offered["lan"] == {"admin"}


async def test_a_role_above_the_own_is_refused_at_the_press(office: Office, db: Database) -> None:
    await office.enrol("hoa", Role.ADMIN)
    await office.enrol("hoa", Role.COORDINATOR)
    await office.enrol("tam", Role.ADMIN)
    shown = await begin(office, "hoa", "thao", role="admin")
    admin = next(
        row
        for row in await rows(db, GrantRow, GrantRow.person_id == office.persons["hoa"])
        if row.role is Role.ADMIN
    )
    await members.end_role(db, office.actor("tam"), admin.id, NOW)

    with pytest.raises(UserError):
        await changing.confirm(db, office.actor("hoa"), shown.token, SOON)

    assert (Role.ADMIN, None) not in await held_by(office, "thao")


@pytest.mark.parametrize("who", ["minh", "thao", "viet", "khach"])
async def test_only_van_phong_gives_roles(office: Office, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        await begin(office, who, "dung", role="leader", unit=0)


async def test_nobody_gives_themselves_a_role(office: Office) -> None:
    with pytest.raises(NotAllowed):
        await begin(office, "lan", "lan", role="leader", unit=0)


async def test_what_is_held_is_not_given_again(office: Office) -> None:
    with pytest.raises(UserError, match="already"):
        await begin(office, "lan", "thao", role="staff", unit=office.units[HC])


async def test_who_lost_the_right_does_not_put_the_own_role_back(
    office: Office, db: Database
) -> None:
    lan, person = office.actor("lan"), office.persons["lan"]
    await office.enrol("hoa", Role.COORDINATOR)
    await office.enrol("lan", Role.LEADER)
    own = next(
        row
        for row in await rows(db, GrantRow, GrantRow.person_id == person)
        if row.role is Role.LEADER
    )
    await members.end_role(db, lan, own.id, NOW)

    with pytest.raises(NotAllowed):
        await undoing.last_act(db, lan, SOON)


async def test_a_revoked_code_is_refused_and_the_act_is_recorded(
    office: Office, db: Database
) -> None:
    code = await invitations.invite(db, office.id, NOW, role=Role.HEAD, unit_name=VB)
    found = await open_codes.listed(db, office.actor("lan"), NOW)
    await open_codes.revoke(db, office.actor("lan"), found.codes[0].id, NOW)

    with pytest.raises(NotFound):
        await invitations.join(db, Actor(900, "Mới", 900), code, SOON)

    [entry] = await rows(db, AuditRow, AuditRow.act == "invite.revoke")
    assert (entry.person_id, entry.after) == (
        office.persons["lan"],
        {"expires_at": NOW.isoformat()},
    )
    assert (await open_codes.listed(db, office.actor("lan"), SOON)).codes == ()
    assert await rows(db, PersonRow, PersonRow.telegram_id == 900) == []


async def test_a_code_that_was_used_meanwhile_cannot_be_revoked(
    office: Office, db: Database
) -> None:
    code = await invitations.invite(db, office.id, NOW, role=Role.LEADER)
    [open_one] = (await open_codes.listed(db, office.actor("lan"), NOW)).codes
    await invitations.join(db, Actor(900, "Mới", 900), code, NOW)

    with pytest.raises(NotFound):
        await open_codes.revoke(db, office.actor("lan"), open_one.id, SOON)

    assert await rows(db, AuditRow, AuditRow.act == "invite.revoke") == []


async def test_a_code_for_an_admin_is_shown_to_admins_only(office: Office, db: Database) -> None:
    await office.enrol("hoa", Role.ADMIN)
    await invitations.invite(db, office.id, NOW, role=Role.ADMIN)
    await invitations.invite(db, office.id, NOW, purpose=ChatPurpose.OFFICE)
    [admins, groups] = (await open_codes.listed(db, office.actor("hoa"), NOW)).codes

    assert (await open_codes.listed(db, office.actor("lan"), NOW)).codes == (groups,)
    with pytest.raises(NotFound):
        await open_codes.revoke(db, office.actor("lan"), admins.id, NOW)


async def test_an_open_code_goes_along_with_a_merged_unit(office: Office, db: Database) -> None:
    code = await invitations.invite(db, office.id, NOW, role=Role.STAFF, unit_name=VB)
    await keep_units(office, f"gộp {VB} > {HC}", NOW)

    joined = await invitations.join(db, Actor(900, "Mới", 900), code, SOON)

    assert joined.unit == HC
    assert len(await rows(db, InviteRow)) == 1


async def test_of_using_and_revoking_a_code_at_once_one_counts(
    office: Office, db: Database
) -> None:
    code = await invitations.invite(db, office.id, NOW, role=Role.LEADER)
    [one] = (await open_codes.listed(db, office.actor("lan"), NOW)).codes

    done = await asyncio.gather(
        invitations.join(db, Actor(900, "Mới", 900), code, SOON),
        open_codes.revoke(db, office.actor("lan"), one.id, SOON),
        return_exceptions=True,
    )

    joined = await rows(db, PersonRow, PersonRow.telegram_id == 900)
    revoked = await rows(db, AuditRow, AuditRow.act == "invite.revoke")
    assert [type(each) for each in done if isinstance(each, Exception)] == [NotFound]
    assert len(joined) + len(revoked) == 1
