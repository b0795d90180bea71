"""What Văn phòng did last is taken back too: events, units, new items, settings, parts handed."""

import datetime as dt

import pytest

from bot.domain.errors import UserError
from bot.domain.plan import PlanItem
from bot.domain.work import Part
from bot.services import (
    change_flows,
    changing,
    conclusions,
    difficulties,
    handing,
    progress,
    undoing,
)
from bot.services.change_steps import Ready
from bot.services.messages_undoing import LastAct
from bot.services.progress import Claim
from storage.db import Database
from storage.models import AuditRow, ItemRow, ItemUnitRow, OfficeRow, PartRow
from tests import trail
from tests.builders import (
    Clock,
    Delivered,
    Office,
    after_event,
    day,
    make_item,
    parts_of,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-04-19 09:00")
SOON = NOW + dt.timedelta(minutes=3)


PLAIN = ("code", "name")  # what is picked, not typed


class Desk:
    """Văn phòng at work: each act is an update of its own, and the record is held to the rows."""

    def __init__(self, office: Office, before: trail.State, since: int) -> None:
        self.office, self.db, self.before, self.since = office, office.db, before, since
        self.updates = 900

    async def change(self, flow: str, now: dt.datetime = NOW, **args: str) -> None:
        self.updates += 1
        lan = self.office.actor("lan", update_id=self.updates)
        typed = {key if key in PLAIN else f"?{key}": text for key, text in args.items()}
        shown = await changing.begin(self.db, lan, flow, typed, now)
        assert isinstance(shown.step, Ready), shown.step
        await changing.confirm(self.db, lan, shown.token, now)

    async def undo(self, who: str = "lan", now: dt.datetime = SOON) -> LastAct:
        self.updates += 1
        actor = self.office.actor(who, update_id=self.updates)
        found = await undoing.last_act(self.db, actor, now)
        assert found is not None
        return await undoing.undo(self.db, actor, found.key, now)

    async def check(self) -> None:
        """Hold what the record says against what there is."""
        entries = await rows(self.db, AuditRow, AuditRow.id > self.since)  # type: ignore[operator]
        assert trail.disagreements(self.before, entries, await trail.now(self.db)) == []


async def desk_with(office: Office, *items: PlanItem) -> Desk:
    await office.activate(*items)
    entries = await rows(office.db, AuditRow)
    since = max((row.id or 0 for row in entries), default=0)
    return Desk(office, await trail.now(office.db), since)


async def open_parts(office: Office) -> list[Part]:
    return [part for part in await parts_of(office.db, office) if part.owed]


async def test_a_mistyped_event_is_taken_back_and_recorded_anew(office: Office) -> None:
    desk = await desk_with(office, make_item("II.3", due=after_event()))
    await desk.change(change_flows.EVENT, code="II.3", day="01/02/2024")

    done = await desk.undo()
    none = await open_parts(office)
    await desk.change(change_flows.EVENT, SOON, code="II.3", day="01/03/2024")

    (part,) = await open_parts(office)
    dropped = [r.decision for r in await rows(desk.db, PartRow, PartRow.progress == "dropped")]
    assert (done.act, done.code, done.units) == ("occurrence.event", "II.3", (HC,))
    assert none == []
    assert part.due == day("2024-03-31")
    assert dropped == ["rút lại"]
    await desk.check()


async def test_an_event_stays_where_the_unit_has_reported(office: Office) -> None:
    desk = await desk_with(office, make_item("II.3", due=after_event()))
    await desk.change(change_flows.EVENT, code="II.3", day="01/04/2024")
    (part,) = await open_parts(office)
    minh = office.actor("minh")
    await progress.report_done(desk.db, minh, part.id, Claim("https://e.vn/1"), SOON)

    with pytest.raises(UserError, match="rests on it"):
        await desk.undo()


async def test_an_event_stays_where_the_unit_has_said_what_is_difficult(office: Office) -> None:
    desk = await desk_with(office, make_item("II.3", due=after_event()))
    await desk.change(change_flows.EVENT, code="II.3", day="01/04/2024")
    (part,) = await open_parts(office)
    await difficulties.raise_difficulty(desk.db, office.actor("thao"), part.id, "thiếu", SOON)

    with pytest.raises(UserError, match="rests on it"):
        await desk.undo()


async def test_the_day_of_an_event_can_be_corrected_later(office: Office) -> None:
    desk = await desk_with(office, make_item("II.3", due=after_event()))
    await desk.change(change_flows.EVENT, code="II.3", day="01/04/2024")

    later = NOW + dt.timedelta(days=2)
    await desk.change(change_flows.DATE, later, code="II.3", day="15/5/2024")

    (part,) = await open_parts(office)
    assert (part.due, part.original_due) == (day("2024-05-15"), day("2024-05-15"))
    await desk.check()


async def test_units_given_are_taken_back_with_their_parts(office: Office, db: Database) -> None:
    desk = await desk_with(office, make_item("I.1", cooperate=("Văn phòng",)))
    before = {(p.unit, p.duty) for p in await open_parts(office)}
    named = [(r.written, r.duty, r.unit_id) for r in await rows(db, ItemUnitRow)]
    await desk.change(change_flows.OWNERS, code="I.1", units=VB)

    done = await desk.undo()

    after = {(p.unit, p.duty) for p in await open_parts(office)}
    assert done.act == "item.name"
    assert after == before
    assert [(r.written, r.duty, r.unit_id) for r in await rows(db, ItemUnitRow)] == named
    await desk.check()


async def test_an_added_item_is_taken_back_whole_and_its_units_hear_it(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = SOON
    desk = await desk_with(office, make_item("I.1"))
    said = {"title": "Việc mới", "product": "Báo cáo", "source": "QĐ 5", "deadline": "30/5/2024"}
    await desk.change(change_flows.ADD, **said, units=VB)
    while await delivered.one():
        pass

    await desk.undo()
    while await delivered.one():
        pass

    item = (await rows(desk.db, ItemRow))[-1]
    told, taken_back = delivered.sender.to("vb")
    assert item.removed_at == SOON
    assert [part.code for part in await open_parts(office)] == ["I.1"]
    assert item.code in told
    assert "rút lại" in taken_back
    assert item.code in taken_back
    await desk.check()


async def test_conclusions_are_taken_back_and_each_unit_hears_of_its_own(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = SOON
    desk = await desk_with(office, make_item("I.1"))
    lan = office.actor("lan", update_id=501)
    text = "Rà soát hồ sơ tồn – HC – 26/4\nLập danh mục – VB – 26/4"
    found = await conclusions.look(desk.db, lan, text, NOW)
    await conclusions.give(desk.db, lan, found.mark, NOW)
    while await delivered.one():
        pass

    done = await desk.undo()
    while await delivered.one():
        pass

    assert done.code == "KL.1, KL.2"
    assert [part.code for part in await open_parts(office)] == ["I.1"]
    assert "KL.1" in delivered.sender.to("hc")[-1]
    assert "KL.2" not in delivered.sender.to("hc")[-1]
    assert "KL.2" in delivered.sender.to("vb")[-1]
    assert "Rà soát" not in delivered.sender.to("vb")[-1]
    await desk.check()


async def test_a_setting_is_taken_back(office: Office, db: Database) -> None:
    desk = await desk_with(office, make_item("I.1"))
    before = (await rows(db, OfficeRow))[0].settings
    await desk.change(change_flows.SETTINGS, name="undo_minutes", value="30")
    between = (await rows(db, OfficeRow))[0].settings

    done = await desk.undo()

    assert between["undo_minutes"] == 30
    assert (done.item_id, done.settings) == (None, ("undo_minutes",))
    assert (await rows(db, OfficeRow))[0].settings == before
    await desk.check()


async def test_a_part_handed_over_is_taken_back(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = SOON
    desk = await desk_with(office, make_item())
    minh = office.actor("minh", update_id=502)
    await handing.hand_to(desk.db, minh, 1, office.persons["thao"], NOW)
    while await delivered.one():
        pass

    await desk.undo("minh")
    while await delivered.one():
        pass

    assert (await rows(desk.db, PartRow))[0].assignee_id is None
    assert "rút lại" in delivered.sender.to("thao")[-1]
    await desk.check()
