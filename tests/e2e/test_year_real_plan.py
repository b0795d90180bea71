"""The real plan's whole year 2024, through the real code, on the real calendar."""

import asyncio
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.outbox import OutboxState
from bot.domain.reminder import begins_on, ladder_of
from bot.domain.rules import Rules
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.services.walk import Sent
from storage.models import OutboxRow, PartRow, ReminderRow
from storage.parts import parts_where
from tests.builders import CALENDAR, day, rows, vn
from tests.conftest import Templates
from tests.e2e.conftest import REAL_PLAN, REAL_UNITS, needs_real_plan
from tests.simulated_year import begin_year

pytestmark = needs_real_plan
BEGIN, END = day("2024-01-02"), day("2024-12-31")
SWAPPED_OFF, WORKED = day("2024-04-29"), day("2024-05-04")
# What is reported many weeks late, so that everybody above the unit hears of it.
LATE, AT_LAST = "II.2", day("2024-03-01")


# By (part, due day) and step: the days of the messages that went out.
Ledger = dict[tuple[int, dt.date], dict[str, set[dt.date]]]
# A day, the chat and the code of an item that is spoken of.
Said = tuple[dt.date, str, str]
OFFICE = "Văn phòng"


@dataclass
class Lived:
    """A year that was lived through: what was sent, and the ledger's lines."""

    parts: list[Part]
    sent: list[Sent]
    ledger: Ledger
    progress: dict[int, Progress]

    def on(self, on: str) -> list[Sent]:
        """Return what was sent on a day."""
        return [one for one in self.sent if one.at.date() == day(on)]

    def steps(self, part: Part) -> dict[str, set[dt.date]]:
        """Return the days on which a part was reminded of, by step."""
        assert part.due is not None
        return self.ledger[part.id, part.due]


@pytest.fixture(scope="module")
def lived(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return asyncio.run(live(templates.empty, tmp_path_factory.mktemp("year")))


async def live(empty: Path, folder: Path) -> Lived:
    year = await begin_year(
        empty,
        folder,
        REAL_PLAN.read_bytes(),
        REAL_UNITS.read_text(encoding="utf-8"),
        vn("2024-01-02 07:00"),
    )
    async with year.db.read() as session:
        parts = await parts_where(session, PartRow.office_id == year.office_id)
    sent = await year.live(BEGIN, END, lambda part, on: part.code != LATE or on >= AT_LAST)
    went_out = OutboxRow.state == OutboxState.SENT
    slots = {row.id: row.slot_on for row in await rows(year.db, OutboxRow, went_out)}
    ledger: Ledger = defaultdict(lambda: defaultdict(set))
    for line in await rows(year.db, ReminderRow):
        if line.outbox_id in slots:
            ledger[line.part_id, line.due][line.step].add(slots[line.outbox_id])
    progress = {row.id: row.progress for row in await rows(year.db, PartRow)}
    await year.db.close()
    return Lived(parts, sent, ledger, progress)


def said_at(sent: Sequence[Sent], clock: str) -> set[Said]:
    """Return what the messages of a time of the day spoke of, by day and chat."""
    return {
        (one.at.date(), one.chat, code)
        for one in sent
        if one.at.strftime("%H:%M") == clock
        for code in one.codes
    }


def chat_of(part: Part) -> str:
    """Return the chat of a part's unit: its group, else Văn phòng's."""
    return part.unit or OFFICE


def fires(part: Part) -> Iterator[tuple[int, dt.date]]:
    """Yield the rungs of a part that fit its term, with the days they come on."""
    assert part.due_day is not None
    remind_by = part.due_day.remind_by(CALENDAR)
    for step in ladder_of(part, Rules()):
        on = CALENDAR.minus_working_days(remind_by, step)
        shown = part.duty is not Duty.COOPERATE or part.leads_open
        if shown and begins_on(part) <= on <= END:
            yield step, on


def dated(lived: Lived) -> list[Part]:
    """Return what fell due in the year after the plan began, and had nobody confused about it."""
    return [part for part in lived.parts if part.due and not part.unsettled]


def test_nothing_is_sent_on_a_day_off_and_the_swapped_days_are_kept(lived: Lived) -> None:
    days = {one.at.date() for one in lived.sent}

    assert [on for on in days if not CALENDAR.is_working(on)] == []
    assert SWAPPED_OFF not in days
    assert len(days) > 150
    assert {one.at.strftime("%H:%M") for one in lived.sent} == {"07:30", "13:30"}


def test_every_dated_occurrence_was_reminded_at_each_step_that_fits(lived: Lived) -> None:
    missing = []
    count = 0
    for part in dated(lived):
        for step, on in fires(part):
            count += 1
            if on not in lived.steps(part).get(str(step), set()):
                missing.append((part.code, part.unit, part.duty, part.due, step, on))

    assert missing == []
    assert count > 800


def test_no_rung_was_told_that_the_plan_does_not_ask_for(lived: Lived) -> None:
    for part in dated(lived):
        told = {step: on for step, on in lived.steps(part).items() if step.isdigit()}
        wanted = {str(step): {on} for step, on in fires(part)}
        assert told == wanted, part


def test_each_rung_is_a_line_in_the_message_of_its_day_in_the_units_own_chat(
    lived: Lived,
) -> None:
    wanted = {(on, chat_of(part), part.code) for part in dated(lived) for _, on in fires(part)}
    said = said_at(lived.sent, "07:30")

    assert len(wanted) > 500
    assert wanted - said == set()
    # And a message that was lost would be missed: the last rung's, of every unit.
    for chat in {chat for _, chat, _ in wanted}:
        last = max(on for on, its, _ in wanted if its == chat)
        others = [one for one in lived.sent if (one.at.date(), one.chat) != (last, chat)]
        assert wanted - said_at(others, "07:30")


def test_what_is_due_that_day_and_nothing_else_is_said_at_half_past_one(lived: Lived) -> None:
    wanted = {
        (part.due_day.remind_by(CALENDAR), chat_of(part), part.code)
        for part in dated(lived)
        if part.due_day
        and part.duty is not Duty.COOPERATE
        and begins_on(part) <= part.due_day.remind_by(CALENDAR) <= END
    }

    assert said_at(lived.sent, "13:30") == wanted
    assert len(wanted) > 100


def test_no_chat_gets_more_than_two_scheduled_messages_a_day(lived: Lived) -> None:
    counted = Counter((one.address, one.at.date()) for one in lived.sent)

    assert max(counted.values()) == 2
    per_slot = Counter((one.address, one.at) for one in lived.sent)
    assert max(per_slot.values()) == 1


@pytest.mark.parametrize(
    ("code", "due", "remind_by"),
    [
        ("VII.5", "2024-04-29", "2024-04-26"),  # Trước 30/4/2024; 29/4 was swapped off
        ("II.2", "2024-01-21", "2024-01-19"),  # Trước ngày 22/01/2024
        ("VIII.1", "2024-04-30", "2024-04-26"),  # Tháng 4/2024
        ("X.5", "2024-02-29", "2024-02-29"),  # Tháng 02/2024
        ("IV.3", "2024-03-31", "2024-03-29"),  # a Sunday
        ("VI.5", "2024-12-14", "2024-12-13"),  # Trước 15/12/2024
        ("II.1", "2024-12-15", "2024-12-13"),  # 15/12/2024, a Sunday
        ("I.7", "2024-06-30", "2024-06-28"),  # Trong 06 tháng đầu năm 2024
    ],
)
def test_the_last_reminder_comes_on_the_last_working_day_as_the_rules_say(
    lived: Lived, code: str, due: str, remind_by: str
) -> None:
    leads = [
        part
        for part in lived.parts
        if part.code == code and part.due == day(due) and part.duty is Duty.LEAD
    ]

    assert leads, [(p.code, p.due, p.duty) for p in lived.parts if p.code == code]
    for part in leads:
        assert lived.steps(part)["0"] == {day(remind_by)}
        assert [one for one in lived.on(remind_by) if code in one.codes]


def test_quarterly_reports_are_reminded_of_before_the_weekends_they_fall_on(
    lived: Lived,
) -> None:
    asked = {
        (part.due, last)
        for part in dated(lived)
        if part.kind is DeadlineKind.RECURRING and part.duty is not Duty.COOPERATE
        for last in lived.steps(part).get("0", ())
        if part.due and part.due.day == 14
    }

    expected = {"2024-03-14", "2024-06-14", "2024-09-14", "2024-12-14"}
    assert {due.isoformat() for due, _ in asked} == expected
    assert {last.isoformat() for _, last in asked} == {
        "2024-03-14", "2024-06-14", "2024-09-13", "2024-12-13",
    }  # fmt: skip


def test_what_is_due_on_a_day_is_said_again_at_half_past_one(lived: Lived) -> None:
    noon = [one for one in lived.on("2024-04-26") if one.kind == "midday"]

    assert noon
    assert "VIII.1" in {code for one in noon for code in one.codes}


def test_work_of_the_whole_year_is_looked_at_in_june_and_september_and_before_it_closes(
    lived: Lived,
) -> None:
    year = [
        part
        for part in dated(lived)
        if part.due == END
        and part.start == day("2024-01-01")
        and part.duty is Duty.LEAD
        and part.unit_id
    ]

    assert len(year) >= 15
    said = said_at(lived.sent, "07:30")
    for part in year:
        for on in ("2024-06-28", "2024-09-30", "2024-12-06"):
            assert (day(on), chat_of(part), part.code) in said
        steps = lived.steps(part)
        assert steps["check:2024-06-30"] == {day("2024-06-28")}
        assert steps["check:2024-09-30"] == {day("2024-09-30")}
        assert steps["year:2024-12-14"] == {day("2024-12-06")}


def asked_of(lived: Lived, kind: DeadlineKind, step: str) -> tuple[set[Said], set[str]]:
    """Return (day, chat, code) of the questions that went out, and the steps' days."""
    asked = {
        (on, chat_of(part), part.code)
        for part in lived.parts
        if part.kind is kind and part.due is None and part.duty is not Duty.COOPERATE
        for (part_id, _), steps in lived.ledger.items()
        if part_id == part.id
        for on in steps.get(step, ())
    }
    return asked, {on.isoformat() for on, _, _ in asked}


def undated(lived: Lived, kind: DeadlineKind) -> set[tuple[str, str]]:
    """Return (chat, code) of all work of a kind that has no day."""
    return {
        (chat_of(part), part.code)
        for part in lived.parts
        if part.kind is kind and part.due is None and part.duty is not Duty.COOPERATE
    }


def test_ongoing_work_is_asked_about_once_a_quarter_in_one_message_a_unit(
    lived: Lived,
) -> None:
    asked, days = asked_of(lived, DeadlineKind.ONGOING, "check-in")

    assert days == {"2024-03-29", "2024-06-28", "2024-09-30", "2024-12-31"}
    every = undated(lived, DeadlineKind.ONGOING)
    assert asked == {(day(on), *one) for on in days for one in every}
    assert asked <= said_at(lived.sent, "07:30")
    assert len({code for _, code in every}) >= 20


def test_events_are_asked_about_on_the_first_working_day_of_a_month(lived: Lived) -> None:
    asked, days = asked_of(lived, DeadlineKind.RELATIVE, "event")

    months = [dt.date(2024, month, 1) for month in range(2, 13)]
    firsts = {CALENDAR.first_working_day_on_or_after(month) for month in months}
    assert days == {on.isoformat() for on in firsts}
    assert "2024-05-02" in days, "the first of May is a holiday"
    every = undated(lived, DeadlineKind.RELATIVE)
    assert asked == {(on, *one) for on in firsts for one in every}
    assert asked <= said_at(lived.sent, "07:30")
    assert every


def test_what_is_late_climbs_to_the_director_until_it_is_reported(lived: Lived) -> None:
    part = next(p for p in lived.parts if p.code == LATE and p.duty is Duty.LEAD)
    steps = lived.steps(part)
    late = CALENDAR.plus_working_days(day("2024-01-21"), 1)

    assert steps["risk"] == {day("2024-01-17")}
    assert steps["up:office"] == {late}
    assert steps["up:leader"] == {CALENDAR.plus_working_days(late, 2)}
    assert steps["up:director"] == {CALENDAR.plus_working_days(late, 4)}
    assert steps["up:director:1"] == {CALENDAR.plus_working_days(late, 9)}
    deputy = [one.at.date() for one in lived.sent if one.chat == "Phó Giám đốc"]
    repeats = {CALENDAR.plus_working_days(late, 4 + 5 * n) for n in range(1, 9)}
    assert set(deputy) == {CALENDAR.plus_working_days(late, 2), *filter(AT_LAST.__ge__, repeats)}
    told = [one for one in lived.sent if one.chat == "Giám đốc"]
    assert all(one.codes == [LATE] for one in told)
    assert "Đã nhắc: đơn vị" in told[0].text
    assert max(one.at.date() for one in told) <= AT_LAST


def test_each_message_goes_to_a_chat_that_the_work_concerns(lived: Lived) -> None:
    wide = {"Văn phòng", "Giám đốc", "Phó Giám đốc"}
    for one in lived.sent:
        if one.chat not in wide:
            unit = one.chat.removeprefix("Trưởng ")
            assert set(one.units) <= {unit}, (one.chat, one.units)


def test_everything_reported_is_done(lived: Lived) -> None:
    waiting = {Progress.AWAITING_CONFIRMATION, Progress.RETURNED}

    assert not [part for part, progress in lived.progress.items() if progress in waiting]
