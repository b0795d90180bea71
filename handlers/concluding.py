"""/ket_luan: the conclusions of a meeting, read back and given as items in one step."""

from html import escape

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.services import conclusion_drafts, conclusions, dialogs
from bot.services.messages import Outgoing
from handlers import render_conclusions
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (Press.BRIEF_CONCLUDE, ask),
        (Press.CONCLUDE_EDIT, ask),
        (Press.CONCLUDE_GIVE, give),
        (Press.CONCLUDE_DROP, drop),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))
    chosen = pair_pattern(Press.CONCLUDE_PLAN)
    application.add_handler(CallbackQueryHandler(other_plan, chosen))


async def conclude(update: Update, context: BotContext) -> None:
    """`/ket_luan` asks; what stands behind it, every line of it, is taken at once."""
    message = update.effective_message
    said = (message.text or "") if isinstance(message, Message) else ""
    text = "".join(said.split(maxsplit=1)[1:])
    if text:
        await typed(update, context, text)
    else:
        await ask(update, context)


async def ask(update: Update, context: BotContext) -> None:
    """A button, or the command alone: ask for the conclusions."""
    actor = actor_of(update)
    kept = await conclusions.begin(context.db, actor, context.now())
    await notice(update)
    await reply(update, context, render_conclusions.question(kept, await context.tr(actor)))


async def typed(update: Update, context: BotContext, text: str) -> None:
    """Read the conclusions back; nothing is given yet."""
    actor = actor_of(update)
    found = await conclusions.look(context.db, actor, text, context.now())
    await reply(update, context, render_conclusions.looked(found, await context.tr(actor)))


async def give(update: Update, context: BotContext) -> None:
    """A button: add them to the plan and tell their units."""
    actor = actor_of(update)
    assert update.callback_query is not None  # a button was pressed
    mark = subject(update.callback_query.data or "")
    found = await conclusions.give(context.db, actor, mark, context.now())
    await notice(update)
    await show(update, context, render_conclusions.given(found, await context.tr(actor)))


async def other_plan(update: Update, context: BotContext) -> None:
    """A button: into which other plan they go; then, that one."""
    actor = actor_of(update)
    assert update.callback_query is not None  # a button was pressed
    mark, plan_id = pair(update.callback_query.data or "")
    found = await conclusions.into_plan(context.db, actor, mark, plan_id, context.now())
    await notice(update)
    tr = await context.tr(actor)
    said = (
        render_conclusions.looked(found, tr)
        if plan_id
        else [render_conclusions.which_plan(found, tr)]
    )
    await show(update, context, said)


async def drop(update: Update, context: BotContext) -> None:
    """A button: forget what was written."""
    actor = actor_of(update)
    if not await dialogs.call_off(context.db, actor, dialogs.ASK_CONCLUSIONS, context.now()):
        raise NotFound(conclusion_drafts.GONE)
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [Outgoing(escape(tr(N_("Nothing was given."))))])
