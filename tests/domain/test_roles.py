"""What roles allow, and what a chat may show."""

import pytest

from bot.domain.roles import (
    Binding,
    ChatPurpose,
    Grant,
    Role,
    Viewer,
    coordinates,
    may_decide,
)

UNIT, OTHER = 2, 3
IN_UNIT_CHAT = (Binding(ChatPurpose.UNIT, UNIT),)
IN_OFFICE_CHAT = (Binding(ChatPurpose.OFFICE),)
IN_LEADERS_CHAT = (Binding(ChatPurpose.LEADERS),)


def viewer(*grants: Grant, person_id: int | None = 7, **other: object) -> Viewer:
    return Viewer(1, person_id, "Minh", grants, **other)


@pytest.mark.parametrize(
    ("role", "office_asks", "may"),
    [
        (Role.ADMIN, False, True),
        (Role.COORDINATOR, False, True),
        (Role.LEADER, False, False),
        (Role.HEAD, False, False),
        (Role.STAFF, False, False),
        (Role.COORDINATOR, True, True),
        (Role.LEADER, True, True),
        (Role.HEAD, True, False),
    ],
)
def test_the_office_decides_and_a_leader_only_where_the_office_itself_asks(
    role: Role, office_asks: bool, may: bool
) -> None:
    assert may_decide(viewer(Grant(role)), reporter_id=8, office_asks=office_asks) is may


@pytest.mark.parametrize("role", Role)
def test_who_asks_never_decides(role: Role) -> None:
    assert not may_decide(viewer(Grant(role)), reporter_id=7, office_asks=True)


def test_who_is_not_registered_decides_nothing() -> None:
    stranger = viewer(Grant(Role.COORDINATOR), person_id=None)

    assert not may_decide(stranger, reporter_id=8, office_asks=False)


def test_a_head_reports_for_the_units_headed_and_staff_for_none() -> None:
    person = viewer(Grant(Role.HEAD, UNIT), Grant(Role.HEAD, OTHER), Grant(Role.STAFF, 4))

    assert person.heads() == {UNIT, OTHER}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.LEADER])
def test_who_reads_everything_does_so_in_private(role: Role) -> None:
    person = viewer(Grant(role), private=True)

    assert person.sees_every_unit()
    assert person.sees_unit(None)


@pytest.mark.parametrize("role", Role)
def test_a_unit_chat_sees_its_own_rows_only_whoever_asks_there(role: Role) -> None:
    person = viewer(Grant(role, OTHER), bindings=IN_UNIT_CHAT)

    assert person.sees_unit(UNIT)
    assert not person.sees_unit(OTHER)
    assert not person.sees_unit(None)
    assert not person.sees_lateness_of_all()


@pytest.mark.parametrize("bindings", [IN_OFFICE_CHAT, IN_LEADERS_CHAT])
def test_the_chats_of_office_and_leaders_see_every_unit(bindings: tuple[Binding, ...]) -> None:
    assert viewer(bindings=bindings).sees_every_unit()


def test_heads_compare_lateness_in_private_but_open_their_own_items_only() -> None:
    head = viewer(Grant(Role.HEAD, UNIT), private=True)

    assert head.sees_lateness_of_all()
    assert not head.sees_every_unit()
    assert head.sees_unit(UNIT)
    assert not head.sees_unit(OTHER)


def test_staff_compare_nothing() -> None:
    staff = viewer(Grant(Role.STAFF, UNIT), private=True)

    assert not staff.sees_lateness_of_all()
    assert staff.sees_unit(UNIT)


def test_the_units_of_the_chat_come_before_those_of_the_person() -> None:
    person = viewer(Grant(Role.HEAD, OTHER), bindings=IN_UNIT_CHAT)

    assert person.own_units() == {UNIT}
    assert viewer(Grant(Role.HEAD, OTHER), bindings=IN_OFFICE_CHAT).own_units() == {OTHER}


@pytest.mark.parametrize(
    ("role", "does"),
    [
        (Role.ADMIN, True),
        (Role.COORDINATOR, True),
        (Role.LEADER, False),
        (Role.HEAD, False),
        (Role.STAFF, False),
    ],
)
def test_the_work_of_the_office_is_done_by_coordinators_and_admins(role: Role, does: bool) -> None:
    assert coordinates(viewer(Grant(role))) is does
