"""/lich in chat: what is coming, why, and what the office set itself."""

from bot.i18n import translator
from bot.services.messages_reminders import ChangedDay
from handlers.render_calendar import day_line
from tests.builders import Office, day
from tests.chatting import Talk


async def test_coming_days_off_are_named(talk: Talk, office: Office) -> None:
    said = "\n".join(await talk.say("minh", "/lich"))

    assert "thứ Ba 30/4/2024: nghỉ (Ngày Chiến thắng)" in said
    assert "thứ Tư 01/5/2024: nghỉ (Ngày Quốc tế Lao động)" in said


async def test_a_day_that_the_office_set_names_its_notice(talk: Talk, office: Office) -> None:
    await talk.say("lan", "/lich nghi 02/05/2024 12/TB-UBND")
    said = "\n".join(await talk.say("lan", "/lich"))

    assert "thứ Năm 02/5/2024: nghỉ (12/TB-UBND)" in said


def test_a_holiday_is_named_in_the_readers_language() -> None:
    off = ChangedDay(day("2024-09-02"), working=False, notice="")

    assert "(Quốc khánh)" in day_line(off, translator("vi"))
    assert "(National Day)" in day_line(off, translator("en"))
