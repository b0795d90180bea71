"""/thong_bao: any text, file or picture of Văn phòng's to all units."""

from html import escape

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotAllowed
from bot.domain.problem import N_
from bot.services import broadcasts
from bot.services.broadcasts import Matter
from bot.services.messages import Outgoing
from handlers import render_broadcast
from handlers.callbacks import Press, pattern, subject
from handlers.captions import captioned
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show
from handlers.spreading import show_spread


def register(application: BotApplication) -> None:
    """Hear of the buttons, and of the command under a file or a picture."""
    application.add_handler(captioned("thong_bao", broadcast))
    application.add_handler(CallbackQueryHandler(send, pattern(Press.CAST_SEND)))
    application.add_handler(CallbackQueryHandler(drop, pattern(Press.CAST_DROP)))
    application.add_handler(CallbackQueryHandler(spread, pattern(Press.CAST_SPREAD)))


async def broadcast(update: Update, context: BotContext) -> None:
    """`/thong_bao text`, or as an answer to what is to be sent; a look first."""
    actor = actor_of(update)
    matter = _matter(update)
    made = await broadcasts.prepare(context.db, actor, matter, context.now())
    await reply(update, context, render_broadcast.prepared(made, await context.tr(actor)))


def _matter(update: Update) -> Matter:
    """Return what stands behind the command, beside it, or in the message it answers."""
    message = update.effective_message
    assert isinstance(message, Message)  # a command is a message
    said = (message.text or message.caption or "").split(maxsplit=1)
    typed = said[1] if len(said) > 1 else ""
    source = message.reply_to_message
    for one in (message, source):
        if one is None:
            continue
        words = typed or (one.text or one.caption or "" if one is source else "")
        if one.photo:
            return Matter(words, one.photo[-1].file_id, None, photo=True)
        if one.document:
            return Matter(words, one.document.file_id, one.document.file_name)
        if one.effective_attachment is not None:
            return Matter(words, other_media=True)
    return Matter(typed or ((source.text or source.caption or "") if source else ""))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def send(update: Update, context: BotContext) -> None:
    """A button: send it to all."""
    actor = actor_of(update)
    key = _pressed(update)
    count = await broadcasts.send(context.db, actor, key, context.now())
    await notice(update)
    try:
        await show_spread(update, context, key, briefing=False)
    except NotAllowed:  # a unit's chat is not shown which others have it
        tr = await context.tr(actor)
        said = tr.n("Sent to {count} chat.", "Sent to {count} chats.", count)
        await show(update, context, [Outgoing(f"📣 {escape(said)}")])


async def drop(update: Update, context: BotContext) -> None:
    """A button: it is not sent; what was prepared is forgotten."""
    actor = actor_of(update)
    await broadcasts.drop(context.db, actor, _pressed(update), context.now())
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [Outgoing(escape(tr(N_("Nothing was sent."))))])


async def spread(update: Update, context: BotContext) -> None:
    """A button: which chats have it by now, and who acknowledged it."""
    actor = actor_of(update)
    found = await broadcasts.spread(
        context.db, actor, _pressed(update), context.now(), briefing=False
    )
    await notice(update)
    await show(update, context, [render_broadcast.spread(found, await context.tr(actor))])
