"""The item that a command names by its code."""

from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.services import lists
from bot.services.messages import Button, Outgoing
from handlers.callbacks import Press, data
from handlers.context import BotContext, actor_of
from handlers.replies import reply
from handlers.words import clip
from handlers.work import code_of


async def item_named(update: Update, context: BotContext, question: str) -> int | None:
    """Return the item whose code is the command's first word.

    Without a code `question` is asked; where several plans have such an item, buttons open them.
    None: that was the answer.
    """
    tr = await context.tr(actor_of(update))
    if not context.args:
        await reply(update, context, [Outgoing(escape(tr(question)))])
        return None
    code = code_of(context.args[0])
    found = await lists.items_called(context.db, actor_of(update), code, context.now())
    if len(found) == 1:
        return found[0][0]
    rows = tuple((Button(clip(title, 60), data(Press.OPEN, item_id)),) for item_id, title in found)
    text = tr(N_("Several plans have an item {code}. Which one?"), code=code)
    await reply(update, context, [Outgoing(escape(text), rows)])
    return None
