"""Another date: asked for, decided by somebody else; the original one is kept."""

import dataclasses

import pytest

from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.roles import Role
from bot.domain.states import ExtensionState
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import CallToDecide
from bot.domain.workdays import WeekendRule
from bot.services import extension_answers as answers
from bot.services import extension_decisions as decisions
from bot.services import extension_offers as offers
from bot.services import extensions, progress, settling
from bot.services.extension_words import read_day, read_day_and_reason
from bot.services.messages_extensions import Extended, Wish
from bot.services.progress import Claim
from storage.models import AuditRow, ExtensionRow, OfficeRow, PartRow
from tests.builders import (
    CALENDAR,
    QUIET,
    Clock,
    Delivered,
    Office,
    change,
    day,
    make_item,
    on,
    only_part,
    parts_of,
    rows,
    vn,
)

NOW = vn("2024-04-19 09:00")


async def wish(office: Office, text: str, *, who: str = "minh", unit: str | None = None) -> Wish:
    part = await only_part(office.db, office, unit)
    return await extensions.begin(office.db, office.actor(who), part.id, text, NOW)


async def asked(
    office: Office, text: str = "10/5 chờ số liệu", *, who: str = "minh", now=NOW
) -> Extended:
    part = (await parts_of(office.db, office))[0]
    actor = office.actor(who)
    await extensions.begin(office.db, actor, part.id, text, now, anew=True)
    return await extensions.send(office.db, actor, part.id, now)


@pytest.mark.parametrize(
    ("text", "day_read", "reason"),
    [
        ("30/6 chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("30/6/2024: chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("thứ sáu tuần sau vì thiếu người", "2024-04-26", "vì thiếu người"),
        ("hết tháng, chờ cấp trên", "2024-04-30", "chờ cấp trên"),
        ("mai", "2024-04-20", ""),
        ("ngày 10 tháng 12 năm 2024 chờ", "2024-12-10", "chờ"),
        ("hết tháng này chờ", "2024-04-30", "chờ"),
        ("cuối tháng sau chờ", "2024-05-31", "chờ"),
        ("3 ngày nữa đoàn mới về", "2024-04-22", "đoàn mới về"),
        ("chờ số liệu", None, "chờ số liệu"),
        ("31/6 chờ", None, "31/6 chờ"),
    ],
)
def test_a_date_and_a_reason_are_read_as_people_type_them(
    text: str, day_read: str | None, reason: str
) -> None:
    found = read_day_and_reason(text, day("2024-04-19"))

    assert found == (day_read and day(day_read), reason)


def test_in_autumn_a_day_without_a_year_may_be_next_years() -> None:
    assert read_day("15/1", day("2024-12-20")) == day("2025-01-15")
    assert read_day("15/1/2024", day("2024-12-20")) == day("2024-01-15")
    assert read_day("10/6", day("2024-06-20")) == day("2024-06-10")


async def test_a_request_is_whole_once_date_and_reason_are_known(office: Office) -> None:
    await office.activate(make_item())

    first = await wish(office, "")
    dated = await wish(office, "10/5")
    whole = await wish(office, "mai mới có số liệu")
    other = await wish(office, "11/5")

    assert [w.whole for w in (first, dated, whole, other)] == [False, False, True, True]
    assert (whole.due, whole.reason) == (day("2024-05-10"), "mai mới có số liệu")
    assert (other.due, other.reason) == (day("2024-05-11"), "mai mới có số liệu")
    assert await rows(office.db, ExtensionRow) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("26/4 chờ", "not later"),
        ("20/4 chờ", "not later"),
        ("18/4 chờ", "has passed"),
        ("31/6 chờ", "cannot read"),
    ],
)
async def test_a_date_that_cannot_be_the_new_one_is_refused_with_a_sentence(
    office: Office, text: str, said: str
) -> None:
    await office.activate(make_item())

    found = await wish(office, text)

    assert not found.whole
    assert found.problem is not None
    assert said in found.problem.msgid
    with pytest.raises(UserError, match="nothing here to send"):
        await extensions.send(office.db, office.actor("minh"), found.part.id, NOW)


async def test_an_approved_request_moves_the_part_and_keeps_the_original_date(
    office: Office,
) -> None:
    await office.activate(make_item())
    request = await asked(office)
    waiting = await only_part(office.db, office)

    done = await decisions.approve(
        office.db, office.actor("lan"), request.extension.id, vn("2024-04-20 08:00")
    )
    part = await only_part(office.db, office)

    assert waiting.progress is Progress.EXTENSION_PENDING
    assert waiting.due == day("2024-04-26")
    assert done.extension.state is ExtensionState.APPROVED
    assert (part.progress, part.due, part.original_due) == (
        Progress.NOT_STARTED,
        day("2024-05-10"),
        day("2024-04-26"),
    )
    assert part.standing(day("2024-05-06"), CALENDAR).state is DeadlineState.DUE_SOON


async def test_a_rejected_request_leaves_the_date_and_gives_the_reason(office: Office) -> None:
    await office.activate(make_item())
    request = await asked(office)

    done = await decisions.reject(
        office.db, office.actor("lan"), request.extension.id, "đã chậm một lần", NOW
    )
    part = await only_part(office.db, office)

    assert (done.extension.state, done.extension.answer) == (
        ExtensionState.REJECTED,
        "đã chậm một lần",
    )
    assert (part.progress, part.due) == (Progress.NOT_STARTED, day("2024-04-26"))


async def offered(office: Office, text: str = "3/5") -> Extended:
    request = await asked(office)
    lan, extension_id = office.actor("lan"), request.extension.id
    await offers.type_offer(office.db, lan, extension_id, text, NOW)
    return await offers.offer(office.db, lan, extension_id, NOW)


async def test_the_unit_accepts_the_day_that_van_phong_proposes(office: Office) -> None:
    await office.activate(make_item())
    proposed = await offered(office)

    done = await answers.accept(
        office.db, office.actor("minh"), proposed.extension.id, day("2024-05-03"), NOW
    )
    part = await only_part(office.db, office)

    assert proposed.extension.state is ExtensionState.COUNTERED
    assert proposed.part.progress is Progress.EXTENSION_PENDING
    assert done.extension.to_due == day("2024-05-10")
    assert part.due == day("2024-05-03")


async def test_the_unit_declines_the_day_and_the_date_stands(office: Office) -> None:
    await office.activate(make_item())
    proposed = await offered(office)

    done = await answers.decline(
        office.db, office.actor("minh"), proposed.extension.id, day("2024-05-03"), NOW
    )
    part = await only_part(office.db, office)

    assert done.extension.state is ExtensionState.WITHDRAWN
    assert (part.progress, part.due) == (Progress.NOT_STARTED, day("2024-04-26"))


async def test_a_proposed_day_must_be_read_back_first(office: Office) -> None:
    await office.activate(make_item())
    request = await asked(office)
    lan, extension_id = office.actor("lan"), request.extension.id

    wrong = await offers.type_offer(office.db, lan, extension_id, "1/4", NOW)

    assert wrong.problem is not None
    with pytest.raises(UserError, match="nothing here to send"):
        await offers.offer(office.db, lan, extension_id, NOW)


@pytest.mark.parametrize("who", ["minh", "thao", "dung", "viet"])
async def test_only_van_phong_decides(office: Office, who: str) -> None:
    await office.activate(make_item())
    request = await asked(office)

    with pytest.raises(NotFound if who == "dung" else NotAllowed):
        await decisions.approve(office.db, office.actor(who), request.extension.id, NOW)


async def test_a_coordinator_who_asks_for_a_unit_never_decides(office: Office) -> None:
    await office.enrol("lan", Role.HEAD, "Phòng Hành chính")
    await office.enrol("hoa", Role.COORDINATOR)
    await office.activate(make_item())
    request = await asked(office, who="lan")

    with pytest.raises(NotAllowed):
        await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)
    done = await decisions.approve(office.db, office.actor("hoa"), request.extension.id, NOW)

    assert done.extension.state is ExtensionState.APPROVED


async def test_where_van_phong_asks_a_leader_decides(office: Office) -> None:
    await office.enrol("lan", Role.HEAD, "Văn phòng")
    await office.activate(make_item(lead=("Văn phòng",)))
    request = await asked(office, who="lan")

    done = await decisions.approve(office.db, office.actor("viet"), request.extension.id, NOW)

    assert done.part.due == day("2024-05-10")


async def test_where_nobody_else_can_decide_it_is_granted_at_once_and_marked(
    db, office: Office
) -> None:
    from storage.models import GrantRow

    await office.enrol("lan", Role.HEAD, "Văn phòng")
    leaders = await rows(db, GrantRow, GrantRow.role == Role.LEADER)
    for leader in leaders:
        await change(db, GrantRow, leader.id, valid_to=day("2024-01-31"))
    await office.activate(make_item(lead=("Văn phòng",)))

    done = await asked(office, who="lan")

    assert done.extension.self_decided
    assert done.part.due == day("2024-05-10")
    assert done.part.progress is Progress.NOT_STARTED


async def test_one_request_is_open_at_a_time(office: Office) -> None:
    await office.activate(make_item())
    await asked(office)

    with pytest.raises(UserError, match="asked for already"):
        await asked(office)

    assert len(await rows(office.db, ExtensionRow)) == 1


async def test_the_third_is_marked_as_extended_many_times(office: Office) -> None:
    await office.activate(make_item())
    found = []
    for text in ("10/5 một", "20/5 hai", "30/5 ba"):
        request = await asked(office, text)
        found.append((request.number, request.many))
        await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)

    assert found == [(1, False), (2, False), (3, True)]


async def test_after_the_due_day_it_is_marked_or_refused_as_the_setting_says(
    office: Office,
) -> None:
    await office.activate(make_item())
    late = vn("2024-04-29 09:00")

    marked = await asked(office, now=late)
    await decisions.reject(office.db, office.actor("lan"), marked.extension.id, "không", late)
    await change(office.db, OfficeRow, office.id, settings={**QUIET, "extend_after_due": False})

    assert marked.extension.after_due
    with pytest.raises(UserError, match="has passed"):
        await asked(office, now=late)


async def test_a_plan_may_refuse_extensions_after_the_due_day(office: Office) -> None:
    await office.activate(make_item(), settings={"settings": {"extend_after_due": False}})

    with pytest.raises(UserError, match="has passed"):
        await asked(office, now=vn("2024-04-29 09:00"))


async def test_two_coordinators_at_once_decide_once(office: Office) -> None:
    await office.enrol("hoa", Role.COORDINATOR)
    await office.activate(make_item())
    request = await asked(office)

    await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)
    with pytest.raises(UserError, match="granted already"):
        await decisions.reject(office.db, office.actor("hoa"), request.extension.id, "không", NOW)

    assert (await only_part(office.db, office)).due == day("2024-05-10")


async def test_a_second_tap_finds_nothing_to_send(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    actor = office.actor("minh")
    await extensions.begin(office.db, actor, part.id, "10/5 chờ", NOW)
    await extensions.send(office.db, actor, part.id, NOW)

    with pytest.raises(UserError, match="nothing here to send"):
        await extensions.send(office.db, dataclasses.replace(actor, update_id=7), part.id, NOW)

    assert len(await rows(office.db, ExtensionRow)) == 1


@pytest.mark.parametrize("who", ["thao", "lan", "viet"])
async def test_only_a_head_of_the_unit_asks(office: Office, who: str) -> None:
    await office.activate(make_item())

    with pytest.raises(NotAllowed):
        await wish(office, "10/5 chờ", who=who)


async def test_another_units_head_does_not_learn_that_there_is_such_a_part(
    office: Office,
) -> None:
    await office.activate(make_item())

    with pytest.raises(NotFound):
        await wish(office, "10/5 chờ", who="dung")


async def test_a_reason_that_bears_a_mark_of_secrecy_is_not_kept(office: Office) -> None:
    await office.activate(make_item())

    with pytest.raises(BearsSecretMark):
        await wish(office, "10/5\nMẬT\n")


async def test_reporting_withdraws_the_open_request(office: Office) -> None:
    await office.activate(make_item())
    await asked(office)
    part = await only_part(office.db, office)

    await progress.report_done(
        office.db, office.actor("minh"), part.id, Claim("https://e.vn/1"), NOW
    )
    (row,) = await rows(office.db, ExtensionRow)

    assert row.state is ExtensionState.WITHDRAWN
    assert (await only_part(office.db, office)).progress is Progress.AWAITING_CONFIRMATION


async def test_every_changed_row_has_an_entry_of_its_own(office: Office) -> None:
    await office.activate(make_item())
    request = await asked(office)
    await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)

    entries = await rows(office.db, AuditRow, AuditRow.act.startswith("extension."))
    (part,) = await rows(office.db, PartRow)

    assert [(e.act, e.subject) for e in entries] == [
        ("extension.request", "extension"),
        ("extension.request", "part"),
        ("extension.approve", "extension"),
        ("extension.approve", "part"),
        ("extension.approve", "part"),
    ]
    assert entries[-1].after == {"extended_due": part.extended_due.isoformat()}


async def test_who_decides_and_the_unit_are_told(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    await office.activate(make_item())
    clock.now = NOW
    request = await asked(office)
    asked_now = await delivered.one()
    await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)
    while await delivered.one():
        pass

    assert asked_now
    assert any("xin gia hạn" in text for text in delivered.sender.to("office"))
    assert any(
        "đã được gia hạn" in text and "10/5/2024" in text for text in delivered.sender.to("hc")
    )
    assert all("minh" not in text for text in delivered.sender.to("office"))


async def test_the_ladder_counts_from_the_new_date(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    await office.activate(make_item())
    request = await asked(office)
    await decisions.approve(office.db, office.actor("lan"), request.extension.id, NOW)

    await delivered.tick("2024-04-26 07:30")
    on_the_old_day = delivered.sender.to("hc")
    delivered.sender.clear()
    await delivered.tick("2024-05-10 07:30")

    assert not any("hôm nay" in text for text in on_the_old_day)
    assert any("hôm nay" in text and "10/5" in text for text in delivered.sender.to("hc"))


async def test_what_was_past_and_is_settled_leaves_no_request_open(office: Office) -> None:
    await office.activate(make_item(due="2024-03-14"), now=vn("2024-04-18 08:00"))
    part = await only_part(office.db, office)
    minh, lan = office.actor("minh"), office.actor("lan")
    await extensions.begin(office.db, minh, part.id, "10/5/2024 chờ", NOW)
    await extensions.send(office.db, minh, part.id, NOW)

    await settling.settle_past(office.db, lan, (part.id,), CallToDecide.DONE, NOW)

    [asked] = await rows(office.db, ExtensionRow)
    assert asked.state is ExtensionState.LAPSED


async def test_a_granted_saturday_runs_to_monday_also_where_the_plan_said_before(
    office: Office,
) -> None:
    """Setting "forward": never for the "trước" class, and a granted date is not of it."""
    await office.activate(
        make_item(due=on("2024-04-27", before=True)), settings={"weekend": WeekendRule.FORWARD}
    )
    part = await only_part(office.db, office)
    before = part.standing(day("2024-04-28"), CALENDAR).state
    minh = office.actor("minh")
    await extensions.begin(office.db, minh, part.id, "11/5/2024 chờ số liệu", NOW)
    await extensions.send(office.db, minh, part.id, NOW)
    await decisions.approve(office.db, office.actor("lan"), 1, NOW)

    part = await only_part(office.db, office)

    assert before is DeadlineState.OVERDUE
    assert part.standing(day("2024-05-13"), CALENDAR).state is DeadlineState.DUE
    assert part.standing(day("2024-05-14"), CALENDAR).state is DeadlineState.OVERDUE
