"""Nothing that an office owns changes without an entry in the record of changes."""

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from bot.domain.plan import Unit
from bot.domain.roles import ChatPurpose, Role
from bot.domain.work import CallToDecide
from bot.services import deciding, invitations, lost_chats, offices, plans, progress, settling
from bot.services.actor import Actor
from bot.services.progress import Claim
from storage.db import Database
from storage.models import (
    AuditRow,
    ChatBindingRow,
    ChatRow,
    DeadlineRow,
    EvidenceRow,
    GrantRow,
    InviteRow,
    ItemRow,
    ItemUnitRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    PersonRow,
    PlanRow,
    ReminderRow,
    ReportRow,
    UnitAliasRow,
    UnitRow,
)
from tests import trail
from tests.builders import GROUPS, Delivered, Office, every, make_item, rows, vn

OWNED = (
    UnitRow,
    UnitAliasRow,
    PersonRow,
    GrantRow,
    ChatRow,
    ChatBindingRow,
    InviteRow,
    PlanRow,
    ItemRow,
    ItemUnitRow,
    DeadlineRow,
    MilestoneRow,
    OccurrenceRow,
    PartRow,
    ReportRow,
    EvidenceRow,
)
NOW = vn("2024-04-19 09:00")
Act = Callable[[Office], Awaitable[object]]


async def contents(db: Database, tables: tuple[type, ...] = OWNED) -> list[str]:
    return [str(row.model_dump()) for table in tables for row in await rows(db, table)]


async def report(office: Office, claim: Claim) -> None:
    await progress.report_done(office.db, office.actor("minh"), 2, claim, NOW)


async def join(office: Office, actor: Actor, **invitation: object) -> None:
    code = await invitations.invite(office.db, office.id, NOW, **invitation)
    await invitations.join(office.db, actor, code, NOW + dt.timedelta(minutes=1))


ACTS: dict[str, tuple[Act, str]] = {
    "load units": (
        lambda o: offices.load_units(o.db, o.id, (Unit("Phòng Mới", "PM", ("P. Mới",)),), NOW),
        "unit.put",
    ),
    "load a plan": (lambda o: o.load(make_item("IX.1"), source=b"other", now=NOW), "plan.load"),
    "activate": (lambda o: plans.activate(o.db, o.id, 2, NOW), "plan.activate"),
    "invite": (
        lambda o: invitations.invite(o.db, o.id, NOW, role=Role.LEADER),
        "invite.add",
    ),
    "join": (lambda o: join(o, Actor(900, "Mới", 900), role=Role.LEADER), "grant.add"),
    "bind": (
        lambda o: join(
            o, Actor(900, "Mới", -1700, private=False), purpose=ChatPurpose.UNIT, unit_name="TG"
        ),
        "chat.bind",
    ),
    "lose a chat": (
        lambda o: lost_chats.chat_left(o.db, GROUPS["hc"][0], "bot left", NOW),
        "chat.lost",
    ),
    "move a chat": (
        lambda o: lost_chats.chat_moved(o.db, GROUPS["vb"][0], -100555, NOW),
        "chat.move",
    ),
    "report": (lambda o: report(o, Claim()), "part.report"),
    "add evidence": (lambda o: report(o, Claim("https://e.vn/1")), "evidence.add"),
    "confirm": (
        lambda o: deciding.decide(o.db, o.actor("lan"), 1, NOW),
        "report.confirm",
    ),
    "settle": (
        lambda o: settling.settle_past(o.db, o.actor("lan"), (1,), CallToDecide.DONE, NOW),
        "part.settle",
    ),
}


@pytest.fixture
async def busy(office: Office) -> Office:
    """An office with an active plan (a date past, two to come) and a draft beside it."""
    await office.activate(
        make_item(due=every("2024-03-14", "2024-06-14", "2024-09-14")), now=vn("2024-04-18 08:00")
    )
    await office.load(make_item("X.1"), source=b"draft")
    return office


async def test_every_act_that_changes_something_leaves_an_entry(busy: Office) -> None:
    silent, unchanged = [], []

    for name, (act, expected) in ACTS.items():
        before, known = await contents(busy.db), len(await rows(busy.db, AuditRow))
        await act(busy)
        entries = (await rows(busy.db, AuditRow))[known:]
        if await contents(busy.db) == before:
            unchanged.append(name)
        if expected not in {entry.act for entry in entries}:
            silent.append(name)

    assert silent == []
    assert unchanged == []


# One entry for the plan, by design: nobody acts on a draft's rows.
BULK = {"load a plan", "activate"}


async def test_the_record_replayed_gives_the_rows_there_are(busy: Office) -> None:
    wrong: dict[str, list[str]] = {}

    for name, (act, _) in ACTS.items():
        before = await trail.now(busy.db)
        known = len(await rows(busy.db, AuditRow))
        await act(busy)
        entries = (await rows(busy.db, AuditRow))[known:]
        if name not in BULK:
            wrong[name] = trail.disagreements(before, entries, await trail.now(busy.db))

    assert {name: said for name, said in wrong.items() if said} == {}


async def test_a_return_leaves_an_entry_with_its_reason_and_who_did_it(busy: Office) -> None:
    await report(busy, Claim("https://e.vn/1"))

    await deciding.decide(busy.db, busy.actor("lan"), 1, NOW, reason="Thiếu")

    report_entry, part_entry = (await rows(busy.db, AuditRow))[-2:]
    for entry in (report_entry, part_entry):
        assert (entry.act, entry.person_id) == ("report.return", busy.persons["lan"])
        assert entry.at == NOW
    assert report_entry.before["state"] == "awaiting"
    assert report_entry.after == {
        "state": "returned",
        "decided_by": busy.persons["lan"],
        "decided_at": NOW.isoformat(),
        "reason": "Thiếu",
    }
    assert part_entry.before == {
        "progress": "awaiting_confirmation",
        "submitted_at": NOW.isoformat(),
    }
    assert part_entry.after == {"progress": "returned", "submitted_at": None}


async def test_a_refused_act_leaves_neither_change_nor_entry(busy: Office) -> None:
    before = await contents(busy.db, (*OWNED, AuditRow))

    with pytest.raises(Exception, match="head"):
        await progress.report_done(busy.db, busy.actor("thao"), 2, Claim(), NOW)

    assert await contents(busy.db, (*OWNED, AuditRow)) == before


async def test_planning_and_sending_change_only_what_is_owed_and_said(
    busy: Office, delivered: Delivered
) -> None:
    before = await contents(busy.db)

    await delivered.tick("2024-06-14 07:30")

    assert await contents(busy.db) == before
    assert await rows(busy.db, ReminderRow) != []
