"""Units kept in chat: added, renamed, merged and ended."""

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.outbox import OutboxKind
from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.domain.work import Duty
from bot.services import change_flows, changing, deciding, extensions, progress, reopening, undoing
from bot.services.change_steps import Ready
from bot.services.invitations import find_unit
from bot.services.progress import Claim
from bot.services.recipients import recipients_of
from storage import offices, plans, unit_counts
from storage.db import Database
from storage.models import (
    AuditRow,
    ChatBindingRow,
    ExtensionRow,
    GrantRow,
    OutboxRow,
    PartRow,
    ReportRow,
    UnitRow,
)
from tests.builders import Office, day, keep_units, make_item, only_part, parts_of, rows, vn

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")


async def keep(office: Office, text: str, who: str = "lan", where: str = "private") -> None:
    await keep_units(office, text, NOW, who, where)


async def keep_change(office: Office, flow: str, code: str, **typed: str) -> None:
    """Let Văn phòng change an item, typing what is asked."""
    lan = office.actor("lan")
    args = {"code": code} | {f"?{key}": text for key, text in typed.items()}
    shown = await changing.begin(office.db, lan, flow, args, NOW)
    assert isinstance(shown.step, Ready), shown.step
    await changing.confirm(office.db, lan, shown.token, NOW)


async def unit_called(office: Office, name: str) -> str | None:
    """Return the name of the unit alive today that is written so."""
    async with office.db.read() as session:
        found = find_unit(await offices.units_of(session, office.id, on=day("2024-04-19")), name)
    return found.unit.name if found else None


async def test_a_unit_is_added_and_its_name_is_taken_then(office: Office) -> None:
    await keep(office, "thêm Phòng Bổ trợ tư pháp")

    assert await unit_called(office, "phong bo tro tu phap") == "Phòng Bổ trợ tư pháp"
    with pytest.raises(UserError):
        await keep(office, "thêm Phòng Bổ trợ tư pháp")


async def test_the_old_name_of_a_renamed_unit_is_still_understood(office: Office) -> None:
    await keep(office, f"đổi {VB} > Phòng Pháp chế")

    assert await unit_called(office, VB) == "Phòng Pháp chế"


async def test_a_way_of_writing_comes_and_goes(office: Office) -> None:
    await keep(office, f"gọi {VB} > TDTHPL")
    assert await unit_called(office, "tdthpl") == VB

    await keep(office, "bỏ TDTHPL")

    assert await unit_called(office, "tdthpl") is None


async def test_open_work_roles_and_chats_of_a_merged_unit_go_to_the_other(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB,)))

    await keep(office, f"gộp {VB} > {HC}")

    hc, vb = office.units[HC], office.units[VB]
    assert (await only_part(db, office)).unit_id == hc
    assert await rows(db, GrantRow, GrantRow.unit_id == vb) == []
    assert await rows(db, ChatBindingRow, ChatBindingRow.unit_id == vb) == []
    old = (await rows(db, UnitRow, UnitRow.id == vb))[0]
    assert (old.merged_into, old.valid_to) == (hc, day("2024-04-18"))
    tables = {e.subject for e in await rows(db, AuditRow, AuditRow.act == "unit.merge")}
    assert tables == {"part", "role_grant", "chat_binding", "item_unit", "unit", "unit_alias"}


async def test_a_unit_ends_with_its_last_day(office: Office, db: Database) -> None:
    await keep(office, f"hết {VB} > 30/6/2024")

    assert (await rows(db, UnitRow, UnitRow.name == VB))[0].valid_to == day("2024-06-30")
    assert await unit_called(office, VB) == VB


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thêm",
        "đổi X",
        f"đổi {VB} > {HC}",
        f"hết {VB} > 31/6/2024",
        f"gộp {VB} > {VB}",
        "x y > z",
    ],
)
async def test_what_is_unclear_or_wrong_changes_nothing(
    office: Office, db: Database, text: str
) -> None:
    before = await rows(db, UnitRow)

    with pytest.raises(UserError):
        await keep(office, text)

    assert await rows(db, UnitRow) == before
    assert await rows(db, AuditRow) == []


@pytest.mark.parametrize(
    ("who", "where"),
    [("minh", "private"), ("viet", "private"), ("khach", "private"), ("lan", "hc")],
)
async def test_only_van_phong_keeps_units_and_in_private(
    office: Office, who: str, where: str
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        await keep(office, f"hết {VB} > 30/6/2024", who, where)


async def test_where_both_units_lead_an_item_the_others_part_covers_it(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB,), cooperate=(HC,)), now=NOW)
    part = await only_part(db, office, VB)
    dung = office.actor("dung")
    await extensions.begin(db, dung, part.id, "30/6/2024 chờ kinh phí", NOW)
    await extensions.send(db, dung, part.id, NOW)

    await keep(office, f"gộp {VB} > {HC}")

    left = await only_part(db, office)
    assert (left.unit, left.duty) == (HC, Duty.LEAD)
    [gone] = await rows(db, PartRow, PartRow.id == part.id)
    assert (gone.progress, gone.decision) == (Progress.DROPPED, f"sáp nhập vào {HC}")
    [asked] = await rows(db, ExtensionRow)
    assert asked.state is ExtensionState.LAPSED


async def test_what_waits_for_van_phong_beside_the_others_stays_with_who_reported(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB, HC)), now=NOW)
    part = await only_part(db, office, VB)
    await progress.report_done(db, office.actor("dung"), part.id, Claim("https://e.vn/1"), NOW)

    await keep(office, f"gộp {VB} > {HC}")

    [kept] = await rows(db, PartRow, PartRow.id == part.id)
    assert (kept.unit_id, kept.progress) == (office.units[VB], Progress.AWAITING_CONFIRMATION)


async def test_the_names_of_a_merged_unit_mean_the_one_it_became_part_of(office: Office) -> None:
    await keep(office, f"gọi {VB} > TDTHPL")

    await keep(office, f"gộp {VB} > {HC}")

    assert await unit_called(office, VB) == HC
    assert await unit_called(office, "tdthpl") == HC
    async with office.db.read() as session:
        every = await offices.units_of(session, office.id)
    found = find_unit(every, VB)
    assert found is not None
    assert found.unit.name == HC


async def test_no_unit_takes_the_name_of_one_that_became_part_of_another(office: Office) -> None:
    await keep(office, f"gộp {VB} > {HC}")

    with pytest.raises(UserError):
        await keep(office, f"đổi {HC} > {VB}")


async def test_the_card_names_the_unit_that_took_over(office: Office, db: Database) -> None:
    await office.activate(make_item("III.5", lead=(VB,)), now=NOW)

    await keep(office, f"gộp {VB} > {HC}")

    async with db.read() as session:
        item = await plans.find_item(session, office.id, (await only_part(db, office)).item_id)
    assert item is not None
    assert item.lead == (HC,)


async def test_a_unit_does_not_become_part_of_itself(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        await keep(office, f"gộp {VB} > {VB}")

    assert "itself" in str(refused.value)


async def test_what_an_ended_unit_left_open_is_told_to_van_phong_too(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB,)), now=NOW)

    await keep(office, f"hết {VB} > 19/4/2024")

    async with db.read() as session:
        last = await recipients_of(session, office.id, day("2024-04-19"))
        after = await recipients_of(session, office.id, day("2024-04-20"))
    unit = office.units[VB]
    assert office.chats["office"] not in {chat.id for chat in last.by_unit[unit]}
    assert {office.chats["office"], office.chats["vb"]} <= {c.id for c in after.by_unit[unit]}


async def test_what_is_decided_of_a_merged_unit_is_told_to_the_one_it_became_part_of(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB, HC)), now=NOW)
    part = await only_part(db, office, VB)
    await progress.report_done(db, office.actor("dung"), part.id, Claim("https://e.vn/1"), NOW)
    await keep(office, f"gộp {VB} > {HC}")

    [report] = await rows(db, ReportRow)
    await deciding.decide(db, office.actor("lan"), report.id or 0, NOW, reason="thiếu")

    told = await rows(db, OutboxRow, OutboxRow.kind == OutboxKind.DECISION)
    chats = {row.chat_id for row in told}
    assert {office.chats["hc"], office.chats["vb"]} <= chats
    assert office.chats["office"] not in chats


async def returned(office: Office, part_id: int, who: str = "dung") -> None:
    """Report a part, merge the unit of it into the other, and return the report."""
    await progress.report_done(office.db, office.actor(who), part_id, Claim("https://e.vn/1"), NOW)
    await keep(office, f"gộp {VB} > {HC}")
    [report] = await rows(office.db, ReportRow)
    lan = office.actor("lan", update_id=700)
    await deciding.decide(office.db, lan, report.id or 0, NOW, reason="thiếu")


async def test_what_is_returned_to_a_merged_unit_ends_beside_the_others_part(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB,), cooperate=(HC,)), now=NOW)
    part = await only_part(db, office, VB)

    await returned(office, part.id)

    [gone] = await rows(db, PartRow, PartRow.id == part.id)
    assert (gone.progress, gone.decision) == (Progress.DROPPED, f"sáp nhập vào {HC}")
    left = await only_part(db, office)
    assert (left.unit, left.duty, left.owed) == (HC, Duty.LEAD, True)

    lan = office.actor("lan", update_id=701)
    last = await undoing.last_act(db, lan, NOW)
    assert last is not None
    await undoing.undo(db, lan, last.key, NOW)
    found = {p.unit: (p.progress, p.duty) for p in await parts_of(db, office)}
    assert found == {
        VB: (Progress.AWAITING_CONFIRMATION, Duty.LEAD),
        HC: (Progress.NOT_STARTED, Duty.COOPERATE),
    }


async def test_what_is_reopened_of_a_merged_unit_is_owed_by_the_one_it_became_part_of(
    office: Office, db: Database
) -> None:
    await office.activate(make_item("III.5", lead=(VB,)), now=NOW)
    part = await only_part(db, office)
    await progress.report_done(db, office.actor("dung"), part.id, Claim("https://e.vn/1"), NOW)
    [report] = await rows(db, ReportRow)
    lan = office.actor("lan")
    await deciding.decide(db, lan, report.id or 0, NOW)
    await keep(office, f"gộp {VB} > {HC}")

    await reopening.reopen(db, lan, report.id or 0, "nhầm", NOW)

    left = await only_part(db, office)
    assert (left.id, left.unit, left.progress) == (part.id, HC, Progress.RETURNED)
    minh = office.actor("minh")
    await progress.report_done(db, minh, part.id, Claim("https://e.vn/2"), NOW)


@pytest.mark.parametrize("waits", [False, True])
async def test_work_that_was_once_taken_from_the_other_unit_is_not_lost(
    office: Office, db: Database, waits: bool
) -> None:
    await office.activate(make_item("III.5", lead=(HC,)), now=NOW)
    await keep_change(office, change_flows.OWNERS, code="III.5", units=VB)
    part = await only_part(db, office)
    assert part.unit == VB

    if waits:
        await returned(office, part.id)
    else:
        async with db.read() as session:
            found = await unit_counts.hand_over(
                session, office.id, office.units[VB], office.units[HC]
            )
        assert [one.id for one in found.moved] == [part.id]
        assert (found.covered, found.waiting) == ((), ())
        await keep(office, f"gộp {VB} > {HC}")

    left = await only_part(db, office)
    assert (left.unit, left.duty, left.owed) == (HC, Duty.LEAD, True)
    assert left.id != part.id
