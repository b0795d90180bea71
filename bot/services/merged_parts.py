"""What is owed again of a unit that became part of another: that one reports it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import change_phrases as phrases
from bot.domain.work import Part
from storage import offices, unit_changes
from storage.audit import Act
from storage.audit_rows import recording
from storage.rows import successor


async def pass_on(session: AsyncSession, act: Act, part: Part) -> None:
    """Give a part to the unit that its own became part of, or end it beside that one's.

    Whom a unit was merged into has its people; nobody could report the part for it any more.
    """
    units = await offices.units_of(session, act.office_id)
    own = next((one for one in units if one.id == part.unit_id), None)
    if own is None or own.merged_into is None:
        return
    heir = successor(units, own)
    decision = phrases.MERGED.format(unit=heir.unit.name)
    async with recording(session, act, "part.give"):
        await unit_changes.pass_on(session, part.id, heir.id, decision, act.now)
