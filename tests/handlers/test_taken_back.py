"""What an act added and was taken back leaves nothing on the card."""

import pytest

from bot.services import undoing
from storage.models import PartRow
from tests.builders import Clock, Office, after_event, make_item, rows, vn
from tests.chatting import Talk

NOW = vn("2024-02-05 09:00")


@pytest.fixture
async def waiting(office: Office, clock: Clock) -> Office:
    clock.now = NOW
    await office.activate(make_item("II.3", due=after_event()), now=vn("2024-01-02 08:00"))
    return office


async def start(talk: Talk) -> None:
    await talk.say("lan", "/kich_hoat II.3 05/02/2024")
    await talk.press("lan", talk.buttons()[-2])


async def take_back(office: Office) -> None:
    last = await undoing.last_act(office.db, office.actor("lan"), NOW)
    assert last is not None
    await undoing.undo(office.db, office.actor("lan"), last.key, NOW)


@pytest.mark.parametrize("who", ["lan", "minh"])
async def test_an_event_that_was_taken_back_leaves_no_line(
    waiting: Office, talk: Talk, who: str
) -> None:
    (before,) = await talk.say(who, "/xem II.3")
    await start(talk)
    (between,) = await talk.say(who, "/xem II.3")

    await take_back(waiting)
    (after,) = await talk.say(who, "/xem II.3")

    assert len(await rows(waiting.db, PartRow)) == 2, "the row stays, for the record"
    assert "6/3" in between
    assert after == before


async def test_a_unit_that_was_given_an_item_by_mistake_leaves_none(
    waiting: Office, talk: Talk
) -> None:
    (before,) = await talk.say("lan", "/xem II.3")
    await talk.say("lan", "/giao II.3 HC, VB")
    await talk.press("lan", talk.buttons()[-2])

    await take_back(waiting)
    (after,) = await talk.say("lan", "/xem II.3")

    assert after == before


async def test_the_event_can_be_recorded_anew(waiting: Office, talk: Talk) -> None:
    await start(talk)
    await take_back(waiting)

    await start(talk)
    (card,) = await talk.say("minh", "/xem II.3")

    assert "không còn thực hiện" not in card.lower()
    assert len(await rows(waiting.db, PartRow)) == 3


async def test_what_is_typed_as_a_decision_is_never_taken_for_it(
    waiting: Office, talk: Talk
) -> None:
    await talk.say("lan", "/thoi_viec II.3 rút lại")
    await talk.press("lan", talk.buttons()[-2])

    (card,) = await talk.say("lan", "/xem II.3")

    assert "Rút lại" in card
