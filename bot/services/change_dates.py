"""An event starts a relative deadline; Văn phòng gives a day to what has none."""

import datetime as dt
import re

from bot.domain.deadline import Period, Relative
from bot.domain.deadline_json import deadline_from_json
from bot.domain.errors import UserError
from bot.domain.events import due_after
from bot.domain.problem import N_
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind
from bot.intake.dates import read_typed_date
from bot.services.calendars import calendar_of
from bot.services.change_parts import (
    OPEN,
    Changed,
    add_occurrence,
    tell,
    waiting_owing,
)
from bot.services.change_steps import (
    TYPED,
    At,
    Choice,
    Done,
    Flow,
    Ready,
    Words,
    choose,
    period_of,
    words,
)
from bot.services.rules import rules_of
from storage import item_changes, offices
from storage.audit_rows import change_row
from storage.models import DeadlineRow, ItemRow, OccurrenceRow, PartRow
from storage.rows import identity

NO_EVENT = N_("Item {code} has no deadline that waits for an event. Nothing has changed.")
NOT_UNDATED = N_(
    "Item {code} has nothing without a date. To move a date, the unit asks with /gia_han. "
    "Nothing has changed."
)
WHICH_EVENT = N_("Which deadline of {code} has begun to run?")
WHICH_PLACE = N_("Which deadline of {code} gets the day?")
EVENT_DAY = N_("On which day did it happen ({phrase})? For example 05/3/2024.")
DUE_DAY = N_("The plan gives no number of days ({phrase}). By which day is it due?")
NEW_DAY = N_("By which day is {code} due? For example 30/6, “end of month”.")
SAID, LONGEST_DAY = "said", 5  # words
TEXT = N_("{text}")


async def _event(at: At) -> tuple[ItemRow, DeadlineRow, Relative, dt.date, dt.date]:
    """Return the item, its deadline, the event's day and the day due, asking for what is open."""
    item = await at.item()
    found = {
        identity(row.id): row
        for row in await item_changes.deadlines_of_item(at.session, identity(item.id))
        if row.kind is DeadlineKind.RELATIVE
    }
    if not found:
        raise UserError(NO_EVENT, code=item.code)
    choices = tuple(
        Choice(words(TEXT, text=row.value.get("text", "")), key) for key, row in found.items()
    )
    if len(found) == 1:
        at.args["deadline"] = choices[0].value
    row = found[choose(at, "deadline", words(WHICH_EVENT, code=item.code), choices)]
    value = deadline_from_json(row.value)
    assert isinstance(value, Relative)  # the row's kind says so
    period = period_of(await at.plan_of(item))
    _split_said(at, period)
    if item.secret:
        at.args.pop("note", None)  # what happened is not kept of it, only the day
    event_on = at.day("day", words(EVENT_DAY, phrase=value.text), period)
    calendar = await calendar_of(at.session, item.office_id, at.today)
    hours = (await rules_of(at.session, item.office_id, item.plan_id)).working_hours
    due = due_after(event_on, value, calendar, hours)
    if due is None:
        due = at.day("due", words(DUE_DAY, phrase=value.text), period)
    return item, row, value, event_on, due


def _split_said(at: At, period: Period) -> None:
    """Take the event's day from the words it stands before: "thứ sáu tuần này họp"."""
    said = str(at.args.pop(SAID, "")).split()
    if not said:
        return
    most = 1 if re.search(r"\d[/.-]\d", said[0]) else LONGEST_DAY
    for count in range(min(most, len(said)), 0, -1):
        day = " ".join(said[:count])
        if count == 1 or read_typed_date(day, at.today, period) is not None:
            at.args |= {f"{TYPED}day": day, "note": " ".join(said[count:])}
            return


async def look_event(at: At) -> Ready:
    """Read back the event's day and the day due that follows from it."""
    item, row, value, event_on, due = await _event(at)
    calendar = await calendar_of(at.session, item.office_id, at.today)
    lines = [
        words(N_("Written in the plan: {phrase}"), phrase=value.text),
        words(N_("Event: {day}"), day=event_on),
    ]
    if at.args.get("note"):
        lines.append(words(N_("Note: {note}"), note=at.args["note"]))
    lines += due_lines(due, calendar.last_working_day_on_or_before(due), counted=value.count)
    owing = [unit_id for unit_id, _ in await waiting_owing(at, row)]
    lines += await _whose(at, owing)
    lines += await _ended(at, owing)
    before = await item_changes.occurrences_of(at.session, identity(row.id))
    same = [one for one in before if one.event_on == event_on]
    if any([await _stands(at, one) for one in same]):
        lines.append(words(N_("⚠️ An event on this day was recorded already.")))
    if event_on > at.today:
        lines.append(words(N_("⚠️ This day is still to come.")))
    if due < at.today:
        lines.append(words(N_("⚠️ The day due has passed already.")))
    return Ready(words(N_("Start the deadline of {code}?"), code=item.code), tuple(lines))


async def _stands(at: At, occurrence: OccurrenceRow) -> bool:
    """Tell whether an event counts, and was not taken back."""
    return any(part.progress is not Progress.DROPPED for part in await _parts(at, occurrence))


def due_lines(due: dt.date, remind: dt.date, *, counted: int | None = None) -> list[Words]:
    """Say the day due, and the last working day where that is another one."""
    lines = [
        words(N_("Due: {day} (the event's own day is not counted)"), day=due)
        if counted
        else words(N_("Due: {day}"), day=due)
    ]
    if remind != due:
        lines.append(words(N_("Better by {day}, the last working day"), day=remind))
    return lines


async def _whose(at: At, unit_ids: list[int | None]) -> list[Words]:
    names = await unit_names(at, unit_ids)
    return [words(N_("Units: {units}"), units=names)] if names else []


async def _ended(at: At, unit_ids: list[int | None]) -> list[Words]:
    units = await offices.units_of(at.session, at.viewer.office_id)
    gone = tuple(one.unit.name for one in units if one.id in unit_ids and not one.alive(at.today))
    said = N_("⚠️ No longer a unit: {units}. Give the item to another one with /giao.")
    return [words(said, units=gone)] if gone else []


async def unit_names(at: At, unit_ids: list[int | None]) -> tuple[str, ...]:
    """Return the names of units, in the order of the office's list."""
    units = await offices.units_of(at.session, at.viewer.office_id)
    return tuple(stored.unit.name for stored in units if stored.id in unit_ids)


async def apply_event(at: At) -> Done:
    """Start the deadline: a new occurrence beside the one that waits for the next event."""
    item, row, _, event_on, due = await _event(at)
    owing = await waiting_owing(at, row)
    event = at.args.get("note") or None
    added = await add_occurrence(at, "occurrence.event", row, due, event_on, owing, event)
    units = [unit_id for unit_id, _ in owing]
    await tell(at, item, Changed.EVENT, units, day=due, occurrence_id=added)
    said = words(N_("Recorded: {code} is due {day}."), code=item.code, day=due)
    return Done(said, item.id)


UNDATED = (DeadlineKind.UNSPECIFIED, DeadlineKind.RELATIVE)
Place = tuple[DeadlineRow, OccurrenceRow]


async def _places(at: At, item: ItemRow) -> dict[int, Place]:
    """Return the occurrences that can be given a day, by id: what the plan gives none.

    So has what began to run with an event: its day may have been mistyped.
    """
    found: dict[int, Place] = {}
    for row in await item_changes.deadlines_of_item(at.session, identity(item.id)):
        numberless = row.kind is DeadlineKind.RELATIVE and row.value.get("days") is None
        if row.kind not in UNDATED:
            continue
        for occurrence in await item_changes.occurrences_of(at.session, identity(row.id)):
            begun = occurrence.event_on is not None
            if (
                row.kind is DeadlineKind.UNSPECIFIED
                or (numberless and not begun)
                or (begun and await _still_owed(at, occurrence))
            ):
                found[identity(occurrence.id)] = (row, occurrence)
    return found


async def _still_owed(at: At, occurrence: OccurrenceRow) -> bool:
    return any(part.progress in OPEN for part in await _parts(at, occurrence))


async def _date(at: At) -> tuple[ItemRow, Place, dt.date]:
    item = await at.item()
    places = await _places(at, item)
    if not places:
        raise UserError(NOT_UNDATED, code=item.code)
    choices = tuple(
        Choice(_place_label(row.value.get("text") or item.deadline_text or "–", one), key)
        for key, (row, one) in places.items()
    )
    if len(places) == 1:
        at.args["place"] = choices[0].value
    place = places[choose(at, "place", words(WHICH_PLACE, code=item.code), choices)]
    due = at.day("day", words(NEW_DAY, code=item.code), period_of(await at.plan_of(item)))
    return item, place, due


def _place_label(text: str, occurrence: OccurrenceRow) -> Words:
    if occurrence.event_on is None:
        return words(TEXT, text=text)
    return words(N_("{text} (event: {day})"), text=text, day=occurrence.event_on)


async def look_date(at: At) -> Ready:
    """Read back the day that an item without one is given."""
    item, (row, occurrence), due = await _date(at)
    calendar = await calendar_of(at.session, item.office_id, at.today)
    lines = []
    if phrase := row.value.get("text") or item.deadline_text:
        lines.append(words(N_("Written in the plan: {phrase}"), phrase=phrase))
    if occurrence.due is not None:
        lines.append(words(N_("Until now: {day}"), day=occurrence.due))
    lines += due_lines(due, calendar.last_working_day_on_or_before(due))
    lines += await _whose(at, [part.unit_id for part in await _parts(at, occurrence)])
    if due < at.today:
        lines.append(words(N_("⚠️ The day due has passed already.")))
    return Ready(words(N_("Set the date of {code}?"), code=item.code), tuple(lines))


async def _parts(at: At, occurrence: OccurrenceRow) -> list[PartRow]:
    return await item_changes.part_rows(at.session, identity(occurrence.id))


async def apply_date(at: At) -> Done:
    """Set the day. The plan's own words stay as they are; a wait for an event goes on."""
    item, (row, occurrence), due = await _date(at)
    if row.kind is DeadlineKind.RELATIVE and occurrence.event_on is None:
        owing = await waiting_owing(at, row)
        await add_occurrence(at, "occurrence.date", row, due, at.today, owing)
        units = {unit_id for unit_id, _ in owing}
    else:
        await change_row(
            at.session,
            at.act,
            "occurrence.date",
            occurrence,
            due=due,
            # A day that was counted from an event is put right, not moved.
            original_due=due if occurrence.event_on else occurrence.original_due or due,
        )
        units = {part.unit_id for part in await _parts(at, occurrence)}
    await tell(at, item, Changed.DATED, units, day=due)
    said = words(N_("Recorded: {code} is due {day}."), code=item.code, day=due)
    return Done(said, item.id)


EVENT = Flow(look_event, apply_event)
DATE = Flow(look_date, apply_date)
