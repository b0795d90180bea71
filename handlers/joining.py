"""Joining: /start, /dang_ky, and what happens to the chats themselves."""

from html import escape

from telegram import Chat, ChatMember, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.domain.problem import N_
from bot.domain.roles import ChatPurpose
from bot.domain.rules import DEFAULTS
from bot.i18n import Translator
from bot.services import invitations, lost_chats, own_data
from bot.services.invitations import Joined
from bot.services.messages import Outgoing
from bot.services.role_words import ROLES
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import reply

PURPOSE = N_("I remind units of the work of the yearly plan.")
PURPOSES = {
    ChatPurpose.OFFICE: N_("Văn phòng"),
    ChatPurpose.LEADERS: N_("the leaders"),
}


def register(application: BotApplication) -> None:
    """Hear of chats that move or drop the bot."""
    application.add_handler(ChatMemberHandler(member_changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moved))


async def start(update: Update, context: BotContext) -> None:
    """`/start [code]`: join with a code, else say who the bot is and what it keeps."""
    if context.words:
        await join(update, context)
        return
    tr = await context.tr(actor_of(update))
    months = await own_data.keep_months(context.db)
    await reply(update, context, [welcome(tr, months)])


async def join(update: Update, context: BotContext) -> None:
    """`/dang_ky code`: in private it gives the person a role, in a group it binds the chat."""
    actor = actor_of(update)
    tr = await context.tr(actor)
    if not context.words:
        await reply(update, context, [Outgoing(escape(tr(N_("Send /dang_ky and the code."))))])
        return
    joined = await invitations.join(context.db, actor, context.words, context.now())
    months = await own_data.keep_months(context.db)
    await reply(update, context, [said(joined, tr, months)])


def welcome(tr: Translator, months: int = DEFAULTS.keep_months) -> Outgoing:
    """Say who the bot is and, in three lines, what it keeps about a person."""
    lines = [
        f"<b>{escape(tr(PURPOSE))}</b>",
        "",
        escape(tr(N_("To begin, ask Văn phòng for a code, then send /dang_ky and the code."))),
        "",
        *kept(tr, months),
        escape(tr(N_("Never send documents that bear a mark of state secrecy here."))),
    ]
    return Outgoing("\n".join(lines))


def kept(tr: Translator, months: int) -> list[str]:
    """Say in three lines what is kept about a person (Luật 91/2025/QH15)."""
    return [
        escape(tr(N_("I keep your Telegram number, name, role and unit."))),
        escape(
            tr.n(
                "It is kept while you have a role and for {count} month after.",
                "It is kept while you have a role and for {count} months after.",
                months,
            )
        ),
        escape(tr(N_("/du_lieu_cua_toi shows it; the admin can erase it."))),
    ]


def greeting(tr: Translator) -> Outgoing:
    """Say in a group that the bot was added to how it is registered."""
    how = tr(
        N_(
            "To register this group, or one topic of it, ask Văn phòng for a code and send "
            "/dang_ky and the code here."
        )
    )
    return Outgoing(f"<b>{escape(tr(PURPOSE))}</b>\n{escape(how)}")


def said(joined: Joined, tr: Translator, months: int = DEFAULTS.keep_months) -> Outgoing:
    """Read back what a code gave, and say what to do next.

    Who opens an invitation's link never sees `welcome`: what is kept is said here too.
    """
    below: list[str] = []
    if joined.role is not None:
        role = tr(ROLES[joined.role])
        what = (
            tr(N_("{name}: {role}, {unit}."), name=joined.name, role=role, unit=joined.unit)
            if joined.unit
            else tr(N_("{name}: {role}."), name=joined.name, role=role)
        )
        then = tr(N_("Send /viec for the open items, /tro_giup for help."))
        below = ["", *kept(tr, months)]
    else:
        whose = joined.unit or tr(PURPOSES[joined.purpose or ChatPurpose.OFFICE])
        what = tr(N_("From now on this chat serves {unit}."), unit=whose)
        then = tr(N_("Reminders come here at 07:30 on working days when something is due."))
    return Outgoing("\n".join([f"✅ <b>{escape(what)}</b>", escape(then), *below]))


async def member_changed(update: Update, context: BotContext) -> None:
    """Record that the bot was removed from a chat or blocked, or is no longer blocked."""
    change = update.my_chat_member
    assert change is not None  # the handler hears of nothing else
    if change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED):
        reason = f"bot {change.new_chat_member.status}"
        await lost_chats.chat_left(context.db, change.chat.id, reason, context.now())
    elif change.chat.type == Chat.PRIVATE:
        await lost_chats.chat_returned(context.db, change.chat.id, context.now())
    elif change.old_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED):
        tr = await context.tr(actor_of(update))
        await reply(update, context, [greeting(tr)])


async def moved(update: Update, context: BotContext) -> None:
    """Follow a group that became a supergroup."""
    message = update.effective_message
    assert message is not None  # a service message
    if message.migrate_to_chat_id:
        await lost_chats.chat_moved(
            context.db, message.chat_id, message.migrate_to_chat_id, context.now()
        )
    elif message.migrate_from_chat_id:
        await lost_chats.chat_moved(
            context.db, message.migrate_from_chat_id, message.chat_id, context.now()
        )
