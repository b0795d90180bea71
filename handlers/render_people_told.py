"""What people and units are told of roles lent and of units merged. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.i18n import Translator
from bot.services.messages import Outgoing
from bot.services.messages_people import RoleMessage, StandInMessage, UnitsMergedMessage
from bot.services.role_words import ROLES, RoleWord
from handlers.receipt_keys import received
from handlers.words import clip

MOST_CODES = 700  # characters
# What is said of a role: the head line, and what it means.
ROLE_TOLD = {
    RoleWord.GIVEN: (
        N_("👤 You have a new role: {roles}"),
        N_("Văn phòng has recorded it. Send /viec for the tasks, /tro_giup for help."),
    ),
    RoleWord.TAKEN: (
        N_("👤 You no longer have the role: {roles}"),
        N_("What you reported stays. If this is wrong, ask Văn phòng."),
    ),
    RoleWord.LENT: (
        N_("🤝 {who} stands in for you: {roles}"),
        N_("Văn phòng has recorded it. /thay_mat shows it and ends it."),
    ),
    RoleWord.UNLENT: (
        N_("🤝 You no longer stand in for {who}: {roles}"),
        N_("What you reported in that time stays."),
    ),
}


def stand_in(message: StandInMessage, tr: Translator) -> list[Outgoing]:
    """Tell somebody for whom they stand in."""
    head = tr(N_("🤝 You stand in for {who}"), who=message.by)
    days = tr(
        N_("From {first} to {last}; after that it ends by itself."),
        first=tr.long_date(message.first),
        last=tr.long_date(message.last),
    )
    roles = named_roles(message.roles, tr)
    what = tr(N_("You may do in those days what this role may: {roles}"), roles=roles)
    help_ = tr(N_("Send /viec for the tasks, /tro_giup for help."))
    lines = [f"<b>{escape(head)}</b>", escape(days), escape(what), escape(help_)]
    return [Outgoing("\n".join(lines), ((received(message.outbox_id, tr),),))]


def role(message: RoleMessage, tr: Translator) -> list[Outgoing]:
    """Tell somebody of a role that was given, taken or lent."""
    head, below = ROLE_TOLD[message.word]
    said = tr(head, roles=named_roles(message.roles, tr), who=message.who)
    lines = [f"<b>{escape(said)}</b>"]
    if message.first and message.last:
        days = N_("From {first} to {last}")
        first, last = tr.long_date(message.first), tr.long_date(message.last)
        lines.append(escape(tr(days, first=first, last=last)))
    row = (received(message.outbox_id, tr),)
    return [Outgoing("\n".join([*lines, escape(tr(below))]), (row,))]


def named_roles(roles: tuple[tuple[Role, str], ...], tr: Translator) -> str:
    """Return roles, each with its unit."""
    return tr.listing(" – ".join(filter(None, (tr(ROLES[kind]), unit))) for kind, unit in roles)


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
