"""Summaries of periods: counted from the database, frozen at their end, corrected on purpose."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.states import ExtensionState, PlanState, ReportState
from bot.domain.status import Progress
from bot.domain.tally import Tally
from bot.i18n import translator
from bot.services import (
    difficulties,
    draft_proofs,
    drafting,
    proof_sending,
    summaries,
)
from bot.services.courier import deliver_all
from bot.services.drafting import Said
from bot.services.messages_summary import Summary
from bot.services.summaries_closing import plan_summaries
from handlers import render_summary
from storage import figures
from storage.db import Database
from storage.models import (
    AuditRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    PlanRow,
    ReportRow,
    SummaryRow,
)
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    keep_units,
    make_item,
    on,
    parts_of,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
CLOSED = vn("2024-04-15 07:00")


async def report(
    office: Office, part_id: int, at: str, *, decided: str | None = None, returned: bool = False
) -> None:
    """Write a report as the services do: submitted, then perhaps decided."""
    submitted = vn(at)
    state = (
        ReportState.AWAITING
        if decided is None
        else ReportState.RETURNED
        if returned
        else ReportState.ACCEPTED
    )
    progress = {
        ReportState.AWAITING: Progress.AWAITING_CONFIRMATION,
        ReportState.RETURNED: Progress.RETURNED,
        ReportState.ACCEPTED: Progress.DONE,
    }[state]
    async with office.db.begin() as session:
        session.add(
            ReportRow(
                office_id=office.id,
                part_id=part_id,
                person_id=office.persons["minh"],
                state=state,
                submitted_at=submitted,
                decided_at=vn(decided) if decided else None,
            )
        )
    kept = None if state is ReportState.RETURNED else submitted
    await change(office.db, PartRow, part_id, progress=progress, submitted_at=kept)


async def extend(office: Office, part_id: int, to_due: str, decided: str) -> None:
    async with office.db.begin() as session:
        session.add(
            ExtensionRow(
                office_id=office.id,
                part_id=part_id,
                requested_by=office.persons["minh"],
                requested_at=vn(decided),
                from_due=day("2024-04-10"),
                to_due=day(to_due),
                reason="Chờ ý kiến",
                state=ExtensionState.APPROVED,
                progress_before=Progress.NOT_STARTED,
                decided_at=vn(decided),
            )
        )
    await change(office.db, PartRow, part_id, extended_due=day(to_due))


def told(found: Summary) -> str:
    """Return a summary as the chat shows it."""
    return "\n".join(message.html for message in render_summary.summary(found, translator("vi")))


@pytest.fixture
async def april(office: Office) -> list[int]:
    """Four items due on 10/4/2024, of two units; the ids of their parts."""
    await office.activate(
        *(
            make_item(f"I.{number}", due="2024-04-10", lead=[HC if number < 3 else VB])
            for number in range(1, 5)
        )
    )
    return [part.id for part in await parts_of(office.db, office)]


async def whole(office: Office, text: str = "tháng 4/2024", now: dt.datetime = CLOSED) -> Summary:
    return await summaries.summary(office.db, office.actor("lan"), text, now)


async def test_a_month_is_counted_by_when_reports_were_submitted(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-08 09:00", decided="2024-04-12 09:00")
    await report(office, april[1], "2024-04-10 09:00", decided="2024-04-12 09:00")
    await report(office, april[2], "2024-04-11 09:00", decided="2024-04-12 09:00")

    found = await whole(office)

    row = found.figures.items
    assert (row.total, row.early, row.on_time, row.late, row.overdue) == (4, 1, 2, 1, 1)
    assert [(unit.unit, unit.tally.total) for unit in found.figures.units] == [(HC, 2), (VB, 2)]


async def test_a_report_that_waits_is_neither_done_nor_overdue(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-10 09:00")

    row = (await whole(office)).figures.items

    assert (row.awaiting, row.done, row.overdue) == (1, 0, 3)


async def test_a_returned_report_is_as_if_not_made(office: Office, april: list[int]) -> None:
    await report(office, april[0], "2024-04-10 09:00", decided="2024-04-11 09:00", returned=True)

    found = await whole(office)

    assert found.figures.items.overdue == 4
    assert found.figures.parts.returns == 1


async def test_a_window_closes_by_itself_and_is_frozen_once(
    office: Office, april: list[int]
) -> None:
    for at in ("2024-04-14 23:59", "2024-04-15 00:00", "2024-04-15 07:00", "2024-04-16 07:00"):
        await plan_summaries(office.db, vn(at))

    months = await rows(office.db, SummaryRow, SummaryRow.kind == "month")
    assert [(row.first, row.last, row.version) for row in months] == [
        (day("2024-02-15"), day("2024-03-14"), 1),
        (day("2024-03-15"), day("2024-04-14"), 1),
    ]


async def test_a_frozen_month_does_not_move(office: Office, april: list[int]) -> None:
    await report(office, april[0], "2024-04-10 09:00")
    await plan_summaries(office.db, CLOSED)
    before = (await whole(office)).figures

    await change(
        office.db, ReportRow, 1, state=ReportState.ACCEPTED, decided_at=vn("2024-04-20 09:00")
    )
    await report(office, april[1], "2024-04-18 09:00", decided="2024-04-19 09:00")
    await extend(office, april[2], "2024-04-30", "2024-04-17 09:00")
    await report(office, april[3], "2024-04-09 09:00", decided="2024-04-21 09:00", returned=True)
    later = await whole(office, now=vn("2024-05-02 09:00"))

    assert later.figures == before
    assert later.frozen_at == CLOSED


async def test_after_an_outage_a_window_is_frozen_as_it_stood_at_its_end(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-10 09:00", decided="2024-04-20 09:00")
    await report(office, april[1], "2024-04-18 09:00", decided="2024-04-19 09:00")
    await extend(office, april[2], "2024-04-30", "2024-04-17 09:00")

    await plan_summaries(office.db, vn("2024-04-25 10:00"))

    row = (await whole(office, now=vn("2024-04-25 10:00"))).figures.items
    assert (row.awaiting, row.overdue, row.extensions) == (1, 3, 0)


async def test_months_that_a_long_outage_swallowed_are_frozen_each_and_the_recent_ones_told(
    office: Office, april: list[int]
) -> None:
    await plan_summaries(office.db, CLOSED)
    told = len(await rows(office.db, OutboxRow, OutboxRow.kind == OutboxKind.SUMMARY))

    await plan_summaries(office.db, vn("2024-07-16 08:00"))

    months = await rows(office.db, SummaryRow, SummaryRow.kind == "month")
    assert [row.last.month for row in months] == [4, 5, 6, 7]
    later = await rows(office.db, OutboxRow, OutboxRow.kind == OutboxKind.SUMMARY)
    of_months = {row.id: row.last.month for row in months}
    assert {of_months[m.subject_id] for m in later[told:] if m.subject_id in of_months} == {6, 7}


async def test_what_is_accepted_in_the_next_month_is_done_in_that_one_and_in_no_other(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-09 09:00")
    await plan_summaries(office.db, CLOSED)
    await change(
        office.db, ReportRow, 1, state=ReportState.ACCEPTED, decided_at=vn("2024-04-20 09:00")
    )
    await change(office.db, PartRow, april[0], progress=Progress.DONE)

    months = [
        (await whole(office, text, vn(now))).figures.items
        for text, now in (
            ("tháng 4/2024", "2024-05-15 09:00"),
            ("tháng 5/2024", "2024-05-15 09:00"),
            ("tháng 6/2024", "2024-06-15 09:00"),
        )
    ]

    assert [(row.awaiting, row.early, row.total) for row in months] == [
        (1, 0, 4),
        (0, 1, 4),
        (0, 0, 3),
    ]


async def test_a_due_day_that_was_moved_to_an_earlier_day_counts_where_it_lies_now(
    office: Office, april: list[int]
) -> None:
    for occurrence in await rows(office.db, OccurrenceRow):
        await change(office.db, OccurrenceRow, occurrence.id, original_due=day("2024-06-10"))

    row = (await whole(office)).figures.items

    assert (row.total, row.overdue) == (4, 4)


async def test_what_a_closed_plan_left_open_counts_as_missed_once(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-09 09:00", decided="2024-04-09 10:00")
    (plan,) = await rows(office.db, PlanRow)
    await change(
        office.db, PlanRow, plan.id, state=PlanState.CLOSED, closed_at=vn("2024-04-13 09:00")
    )

    closing = (await whole(office)).figures.items
    after = (await whole(office, "tháng 5/2024", vn("2024-05-15 09:00"))).figures.items

    assert (closing.total, closing.on_time, closing.overdue) == (4, 1, 3)
    assert after.total == 0


async def test_before_a_plan_was_closed_its_open_work_counted(
    office: Office, april: list[int]
) -> None:
    (plan,) = await rows(office.db, PlanRow)
    await change(
        office.db, PlanRow, plan.id, state=PlanState.CLOSED, closed_at=vn("2024-05-20 09:00")
    )

    may = (await whole(office, "tháng 5/2024", vn("2024-06-20 09:00"))).figures.items
    june = (await whole(office, "tháng 6/2024", vn("2024-06-20 09:00"))).figures.items

    assert (may.overdue, june.overdue) == (4, 0)


async def test_a_correction_counts_no_extension_of_a_later_period(
    office: Office, april: list[int]
) -> None:
    await plan_summaries(office.db, CLOSED)
    first = await whole(office)
    await extend(office, april[0], "2024-05-30", "2024-04-25 09:00")

    made = await summaries.correct(
        office.db, office.actor("lan"), first.id or 0, "Soát lại", vn("2024-05-02 09:00")
    )

    assert (made.figures.parts.extensions, made.figures.items.overdue) == (0, 4)


async def test_a_correction_is_a_version_of_its_own_with_its_reason(
    office: Office, april: list[int]
) -> None:
    await report(office, april[0], "2024-04-10 09:00")
    await plan_summaries(office.db, CLOSED)
    first = await whole(office)
    await change(
        office.db, ReportRow, 1, state=ReportState.ACCEPTED, decided_at=vn("2024-04-16 09:00")
    )

    made = await summaries.correct(
        office.db, office.actor("lan"), first.id or 0, "Xác nhận muộn", vn("2024-04-17 09:00")
    )

    assert (made.version, made.reason) == (2, "Xác nhận muộn")
    assert (first.figures.items.on_time, made.figures.items.on_time) == (0, 1)
    kept = [row for row in await rows(office.db, SummaryRow) if row.id == first.id]
    assert kept[0].figures["items"]["on_day"] == 0
    assert len(await rows(office.db, AuditRow, AuditRow.act == "summary.correct")) == 1


@pytest.mark.parametrize("who", ["minh", "viet", "thao", "khach"])
async def test_only_the_office_corrects(office: Office, april: list[int], who: str) -> None:
    await plan_summaries(office.db, CLOSED)
    found = await whole(office)

    with pytest.raises((NotFound, NotAllowed)):
        await summaries.correct(office.db, office.actor(who), found.id or 0, "x", CLOSED)

    assert (await whole(office)).version == 1


async def test_rates_stand_against_the_approved_and_the_first_dates(
    office: Office, april: list[int]
) -> None:
    await extend(office, april[0], "2024-04-12", "2024-04-09 09:00")
    await report(office, april[0], "2024-04-12 09:00", decided="2024-04-12 15:00")

    found = (await whole(office)).figures

    assert (found.items.on_time, found.original.on_time, found.original.late) == (1, 0, 1)
    assert found.parts.extensions == 1


async def test_it_is_told_on_a_working_morning_units_see_their_own_row(
    office: Office, april: list[int], delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.move_to("2024-04-15 06:59")
    await plan_summaries(office.db, clock())
    assert await rows(office.db, OutboxRow, OutboxRow.kind == OutboxKind.SUMMARY) == []

    clock.move_to("2024-04-15 07:00")
    await plan_summaries(office.db, clock())
    await deliver_all(delivered.delivery)

    def said(key: str) -> str:
        return "\n".join(text for text in sender.to(key) if "Tháng 4/2024" in text)

    assert HC in said("office")
    assert VB in said("leaders")
    assert HC in said("hc")
    assert VB not in said("hc")


async def test_nothing_is_told_on_a_day_off(office: Office, april: list[int]) -> None:
    await plan_summaries(office.db, vn("2024-06-15 09:00"))  # a Saturday

    assert await rows(office.db, OutboxRow, OutboxRow.kind == OutboxKind.SUMMARY) == []


async def test_a_unit_asks_for_its_own_row_and_a_head_compares_in_private(
    office: Office, april: list[int]
) -> None:
    own = await summaries.summary(office.db, office.actor("lan", "hc"), "tháng 4", CLOSED)
    head = await summaries.summary(office.db, office.actor("minh"), "tháng 4", CLOSED)
    staff = await summaries.summary(office.db, office.actor("thao"), "tháng 4", CLOSED)

    assert [row.unit for row in own.own or ()] == [HC]
    assert head.own is None
    assert [row.unit for row in staff.own or ()] == [HC]


@pytest.mark.parametrize("text", ["tháng 13", "hôm qua", "năm 2031"])
async def test_a_period_that_is_none_is_refused_with_examples(office: Office, text: str) -> None:
    with pytest.raises(UserError):
        await whole(office, text)


async def test_the_worked_example_comes_out_from_items_in_the_database(
    office: Office, db: Database
) -> None:
    """Of 291 assigned from 15/12/2022 to 14/12/2023, 159 early, 285 on time, 6 late."""
    await office.activate(
        make_item("I.1", due=[on("2023-06-15")], lead=[HC]), now=vn("2022-12-20 08:00")
    )
    (item,) = await rows(db, ItemRow)
    (first,) = await rows(db, OccurrenceRow)
    async with db.begin() as session:
        for number in range(2, 292):
            occurrence = OccurrenceRow(
                office_id=office.id,
                item_id=item.id,
                deadline_id=first.deadline_id,
                number=number,
                due=first.due,
                original_due=first.due,
            )
            session.add(occurrence)
            await session.flush()
            session.add(
                PartRow(
                    office_id=office.id,
                    occurrence_id=occurrence.id,
                    unit_id=office.units[HC],
                    duty="lead",
                    progress=Progress.NOT_STARTED,
                )
            )
        await session.flush()
    ids = [row.id for row in await rows(db, PartRow)]
    async with db.begin() as session:
        for place, part_id in enumerate(ids):
            at = "2023-06-14" if place < 159 else "2023-06-15" if place < 285 else "2023-06-16"
            submitted = vn(f"{at} 09:00")
            session.add(
                ReportRow(
                    office_id=office.id,
                    part_id=part_id,
                    person_id=office.persons["minh"],
                    state=ReportState.ACCEPTED,
                    submitted_at=submitted,
                    decided_at=submitted,
                )
            )

    found = await whole(office, "năm 2023", vn("2024-01-02 09:00"))

    row: Tally = found.figures.items
    assert (row.total, row.early, row.on_time, row.late) == (291, 159, 285, 6)
    said = told(found)
    assert "285/291 = 97,94%" in said
    assert "2/3 điểm" in said
    assert "trước hạn 159 = 54,64%" in said
    assert "quá hạn 6 = 2,06%" in said


@pytest.mark.parametrize("what", ["a difficulty", "evidence", "nothing", "another unit"])
async def test_what_a_unit_says_of_its_part_is_an_update(office: Office, what: str) -> None:
    await office.activate(make_item(due="2024-04-12", lead=(HC,)))
    db, minh, now = office.db, office.actor("minh"), vn("2024-04-02 09:00")
    if what == "a difficulty":
        await difficulties.raise_difficulty(db, minh, 1, "Thiếu người", now)
    if what == "evidence":
        draft = (await draft_proofs.begin_adding(db, minh, 1, now)).draft.id
        await drafting.add(db, minh, draft, Said("https://e.vn/1"), now)
        await proof_sending.send_proofs(db, minh, draft, now)
    if what == "another unit":
        await keep_units(office, f"gộp {HC} > {VB}", now)

    async with db.read() as session:
        [fact] = await figures.part_facts(
            session, office.id, vn("2024-03-15 00:00"), day("2024-04-14"), CLOSED, CLOSED
        )

    assert fact.acted == (what in {"a difficulty", "evidence"})


async def test_what_waited_at_the_closing_and_is_returned_counts_as_not_done(
    office: Office, april: list[int]
) -> None:
    for part_id in april[:2]:
        await report(office, part_id, "2024-04-05 09:00")
    (plan,) = await rows(office.db, PlanRow)
    await change(
        office.db, PlanRow, plan.id, state=PlanState.CLOSED, closed_at=vn("2024-04-08 09:00")
    )
    async with office.db.begin() as session:
        for row in (await session.exec(select(ReportRow))).all():
            row.state = ReportState.RETURNED if row.part_id == april[0] else ReportState.ACCEPTED
            row.decided_at = vn("2024-04-09 09:00")
            session.add(row)

    closing = (await whole(office)).figures.items

    # The two that nobody had reported went with the plan: they were not due when it was closed.
    assert (closing.total, closing.done, closing.overdue) == (2, 1, 1)
