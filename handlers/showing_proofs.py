"""`/minh_chung`: the evidence of an item, and its files sent back."""

from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.services import lists
from bot.services.messages import Button, Outgoing
from bot.services.proof_listing import proofs_of_item
from handlers import proving
from handlers.context import BotContext, actor_of
from handlers.proof_keys import ProofPress, proof_data
from handlers.replies import reply
from handlers.words import clip
from handlers.work import WHICH_PLAN, code_of

WHICH = N_("Which item? For example: /minh_chung III.5")


async def show(update: Update, context: BotContext) -> None:
    """`/minh_chung III.5`: list what proves the item, a page at a time, and send its files."""
    actor, now = actor_of(update), context.now()
    tr = await context.tr(actor)
    if not context.args:
        await reply(update, context, [Outgoing(escape(tr(WHICH)))])
        return
    code = code_of(context.args[0])
    found = await lists.items_called(context.db, actor, code, now)
    if len(found) > 1:
        rows = tuple(
            (Button(clip(title, 60), proof_data(ProofPress.ITEM, item_id)),)
            for item_id, title in found
        )
        await reply(update, context, [Outgoing(escape(tr(WHICH_PLAN, code=code)), rows)])
        return
    listed = await proofs_of_item(context.db, actor, found[0][0], now)
    await proving.show_list(update, context, listed)
