"""The rules that hold for each part of an office, read once for all of them."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rules import Rules
from bot.domain.work import Part
from storage import reminder_parts


@dataclass(frozen=True, slots=True)
class PartRules:
    """The office's rules, those of its active plans, and those of items that have their own."""

    office: Rules
    plans: dict[int, Rules]
    items: dict[int, Rules]

    def of(self, part: Part) -> Rules:
        """Return the rules that hold for a part."""
        return self.items.get(part.item_id) or self.plans.get(part.plan_id) or self.office

    def longest(self) -> int:
        """Return how many working days before hạn nhắc anybody is told anything."""
        return max(
            max((*one.ladder, *one.internal_ladder, *one.cooperate_ladder, one.risk_days))
            for one in (self.office, *self.plans.values(), *self.items.values())
        )


async def part_rules(session: AsyncSession, office_id: int) -> PartRules:
    """Return the rules of every part of an office."""
    return PartRules(*await reminder_parts.all_rules(session, office_id))
