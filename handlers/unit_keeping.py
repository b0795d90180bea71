"""`/don_vi`: the units, and what becomes of them."""

from html import escape

from telegram import Update

from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.i18n import Translator
from bot.services import units
from bot.services.messages import Outgoing
from bot.services.units import UnitList
from handlers.context import BotContext, actor_of
from handlers.pages import Block, paginate
from handlers.replies import reply

TITLE = N_("Units")
HOW = (
    N_("/don_vi thêm NAME – a new unit"),
    N_("/don_vi đổi OLD NAME > NEW NAME – rename; the old name is still understood"),
    N_("/don_vi gọi UNIT > OTHER NAME – another way to write it"),
    N_("/don_vi bỏ OTHER NAME – no longer written so"),
    N_("/don_vi gộp UNIT > UNIT – merge the first into the second"),
    N_("/don_vi hết UNIT > 30/6/2024 – its last day"),
)


async def keep_units(update: Update, context: BotContext) -> None:
    """`/don_vi [what to do]`: change a unit, and show the list as it is now."""
    actor = actor_of(update)
    if context.words:
        await units.change(context.db, actor, context.words, context.now())
    found = await units.listed(context.db, actor, context.now())
    await reply(update, context, list_units(found, await context.tr(actor)))


def list_units(found: UnitList, tr: Translator) -> list[Outgoing]:
    """List the units with who heads and who supervises them, and say what can be typed."""
    blocks = []
    for stored in found.units:
        unit = stored.unit
        beside = ", ".join(name for name in (unit.short, *unit.aliases) if name)
        lines = [f"• <b>{escape(unit.name)}</b>" + (f" ({escape(beside)})" if beside else "")]
        heads = [h.name for h in found.held if h.unit_id == stored.id and h.role is Role.HEAD]
        over = [h.name for h in found.held if h.unit_id == stored.id and h.role is Role.LEADER]
        if heads:
            lines.append(escape(tr(N_("Head: {names}"), names=tr.listing(heads))))
        if over:
            lines.append(escape(tr(N_("Supervised by {names}"), names=tr.listing(over))))
        if stored.valid_to:
            lines.append(escape(tr(N_("Until {day}"), day=tr.long_date(stored.valid_to))))
        blocks.append(Block("\n".join(lines)))
    foot = "\n".join(escape(tr(line)) for line in HOW)
    return paginate(f"🏢 <b>{escape(tr(TITLE))}</b>", blocks, foot=foot)
