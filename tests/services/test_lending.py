"""A stand-in is named step by step, read back with the days, and takes effect at once."""

import datetime as dt
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.roles import Role
from bot.services import change_flows as flows
from bot.services import changing, undoing
from bot.services.access import get_viewer
from bot.services.change_steps import Ask, Choice, Ready
from bot.services.changing import Shown
from bot.services.lending import read_days
from storage.db import Database
from storage.models import GrantRow, OutboxRow
from tests.builders import Clock, Delivered, Office, chat_of, day, rows, vn

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")  # a Friday
SOON = NOW + dt.timedelta(minutes=3)


@pytest.fixture
async def telling(delivered: Delivered, clock: Clock) -> Delivered:
    clock.now = SOON
    return delivered


async def told(telling: Delivered, who: str) -> list[str]:
    while await telling.one():
        pass
    return [message.html for chat, message in telling.sender.sent if chat == chat_of(who)]


async def choose(office: Office, who: str, shown: Shown, label: str) -> Shown:
    """Press the button whose label's parameters hold these words."""
    assert isinstance(shown.step, Ask)
    labels = [_words(choice) for choice in shown.step.choices]
    place = next(at for at, words in enumerate(labels) if label in words)
    return await changing.pick(office.db, office.actor(who), shown.token, place, NOW)


def _words(choice: Choice) -> str:
    return choice.label.msgid.format(**choice.label.params)


async def begin(office: Office, who: str, name: str = flows.STAND_IN, **args: Any) -> Shown:
    return await changing.begin(office.db, office.actor(who), name, dict(args), NOW)


async def heads(office: Office, who: str, on: str = "2024-04-19") -> frozenset[int]:
    async with office.db.read() as session:
        return (await get_viewer(session, office.actor(who), day(on))).heads()


async def test_a_head_names_who_stands_in_by_three_presses(
    office: Office, telling: Delivered
) -> None:
    asked = await begin(office, "minh")
    when = await choose(office, "minh", asked, "thao")
    shown = await choose(office, "minh", when, "1 week")
    before = await heads(office, "thao")
    done = await changing.confirm(office.db, office.actor("minh"), shown.token, NOW)

    assert isinstance(shown.step, Ready)
    assert shown.step.lines[0].params == {"first": day("2024-04-19"), "last": day("2024-04-25")}
    assert before == frozenset()
    assert await heads(office, "thao") == {office.units[HC]}, "at once"
    assert await heads(office, "thao", "2024-04-25") == {office.units[HC]}
    assert await heads(office, "thao", "2024-04-26") == frozenset()
    assert done.said.params["name"] == "thao"
    assert "minh" in (await told(telling, "thao"))[-1]


async def test_a_stand_in_is_ended_early_and_hears_of_it(
    office: Office, db: Database, telling: Delivered
) -> None:
    args = {"?who": "thao", "?days": "hôm nay đến 30/4"}
    shown = await begin(office, "minh", **args)
    await changing.confirm(db, office.actor("minh"), shown.token, NOW)
    await told(telling, "thao")

    asked = await begin(office, "minh")
    over = await choose(office, "minh", asked, "End: thao")
    await changing.confirm(db, office.actor("minh"), over.token, SOON)

    assert isinstance(over.step, Ready)
    assert await heads(office, "thao") == frozenset()
    assert "minh" in (await told(telling, "thao"))[-1]
    [grant] = await rows(db, GrantRow, GrantRow.stands_in_for == office.persons["minh"])
    assert grant.valid_to == day("2024-04-18")


async def test_van_phong_names_a_stand_in_for_a_head_and_both_hear(
    office: Office, telling: Delivered
) -> None:
    args = {"unit": office.units[HC], "?who": "thao", "?days": "22/4 – 24/4"}
    shown = await begin(office, "lan", flows.UNIT_STAND_IN, **args)
    await changing.confirm(office.db, office.actor("lan"), shown.token, NOW)

    assert await heads(office, "thao", "2024-04-22") == {office.units[HC]}
    assert "22/4/2024" in (await told(telling, "thao"))[-1]
    assert "thao" in (await told(telling, "minh"))[-1]


async def test_van_phong_does_not_name_itself(office: Office) -> None:
    args = {"unit": office.units[HC], "?who": "lan"}

    with pytest.raises(NotFound):
        await begin(office, "lan", flows.UNIT_STAND_IN, **args)


@pytest.mark.parametrize("who", ["lan", "thao", "khach"])
async def test_who_has_nothing_to_lend_names_nobody(office: Office, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        await begin(office, who)


@pytest.mark.parametrize("who", ["minh", "thao", "viet"])
async def test_only_van_phong_names_one_for_somebody_else(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        await begin(office, who, flows.UNIT_STAND_IN, unit=office.units[VB])


async def test_what_is_lent_is_not_lent_on(office: Office, db: Database) -> None:
    shown = await begin(office, "minh", **{"?who": "thao", "?days": "30/4"})
    await changing.confirm(db, office.actor("minh"), shown.token, NOW)

    with pytest.raises(NotAllowed):
        await begin(office, "thao")


async def test_with_the_head_the_stand_in_goes(office: Office, db: Database) -> None:
    shown = await begin(office, "minh", **{"?who": "thao", "?days": "30/4"})
    await changing.confirm(db, office.actor("minh"), shown.token, NOW)

    args = {"unit": office.units[HC], "?who": "minh"}
    gone = await begin(office, "lan", flows.UNIT_HEAD, **args)
    await changing.confirm(db, office.actor("lan"), gone.token, SOON)

    assert await heads(office, "minh") == frozenset()
    assert await heads(office, "thao") == frozenset()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("22/4 – 30/4/2024", ("2024-04-22", "2024-04-30")),
        ("22/4/2024 > 30/4/2024", ("2024-04-22", "2024-04-30")),
        ("từ ngày 22/4 đến hết 30/4", ("2024-04-22", "2024-04-30")),
        ("22/4 - 30/4", ("2024-04-22", "2024-04-30")),
        ("đến thứ sáu tuần sau", ("2024-04-19", "2024-04-26")),
        ("mai đến cuối tháng", ("2024-04-20", "2024-04-30")),
        ("30/4", ("2024-04-19", "2024-04-30")),
    ],
)
def test_days_are_read_as_people_type_them(text: str, days: tuple[str, str]) -> None:
    assert read_days(text, NOW.date()) == (day(days[0]), day(days[1]))


@pytest.mark.parametrize("text", ["", "x", "22/4 – 31/6", "1/4 – 2/4 – 3/4", "vài hôm"])
def test_days_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_days(text, NOW.date())


async def test_past_days_are_refused(office: Office, db: Database) -> None:
    with pytest.raises(UserError):
        await begin(office, "minh", **{"?who": "thao", "?days": "1/4/2024 – 5/4/2024"})

    assert await rows(db, OutboxRow) == []


async def test_that_somebody_else_is_stood_in_for_no_more_is_read_back(
    office: Office, db: Database
) -> None:
    await office.enrol("hoa", Role.HEAD, HC)
    for who in ("minh", "hoa"):
        shown = await begin(office, who, **{"?who": "thao", "?days": "30/4"})
        assert isinstance(shown.step, Ready)
        said = [line.params.get("who") for line in shown.step.lines]
        assert ("minh" in said) is (who == "hoa")
        await changing.confirm(db, office.actor(who), shown.token, NOW)


async def test_naming_a_stand_in_is_taken_back(office: Office, db: Database) -> None:
    shown = await begin(office, "minh", **{"?who": "thao", "?days": "30/4"})
    await changing.confirm(db, office.actor("minh"), shown.token, NOW)

    last = await undoing.last_act(db, office.actor("minh"), SOON)
    assert last is not None
    await undoing.undo(db, office.actor("minh"), last.key, SOON)

    assert last.units == (HC,)
    assert await heads(office, "thao") == frozenset()


async def test_a_leader_supervises_in_place_of_another_who_stays_a_leader(
    office: Office, db: Database
) -> None:
    await office.enrol("hoa", Role.LEADER, HC)
    unit = office.units[HC]
    asked = await begin(office, "lan", flows.UNIT_LEADER, unit=unit)
    shown = await choose(office, "lan", asked, "viet")
    await changing.confirm(db, office.actor("lan"), shown.token, NOW)

    async with db.read() as session:
        over = {
            who: {g.unit_id for g in viewer.grants if g.role is Role.LEADER}
            for who in ("viet", "hoa")
            for viewer in [await get_viewer(session, office.actor(who), day("2024-04-19"))]
        }
    assert over == {"viet": {None, unit}, "hoa": {None}}


async def test_a_head_is_named_and_hears_of_it(
    office: Office, db: Database, telling: Delivered
) -> None:
    args = {"unit": office.units[HC], "?who": "thao"}
    shown = await begin(office, "lan", flows.UNIT_HEAD, **args)
    await changing.confirm(db, office.actor("lan"), shown.token, NOW)

    assert await heads(office, "thao") == {office.units[HC]}
    assert HC in (await told(telling, "thao"))[-1]


async def test_nobody_makes_themselves_a_head(office: Office) -> None:
    with pytest.raises(NotAllowed):
        await begin(office, "lan", flows.UNIT_HEAD, unit=office.units[HC], **{"?who": "lan"})
