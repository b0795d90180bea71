"""Of an item with secret documents nothing that is typed is kept: only that there was some."""

from collections.abc import Awaitable, Callable

import pytest

from bot.services import change_flows, changing, difficulties, extensions, progress
from bot.services.change_steps import Ready
from bot.services.progress import Claim
from handlers.callbacks import Press, data
from storage.models import DifficultyRow, ExtensionRow, PartRow, ReportRow
from tests.builders import Clock, Office, after_event, make_item, rows, vn
from tests.chatting import Talk
from tests.services.test_secrecy import everything, places_of

NOW = vn("2024-04-19 09:00")
WORD = "Sentinel"
OUTSIDE = "ngoài bot"
UNSAID = "(không ghi lại)"


@pytest.fixture
async def flagged(office: Office, clock: Clock) -> Office:
    """III.5 is due and VI.2 waits for its event; both have secret documents."""
    clock.now = NOW
    await office.activate(make_item("III.5"), make_item("VI.2", due=after_event()))
    for number, code in enumerate(("III.5", "VI.2")):
        lan = office.actor("lan", update_id=900 + number)
        args = {"code": code, "field": "secret"}
        shown = await changing.begin(office.db, lan, change_flows.EDIT, args, NOW)
        assert isinstance(shown.step, Ready)
        await changing.confirm(office.db, lan, shown.token, NOW)
    return office


async def reported(office: Office) -> None:
    await progress.report_done(office.db, office.actor("minh"), 1, Claim("12/BC-STP"), NOW)


async def asked(office: Office) -> None:
    minh = office.actor("minh")
    await extensions.begin(office.db, minh, 1, "10/5/2024", NOW)
    await extensions.send(office.db, minh, 1, NOW)


async def another_date(office: Office, talk: Talk) -> list[str]:
    said = await talk.say("minh", f"/gia_han III.5 10/5/2024 chờ {WORD}")
    return said + await talk.press("minh", data(Press.EXT_SEND, 1))


async def another_date_in_two_steps(office: Office, talk: Talk) -> list[str]:
    said = await talk.press("minh", data(Press.EXTEND, 1))
    said += await talk.say("minh", f"10/5/2024 vì {WORD}")
    said += await talk.say("minh", f"{WORD} nữa")
    return said + await talk.press("minh", data(Press.EXT_SEND, 1))


async def no_other_date(office: Office, talk: Talk) -> list[str]:
    await asked(office)
    said = await talk.press("lan", data(Press.EXT_NO, 1))
    return said + await talk.say("lan", f"không vì {WORD}")


async def difficulty(office: Office, talk: Talk) -> list[str]:
    return await talk.say("minh", f"/vuong_mac III.5 vướng {WORD}")


async def difficulty_by_button(office: Office, talk: Talk) -> list[str]:
    said = await talk.press("minh", data(Press.STUCK_RAISE, 1))
    return said + await talk.say("minh", f"vướng {WORD}")


async def answer(office: Office, talk: Talk) -> list[str]:
    await difficulties.raise_difficulty(office.db, office.actor("minh"), 1, WORD, NOW)
    said = await talk.press("lan", data(Press.STUCK_ANSWER, 1))
    return said + await talk.say("lan", f"hãy {WORD}")


async def returned(office: Office, talk: Talk) -> list[str]:
    await reported(office)
    said = await talk.press("lan", data(Press.RETURN, 1))
    return said + await talk.say("lan", f"thiếu {WORD}")


async def opened_again(office: Office, talk: Talk) -> list[str]:
    await reported(office)
    await talk.press("lan", data(Press.CONFIRM, 1))
    said = await talk.press("lan", data(Press.REOPEN, 1))
    return said + await talk.say("lan", f"nhầm {WORD}")


async def dropped(office: Office, talk: Talk) -> list[str]:
    said = await talk.say("lan", f"/thoi_viec III.5 QĐ {WORD}")
    return said + await talk.press("lan", talk.buttons()[0])


async def dropped_in_two_steps(office: Office, talk: Talk) -> list[str]:
    said = await talk.say("lan", "/thoi_viec III.5")
    said += await talk.say("lan", f"QĐ {WORD}")
    yes = next(d for d in talk.buttons() if d.startswith(str(Press.CHANGE_YES)))
    return said + await talk.press("lan", yes)


# What somebody types, and which column of which row says no more than that there was something.
ENTRANCES: dict[str, tuple[Callable[[Office, Talk], Awaitable[list[str]]], type, str]] = {
    "another date": (another_date, ExtensionRow, "reason"),
    "another date, asked": (another_date_in_two_steps, ExtensionRow, "reason"),
    "no other date": (no_other_date, ExtensionRow, "answer"),
    "a difficulty": (difficulty, DifficultyRow, "text"),
    "a difficulty, asked": (difficulty_by_button, DifficultyRow, "text"),
    "an answer": (answer, DifficultyRow, "answer"),
    "returned": (returned, ReportRow, "reason"),
    "opened again": (opened_again, ReportRow, "reason"),
    "dropped": (dropped, PartRow, "decision"),
    "dropped, asked": (dropped_in_two_steps, PartRow, "decision"),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
async def test_what_is_typed_is_not_kept_and_the_typer_is_told_the_way(
    entrance: str, flagged: Office, talk: Talk
) -> None:
    doing, model, column = ENTRANCES[entrance]

    said = await doing(flagged, talk)

    assert places_of(WORD, await everything(flagged.db)) == []
    assert any(OUTSIDE in text for text in said), said
    assert not any(WORD in text for text in said)
    first, *_ = await rows(flagged.db, model)
    assert getattr(first, column) == UNSAID


async def test_of_an_event_only_the_day_is_kept(flagged: Office, talk: Talk) -> None:
    (asked_back,) = await talk.say("lan", f"/kich_hoat VI.2 10/4/2024 nhận {WORD}")
    assert "10/4/2024" in asked_back

    await talk.press("lan", talk.buttons()[0])

    assert places_of(WORD, await everything(flagged.db)) == []


async def test_where_two_plans_have_the_code_nothing_waits_in_the_question(
    flagged: Office, talk: Talk
) -> None:
    await flagged.activate(make_item("III.5"), source=b"other", title="Kế hoạch khác")

    (asked_back,) = await talk.say("lan", f"/thoi_viec III.5 QĐ {WORD}")

    assert "kế hoạch" in asked_back.lower()
    assert places_of(WORD, await everything(flagged.db)) == []


async def test_an_item_like_any_other_keeps_what_is_typed(office: Office, talk: Talk) -> None:
    await office.activate(make_item("III.5"))

    (said,) = await talk.say("minh", f"/vuong_mac III.5 vướng {WORD}")

    (row,) = await rows(office.db, DifficultyRow)
    assert row.text == f"vướng {WORD}"
    assert OUTSIDE not in said
