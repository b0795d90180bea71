"""How far a briefing or a broadcast has come, shown as it comes in."""

from telegram import Message, Update

from bot.domain.outbox import OutboxState
from bot.services import broadcasts
from bot.services.messages import Outgoing
from handlers import render_broadcast
from handlers.context import BotContext, actor_of
from handlers.following import follow
from handlers.replies import show


async def show_spread(
    update: Update, context: BotContext, subject_id: int, *, briefing: bool
) -> None:
    """Show it in place of the pressed message, which then follows what is delivered."""
    actor = actor_of(update)
    tr = await context.tr(actor)

    async def look() -> tuple[Outgoing, bool]:
        found = await broadcasts.spread(
            context.db, actor, subject_id, context.now(), briefing=briefing
        )
        waiting = found.count(OutboxState.PENDING, OutboxState.SENDING)
        over = not waiting and found.acknowledged == len(found.deliveries)
        return render_broadcast.spread(found, tr), over

    first, over = await look()
    await show(update, context, [first])
    query = update.callback_query
    if not over and query is not None and isinstance(query.message, Message):
        follow(update, context, query.message.message_id, first, look)
