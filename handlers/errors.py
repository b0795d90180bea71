"""The one error handler: a clear sentence to the person, the details to the log."""

import datetime as dt
import logging
from html import escape

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.domain.errors import AlreadyHandled, DatabaseTrouble, DeliveryError, UserError
from bot.domain.problem import N_, Problem
from bot.services.messages import Outgoing
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, reply
from handlers.sender import seconds_of
from handlers.words import clip

logger = logging.getLogger(__name__)

LONGEST = 800
BROKEN = Problem(
    N_("Something went wrong on my side; it was written to the log. Please try again.")
)
DONE_BEFORE = Problem(N_("This was recorded already."))


def register(application: BotApplication) -> None:
    """Hear of every error that a handler raises."""
    application.add_error_handler(answer_error)


async def answer_error(update: object, context: BotContext) -> None:
    """Tell the person what happened; an update that could not be answered is tried again."""
    error = context.error
    if not isinstance(update, Update) or update.effective_chat is None:
        logger.error("error outside an update", exc_info=error)
        return
    if isinstance(error, DatabaseTrouble):
        context.bot_data.unwritten[update.update_id] = error.reason
        return
    if _line_is_down(error):
        logger.warning("could not answer: %s", error, extra={"update": update.update_id})
        context.bot_data.unanswered[update.update_id] = _asked_to_wait(error)
        return
    if isinstance(error, UserError):
        logger.info("refused: %s", error.problem.msgid, extra={"update": update.update_id})
        await _say(update, context, error.problem)
    elif isinstance(error, AlreadyHandled):
        await _say(update, context, DONE_BEFORE)
    elif isinstance(error, DeliveryError):
        logger.warning("could not answer: %s", error.reason, extra={"update": update.update_id})
    else:
        logger.error("handler broke", exc_info=error, extra={"update": update.update_id})
        await _say(update, context, BROKEN)


def _line_is_down(error: Exception | None) -> bool:
    if isinstance(error, DeliveryError):
        return not error.permanent
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


def _asked_to_wait(error: Exception | None) -> dt.timedelta:
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    asked = error.retry_after if isinstance(error, DeliveryError) else None
    return asked or dt.timedelta()


async def _say(update: Update, context: BotContext, problem: Problem) -> None:
    tr = await context.tr(actor_of(update))
    # The sentence quotes what the person sent, which can be as long as a message.
    text = clip(tr.problem(problem), LONGEST)
    try:
        if not await notice(update, text, alert=True):
            await reply(update, context, [Outgoing(escape(text))])
    except DeliveryError as failure:
        logger.warning("could not answer: %s", failure.reason)
        if not failure.permanent:
            context.bot_data.unanswered[update.update_id] = _asked_to_wait(failure)
