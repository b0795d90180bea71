"""Who prepares a part: told with the day, named to the unit in private, missed when gone."""

import pytest

from bot.domain.roles import Role
from bot.services import handing, members, own_data, progress, reopening
from bot.services.deciding import decide
from bot.services.progress import Claim
from storage.models import GrantRow
from tests.builders import (
    ACCOUNTS,
    Clock,
    Delivered,
    FakeSender,
    Office,
    make_item,
    only_part,
    rows,
)
from tests.chatting import Talk

HC = "Phòng Hành chính"


@pytest.fixture
async def handed(office: Office, clock: Clock) -> FakeSender:
    """Minh has handed III.5, due on Friday 26/4/2024, to Thảo; all of it was told."""
    clock.move_to("2024-04-19 09:00")
    await office.activate(make_item("III.5"))
    part = await only_part(office.db, office, HC)
    await handing.hand_to(
        office.db, office.actor("minh"), part.id, office.persons["thao"], clock()
    )
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    return sender


async def test_who_is_to_prepare_hears_the_day_and_how_far_away_it_is(handed: FakeSender) -> None:
    (told,) = [text for text in handed.to("thao") if "👤" in text]

    assert "🟡 Sắp đến hạn · hạn thứ Sáu 26/4, còn 5 ngày làm việc" in told


async def test_the_head_sees_in_private_who_prepares_it_and_a_group_does_not(
    handed: FakeSender, talk: Talk
) -> None:
    private = await talk.say("minh", "/xem III.5")
    group = await talk.say("minh", "/xem III.5", "hc")

    assert "👤 thao chuẩn bị" in private[0]
    assert "thao" not in group[0]


@pytest.mark.parametrize("handed_on", [False, True])
async def test_the_heads_hear_that_nobody_prepares_it_when_that_person_is_removed(
    handed: FakeSender, office: Office, clock: Clock, talk: Talk, handed_on: bool
) -> None:
    (grant,) = [
        row
        for row in await rows(office.db, GrantRow, GrantRow.person_id == office.persons["thao"])
        if row.role is Role.STAFF
    ]
    if handed_on:
        part = await only_part(office.db, office, HC)
        await handing.hand_to(office.db, office.actor("minh"), part.id, 0, clock())
    await members.end_role(office.db, office.actor("lan"), grant.id or 0, clock())
    await Delivered(office.db, handed, clock).tick()

    told = [text for text in handed.to("minh") if "chưa có người chuẩn bị" in text]
    assert len(told) == (0 if handed_on else 1)
    for text in told:
        assert "III.5 chưa có người chuẩn bị: thao không còn ở đơn vị" in text
        assert "hạn thứ Sáu 26/4" in text
    assert ("part:hand:1" in labels_to(handed, "minh")) is not handed_on


def labels_to(sender: FakeSender, who: str) -> list[str]:
    return [
        button.data
        for chat, message in sender.sent
        if chat == ACCOUNTS[who]
        for row in message.buttons
        for button in row
    ]


async def test_a_part_opened_again_says_what_to_do_next(office: Office, clock: Clock) -> None:
    clock.move_to("2024-04-19 09:00")
    await office.activate(make_item("III.5"))
    part = await only_part(office.db, office, HC)
    await progress.report_done(
        office.db, office.actor("minh"), part.id, Claim("https://e.vn/1"), clock()
    )
    await decide(office.db, office.actor("lan"), 1, clock())
    await reopening.reopen(office.db, office.actor("lan"), 1, "nhầm", clock())
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()

    (told,) = [text for text in sender.to("hc") if "mở lại" in text]
    assert "báo lại" in told
    assert "hạn thứ Sáu 26/4, còn 5 ngày làm việc" in told
    (message,) = [message for _, message in sender.sent if message.html == told]
    assert message.buttons[0][0].data == "part:report:1"


async def test_the_heads_hear_it_without_a_name_when_that_person_is_erased(
    handed: FakeSender, office: Office, clock: Clock
) -> None:
    await office.enrol("hoa", Role.ADMIN)
    await own_data.erase(office.db, office.actor("hoa"), office.persons["thao"], clock())
    await Delivered(office.db, handed, clock).tick()

    (told,) = [text for text in handed.to("minh") if "chưa có người chuẩn bị" in text]
    assert "người được giao không còn ở đơn vị" in told
