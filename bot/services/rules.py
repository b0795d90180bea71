"""The rules in force for an office, and for a plan of its."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.rules import Rules, rules_from_json
from storage import offices


async def rules_of(session: AsyncSession, office_id: int, plan_id: int | None = None) -> Rules:
    """Return the office's rules, with the plan's own on top where one is named."""
    office, plan = await offices.settings_of(session, office_id, plan_id)
    return rules_from_json(office, plan)
