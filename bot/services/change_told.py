"""Telling the units that a plan was closed, and what became of what they had open in it."""

from bot.domain.days import local_day
from bot.domain.outbox import OutboxKind
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services.change_parts import OPEN, Changed
from bot.services.change_steps import At
from bot.services.recipients import recipients_of
from storage import outbox, parts
from storage.models import PlanRow


def left_open(part: Part) -> bool:
    """Tell whether a part is work that nobody reported, so that a closing decides about it."""
    return part.progress in OPEN and (part.pending or part.progress is Progress.WAITING_EVENT)


async def tell_closed(
    at: At, plan: PlanRow, found: dict[int, Part], dropped: set[int], decision: str
) -> None:
    """Owe each chat one word about what its own units have open, before that is closed."""
    units: dict[int, set[int | None]] = {}
    for part in await parts.parts_of_plan(at.session, plan.id or 0):
        if part.item_id in found and left_open(part):
            units.setdefault(part.item_id, set()).add(part.unit_id)
    to = await recipients_of(at.session, at.viewer.office_id, local_day(at.act.now))
    for chat in to.chats():
        own = set(to.units_of(chat.id))
        items = [item_id for item_id in found if units.get(item_id, set()) & own]
        if not items:
            continue
        await outbox.owe(
            at.session,
            chat,
            OutboxKind.ITEM_CHANGED,
            f"closed:{plan.id}",
            at.act.now,
            subject_id=plan.id,
            payload={
                "what": Changed.CLOSED.value,
                "carried": [item_id for item_id in items if item_id not in dropped],
                "dropped": [item_id for item_id in items if item_id in dropped],
                "decision": decision,
            },
        )
