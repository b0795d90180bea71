"""Who is to be told which steps on a day: worked out from the parts that the day concerns."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import reminder_asking as asking
from bot.domain.days import instant, local_day
from bot.domain.escalation import RISK, UP, escalations, repeats, risk_step
from bot.domain.outbox import OutboxKind
from bot.domain.reminder import Step, noon_step, owed_step
from bot.domain.rules import Rules
from bot.domain.states import Answer
from bot.domain.work import DeadlineKind, Part
from bot.domain.workdays import Calendar
from bot.services.addressees import told_at, told_of_risk
from bot.services.audience import Audience, audience_of
from bot.services.calendars import unknown_years
from bot.services.part_rules import PartRules, part_rules
from storage import check_ins, ledger, reminder_parts
from storage.rows import Chat

# Steps that nobody who is reminded can put off.
FIRM = (RISK, UP)


@dataclass
class Due:
    """The steps reached on a day, by chat; `gap_years` are years without a calendar."""

    audience: Audience
    snoozed: frozenset[int]
    gap_years: tuple[int, ...] = ()
    _chats: dict[int, Chat] = field(default_factory=dict)
    _steps: dict[int, list[Step]] = field(default_factory=dict)
    _noon: dict[int, list[Step]] = field(default_factory=dict)

    def add(self, chats: Iterable[Chat], step: Step | None, *, noon: bool = False) -> None:
        """Note a step for chats; a snoozed person's own chat hears only of what is firm."""
        if step is None:
            return
        firm = step.name.partition(":")[0] in FIRM
        for chat in chats:
            if firm or chat.person_id is None or chat.person_id not in self.snoozed:
                self._chats[chat.id] = chat
                (self._noon if noon else self._steps).setdefault(chat.id, []).append(step)

    def by_chat(self) -> list[tuple[Chat, list[Step]]]:
        """Return the morning's steps of each chat."""
        return [(self._chats[chat_id], steps) for chat_id, steps in self._steps.items()]

    def noon_by_chat(self) -> list[tuple[Chat, list[Step]]]:
        """Return what is due today of each chat."""
        return [(self._chats[chat_id], steps) for chat_id, steps in self._noon.items()]

    def part_ids(self) -> set[int]:
        """Return the parts that the morning's steps are about."""
        return {step.part.id for steps in self._steps.values() for step in steps}

    def step_names(self) -> set[str]:
        """Return the names of the morning's steps."""
        return {step.name for steps in self._steps.values() for step in steps}

    @staticmethod
    def kind_of(steps: Sequence[Step]) -> OutboxKind:
        """Return what a message is that is owed for `steps`: the most pressing of them."""
        kinds = {_KINDS.get(step.name.partition(":")[0], OutboxKind.MORNING) for step in steps}
        return next(kind for kind in _ORDER if kind in kinds)


_ORDER = (
    OutboxKind.MORNING,
    OutboxKind.ESCALATION,
    OutboxKind.RISK,
    OutboxKind.CHECK_IN,
    OutboxKind.EVENT_ASK,
)
_KINDS = {
    UP: OutboxKind.ESCALATION,
    RISK: OutboxKind.RISK,
    asking.CHECK_IN: OutboxKind.CHECK_IN,
    asking.UNANSWERED: OutboxKind.CHECK_IN,
    asking.EVENT: OutboxKind.EVENT_ASK,
}


async def due_steps(
    session: AsyncSession,
    office_id: int,
    today: dt.date,
    calendar: Calendar,
    now: dt.datetime,
    *,
    noon_only: bool = False,
) -> Due:
    """Return every step reached on the local day `today`, told already or not.

    `noon_only`: what is due today is enough.
    """
    due = Due(
        await audience_of(session, office_id, today),
        await reminder_parts.snoozed(session, office_id, now),
        await unknown_years(session, office_id, today),
    )
    rules = await part_rules(session, office_id)
    if noon_only:
        last = calendar.next_working_day(today)
        for part in await reminder_parts.due_until(session, office_id, last):
            unit = await due.audience.unit_and_assignee(part)
            due.add(unit, noon_step(part, today, calendar), noon=True)
        return due
    dated = await reminder_parts.due_until(session, office_id, horizon(rules, today, calendar))
    late = [part.id for part in dated if part.overdue(today, calendar)]
    above = Above(
        today,
        calendar,
        await ledger.last_sent(session, late, UP),
        await reminder_parts.returned_since(session, office_id, instant(today, dt.time())),
    )
    for part in dated:
        await _add_dated(due, part, above, rules.of(part))
    for part in await reminder_parts.long_terms(session, office_id, today.year):
        step = asking.checkpoint_step(part, today, calendar, rules.of(part))
        due.add(await due.audience.unit_and_assignee(part), step)
    await _add_undated(session, due, office_id, today, calendar)
    return due


def horizon(rules: PartRules, today: dt.date, calendar: Calendar) -> dt.date:
    """Return the last due day whose first rung has been reached by `today`.

    Days off after a working day belong to it: their hạn nhắc is that day.
    """
    farthest = calendar.plus_working_days(today, rules.longest())
    return calendar.next_working_day(farthest) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Above:
    """What holds an escalation off: who was told when, and what was returned only today."""

    today: dt.date
    calendar: Calendar
    told_at: Mapping[tuple[int, int, dt.date], dt.datetime]
    returned: frozenset[int]

    def may_tell(self, chat: Chat, step: Step, every: int) -> bool:
        """Tell whether `every` working days have passed since the chat heard of the part."""
        told = self.told_at.get((chat.id, step.part.id, step.due))
        if told is None or not repeats(step.name):
            return True
        return self.calendar.working_days_between(local_day(told), self.today) >= every


async def _add_dated(due: Due, part: Part, above: Above, rules: Rules) -> None:
    audience, today, calendar = due.audience, above.today, above.calendar
    unit = await audience.unit_and_assignee(part)
    due.add(unit, owed_step(part, today, calendar, rules))
    due.add(unit, noon_step(part, today, calendar), noon=True)
    if risk := risk_step(part, today, calendar, rules):
        due.add(await told_of_risk(audience, part), risk)
    if part.id in above.returned:
        return  # its unit has the day to act before those above hear of it
    for level, step in escalations(part, today, calendar, rules):
        told = await told_at(audience, part, level, rules)
        due.add([c for c in told if above.may_tell(c, step, rules.escalate_again)], step)


async def _add_undated(
    session: AsyncSession, due: Due, office_id: int, today: dt.date, calendar: Calendar
) -> None:
    audience = due.audience
    quarter = asking.quarter_asked(today, calendar)
    answers = await check_ins.answers_of(session, office_id, quarter)
    for part in await _unasked(
        session, audience, DeadlineKind.ONGOING, quarter, asking.CHECK_IN, answers
    ):
        due.add(
            await audience.unit_and_assignee(part), asking.check_in_step(part, today, calendar)
        )
    month = today.replace(day=1)
    for part in await _unasked(session, audience, DeadlineKind.RELATIVE, month, asking.EVENT):
        due.add(await audience.unit_and_assignee(part), asking.event_step(part, today, calendar))
    if today < asking.answers_due(quarter, calendar):
        return
    asked = await reminder_parts.asked_about(session, office_id, quarter, asking.CHECK_IN)
    for part in asked:
        if answers.get(part.id) is not Answer.GOING:
            due.add(audience.office, Step(part, asking.UNANSWERED, quarter))


async def _unasked(
    session: AsyncSession,
    audience: Audience,
    kind: DeadlineKind,
    day: dt.date,
    step: str,
    answered: Collection[int] = (),
) -> list[Part]:
    """Return the undated parts that some chat of their unit was not asked about for `day` yet.

    Every chat that serves a unit is asked once, also one that was bound later; what one of them
    has answered is asked nowhere any more.
    """
    found = [
        one
        for one in await reminder_parts.undated(session, audience.office_id, kind)
        if one.id not in answered
    ]
    told = await ledger.told(session, [one.id for one in found], (step,))
    wanted = []
    for one in found:
        chats = await audience.unit_and_assignee(one)
        if any((chat.id, one.id, day, step) not in told for chat in chats):
            wanted.append(one.id)
    return await reminder_parts.with_ids(session, audience.office_id, wanted)
