"""What goes beyond the ladder: risk, escalation, check-ins, events, midday, snooze."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.outbox import OutboxKind
from bot.domain.roles import Role
from bot.domain.states import Answer
from bot.domain.work import Duty
from bot.services import checking_in, snoozing
from bot.services.planner import Planner
from bot.services.progress import Claim, report_done
from storage.db import Database
from storage.models import (
    CheckInRow,
    GrantRow,
    ItemRow,
    OfficeRow,
    OutboxRow,
    PersonRow,
    ReminderRow,
)
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    after_event,
    change,
    make_item,
    make_office,
    ongoing,
    only_part,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def loud(office: Office) -> Office:
    """The office by its defaults: others hear of what is at risk or late."""
    await change(office.db, OfficeRow, office.id, settings={})
    return office


async def steps(db: Database, prefix: str) -> list[str]:
    return [row.step for row in await rows(db, ReminderRow) if row.step.startswith(prefix)]


async def test_a_risk_reaches_the_office_and_the_head_once(
    loud: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await loud.activate(make_item("III.5", due="2024-04-26"))

    await delivered.tick("2024-04-23 07:30")

    assert set(await delivered.tick("2024-04-24 07:30")) == {"office", "minh"}
    assert await delivered.tick("2024-04-25 07:30") == ["hc"]
    assert "III.5" in sender.to("office")[0]


async def test_lateness_climbs_by_working_days_and_then_weekly(
    loud: Office, delivered: Delivered, db: Database
) -> None:
    await loud.activate(make_item("III.5", due="2024-05-10"))
    for number in (10, *range(13, 18), *range(20, 25), *range(27, 32)):
        await delivered.tick(f"2024-05-{number} 07:30")

    slots = {row.id: row.slot_on for row in await rows(db, OutboxRow)}
    told = {
        (row.step, slots[row.outbox_id].isoformat())
        for row in await rows(db, ReminderRow)
        if row.step.startswith("up:")
    }

    assert told == {
        ("up:office", "2024-05-13"),
        ("up:leader", "2024-05-15"),
        ("up:director", "2024-05-17"),
        *((f"up:{level}:1", "2024-05-24") for level in ("office", "leader", "director")),
        *((f"up:{level}:2", "2024-05-31") for level in ("office", "leader", "director")),
    }


async def test_the_supervisor_hears_first_and_the_director_who_was_told_before(
    loud: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    leader = await loud.enrol("hoa", Role.LEADER, HC)
    grant = (await rows(db, GrantRow, GrantRow.role == "leader"))[0]
    await change(db, GrantRow, grant.id, director=True)
    await loud.activate(make_item("III.5", due="2024-05-10"))

    for number in range(10, 18):
        await delivered.tick(f"2024-05-{number} 07:30")

    assert leader
    assert "III.5" in sender.to("hoa")[0]
    told = sender.to("viet")[-1]
    assert "trưởng đơn vị ngày 10/5; Văn phòng 2 lần (đến 13/5); lãnh đạo ngày 15/5" in told


async def test_where_no_leader_can_be_told_the_office_says_so(
    db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    office = await make_office(db, groups=("office", "hc"), settings={})
    for row in await rows(db, GrantRow, GrantRow.role == "leader"):
        await change(db, GrantRow, row.id, valid_to=vn("2024-01-03 08:00").date())
    await office.activate(make_item("III.5", due="2024-05-10"))

    await delivered.tick("2024-05-17 07:30")

    assert "Chưa có lãnh đạo nào" in sender.to("office")[-1]


async def test_what_awaits_confirmation_and_cooperation_never_climb(
    loud: Office, db: Database, delivered: Delivered
) -> None:
    await loud.activate(make_item("III.5", due="2024-05-10", cooperate=[VB]))
    part = next(p for p in [await only_part(db, loud, HC)] if p.duty is Duty.LEAD)
    await report_done(
        db, loud.actor("minh"), part.id, Claim("https://e.vn/1"), vn("2024-05-10 15:00")
    )

    await delivered.tick("2024-05-20 07:30")

    assert await steps(db, "up:") == []


async def test_what_is_due_today_is_said_again_at_half_past_one_while_it_is_open(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-26"), make_item("I.2", due="2024-04-26", lead=[VB])
    )
    await delivered.tick("2024-04-26 07:30")
    part = await only_part(db, office, VB)
    await report_done(
        db, office.actor("dung"), part.id, Claim("https://e.vn/1"), vn("2024-04-26 10:00")
    )
    await delivered.tick("2024-04-26 10:01")

    assert await delivered.tick("2024-04-26 13:29") == []
    assert await delivered.tick("2024-04-26 13:30") == ["hc"]
    assert await delivered.tick("2024-04-26 13:31") == []


async def test_who_hears_of_the_day_only_after_noon_hears_once(
    office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item(due="2024-04-26"))

    assert await delivered.tick("2024-04-26 14:10") == ["hc"]
    assert await delivered.tick("2024-04-26 14:11") == []


async def test_ongoing_work_is_asked_about_and_answered_with_one_tap(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("I.4", due=ongoing()), make_item("I.5", due=ongoing()))
    assert await delivered.tick("2024-03-29 07:30") == ["hc"]
    line = (await rows(db, ReminderRow))[0]

    one = await checking_in.answer_one(
        db, office.actor("minh", "hc"), line.id, Answer.STUCK, vn("2024-03-29 08:00")
    )
    rest = await checking_in.answer_all(
        db, office.actor("minh", "hc"), line.outbox_id, vn("2024-03-29 08:01")
    )
    assert (one.left, rest.codes, rest.left) == (1, ("I.5",), 0)
    assert {row.answer for row in await rows(db, CheckInRow)} == {Answer.STUCK, Answer.GOING}

    assert await delivered.tick("2024-04-03 07:30") == ["office"]
    assert "I.4" in sender.to("office")[-1]
    assert "I.5" not in sender.to("office")[-1]


async def test_only_the_unit_and_the_office_answer_a_check_in(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item("I.4", due=ongoing()))
    await delivered.tick("2024-03-29 07:30")
    line = (await rows(db, ReminderRow))[0]

    with pytest.raises(NotAllowed):
        await checking_in.answer_one(
            db, office.actor("dung", "hc"), line.id, Answer.GOING, vn("2024-03-29 08:00")
        )
    assert await rows(db, CheckInRow) == []


async def test_an_awaited_event_is_asked_about_once_a_month(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("II.4", due=after_event()))

    assert await delivered.tick("2024-01-31 07:30") == []
    assert await delivered.tick("2024-02-01 07:30") == ["hc"]
    assert await delivered.tick("2024-02-02 07:30") == []
    assert "/kich_hoat II.4" in sender.to("hc")[0]


async def test_a_ladder_of_its_own_holds_for_a_plan_and_an_item(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-26"),
        make_item("I.2", due="2024-04-26", lead=[VB]),
        settings={"settings": {"ladder": [2, 0]}},
    )
    item = next(row for row in await rows(db, ItemRow) if row.code == "I.2")
    await change(db, ItemRow, item.id, settings={"ladder": [4]})

    heard = {
        number: await delivered.tick(f"2024-04-{number} 07:30")
        for number in (19, 22, 23, 24, 25, 26)
    }

    assert {number: who for number, who in heard.items() if who} == {
        22: ["vb"],
        24: ["hc"],
        26: ["hc"],
    }


async def test_a_rung_before_what_counts_as_coming_up_is_told_too(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(
        make_item("I.1", due="2024-04-26"), settings={"settings": {"ladder": [15, 0]}}
    )

    assert await delivered.tick("2024-04-03 07:30") == []
    assert await delivered.tick("2024-04-04 07:30") == ["hc"]
    assert await delivered.tick("2024-04-05 07:30") == []

    (said,) = sender.to("hc")
    assert "Trong hạn" in said
    assert "I.1" in said


async def test_a_snooze_holds_off_the_own_chat_only_and_never_what_is_at_risk(
    db: Database, delivered: Delivered
) -> None:
    office = await make_office(db, groups=("office",), settings={"risk_days": 0})
    await office.enrol("hoa", Role.HEAD, HC)
    await office.activate(make_item("III.5", due="2024-04-26"))
    assert set(await delivered.tick("2024-04-19 07:30")) == {"minh", "hoa"}
    own = next(row for row in await rows(db, OutboxRow) if row.chat_id == office.chats["minh"])

    await change(db, PersonRow, office.persons["minh"], snoozed_until=vn("2024-04-24 07:30"))

    assert await delivered.tick("2024-04-23 07:30") == ["hoa"]
    assert "minh" in await delivered.tick("2024-04-25 07:30")
    until = await snoozing.snooze(db, office.actor("minh"), own.id, vn("2024-04-25 08:00"))
    assert until == vn("2024-05-02 07:30")
    await delivered.tick("2024-04-26 07:30")
    assert "office" in await delivered.tick("2024-05-02 07:31")


async def test_a_pass_in_which_nothing_changed_plans_nothing_and_a_change_is_seen(
    office: Office, db: Database, delivered: Delivered, clock: Clock
) -> None:
    planner = Planner(db)
    await office.activate(make_item("I.1", due="2024-04-26"))
    now = vn("2024-04-26 07:30")

    assert [await planner.plan(now), await planner.plan(vn("2024-04-26 07:31"))] == [1, 0]
    await office.activate(
        make_item("II.1", due="2024-04-26", lead=[VB]),
        source=b"second",
        now=vn("2024-04-26 07:32"),
    )
    assert await planner.plan(vn("2024-04-26 07:33")) == 1


async def test_a_midday_message_is_of_its_own_kind(
    office: Office, db: Database, delivered: Delivered
) -> None:
    await office.activate(make_item("I.1", due="2024-04-26"))
    await delivered.tick("2024-04-26 07:30")
    await delivered.tick("2024-04-26 13:30")

    kinds = [row.kind for row in await rows(db, OutboxRow)]
    assert kinds == [OutboxKind.MORNING, OutboxKind.MIDDAY]
