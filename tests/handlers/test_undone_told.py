"""What is told of an act that was taken back: which, by whom, how things stand for the unit."""

import pytest

from bot.domain.roles import Role
from bot.services import held_roles
from storage import grants
from storage.audit import Act
from tests.builders import Clock, Delivered, FakeSender, Office, after_event, make_item, vn
from tests.chatting import Talk
from tests.handlers.test_same_events import press

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


async def told(office: Office, clock: Clock, chat: str, who: str, talk: Talk) -> str:
    """Return what a chat hears once `who` takes back the last act, told of before."""
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    await talk.say(who, "/hoan_tac")
    await press(talk, "Hoàn tác", who)
    await Delivered(office.db, sender, clock).tick()
    return next(text for text in sender.to(chat) if text.startswith("↩"))


async def begin(office: Office, clock: Clock, talk: Talk, *events: str) -> None:
    clock.move_to("2024-04-22 09:00")
    await office.activate(
        make_item("II.1", title="Kiến nghị", due=after_event(), lead=(HC,)),
        now=vn("2024-01-02 08:00"),
    )
    for event in events:
        await talk.say("lan", f"/kich_hoat II.1 {event}")
        await press(talk, "Đúng, ghi nhận")


async def test_an_event_taken_back_is_named_and_the_other_one_goes_on(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await begin(office, clock, talk, "5/4/2024 KL số I", "10/4/2024 KL số II")

    said = await told(office, clock, "hc", "lan", talk)

    assert "II.1: Văn phòng rút lại sự kiện KL số II (10/4) đã ghi lúc" in said
    assert "Việc tiếp tục: 🟡 Sắp đến hạn" in said
    assert "KL số I (05/4)" in said
    assert "Không còn thực hiện" not in said


async def test_without_another_event_the_item_waits_and_is_not_dropped(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await begin(office, clock, talk, "5/4/2024 KL số I")

    said = await told(office, clock, "hc", "lan", talk)

    assert "sự kiện KL số I (05/4)" in said
    assert "Không còn thực hiện" not in said


async def test_a_unit_that_had_been_given_an_item_hears_that_it_is_not_any_more(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("I.5", lead=(VB,)))
    await talk.say("lan", "/giao I.5 HC")
    await press(talk, "Đúng, ghi nhận")

    said = await told(office, clock, "hc", "lan", talk)

    assert "I.5: Văn phòng rút lại việc giao đơn vị thực hiện lúc" in said
    assert f"I.5 không còn giao cho {HC}." in said
    assert "Không còn thực hiện" not in said


async def test_tasks_added_and_taken_back_are_named_once_and_by_whom(
    office: Office, talk: Talk, clock: Clock
) -> None:
    clock.move_to("2024-04-22 09:00")
    await office.activate(make_item("I.5"))
    await talk.say("lan", "/ket_luan Rà soát – HC – 29/6\nBáo cáo B – HC – 30/6")
    await press(talk, "Giao")

    said = await told(office, clock, "hc", "lan", talk)

    assert "KL.1, KL.2: Văn phòng rút lại việc thêm nhiệm vụ lúc" in said
    assert said.count("KL.1") == 1


@pytest.mark.parametrize(
    ("person", "unit", "words"),
    [
        ("hoa", VB, f"Anh/chị không còn giữ vai trò: trưởng đơn vị – {VB}."),
        ("minh", HC, f"Anh/chị lại giữ vai trò: trưởng đơn vị – {HC}."),
    ],
)
async def test_who_was_given_a_role_or_lost_it_hears_whether_it_holds(
    office: Office, talk: Talk, clock: Clock, person: str, unit: str, words: str
) -> None:
    await office.enrol("hoa", Role.STAFF, HC)
    act = Act(office.id, clock.now, office.persons["lan"], 900)
    whose, unit_id = office.persons[person], office.units[unit]
    async with office.db.begin() as session:
        if person == "hoa":
            await held_roles.give(session, act, whose, Role.HEAD, unit_id)
        else:
            held = await grants.held_grants(session, office.id, clock.now.date())
            one = next(h for h in held if (h.person_id, h.unit_id) == (whose, unit_id))
            await held_roles.end(session, act, held, one)

    said = await told(office, clock, person, "lan", talk)

    assert words in said
