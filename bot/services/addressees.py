"""Whom a step is told: asked when it is planned, and once more when it is sent."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.escalation import RISK, Level, up_level
from bot.domain.reminder_asking import UNANSWERED
from bot.domain.rules import Rules
from bot.domain.work import Part
from bot.services.audience import Audience
from bot.services.part_rules import PartRules
from storage.ledger import LedgerLine
from storage.rows import Chat


async def told_at(audience: Audience, part: Part, level: Level, rules: Rules) -> tuple[Chat, ...]:
    """Return who is told at a level; where nobody is above, Văn phòng is at the last one."""
    if level is Level.OFFICE:
        return audience.office
    if level is Level.DIRECTOR:
        return await audience.directors() or audience.office
    found = await audience.supervisors(part.unit_id)
    return found or (() if rules.director_after else audience.office)


async def told_of_risk(audience: Audience, part: Part) -> tuple[Chat, ...]:
    """Return who is told that a part is at risk: not whose own work it is, by the ladder."""
    unit = await audience.unit_and_assignee(part)
    told = _once(audience.office, await audience.heads(part.unit_id))
    return tuple(chat for chat in told if chat not in unit)


async def addressees(audience: Audience, part: Part, step: str, rules: Rules) -> tuple[Chat, ...]:
    """Return the chats that the step called `step` of a part is for on the audience's day."""
    level = up_level(step)
    if level is not None:
        return await told_at(audience, part, level, rules)
    kind = step.partition(":")[0]
    if kind == RISK:
        return await told_of_risk(audience, part)
    if kind == UNANSWERED:
        return audience.office
    return tuple(await audience.unit_and_assignee(part))


async def theirs(
    audience: Audience,
    chat: Chat,
    lines: Sequence[LedgerLine],
    parts: Mapping[int, Part],
    rules: PartRules,
) -> tuple[LedgerLine, ...]:
    """Return the lines still for a chat: a role may have ended since, a group been unbound."""
    kept = []
    for line in lines:
        part = parts.get(line.part_id)
        if part and chat in await addressees(audience, part, line.step, rules.of(part)):
            kept.append(line)
    return tuple(kept)


def _once(*groups: Iterable[Chat]) -> list[Chat]:
    return list({chat.id: chat for group in groups for chat in group}.values())
