"""The real plan as a Word file, dropped into the chat by Văn phòng."""

import datetime as dt

from bot.domain.roles import ChatPurpose, Role
from tests.e2e.conftest import REAL_UNITS, SHARED, MakeOffice, at, needs_real_plan
from tests.e2e.test_loading_chat import FIRST_PLAN, button, latest, pressed

REAL_DOCX = SHARED / "plans" / "khanh-hoa-2024.docx"
PATIENCE = dt.timedelta(seconds=60)


@needs_real_plan
async def test_the_real_plan_is_loaded_settled_and_activated_in_chat(office: MakeOffice) -> None:
    async with office(
        FIRST_PLAN.encode(),
        REAL_UNITS.read_text(encoding="utf-8"),
        activated=at("2024-01-02", "09:00"),
        now=at("2024-04-25", "16:00"),
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        minh = await here.join("Minh", Role.HEAD, "HCTP")
        hctp = await here.bind("HCTP", [minh], ChatPurpose.UNIT, "HCTP")
        before = len(here.said_by_bot(hctp))

        here.sandbox.send_file(lan, lan, REAL_DOCX.name, REAL_DOCX.read_bytes())
        await here.sandbox.wait_for_message(lan, "74", within=PATIENCE)
        summary = await latest(here, lan)
        question = await pressed(here, lan, lan, "load:look")
        asked = 0
        while "/" in question["text"].split(" ·")[0]:
            asked += 1
            question = await pressed(here, lan, lan, one_of(question))
            if "☐" in str(question.get("reply_markup")):
                question = await pressed(here, lan, lan, "load:mark")

        assert "74 việc trong 10 mục" in summary["text"]
        assert asked >= 10
        assert "Cần xem lại" not in question["text"]
        assert here.said_by_bot(hctp)[before:] == []
        await here.press(lan, lan, question, button(question, "load:start"))
        active = await latest(here, lan)
        assert "74 việc" in active["text"]
        await here.clock("2024-04-26")
        await here.sandbox.wait_for_message(hctp, "thứ Sáu 26/4/2024")


def one_of(question: dict[str, object]) -> str:
    """Return the press that settles a question, whatever it is about."""
    for verb in ("load:unit", "load:units", "load:right", "load:day"):
        if f"{verb}:" in str(question):
            return verb
    raise AssertionError(question)
