"""Settling what is open in a draft: every kind of question, and what its answer changes."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.assignment.reader import read_assignment
from bot.domain.deadline import DateDeadline, Ongoing, Unspecified, calendar_year
from bot.domain.errors import AlreadyHandled, NotAllowed, NotFound, UserError
from bot.domain.grammar.reader import read_deadlines
from bot.domain.plan import PlanItem, UnitRef
from bot.domain.problem import problem
from bot.domain.reading.prose import TO_CONFIRM
from bot.domain.reading.reader import read_plan
from bot.domain.review import NO_LEAD, Topic
from bot.domain.roles import Role
from bot.domain.units.registry import UnitRegistry
from bot.domain.work import DeadlineKind, Duty
from bot.intake.document import read_document
from bot.services import loading, review
from bot.services.loading import DraftKey, Way
from bot.services.review import Review
from bot.services.review_answers import Answer, AsRead, NoUnit, OnDeadline, TheUnit, TheUnits
from storage.models import (
    AuditRow,
    DeadlineRow,
    ItemRow,
    ItemUnitRow,
    OccurrenceRow,
    PartRow,
    UnitAliasRow,
    UpdateRow,
)
from tests.builders import UNITS, Office, day, make_item, make_reading, rows, vn

NOW = vn("2024-04-19 16:00")
MISSPELT = "Phòng Hành chánh"
HOA = (Role.COORDINATOR, None)


def unknown(name: str, suggestion: str | None = None) -> UnitRef:
    return UnitRef(name, suggestion=suggestion, score=90.0 if suggestion else None)


def collective(name: str) -> UnitRef:
    return UnitRef(name, collective=True)


def written(code: str, deadline: str, **other: Any) -> PlanItem:
    """Return an item whose deadline cell is read as a plan's is."""
    found = read_deadlines(deadline, calendar_year(2024))
    item = make_item(code, due=found.deadlines or None, **other)
    return replace(item, deadline_text=deadline, problems=found.problems)


async def drafted(office: Office, *items: PlanItem, **other: Any) -> DraftKey:
    reading = replace(make_reading(*items), **other)
    return await loading.keep(office.db, office.actor("lan"), reading, b"x", "a.docx", NOW)


async def first(office: Office, key: DraftKey) -> Review:
    return await review.look(office.db, office.actor("lan"), key, "first", NOW)


async def say(office: Office, key: DraftKey, said: Answer, who: str = "lan") -> Review:
    """Answer the first question."""
    asked = (await review.look(office.db, office.actor("lan"), key, "first", NOW)).question
    assert asked is not None
    return await review.answer(office.db, office.actor(who), key, asked.key, said, NOW)


async def test_a_written_name_is_asked_once_and_the_answer_holds_everywhere(
    office: Office,
) -> None:
    ref = unknown(MISSPELT, "Phòng Hành chính")
    problems = (problem("“{name}” is unknown.", name=MISSPELT),)
    key = await drafted(
        office,
        replace(make_item("I.1"), lead=(ref,), problems=problems),
        replace(make_item("I.2", internal=[("x", make_item().deadlines[0])]), cooperate=(ref,)),
    )
    asked = (await first(office, key)).question

    after = await say(office, key, TheUnit(office.units["Phòng Hành chính"]))

    assert asked is not None
    assert (asked.topic, asked.written, asked.codes) == (Topic.UNIT, MISSPELT, ("I.1", "I.2"))
    assert asked.suggestion == "Phòng Hành chính"
    assert after.question is not None  # "x", which an internal deadline names
    named = await rows(office.db, ItemUnitRow, ItemUnitRow.written == "Phòng Hành chính")
    assert {row.unit_id for row in named} == {office.units["Phòng Hành chính"]}
    assert not await rows(office.db, ItemUnitRow, ItemUnitRow.written == MISSPELT)
    assert all(not item.problems for item in await rows(office.db, ItemRow))


async def test_an_answer_is_remembered_so_that_the_next_plan_does_not_ask(
    office: Office,
) -> None:
    key = await drafted(office, replace(make_item(), lead=(unknown(MISSPELT),)))
    await say(office, key, TheUnit(office.units["Phòng Hành chính"]))

    aliases = await rows(office.db, UnitAliasRow, UnitAliasRow.alias == MISSPELT)
    assert [row.unit_id for row in aliases] == [office.units["Phòng Hành chính"]]
    actor = office.actor("lan")
    text = (
        "KẾ HOẠCH NĂM 2025\nSTT\tNhiệm vụ\tTiến độ\tPhân công\n"
        f"1\tBáo cáo\t15/3/2025\t{MISSPELT}\n"
    )
    reading = await loading.read_file(office.db, actor, text.encode(), "b.txt", Way(), NOW)
    assert reading.items[0].lead == (UnitRef("Phòng Hành chính", certain=True),)


async def test_a_name_that_is_no_unit_is_struck_and_its_item_asks_who_leads(
    office: Office,
) -> None:
    key = await drafted(office, replace(make_item(), lead=(unknown("Sở Nội vụ"),)))

    after = await say(office, key, NoUnit())

    assert after.question is not None
    assert after.question.topic is Topic.LEAD
    assert await rows(office.db, ItemUnitRow) == []
    assert not await rows(office.db, UnitAliasRow, UnitAliasRow.alias == "Sở Nội vụ")


async def test_a_collective_nobody_can_resolve_becomes_the_units_chosen(office: Office) -> None:
    asked = "các đơn vị liên quan"
    internal = make_item(internal=[(asked, make_item(due="2024-06-20").deadlines[0])])
    key = await drafted(office, replace(internal, cooperate=(collective(asked),)))
    ids = (office.units["Phòng Hành chính"], office.units["Phòng Văn bản"])

    after = await say(office, key, TheUnits(ids))

    assert after.question is None
    named = await rows(office.db, ItemUnitRow, ItemUnitRow.duty == Duty.COOPERATE)
    assert [row.written for row in named] == ["Phòng Văn bản"]  # the other one leads
    due = (await rows(office.db, DeadlineRow, DeadlineRow.internal))[0]
    assert [name for name, _ in due.written_units] == ["Phòng Hành chính", "Phòng Văn bản"]
    await loading.activate(office.db, office.actor("lan"), key, NOW)
    duties = sorted((row.unit_id, row.duty) for row in await rows(office.db, PartRow))
    assert duties == [(ids[0], Duty.INTERNAL), (ids[0], Duty.LEAD), (ids[1], Duty.INTERNAL)]


async def test_a_collective_that_the_unit_list_resolves_is_not_asked(office: Office) -> None:
    key = await drafted(
        office, replace(make_item(), cooperate=(collective("các phòng chuyên môn"),))
    )

    assert (await first(office, key)).question is None


async def test_an_item_without_a_lead_gets_the_units_chosen(office: Office) -> None:
    item = replace(make_item(lead=()), problems=(problem(NO_LEAD),))
    key = await drafted(office, item)

    with pytest.raises(UserError):
        await say(office, key, TheUnits(()))
    after = await say(office, key, TheUnits((office.units["Phòng Văn bản"],)))

    assert after.question is None
    assert [row.written for row in await rows(office.db, ItemUnitRow)] == ["Phòng Văn bản"]
    assert (await rows(office.db, ItemRow))[0].problems == []


async def test_a_doubtful_deadline_is_accepted_as_read(office: Office) -> None:
    key = await drafted(office, written("I.1", "Giữa quý II/2024"))
    asked = (await first(office, key)).question

    after = await say(office, key, AsRead())

    assert asked is not None
    assert (asked.topic, asked.written) == (Topic.DEADLINE, "Giữa quý II/2024")
    assert asked.problems
    assert after.question is None
    assert [row.due for row in await rows(office.db, OccurrenceRow)] == [day("2024-05-31")]


async def test_a_day_that_does_not_exist_is_never_guessed_only_proposed(office: Office) -> None:
    key = await drafted(office, written("I.1", "31/6/2024"))
    asked = (await first(office, key)).question

    assert asked is not None
    assert asked.proposals == (DateDeadline(day("2024-06-30"), "31/6/2024"),)
    assert [row.due for row in await rows(office.db, OccurrenceRow)] == [None]
    await say(office, key, OnDeadline(asked.proposals[0]))
    assert [row.due for row in await rows(office.db, OccurrenceRow)] == [day("2024-06-30")]


async def test_an_empty_cell_proposes_the_plans_year_or_ongoing(office: Office) -> None:
    key = await drafted(office, written("I.1", ""))
    asked = (await first(office, key)).question

    assert asked is not None
    whole, always = asked.proposals
    assert whole == DateDeadline(day("2024-12-31"), "", start=day("2024-01-01"))
    assert always == Ongoing("")


@pytest.mark.parametrize("cell", ["31/6/2024", ""])
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (OnDeadline(Unspecified("", "")), DeadlineKind.UNSPECIFIED),
        (OnDeadline(Ongoing("")), DeadlineKind.ONGOING),
        (OnDeadline(DateDeadline(day("2024-06-28"), "")), DeadlineKind.DATE),
    ],
)
async def test_a_deadline_that_was_set_is_not_asked_again(
    office: Office, cell: str, said: Answer, kind: DeadlineKind
) -> None:
    key = await drafted(office, written("I.1", cell))

    after = await say(office, key, said)

    assert after.question is None
    assert [row.kind for row in await rows(office.db, DeadlineRow)] == [kind]
    assert len(await rows(office.db, OccurrenceRow)) == 1


async def test_a_new_deadline_leaves_the_internal_ones_alone(office: Office) -> None:
    internal = [("Phòng Văn bản", make_item(due="2024-06-20").deadlines[0])]
    key = await drafted(office, written("I.1", "31/6/2024", internal=internal))

    await say(office, key, OnDeadline(DateDeadline(day("2024-06-28"), "")))

    found = [(row.internal, row.kind) for row in await rows(office.db, DeadlineRow)]
    assert sorted(found) == [(False, DeadlineKind.DATE), (True, DeadlineKind.DATE)]


async def test_a_typed_date_is_read_back_before_it_counts(office: Office) -> None:
    key = await drafted(office, written("I.1", "31/6/2024"))
    asked = (await first(office, key)).question
    assert asked is not None
    assert asked.item is not None
    lan, item = office.actor("lan"), asked.item.id

    unread = await review.typed_date(office.db, lan, item, "31/6", NOW)
    typed = await review.typed_date(office.db, lan, item, "28/6", NOW)

    assert unread.day is None
    assert typed.day is not None
    assert typed.day.due == dt.date(2024, 6, 28)
    assert typed.review.question == asked
    assert [row.due for row in await rows(office.db, OccurrenceRow)] == [None]


async def test_a_date_typed_too_late_changes_nothing(office: Office) -> None:
    key = await drafted(office, written("I.1", "31/6/2024"))
    asked = (await first(office, key)).question
    assert asked is not None
    assert asked.item is not None
    lan, item = office.actor("lan"), asked.item.id
    await say(office, key, OnDeadline(Ongoing("")))

    with pytest.raises(UserError) as settled:
        await review.typed_date(office.db, lan, item, "28/6", NOW)
    await loading.activate(office.db, lan, key, NOW)
    with pytest.raises(UserError) as active:
        await review.typed_date(office.db, lan, item, "28/6", NOW)
    with pytest.raises(UserError):
        await review.typed_date(office.db, lan, 999, "28/6", NOW)

    assert settled.value.problem.msgid == review.SETTLED
    assert active.value.problem.msgid == loading.IS_ACTIVE


async def test_other_problems_are_shown_and_seen(office: Office) -> None:
    own, plans = problem("The row has no number."), problem("Number 1 is missing.")
    key = await drafted(office, replace(make_item(), problems=(own,)), problems=(plans,))
    topics = []
    for _ in range(2):
        asked = (await first(office, key)).question
        assert asked is not None
        topics.append((asked.topic, asked.problems, asked.item is None))
        after = await say(office, key, AsRead())

    assert topics == [(Topic.NOTE, (own,), False), (Topic.NOTE, (plans,), True)]
    assert after.question is None


async def test_the_problems_of_a_real_reading_each_find_their_question(office: Office) -> None:
    text = (
        "KẾ HOẠCH NĂM 2024\nSTT\tNhiệm vụ\tTiến độ\tPhân công\nI\tCHUNG\n"
        f"1\tBáo cáo\tGiữa quý II\t{MISSPELT}\n"
        "3\tRà soát\t31/6/2024\t\n"
    )
    reading = read_plan(read_document(text.encode(), "a.txt"), UnitRegistry(UNITS))
    key = await loading.keep(office.db, office.actor("lan"), reading, b"x", "a.txt", NOW)
    found = await first(office, key)

    topics = []
    while found.question is not None:
        topics.append((found.question.topic, *found.question.codes))
        if not found.following:
            break
        found = await review.look(office.db, office.actor("lan"), key, found.following, NOW)

    assert topics == [
        (Topic.UNIT, "I.1"),
        (Topic.LEAD, "I.3"),
        (Topic.DEADLINE, "I.1"),
        (Topic.DEADLINE, "I.3"),
        (Topic.NOTE,),
    ]


def test_the_reader_still_says_that_a_lead_is_missing_in_these_words() -> None:
    found = read_assignment("", UnitRegistry(UNITS), calendar_year(2024))

    assert NO_LEAD in [one.msgid for one in found.problems]


async def test_two_coordinators_settle_a_question_once(office: Office) -> None:
    await office.enrol("hoa", *HOA)
    key = await drafted(office, written("I.1", "31/6/2024"))
    asked = (await first(office, key)).question
    assert asked is not None
    lan, hoa = office.actor("lan"), office.actor("hoa")
    on = OnDeadline(DateDeadline(day("2024-06-28"), ""))
    await review.answer(office.db, lan, key, asked.key, on, NOW)

    with pytest.raises(UserError) as late:
        await review.answer(office.db, hoa, key, asked.key, OnDeadline(Ongoing("")), NOW)

    assert late.value.problem.msgid == review.SETTLED
    assert [row.due for row in await rows(office.db, OccurrenceRow)] == [day("2024-06-28")]


async def test_an_answer_that_comes_twice_counts_once_and_is_recorded(office: Office) -> None:
    key = await drafted(office, written("I.1", "31/6/2024"))
    asked = (await first(office, key)).question
    assert asked is not None
    async with office.db.begin() as session:
        session.add(UpdateRow(id=7, body={}, received_at=NOW))
    actor = office.actor("lan", update_id=7)
    await review.answer(office.db, actor, key, asked.key, OnDeadline(Ongoing("")), NOW)

    with pytest.raises(AlreadyHandled):
        await review.answer(office.db, actor, key, asked.key, OnDeadline(Ongoing("")), NOW)

    found = await rows(office.db, AuditRow, AuditRow.act == "plan.review")
    assert [(row.person_id, row.subject) for row in found] == [(office.persons["lan"], "item")]
    assert found[0].before["deadlines"]


@pytest.mark.parametrize("said", [TheUnit(1), NoUnit(), TheUnits((1,)), AsRead()])
async def test_an_answer_to_another_question_is_refused(office: Office, said: Answer) -> None:
    unit = await drafted(office, replace(make_item(), lead=(unknown("Ban Lạ"),)))
    fits = isinstance(said, TheUnit | NoUnit)
    if fits:
        await say(office, unit, NoUnit())

    with pytest.raises(UserError):
        await say(office, unit, said)


async def test_a_unit_of_nobody_is_refused(office: Office) -> None:
    key = await drafted(office, replace(make_item(), lead=(unknown("Ban Lạ"),)))

    with pytest.raises(UserError):
        await say(office, key, TheUnit(9999))

    assert not await rows(office.db, UnitAliasRow, UnitAliasRow.alias == "Ban Lạ")


@pytest.mark.parametrize("who", ["minh", "thao", "viet"])
async def test_only_the_office_looks_and_answers(office: Office, who: str) -> None:
    key = await drafted(office, replace(make_item(), lead=(unknown("Ban Lạ"),)))

    with pytest.raises(NotAllowed):
        await say(office, key, NoUnit(), who)
    with pytest.raises(NotAllowed):
        await review.look(office.db, office.actor(who), key, "first", NOW)


async def test_another_offices_draft_is_not_there(office: Office) -> None:
    key = await drafted(office, replace(make_item(), lead=(unknown("Ban Lạ"),)))

    with pytest.raises(NotFound):
        await review.look(office.db, office.actor("lan"), DraftKey(key.plan_id + 1, 1), "", NOW)


async def test_one_answer_can_settle_every_question_alike(office: Office) -> None:
    confirm = problem(TO_CONFIRM, start="01/01/2024", end="31/12/2024")
    items = [
        replace(make_item(f"I.{n}", lead=(), section=section), problems=(confirm,))
        for n, section in ((1, "I. A"), (2, "I. A"), (3, "II. B"))
    ]
    key = await drafted(office, *items)
    found = await first(office, key)
    assert found.question is not None
    unit = office.units["Phòng Văn bản"]
    lan = office.actor("lan")

    third = await review.answer(
        office.db, lan, key, found.question.key, TheUnits((unit,)), NOW, everywhere=True
    )
    assert third.question is not None
    times = await review.answer(office.db, lan, key, third.question.key, TheUnits((unit,)), NOW)
    assert times.question is None or times.question.topic is Topic.DEADLINE
    asked = (await first(office, key)).question
    assert asked is not None
    after = await review.answer(office.db, lan, key, asked.key, AsRead(), NOW, everywhere=True)

    assert found.alike == 2
    assert third.question.codes == ("I.3",)
    assert (asked.topic, asked.problems) == (Topic.DEADLINE, (confirm,))
    assert after.total == 0
    assert len(await rows(office.db, AuditRow, AuditRow.act == "plan.review")) == 6


async def test_doubtful_deadlines_are_never_accepted_in_bulk(office: Office) -> None:
    key = await drafted(
        office, written("I.1", "Giữa quý II/2024"), written("I.2", "Giữa quý II/2024")
    )

    assert (await first(office, key)).alike == 1
