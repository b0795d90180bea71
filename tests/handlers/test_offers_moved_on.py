"""The buttons under a proposed day that was taken back since: the message shows what holds now."""

from handlers.callbacks import Press, data
from handlers.offer_keys import OfferPress, offer_data
from tests.builders import Office, day, make_item
from tests.chatting import Talk
from tests.handlers.test_same_events import labels, press

OFFERED = day("2024-05-10")


async def offer_and_undo(office: Office, talk: Talk) -> None:
    await office.activate(make_item("I.5"))
    await talk.say("minh", "/gia_han I.5 15/5 chờ số liệu")
    await talk.press("minh", data(Press.EXT_SEND, 1))
    await talk.press("lan", data(Press.EXT_OTHER, 1))
    await talk.say("lan", "10/5")
    await talk.press("lan", data(Press.EXT_OFFER, 1))
    await talk.say("lan", "/hoan_tac")
    await press(talk, "Hoàn tác")
    talk.request.calls.clear()


async def test_every_dead_button_brings_the_present_ones(office: Office, talk: Talk) -> None:
    await offer_and_undo(office, talk)

    for dead in (OfferPress.UNOFFER, OfferPress.GRANT, OfferPress.AGAIN):
        talk.request.calls.clear()
        (shown,) = await talk.press("lan", offer_data(dead, 1, OFFERED))

        assert "đề nghị đang chờ anh/chị quyết định" in talk.notices()[-1]
        assert "I.5" in shown
        pressed = [button for _, button in labels(talk)]
        assert data(Press.EXT_YES, 1) in pressed
        assert data(Press.EXT_OTHER, 1) in pressed
        assert not any(button.startswith(dead) for button in pressed)


async def test_the_unit_hears_for_whom_the_request_waits(office: Office, talk: Talk) -> None:
    await offer_and_undo(office, talk)

    await talk.press("minh", offer_data(OfferPress.TAKE, 1, OFFERED))

    assert "đang chờ Văn phòng quyết định" in talk.notices()[-1]
    assert data(Press.EXT_BACK, 1) in [button for _, button in labels(talk)]
