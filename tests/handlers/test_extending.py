"""Another date in chat: typed, read back with the weekday, sent; then decided by buttons."""

from handlers.callbacks import Press, data
from handlers.offer_keys import OfferPress, offer_data
from storage.models import ExtensionRow
from tests.builders import Office, day, make_item, only_part, rows
from tests.chatting import Talk


async def test_a_command_is_read_back_before_it_counts(office: Office, talk: Talk) -> None:
    await office.activate(make_item("III.5"))
    part = await only_part(office.db, office)

    (read,) = await talk.say("minh", "/gia_han iii.5 30/6 chờ số liệu cấp xã")
    before = await rows(office.db, ExtensionRow)
    (sent,) = await talk.press("minh", data(Press.EXT_SEND, part.id))

    assert "Chủ nhật 30/6/2024" in read
    assert "Hạn hiện tại: thứ Sáu 26/4/2024" in read
    assert "chờ số liệu cấp xã" in read
    assert before == []
    assert "Đã gửi Văn phòng" in sent
    assert len(await rows(office.db, ExtensionRow)) == 1


async def test_a_button_asks_and_what_is_typed_is_read_back(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)

    (question,) = await talk.press("minh", data(Press.EXTEND, part.id))
    (wrong,) = await talk.say("minh", "31/6 chờ")
    (dated,) = await talk.say("minh", "10/5")
    (whole,) = await talk.say("minh", "chờ cấp trên")

    assert "Đến ngày nào" in question
    assert "Không đọc được ngày" in wrong
    assert "Vì sao" in dated
    assert "thứ Sáu 10/5/2024" in whole
    assert data(Press.EXT_SEND, part.id) in talk.buttons()


async def test_it_can_be_called_off(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ")

    (off,) = await talk.press("minh", data(Press.EXT_OFF, part.id))
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    assert "Đã hủy" in off
    assert "Không còn gì để gửi" in talk.notices()[-1]
    assert await rows(office.db, ExtensionRow) == []


async def test_van_phong_proposes_and_the_unit_accepts(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ")
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    (question,) = await talk.press("lan", data(Press.EXT_OTHER, 1), "office")
    (read,) = await talk.say("lan", "thứ sáu tuần sau nữa", "office")
    (again,) = await talk.say("lan", "3/5", "office")
    (offered,) = await talk.press("lan", data(Press.EXT_OFFER, 1), "office")
    (accepted,) = await talk.press("minh", offer_data(OfferPress.TAKE, 1, day("2024-05-03")), "hc")

    assert "ngày nào" in question
    assert read
    assert "thứ Sáu 03/5/2024" in again
    assert "đề xuất ngày khác" in offered
    assert "Hạn mới: thứ Sáu 03/5/2024" in accepted
    assert (await only_part(office.db, office)).due.isoformat() == "2024-05-03"


async def test_van_phong_rejects_with_a_reason(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ")
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    await talk.press("lan", data(Press.EXT_NO, 1))
    (done,) = await talk.say("lan", "Đã gia hạn nhiều lần")
    await talk.press("lan", data(Press.EXT_YES, 1))

    assert "không được gia hạn" in done
    assert "Hạn hiện tại giữ nguyên" in done
    assert "Đề nghị đã bị từ chối" in talk.notices()[-1]


async def test_a_repeated_press_of_the_same_update_says_that_it_is_recorded(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ")

    await talk.press("minh", data(Press.EXT_SEND, part.id))
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    assert "Không còn gì để gửi" in talk.notices()[-1]
    assert len(await rows(office.db, ExtensionRow)) == 1


async def test_a_strangers_press_changes_nothing(office: Office, talk: Talk) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    await talk.say("minh", "/gia_han I.1 10/5 chờ")
    await talk.press("minh", data(Press.EXT_SEND, part.id))

    for who in ("khach", "thao", "dung", "minh"):
        for press in (Press.EXT_YES, Press.EXT_NO, Press.EXT_OTHER):
            await talk.press(who, data(press, 1))
        for press in OfferPress:
            await talk.press(who, offer_data(press, 1, day("2024-05-10")))

    (row,) = await rows(office.db, ExtensionRow)
    assert row.state == "requested"
