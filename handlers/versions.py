"""A newer version of a plan: compare, accept whole or item by item, take back. For Văn phòng."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.services import loading_summary, versions, versions_proposals
from handlers import render_loading, render_versions
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, show
from handlers.version_keys import VersionPress, key_of, pair_of, version_pattern


def register(application: BotApplication) -> None:
    """Hear of every button of a comparison."""
    for press, handler in (
        (VersionPress.OPEN, compare),
        (VersionPress.PAGE, turn),
        (VersionPress.ITEM, open_change),
        (VersionPress.TAKE, take),
        (VersionPress.SKIP, skip),
        (VersionPress.ALL, accept_all),
        (VersionPress.CHOSEN, accept_chosen),
        (VersionPress.APART, keep_apart),
        (VersionPress.DROP, discard),
        (VersionPress.UNDO, ask_undo),
        (VersionPress.UNDO_NOW, undo),
    ):
        application.add_handler(CallbackQueryHandler(handler, version_pattern(press)))


async def compare(update: Update, context: BotContext) -> None:
    """A button: what a draft would change in the plan that it looks like."""
    actor = actor_of(update)
    plan_id, draft_id = pair_of(update)
    now = context.now()
    found = await versions_proposals.propose(context.db, actor, plan_id, draft_id, now)
    await notice(update)
    await show(update, context, [render_versions.proposal(found, await context.tr(actor))])


async def turn(update: Update, context: BotContext) -> None:
    """A button: another page of the changes."""
    actor = actor_of(update)
    key, page = key_of(update)
    found = await versions_proposals.look(context.db, actor, key, context.now())
    await notice(update)
    await show(update, context, [render_versions.proposal(found, await context.tr(actor), page)])


async def open_change(update: Update, context: BotContext) -> None:
    """A button: one change by itself."""
    actor = actor_of(update)
    key, place = key_of(update)
    found = await versions_proposals.look(context.db, actor, key, context.now())
    await notice(update)
    await show(update, context, [render_versions.change(found, place, await context.tr(actor))])


async def take(update: Update, context: BotContext) -> None:
    """A button: accept one change."""
    await _choose(update, context, taken=True)


async def skip(update: Update, context: BotContext) -> None:
    """A button: refuse one change."""
    await _choose(update, context, taken=False)


async def _choose(update: Update, context: BotContext, *, taken: bool) -> None:
    actor, db = actor_of(update), context.db
    key, place = key_of(update)
    found = await versions_proposals.choose(db, actor, key, place, context.now(), taken=taken)
    tr = await context.tr(actor)
    last = place + 1 >= len(found.diff.changes)
    page = place // render_versions.ON_A_PAGE
    shown = (
        render_versions.proposal(found, tr, page)
        if last
        else render_versions.change(found, place + 1, tr)
    )
    await notice(update)
    await show(update, context, [shown])


async def accept_all(update: Update, context: BotContext) -> None:
    """A button: the plan becomes what its newer version says."""
    await _accept(update, context, everything=True)


async def accept_chosen(update: Update, context: BotContext) -> None:
    """A button: the changes that were accepted one by one, and no other."""
    await _accept(update, context, everything=False)


async def _accept(update: Update, context: BotContext, *, everything: bool) -> None:
    actor, db = actor_of(update), context.db
    key, _ = key_of(update)
    done = await versions_proposals.accept(db, actor, key, context.now(), everything=everything)
    await notice(update)
    await show(update, context, [render_versions.applied(done, await context.tr(actor))])


async def keep_apart(update: Update, context: BotContext) -> None:
    """A button: it is another plan, a draft of its own."""
    actor = actor_of(update)
    key, _ = key_of(update)
    draft = await versions_proposals.keep_apart(context.db, actor, key, context.now())
    found = await loading_summary.summary(context.db, actor, draft, context.now())
    await notice(update)
    await show(update, context, [render_loading.summary(found, await context.tr(actor))])


async def discard(update: Update, context: BotContext) -> None:
    """A button: forget the file, leave the plan as it is."""
    actor = actor_of(update)
    key, _ = key_of(update)
    await versions_proposals.discard(context.db, actor, key, context.now())
    await notice(update)
    await show(update, context, [render_versions.forgotten(await context.tr(actor))])


async def ask_undo(update: Update, context: BotContext) -> None:
    """A button: ask whether a version is to be taken back."""
    actor = actor_of(update)
    plan_id, number = pair_of(update)
    title = await versions.title_of(context.db, actor, plan_id, context.now())
    tr = await context.tr(actor)
    await notice(update)
    await show(update, context, [render_versions.ask_undo(title, plan_id, number, tr)])


async def undo(update: Update, context: BotContext) -> None:
    """A button: take a version back, as long as nothing rests on it."""
    actor = actor_of(update)
    plan_id, number = pair_of(update)
    done = await versions.undo(context.db, actor, plan_id, context.now(), number)
    await notice(update)
    await show(update, context, [render_versions.undone(done, await context.tr(actor))])
