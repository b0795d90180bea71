"""`/minh_chung`: the evidence of an item, and its files sent back."""

from telegram import Update

from bot.domain.purposes import Purpose
from bot.services.proof_listing import proofs_of_item
from handlers import proving
from handlers.choosing import item_named
from handlers.context import BotContext, actor_of


async def show(update: Update, context: BotContext) -> None:
    """`/minh_chung III.5`: list what proves the item, a page at a time, and send its files."""
    item_id = await item_named(update, context, Purpose.PROOFS)
    if item_id is None:
        return
    listed = await proofs_of_item(context.db, actor_of(update), item_id, context.now())
    await proving.show_list(update, context, listed)
