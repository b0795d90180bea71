"""Those whom an act concerns hear of it: units, who prepares a part, stand-ins."""

import datetime as dt

import pytest

from bot.domain.errors import UserError
from bot.domain.roles import Role
from bot.services import changing, deciding, drafting, handing, progress, reopening, standing_in
from bot.services.change_flows import STAND_IN
from bot.services.change_steps import Ready
from bot.services.drafting import Said
from bot.services.lending import read_typed
from bot.services.progress import Claim
from storage.db import Database
from storage.models import AuditRow, ChatRow, OutboxRow
from tests.builders import (
    Clock,
    Delivered,
    Office,
    after_event,
    change,
    keep_units,
    make_item,
    name_stand_in,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)


@pytest.fixture
async def telling(delivered: Delivered, clock: Clock) -> Delivered:
    clock.now = SOON
    return delivered


async def told(telling: Delivered, who: str) -> list[str]:
    while await telling.one():
        pass
    return telling.sender.to(who)


async def report(office: Office, who: str) -> None:
    actor = office.actor(who)
    await progress.report_done(office.db, actor, 1, Claim("https://e.vn/1"), NOW)


async def hand(office: Office, to: str | None, now: dt.datetime = NOW) -> handing.Handed:
    person_id = office.persons[to] if to else 0
    return await handing.hand_to(office.db, office.actor("minh"), 1, person_id, now)


async def test_a_unit_hears_that_van_phong_recorded_its_part_as_done(
    office: Office, telling: Delivered
) -> None:
    await office.activate(make_item(), settings={"confirmation": False})

    await report(office, "lan")

    (said,) = await told(telling, "hc")
    assert "Văn phòng đã ghi nhận I.1 hoàn thành" in said
    assert "đơn vị tự xác nhận" not in said


async def test_a_unit_is_not_told_of_what_its_own_head_reported(
    office: Office, telling: Delivered
) -> None:
    await office.activate(make_item(), settings={"confirmation": False})

    await report(office, "minh")

    assert await told(telling, "hc") == []


async def test_who_prepared_a_report_hears_that_it_was_returned_or_opened_again(
    office: Office, telling: Delivered
) -> None:
    await office.activate(make_item())
    await hand(office, "thao")
    await report(office, "minh")
    await deciding.decide(office.db, office.actor("lan"), 1, NOW, reason="thiếu trang")
    returned = (await told(telling, "thao"))[-1]
    await progress.report_done(office.db, office.actor("minh"), 1, Claim("https://e.vn/2"), SOON)
    await deciding.decide(office.db, office.actor("lan"), 2, SOON)
    confirmed = len(await told(telling, "thao"))
    await reopening.reopen(office.db, office.actor("lan"), 2, "nhầm việc", SOON)

    assert "thiếu trang" in returned
    assert confirmed == len(telling.sender.to("thao"))
    assert "nhầm việc" in (await told(telling, "thao"))[-1]


async def test_staff_hear_that_a_part_was_taken_back(office: Office, telling: Delivered) -> None:
    await office.activate(make_item())
    await hand(office, "thao")
    given = (await told(telling, "thao"))[-1]

    await hand(office, None, SOON)

    assert "chuẩn bị I.1" in given
    assert "không phải chuẩn bị nữa" in (await told(telling, "thao"))[-1]


async def test_what_went_to_another_is_told_to_both(office: Office, telling: Delivered) -> None:
    await office.enrol("tam", Role.STAFF, HC)
    await office.activate(make_item())
    await hand(office, "thao")

    await hand(office, "tam", SOON)

    assert "không phải chuẩn bị nữa" in (await told(telling, "thao"))[-1]
    assert "chuẩn bị I.1" in telling.sender.to("tam")[-1]


async def test_handing_says_whether_the_person_can_be_reached(office: Office) -> None:
    await office.activate(make_item())
    reached = await hand(office, "thao")
    await hand(office, None)
    await change(office.db, ChatRow, office.chats["thao"], active=False)

    assert reached.told
    assert not (await hand(office, "thao", SOON)).told


async def test_a_report_is_handed_in_once(office: Office, db: Database) -> None:
    await office.activate(make_item())
    await hand(office, "thao")
    thao = office.actor("thao")
    view = await drafting.open_draft(db, thao, 1, NOW)
    await drafting.add(db, thao, view.draft.id, Said("https://e.vn/8"), NOW)
    await handing.hand_in(db, thao, view.draft.id, NOW)
    before = (len(await rows(db, OutboxRow)), len(await rows(db, AuditRow)))

    with pytest.raises(UserError, match="with the unit's head already"):
        await handing.hand_in(db, thao, view.draft.id, SOON)

    assert (len(await rows(db, OutboxRow)), len(await rows(db, AuditRow))) == before


async def test_both_units_hear_that_they_were_merged(office: Office, telling: Delivered) -> None:
    waiting = make_item("II.1", due=after_event(), lead=(VB,))
    await office.activate(make_item("III.5", lead=(VB,)), waiting)

    await keep_units(office, f"gộp {VB} > {HC}", NOW)

    for chat in ("hc", "vb"):
        (said,) = await told(telling, chat)
        assert f"{VB} đã nhập vào {HC}" in said
        assert "III.5" in said
        assert "II.1" in said  # an open task too, though nothing is owed yet
    assert await told(telling, "office") == []


async def test_a_stand_in_hears_for_whom_and_how_long(office: Office, telling: Delivered) -> None:
    text = "thao > 22/4/2024 > 30/4/2024"
    await name_stand_in(office, "minh", text, NOW)

    (said,) = await told(telling, "thao")
    assert "minh" in said
    assert HC in said
    assert "22/4/2024" in said
    assert "30/4/2024" in said


async def test_a_stand_in_who_cannot_be_reached_is_said_to_be_so(office: Office) -> None:
    await change(office.db, ChatRow, office.chats["thao"], active=False)
    text = "thao > 22/4/2024 > 30/4/2024"

    minh = office.actor("minh")

    shown = await changing.begin(office.db, minh, STAND_IN, read_typed(text), NOW)

    assert isinstance(shown.step, Ready)
    assert standing_in.CANNOT_TELL in [line.msgid for line in shown.step.lines]
