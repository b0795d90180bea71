"""What the scheduled messages say, from the state of things at the moment they are sent."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import reminder_asking as asking
from bot.domain.days import local_day, local_time
from bot.domain.escalation import RISK, UP, Level, at_risk, up_level
from bot.domain.reminder import Digest, Line, make_digest, noon_step, sends_now
from bot.domain.states import Answer
from bot.domain.status import Progress
from bot.domain.work import Part, by_urgency
from bot.domain.workdays import Calendar
from bot.services.addressees import theirs
from bot.services.audience import Audience, audience_of
from bot.services.calendars import calendar_of
from bot.services.messages import Gone
from bot.services.messages_reminders import (
    CheckIns,
    Checkpoint,
    Escalated,
    MiddayMessage,
    MorningMessage,
    RisksTold,
    Unanswered,
)
from bot.services.part_rules import PartRules, part_rules
from bot.services.rules import rules_of
from bot.services.told_before import risks_told, told_before
from storage import check_ins, ledger, outbox, reminder_parts
from storage.ledger import LedgerLine
from storage.rows import Owed

DAY_OVER = "its day is over"
NOTHING_LEFT = "nothing is due any more"
NOT_THEIRS = "no longer for this chat"


@dataclass(frozen=True, slots=True)
class Morning:
    """What the sections of one morning message are made from."""

    session: AsyncSession
    owed: Owed
    today: dt.date
    calendar: Calendar
    rules: PartRules
    audience: Audience
    units: tuple[int | None, ...]
    lines: tuple[LedgerLine, ...]
    parts: dict[int, Part]

    def at(self, *steps: str) -> list[LedgerLine]:
        """Return the ledger lines whose steps are of these kinds."""
        return [line for line in self.lines if line.step.partition(":")[0] in steps]

    def line(self, part: Part) -> Line:
        """Return a part with where it stands."""
        return Line(part, part.standing(self.today, self.calendar))

    def shown(self, parts: Iterable[Part]) -> tuple[Line, ...]:
        """Return parts with where they stand, most urgent first, each once."""
        once = {part.id: part for part in parts}
        return tuple(self.line(part) for part in by_urgency(once.values()))

    def still(self, lines: Iterable[LedgerLine], fits: Callable[[Part], bool]) -> list[Part]:
        """Return the parts of ledger lines for which it still holds, their dates unchanged."""
        return [
            part
            for line in lines
            if (part := self.parts.get(line.part_id))
            and (part.due is None or part.due == line.due)
            and fits(part)
        ]


async def morning(session: AsyncSession, owed: Owed, now: dt.datetime) -> MorningMessage | Gone:
    """Make the one message of a chat's morning."""
    today = local_day(now)
    calendar = await calendar_of(session, owed.office_id, today)
    rules = await part_rules(session, owed.office_id)
    if owed.slot_on != today or not sends_now(local_time(now), calendar, rules.office):
        return Gone(outbox.LATER)
    audience = await audience_of(session, owed.office_id, today)
    owed_lines = await ledger.lines_of(session, owed.id)
    found = await reminder_parts.with_ids(
        session, owed.office_id, [line.part_id for line in owed_lines]
    )
    parts = {part.id: part for part in found}
    lines = await theirs(audience, owed.chat, owed_lines, parts, rules)
    made = Morning(
        session,
        owed,
        today,
        calendar,
        rules,
        audience,
        tuple(audience.to.units_of(owed.chat.id)),
        lines,
        parts,
    )
    message = await _message(made, now)
    if message.empty:
        return Gone(NOTHING_LEFT if lines or not owed_lines else NOT_THEIRS)
    return message


async def _message(made: Morning, now: dt.datetime) -> MorningMessage:
    owed = made.owed
    snoozed = await reminder_parts.snoozed(made.session, owed.office_id, now)
    quiet = owed.chat.person_id is not None and owed.chat.person_id in snoozed
    digest = Digest(made.today, (), (), 0) if quiet else await _digest(made)
    listed = {line.part.id for line in digest.lines}
    escalated = await _escalated(made)
    late = {one.line.part.id for one in escalated}
    risks = await _risks(made, listed)
    return MorningMessage(
        owed.id,
        # What is told with who was told before needs no second line.
        Digest(
            digest.day,
            digest.units,
            tuple(line for line in digest.lines if line.part.id not in late),
            digest.open_count,
        ),
        escalated,
        risks,
        () if quiet else _checkpoints(made, listed),
        () if quiet else made.shown(made.still(made.at(asking.EVENT), _waits)),
        None if quiet else await _unanswered(made),
        None if quiet else await _check_ins(made),
        private=owed.chat.person_id is not None and bool(digest.lines),
        risks_told=await _risks_told(made, risks),
    )


def _waits(part: Part) -> bool:
    return part.progress is Progress.WAITING_EVENT


async def _digest(made: Morning) -> Digest:
    mine = await reminder_parts.concerning(
        made.session, made.owed.office_id, made.units, made.owed.chat.person_id, made.today
    )
    owing = dict.fromkeys(part.unit_id for part in mine)
    names = [made.audience.to.names.get(unit, "") for unit in (*made.units, *owing)]
    names = list(dict.fromkeys(name for name in names if name in {p.unit for p in mine}))
    return make_digest(
        mine, [name for name in names if name], made.today, made.calendar, made.rules.of
    )


async def _escalated(made: Morning) -> tuple[Escalated, ...]:
    lines = made.at(UP)
    late = made.still(lines, lambda part: part.overdue(made.today, made.calendar))
    if not late:
        return ()
    office = {chat.id for chat in made.audience.office}
    named = {chat.id for chat in await made.audience.named_directors()}
    nobody = set()
    if made.owed.chat.id in office and not await made.audience.directors():
        # Văn phòng stands in for those above, and is told why.
        above = {Level.LEADER, Level.DIRECTOR}
        nobody = {line.part_id for line in lines if up_level(line.step) in above}
    told = await told_before(made.session, late, made.today, office=office, directors=named)
    return tuple(
        Escalated(line, told[line.part.id], line.part.id in nobody) for line in made.shown(late)
    )


async def _risks(made: Morning, listed: set[int]) -> tuple[Line, ...]:
    """Return all that is at risk where some of it is new; what the digest shows stands there."""
    if not made.at(RISK):
        return ()
    last = made.calendar.plus_working_days(made.today, made.rules.longest())
    near = await reminder_parts.due_between(
        made.session, made.owed.office_id, made.today, made.calendar.next_working_day(last)
    )
    in_office = made.owed.chat.id in {chat.id for chat in made.audience.office}
    new = {line.part_id for line in made.at(RISK)}
    own = {part.unit_id for part in made.parts.values() if part.id in new}
    return made.shown(
        part
        for part in near
        if part.id not in listed
        and (in_office or part.unit_id in own)
        and at_risk(part, made.today, made.calendar, made.rules.of(part))
    )


async def _risks_told(made: Morning, risks: Sequence[Line]) -> RisksTold | None:
    parts = [line.part for line in risks]
    return risks_told(await told_before(made.session, parts, made.today)) if parts else None


def _checkpoints(made: Morning, listed: set[int]) -> tuple[Checkpoint, ...]:
    days: dict[tuple[dt.date, bool], list[Part]] = {}
    for line in made.at(asking.CHECKPOINT, asking.SCORED_YEAR):
        key = (asking.mark_of(line.step), line.step.startswith(asking.SCORED_YEAR))
        for part in made.still([line], lambda part: part.pending and part.id not in listed):
            days.setdefault(key, []).append(part)
    return tuple(Checkpoint(*key, made.shown(parts)) for key, parts in sorted(days.items()))


async def _check_ins(made: Morning) -> CheckIns | None:
    lines = made.at(asking.CHECK_IN)
    if not lines:
        return None
    quarter = lines[0].due
    answers = await check_ins.answers_of(made.session, made.owed.office_id, quarter)
    asked = tuple(
        (line.id, made.line(part))
        for line in lines
        for part in made.still([line], lambda part: part.owed and part.id not in answers)
    )
    return CheckIns(quarter, asked) if asked else None


async def _unanswered(made: Morning) -> Unanswered | None:
    lines = made.at(asking.UNANSWERED)
    if not lines:
        return None
    quarter = lines[0].due
    answers = await check_ins.answers_of(made.session, made.owed.office_id, quarter)
    open_ones = made.still(lines, lambda part: part.owed)
    waiting = made.shown(part for part in open_ones if part.id not in answers)
    stuck = made.shown(part for part in open_ones if answers.get(part.id) is Answer.STUCK)
    return Unanswered(quarter, waiting, stuck) if waiting or stuck else None


async def midday(session: AsyncSession, owed: Owed, now: dt.datetime) -> MiddayMessage | Gone:
    """Make the message of what is due today and still open."""
    today = local_day(now)
    calendar = await calendar_of(session, owed.office_id, today)
    office = await rules_of(session, owed.office_id)
    if owed.slot_on != today or not sends_now(local_time(now), calendar, office):
        return Gone(DAY_OVER)
    to = (await audience_of(session, owed.office_id, today)).to
    units = to.units_of(owed.chat.id)
    mine = await reminder_parts.concerning(
        session, owed.office_id, units, owed.chat.person_id, today
    )
    steps = [step for part in by_urgency(mine) if (step := noon_step(part, today, calendar))]
    if not steps:
        return Gone(NOTHING_LEFT)
    lines = tuple(Line(step.part, step.part.standing(today, calendar)) for step in steps)
    owing = dict.fromkeys(step.part.unit for step in steps)
    return MiddayMessage(
        owed.id, today, tuple(name for name in owing if name), lines, bool(owed.chat.person_id)
    )
