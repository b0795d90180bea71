"""The main job over HTTP, on the real plan: remind, report, confirm, leave the lists."""

from bot.domain.roles import ChatPurpose, Role
from tests.e2e.conftest import REAL_PLAN, REAL_UNITS, MakeOffice, at, needs_real_plan

LINK = "https://vanban.example.vn/ke-hoach-hai-long"


LAST_DAY = "hôm nay là ngày làm việc cuối"


def codes(text: str) -> set[str]:
    """Return the item codes that a list names."""
    return {line.split(" · ")[0] for line in text.split("\n") if " · " in line}


@needs_real_plan
async def test_the_office_is_reminded_reports_is_confirmed_and_is_left_in_peace(
    office: MakeOffice,
) -> None:
    async with office(
        REAL_PLAN.read_bytes(),
        REAL_UNITS.read_text(encoding="utf-8"),
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        hung = await here.join("Hùng", Role.HEAD, "Văn phòng")
        minh = await here.join("Minh", Role.HEAD, "HCTP")
        chat = await here.bind("Văn phòng", [lan, hung], ChatPurpose.OFFICE)
        hctp = await here.bind("HCTP", [minh], ChatPurpose.UNIT, "HCTP")
        before = len(here.said_by_bot(chat))
        before_hctp = len(here.said_by_bot(hctp))

        await here.clock("2024-04-26")

        morning = here.said_by_bot(chat)[before:]
        assert "thứ Sáu 26/4/2024" in morning[0]
        today = [line for text in morning for line in text.split("\n") if LAST_DAY in line]
        assert {"VIII.1", "VII.5"} <= codes("\n".join(today))
        line = next(line for line in today if line.startswith("VIII.1"))
        assert "thứ Ba 30/4" in line  # hạn ghi of "Tháng 4/2024"; hạn nhắc is Friday 26/4

        answer = await here.ask(chat, hung, f"/xong VIII.1 {LINK} đã ban hành")
        assert "VIII.1" in answer["text"]
        assert "Gửi Văn phòng xác nhận?" in answer["text"]
        await here.press(chat, hung, answer, "📤 Gửi")
        await here.sandbox.wait_for_message(chat, "chờ Văn phòng xác nhận")
        asked = await here.sandbox.wait_for_message(chat, "báo hoàn thành")
        await here.press(chat, lan, asked, "✅ Xác nhận")
        await here.sandbox.wait_for_message(chat, "được xác nhận hoàn thành")

        late = await here.ask(chat, lan, "/tre_han", "hạn")
        work = await here.ask(chat, hung, "/viec", "phần việc đang mở")
        assert "VIII.1" not in codes(late["text"])
        assert "VIII.1" not in codes(work["text"])

        # Monday 29/4 is a day off, swapped for Saturday 4/5; so are 30/4 and 1/5.
        await here.settled()
        sent = len(here.sandbox.calls)
        for day in ("2024-04-27", "2024-04-28", "2024-04-29"):
            await here.clock(day)
        assert not [c for c in here.sandbox.calls[sent:] if c.method == "sendMessage"]

        # "Trước 30/4/2024": the 29th still counts, and nobody is late before it has passed.
        on_the_day = await here.ask(chat, lan, "/tre_han văn phòng", "Quá hạn")
        assert "VII.5" not in codes(on_the_day["text"])
        await here.clock("2024-04-30")
        day_after = await here.ask(chat, lan, "/tre_han văn phòng", "Quá hạn")
        assert "VII.5" in codes(day_after["text"])
        assert "VIII.1" not in codes(day_after["text"])

        await here.clock("2024-05-02")
        assert any("thứ Năm 02/5/2024" in text for text in here.said_by_bot(chat))
        assert not any("VIII.1" in text for text in here.said_by_bot(chat)[-1:])
        # The internal date of VII.5 (before 25/4) binds the units, not Văn phòng.
        assert any("VII.5" in text for text in here.said_by_bot(hctp)[before_hctp:])
