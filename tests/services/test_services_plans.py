"""Loading a plan and activating it: who gets a part, of what, and from when on."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound, UserError
from bot.domain.plan import PlanItem, UnitRef
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.services import offices
from bot.services import plans as service
from storage.db import Database
from storage.models import (
    AuditRow,
    DeadlineRow,
    ItemRow,
    MilestoneRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    PlanRow,
    ReminderRow,
)
from tests.builders import (
    UNITS,
    Delivered,
    Office,
    after_event,
    as_told,
    every,
    make_item,
    make_office,
    make_reading,
    on,
    ongoing,
    parts_of,
    rows,
    vn,
)

HC, VB, TG, VP = "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp", "Văn phòng"
Share = tuple[str, str, str | None]


def shares(parts: list[Part]) -> set[Share]:
    return {(p.unit, p.duty.value, p.due.isoformat() if p.due else None) for p in parts}


async def activated(office: Office, item: PlanItem, at: str = "2024-01-02 08:00") -> set[Share]:
    await office.activate(item, now=vn(at))
    return shares(await parts_of(office.db, office))


async def test_a_lead_gets_a_part_and_a_cooperating_unit_its_own(office: Office) -> None:
    found = await activated(office, make_item(lead=[HC], cooperate=[VB]))

    assert found == {(HC, "lead", "2024-04-26"), (VB, "cooperate", "2024-04-26")}


async def test_several_leads_each_report_their_own_part(office: Office) -> None:
    found = await activated(office, make_item(lead=[HC, VB]))

    assert found == {(HC, "lead", "2024-04-26"), (VB, "lead", "2024-04-26")}


async def test_a_collective_becomes_its_member_units(office: Office) -> None:
    found = await activated(office, make_item(lead=["các phòng chuyên môn"]))

    assert {unit for unit, _, _ in found} == {HC, VB}


async def test_all_units_leave_the_office_out_where_it_is_named_beside_them(
    office: Office,
) -> None:
    found = await activated(office, make_item(lead=[VP], cooperate=["các phòng, trung tâm"]))

    assert found == {
        (VP, "lead", "2024-04-26"),
        *((unit, "cooperate", "2024-04-26") for unit in (HC, VB, TG)),
    }


async def test_members_are_frozen_when_the_plan_is_activated(office: Office) -> None:
    before = await activated(office, make_item(lead=["các phòng chuyên môn"]))
    new = replace(UNITS[1], name="Phòng Mới", short="PM", aliases=())

    await offices.load_units(office.db, office.id, [*UNITS, new], vn("2024-02-01 08:00"))

    assert shares(await parts_of(office.db, office)) == before


async def test_a_lead_whose_internal_date_is_the_main_date_has_one_part(office: Office) -> None:
    found = await activated(office, make_item(lead=[VP], internal=[(VP, on("2024-04-26"))]))

    assert found == {(VP, "lead", "2024-04-26")}


async def test_a_lead_with_another_internal_date_answers_for_both(office: Office) -> None:
    found = await activated(office, make_item(lead=[VP], internal=[(VP, on("2024-04-22"))]))

    assert found == {(VP, "lead", "2024-04-26"), (VP, "internal", "2024-04-22")}


async def test_a_unit_with_a_date_of_its_own_answers_for_that_and_not_for_the_main_one(
    office: Office,
) -> None:
    item = make_item(
        lead=[VP],
        cooperate=["các phòng, trung tâm"],
        internal=[("các phòng chuyên môn", on("2024-04-24"))],
    )

    found = await activated(office, item)

    assert found == {
        (VP, "lead", "2024-04-26"),
        (TG, "cooperate", "2024-04-26"),
        (HC, "internal", "2024-04-24"),
        (VB, "internal", "2024-04-24"),
    }


async def test_a_date_that_binds_one_of_the_leads_is_no_part_of_the_others(
    office: Office,
) -> None:
    item = make_item(
        lead=[HC, VB], due=[on("2024-03-29", units=[HC]), on("2024-06-28", units=[VB])]
    )

    found = await activated(office, item)

    assert found == {(HC, "lead", "2024-03-29"), (VB, "lead", "2024-06-28")}


async def test_an_item_without_a_lead_has_a_part_that_nobody_is_assigned_to(
    office: Office,
) -> None:
    done = await office.activate(make_item("II.3", lead=[]))

    assert shares(await parts_of(office.db, office)) == {("", "lead", "2024-04-26")}
    assert done.unassigned == ("II.3",)


async def test_a_collective_that_a_person_must_name_is_not_guessed(office: Office) -> None:
    done = await office.activate(make_item("II.3", lead=["các đơn vị liên quan"]))

    assert shares(await parts_of(office.db, office)) == {("", "lead", "2024-04-26")}
    assert done.unassigned == ("II.3",)


async def test_an_item_whose_cell_was_empty_is_listed_without_a_date(office: Office) -> None:
    await office.activate(make_item(due=None))

    part = (await parts_of(office.db, office))[0]
    assert (part.due, part.kind) == (None, DeadlineKind.UNSPECIFIED)


@pytest.mark.parametrize(
    ("deadline", "kind", "progress"),
    [
        (ongoing(), DeadlineKind.ONGOING, Progress.NOT_STARTED),
        (as_told(), DeadlineKind.UNSPECIFIED, Progress.NOT_STARTED),
        (after_event(), DeadlineKind.RELATIVE, Progress.WAITING_EVENT),
    ],
)
async def test_what_has_no_day_yet_is_kept_with_its_kind(
    office: Office, deadline: object, kind: DeadlineKind, progress: Progress
) -> None:
    await office.activate(make_item(due=deadline))  # type: ignore[arg-type]

    part = (await parts_of(office.db, office))[0]
    assert (part.kind, part.progress, part.due) == (kind, progress, None)


async def test_each_date_of_a_recurring_duty_is_a_part_of_its_own(office: Office) -> None:
    dates = ("2024-03-14", "2024-06-14", "2024-09-14", "2024-12-14")

    found = await activated(office, make_item(due=every(*dates)))

    assert found == {(HC, "lead", day) for day in dates}


async def test_dates_already_past_wait_for_the_office_and_the_others_run(office: Office) -> None:
    item = make_item(due=every("2024-03-14", "2024-06-14"))

    done = await office.activate(item, now=vn("2024-04-19 10:00"))

    unsettled = {
        p.due.isoformat(): p.unsettled for p in await parts_of(office.db, office) if p.due
    }
    assert unsettled == {"2024-03-14": True, "2024-06-14": False}
    assert done.past == 1


@pytest.mark.parametrize(
    ("at", "past"),
    [
        ("2024-04-26 23:59", 0),
        ("2024-04-27 00:30", 1),  # still the 26th in UTC
    ],
)
async def test_a_date_is_past_when_its_day_has_ended_in_vietnam(
    office: Office, at: str, past: int
) -> None:
    done = await office.activate(make_item(due="2024-04-26"), now=vn(at))

    assert done.past == past


async def test_one_date_of_one_unit_is_counted_as_past_once(office: Office) -> None:
    item = make_item(lead=[VP], due="2024-03-14", internal=[(VP, on("2024-03-14"))])

    done = await office.activate(item, now=vn("2024-04-19 10:00"))

    assert done.past == 1


async def test_nobody_is_reminded_of_what_was_past_but_the_office_is_asked_once(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-03-14"), now=vn("2024-04-19 06:00"))

    ticks = [await delivered.tick(f"2024-04-{day} 07:30") for day in ("19", "22", "23")]

    assert ticks == [["office"], [], []]
    assert await rows(db, ReminderRow) == []


async def test_a_draft_reminds_nobody(office: Office, db: Database, delivered: Delivered) -> None:
    await office.load(make_item(due="2024-04-19"))

    assert await delivered.tick("2024-04-19 07:30") == []
    assert await rows(db, OutboxRow) == []


async def test_loading_the_same_file_again_replaces_its_draft(
    office: Office, db: Database
) -> None:
    await office.load(make_item("I.1"), make_item("I.2"))
    await office.load(make_item("I.1", cooperate=[VB]))

    assert len(await rows(db, PlanRow)) == 1
    assert [row.code for row in await rows(db, ItemRow)] == ["I.1"]
    assert len(await rows(db, DeadlineRow)) == len(await rows(db, OccurrenceRow)) == 1


async def test_the_same_file_after_activation_is_refused_and_changes_nothing(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("I.1"))

    with pytest.raises(UserError):
        await office.load(make_item("I.1"), make_item("I.2"))

    assert [row.code for row in await rows(db, ItemRow)] == ["I.1"]


async def test_two_offices_may_load_the_same_file(office: Office, db: Database) -> None:
    other = await make_office(db, "Sở Khác", groups=())

    await office.activate(make_item())
    await other.activate(make_item())

    assert len(await rows(db, PlanRow)) == 2


async def test_a_file_without_items_is_refused(office: Office, db: Database) -> None:
    with pytest.raises(UserError):
        await office.load()

    assert await rows(db, PlanRow) == []


async def test_a_plan_is_activated_once(office: Office, db: Database) -> None:
    plan_id = await office.load(make_item())
    await service.activate(db, office.id, plan_id, vn("2024-01-02 08:00"))

    with pytest.raises(NotFound):
        await service.activate(db, office.id, plan_id, vn("2024-01-03 08:00"))

    assert len(await rows(db, PartRow)) == 1


async def test_an_office_cannot_activate_anothers_draft_nor_one_that_is_not_there(
    office: Office, db: Database
) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    plan_id = await office.load(make_item())

    for wrong_office, wrong_plan in ((other.id, plan_id), (office.id, 999)):
        with pytest.raises(NotFound):
            await service.activate(db, wrong_office, wrong_plan, vn("2024-01-02 08:00"))

    assert await rows(db, PartRow) == []


async def test_before_counts_as_the_class_that_never_moves(office: Office) -> None:
    await office.activate(
        make_item("I.1", due=on("2024-12-14", before=True)),
        make_item("I.2", due=on("2024-12-15")),
        settings={"weekend": "forward"},
    )

    found = {p.code: (p.before, p.weekend.value) for p in await parts_of(office.db, office)}
    assert found == {"I.1": (True, "forward"), "I.2": (False, "forward")}


def looks_like(name: str, score: float) -> UnitRef:
    return UnitRef("Phòng Hành chánh", suggestion=name, score=score)


async def test_loading_without_questions_takes_a_close_likeness_and_says_so(
    office: Office,
) -> None:
    item = replace(make_item(), lead=(looks_like(HC, 93.0),))

    loaded = await service.store(
        office.db,
        office.id,
        make_reading(item),
        b"x",
        "x.txt",
        vn("2024-01-02 08:00"),
        accept_suggestions=True,
    )
    await service.activate(office.db, office.id, loaded.plan_id, vn("2024-01-02 08:00"))

    assert [p.unit for p in await parts_of(office.db, office)] == [HC]
    assert [dict(note.params)["unit"] for note in loaded.taken] == [HC]


@pytest.mark.parametrize(("score", "accept"), [(60.0, True), (93.0, False)])
async def test_a_faint_likeness_or_an_unasked_one_stays_unassigned_and_listed(
    office: Office, score: float, accept: bool
) -> None:
    item = replace(make_item("I.9"), lead=(looks_like(HC, score),))

    loaded = await service.store(
        office.db,
        office.id,
        make_reading(item),
        b"x",
        "x.txt",
        vn("2024-01-02 08:00"),
        accept_suggestions=accept,
    )
    done = await service.activate(office.db, office.id, loaded.plan_id, vn("2024-01-02 08:00"))

    assert [p.unit for p in await parts_of(office.db, office)] == [""]
    assert done.unassigned == ("I.9",)
    assert loaded.taken == ()


async def test_duties_milestones_and_the_record_of_loading_are_kept(
    office: Office, db: Database
) -> None:
    await office.activate(make_item(lead=[HC], cooperate=[VB]))

    acts = [row.act for row in await rows(db, AuditRow)]
    assert [act for act in acts if act.startswith("plan.")] == ["plan.load", "plan.activate"]
    assert {p.duty for p in await parts_of(db, office)} == {Duty.LEAD, Duty.COOPERATE}
    assert await rows(db, MilestoneRow) == []
