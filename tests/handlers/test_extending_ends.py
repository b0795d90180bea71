"""Other dates in chat: what they are warned of, and what becomes of a request without its part."""

import pytest

from bot.domain.errors import UserError
from bot.domain.states import ExtensionState
from bot.services import extension_decisions as decisions
from bot.services import extensions
from storage.models import ExtensionRow
from tests.builders import Delivered, Office, make_item, only_part, rows, vn
from tests.chatting import Talk

NOW = vn("2024-04-19 09:00")


async def send(office: Office) -> int:
    minh, part = office.actor("minh"), await only_part(office.db, office)
    await extensions.begin(office.db, minh, part.id, "10/5 chờ số liệu", NOW)
    return (await extensions.send(office.db, minh, part.id, NOW)).extension.id


async def test_the_warnings_are_read_in_chat_by_both_sides(
    office: Office, talk: Talk, delivered: Delivered
) -> None:
    await office.activate(make_item())

    (read,) = await talk.say("minh", "/gia_han I.1 15/1/2025 chờ")
    await talk.press("minh", talk.buttons()[0])
    while await delivered.one():
        pass

    for said in (read, delivered.sender.to("office")[-1]):
        assert "⚠️ Ngày 15/01/2025 sau ngày kết thúc kế hoạch (31/12/2024)." in said
        assert "⚠️ Xong sau ngày 14/12/2024 thì không tính vào năm chấm điểm 2024." in said


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("/thoi_viec I.1 Quyết định 12/QĐ-STP", "12/QĐ-STP"),
        ("/giao I.1 Phòng Văn bản", "giao lại đơn vị thực hiện"),
    ],
)
async def test_a_request_whose_part_is_taken_away_lapses_and_the_unit_is_told(
    office: Office, talk: Talk, delivered: Delivered, command: str, why: str
) -> None:
    await office.activate(make_item())
    request = await send(office)

    await talk.say("lan", command)
    await talk.press("lan", next(b for b in talk.buttons() if b.startswith("change:yes")))
    while await delivered.one():
        pass

    [row] = await rows(office.db, ExtensionRow)
    told = [said for said in delivered.sender.to("hc") if "không còn phải xét" in said]
    assert row.state is ExtensionState.LAPSED
    assert len(told) == 1
    assert why in told[0]
    with pytest.raises(UserError, match="nothing to decide any more"):
        await decisions.approve(office.db, office.actor("lan"), request, NOW)
