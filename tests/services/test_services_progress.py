"""Reporting completion and deciding on it: who may, where, and what comes of it."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import AlreadyHandled, BotError, NotAllowed, NotFound, UserError
from bot.domain.evidence import Evidence
from bot.domain.listing import ListKind, ListRef
from bot.domain.roles import Role
from bot.domain.states import EvidenceKind, ReportState
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import CallToDecide, Duty, Part
from bot.services import browsing, deciding, lists, progress, receipts, settling, updates
from bot.services.actor import Actor
from bot.services.messages import Reported
from bot.services.messages_lists import Listing
from bot.services.progress import Claim
from storage.db import Database
from storage.models import AuditRow, EvidenceRow, OutboxRow, PartRow, ReportRow
from tests.builders import (
    CALENDAR,
    Delivered,
    FakeSender,
    Office,
    after_event,
    day,
    every,
    make_item,
    make_office,
    only_part,
    parts_of,
    rows,
    vn,
)

HC, VB, TG, VP = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp", "Văn phòng"
NOW = vn("2024-04-23 15:42")
LATER = vn("2024-04-24 09:00")
PROOF = Claim("https://e.vn/1 đã gửi đủ bản giấy")
BARE = Claim()


async def report(
    office: Office,
    who: str = "minh",
    where: str = "private",
    claim: Claim = PROOF,
    now: Any = NOW,
    update_id: int | None = None,
    unit: str = HC,
) -> Reported:
    part = next(p for p in await parts_of(office.db, office) if p.unit == unit)
    actor = office.actor(who, where, update_id)
    return await progress.report_done(office.db, actor, part.id, claim, now)


async def last_report(db: Database) -> ReportRow:
    return (await rows(db, ReportRow))[-1]


async def stored_part(db: Database) -> PartRow:
    return (await rows(db, PartRow))[0]


@pytest.fixture
async def due(office: Office) -> Office:
    """An office with one item that Phòng Hành chính leads, due on Friday 26/4/2024."""
    await office.activate(make_item("III.5"))
    return office


async def overdue_list(db: Database, actor: Actor, unit: str, at: Any) -> Listing:
    argument = await browsing.unit_called(db, actor, ListKind.OVERDUE, unit, at) if unit else ""
    return await browsing.browse(db, actor, ListRef(ListKind.OVERDUE, argument), at)


# --- who may report, and where -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "where", "outcome"),
    [
        ("minh", "private", None),
        ("minh", "hc", None),
        ("minh", "vb", NotFound),  # a unit's chat knows its own items only
        ("minh", "office", None),
        ("minh", "leaders", None),
        ("dung", "private", NotFound),  # head of another unit
        ("dung", "hc", NotAllowed),
        ("dung", "vb", NotFound),
        ("dung", "office", NotAllowed),
        ("thao", "private", NotAllowed),  # staff of the unit
        ("thao", "hc", NotAllowed),
        ("lan", "private", None),  # Văn phòng, on behalf of the unit
        ("lan", "hc", None),
        ("viet", "private", NotAllowed),
        ("khach", "private", NotFound),
        ("khach", "hc", NotAllowed),
        ("khach", "office", NotAllowed),
        ("khach", "nowhere", NotFound),
        ("minh", "nowhere", NotFound),
    ],
)
async def test_the_head_of_the_unit_or_the_office_for_it_reports_and_nobody_else(
    due: Office, who: str, where: str, outcome: type[BotError] | None
) -> None:
    if outcome is None:
        done = await report(due, who, where)
        assert done.awaiting
        return

    with pytest.raises(outcome):
        await report(due, who, where)

    assert await rows(due.db, ReportRow) == []
    assert (await stored_part(due.db)).progress is Progress.NOT_STARTED


async def test_refused_and_missing_look_alike(due: Office) -> None:
    part = await only_part(due.db, due)
    said = []

    for part_id in (part.id, 9999):
        with pytest.raises(NotFound) as caught:
            await progress.report_done(due.db, due.actor("dung"), part_id, Claim(), NOW)
        said.append(caught.value.problem)

    assert said[0] == said[1]


async def test_another_offices_head_finds_nothing(due: Office, db: Database) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    await other.enrol("tam", Role.HEAD, HC)
    part = await only_part(db, due)

    with pytest.raises(NotFound):
        await progress.report_done(db, other.actor("tam"), part.id, PROOF, NOW)


# --- what a report does --------------------------------------------------------------------------


async def test_a_report_waits_for_the_office_with_its_proof_and_note(due: Office) -> None:
    done = await report(due)

    row = await last_report(due.db)
    proof = (await rows(due.db, EvidenceRow))[0]
    assert (done.awaiting, done.self_confirmed) == (True, False)
    assert (row.state, row.note, row.submitted_at) == (
        ReportState.AWAITING,
        "đã gửi đủ bản giấy",
        NOW,
    )
    assert (proof.url, proof.report_id, proof.received_at) == ("https://e.vn/1", row.id, NOW)
    assert (await stored_part(due.db)).progress is Progress.AWAITING_CONFIRMATION


async def test_the_office_is_asked_at_once_whatever_the_hour(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await report(due, now=vn("2024-04-23 22:10"))

    await delivered.tick("2024-04-23 22:10")

    assert sender.chats() == ["office"]
    assert "III.5" in sender.to("office")[0]


async def test_what_was_reported_is_not_reminded_of_nor_overdue(
    due: Office, delivered: Delivered
) -> None:
    await report(due)
    await delivered.tick("2024-04-23 16:00")

    later = await delivered.tick("2024-05-02 07:30")
    found = await overdue_list(due.db, due.actor("lan"), "", vn("2024-05-02 08:00"))

    assert later == []
    assert (found.lines, found.awaiting) == ((), 1)


async def test_a_plan_that_asks_for_no_confirmation_closes_at_once(office: Office) -> None:
    await office.activate(make_item(), settings={"confirmation": False})

    done = await report(office)

    row = await last_report(office.db)
    assert (done.awaiting, done.self_confirmed) == (False, False)
    assert (row.state, row.self_confirmed) == (ReportState.ACCEPTED, False)
    assert (await stored_part(office.db)).progress is Progress.DONE
    assert await rows(office.db, OutboxRow) == []


async def test_a_report_without_evidence_is_taken_but_cannot_be_confirmed(due: Office) -> None:
    await report(due, claim=BARE)
    report_id = (await last_report(due.db)).id

    with pytest.raises(UserError):
        await deciding.decide(due.db, due.actor("lan"), report_id, LATER)

    assert (await last_report(due.db)).state is ReportState.AWAITING


async def test_evidence_added_later_makes_it_confirmable_and_keeps_the_time_of_the_report(
    due: Office,
) -> None:
    await report(due, claim=BARE)
    await report(due, claim=Claim("123/BC-STP ngày 23/4/2024"), now=LATER)
    row = await last_report(due.db)

    decided = await deciding.decide(due.db, due.actor("lan"), row.id, LATER)

    assert row.submitted_at == NOW
    assert decided.state is ReportState.ACCEPTED
    assert (await stored_part(due.db)).submitted_at == NOW


async def test_a_second_report_without_anything_new_is_refused(due: Office) -> None:
    await report(due)

    with pytest.raises(UserError):
        await report(due, claim=Claim("lần nữa"))

    assert len(await rows(due.db, ReportRow)) == 1


async def test_a_part_that_is_closed_cannot_be_reported(due: Office) -> None:
    await report(due)
    part_id = (await stored_part(due.db)).id
    await deciding.decide(due.db, due.actor("lan"), (await last_report(due.db)).id, LATER)

    with pytest.raises(UserError):
        await progress.report_done(due.db, due.actor("minh"), part_id, PROOF, LATER)

    assert len(await rows(due.db, ReportRow)) == 1


async def test_what_waits_for_its_event_cannot_be_reported_yet(office: Office) -> None:
    await office.activate(make_item(due=after_event()))

    with pytest.raises(UserError):
        await report(office)

    assert await rows(office.db, ReportRow) == []


@pytest.mark.parametrize(
    "claim",
    [
        Claim("MẬT"),
        Claim("https://e.vn/1\nTỐI MẬT\nđã gửi"),
        Claim("https://e.vn/1", (Evidence(EvidenceKind.FILE, file_name="TUYỆT MẬT"),)),
        Claim("https://e.vn/1", (Evidence(EvidenceKind.FILE, file_name="MẬT.pdf"),)),
    ],
)
async def test_what_bears_a_mark_of_secrecy_is_refused_and_not_kept(
    due: Office, claim: Claim
) -> None:
    with pytest.raises(UserError):
        await report(due, claim=claim)

    assert await rows(due.db, ReportRow) == await rows(due.db, EvidenceRow) == []
    assert (await stored_part(due.db)).progress is Progress.NOT_STARTED


async def test_ordinary_words_that_look_like_a_mark_are_kept(due: Office) -> None:
    await report(due, claim=Claim("https://e.vn/1 đã đổi mật khẩu hộp thư"))

    assert (await last_report(due.db)).note == "đã đổi mật khẩu hộp thư"


async def test_a_cooperating_unit_closes_its_own_part_and_never_the_item(office: Office) -> None:
    await office.activate(make_item(lead=[HC], cooperate=[VB]))

    await report(office, "dung", unit=VB)

    lead = next(p for p in await parts_of(office.db, office) if p.duty is Duty.LEAD)
    assert lead.progress is Progress.NOT_STARTED


async def test_an_item_of_two_leads_is_open_until_both_have_reported(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(lead=[HC, VB]), settings={"confirmation": False})

    await report(office, "minh", unit=HC)
    still_reminded = await delivered.tick("2024-04-25 07:30")
    await report(office, "dung", unit=VB, now=vn("2024-04-25 10:00"))

    assert still_reminded == ["vb"]
    assert await parts_of(office.db, office) == []


async def test_cooperation_is_no_longer_reminded_of_when_the_leads_are_done(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(lead=[HC], cooperate=[VB]), settings={"confirmation": False})

    await report(office)

    assert await delivered.tick("2024-04-26 07:30") == []


# --- the part a bare command means ---------------------------------------------------------------


async def test_a_bare_command_means_the_earliest_open_part(office: Office) -> None:
    await office.activate(make_item(due=every("2024-03-14", "2024-06-14", "2024-09-14")))
    item_id = (await parts_of(office.db, office))[0].item_id

    part, others = await progress.part_to_report(office.db, office.actor("minh"), item_id, NOW)

    assert part.due == day("2024-03-14")
    assert [other.due for other in others] == [day("2024-06-14"), day("2024-09-14")]


async def test_a_report_without_evidence_is_what_a_bare_command_means_next(due: Office) -> None:
    await report(due, claim=BARE)
    item_id = (await parts_of(due.db, due))[0].item_id

    part, _ = await progress.part_to_report(due.db, due.actor("minh"), item_id, LATER)

    assert part.progress is Progress.AWAITING_CONFIRMATION


@pytest.mark.parametrize(("who", "error"), [("thao", NotAllowed), ("dung", NotFound)])
async def test_who_owes_no_part_is_told_so(due: Office, who: str, error: type[BotError]) -> None:
    item_id = (await parts_of(due.db, due))[0].item_id

    with pytest.raises(error):
        await progress.part_to_report(due.db, due.actor(who), item_id, NOW)


# --- deciding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        ("lan", "private", True),
        ("lan", "office", True),
        ("minh", "private", False),  # who asks never decides
        ("minh", "office", False),
        ("dung", "private", False),
        ("thao", "office", False),
        ("viet", "private", False),  # a leader only where Văn phòng asks
        ("viet", "leaders", False),
        ("khach", "office", False),
    ],
)
@pytest.mark.parametrize("reason", [None, "Thiếu phụ lục"])
async def test_the_office_decides_and_nobody_else(
    due: Office, who: str, where: str, may: bool, reason: str | None
) -> None:
    await report(due)
    report_id = (await last_report(due.db)).id

    async def decide() -> None:
        await deciding.decide(due.db, due.actor(who, where), report_id, LATER, reason=reason)

    if may:
        await decide()
        assert (await last_report(due.db)).state is not ReportState.AWAITING
        return
    with pytest.raises(NotFound if who == "dung" else NotAllowed):  # another unit sees none
        await decide()
    assert (await last_report(due.db)).state is ReportState.AWAITING


async def test_a_coordinator_who_reported_as_head_does_not_decide_on_it(due: Office) -> None:
    await due.enrol("minh", Role.COORDINATOR)
    await report(due)

    with pytest.raises(NotAllowed):
        await deciding.decide(due.db, due.actor("minh"), (await last_report(due.db)).id, LATER)


async def test_an_admin_may_decide(due: Office) -> None:
    await due.enrol("hoa", Role.ADMIN)
    await report(due)

    decided = await deciding.decide(
        due.db, due.actor("hoa"), (await last_report(due.db)).id, LATER
    )

    assert decided.state is ReportState.ACCEPTED


async def test_another_offices_coordinator_finds_no_such_report(due: Office, db: Database) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    await other.enrol("tam", Role.COORDINATOR)
    await report(due)

    with pytest.raises(NotFound):
        await deciding.decide(db, other.actor("tam"), (await last_report(db)).id, LATER)


async def test_what_is_confirmed_leaves_the_lists_and_the_unit_is_told(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await report(due)
    await deciding.decide(due.db, due.actor("lan"), (await last_report(due.db)).id, LATER)

    await delivered.tick("2024-04-24 09:01")
    work = await browsing.browse(due.db, due.actor("minh"), ListRef(ListKind.WORK), LATER)
    late = await overdue_list(due.db, due.actor("lan"), "", vn("2024-06-01 08:00"))

    assert sender.chats() == ["hc"]
    assert work.lines == late.lines == ()


async def test_a_slow_confirmation_does_not_make_the_unit_late(due: Office) -> None:
    await report(due, now=vn("2024-04-26 23:50"))
    confirmed = vn("2024-05-10 09:00")
    await deciding.decide(due.db, due.actor("lan"), (await last_report(due.db)).id, confirmed)

    card = await lists.card(due.db, due.actor("lan"), 1, confirmed)

    assert card.parts[0].line.standing.state is DeadlineState.ON_TIME


async def test_a_returned_report_counts_as_not_done_and_the_last_one_is_judged(
    due: Office, delivered: Delivered
) -> None:
    lan = due.actor("lan")
    await report(due, now=vn("2024-04-25 10:00"))
    first = (await last_report(due.db)).id
    await deciding.decide(due.db, lan, first, vn("2024-04-26 18:00"), reason="Thiếu")

    open_again = await only_part(due.db, due)
    late = await overdue_list(due.db, lan, "", vn("2024-04-27 08:00"))
    await report(due, now=vn("2024-04-28 10:00"))
    await deciding.decide(due.db, lan, (await last_report(due.db)).id, vn("2024-05-02 08:00"))
    judged = (await lists.card(due.db, lan, 1, vn("2024-05-03 08:00"))).parts[0].line

    assert (open_again.progress, open_again.due) == (Progress.RETURNED, day("2024-04-26"))
    assert [line.part.code for line in late.lines] == ["III.5"]
    assert (judged.standing.state, judged.standing.days_late) == (DeadlineState.LATE, 2)
    assert [r.state for r in await rows(due.db, ReportRow)] == ["returned", "accepted"]


async def test_evidence_of_a_returned_report_does_not_prove_the_next_one(due: Office) -> None:
    lan = due.actor("lan")
    await report(due)
    await deciding.decide(due.db, lan, (await last_report(due.db)).id, LATER, reason="Sai văn bản")
    part = await only_part(due.db, due)
    await progress.report_done(due.db, due.actor("minh"), part.id, Claim("đã sửa"), LATER)

    with pytest.raises(UserError):
        await deciding.decide(due.db, lan, (await last_report(due.db)).id, LATER)

    assert not (await only_part(due.db, due)).has_evidence


async def test_the_reason_of_a_return_reaches_the_unit(
    due: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await report(due)
    await deciding.decide(
        due.db, due.actor("lan"), (await last_report(due.db)).id, LATER, reason="Thiếu phụ lục 2"
    )

    await delivered.tick("2024-04-24 09:01")

    assert "Thiếu phụ lục 2" in sender.to("hc")[0]


async def test_a_reason_that_bears_a_mark_of_secrecy_is_refused(due: Office) -> None:
    await report(due)

    with pytest.raises(UserError):
        await deciding.decide(
            due.db, due.actor("lan"), (await last_report(due.db)).id, LATER, reason="TỐI MẬT"
        )

    assert (await last_report(due.db)).reason is None


async def test_a_report_is_decided_once_and_the_second_is_told_by_whom(due: Office) -> None:
    await due.enrol("hoa", Role.COORDINATOR)
    await report(due)
    report_id = (await last_report(due.db)).id
    await deciding.decide(due.db, due.actor("lan"), report_id, LATER)

    with pytest.raises(UserError) as caught:
        await deciding.decide(due.db, due.actor("hoa"), report_id, LATER, reason="Trả")

    assert dict(caught.value.problem.params)["who"] == "lan"
    assert (await last_report(due.db)).state is ReportState.ACCEPTED


# --- where Văn phòng itself asks -----------------------------------------------------------------


async def the_office_reports(office: Office, who: str = "hoa") -> Reported:
    await office.enrol(who, Role.HEAD, VP)
    await office.activate(make_item(lead=[VP]))
    return await report(office, who, unit=VP)


async def test_where_the_office_asks_another_coordinator_decides(office: Office) -> None:
    done = await the_office_reports(office)

    decided = await deciding.decide(
        office.db, office.actor("lan"), (await last_report(office.db)).id, LATER
    )

    assert done.awaiting
    assert decided.state is ReportState.ACCEPTED


async def test_where_the_office_asks_a_leader_decides(office: Office) -> None:
    await the_office_reports(office)

    decided = await deciding.decide(
        office.db, office.actor("viet"), (await last_report(office.db)).id, LATER
    )

    assert decided.state is ReportState.ACCEPTED


async def test_where_only_a_leader_can_decide_the_leaders_are_asked(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=("hc", "office", "leaders"))
    await office.enrol("lan", Role.HEAD, VP)
    await office.activate(make_item(lead=[VP]))
    await report(office, "lan", unit=VP)

    told = await delivered.tick("2024-04-23 16:00")

    assert "leaders" in told


async def test_where_nobody_else_can_decide_the_report_closes_marked_as_self_confirmed(
    db: Database,
) -> None:
    office = await make_office(db, groups=("office",))
    await office.enrol("lan", Role.HEAD, VP)
    async with db.begin() as session:
        from sqlmodel import delete

        from storage.models import GrantRow

        await session.exec(delete(GrantRow).where(GrantRow.person_id == office.persons["viet"]))
    await office.activate(make_item(lead=[VP]))

    done = await report(office, "lan", unit=VP)

    row = await last_report(db)
    assert (done.awaiting, done.self_confirmed) == (False, True)
    assert (row.state, row.self_confirmed, row.decided_by) == (ReportState.ACCEPTED, True, None)


# --- once, and only once -------------------------------------------------------------------------


async def incoming(db: Database, *numbers: int) -> None:
    await updates.take_in(db, [{"update_id": number} for number in numbers], NOW)


@pytest.mark.parametrize("confirmation", [True, False])
async def test_a_report_that_comes_twice_as_one_update_acts_once(
    office: Office, confirmation: bool
) -> None:
    await office.activate(make_item(), settings={"confirmation": confirmation})
    await incoming(office.db, 7)
    part = await only_part(office.db, office)
    actor = office.actor("minh", update_id=7)
    await progress.report_done(office.db, actor, part.id, PROOF, NOW)

    with pytest.raises(AlreadyHandled):
        await progress.part_to_report(office.db, actor, part.item_id, NOW)
    with pytest.raises(AlreadyHandled):
        await progress.report_done(office.db, actor, part.id, PROOF, NOW)

    assert len(await rows(office.db, ReportRow)) == len(await rows(office.db, EvidenceRow)) == 1


async def test_a_decision_that_comes_twice_as_one_update_acts_once(due: Office) -> None:
    await report(due)
    await incoming(due.db, 8)
    report_id = (await last_report(due.db)).id
    actor = due.actor("lan", update_id=8)
    await deciding.decide(due.db, actor, report_id, LATER)

    with pytest.raises(AlreadyHandled):
        await deciding.decide(due.db, actor, report_id, LATER)

    changed = [
        row.subject for row in await rows(due.db, AuditRow, AuditRow.act == "report.confirm")
    ]
    assert changed == ["report", "part"], "one entry for each row it changed, once"


async def outcomes(*acts: Any) -> list[str]:
    done = await asyncio.gather(*acts, return_exceptions=True)
    return sorted("refused" if isinstance(one, BotError) else type(one).__name__ for one in done)


async def test_two_heads_who_report_at_once_leave_one_report(due: Office) -> None:
    await due.enrol("hoa", Role.HEAD, HC)
    part = await only_part(due.db, due)

    def act(who: str) -> Any:
        return progress.report_done(due.db, due.actor(who), part.id, BARE, NOW)

    assert await outcomes(act("minh"), act("hoa")) == ["Reported", "refused"]
    assert len(await rows(due.db, ReportRow)) == 1


async def test_a_double_press_reports_once(due: Office) -> None:
    await incoming(due.db, 7, 8)
    part = await only_part(due.db, due)

    def act(update_id: int) -> Any:
        actor = due.actor("minh", update_id=update_id)
        return progress.report_done(due.db, actor, part.id, BARE, NOW)

    assert await outcomes(act(7), act(8)) == ["Reported", "refused"]
    assert len(await rows(due.db, ReportRow)) == 1


async def test_two_coordinators_who_decide_at_once_leave_one_decision(due: Office) -> None:
    await due.enrol("hoa", Role.COORDINATOR)
    await report(due)
    report_id = (await last_report(due.db)).id

    confirm = deciding.decide(due.db, due.actor("lan"), report_id, LATER)
    send_back = deciding.decide(due.db, due.actor("hoa"), report_id, LATER, reason="Thiếu")

    assert await outcomes(confirm, send_back) == ["Report", "refused"]
    part, row = await stored_part(due.db), await last_report(due.db)
    assert (part.progress is Progress.DONE) == (row.state is ReportState.ACCEPTED)


# --- what was past at activation -----------------------------------------------------------------


@pytest.fixture
async def past(office: Office) -> Office:
    """A plan activated on 19/4/2024 with one date past (14/3) and one to come (14/6)."""
    await office.activate(
        make_item(due=every("2024-03-14", "2024-06-14")), now=vn("2024-04-19 06:00")
    )
    return office


async def unsettled(office: Office) -> list[Part]:
    return [part for part in await parts_of(office.db, office) if part.unsettled]


@pytest.mark.parametrize(
    ("call", "progress_after", "reminded"),
    [
        (CallToDecide.DONE, Progress.DONE, False),
        (CallToDecide.NOT_REQUIRED, Progress.DROPPED, False),
        (CallToDecide.OVERDUE, Progress.NOT_STARTED, True),
    ],
)
async def test_the_office_says_what_becomes_of_a_past_date(
    past: Office,
    delivered: Delivered,
    call: CallToDecide,
    progress_after: Progress,
    reminded: bool,
) -> None:
    part = (await unsettled(past))[0]

    changed = await settling.settle_past(past.db, past.actor("lan"), (part.id,), call, NOW)

    assert changed == 1
    assert await unsettled(past) == []
    stored = next(p for p in await rows(past.db, PartRow) if p.id == part.id)
    assert stored.progress is progress_after
    assert ("hc" in await delivered.tick("2024-04-24 07:30")) is reminded


@pytest.mark.parametrize("who", ["minh", "thao", "viet"])
async def test_only_the_office_settles_what_is_past(past: Office, who: str) -> None:
    part = (await unsettled(past))[0]

    with pytest.raises(NotAllowed):
        await settling.settle_past(past.db, past.actor(who), (part.id,), CallToDecide.DONE, NOW)

    assert len(await unsettled(past)) == 1


async def test_settling_everything_at_once_leaves_what_is_to_come(past: Office) -> None:
    count = await settling.settle_past_of_plan(
        past.db, past.actor("lan"), 1, CallToDecide.NOT_REQUIRED, NOW
    )

    assert count == 1
    assert [p.due for p in await parts_of(past.db, past)] == [day("2024-06-14")]


async def test_a_past_date_that_was_settled_is_settled_once(past: Office) -> None:
    part = (await unsettled(past))[0]
    lan = past.actor("lan")
    await settling.settle_past(past.db, lan, (part.id,), CallToDecide.DONE, NOW)

    again = await settling.settle_past(past.db, lan, (part.id,), CallToDecide.OVERDUE, NOW)

    assert again == 0
    assert (await stored_part(past.db)).progress is Progress.DONE


async def test_a_head_may_still_report_what_was_past_and_it_is_judged(past: Office) -> None:
    part = (await unsettled(past))[0]

    done = await progress.report_done(past.db, past.actor("minh"), part.id, PROOF, NOW)

    assert done.line.standing.state is DeadlineState.LATE
    assert await unsettled(past) == []


async def test_what_is_past_is_listed_apart_until_the_office_has_looked_at_it(
    past: Office,
) -> None:
    found = await overdue_list(past.db, past.actor("lan"), "", NOW)

    assert (found.lines, found.unsettled) == ((), 1)


# --- what is overdue, by the clock ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("2024-04-26 23:59", 0),
        ("2024-04-27 00:00", 1),
        ("2024-04-27 00:30", 1),
    ],
)
async def test_late_begins_at_midnight_in_vietnam(due: Office, at: str, late: int) -> None:
    found = await overdue_list(due.db, due.actor("lan"), "", vn(at))

    assert len(found.lines) == late
    assert all(line.standing.days_late == 1 for line in found.lines)


@pytest.mark.parametrize(
    ("who", "where", "unit", "codes"),
    [
        ("lan", "private", "", ["III.5", "IV.1"]),
        ("lan", "office", "", ["III.5", "IV.1"]),
        ("lan", "hc", "", ["III.5"]),
        ("viet", "private", "", ["III.5", "IV.1"]),
        ("khach", "leaders", "", ["III.5", "IV.1"]),
        ("minh", "private", "", ["III.5", "IV.1"]),  # heads compare in private
        ("minh", "hc", "", ["III.5"]),
        ("minh", "vb", "", ["IV.1"]),
        ("thao", "private", "", ["III.5"]),
        ("khach", "hc", "", ["III.5"]),
        ("lan", "private", "hc", ["III.5"]),
        ("lan", "private", "phong van ban", ["IV.1"]),
        ("minh", "private", "VB", ["IV.1"]),
        ("thao", "private", "VB", NotAllowed),
        ("minh", "hc", "VB", NotAllowed),
        ("lan", "private", "Phòng Không Có", NotFound),
        ("khach", "private", "", NotFound),
    ],
)
async def test_lateness_across_units_is_shown_only_where_it_may_be(
    due: Office, who: str, where: str, unit: str, codes: Any
) -> None:
    await due.activate(make_item("IV.1", lead=[VB]), source=b"second")
    at = vn("2024-05-02 08:00")

    async def ask() -> list[str]:
        found = await overdue_list(due.db, due.actor(who, where), unit, at)
        return sorted(line.part.code for line in found.lines)

    if isinstance(codes, list):
        assert await ask() == codes
    else:
        with pytest.raises(codes):
            await ask()


async def test_an_unregistered_person_acknowledges_nothing(
    due: Office, delivered: Delivered
) -> None:
    await delivered.tick("2024-04-26 07:30")

    with pytest.raises(NotAllowed):
        await receipts.acknowledge(due.db, due.actor("khach", "hc"), 1, NOW)
    with pytest.raises(NotFound):
        await receipts.acknowledge(due.db, due.actor("dung", "vb"), 1, NOW)


async def test_a_morning_is_acknowledged_once(due: Office, delivered: Delivered) -> None:
    await delivered.tick("2024-04-26 07:30")
    minh = due.actor("minh", "hc")

    assert await receipts.acknowledge(due.db, minh, 1, NOW)
    assert not await receipts.acknowledge(due.db, minh, 1, NOW)
    part = await only_part(due.db, due)
    assert part.progress is Progress.NOT_STARTED, "seen is not done"
    assert part.standing(day("2024-04-27"), CALENDAR).state is DeadlineState.OVERDUE
