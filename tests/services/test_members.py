"""Inviting, removing, erasing, and the language of people and groups."""

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.membership import Held
from bot.domain.roles import ChatPurpose, Role
from bot.services import invitations, languages, members, own_data, progress
from bot.services.access import get_viewer, locale_for
from bot.services.progress import Claim
from storage.db import Database
from storage.models import AuditRow, ChatBindingRow, ChatRow, GrantRow, InviteRow, PersonRow
from tests.builders import ACCOUNTS, Office, change, day, make_item, rows, vn

HC = "Phòng Hành chính"
NOW = vn("2024-04-19 09:00")


async def role_of(office: Office, who: str, by: str = "lan") -> Held:
    found = await members.members(office.db, office.actor(by), NOW)
    return next(held for held in found.held if held.person_id == office.persons[who])


async def test_a_code_made_in_chat_lets_one_person_in(office: Office, db: Database) -> None:
    made = await members.invite(db, office.actor("lan"), Role.HEAD, office.units[HC], NOW)

    joined = await invitations.join(db, office.actor("khach"), made.code, NOW)

    assert (joined.role, joined.unit) == (Role.HEAD, HC)
    assert (await rows(db, InviteRow))[-1].created_by == office.persons["lan"]
    with pytest.raises(NotFound):
        await invitations.join(db, office.actor("hoa"), made.code, NOW)


async def test_only_an_admin_makes_admins(office: Office, db: Database) -> None:
    with pytest.raises(NotAllowed):
        await members.invite(db, office.actor("lan"), Role.ADMIN, None, NOW)
    await office.enrol("hoa", Role.ADMIN)

    made = await members.invite(db, office.actor("hoa"), Role.ADMIN, None, NOW)

    assert made.role is Role.ADMIN


async def test_a_unit_that_is_not_there_gives_no_code(office: Office, db: Database) -> None:
    for unit_id in (None, 0, 999):
        with pytest.raises(NotFound):
            await members.invite(db, office.actor("lan"), ChatPurpose.UNIT, unit_id, NOW)
    assert await rows(db, InviteRow) == []


@pytest.mark.parametrize("who", ["minh", "thao", "viet", "khach"])
async def test_nobody_but_van_phong_sees_or_removes_members(
    office: Office, db: Database, who: str
) -> None:
    held = await role_of(office, "dung")

    for act in (
        members.members(db, office.actor(who), NOW),
        members.invite(db, office.actor(who), Role.STAFF, office.units[HC], NOW),
        members.end_role(db, office.actor(who), held.id, NOW),
        members.unbind(db, office.actor(who), 1, NOW),
        own_data.erase(db, office.actor(who), office.persons["dung"], NOW),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            await act
    assert await rows(db, AuditRow) == []


async def test_names_are_not_listed_in_a_group(office: Office, db: Database) -> None:
    with pytest.raises(NotAllowed):
        await members.members(db, office.actor("lan", "office"), NOW)


async def test_a_role_taken_away_is_gone_at_once_and_can_be_given_again(
    office: Office, db: Database
) -> None:
    held = await role_of(office, "minh")

    await members.end_role(db, office.actor("lan"), held.id, NOW)

    async with db.read() as session:
        viewer = await get_viewer(session, office.actor("minh"), NOW.date())
    assert viewer.heads() == frozenset()
    entry = (await rows(db, AuditRow, AuditRow.act == "grant.end"))[0]
    assert (entry.subject, entry.subject_id) == ("role_grant", held.id)
    assert entry.after == {"valid_to": "2024-04-18"}
    made = await members.invite(db, office.actor("lan"), Role.HEAD, office.units[HC], NOW)
    await invitations.join(db, office.actor("minh"), made.code, NOW)
    async with db.read() as session:
        viewer = await get_viewer(session, office.actor("minh"), NOW.date())
    assert viewer.heads() == {office.units[HC]}


async def test_the_only_admin_stays(office: Office, db: Database) -> None:
    await office.enrol("hoa", Role.ADMIN)
    held = await role_of(office, "hoa", by="hoa")

    with pytest.raises(UserError):
        await members.end_role(db, office.actor("hoa"), held.id, NOW)
    with pytest.raises(UserError):
        await own_data.erase(db, office.actor("hoa"), office.persons["hoa"], NOW)


async def test_a_group_that_was_removed_serves_nobody(office: Office, db: Database) -> None:
    found = await members.members(db, office.actor("lan"), NOW)
    bound = next(one for one in found.chats if one.unit_id == office.units[HC])

    await members.unbind(db, office.actor("lan"), bound.id, NOW)

    assert await rows(db, ChatBindingRow, ChatBindingRow.id == bound.id) == []
    with pytest.raises(NotFound):
        await members.unbind(db, office.actor("lan"), bound.id, NOW)


async def test_what_is_kept_is_shown_to_oneself_with_counts(office: Office, db: Database) -> None:
    data = await own_data.of_oneself(db, office.actor("minh"), NOW)

    assert data.person.telegram_id == ACCOUNTS["minh"]
    assert [held.role for held in data.held] == [Role.HEAD]
    assert data.counts["reports"] == 0
    assert data.keep_months == 24


async def test_an_act_that_changes_several_rows_is_counted_once(
    office: Office, db: Database
) -> None:
    await office.activate(make_item())
    minh = office.actor("minh")
    await progress.report_done(db, minh, 1, Claim("https://e.vn/1"), NOW)

    data = await own_data.of_oneself(db, minh, NOW)

    assert (data.counts["acts"], data.counts["reports"], data.counts["evidence"]) == (1, 1, 1)


async def test_an_erased_person_leaves_no_name_and_no_account(
    office: Office, db: Database
) -> None:
    await office.enrol("hoa", Role.ADMIN)
    minh = office.persons["minh"]

    await own_data.erase(db, office.actor("hoa"), minh, NOW)

    person = (await rows(db, PersonRow, PersonRow.id == minh))[0]
    assert (person.name, person.telegram_id, person.erased_at) == ("", -minh, NOW)
    assert await rows(db, GrantRow, GrantRow.person_id == minh) == []
    assert await rows(db, ChatRow, ChatRow.telegram_id == ACCOUNTS["minh"]) == []
    entries = await rows(db, AuditRow)
    assert "minh" not in str([(entry.before, entry.after) for entry in entries])
    async with db.read() as session:
        with pytest.raises(NotFound):
            await get_viewer(session, office.actor("minh"), NOW.date())


async def test_van_phong_cannot_erase(office: Office, db: Database) -> None:
    with pytest.raises(NotAllowed):
        await own_data.erase(db, office.actor("lan"), office.persons["minh"], NOW)


async def test_a_language_is_chosen_for_oneself_and_for_a_group(
    office: Office, db: Database
) -> None:
    await languages.choose(db, office.actor("thao"), "en", NOW)
    await languages.choose(db, office.actor("minh", "hc"), "en", NOW)

    async with db.read() as session:
        assert await locale_for(session, office.actor("thao")) == "en"
        assert await locale_for(session, office.actor("minh", "hc")) == "en"
        assert await locale_for(session, office.actor("minh")) == "vi"


@pytest.mark.parametrize(("who", "where"), [("thao", "hc"), ("dung", "hc"), ("khach", "hc")])
async def test_a_groups_language_is_not_everybodys_to_choose(
    office: Office, db: Database, who: str, where: str
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        await languages.choose(db, office.actor(who, where), "en", NOW)


async def test_a_leader_becomes_the_director_and_is_no_more(office: Office, db: Database) -> None:
    held = await role_of(office, "viet")

    for expected in (True, False):
        await members.toggle_director(db, office.actor("lan"), held.id, NOW)
        assert (await role_of(office, "viet")).director is expected

    head = await role_of(office, "minh")
    with pytest.raises(NotFound):
        await members.toggle_director(db, office.actor("lan"), head.id, NOW)


async def test_who_has_had_no_role_for_long_enough_is_erased_by_itself(
    office: Office, db: Database
) -> None:
    gone, lent, minh = (office.persons[who] for who in ("thao", "dung", "minh"))
    for person, last in ((gone, day("2024-04-18")), (lent, day("2024-04-20"))):
        (grant,) = await rows(db, GrantRow, GrantRow.person_id == person)
        await change(db, GrantRow, grant.id, valid_to=last)

    await own_data.erase_unneeded(db, vn("2026-04-18 08:00"))
    before = {row.id for row in await rows(db, PersonRow) if row.erased_at}
    await own_data.erase_unneeded(db, vn("2026-04-19 08:00"))
    after = {row.id for row in await rows(db, PersonRow) if row.erased_at}

    assert before == set(), "24 months are not over yet"
    assert after == {gone}
    assert minh not in after
    entries = await rows(db, AuditRow, AuditRow.act == "person.erase")
    assert {entry.person_id for entry in entries} == {None}
    assert "thao" not in str([(entry.before, entry.after) for entry in entries])
