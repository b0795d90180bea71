"""A plan's year in the hands of Văn phòng, over the sandbox, in both languages."""

from typing import Any

import pytest

from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import PlanState
from bot.domain.status import Progress
from bot.i18n import translator
from storage.models import (
    AuditRow,
    ItemRow,
    OccurrenceRow,
    OfficeRow,
    PartRow,
    PersonRow,
    PlanRow,
)
from tests import trail
from tests.builders import change, day, rows
from tests.e2e.conftest import MakeOffice, Office, at

UNITS = """name,short,aliases,group
Văn phòng,VP,,văn phòng
Phòng Hành chính tư pháp,HCTP,,phòng chuyên môn
Phòng Thanh tra – Bổ trợ tư pháp,TT-BTTP,,phòng chuyên môn
"""
PLAN = (
    "KẾ HOẠCH CÔNG TÁC NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tCHUNG\n"
    "1\tBáo cáo đầu năm\tBáo cáo\tTrước ngày 30/4/2024\tVăn phòng\n"
    "2\tKiến nghị xử lý\tVăn bản\tTrong vòng 30 ngày kể từ ngày nhận kết luận"
    "\tPhòng Thanh tra – Bổ trợ tư pháp\n"
    "3\tTheo dõi chế độ\tBáo cáo\tTheo hướng dẫn của Sở Nội vụ\tPhòng Hành chính tư pháp\n"
    "4\tBáo cáo hộ tịch\tBáo cáo\tngày 25 hàng tháng\tPhòng Hành chính tư pháp\n"
)


class Desk:
    """Văn phòng's person in private: says, presses, reads what is shown last."""

    def __init__(self, here: Office, user: int, locale: str) -> None:
        self.here, self.user, self.tr = here, user, translator(locale)
        self.shown: list[str] = []

    async def say(self, text: str) -> str:
        """Say something and return the answer."""
        message = await self.here.ask(self.user, self.user, text)
        self.shown.append(message["text"])
        return str(message["text"])

    async def press(self, label: str) -> str:
        """Press the newest button with these words; return what its message says then."""
        message = self._with(label)
        button = next(one for one in _buttons(message) if label in one["text"])
        await self.here.press(self.user, self.user, message, button["callback_data"])
        await self.here.settled()
        self.shown.append(self._last()["text"])
        return self.shown[-1]

    async def yes(self) -> str:
        """Confirm what was read back."""
        return await self.press(self.tr("✅ Right, record it"))

    def _with(self, label: str) -> dict[str, Any]:
        found = [
            message
            for message in self.here.sandbox.messages(self.user)
            if any(label in one["text"] for one in _buttons(message))
        ]
        assert found, (label, self._last()["text"])
        return found[-1]

    def _last(self) -> dict[str, Any]:
        return self.here.sandbox.messages(self.user)[-1]


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows_ = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows_ for button in row]


@pytest.mark.parametrize("locale", ["vi", "en"])
async def test_a_year_from_events_to_the_next_plan(office: MakeOffice, locale: str) -> None:
    async with office(
        PLAN.encode(), UNITS, activated=at("2024-01-02", "08:00"), now=at("2024-03-06", "09:00")
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "Phòng Thanh tra – Bổ trợ tư pháp")
        group = await here.bind(
            "Nhóm TTBT", [minh], ChatPurpose.UNIT, "Phòng Thanh tra – Bổ trợ tư pháp"
        )
        # So that nothing but answers comes to the private chat.
        await here.bind("Nhóm HCTP", [minh], ChatPurpose.UNIT, "Phòng Hành chính tư pháp")
        await here.bind("Nhóm Văn phòng", [lan], ChatPurpose.OFFICE)
        for person in await rows(here.db, PersonRow):
            await change(here.db, PersonRow, person.id, locale=locale)
        desk = Desk(here, lan, locale)
        before, known = await trail.now(here.db), len(await rows(here.db, AuditRow))

        await _events(desk)
        await _dates_and_units(desk)
        await _new_and_dropped(desk)
        await _settings(desk)
        entries = (await rows(here.db, AuditRow))[known:]
        assert trail.disagreements(before, entries, await trail.now(here.db)) == []
        await _next_year(desk)

        told = "\n".join(here.said_by_bot(group))
        assert "I.2" in told


async def _events(desk: Desk) -> None:
    for said, due in (("01/02/2024", "2024-03-02"), ("05/3/2024 Kết luận 7", "2024-04-04")):
        await desk.say(f"/kich_hoat I.2 {said}")
        await desk.yes()
        assert await rows(desk.here.db, OccurrenceRow, OccurrenceRow.due == day(due))
    waiting = await rows(desk.here.db, PartRow, PartRow.progress == Progress.WAITING_EVENT)
    assert len(waiting) == 1


async def _dates_and_units(desk: Desk) -> None:
    await desk.say("/dat_han I.3 30/6")
    await desk.yes()
    await desk.say("/giao I.3 TT-BTTP; phối hợp: HCTP")
    await desk.yes()
    [item] = await rows(desk.here.db, ItemRow, ItemRow.code == "I.3")
    [occurrence] = await rows(desk.here.db, OccurrenceRow, OccurrenceRow.item_id == item.id)
    assert occurrence.due == day("2024-06-30")
    parts = await rows(desk.here.db, PartRow, PartRow.occurrence_id == occurrence.id)
    assert {part.duty.value for part in parts} == {"lead", "cooperate"}


async def _new_and_dropped(desk: Desk) -> None:
    await desk.say(
        "/them\nNhiệm vụ: Báo cáo chuyên đề\nSản phẩm: Báo cáo\nHạn: cuối tháng\nChủ trì: HCTP\n"
        "Căn cứ: Công văn số 12/UBND-NC"
    )
    await desk.yes()
    [item] = await rows(desk.here.db, ItemRow, ItemRow.code == "BS.1")
    [occurrence] = await rows(desk.here.db, OccurrenceRow, OccurrenceRow.item_id == item.id)
    assert occurrence.due == day("2024-03-31")
    await desk.say("/thoi_viec BS.1")
    await desk.say("Công văn số 15/UBND-NC")
    await desk.yes()
    assert await rows(desk.here.db, PartRow, PartRow.decision == "Công văn số 15/UBND-NC")


async def _settings(desk: Desk) -> None:
    await desk.say("/cai_dat")
    await desk.press(desk.tr("Reminding"))
    await desk.press(desk.tr("When the morning message is sent"))
    await desk.say("8h")
    await desk.yes()
    [office_row] = await rows(desk.here.db, OfficeRow)
    assert office_row.settings["morning_at"] == "08:00"


async def _next_year(desk: Desk) -> None:
    await desk.say("/dong_ke_hoach")
    await desk.press(desk.tr("Carry all over to the next plan"))
    await desk.yes()
    await desk.say("/ke_hoach_moi")
    await desk.yes()
    old, new = await rows(desk.here.db, PlanRow)
    assert old.state is PlanState.CLOSED
    assert (new.state, new.year, new.previous_id) == (PlanState.DRAFT, 2025, old.id)
    codes = {item.code for item in await rows(desk.here.db, ItemRow, ItemRow.plan_id == new.id)}
    assert codes == {"I.1", "I.2", "I.3", "I.4"}
    acts = {entry.act for entry in await rows(desk.here.db, AuditRow)}
    assert {"occurrence.event", "occurrence.date", "item.add", "part.drop", "plan.close"} <= acts
    await desk.press(desk.tr("View the draft"))
    assert "2025" in desk.shown[-1]
