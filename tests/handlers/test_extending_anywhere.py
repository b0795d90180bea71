"""An open request for another date can be handled from its item's card and from /gia_han."""

import datetime as dt

import pytest

from bot.domain.roles import Role
from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.services import progress
from bot.services.progress import Claim
from handlers.callbacks import Press, data
from handlers.offer_keys import OfferPress, offer_data
from storage.models import ExtensionRow
from tests.builders import Clock, Office, day, make_item, only_part, parts_of, rows
from tests.chatting import Talk

DAY = day("2024-05-03")
TAKE, DECLINE = offer_data(OfferPress.TAKE, 1, DAY), offer_data(OfferPress.DECLINE, 1, DAY)
GRANT, AGAIN = offer_data(OfferPress.GRANT, 1, DAY), offer_data(OfferPress.AGAIN, 1, DAY)
UNOFFER = offer_data(OfferPress.UNOFFER, 1, DAY)
YES, NO, OTHER = (data(press, 1) for press in (Press.EXT_YES, Press.EXT_NO, Press.EXT_OTHER))
BACK = data(Press.EXT_BACK, 1)
EVERY = {TAKE, DECLINE, GRANT, AGAIN, UNOFFER, YES, NO, OTHER, BACK}


async def ask(office: Office, talk: Talk) -> int:
    await office.activate(make_item(due="2024-04-29"))
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ số liệu cấp xã")
    await talk.press("minh", data(Press.EXT_SEND, part.id))
    return part.item_id


async def propose(office: Office, talk: Talk) -> int:
    item = await ask(office, talk)
    await talk.press("lan", OTHER, "office")
    await talk.say("lan", "3/5", "office")
    await talk.press("lan", data(Press.EXT_OFFER, 1), "office")
    return item


async def state(office: Office) -> ExtensionState:
    return (await rows(office.db, ExtensionRow))[0].state


def offered(talk: Talk) -> set[str]:
    """Return the buttons about the request under what was said last."""
    said = [(called, params) for called, params in talk.request.calls if "text" in params]
    talk.request.calls[:] = said[-1:]
    return EVERY & set(talk.buttons())


@pytest.mark.parametrize(
    ("who", "buttons"),
    [("lan", {YES, NO, OTHER}), ("minh", {BACK}), ("thao", set()), ("viet", set())],
)
async def test_a_card_has_the_buttons_of_a_request_that_waits_for_van_phong(
    office: Office, talk: Talk, who: str, buttons: set[str]
) -> None:
    item = await ask(office, talk)

    (card,) = await talk.press(who, data(Press.OPEN, item))

    assert "Xin gia hạn đến thứ Sáu 10/5. Lý do: chờ số liệu cấp xã" in card
    assert offered(talk) == buttons


@pytest.mark.parametrize(
    ("who", "buttons"),
    [("lan", {GRANT, AGAIN, UNOFFER}), ("minh", {TAKE, DECLINE}), ("thao", set())],
)
async def test_a_card_has_the_buttons_of_a_day_that_was_proposed(
    office: Office, talk: Talk, who: str, buttons: set[str]
) -> None:
    item = await propose(office, talk)

    await talk.press(who, data(Press.OPEN, item))

    assert offered(talk) == buttons


async def test_from_the_card_van_phong_grants_and_the_unit_accepts(
    office: Office, talk: Talk
) -> None:
    item = await propose(office, talk)

    await talk.press("minh", data(Press.OPEN, item))
    (accepted,) = await talk.press("minh", TAKE)

    assert "Hạn mới: thứ Sáu 03/5/2024" in accepted
    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-03"


async def test_gia_han_shows_the_open_request_with_its_buttons(office: Office, talk: Talk) -> None:
    await ask(office, talk)

    (to_head,) = await talk.say("minh", "/gia_han I.1 20/5 lý do khác")
    of_head = offered(talk)
    (to_office,) = await talk.say("lan", "/gia_han I.1")
    of_office = offered(talk)

    assert "Xin đến: thứ Sáu 10/5/2024" in to_head
    assert "Lý do xin: chờ số liệu cấp xã" in to_head
    assert "đang chờ quyết định" in to_head
    assert "đang chờ quyết định" not in to_office
    assert (of_head, of_office) == ({BACK}, {YES, NO, OTHER})
    assert len(await rows(office.db, ExtensionRow)) == 1


async def test_an_old_cards_button_shows_the_open_request(office: Office, talk: Talk) -> None:
    await propose(office, talk)
    part = await only_part(office.db, office)

    await talk.press("minh", data(Press.EXTEND, part.id))

    assert offered(talk) == {TAKE, DECLINE}


async def test_van_phong_takes_its_proposal_back_and_decides_anew(
    office: Office, talk: Talk
) -> None:
    await propose(office, talk)

    (again,) = await talk.press("lan", UNOFFER)
    decides = offered(talk)
    await talk.press("minh", TAKE)
    refused = talk.notices()[-1]
    await talk.press("lan", YES)

    assert "đề nghị gia hạn chờ Văn phòng" in again
    assert decides == {YES, NO, OTHER}
    assert "đang chờ Văn phòng" in refused
    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-10"


async def test_van_phong_grants_the_day_that_was_asked_for_after_all(
    office: Office, talk: Talk
) -> None:
    await propose(office, talk)

    (granted,) = await talk.press("lan", GRANT)
    await talk.press("minh", TAKE)

    assert "Hạn mới: thứ Sáu 10/5/2024" in granted
    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-10"
    assert await state(office) is ExtensionState.APPROVED


async def test_a_replaced_proposal_is_never_accepted_by_an_old_button(
    office: Office, talk: Talk
) -> None:
    await propose(office, talk)

    (question,) = await talk.press("lan", AGAIN)
    (read,) = await talk.say("lan", "6/5")
    await talk.press("lan", data(Press.EXT_OFFER, 1))
    await talk.press("minh", TAKE)
    refused = talk.notices()[-1]
    still = await state(office)
    await talk.press("minh", offer_data(OfferPress.TAKE, 1, day("2024-05-06")))

    assert "ngày nào" in question
    assert "Văn phòng đề xuất: thứ Sáu 03/5/2024" in read
    assert "thứ Hai 06/5/2024" in read
    assert "Ngày được đề xuất nay là 06/5/2024" in refused
    assert still is ExtensionState.COUNTERED
    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-06"


async def test_once_the_unit_has_answered_van_phong_cannot_change_its_mind(
    office: Office, talk: Talk
) -> None:
    await propose(office, talk)
    await talk.press("minh", TAKE)

    for press in (GRANT, AGAIN, UNOFFER):
        await talk.press("lan", press)
        assert "Đã đồng ý gia hạn" in talk.notices()[-1]

    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-03"


async def test_another_day_in_place_of_a_proposal_that_a_colleague_took_back_is_not_sent(
    office: Office, talk: Talk
) -> None:
    await office.enrol("hoa", Role.COORDINATOR)
    await propose(office, talk)
    await talk.press("lan", AGAIN)
    await talk.say("lan", "6/5")
    await talk.press("hoa", UNOFFER)

    await talk.press("lan", data(Press.EXT_OFFER, 1))

    assert "đang chờ anh/chị quyết định" in talk.notices()[-1]
    assert await state(office) is ExtensionState.REQUESTED


async def test_several_requests_on_a_card_open_one_by_one(office: Office, talk: Talk) -> None:
    units = ("Phòng Hành chính", "Phòng Văn bản")
    await office.activate(make_item(due="2024-04-29", lead=units))
    for who in ("minh", "dung"):
        await talk.say(who, "/gia_han I.1 10/5 chờ số liệu")
        send = [one for one in talk.buttons() if one.startswith(Press.EXT_SEND)]
        await talk.press(who, send[-1])

    await talk.say("lan", "/xem I.1")
    shows = [one for one in talk.buttons() if one.startswith(Press.EXT_SHOW)]
    await talk.press("lan", shows[1])

    assert shows == [data(Press.EXT_SHOW, 1), data(Press.EXT_SHOW, 2)]
    assert {data(Press.EXT_YES, 2), data(Press.EXT_NO, 2)} <= set(talk.buttons())


async def test_a_request_for_a_returned_part_hides_neither_the_return_nor_its_reason(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item(due="2024-04-29"))
    part = await only_part(office.db, office)
    claim = Claim("https://e.vn/1")
    await progress.report_done(office.db, office.actor("minh"), part.id, claim, clock.now)
    await talk.press("lan", data(Press.RETURN, 1))
    await talk.say("lan", "thiếu trang ký")
    await talk.say("minh", "/gia_han I.1 10/5 chờ số liệu cấp xã")
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    (card,) = await talk.press("minh", data(Press.OPEN, part.item_id))

    assert "↩️ Bị trả lại. Lý do: thiếu trang ký" in card
    assert "Xin gia hạn đến thứ Sáu 10/5. Lý do: chờ số liệu cấp xã" in card
    assert (await only_part(office.db, office)).progress is Progress.EXTENSION_PENDING


async def test_cho_xac_nhan_counts_requests_apart_and_opens_their_cards(
    office: Office, talk: Talk, clock: Clock
) -> None:
    first, second = make_item("I.1", due="2024-04-29"), make_item("I.2", due="2024-04-29")
    await office.activate(first, second)
    reported = next(p for p in await parts_of(office.db, office) if p.code == "I.2")
    claim = Claim("https://e.vn/1")
    await progress.report_done(office.db, office.actor("minh"), reported.id, claim, clock.now)
    await talk.say("minh", "/gia_han I.1 10/5 chờ số liệu cấp xã")
    await talk.press("minh", [one for one in talk.buttons() if one.startswith("ext:send")][-1])

    (to_office,) = await talk.say("lan", "/cho_xac_nhan")
    opens = [one for one in talk.buttons() if one.startswith("list:item")]
    (to_other,) = await talk.say("dung", "/cho_xac_nhan")
    await talk.press("lan", opens[-1])
    buttons = offered(talk)
    clock.now += dt.timedelta(days=2)
    await talk.press("lan", OTHER)
    waiting = (await talk.say("lan", "/cho_xac_nhan"))[-1]
    await talk.press("lan", OTHER)
    await talk.say("lan", "3/5")
    await talk.press("lan", data(Press.EXT_OFFER, 1))
    (proposed,) = await talk.say("lan", "/cho_xac_nhan")

    assert "Chờ Văn phòng xác nhận: 1" in to_office
    assert "Xin gia hạn: 1" in to_office
    assert "xin đến thứ Sáu 10/5, gửi hôm nay" in to_office
    assert "Xin gia hạn" not in to_other
    assert buttons == {YES, NO, OTHER}
    assert "xin đến thứ Sáu 10/5, chờ 2 ngày" in waiting
    assert "Văn phòng đề xuất thứ Sáu 03/5, chờ đơn vị trả lời" in proposed
