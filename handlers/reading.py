"""The item that a command wants to look at: also of plans that were closed."""

from collections.abc import Callable, Sequence
from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.i18n import Translator
from bot.services import lists
from bot.services.messages import Button, Outgoing
from handlers.callbacks import Press, data
from handlers.choosing import ask_which
from handlers.codes import WHICH_PLAN, code_of
from handlers.context import BotContext, actor_of
from handlers.naming import plan_words
from handlers.replies import reply

LONGEST_TITLE, MOST_EARLIER = 40, 3
Rows = tuple[tuple[Button, ...], ...]


def _open(item_id: int) -> str:
    return data(Press.OPEN, item_id)


async def item_to_read(
    update: Update, context: BotContext, purpose: Purpose, press: Callable[[int], str] = _open
) -> tuple[int, Rows] | None:
    """Return the item to look at whose code is the command's first word.

    It is that of the plan in use, else of the plan that was closed last; the rows offer those of
    other closed plans, each button with the data of `press`. Without a code buttons offer items,
    and where several plans in use have one they ask which. None: that was the answer.
    """
    if not context.args:
        await ask_which(update, context, purpose)
        return None
    tr = await context.tr(actor_of(update))
    code = code_of(context.args[0])
    found = await lists.items_kept(context.db, actor_of(update), code, context.now())
    rows = tuple(
        (Button(plan_words(plan.title, plan.closed, tr, LONGEST_TITLE), press(item_id)),)
        for item_id, plan in found
    )
    in_use = sum(plan.closed is None for _, plan in found)
    if in_use > 1:
        shown = rows[: in_use + MOST_EARLIER]
        await reply(update, context, [Outgoing(escape(tr(WHICH_PLAN, code=code)), shown)])
        return None
    return found[0][0], rows[1 : 1 + MOST_EARLIER]


def with_earlier(messages: Sequence[Outgoing], earlier: Rows, tr: Translator) -> list[Outgoing]:
    """Return an answer with a last word that offers the item of closed plans, where there is."""
    if not earlier:
        return list(messages)
    said = tr(N_("Other plans have an item with this code, too:"))
    return [*messages, Outgoing(escape(said), earlier)]
