"""One's own last act is taken back within minutes, where nothing rests on it."""

import datetime as dt
from typing import Any

import pytest

from bot.domain.errors import NotFound, UserError
from bot.domain.states import ExtensionState, ReportState
from bot.domain.status import Progress
from bot.services import (
    change_flows,
    changing,
    deciding,
    difficulties,
    extension_decisions,
    extensions,
    progress,
    reopening,
    undoing,
)
from bot.services.messages_undoing import LastAct
from bot.services.progress import Claim
from storage.models import (
    AuditRow,
    DifficultyRow,
    ExtensionRow,
    OccurrenceRow,
    OfficeRow,
    PartRow,
    ReportRow,
)
from tests.builders import (
    QUIET,
    Clock,
    Delivered,
    Office,
    as_told,
    change,
    day,
    make_item,
    only_part,
    rows,
    vn,
)

NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)


async def report(office: Office, now: dt.datetime = NOW) -> int:
    part = await only_part(office.db, office)
    minh = office.actor("minh")
    await progress.report_done(office.db, minh, part.id, Claim("https://e.vn/1"), now)
    return part.id


async def last(office: Office, who: str = "minh", now: dt.datetime = SOON) -> LastAct:
    found = await undoing.last_act(office.db, office.actor(who), now)
    assert found is not None
    return found


async def undo(office: Office, who: str = "minh", now: dt.datetime = SOON) -> LastAct:
    found = await last(office, who, now)
    return await undoing.undo(office.db, office.actor(who), found.key, now)


async def the(office: Office, model: type) -> Any:
    (row,) = await rows(office.db, model)
    return row


async def test_a_report_is_taken_back_as_if_not_made(office: Office) -> None:
    await office.activate(make_item())
    await report(office)

    done = await undo(office)
    part = await only_part(office.db, office)

    assert (done.act, done.code, done.units) == ("part.report", "I.1", ("Phòng Hành chính",))
    assert (await the(office, ReportRow)).state is ReportState.WITHDRAWN
    assert (part.progress, part.submitted_at, part.has_evidence) == (
        Progress.NOT_STARTED,
        None,
        False,
    )


async def test_after_it_the_part_can_be_reported_anew(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    await undo(office)

    await report(office, SOON + dt.timedelta(minutes=1))

    states = [row.state for row in await rows(office.db, ReportRow)]
    assert states == [ReportState.WITHDRAWN, ReportState.AWAITING]


async def test_a_confirmation_is_taken_back_and_can_be_told_again(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    await office.activate(make_item())
    await report(office)
    lan = office.actor("lan")
    await deciding.decide(office.db, lan, 1, NOW)
    clock.now = NOW
    while await delivered.one():
        pass
    await undo(office, "lan")
    clock.now = SOON
    while await delivered.one():
        pass
    row = await the(office, ReportRow)

    await deciding.decide(office.db, lan, 1, SOON, reason="thiếu trang")
    while await delivered.one():
        pass

    assert (row.state, row.decided_by, row.decided_at) == (ReportState.AWAITING, None, None)
    confirmed, taken_back, returned = delivered.sender.to("hc")
    assert "đã được xác nhận" in confirmed
    assert "rút lại" in taken_back
    assert "thiếu trang" in returned


async def test_what_was_not_told_yet_is_not_told(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = SOON
    await office.activate(make_item())
    await report(office)

    await undo(office)
    while await delivered.one():
        pass

    assert delivered.sender.sent == []


async def test_extensions_go_back_step_by_step(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh, lan = office.actor("minh"), office.actor("lan")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)
    await extensions.send(office.db, minh, part.id, NOW)
    await extension_decisions.approve(office.db, lan, 1, SOON)

    await undo(office, "lan")
    after_lan = await only_part(office.db, office)
    state = (await the(office, ExtensionRow)).state
    with pytest.raises(UserError, match="rests on it"):
        await undo(office, "minh")

    assert state is ExtensionState.REQUESTED
    assert (after_lan.progress, after_lan.due) == (
        Progress.EXTENSION_PENDING,
        day("2024-04-26"),
    )


async def test_a_request_is_withdrawn(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh = office.actor("minh")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)
    await extensions.send(office.db, minh, part.id, NOW)

    await undo(office)

    assert (await the(office, ExtensionRow)).state is ExtensionState.WITHDRAWN
    assert (await only_part(office.db, office)).progress is Progress.NOT_STARTED


async def test_a_report_that_withdrew_a_request_brings_it_back(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh = office.actor("minh")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)
    await extensions.send(office.db, minh, part.id, NOW)
    later = NOW + dt.timedelta(minutes=1)
    await progress.report_done(
        office.db, office.actor("minh", update_id=77), part.id, Claim("https://e.vn/1"), later
    )

    await undo(office)

    assert (await the(office, ExtensionRow)).state is ExtensionState.REQUESTED
    assert (await only_part(office.db, office)).progress is Progress.EXTENSION_PENDING


async def test_a_difficulty_and_its_answer_are_taken_back(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    thao, viet = office.actor("thao"), office.actor("viet")
    await difficulties.raise_difficulty(office.db, thao, part.id, "thiếu", NOW)
    await difficulties.answer(office.db, viet, 1, "chờ", NOW)

    await undo(office, "viet")
    answered = (await the(office, DifficultyRow)).answer
    with pytest.raises(UserError, match="rests on it"):
        await undo(office, "thao")

    assert answered is None


async def test_it_is_refused_when_it_is_too_old(office: Office) -> None:
    await office.activate(make_item())
    await report(office)

    with pytest.raises(UserError, match="minutes old"):
        await last(office, now=NOW + dt.timedelta(minutes=10, seconds=1))
    await change(office.db, OfficeRow, office.id, settings={**QUIET, "undo_minutes": 30})

    assert await last(office, now=NOW + dt.timedelta(minutes=29))


async def test_it_is_refused_when_somebody_acted_on_it_since(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    await deciding.decide(office.db, office.actor("lan"), 1, SOON)

    with pytest.raises(UserError, match="rests on it"):
        await undo(office)

    assert (await the(office, PartRow)).progress is Progress.DONE


async def test_it_is_taken_back_once(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    done = await undo(office)

    with pytest.raises(UserError, match="taken back already"):
        await last(office)
    with pytest.raises(UserError, match="taken back already"):
        await undoing.undo(office.db, office.actor("minh"), done.key, SOON)


async def test_an_old_button_does_not_take_back_something_else(office: Office) -> None:
    await office.activate(make_item(), make_item("I.2"))
    minh = office.actor("minh")
    await progress.report_done(office.db, minh, 1, Claim("https://e.vn/1"), NOW)
    first = await last(office)
    await progress.report_done(
        office.db, minh, 2, Claim("https://e.vn/2"), NOW + dt.timedelta(minutes=1)
    )

    with pytest.raises(UserError, match="something else"):
        await undoing.undo(office.db, minh, first.key, SOON)


async def test_only_ones_own_act_is_taken_back(office: Office) -> None:
    await office.activate(make_item())
    await report(office)

    assert await undoing.last_act(office.db, office.actor("lan"), SOON) is None
    with pytest.raises(NotFound):
        await undoing.last_act(office.db, office.actor("khach"), SOON)


async def test_the_trail_says_what_was_taken_back(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    await undo(office)

    entries = await rows(office.db, AuditRow, AuditRow.person_id == office.persons["minh"])
    done = {entry.id for entry in entries if entry.undoes_id is None}

    assert {entry.undoes_id for entry in entries if entry.undoes_id} == done
    assert {entry.act for entry in entries if entry.undoes_id} == {"undo"}


async def test_reopening_is_taken_back_with_its_report(office: Office) -> None:
    await office.activate(make_item())
    await report(office)
    lan = office.actor("lan")
    await deciding.decide(office.db, lan, 1, NOW)
    await reopening.reopen(office.db, lan, 1, "nhầm việc", SOON)

    await undo(office, "lan", SOON + dt.timedelta(minutes=1))

    row, part = await the(office, ReportRow), await the(office, PartRow)
    assert (row.state, row.decided_at, row.reason) == (ReportState.ACCEPTED, NOW, None)
    assert (part.progress, part.submitted_at) == (Progress.DONE, NOW)


async def test_a_date_stays_once_somebody_has_reported_by_it(office: Office) -> None:
    await office.activate(make_item(due=as_told()))
    lan = office.actor("lan", update_id=5)
    said = {"code": "I.1", "?day": "30/4/2024"}
    shown = await changing.begin(office.db, lan, change_flows.DATE, said, NOW)
    await changing.confirm(office.db, lan, shown.token, NOW)
    before = await last(office, "lan")
    await report(office, SOON)

    with pytest.raises(UserError, match="rests on it"):
        await undoing.undo(office.db, office.actor("lan"), before.key, SOON)

    assert (await the(office, OccurrenceRow)).due == day("2024-04-30")
