"""Other dates (gia hạn): /gia_han, its buttons, and what is typed about them."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.services import (
    dialogs,
    extension_answers,
    extension_decisions,
    extension_offers,
    extension_parts,
    extension_showing,
    extensions,
    others_questions,
)
from bot.services.dialogs import Dialog
from bot.services.messages import Outgoing
from bot.services.messages_extensions import Offer, Wish
from handlers import render_extensions
from handlers.callbacks import Press, pattern, subject
from handlers.choosing import item_named
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply, show

STANDS = True


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    handlers = (
        (Press.EXTEND, ask),
        (Press.EXT_EDIT, ask_anew),
        (Press.EXT_SEND, send),
        (Press.EXT_OFF, call_off),
        (Press.EXT_YES, approve),
        (Press.EXT_NO, ask_rejection),
        (Press.EXT_OTHER, ask_offer),
        (Press.EXT_OFFER, offer),
        (Press.EXT_SHOW, view),
        (Press.EXT_BACK, withdraw),
    )
    for press, handler in handlers:
        application.add_handler(CallbackQueryHandler(handler, pattern(press)))


def _pressed(update: Update) -> int:
    assert update.callback_query is not None  # a button was pressed
    return subject(update.callback_query.data or "")


async def extend(update: Update, context: BotContext) -> None:
    """`/gia_han III.5 30/6 reason`: ask for another date; it is read back before it counts.

    Where a request is open, it is shown with what can be done about it.
    """
    item_id = await item_named(update, context, Purpose.EXTEND)
    if item_id is None:
        return
    actor, now = actor_of(update), context.now()
    if found := await extension_showing.request_of_item(context.db, actor, item_id, now):
        tr = await context.tr(actor)
        await reply(update, context, [render_extensions.standing(found, tr, asked_again=True)])
        return
    part = await extension_parts.part_to_extend(context.db, actor, item_id, now)
    said = context.behind_first_word(update)
    wish = await extensions.begin(context.db, actor, part.id, said, now, anew=True)
    await _say(update, context, wish)


async def _say(update: Update, context: BotContext, wish: Wish) -> None:
    tr = await context.tr(actor_of(update))
    made = render_extensions.read_back if wish.whole else render_extensions.ask
    await reply(update, context, [made(wish, tr)])


async def ask(update: Update, context: BotContext) -> None:
    """A card's button: ask until when and why; where that was asked before, how it stands."""
    actor, now, part_id = actor_of(update), context.now(), _pressed(update)
    if found := await extension_showing.request_of_part(context.db, actor, part_id, now):
        await notice(update)
        tr = await context.tr(actor)
        await show(update, context, [render_extensions.standing(found, tr, asked_again=True)])
        return
    wish = await extensions.begin(context.db, actor, part_id, "", now, anew=True)
    await notice(update)
    await _say(update, context, wish)


async def ask_anew(update: Update, context: BotContext) -> None:
    """A button under what was read back: ask again."""
    await ask(update, context)


async def typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> bool:
    """The answer to until when and why: it is read back, and can be typed again until sent."""
    actor, now = actor_of(update), context.now()
    await _say(
        update, context, await extensions.begin(context.db, actor, dialog.subject_id, text, now)
    )
    return STANDS


async def send(update: Update, context: BotContext) -> None:
    """A button under what was read back: it counts now."""
    actor, part_id, now = actor_of(update), _pressed(update), context.now()
    await others_questions.check_wish(context.db, actor, part_id, now)
    done = await extensions.send(context.db, actor, part_id, now)
    await notice(update)
    await show(update, context, [render_extensions.sent(done, await context.tr(actor))])


async def call_off(update: Update, context: BotContext) -> None:
    """A button under what was read back, here or by /hoan_tac: not after all."""
    actor, part_id, now = actor_of(update), _pressed(update), context.now()
    question = extensions.ASK_EXTENSION if part_id else extension_offers.ASK_OFFER
    about = part_id or None
    stood = await dialogs.call_off(context.db, actor, question, now, subject_id=about)
    if part_id and not stood:
        await others_questions.check_wish(context.db, actor, part_id, now)
        raise UserError(extensions.NOTHING_TO_SEND)
    await notice(update)
    text = (await context.tr(actor))(N_("Called off. Nothing has changed."))
    await show(update, context, [Outgoing(escape(text))])


async def approve(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: the date that was asked for is granted."""
    actor, now = actor_of(update), context.now()
    done = await extension_decisions.approve(context.db, actor, _pressed(update), now)
    tr = await context.tr(actor)
    await notice(update, tr(N_("Granted.")))
    await show(update, context, [render_extensions.standing(done, tr)])


async def ask_rejection(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: ask why there is no other date."""
    found = await _asked(update, context, extension_decisions.ASK_REJECTION)
    tr = await context.tr(actor_of(update))
    await reply(update, context, [render_extensions.ask_rejection(found, tr)])


async def ask_offer(update: Update, context: BotContext) -> None:
    """A button of Văn phòng: ask which other day it proposes."""
    found = await _asked(update, context, extension_offers.ASK_OFFER)
    tr = await context.tr(actor_of(update))
    await reply(update, context, [render_extensions.ask_offer(found, tr)])


async def _asked(update: Update, context: BotContext, question: str) -> Offer:
    actor, now, extension_id = actor_of(update), context.now(), _pressed(update)
    found = await extension_decisions.check_decidable(context.db, actor, extension_id, now)
    await dialogs.ask(context.db, actor, question, extension_id, now)
    await notice(update)
    return found


async def rejection_typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> None:
    """The answer to why there is no other date."""
    actor, now = actor_of(update), context.now()
    done = await extension_decisions.reject(context.db, actor, dialog.subject_id, text, now)
    await reply(update, context, [render_extensions.standing(done, await context.tr(actor))])


async def offer_typed(update: Update, context: BotContext, dialog: Dialog, text: str) -> bool:
    """The answer to which other day: it is read back."""
    actor, now = actor_of(update), context.now()
    found = await extension_offers.type_offer(context.db, actor, dialog.subject_id, text, now)
    made = render_extensions.ask_offer if found.due is None else render_extensions.read_offer_back
    await reply(update, context, [made(found, await context.tr(actor))])
    return STANDS


async def offer(update: Update, context: BotContext) -> None:
    """A button under the proposed day that was read back: the unit is asked."""
    actor, now = actor_of(update), context.now()
    done = await extension_offers.offer(context.db, actor, _pressed(update), now)
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [render_extensions.standing(done, tr)])


async def view(update: Update, context: BotContext) -> None:
    """A card's button: a request as it stands, with what can be done about it."""
    actor, now = actor_of(update), context.now()
    found = await extension_showing.request(context.db, actor, _pressed(update), now)
    await notice(update)
    await show(update, context, [render_extensions.standing(found, await context.tr(actor))])


async def withdraw(update: Update, context: BotContext) -> None:
    """A button of the unit: the request is taken back."""
    actor, now = actor_of(update), context.now()
    done = await extension_answers.withdraw(context.db, actor, _pressed(update), now)
    await notice(update)
    await show(update, context, [render_extensions.standing(done, await context.tr(actor))])
