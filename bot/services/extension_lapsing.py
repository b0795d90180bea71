"""A request for another date that nobody has to decide any more: its part is not owed."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import ExtensionState
from bot.services import extension_owing
from storage import extensions, parts
from storage.audit import Act


async def lapse(
    session: AsyncSession, act: Act, name: str, part_id: int, why: str | None = None
) -> None:
    """Let a part's open request lapse, if there is one, as the act `name` takes its part away.

    The unit, which waits for a decision, is told.
    """
    request = await extensions.open_extension(session, part_id)
    if request is None:
        return
    await extensions.close_open(session, act, name, part_id, ExtensionState.LAPSED, answer=why)
    await tell(session, act, request.id)


async def tell(session: AsyncSession, act: Act, extension_id: int) -> None:
    """Owe the unit a word about its request that has lapsed."""
    request = await extensions.find_extension(session, act.office_id, extension_id)
    assert request is not None  # it was just changed
    part = await parts.find_part(session, act.office_id, request.part_id)
    assert part is not None  # requests point to parts, and parts are never deleted
    await extension_owing.tell_unit(session, request, part, act.now)
