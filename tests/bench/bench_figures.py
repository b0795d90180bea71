"""A year's summary and a week's briefing over 10,000 items and 5 years, beside one query an item.

The rival asks about a tenth of the items; its time is given for all of them.
"""

# ruff: noqa: T201 - a table for the person who runs it

import datetime as dt
import time
import tracemalloc

from sqlmodel import col, select

from bot.domain.windows import PeriodKind, ReportPeriod
from bot.i18n import translator
from bot.services import summaries
from bot.services.briefing_facts import present_briefing
from bot.services.messages_briefing import BriefingDraft
from handlers.render_briefing import draft
from storage.models import (
    DeadlineRow,
    EvidenceRow,
    ExtensionRow,
    ItemRow,
    OccurrenceRow,
    PartRow,
    ReportRow,
)
from tests.builders import Office, day, make_item, rows, vn

ITEMS, YEARS, TENTH = 10_000, 5, 10
NOW = vn("2024-12-20 09:00")


async def fill(office: Office) -> None:
    """Give the office its items, an occurrence a year each, three of four reported in time."""
    await office.activate(make_item("I.0", due="2020-06-01"), now=vn("2020-01-02 08:00"))
    (plan,) = {row.plan_id for row in await rows(office.db, ItemRow)}
    unit_ids, person = list(office.units.values()), office.persons["minh"]
    items = [
        {"id": 10 + at, "office_id": office.id, "plan_id": plan, "position": at, "code": f"B.{at}",
         "section": "B", "title": f"Việc {at}", "product": "", "deadline_text": "",
         "assignment_text": "", "problems": [], "secret": False}
        for at in range(ITEMS)
    ]  # fmt: skip
    deadlines = [
        {"id": 10 + at, "office_id": office.id, "item_id": 10 + at, "position": 0,
         "internal": False, "kind": "recurring", "value": {}, "written_units": []}
        for at in range(ITEMS)
    ]  # fmt: skip
    occurrences, parts, reports = [], [], []
    for at in range(ITEMS):
        for year in range(YEARS):
            key = 10 + at * YEARS + year
            due = day("2020-01-20") + dt.timedelta(days=365 * year + at % 320)
            done = key % 4 != 0
            occurrences.append(
                {"id": key, "office_id": office.id, "item_id": 10 + at, "deadline_id": 10 + at,
                 "number": year, "due": due, "original_due": due, "before": False,
                 "unsettled": False}
            )  # fmt: skip
            at_noon = dt.datetime.combine(due, dt.time(5), tzinfo=dt.UTC) if done else None
            parts.append(
                {"id": key, "office_id": office.id, "occurrence_id": key,
                 "unit_id": unit_ids[at % len(unit_ids)], "duty": "lead",
                 "progress": "done" if done else "not_started", "submitted_at": at_noon}
            )  # fmt: skip
            if done:
                reports.append(
                    {"office_id": office.id, "part_id": key, "person_id": person,
                     "state": "accepted", "submitted_at": at_noon, "decided_at": at_noon,
                     "on_behalf": False, "self_confirmed": False, "note": ""}
                )  # fmt: skip
    async with office.db.begin() as session:
        connection = await session.connection()
        for table, values in (
            (ItemRow, items), (DeadlineRow, deadlines), (OccurrenceRow, occurrences),
            (PartRow, parts), (ReportRow, reports),
        ):  # fmt: skip
            await connection.execute(table.__table__.insert(), values)


async def one_query_an_item(office: Office, first: dt.date, last: dt.date) -> int:
    """Count what falls due as a program would that asks about item after item."""
    due = 0
    async with office.db.read() as session:
        for item_id in await session.exec(select(ItemRow.id).limit(ITEMS // TENTH)):
            found = await session.exec(
                select(PartRow, OccurrenceRow)
                .join(OccurrenceRow, col(OccurrenceRow.id) == col(PartRow.occurrence_id))
                .where(OccurrenceRow.item_id == item_id)
            )
            for part, occurrence in found.all():
                for table in (ReportRow, ExtensionRow, EvidenceRow):
                    (await session.exec(select(table).where(table.part_id == part.id))).all()
                due += bool(occurrence.due and first <= occurrence.due <= last)
    return due


async def measure(act):
    """Return what `act` makes, its seconds, and in a run of its own its peak memory in MB."""
    begun = time.perf_counter()
    made = await act()
    took = time.perf_counter() - begun
    tracemalloc.start()
    await act()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return made, took, peak


async def test_a_summary_and_a_briefing_of_ten_thousand_items(office: Office) -> None:
    await fill(office)
    period = ReportPeriod(PeriodKind.YEAR, 2024)

    async def summary():
        async with office.db.read() as session:
            return await summaries.count(session, office.id, period, NOW)

    async def briefing():
        async with office.db.read() as session:
            return await present_briefing(session, office.id, NOW)

    async def words():
        return draft(BriefingDraft(1, brief, NOW), translator("vi"))

    figures, counting, counting_peak = await measure(summary)
    brief, briefing_took, briefing_peak = await measure(briefing)
    messages, writing, writing_peak = await measure(words)
    begun = time.perf_counter()
    await one_query_an_item(office, figures.first, figures.last)
    rival = (time.perf_counter() - begun) * TENTH

    print(f"\n{ITEMS:,} items, {ITEMS * YEARS:,} due days; peaks by tracemalloc")
    print(f"a year's figures        {counting:6.2f} s   peak {counting_peak:4.0f} MB")
    print(f"a week's briefing       {briefing_took:6.2f} s   peak {briefing_peak:4.0f} MB")
    print(f"its {len(messages):4} messages      {writing:6.2f} s   peak {writing_peak:4.0f} MB")
    print(f"rival: item after item  {rival:6.1f} s")
    print(f"the briefing lists {len(brief.overdue):,} that are overdue")
    assert figures.items.total > ITEMS // 2
    assert len(brief.overdue) > ITEMS
    assert max(counting, briefing_took) < rival
