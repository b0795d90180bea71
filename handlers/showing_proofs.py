"""`/minh_chung`: the evidence of an item, and its files sent back."""

from telegram import Update

from bot.domain.purposes import Purpose
from bot.services.proof_listing import proofs_of_item
from handlers import proving
from handlers.context import BotContext, actor_of
from handlers.proof_keys import ProofPress, proof_data
from handlers.reading import item_to_read, with_earlier
from handlers.replies import reply


def _first_page(item_id: int) -> str:
    return proof_data(ProofPress.ITEM, item_id)


async def show(update: Update, context: BotContext) -> None:
    """`/minh_chung III.5`: list what proves the item, a page at a time, and send its files."""
    found = await item_to_read(update, context, Purpose.PROOFS, _first_page)
    if found is None:
        return
    item_id, earlier = found
    actor = actor_of(update)
    listed = await proofs_of_item(context.db, actor, item_id, context.now())
    await proving.show_list(update, context, listed)
    await reply(update, context, with_earlier((), earlier, await context.tr(actor)))
