"""Who is Giám đốc, who supervises a unit, and which units there are on a day."""

import pytest

from bot.domain.roles import Role
from bot.i18n import translator
from storage import grants, offices, people
from storage.models import GrantRow, UnitRow
from tests.builders import Office, change, day, rows

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
TODAY = day("2024-04-19")


async def lead(office: Office, who: str, unit: str | None = None, **other: object) -> None:
    """Make somebody a leader: of a unit, or the director."""
    person = await office.enrol(who, Role.LEADER)
    async with office.db.begin() as session:
        unit_id = office.units[unit] if unit else None
        await grants.put_grant(session, office.id, person, Role.LEADER, unit_id, today=TODAY)
    row = (
        await rows(office.db, GrantRow, GrantRow.person_id == person, GrantRow.unit_id == unit_id)
    )[0]
    await change(office.db, GrantRow, row.id, **other)


async def test_directors_are_the_leaders_marked_so_on_that_day(office: Office) -> None:
    await lead(office, "viet", director=True)
    await lead(office, "hoa", director=True, valid_from=day("2024-04-15"), valid_to=TODAY)

    async with office.db.read() as session:
        now = await people.directors(session, office.id, TODAY)
        later = await people.directors(session, office.id, day("2024-04-20"))

    assert [person.name for person in now] == ["viet", "hoa"]
    assert [person.name for person in later] == ["viet"]


async def test_a_unit_is_supervised_by_the_leaders_it_is_named_to(office: Office) -> None:
    await lead(office, "viet", HC)
    await lead(office, "hoa", VB)

    async with office.db.read() as session:
        of_hc = await people.supervisors(session, office.id, office.units[HC], TODAY)
        of_tg = await people.supervisors(
            session, office.id, office.units["Trung tâm Trợ giúp"], TODAY
        )

    assert [person.name for person in of_hc] == ["viet"]
    assert of_tg == []


async def test_a_unit_that_ended_is_left_out_of_those_alive_on_a_later_day(
    office: Office,
) -> None:
    await change(office.db, UnitRow, office.units[VB], valid_to=TODAY)

    async with office.db.read() as session:
        still = await offices.units_of(session, office.id, on=TODAY)
        after = await offices.units_of(session, office.id, on=day("2024-04-20"))
        ever = await offices.units_of(session, office.id)

    assert VB in {stored.unit.name for stored in still}
    assert VB not in {stored.unit.name for stored in after}
    assert VB in {stored.unit.name for stored in ever}


async def test_a_role_that_ended_can_be_given_again_but_one_in_force_only_once(
    office: Office,
) -> None:
    person = office.persons["minh"]
    async with office.db.begin() as session:
        held = (await grants.held_grants(session, office.id, TODAY, person_id=person))[0]
        twice = await grants.put_grant(
            session, office.id, person, Role.HEAD, office.units[HC], today=TODAY
        )
        await grants.end_grant(session, held.id, day("2024-04-18"))
        gone = await grants.held_grants(session, office.id, TODAY, person_id=person)
        again = await grants.put_grant(
            session, office.id, person, Role.HEAD, office.units[HC], today=TODAY
        )

    assert twice is None
    assert gone == []
    assert again == (held.id, False)


@pytest.mark.parametrize(
    ("locale", "share", "points"), [("vi", "97,94%", "4,5"), ("en", "97.94%", "4.5")]
)
def test_shares_and_points_are_written_as_the_language_does(
    locale: str, share: str, points: str
) -> None:
    tr = translator(locale)

    assert tr.percent(285, 291) == share
    assert tr.decimal_of(4.5) == points
