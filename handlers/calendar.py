"""/lich: the days off to come, and Văn phòng's changes of them."""

from telegram import Update

from bot.domain.calendar_days import BACKWARDS, LONG_AGO, parse_change
from bot.domain.days import local_day
from bot.domain.errors import UserError
from bot.domain.problem import N_, Problem
from bot.services import calendar_days
from bot.services.messages import Outgoing
from handlers.context import BotContext, actor_of
from handlers.render_calendar import confirmed, overview
from handlers.replies import reply

HOW = N_(
    "I do not understand this. For example: /lich nghi 02/01/2026 12729/VPCP-KGVX, /lich lam_bu "
    "10/01/2026 12729/VPCP-KGVX, /lich bo 02/01/2026. Nothing has changed."
)


async def calendar(update: Update, context: BotContext) -> None:
    """`/lich [nghi|lam_bu|bo] day… notice`: show the calendar, or change it."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    if not context.words:
        found = await calendar_days.look(context.db, actor, context.now())
        await reply(update, context, overview(found, tr))
        return
    changes = parse_change(context.words, local_day(context.now()))
    if isinstance(changes, Problem):
        await calendar_days.look(context.db, actor, context.now())  # strangers learn nothing
        if changes.msgid in (BACKWARDS, LONG_AGO):
            raise UserError(changes.msgid, **dict(changes.params))
        raise UserError(HOW)
    done = await calendar_days.change(context.db, actor, changes, context.now())
    await reply(update, context, [Outgoing(confirmed(done, tr))])
