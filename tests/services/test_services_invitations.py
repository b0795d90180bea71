"""One-time codes: who may join, and which chat serves whom."""

import dataclasses
import datetime as dt

import pytest

from bot.domain.errors import AlreadyHandled, NotAllowed, NotFound, UserError
from bot.domain.roles import ChatPurpose, Role
from bot.services import invitations, updates
from bot.services.access import get_viewer
from bot.services.actor import Actor
from storage.db import Database
from storage.models import AuditRow, ChatBindingRow, ChatRow, GrantRow, InviteRow, PersonRow
from tests.builders import ACCOUNTS, Office, rows, vn

HC = "Phòng Hành chính"
NOW = vn("2024-02-28 17:00")
KHACH = ACCOUNTS["khach"]
IN_PRIVATE = Actor(KHACH, "Khách", KHACH)
IN_GROUP = Actor(KHACH, "Khách", -1500, private=False, chat_title="Nhóm mới")


async def code_for(office: Office, role: Role = Role.HEAD, unit: str | None = HC) -> str:
    return await invitations.invite(office.db, office.id, NOW, role=role, unit_name=unit)


async def code_for_chat(
    office: Office, purpose: ChatPurpose = ChatPurpose.UNIT, unit: str | None = HC
) -> str:
    return await invitations.invite(office.db, office.id, NOW, purpose=purpose, unit_name=unit)


async def test_a_code_in_private_gives_its_role(office: Office, db: Database) -> None:
    joined = await invitations.join(db, IN_PRIVATE, await code_for(office), NOW)

    async with db.read() as session:
        viewer = await get_viewer(session, IN_PRIVATE, NOW.date())
    assert (joined.role, joined.unit, joined.name) == (Role.HEAD, HC, "Khách")
    assert viewer.heads() == {office.units[HC]}


@pytest.mark.parametrize("thread_id", [0, 42])
async def test_a_code_in_a_group_binds_that_chat_and_topic(
    office: Office, db: Database, thread_id: int
) -> None:
    actor = dataclasses.replace(IN_GROUP, thread_id=thread_id)

    await invitations.join(db, actor, await code_for_chat(office), NOW)

    chat = (await rows(db, ChatRow, ChatRow.telegram_id == -1500))[0]
    bound = (await rows(db, ChatBindingRow, ChatBindingRow.chat_id == chat.id))[0]
    assert (chat.thread_id, chat.title) == (thread_id, "Nhóm mới")
    assert (bound.purpose, bound.unit_id) == (ChatPurpose.UNIT, office.units[HC])


async def test_who_binds_a_group_need_not_be_registered_and_is_not_by_it(
    office: Office, db: Database
) -> None:
    await invitations.join(db, IN_GROUP, await code_for_chat(office), NOW)

    assert await rows(db, PersonRow, PersonRow.telegram_id == KHACH) == []


async def test_only_the_hash_of_a_code_is_kept(office: Office, db: Database) -> None:
    code = await code_for(office)

    row = (await rows(db, InviteRow))[0]
    assert code not in str(row.model_dump())
    assert row.code_hash == invitations.hash_code(code)
    assert code not in str([entry.model_dump() for entry in await rows(db, AuditRow)])


async def test_codes_fit_a_deep_link_and_differ(office: Office) -> None:
    codes = {await code_for(office) for _ in range(20)}

    assert len(codes) == 20
    assert all(
        len(code) <= 64 and code.replace("-", "").replace("_", "").isalnum() for code in codes
    )


async def test_a_code_works_once(office: Office, db: Database) -> None:
    code = await code_for(office)
    await invitations.join(db, IN_PRIVATE, code, NOW)
    somebody_else = Actor(999, "Ai", 999)

    with pytest.raises(NotFound):
        await invitations.join(db, somebody_else, code, NOW)

    assert await rows(db, PersonRow, PersonRow.telegram_id == 999) == []


@pytest.mark.parametrize(
    ("later", "works"),
    [(dt.timedelta(days=7, seconds=-1), True), (dt.timedelta(days=7), False)],
)
async def test_a_code_expires_after_seven_days(
    office: Office, db: Database, later: dt.timedelta, works: bool
) -> None:
    code = await code_for(office)

    if works:
        assert (await invitations.join(db, IN_PRIVATE, code, NOW + later)).role is Role.HEAD
    else:
        with pytest.raises(NotFound):
            await invitations.join(db, IN_PRIVATE, code, NOW + later)


async def test_five_wrong_codes_shut_the_door_for_a_quarter_of_an_hour(
    office: Office, db: Database
) -> None:
    code = await code_for(office)
    for _ in range(5):
        with pytest.raises(NotFound):
            await invitations.join(db, IN_PRIVATE, "sai", NOW)

    with pytest.raises(NotAllowed):
        await invitations.join(db, IN_PRIVATE, code, NOW + dt.timedelta(minutes=14))
    joined = await invitations.join(db, IN_PRIVATE, code, NOW + dt.timedelta(minutes=15))

    assert joined.role is Role.HEAD


async def test_the_wrong_codes_of_one_account_do_not_shut_out_another(
    office: Office, db: Database
) -> None:
    code = await code_for(office)
    for _ in range(5):
        with pytest.raises(NotFound):
            await invitations.join(db, Actor(555, "Ai", 555), "sai", NOW)

    assert (await invitations.join(db, IN_PRIVATE, code, NOW)).role is Role.HEAD


async def test_a_code_sent_in_the_wrong_kind_of_chat_stays_usable(
    office: Office, db: Database
) -> None:
    for_person, for_chat = await code_for(office), await code_for_chat(office)

    with pytest.raises(NotAllowed):
        await invitations.join(db, IN_GROUP, for_person, NOW)
    with pytest.raises(NotAllowed):
        await invitations.join(db, IN_PRIVATE, for_chat, NOW)

    assert (await invitations.join(db, IN_PRIVATE, for_person, NOW)).role is Role.HEAD
    assert (await invitations.join(db, IN_GROUP, for_chat, NOW)).purpose is ChatPurpose.UNIT


async def test_the_same_update_joins_once_and_is_not_counted_as_a_wrong_code(
    office: Office, db: Database
) -> None:
    await updates.take_in(db, [{"update_id": 7}], NOW)
    actor = dataclasses.replace(IN_PRIVATE, update_id=7)
    code = await code_for(office)
    await invitations.join(db, actor, code, NOW)

    for _ in range(6):
        with pytest.raises(AlreadyHandled):
            await invitations.join(db, actor, code, NOW)

    assert len(await rows(db, GrantRow, GrantRow.person_id == 6)) == 1
    next_code = await code_for(office, Role.COORDINATOR, None)
    assert (await invitations.join(db, IN_PRIVATE, next_code, NOW)).role is Role.COORDINATOR


async def test_one_person_may_hold_several_roles(office: Office, db: Database) -> None:
    for role, unit in ((Role.HEAD, HC), (Role.LEADER, None), (Role.HEAD, "TG")):
        await invitations.join(db, IN_PRIVATE, await code_for(office, role, unit), NOW)

    person = (await rows(db, PersonRow, PersonRow.telegram_id == KHACH))[0]
    assert len(await rows(db, GrantRow, GrantRow.person_id == person.id)) == 3


async def test_joining_a_role_again_changes_nothing(office: Office, db: Database) -> None:
    for _ in range(2):
        await invitations.join(db, IN_PRIVATE, await code_for(office), NOW)

    person = (await rows(db, PersonRow, PersonRow.telegram_id == KHACH))[0]
    assert len(await rows(db, GrantRow, GrantRow.person_id == person.id)) == 1


@pytest.mark.parametrize("name", [HC, "HC", "hc", "phong hanh chinh", "Phòng HC"])
async def test_a_unit_is_found_by_any_of_its_names(office: Office, name: str) -> None:
    assert await code_for(office, Role.STAFF, name)


@pytest.mark.parametrize(
    ("role", "unit"),
    [(Role.HEAD, None), (Role.STAFF, None), (Role.HEAD, "Phòng Không Có")],
)
async def test_an_invitation_for_a_unit_must_name_one_that_exists(
    office: Office, db: Database, role: Role, unit: str | None
) -> None:
    with pytest.raises(UserError):
        await code_for(office, role, unit)

    assert await rows(db, InviteRow) == []
