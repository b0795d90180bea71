"""A unit merges into another or ends: read back with all that hangs on it, and only then done."""

import datetime as dt
from collections.abc import Mapping

from bot.domain import change_phrases as phrases
from bot.domain.days import office_date
from bot.domain.errors import UserError
from bot.domain.membership import Held
from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.services.change_parts import Changed
from bot.services.change_steps import (
    NO_DATE,
    TYPED,
    Ask,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Ready,
    Words,
    words,
)
from bot.services.extension_words import read_day
from bot.services.recipients import recipients_of
from bot.services.unit_steps import another_unit, counted, held_in, names_of, the_unit
from storage import outbox, unit_changes, unit_counts
from storage.audit import record
from storage.audit_rows import recording
from storage.audit_values import columns
from storage.rows import StoredUnit

INTO = N_("Which unit does {unit} become part of?")
LAST_DAY = N_("Which is the last day of {unit}? Choose, or type it as 30/6/2024.")
BEGUN_LATER = N_("{unit} only began on {day}. Nothing has changed.")
STAYS = N_("The reports made stay as they are. /hoan_tac takes it back for a while.")
NO_END = ""  # the choice that takes an end away
ONE_DAY = dt.timedelta(days=1)


async def look_merge(at: At) -> Ready:
    """Read back what a merger moves, and what it leaves where it is."""
    old = await the_unit(at)
    new = await another_unit(at, "into", words(INTO, unit=old.unit.name), old.id)
    found = await unit_counts.hand_over(at.session, at.viewer.office_id, old.id, new.id)
    both = {"old": old.unit.name, "new": new.unit.name}
    lines = [
        words(N_("From today, {day}, {old} is part of {new}."), day=at.today, **both),
        words(N_("Open parts that go to {new}: {count}"), count=counted(found.moved), **both),
    ]
    if found.covered:
        said = N_("Parts that end, as {new} has the same work: {count}")
        lines.append(words(said, count=counted(found.covered), **both))
    if found.waiting:
        said = N_("Parts that stay with {old} until Văn phòng has decided: {count}")
        lines.append(words(said, count=counted(found.waiting), **both))
    lines += _people(await held_in(at, old.id), both)
    chats = tuple(await unit_counts.chats_of(at.session, old.id))
    if chats:
        lines.append(words(N_("Groups that serve {new} then: {names}"), names=chats, **both))
    lines.append(words(STAYS))
    return Ready(words(N_("Merge {old} into {new}?"), **both), tuple(lines))


def _people(held: list[Held], both: Mapping[str, str]) -> list[Words]:
    lines = []
    if heads := names_of(held, Role.HEAD):
        lines.append(words(N_("Heads of {new} then, too: {names}"), names=heads, **both))
    if staff := names_of(held, Role.STAFF):
        lines.append(words(N_("Members of staff who go along: {names}"), names=staff, **both))
    if over := names_of(held, Role.LEADER):
        lines.append(words(N_("Supervises {new} then, too: {names}"), names=over, **both))
    return lines


async def apply_merge(at: At) -> Done:
    """Give a unit's open work, people and chats to another, and end it."""
    await look_merge(at)
    old, new = await the_unit(at), await the_unit(at, "into")
    # Whoever is told goes by the chats and the work that each has until now.
    to = (await recipients_of(at.session, at.viewer.office_id, at.today)).by_unit
    told = {chat.id: chat for unit in (old, new) for chat in to.get(unit.id, ())}
    owing = await unit_counts.open_parts(at.session, at.viewer.office_id, old.id)
    async with recording(at.session, at.act, "unit.merge"):
        decision = phrases.MERGED.format(unit=new.unit.name)
        await unit_changes.hand_over(at.session, old.id, new.id, decision, at.act.now)
    # Nothing new is its any more from today on.
    last = at.today - ONE_DAY
    await _set(at, "unit.merge", old, {"valid_to": last, "merged_into": new.id})
    # People go on writing the old name.
    async with recording(at.session, at.act, "unit.merge"):
        await unit_changes.call_too(at.session, new.id, (old.unit.name, old.unit.short))
    payload = {"what": Changed.MERGED.value, "old": old.id, "parts": [part.id for part in owing]}
    key = f"merged:{old.id}:{new.id}:{at.act.now.isoformat()}"
    for chat in told.values():
        await outbox.owe(
            at.session,
            chat,
            OutboxKind.ITEM_CHANGED,
            key,
            at.act.now,
            subject_id=new.id,
            payload=payload,
        )
    said = words(N_("Recorded: {old} is part of {new}."), old=old.unit.name, new=new.unit.name)
    return Done(said, unit_id=new.id)


def _last_day(at: At, unit: StoredUnit) -> dt.date | None:
    """Return a unit's last day, None for none any more.

    Raises:
        NeedsAnswer: it is not known yet.
        UserError: what was typed is no day.
    """
    typed = at.args.pop(TYPED + "last", None)
    if typed is not None:
        day = read_day(str(typed), at.today)
        if day is None:
            raise UserError(NO_DATE, text=str(typed)[:60])
        at.args["last"] = day.isoformat()
    if "last" not in at.args:
        month = (at.today.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - ONE_DAY
        days = dict.fromkeys((at.today, month, at.today.replace(month=12, day=31)))
        choices = [Choice(words("{day}", day=day), day.isoformat()) for day in days]
        if unit.valid_to is not None:
            choices.append(Choice(words(N_("No last day any more")), NO_END))
        raise NeedsAnswer(Ask("last", words(LAST_DAY, unit=unit.unit.name), tuple(choices)))
    return dt.date.fromisoformat(at.args["last"]) if at.args["last"] else None


async def look_end(at: At) -> Ready:
    """Read back a unit's last day, and what it leaves open."""
    unit = await the_unit(at, ended=True)
    last = _last_day(at, unit)
    name = unit.unit.name
    if last is None:
        return Ready(words(N_("{unit} goes on without a last day?"), unit=name))
    if unit.valid_from is not None and last < unit.valid_from:
        raise UserError(BEGUN_LATER, unit=name, day=office_date(unit.valid_from))
    parts = await unit_counts.open_parts(at.session, at.viewer.office_id, unit.id)
    lines = [
        words(N_("Last day: {day}. After it {unit} gets nothing new."), day=last, unit=name),
        words(N_("Open parts of the unit today: {count}"), count=counted(parts)),
    ]
    if parts:
        lines += await _left_open(at, unit)
    lines.append(words(STAYS))
    return Ready(words(N_("End {unit}?"), unit=name), tuple(lines))


async def _left_open(at: At, unit: StoredUnit) -> list[Words]:
    """Say who still answers for what a unit leaves open, and what can be done about it."""
    heads = names_of(await held_in(at, unit.id), Role.HEAD)
    chats = tuple(await unit_counts.chats_of(at.session, unit.id))
    if heads:
        said = words(N_("What is still open then stays with its heads: {names}"), names=heads)
    else:
        said = words(N_("⚠️ It has no head: what is still open then is left without an owner."))
    lines = [said]
    reminded = N_("It goes on being reminded in {names}, and Văn phòng with it.")
    lines.append(words(reminded if chats else N_("Văn phòng is reminded of it."), names=chats))
    lines.append(words(N_("Give the work to another unit with /giao, or merge the unit instead.")))
    return lines


async def apply_end(at: At) -> Done:
    """Set or take away a unit's last day."""
    await look_end(at)
    unit = await the_unit(at, ended=True)
    last = _last_day(at, unit)
    await _set(at, "unit.end", unit, {"valid_to": last})
    if last is None:
        said = words(N_("Recorded: {unit} goes on without a last day."), unit=unit.unit.name)
    else:
        said = words(
            N_("Recorded: the last day of {unit} is {day}."), unit=unit.unit.name, day=last
        )
    return Done(said, unit_id=unit.id)


async def _set(
    at: At, name: str, unit: StoredUnit, values: dict[str, dt.date | int | None]
) -> None:
    changed = {key: value for key, value in values.items() if getattr(unit, key) != value}
    if not changed:
        return
    await unit_changes.set_unit(at.session, unit.id, **changed)
    before, after = columns(**{key: getattr(unit, key) for key in changed}), columns(**changed)
    await record(at.session, at.act, name, "unit", unit.id, before=before, after=after)


MERGE = Flow(look_merge, apply_merge, private=True)
END = Flow(look_end, apply_end, private=True)
