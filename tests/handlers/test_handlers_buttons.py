"""Every button: its data, who may press it, and what comes of it."""

import itertools

import pytest

from bot.domain.roles import Role
from bot.domain.status import Progress
from bot.services import progress
from bot.services.progress import Claim
from handlers.callbacks import Press, data, pair_data, pattern, subject
from storage.models import DialogRow, PartRow, ReminderRow, ReportRow
from tests.builders import (
    Clock,
    Delivered,
    Office,
    every,
    make_item,
    only_part,
    rows,
    vn,
)
from tests.chatting import Talk

LARGEST = 10**18 - 1
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize("press", Press)
def test_data_fits_in_64_bytes_and_comes_back(press: Press) -> None:
    built = data(press, LARGEST)

    assert len(built.encode()) <= 64
    assert pattern(press).match(built)
    assert subject(built) == LARGEST


def test_no_button_is_taken_for_another() -> None:
    taken = [
        (one, other)
        for one, other in itertools.permutations(Press, 2)
        if pattern(one).match(data(other, 7))
    ]

    assert taken == []


@pytest.mark.parametrize("press", Press)
@pytest.mark.parametrize("wrong", ["x{}", "{}x", "{}\n", "{}:7", "{}٣"])
def test_patterns_are_anchored_at_both_ends(press: Press, wrong: str) -> None:
    assert not pattern(press).match(wrong.format(data(press, 7)))


def test_every_button_has_exactly_one_handler(talk: Talk) -> None:
    handlers = [h for group in talk.application.handlers.values() for h in group]
    patterns = [h.pattern for h in handlers if hasattr(h, "pattern") and h.pattern is not None]

    for press in Press:
        # Some name one thing, some two.
        built = (data(press, 7), pair_data(press, 7, 8))
        takers = [p for p in patterns if any(map(p.match, built))]
        assert len(takers) == 1, press


@pytest.fixture
async def due(office: Office) -> Office:
    """Item III.5 of Phòng Hành chính is due on Friday 26/4/2024."""
    await office.activate(make_item("III.5"))
    return office


@pytest.fixture
async def reported(due: Office, clock: Clock) -> Office:
    """The same, reported by minh with a link."""
    part = await only_part(due.db, due)
    claim = Claim("https://e.vn/1")
    await progress.report_done(due.db, due.actor("minh"), part.id, claim, clock())
    return due


async def test_a_morning_opens_its_items_and_takes_a_receipt(
    due: Office, talk: Talk, delivered: Delivered
) -> None:
    await delivered.tick("2024-04-26 07:30")

    card = await talk.press("minh", "item:open:1", "hc")
    await talk.press("minh", "morning:seen:1", "hc")
    await talk.press("minh", "morning:seen:1", "hc")

    assert "III.5" in card[0]
    assert len(set(talk.notices())) == 3, "an empty one, a thank you, and received already"
    line = (await rows(due.db, ReminderRow))[0]
    assert line.acknowledged_by == due.persons["minh"]
    assert (await only_part(due.db, due)).progress is Progress.NOT_STARTED


async def test_the_cards_button_asks_and_reports_bare_or_not_at_all(
    due: Office, talk: Talk
) -> None:
    part = await only_part(due.db, due)

    await talk.press("minh", f"part:report:{part.id}")
    assert {"rep:send:1:0", "rep:cancel:1:0"} <= set(talk.buttons())
    await talk.press("minh", "rep:cancel:1:0")
    after_cancel = (await rows(due.db, DialogRow), await rows(due.db, ReportRow))
    await talk.press("minh", f"part:report:{part.id}")
    await talk.press("minh", talk.buttons()[-2])

    assert after_cancel == ([], [])
    assert len(await rows(due.db, ReportRow)) == 1


@pytest.mark.parametrize("who", ["thao", "dung", "khach"])
async def test_a_button_that_is_not_for_the_presser_does_nothing_but_say_so(
    due: Office, talk: Talk, who: str
) -> None:
    part = await only_part(due.db, due)

    await talk.press(who, f"part:report:{part.id}", "hc")

    assert await rows(due.db, ReportRow) == []
    assert talk.calls("answerCallbackQuery")[0]["show_alert"] is True
    assert talk.notices()[0]
    assert talk.calls("sendMessage") == []


async def test_the_office_confirms_with_one_press_and_a_second_is_told(
    reported: Office, talk: Talk
) -> None:
    card = await talk.press("lan", "report:confirm:1", "office")
    await talk.press("lan", "report:confirm:1", "office")

    assert "III.5" in card[0]
    assert "lan" in talk.notices()[1]
    assert (await rows(reported.db, PartRow))[0].progress is Progress.DONE


async def test_the_office_returns_with_a_reason_in_the_next_message(
    reported: Office, talk: Talk
) -> None:
    await talk.press("lan", "report:return:1", "office")
    untouched = (await rows(reported.db, ReportRow))[0].state
    await talk.say("lan", "Thiếu phụ lục 2", "office")

    row = (await rows(reported.db, ReportRow))[0]
    assert untouched == "awaiting"
    assert (row.state, row.reason) == ("returned", "Thiếu phụ lục 2")


@pytest.mark.parametrize("press", ["report:confirm:1", "report:return:1"])
@pytest.mark.parametrize("who", ["minh", "thao", "viet", "khach"])
async def test_nobody_else_decides_by_button(
    reported: Office, talk: Talk, who: str, press: str
) -> None:
    await talk.press(who, press, "office")

    assert (await rows(reported.db, ReportRow))[0].state == "awaiting"
    assert await rows(reported.db, DialogRow) == []


@pytest.mark.parametrize(
    ("press", "state"),
    [("past:done:1", "done"), ("past:drop:1", "dropped"), ("past:late:1", "not_started")],
)
async def test_the_office_settles_what_was_past(
    office: Office, talk: Talk, press: str, state: str
) -> None:
    await office.activate(
        make_item(due=every("2024-03-14", "2024-06-14")), now=vn("2024-04-19 06:00")
    )

    await talk.press("lan", press)

    assert (await rows(office.db, PartRow))[0].progress == state


@pytest.mark.parametrize(("press", "left"), [("pastall:done:1", 0), ("pastall:late:1", 2)])
async def test_the_office_settles_everything_of_a_plan(
    office: Office, talk: Talk, press: str, left: int
) -> None:
    await office.activate(
        make_item("I.1", due="2024-03-14"),
        make_item("I.2", due="2024-03-15"),
        now=vn("2024-04-19 06:00"),
    )

    said = await talk.press("lan", press)

    assert "2" in said[0]
    found = [p for p in await rows(office.db, PartRow) if p.progress is not Progress.DONE]
    assert len(found) == left


@pytest.mark.parametrize("text", ["item:open:999", "report:confirm:999", "part:report:999"])
async def test_a_button_of_something_that_is_gone_is_answered(
    due: Office, talk: Talk, text: str
) -> None:
    await talk.press("lan", text)

    assert len(talk.calls("answerCallbackQuery")) == 1


async def test_a_press_that_waited_out_an_outage_still_does_its_work(
    reported: Office, talk: Talk
) -> None:
    talk.request.refuse("answerCallbackQuery", 400, OLD)

    said = await talk.press("lan", "report:confirm:1", "office")

    assert "III.5" in said[0]
    assert (await rows(reported.db, ReportRow))[0].state == "accepted"


async def test_a_refusal_of_a_press_that_waited_out_an_outage_is_written(
    reported: Office, talk: Talk
) -> None:
    talk.request.refuse("answerCallbackQuery", 400, OLD)

    said = await talk.press("minh", "report:confirm:1", "office")

    assert len(said) == 1


async def test_a_message_that_can_no_longer_be_changed_is_sent_anew(
    reported: Office, talk: Talk
) -> None:
    talk.request.refuse("editMessageText", 400, "Bad Request: message can't be edited")

    await talk.press("lan", "report:confirm:1", "office")

    assert len(talk.calls("sendMessage")) == 1


async def test_a_message_that_says_so_already_is_left_alone(reported: Office, talk: Talk) -> None:
    talk.request.refuse("editMessageText", 400, "Bad Request: message is not modified")

    await talk.press("lan", "report:confirm:1", "office")

    assert talk.calls("sendMessage") == []


async def test_an_answer_that_could_not_be_sent_is_noted_to_be_tried_again(
    due: Office, talk: Talk
) -> None:
    talk.request.refuse("sendMessage", 502, "Bad Gateway")

    await talk.say("minh", "/viec")

    assert list(talk.application.bot_data.unanswered) == [1]


async def test_an_answer_that_was_refused_for_good_is_not_tried_again(
    due: Office, talk: Talk
) -> None:
    talk.request.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")

    await talk.say("minh", "/viec")

    assert not talk.application.bot_data.unanswered


async def test_a_fault_of_ours_is_admitted_without_its_details(
    due: Office, talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("bot.services.browsing.browse", broken)

    said = await talk.say("minh", "/viec")

    assert len(said) == 1
    assert "secret detail" not in said[0]
    assert "secret detail" in caplog.text


async def test_a_second_role_changes_what_is_shown_at_once(due: Office, talk: Talk) -> None:
    before = await talk.say("dung", "/xem III.5")
    await due.enrol("dung", Role.COORDINATOR)
    after = await talk.say("dung", "/xem III.5")

    assert "<b>III.5" not in before[0]
    assert "<b>III.5" in after[0]


async def test_what_people_say_to_each_other_in_a_group_answers_no_question(
    reported: Office, talk: Talk
) -> None:
    await talk.press("lan", "report:return:1", "office")

    said = await talk.say("lan", "Trưa nay ăn gì?", "office", reply_to_message=None)
    others = {"message_id": 3, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "Cơm"}
    others["from"] = {"id": 77, "is_bot": False, "first_name": "Minh"}
    said += await talk.say("lan", "Cơm tấm", "office", reply_to_message=others)

    assert said == []
    assert (await rows(reported.db, ReportRow))[0].state == "awaiting"
