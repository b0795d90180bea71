"""`/minh_chung`: the evidence of an item, and its files sent back; a file under it is added."""

from telegram import Update

from bot.domain.purposes import Purpose
from bot.services.proof_listing import parts_to_prove, proofs_of_item
from handlers import proving
from handlers.captions import Brought, brought, captioned
from handlers.choosing import item_named
from handlers.context import BotApplication, BotContext, actor_of
from handlers.proof_keys import ProofPress, proof_data
from handlers.reading import item_to_read, with_earlier
from handlers.replies import reply


def register(application: BotApplication) -> None:
    """Hear of the command under a file or a picture."""
    application.add_handler(captioned("minh_chung", show))


def _first_page(item_id: int) -> str:
    return proof_data(ProofPress.ITEM, item_id)


async def show(update: Update, context: BotContext) -> None:
    """`/minh_chung III.5`: list what proves the item, a page at a time, and send its files.

    Under a file, or in answer to one, it adds that file to the own part that needs it most.
    """
    file = brought(update, only=False)
    if file is not None:
        await _add(update, context, file)
        return
    found = await item_to_read(update, context, Purpose.PROOFS, _first_page)
    if found is None:
        return
    item_id, earlier = found
    actor = actor_of(update)
    listed = await proofs_of_item(context.db, actor, item_id, context.now())
    await proving.show_list(update, context, listed)
    await reply(update, context, with_earlier((), earlier, await context.tr(actor)))


async def _add(update: Update, context: BotContext, file: Brought) -> None:
    item_id = await item_named(update, context, Purpose.PROOFS, file.source)
    if item_id is None:
        return
    found = await parts_to_prove(context.db, actor_of(update), item_id, context.now())
    said = context.behind_first_word(update)
    await proving.begin_with(update, context, found.parts[0].id, said, file)
