"""What people and units are told of roles lent and of units merged. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Outgoing
from bot.services.messages_people import StandInMessage, UnitsMergedMessage
from bot.services.role_words import ROLES
from handlers.receipt_keys import received
from handlers.words import clip

MOST_CODES = 700  # characters


def stand_in(message: StandInMessage, tr: Translator) -> list[Outgoing]:
    """Tell somebody for whom they stand in."""
    head = tr(N_("🤝 You stand in for {who}"), who=message.by)
    days = tr(
        N_("From {first} to {last}; after that it ends by itself."),
        first=tr.long_date(message.first),
        last=tr.long_date(message.last),
    )
    roles = [" – ".join(filter(None, (tr(ROLES[role]), unit))) for role, unit in message.roles]
    what = tr(N_("You may do in those days what this role may: {roles}"), roles=tr.listing(roles))
    help_ = tr(N_("Send /viec for the tasks, /tro_giup for help."))
    lines = [f"<b>{escape(head)}</b>", escape(days), escape(what), escape(help_)]
    return [Outgoing("\n".join(lines), ((received(message.outbox_id, tr),),))]


def merged(message: UnitsMergedMessage, tr: Translator) -> list[Outgoing]:
    """Tell two units that one is part of the other now."""
    said = N_("🔗 {old} is now part of {new}")
    lines = [f"<b>{escape(tr(said, old=message.old, new=message.new))}</b>"]
    if message.codes:
        text = tr(
            N_("Its open tasks go on with {new}: {codes}"),
            new=message.new,
            codes=", ".join(message.codes),
        )
        lines.append(escape(clip(text, MOST_CODES)))
    else:
        lines.append(escape(tr(N_("It had no open task to pass on."))))
    lines.append(escape(tr(N_("What was reported before stays as it is. /viec shows the list."))))
    seen = received(message.outbox_id, tr)
    return [Outgoing("\n".join(lines), ((seen,),))]
