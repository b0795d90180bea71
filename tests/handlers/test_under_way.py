"""Who works on a part says that it is under way; it stays owed, and overdue if it is."""

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.status import Progress
from bot.services import drafting, extension_decisions, extensions, handing, starting, undoing
from handlers.callbacks import Press, data
from storage.models import AuditRow, PartRow
from tests.builders import Clock, Delivered, Office, make_item, ongoing, rows, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
START = data(Press.START, 1)


@pytest.fixture
async def owing(office: Office, clock: Clock) -> Office:
    clock.now = NOW
    await office.activate(make_item("I.1", lead=[HC]), make_item("I.2", lead=[VB]))
    return office


async def progress(office: Office, part_id: int = 1) -> Progress:
    (row,) = await rows(office.db, PartRow, PartRow.id == part_id)
    return Progress(row.progress)


async def hand(office: Office) -> None:
    await handing.hand_to(office.db, office.actor("minh"), 1, office.persons["thao"], NOW)


async def test_a_head_says_so_on_the_card_and_the_card_shows_it(owing: Office, talk: Talk) -> None:
    (before,) = await talk.say("minh", "/xem I.1")
    assert START in talk.buttons()
    talk.request.calls.clear()

    (after,) = await talk.press("minh", START)

    assert "đang thực hiện" not in before
    assert "Sắp đến hạn · đang thực hiện · hạn thứ Sáu 26/4" in after
    assert START not in talk.buttons(), "it is said once"
    assert talk.notices() == ["Đã ghi nhận: I.1 đang thực hiện."]
    (entry,) = await rows(owing.db, AuditRow, AuditRow.act == "part.start")
    assert (entry.before, entry.after) == (
        {"progress": "not_started"},
        {"progress": "in_progress"},
    )


async def test_lists_show_it_and_what_is_overdue_stays_so(
    owing: Office, talk: Talk, clock: Clock
) -> None:
    await talk.press("minh", START)
    clock.move_to("2024-05-02 09:00")

    (own,) = await talk.say("minh", "/viec", "hc")
    (late,) = await talk.say("lan", "/tre_han")

    assert "quá 6 ngày · đang thực hiện" in own
    assert "quá 6 ngày · đang thực hiện" in late


async def test_the_record_names_it(owing: Office, talk: Talk) -> None:
    await talk.press("minh", START)

    (said,) = await talk.say("minh", "/nhat_ky I.1")

    assert "báo đang thực hiện" in said


async def test_who_prepares_the_part_says_so_too(owing: Office, talk: Talk) -> None:
    await hand(owing)
    await talk.say("thao", "/xem I.1")
    assert START in talk.buttons()

    await talk.press("thao", START)

    assert await progress(owing) is Progress.IN_PROGRESS


@pytest.mark.parametrize(
    ("who", "error"),
    [("thao", NotAllowed), ("lan", NotAllowed), ("dung", NotFound), ("khach", NotFound)],
)
async def test_nobody_else_does(owing: Office, who: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        await starting.start(owing.db, owing.actor(who), 1, NOW)

    assert await progress(owing) is Progress.NOT_STARTED


async def test_it_is_said_once_and_not_after_the_report(owing: Office, talk: Talk) -> None:
    minh = owing.actor("minh")
    await starting.start(owing.db, minh, 1, NOW)
    with pytest.raises(UserError, match="under way, reported or closed"):
        await starting.start(owing.db, minh, 1, NOW)
    await talk.say("minh", "/xong I.1 https://e.vn/1 đã lập danh mục")
    assert await progress(owing) is Progress.AWAITING_CONFIRMATION

    with pytest.raises(UserError, match="under way, reported or closed"):
        await starting.start(owing.db, minh, 1, NOW)


async def test_it_is_taken_back(owing: Office, talk: Talk) -> None:
    await talk.press("minh", START)
    (asked,) = await talk.say("minh", "/hoan_tac")
    last = await undoing.last_act(owing.db, owing.actor("minh"), NOW)
    assert last is not None

    await undoing.undo(owing.db, owing.actor("minh"), last.key, NOW)

    assert "Báo đang thực hiện" in asked
    assert await progress(owing) is Progress.NOT_STARTED


async def test_a_refused_request_for_time_leads_back_to_it(owing: Office) -> None:
    minh = owing.actor("minh")
    await starting.start(owing.db, minh, 1, NOW)
    await extensions.begin(owing.db, minh, 1, "30/5 chờ số liệu", NOW)
    await extensions.send(owing.db, minh, 1, NOW)
    assert await progress(owing) is Progress.EXTENSION_PENDING

    await extension_decisions.reject(owing.db, owing.actor("lan"), 1, "không cần", NOW)

    assert await progress(owing) is Progress.IN_PROGRESS


async def test_staff_who_begins_what_it_was_handed_is_at_work(owing: Office) -> None:
    await hand(owing)
    assert await progress(owing) is Progress.NOT_STARTED

    await drafting.open_draft(owing.db, owing.actor("thao"), 1, NOW)
    await drafting.open_draft(owing.db, owing.actor("thao"), 1, NOW)

    assert await progress(owing) is Progress.IN_PROGRESS
    assert len(await rows(owing.db, AuditRow, AuditRow.act == "part.start")) == 1


async def test_a_head_who_opens_a_report_has_said_nothing_yet(owing: Office) -> None:
    await drafting.open_draft(owing.db, owing.actor("minh"), 1, NOW)

    assert await progress(owing) is Progress.NOT_STARTED


@pytest.mark.parametrize(
    ("press", "after"),
    [(Press.GOING, Progress.IN_PROGRESS), (Press.STUCK, Progress.NOT_STARTED)],
)
async def test_a_duty_that_goes_on_is_under_way_and_one_that_is_stuck_is_not(
    office: Office, talk: Talk, delivered: Delivered, press: Press, after: Progress
) -> None:
    await office.activate(make_item("I.1", due=ongoing()))
    for day in ("2024-06-25", "2024-06-26", "2024-06-27", "2024-06-28"):
        await delivered.tick(f"{day} 07:30")

    await talk.press("minh", data(press, 1), "hc")
    (said,) = await talk.say("minh", "/viec", "hc")

    assert await progress(office) is after
    assert ("đang thực hiện" in said) == (after is Progress.IN_PROGRESS)
