"""Who takes an act back must hold, at the press, the right that the act itself needs."""

import datetime as dt

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.roles import Role
from bot.domain.status import Progress
from bot.services import (
    deciding,
    difficulties,
    extension_answers,
    extension_offers,
    extensions,
    members,
    progress,
    undo_rights,
    undoing,
)
from bot.services.progress import Claim
from storage.models import AuditRow, PartRow
from tests.builders import Office, make_item, only_part, rows, vn

HC = "Phòng Hành chính"
NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)


async def take_role(office: Office, who: str, role: Role) -> None:
    """Let Văn phòng end one role of somebody's."""
    await office.enrol("hoa", Role.ADMIN)
    found = await members.members(office.db, office.actor("hoa"), NOW)
    mine = next(
        held for held in found.held if held.person_id == office.persons[who] and held.role is role
    )
    await members.end_role(office.db, office.actor("hoa"), mine.id, NOW)


async def report(office: Office) -> None:
    part = await only_part(office.db, office)
    minh = office.actor("minh")
    await progress.report_done(office.db, minh, part.id, Claim("https://e.vn/1"), NOW)


async def refuse(office: Office, who: str, key: int) -> None:
    """Check that neither the question nor its button passes, and that nothing changed."""
    before = len(await rows(office.db, AuditRow))
    with pytest.raises(NotAllowed):
        await undoing.last_act(office.db, office.actor(who), SOON)
    with pytest.raises(NotAllowed):
        await undoing.undo(office.db, office.actor(who), key, SOON)
    assert len(await rows(office.db, AuditRow)) == before


async def asked(office: Office, who: str) -> int:
    found = await undoing.last_act(office.db, office.actor(who), SOON)
    assert found is not None
    return found.key


async def test_who_heads_the_unit_no_more_takes_no_report_back(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    key = await asked(office, "minh")
    await office.enrol("minh", Role.STAFF, HC)
    await take_role(office, "minh", Role.HEAD)

    await refuse(office, "minh", key)

    assert (await only_part(office.db, office)).progress is Progress.AWAITING_CONFIRMATION


async def test_who_is_of_van_phong_no_more_takes_no_confirmation_back(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    await deciding.decide(office.db, office.actor("lan"), 1, NOW)
    key = await asked(office, "lan")
    await office.enrol("lan", Role.LEADER)
    await take_role(office, "lan", Role.COORDINATOR)

    await refuse(office, "lan", key)

    assert [row.progress for row in await rows(office.db, PartRow)] == [Progress.DONE]


async def test_an_extension_follows_who_granted_and_who_accepted_it(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh, lan = office.actor("minh"), office.actor("lan")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)
    await extensions.send(office.db, minh, part.id, NOW)
    await extension_offers.type_offer(office.db, lan, 1, "8/5", NOW)
    await extension_offers.offer(office.db, lan, 1, NOW)
    offered = await asked(office, "lan")
    await extension_answers.accept(office.db, minh, 1, dt.date(2024, 5, 8), SOON)
    accepted = await asked(office, "minh")
    await office.enrol("lan", Role.LEADER)
    await take_role(office, "lan", Role.COORDINATOR)
    await refuse(office, "lan", offered)

    await undoing.undo(office.db, minh, accepted, SOON)

    assert (await only_part(office.db, office)).progress is Progress.EXTENSION_PENDING


async def test_an_answer_goes_with_the_right_to_answer(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await difficulties.raise_difficulty(office.db, office.actor("thao"), part.id, "thiếu", NOW)
    await difficulties.answer(office.db, office.actor("viet"), 1, "chờ", NOW)
    key = await asked(office, "viet")
    await office.enrol("viet", Role.STAFF, HC)
    await take_role(office, "viet", Role.LEADER)

    await refuse(office, "viet", key)


@pytest.mark.parametrize("name", sorted(undo_rights.RIGHTS))
def test_a_person_without_any_role_may_take_nothing_back(name: str) -> None:
    nobody = undo_rights.Viewer(1, 7, "ai đó", private=True)

    assert not undo_rights.RIGHTS[name](nobody, undo_rights.Case(2, 3, office_asks=True))
