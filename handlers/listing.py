"""The lists: /viec, /han, /tre_han, /cho_xac_nhan, /thieu_minh_chung, /chua_co_han, /tim."""

import asyncio
from collections.abc import Callable, Coroutine
from html import escape
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import UserError
from bot.domain.listing import ListKind, ListRef
from bot.domain.problem import N_
from bot.domain.search import as_argument
from bot.reports.sheet import write_sheet
from bot.services import browsing
from bot.services.messages import Address, Outgoing
from handlers import render_listing
from handlers.callbacks import ListPress, Press, list_of, list_pattern, pattern
from handlers.context import BotApplication, BotContext, actor_of
from handlers.listing_sheet import listing_sheet, sheet_name
from handlers.replies import notice, reply, show
from handlers.sender import TelegramSender

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]

NO_DAYS = N_("“{text}” is no number of days from 1 to {most}. For example: /han 14")


def register(application: BotApplication) -> None:
    """Hear of the buttons of lists."""
    for press, handler in ((ListPress.PAGE, turn), (ListPress.FILE, send_file)):
        application.add_handler(CallbackQueryHandler(handler, list_pattern(press)))
    application.add_handler(CallbackQueryHandler(by_unit, list_pattern(ListPress.UNITS)))
    application.add_handler(CallbackQueryHandler(open_work, pattern(Press.WORK)))


def _list(kind: ListKind) -> Handler:
    """Return the handler of a command that lists; a unit may stand behind it."""

    async def handle(update: Update, context: BotContext) -> None:
        actor, words = actor_of(update), context.words
        unit = ""
        if words:
            unit = await browsing.unit_called(context.db, actor, kind, words, context.now())
        await _send(update, context, ListRef(kind, unit))

    handle.__doc__ = f"List `{kind}`, of a unit if one is named."
    return handle


work = _list(ListKind.WORK)
overdue = _list(ListKind.OVERDUE)
awaiting = _list(ListKind.AWAITING)
unproven = _list(ListKind.UNPROVEN)
undated = _list(ListKind.UNDATED)


async def soon(update: Update, context: BotContext) -> None:
    """`/han [14]`: what falls due in the next days, by day."""
    word = context.args[0] if context.args else str(browsing.DEFAULT_DAYS)
    if not (word.isdecimal() and 1 <= int(word[:4]) <= browsing.MOST_DAYS and len(word) < 4):
        raise UserError(NO_DAYS, text=word, most=browsing.MOST_DAYS)
    await _send(update, context, ListRef(ListKind.SOON, str(int(word))))


async def search(update: Update, context: BotContext) -> None:
    """`/tim words`: items by words of their title, product, units or code."""
    argument = as_argument(context.words)
    if not argument:
        tr = await context.tr(actor_of(update))
        text = tr(N_("What should I look for? For example: /tim hộ tịch, or /tim III.5"))
        await reply(update, context, [Outgoing(escape(text))])
        return
    await _send(update, context, ListRef(ListKind.SEARCH, argument))


async def _send(update: Update, context: BotContext, ref: ListRef) -> None:
    actor = actor_of(update)
    found = await browsing.browse(context.db, actor, ref, context.now())
    await reply(update, context, [render_listing.listing(found, await context.tr(actor))])


def _pressed(update: Update) -> ListRef:
    assert update.callback_query is not None  # a button was pressed
    return list_of(update.callback_query.data or "")[1]


async def turn(update: Update, context: BotContext) -> None:
    """A button: another page of the list, or back to it, in the same message."""
    actor = actor_of(update)
    found = await browsing.browse(context.db, actor, _pressed(update), context.now())
    await notice(update)
    await show(update, context, [render_listing.listing(found, await context.tr(actor))])


async def by_unit(update: Update, context: BotContext) -> None:
    """A button: how many are overdue in each unit."""
    actor = actor_of(update)
    found = await browsing.browse(context.db, actor, _pressed(update), context.now())
    await notice(update)
    await show(update, context, [render_listing.by_unit(found, await context.tr(actor))])


async def open_work(update: Update, context: BotContext) -> None:
    """A reminder's button: everything that is open, below it."""
    actor = actor_of(update)
    found = await browsing.browse(context.db, actor, ListRef(ListKind.WORK), context.now())
    await notice(update)
    await reply(update, context, [render_listing.listing(found, await context.tr(actor))])


async def send_file(update: Update, context: BotContext) -> None:
    """A button: the whole list as a spreadsheet."""
    actor = actor_of(update)
    found = await browsing.browse(context.db, actor, _pressed(update), context.now(), whole=True)
    tr = await context.tr(actor)
    await notice(update, tr(N_("The file is on its way.")))
    data = await asyncio.to_thread(write_sheet, listing_sheet(found, tr))
    address = Address(actor.chat_id, actor.thread_id)
    await TelegramSender(context.bot).send_file(address, sheet_name(found), data)
