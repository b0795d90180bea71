"""A newer version of a plan: what changes, what stays, and who may decide it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.plan import PlanItem
from bot.domain.states import ExtensionState, PlanState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services import deciding, progress, versions
from bot.services.progress import Claim
from bot.services.versions import Applied, Source
from storage import parts
from storage.db import Database
from storage.models import (
    AuditRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    OutboxRow,
    PartRow,
    PlanVersionRow,
    ReminderRow,
    ReportRow,
)
from tests.builders import (
    Delivered,
    Office,
    after_event,
    change,
    day,
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

HC, VB, VP, TG = "Phòng Hành chính", "Phòng Văn bản", "Văn phòng", "Trung tâm Trợ giúp"
NOW = vn("2024-04-10 09:00")
PROOF = Claim("https://vanban.example/123")
Share = tuple[str, str, str, str]


async def update(
    office: Office,
    *items: PlanItem,
    accept: Sequence[str] | None = None,
    now: object = NOW,
    who: str = "lan",
    plan_id: int = 1,
    title: str = "Kế hoạch công tác",
) -> Applied:
    """Apply a newer version with these items."""
    reading = make_reading(*items, title=title)
    source = Source("ban-moi.txt", f"sha-{len(await rows(office.db, PlanVersionRow))}")
    by = office.actor(who) if who else office.id
    return await versions.apply(office.db, by, plan_id, reading, source, now, accept)  # type: ignore[arg-type]


async def shares(office: Office) -> set[Share]:
    """Return (code, unit, duty, day) of what is open."""
    return {
        (p.code, p.unit, p.duty.value, p.due.isoformat() if p.due else "")
        for p in await parts_of(office.db, office)
    }


async def report(office: Office, unit: str = HC, *, confirm: bool = True, day: str = "") -> Part:
    """Let a head report the earliest open part of the unit, and Văn phòng confirm it."""
    who = {HC: "minh", VB: "dung"}[unit]
    found = [p for p in await parts_of(office.db, office) if p.unit == unit and p.owed]
    part = min((p for p in found if not day or str(p.due) == day), key=lambda p: str(p.due))
    await progress.report_done(office.db, office.actor(who), part.id, PROOF, NOW)
    if confirm:
        last = (await rows(office.db, ReportRow))[-1]
        await deciding.decide(office.db, office.actor("lan"), last.id, NOW)
    return part


async def all_parts(office: Office) -> list[Part]:
    async with office.db.read() as session:
        return [
            part
            for item in await rows(office.db, ItemRow)
            for part in await parts.parts_of_item(session, item.id)
        ]


def acts(found: Sequence[AuditRow]) -> list[str]:
    return [row.act for row in found]


# --- what changes and what stays -----------------------------------------------------------------


async def test_a_changed_title_keeps_the_item_with_its_report_and_evidence(office: Office) -> None:
    await office.activate(make_item("I.1", title="Lập danh mục hồ sơ năm 2024"))
    part = await report(office)

    done = await update(office, make_item("I.1", title="Lập danh mục hồ sơ lưu trữ năm 2024"))

    item = (await rows(office.db, ItemRow))[0]
    assert (item.id, item.title) == (1, "Lập danh mục hồ sơ lưu trữ năm 2024")
    after = (await all_parts(office))[0]
    assert (after.id, after.progress, after.has_evidence) == (part.id, Progress.DONE, True)
    assert done.tally.as_json() == {
        "added": 0, "changed": 1, "removed": 0, "parts": 0, "dropped": 0, "moved": 0, "past": 0,
    }  # fmt: skip


async def test_a_renumbered_item_keeps_its_history(office: Office) -> None:
    await office.activate(
        make_item("I.1", title="Lập danh mục hồ sơ"),
        make_item("I.2", title="Báo cáo công tác thi đua", due="2024-06-28"),
    )
    part = await report(office)

    await update(
        office,
        make_item("I.1", title="Mở lớp tập huấn hòa giải", due="2024-05-31"),
        make_item("I.2", title="Lập danh mục hồ sơ"),
        make_item("I.3", title="Báo cáo công tác thi đua", due="2024-06-28"),
    )

    found = {row.title: (row.id, row.code) for row in await rows(office.db, ItemRow)}
    assert found == {
        "Lập danh mục hồ sơ": (1, "I.2"),
        "Báo cáo công tác thi đua": (2, "I.3"),
        "Mở lớp tập huấn hòa giải": (3, "I.1"),
    }
    done = [p for p in await all_parts(office) if p.progress is Progress.DONE]
    assert [(p.id, p.code) for p in done] == [(part.id, "I.2")]


async def test_an_added_item_gets_its_parts(office: Office) -> None:
    await office.activate(make_item("I.1"))

    done = await update(
        office,
        make_item("I.1"),
        make_item("I.2", title="Mở lớp tập huấn", lead=[VB], due="2024-05-31"),
    )

    assert ("I.2", VB, "lead", "2024-05-31") in await shares(office)
    assert (done.tally.added, done.tally.parts, done.number) == (1, 1, 2)


async def test_an_added_item_that_is_past_waits_for_the_office_and_is_asked_about(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item("I.1"))

    done = await update(
        office, make_item("I.1"), make_item("I.2", title="Mở lớp tập huấn", due="2024-03-14")
    )

    assert [p.unsettled for p in await parts_of(office.db, office)] == [False, True]
    assert done.tally.past == 1
    assert "office" in await delivered.tick("2024-04-10 09:05")


async def test_a_removed_item_is_no_longer_carried_out_and_nothing_of_it_is_lost(
    office: Office, db: Database
) -> None:
    await office.activate(
        make_item("I.1", title="Lập danh mục hồ sơ"),
        make_item(
            "I.2", title="Báo cáo thi đua", lead=[HC, VB], due=every("2024-04-12", "2024-09-12")
        ),
    )
    part = await report(office, day="2024-04-12")

    await update(office, make_item("I.1", title="Lập danh mục hồ sơ"))

    assert {code for code, *_ in await shares(office)} == {"I.1"}
    gone = [p for p in await all_parts(office) if p.code == "I.2"]
    assert {p.id: p.progress for p in gone} == {
        p.id: Progress.DONE if p.id == part.id else Progress.DROPPED for p in gone
    }
    dropped = [row for row in await rows(db, PartRow) if row.progress is Progress.DROPPED]
    assert {row.decision for row in dropped} == {"version 2: ban-moi.txt"}
    assert len(await rows(db, ReportRow)) == len(await rows(db, EvidenceRow)) == 1


async def test_a_new_item_may_take_the_number_of_one_that_is_gone(office: Office) -> None:
    await office.activate(make_item("I.1", title="Lập danh mục hồ sơ lưu trữ"))

    await update(office, make_item("I.1", title="Tổ chức hội nghị tổng kết ngành"))

    found = [(row.code, row.removed_at is None) for row in await rows(office.db, ItemRow)]
    assert found == [("I.1/v2", False), ("I.1", True)]


async def test_a_moved_date_moves_the_open_occurrence_and_keeps_the_first_day(
    office: Office, db: Database
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    done = await update(office, make_item(due="2024-05-31"))

    part = (await parts_of(db, office))[0]
    assert (part.id, str(part.due), str(part.original_due)) == (1, "2024-05-31", "2024-04-26")
    moves = [row for row in await rows(db, AuditRow) if row.act == "occurrence.move"]
    assert [(row.before, row.after["due"]) for row in moves] == [
        ({"due": "2024-04-26"}, "2024-05-31")
    ]
    assert done.tally.moved == 1


@pytest.mark.parametrize("confirm", [True, False])
async def test_what_was_reported_is_judged_by_the_day_it_was_reported_for(
    office: Office, db: Database, confirm: bool
) -> None:
    await office.activate(make_item(lead=[HC, VB], due="2024-04-26"))
    done = await report(office, HC, confirm=confirm)

    await update(office, make_item(lead=[HC, VB], due="2024-04-08"))
    await update(office, make_item(lead=[HC, VB], due="2024-05-31"))

    found = {p.unit: p for p in await all_parts(office)}
    assert (found[HC].id, str(found[HC].due)) == (done.id, "2024-04-26")
    assert (str(found[VB].due), str(found[VB].original_due)) == ("2024-05-31", "2024-04-26")
    assert len(await rows(db, PartRow)) == 2, "who has reported is not asked again"


async def test_a_report_on_a_day_that_two_deadlines_shared_stands_for_both(office: Office) -> None:
    both = [(HC, on("2024-04-26"))]
    await office.activate(make_item(lead=[HC], due="2024-04-26", internal=both))
    await report(office)

    await update(office, make_item(lead=[HC], due="2024-05-31", internal=both))

    assert await shares(office) == set()


async def test_a_finished_item_is_not_opened_again_by_a_new_date(office: Office) -> None:
    await office.activate(make_item(due="2024-04-26"))
    await report(office)

    await update(office, make_item(due="2024-06-28"))

    assert await shares(office) == set()
    assert [str(p.due) for p in await all_parts(office)] == ["2024-04-26"]


async def test_days_that_stay_keep_their_parts_and_others_come_and_go(office: Office) -> None:
    await office.activate(make_item(due=every("2024-03-14", "2024-06-14", "2024-09-14")))
    part = await report(office, day="2024-03-14")

    await update(office, make_item(due=every("2024-03-14", "2024-06-14", "2024-12-14")))

    found = {str(p.due): (p.id, p.progress) for p in await all_parts(office)}
    assert found == {
        "2024-03-14": (part.id, Progress.DONE),
        "2024-06-14": (2, Progress.NOT_STARTED),
        "2024-12-14": (3, Progress.NOT_STARTED),
    }


async def test_a_duty_that_recurs_less_often_drops_what_is_left(office: Office) -> None:
    await office.activate(make_item(due=every("2024-05-14", "2024-06-14", "2024-09-14")))

    await update(office, make_item(due=every("2024-06-14")))
    assert await shares(office) == {("I.1", HC, "lead", "2024-06-14")}

    await update(office, make_item(due=every("2024-05-14", "2024-06-14")))
    assert {day for *_, day in await shares(office)} == {"2024-05-14", "2024-06-14"}
    assert len(await rows(office.db, OccurrenceRow)) == 3, "a day that returns is taken up again"


async def test_a_new_lead_gets_a_part_and_the_old_ones_open_part_is_dropped(
    office: Office,
) -> None:
    await office.activate(make_item(due=every("2024-04-12", "2024-09-12")))
    done = await report(office, day="2024-04-12")

    await update(office, make_item(lead=[VB], due=every("2024-04-12", "2024-09-12")))

    assert await shares(office) == {
        ("I.1", VB, "lead", "2024-04-12"),
        ("I.1", VB, "lead", "2024-09-12"),
    }
    mine = {p.id: p.progress for p in await all_parts(office) if p.unit == HC}
    assert mine == {done.id: Progress.DONE, done.id + 1: Progress.DROPPED}

    await update(office, make_item(lead=[HC], due=every("2024-04-12", "2024-09-12")))
    assert await shares(office) == {("I.1", HC, "lead", "2024-09-12")}


async def test_a_lead_that_becomes_cooperating_keeps_its_part(office: Office) -> None:
    await office.activate(make_item(lead=[HC], cooperate=[VB]))

    await update(office, make_item(lead=[VB], cooperate=[HC]))

    assert await shares(office) == {
        ("I.1", VB, "lead", "2024-04-26"),
        ("I.1", HC, "cooperate", "2024-04-26"),
    }
    assert len(await rows(office.db, PartRow)) == 2


async def test_an_internal_date_comes_moves_and_goes(office: Office) -> None:
    plain = make_item(lead=[VP], cooperate=[HC])
    await office.activate(plain)

    await update(office, make_item(lead=[VP], cooperate=[HC], internal=[(HC, on("2024-04-22"))]))
    assert ("I.1", HC, "internal", "2024-04-22") in await shares(office)
    assert ("I.1", HC, "cooperate", "2024-04-26") not in await shares(office)

    await update(office, make_item(lead=[VP], cooperate=[HC], internal=[(HC, on("2024-04-19"))]))
    assert ("I.1", HC, "internal", "2024-04-19") in await shares(office)

    await update(office, plain)
    assert await shares(office) == {
        ("I.1", VP, "lead", "2024-04-26"),
        ("I.1", HC, "cooperate", "2024-04-26"),
    }


async def test_what_had_no_date_gets_one_and_loses_it_again(office: Office) -> None:
    await office.activate(make_item(due=ongoing()))

    await update(office, make_item(due="2024-06-28"))
    assert await shares(office) == {("I.1", HC, "lead", "2024-06-28")}

    await update(office, make_item(due=after_event()))
    found = (await parts_of(office.db, office))[0]
    assert (found.id, found.due, found.progress) == (1, None, Progress.WAITING_EVENT)


async def test_a_collective_stays_frozen_when_something_else_changes(office: Office) -> None:
    from bot.services import offices
    from tests.builders import UNITS

    item = make_item(lead=["các phòng chuyên môn"])
    await office.activate(item)
    new = replace(UNITS[1], name="Phòng Mới", short="PM", aliases=())
    await offices.load_units(office.db, office.id, [*UNITS, new], NOW)

    await update(office, replace(item, deadlines=(on("2024-05-31"),)))

    assert {unit for _, unit, _, _ in await shares(office)} == {HC, VB}


async def test_a_message_already_sent_is_not_sent_again_unless_the_day_changed(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    assert await delivered.tick("2024-04-23 07:30") == ["hc"]

    at = vn("2024-04-23 09:00")
    await update(office, make_item(due="2024-04-26", title="Lập danh mục hồ sơ lưu"), now=at)
    assert await delivered.tick("2024-04-24 07:30") == []
    await update(office, make_item(due="2024-05-02"), now=vn("2024-04-24 09:00"))
    assert await delivered.tick("2024-04-25 07:30") == ["hc"]

    assert [(str(row.due), row.step) for row in await rows(db, ReminderRow)] == [
        ("2024-04-26", "3"), ("2024-05-02", "3"),
    ]  # fmt: skip


# --- deciding ------------------------------------------------------------------------------------


async def test_changes_are_accepted_one_by_one(office: Office) -> None:
    await office.activate(
        make_item("I.1", title="Lập danh mục hồ sơ"), make_item("I.2", title="Báo cáo thi đua")
    )
    newer = (
        make_item("I.1", title="Lập danh mục hồ sơ", due="2024-05-31"),
        make_item("I.3", title="Mở lớp tập huấn hòa giải"),
    )
    diff = await versions.compare(office.db, office.id, 1, make_reading(*newer))
    assert [(one.key, one.kind.value) for one in diff.changes] == [
        ("i1", "changed"), ("+I.3", "added"), ("i2", "removed"),
    ]  # fmt: skip

    await update(office, *newer, accept=["i1"])

    assert await shares(office) == {
        ("I.1", HC, "lead", "2024-05-31"),
        ("I.2", HC, "lead", "2024-04-26"),
    }


async def test_nothing_accepted_changes_nothing(office: Office, db: Database) -> None:
    await office.activate(make_item("I.1"))
    before = await rows(db, AuditRow)

    with pytest.raises(UserError):
        await update(office, make_item("I.1", due="2024-05-31"), accept=[])

    assert acts(await rows(db, AuditRow)) == acts(before)
    assert await rows(db, PlanVersionRow) == []


async def test_the_same_version_again_says_so_and_changes_nothing(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("I.1", due=on("2024-04-26", before=True)))
    newer = make_item("I.1", due=on("2024-05-31", before=True), cooperate=[VB])
    await update(office, newer)

    with pytest.raises(UserError):
        await update(office, newer)

    assert len(await rows(db, PlanVersionRow)) == 1
    assert len(await rows(db, PartRow)) == 2


@pytest.mark.parametrize("who", ["minh", "thao", "viet", "khach"])
async def test_only_the_office_applies_and_takes_back(
    office: Office, db: Database, who: str
) -> None:
    await office.activate(make_item("I.1"))

    with pytest.raises((NotAllowed, NotFound)):
        await update(office, make_item("I.1", due="2024-05-31"), who=who)
    with pytest.raises((NotAllowed, NotFound)):
        await versions.undo(db, office.actor(who), 1, NOW)

    assert await shares(office) == {("I.1", HC, "lead", "2024-04-26")}


async def test_another_offices_plan_is_not_there(office: Office, db: Database) -> None:
    other = await make_office(db, "Sở Khác", groups=())
    await other.activate(make_item("I.1"))

    with pytest.raises(NotFound):
        await versions.compare(db, office.id, 1, make_reading(make_item("I.1")))


async def test_a_draft_can_be_updated_and_gives_no_parts_before_it_is_activated(
    office: Office, db: Database
) -> None:
    from bot.services import plans

    await office.load(
        make_item("I.1", title="Lập danh mục hồ sơ"), make_item("I.2", title="Báo cáo thi đua")
    )

    await update(
        office, make_item("I.1", title="Lập danh mục hồ sơ", due=every("2024-05-31", "2024-08-30"))
    )

    assert await rows(db, PartRow) == []
    await plans.activate(db, office.id, 1, NOW)
    assert {(code, day) for code, _, _, day in await shares(office)} == {
        ("I.1", "2024-05-31"),
        ("I.1", "2024-08-30"),
    }


# --- near copies ---------------------------------------------------------------------------------

TASKS = ("Lập danh mục hồ sơ", "Báo cáo công tác thi đua", "Mở lớp tập huấn hòa giải cơ sở")


def plan_of(*titles: str, year: int = 2024) -> object:
    items = [make_item(f"I.{n}", title=title) for n, title in enumerate(titles, start=1)]
    return make_reading(*items, year=year)


async def test_a_near_copy_is_found_and_another_plan_or_year_is_not(office: Office) -> None:
    await office.activate(*plan_of(*TASKS).items)  # type: ignore[attr-defined]

    async def found(*titles: str, year: int = 2024) -> int | None:
        reading = plan_of(*titles, year=year)
        near = await versions.find_predecessor(office.db, office.id, reading)  # type: ignore[arg-type]
        return near.plan_id if near else None

    assert await found(TASKS[0], f"{TASKS[1]} quý", TASKS[2]) == 1
    assert await found("Kiểm tra văn bản", "Trợ giúp pháp lý lưu động") is None
    assert await found(*TASKS, year=2025) is None, "next year's plan is a plan of its own"


# --- taking back ---------------------------------------------------------------------------------


async def state(office: Office) -> dict[str, object]:
    from storage import version_rows

    async with office.db.read() as session:
        found = await version_rows.snapshot(session, 1)
    for table in ("item_unit", "milestone"):
        found[table] = {
            repr(sorted((k, v) for k, v in row.items() if k != "id")): {}
            for row in found[table].values()
        }
    return found  # type: ignore[return-value]


NEWER = (
    make_item("I.2", title="Lập danh mục hồ sơ", due=every("2024-05-31", "2024-06-28"), lead=[VB]),
    make_item("I.1", title="Mở lớp tập huấn hòa giải", due="2024-05-31"),
)
OLDER = (
    make_item("I.1", title="Lập danh mục hồ sơ", cooperate=[VB]),
    make_item("I.2", title="Báo cáo công tác thi đua", due=every("2024-04-14", "2024-06-14")),
)


async def test_an_applied_version_is_taken_back_as_it_was_before(office: Office) -> None:
    await office.activate(*OLDER)
    await report(office, day="2024-04-14")
    before = await state(office)

    await update(office, *NEWER, title="Kế hoạch sửa đổi")
    undone = await versions.undo(office.db, office.actor("lan"), 1, NOW)

    assert await state(office) == before
    assert (undone.what.value, undone.number) == ("version", 2)
    again = await update(office, *NEWER)
    assert again.number == 3


async def test_what_was_reminded_of_stays_for_the_ledger_but_is_closed(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(*OLDER)
    await update(office, *NEWER)
    before = await shares(office)
    assert "vb" in await delivered.tick("2024-05-24 07:30")

    await versions.undo(db, office.actor("lan"), 1, vn("2024-05-24 09:00"))

    assert before != await shares(office)
    assert {code for code, *_ in await shares(office)} == {"I.1", "I.2"}
    assert await rows(db, ReminderRow) != []
    living = [row for row in await rows(db, ItemRow) if row.removed_at is None]
    assert [(row.code, row.title) for row in living] == [
        ("I.1", "Lập danh mục hồ sơ"), ("I.2", "Báo cáo công tác thi đua"),
    ]  # fmt: skip


async def test_what_rests_on_a_version_keeps_it_and_is_named(office: Office) -> None:
    await office.activate(*OLDER)
    await update(office, *NEWER)
    await report(office, VB, confirm=False)
    before = await state(office)

    with pytest.raises(UserError) as refused:
        await versions.undo(office.db, office.actor("lan"), 1, NOW)

    assert dict(refused.value.problem.params)["codes"] == "I.2"
    assert await state(office) == before


async def test_a_report_for_a_moved_day_rests_on_the_version_that_moved_it(
    office: Office,
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    await update(office, make_item(due="2024-05-31"), now=vn("2024-04-10 08:00"))
    await report(office)

    with pytest.raises(UserError):
        await versions.undo(office.db, office.actor("lan"), 1, NOW)


async def test_an_activated_load_becomes_a_draft_again_and_a_draft_is_gone(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("I.1", due="2024-01-01"))

    first = await versions.undo(db, office.id, 1, NOW)
    assert (first.what.value, first.state) == ("load", PlanState.DRAFT)
    assert await rows(db, PartRow) == []

    second = await versions.undo(db, office.id, 1, NOW)
    assert (second.what.value, second.state) == ("draft", None)
    assert await rows(db, ItemRow) == []
    assert acts(await rows(db, AuditRow))[-2:] == ["plan.undo", "plan.discard"]


async def test_a_load_that_has_reminded_is_closed_and_its_file_may_come_again(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item("I.1"))
    await delivered.tick("2024-04-19 07:30")

    undone = await versions.undo(db, office.id, 1, vn("2024-04-19 08:00"))

    assert undone.state is PlanState.CLOSED
    assert await shares(office) == set()
    await office.activate(make_item("I.1"), now=vn("2024-04-19 09:00"))
    assert len(await shares(office)) == 1
    with pytest.raises(NotFound):
        await versions.undo(db, office.id, 1, NOW)


async def test_a_load_that_a_report_rests_on_stays(office: Office, db: Database) -> None:
    await office.activate(make_item("I.1"), make_item("I.2", title="Báo cáo thi đua"))
    await report(office)

    with pytest.raises(UserError):
        await versions.undo(db, office.id, 1, NOW)

    assert len(await rows(db, OutboxRow)) > 0
    assert len(await shares(office)) == 1


# --- extensions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newer", "due"),
    [
        ("2024-04-26", "2024-05-10"),  # the plan's day stays: so does the extension
        ("2024-05-02", "2024-05-10"),  # what was granted stands where it is later
        ("2024-05-31", "2024-05-31"),
    ],
)
async def test_an_extension_that_was_granted_stands_where_it_is_later(
    office: Office, db: Database, newer: str, due: str
) -> None:
    await office.activate(make_item(due="2024-04-26"))
    await change(db, OccurrenceRow, 1, due=day("2024-05-10"))

    await update(office, make_item(due=newer, cooperate=[VB]))

    found = {(p.unit, str(p.due), str(p.original_due)) for p in await parts_of(db, office)}
    assert found == {(HC, due, "2024-04-26"), (VB, due, "2024-04-26")}


async def test_a_request_for_another_date_is_closed_with_its_part(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("I.1"), make_item("I.2", title="Báo cáo thi đua"))
    async with db.begin() as session:
        session.add(
            ExtensionRow(
                office_id=office.id, part_id=2, requested_by=1, requested_at=NOW, reason="chờ",
                from_due=day("2024-04-26"), to_due=day("2024-05-10"),
                state=ExtensionState.REQUESTED, progress_before=Progress.NOT_STARTED,
            )
        )  # fmt: skip
    await change(db, PartRow, 2, progress=Progress.EXTENSION_PENDING)

    await update(office, make_item("I.1"))
    assert [row.state for row in await rows(db, ExtensionRow)] == [ExtensionState.LAPSED]

    await versions.undo(db, office.actor("lan"), 1, NOW)
    assert [row.state for row in await rows(db, ExtensionRow)] == [ExtensionState.REQUESTED]
    assert (await rows(db, PartRow))[1].progress is Progress.EXTENSION_PENDING
