"""Loading a plan in chat: who may, what is counted, what becomes of a draft."""

from typing import Any

import pytest

from bot.domain.errors import AlreadyHandled, BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.plan import UnreadableDocument
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind
from bot.services import loading, loading_summary
from bot.services.loading import DraftKey, Way
from storage.db import Database
from storage.models import AuditRow, ItemRow, PartRow, PlanRow, UpdateRow
from tests.builders import (
    Delivered,
    Office,
    after_event,
    as_told,
    change,
    every,
    make_item,
    make_reading,
    ongoing,
    rows,
    vn,
)

NOW = vn("2024-04-19 16:00")
PLAN = (
    "KẾ HOẠCH CÔNG TÁC NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tCHUNG\n"
    "1\tLập danh mục\tDanh mục\tTrước ngày 30/4/2024\tPhòng Hành chính\n"
    "2\tBáo cáo\tBáo cáo\t15/3/2024\tPhòng Hành chánh\n"
).encode()


async def kept(office: Office, *items: Any, who: str = "lan", source: bytes = b"x") -> DraftKey:
    """Keep a reading as a draft, as a chat does."""
    actor = office.actor(who)
    reading = make_reading(*(items or (make_item(),)))
    return await loading.keep(office.db, actor, reading, source, "ke-hoach.docx", NOW)


async def told(db: Database, update_id: int) -> None:
    """Let an update be known, so that it acts once."""
    async with db.begin() as session:
        session.add(UpdateRow(id=update_id, body={}, received_at=NOW))


@pytest.mark.parametrize("who", ["minh", "thao", "viet"])
async def test_only_the_office_may_load(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        await loading.check_may_load(office.db, office.actor(who), "a.docx", "", NOW)
    with pytest.raises(NotAllowed):
        await kept(office, who=who)

    assert await rows(office.db, PlanRow) == []


async def test_a_stranger_is_not_known(office: Office) -> None:
    with pytest.raises(NotFound):
        await loading.check_may_load(office.db, office.actor("khach"), "a.docx", "", NOW)


@pytest.mark.parametrize(("name", "caption"), [("MẬT.docx", ""), ("a.docx", "Gửi\nTỐI MẬT")])
async def test_a_mark_of_secrecy_is_refused_before_anything_is_fetched(
    office: Office, name: str, caption: str
) -> None:
    with pytest.raises(BearsSecretMark):
        await loading.check_may_load(office.db, office.actor("lan"), name, caption, NOW)


async def test_a_mark_inside_the_file_is_refused(office: Office) -> None:
    marked = "MẬT\n".encode() + PLAN

    with pytest.raises(BearsSecretMark):
        await loading.read_file(office.db, office.actor("lan"), marked, "a.txt", Way(), NOW)


async def test_a_file_that_is_no_plan_stores_nothing(office: Office) -> None:
    with pytest.raises(UnreadableDocument):
        await loading.read_file(office.db, office.actor("lan"), b"\x00\x01", "a.bin", Way(), NOW)

    assert await rows(office.db, PlanRow) == []


async def test_reading_that_takes_too_long_is_given_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setattr(loading, "READ_WITHIN", vn("2024-01-01 00:00") - vn("2024-01-01 00:00"))
    monkeypatch.setattr(loading, "_read", lambda *_: time.sleep(0.2))

    with pytest.raises(UnreadableDocument):
        await loading.read_file(office.db, office.actor("lan"), PLAN, "a.txt", Way(), NOW)


async def test_a_year_given_beside_the_file_counts(office: Office) -> None:
    plain = PLAN.replace("NĂM 2024".encode(), b"").replace(b"/2024", b"")

    with pytest.raises(UnreadableDocument):
        await loading.read_file(office.db, office.actor("lan"), plain, "a.txt", Way(), NOW)
    reading = await loading.read_file(
        office.db, office.actor("lan"), plain, "a.txt", Way(2025), NOW
    )

    assert reading.period.year == 2025


async def test_the_summary_counts_what_was_understood(office: Office) -> None:
    key = await kept(
        office,
        make_item("I.1", due="2024-03-15"),
        make_item("I.2", due=every("2024-03-14", "2024-06-14")),
        make_item("I.3", due=ongoing(), section="II. RIÊNG"),
        make_item("I.4", due=after_event()),
        make_item("I.5", due=as_told(), lead=()),
        make_item("I.6", due="2024-06-30", internal=[("Phòng Văn bản", make_due())]),
    )

    found = await loading_summary.summary(office.db, office.actor("lan"), key, NOW)

    assert (found.items, found.sections, found.internal) == (6, 2, 1)
    assert found.kinds == {
        DeadlineKind.DATE: 2,
        DeadlineKind.RECURRING: 1,
        DeadlineKind.ONGOING: 1,
        DeadlineKind.RELATIVE: 1,
        DeadlineKind.UNSPECIFIED: 1,
    }
    assert found.past == 2  # 15/3 and 14/3
    assert (found.without_lead, found.questions) == (1, 1)
    assert found.without_chat == ()
    assert found.without_head == ("VP", "TG")
    assert found.state is PlanState.DRAFT


def make_due() -> Any:
    return make_item(due="2024-06-20").deadlines[0]


async def test_the_same_file_opens_the_draft_that_there_is(office: Office) -> None:
    key = await kept(office, source=PLAN)

    again = await loading.draft_of_file(office.db, office.actor("lan"), PLAN, NOW)
    other = await loading.draft_of_file(office.db, office.actor("lan"), b"other", NOW)

    assert (again, other) == (key, None)


async def test_nobody_hears_of_a_draft_and_the_units_do_from_the_morning_after(
    office: Office, delivered: Delivered
) -> None:
    key = await kept(office, make_item(due="2024-04-26"))

    assert await delivered.tick("2024-04-22 07:30") == []
    done = await loading.activate(office.db, office.actor("lan"), key, vn("2024-04-22 09:00"))
    assert done.parts == 1
    assert await delivered.tick("2024-04-22 09:01") == []
    assert "hc" in await delivered.tick("2024-04-23 07:30")


async def test_a_second_press_says_that_the_plan_is_active(office: Office) -> None:
    key = await kept(office)
    await loading.activate(office.db, office.actor("lan"), key, NOW)

    with pytest.raises(UserError) as refused:
        await loading.activate(office.db, office.actor("lan"), key, NOW)
    with pytest.raises(UserError):
        await loading.discard(office.db, office.actor("lan"), key, NOW)

    assert refused.value.problem.msgid == loading.IS_ACTIVE
    assert len(await rows(office.db, PartRow)) == 1
    found = await loading_summary.summary(office.db, office.actor("lan"), key, NOW)
    assert found.state is PlanState.ACTIVE


async def test_an_update_that_comes_twice_activates_once(office: Office) -> None:
    key = await kept(office)
    await told(office.db, 7)
    actor = office.actor("lan", update_id=7)
    await loading.activate(office.db, actor, key, NOW)

    with pytest.raises(AlreadyHandled):
        await loading.activate(office.db, actor, key, NOW)

    acts = [row.act for row in await rows(office.db, AuditRow, AuditRow.subject == "plan")]
    assert acts == ["plan.load", "plan.activate"]


@pytest.mark.parametrize("who", ["minh", "viet"])
async def test_only_the_office_activates_discards_and_reads(office: Office, who: str) -> None:
    key = await kept(office)

    for act in (loading.activate, loading.discard, loading.the_draft, loading_summary.summary):
        with pytest.raises(NotAllowed):
            await act(office.db, office.actor(who), key, NOW)

    assert (await rows(office.db, PlanRow))[0].state is PlanState.DRAFT


async def test_a_discarded_draft_leaves_a_record_and_no_items(office: Office) -> None:
    key = await kept(office)

    title = await loading.discard(office.db, office.actor("lan"), key, NOW)

    assert title == "Kế hoạch công tác"
    assert await rows(office.db, PlanRow) == []
    assert await rows(office.db, ItemRow) == []
    record = (await rows(office.db, AuditRow, AuditRow.act == "plan.discard"))[0]
    assert record.person_id == office.persons["lan"]
    assert record.before["items"] == 1


async def test_a_button_of_a_discarded_draft_never_reaches_the_next_one(office: Office) -> None:
    key = await kept(office)
    await loading.discard(office.db, office.actor("lan"), key, NOW)
    reading = make_reading(make_item())
    later = vn("2024-04-19 16:05")
    fresh = await loading.keep(office.db, office.actor("lan"), reading, b"y", "b.docx", later)

    with pytest.raises(NotFound) as refused:
        await loading.activate(office.db, office.actor("lan"), key, later)

    assert fresh.plan_id == key.plan_id  # the number is given again
    assert refused.value.problem.msgid == loading.IS_DISCARDED
    assert dict(refused.value.problem.params)["who"] == "lan"


async def test_a_draft_loaded_anew_is_not_the_one_of_old_buttons(office: Office) -> None:
    key = await kept(office)
    await office.load(make_item("II.1"), source=b"x", now=vn("2024-04-19 17:00"))

    with pytest.raises(NotFound) as refused:
        await loading.the_draft(office.db, office.actor("lan"), key, NOW)

    assert refused.value.problem.msgid == loading.IS_REPLACED


async def test_drafts_that_wait_are_listed_the_newest_first(office: Office) -> None:
    first = await kept(office, source=b"1")
    await office.activate(make_item(), source=b"2")
    reading = make_reading(make_item(), title="Kế hoạch sau")
    later = vn("2024-04-20 09:00")
    second = await loading.keep(office.db, office.actor("lan"), reading, b"3", "c.docx", later)

    found = await loading.open_drafts(office.db, office.actor("lan"), later)

    assert [key for key, _ in found] == [second, first]


async def test_a_closed_plan_is_not_called_active(office: Office) -> None:
    key = await kept(office)
    await change(office.db, PlanRow, key.plan_id, state=PlanState.CLOSED)

    with pytest.raises(UserError) as refused:
        await loading.activate(office.db, office.actor("lan"), key, NOW)

    assert refused.value.problem.msgid == loading.IS_CLOSED
