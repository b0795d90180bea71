"""Changes made step by step: /kich_hoat, /dat_han, /giao, /sua, /thoi_viec, ⚙️, units, roles."""

import datetime as dt
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.change_forms import read_form
from bot.domain.errors import NotAllowed, UserError
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.services import change_flows as flows
from bot.services import changing, draft_files, lists
from bot.services.change_steps import TYPED, Args
from bot.services.dialogs import Dialog
from bot.services.messages import Outgoing
from handlers import change_rows, render_changes
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.choosing import ask_which
from handlers.codes import code_of
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show

CALLED_OFF = N_("Called off. Nothing has changed.")


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    for press, handler in (
        (Press.ADJUST, adjust),
        (Press.CHANGE_YES, confirm),
        (Press.CHANGE_NO, call_off),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))
    for press, handler in ((Press.CHANGE, chosen), (Press.CHANGE_PICK, pick)):
        application.add_handler(CallbackQueryHandler(handler, pair_pattern(press)))


async def event(update: Update, context: BotContext) -> None:
    """`/kich_hoat II.3 05/3/2024 [event]`: the event of a relative deadline has happened."""
    if await _lacks_code(update, context, Purpose.EVENT):
        return
    args = _code(context)
    if rest := (context.args or [])[1:]:
        args["said"] = " ".join(rest)
    await _begin(update, context, flows.EVENT, args)


async def date(update: Update, context: BotContext) -> None:
    """`/dat_han III.2 30/6`: give a day to an item without one."""
    if await _lacks_code(update, context, Purpose.DATE):
        return
    await _begin(update, context, flows.DATE, _with_rest(update, context, "day"))


async def owners(update: Update, context: BotContext) -> None:
    """`/giao III.2 HCTP, TDTHPL; phối hợp: VP`: who leads and who cooperates."""
    if await _lacks_code(update, context, Purpose.OWNERS):
        return
    await _begin(update, context, flows.OWNERS, _with_rest(update, context, "units"))


async def drop(update: Update, context: BotContext) -> None:
    """`/thoi_viec III.5 decision`: an item is no longer carried out."""
    if await _lacks_code(update, context, Purpose.DROP):
        return
    await _begin(update, context, flows.DROP, _with_rest(update, context, "decision"))


async def edit(update: Update, context: BotContext) -> None:
    """`/sua III.5`: an item's words."""
    if await _lacks_code(update, context, Purpose.EDIT):
        return
    await _begin(update, context, flows.EDIT, _code(context))


async def settings(update: Update, context: BotContext) -> None:
    """`/cai_dat`: the office's settings, by area."""
    await _begin(update, context, flows.SETTINGS, {})


async def add(update: Update, context: BotContext) -> None:
    """`/them [lines]`: a new item, step by step or in one message."""
    args: Args = {f"{TYPED}{name}": value for name, value in read_form(_behind(update)).items()}
    await _begin(update, context, flows.ADD, args)


async def close(update: Update, context: BotContext) -> None:
    """`/dong_ke_hoach`: close a plan; what is open is carried over or dropped."""
    await _begin(update, context, flows.CLOSE, {})


async def next_plan(update: Update, context: BotContext) -> None:
    """`/ke_hoach_moi [year]`: begin the next plan from this one."""
    args = {f"{TYPED}year": context.args[0]} if context.args else {}
    await _begin(update, context, flows.NEXT, args)


def _behind(update: Update) -> str:
    """Return what stands behind the command, lines kept as they are."""
    message = update.message
    text = (message.text or message.caption or "") if message else ""
    return "".join(text.split(maxsplit=1)[1:])


def _code(context: BotContext) -> Args:
    return {"code": code_of(context.args[0])} if context.args else {}


def _with_rest(update: Update, context: BotContext, name: str) -> Args:
    said = context.behind_first_word(update).strip()
    return {**_code(context), **({f"{TYPED}{name}": said} if said else {})}


async def _lacks_code(update: Update, context: BotContext, purpose: Purpose) -> bool:
    """Offer the items that can be changed so where the command names none."""
    if context.args:
        return False
    await ask_which(update, context, purpose)
    return True


async def _begin(update: Update, context: BotContext, name: str, args: Args) -> None:
    actor = actor_of(update)
    shown = await changing.begin(context.db, actor, name, args, context.now())
    tr = await context.tr(actor)
    await notice(update)
    await reply(update, context, render_changes.step(shown, tr, private=actor.private))


async def begin_here(update: Update, context: BotContext, name: str, args: Args) -> None:
    """Begin a change in place of the message whose button asked for it, if one did."""
    actor = actor_of(update)
    shown = await changing.begin(context.db, actor, name, args, context.now())
    tr = await context.tr(actor)
    await notice(update)
    await show(update, context, render_changes.step(shown, tr, private=actor.private))


async def typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> bool:
    """Take a typed answer; one that cannot be read leaves the question open."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    try:
        shown = await changing.answer(context.db, actor, dialog, text, context.now())
    except NotAllowed:
        raise
    except UserError as error:
        await reply(update, context, [Outgoing(escape(tr.problem(error.problem)), asks=True)])
        return True
    await reply(update, context, render_changes.step(shown, tr, private=actor.private))
    return True  # the next question, or what was read back, waits for a button


async def pick(update: Update, context: BotContext) -> None:
    """A button that answers a question."""
    actor = actor_of(update)
    token, place = pair(_pressed(update))
    shown = await changing.pick(context.db, actor, token, place, context.now())
    tr = await context.tr(actor)
    await notice(update)
    await show(update, context, render_changes.step(shown, tr, private=actor.private))


async def confirm(update: Update, context: BotContext) -> None:
    """A button: what was read back is right."""
    actor = actor_of(update)
    token = subject(_pressed(update))
    result = await changing.confirm(context.db, actor, token, context.now())
    await draft_files.forget_contents(context.db, context.files, result.forget)
    await notice(update)
    await show(update, context, [render_changes.done(result, await context.tr(actor))])


async def call_off(update: Update, context: BotContext) -> None:
    """A button: nothing is to change."""
    actor = actor_of(update)
    about = await changing.call_off(context.db, actor, subject(_pressed(update)), context.now())
    tr = await context.tr(actor)
    await notice(update)
    rows = render_changes.back_to(about.get("unit"), about.get("person"), tr)
    await show(update, context, [Outgoing(escape(tr(CALLED_OFF)), rows)])


async def adjust(update: Update, context: BotContext) -> None:
    """A card's button: what can be changed of the item."""
    actor = actor_of(update)
    now: dt.datetime = context.now()
    await changing.check(context.db, actor, now)
    card = await lists.card(context.db, actor, subject(_pressed(update)), now)
    tr = await context.tr(actor)
    await notice(update)
    text = escape(tr(N_("What changes of {code}?"), code=card.item.code))
    await show(update, context, [Outgoing(f"⚙️ {text}", change_rows.menu(card, tr))])


async def chosen(update: Update, context: BotContext) -> None:
    """A button of that menu: begin the change."""
    item_id, place = pair(_pressed(update))
    name = change_rows.CHANGES[min(place, len(change_rows.CHANGES) - 1)][0]
    await _begin(update, context, name, {"item": item_id})


def _pressed(update: Update) -> str:
    assert update.callback_query is not None  # a button was pressed
    return update.callback_query.data or ""
