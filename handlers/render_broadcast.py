"""Broadcasts in words, and how far they have come. Pure."""

from html import escape

from bot.domain.outbox import OutboxState
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.broadcasts import Prepared
from bot.services.messages import Button, Outgoing
from bot.services.messages_briefing import BroadcastMessage, Spread
from handlers.callbacks import Press, data
from handlers.receipt_keys import received
from handlers.words import clip

CAPTION_LIMIT = 1000
MOST_NAMES = 12
PRIVATE = N_("a private chat")


def broadcast(message: BroadcastMessage, tr: Translator) -> list[Outgoing]:
    """Return what Văn phòng sends, with a button to acknowledge it."""
    rows = ((received(message.outbox_id, tr),),)
    return _said(message.text, message.file_id, message.photo, rows, tr)


def _said(
    text: str,
    file_id: str | None,
    photo: bool,
    rows: tuple[tuple[Button, ...], ...],
    tr: Translator,
) -> list[Outgoing]:
    title = tr(N_("Notice from Văn phòng"))
    head = f"📣 <b>{escape(title)}</b>"
    html = f"{head}\n{escape(text)}" if text else head
    if file_id is None:
        return [Outgoing(html, rows)]
    if len(text) <= CAPTION_LIMIT - 100:
        return [Outgoing(html, rows, file_id=file_id, photo=photo)]
    return [Outgoing("", file_id=file_id, photo=photo), Outgoing(html, rows)]


def prepared(made: Prepared, tr: Translator) -> list[Outgoing]:
    """Show what would be sent, and ask."""
    rows = (
        (Button(tr(N_("📣 Send to all")), data(Press.CAST_SEND, made.id)),),
        (Button(tr(N_("Do not send")), data(Press.CAST_DROP, made.id)),),
    )
    ask = tr.n(
        "This goes to {count} chat. Send it?", "This goes to {count} chats. Send it?", made.chats
    )
    matter = made.matter
    look = _said(matter.text, matter.file_id, matter.photo, (), tr)
    return [*look, Outgoing(escape(ask), rows)]


def spread(found: Spread, tr: Translator) -> Outgoing:
    """Say which chats have it, which do not and why, and who acknowledged it."""
    sent, all_ = found.count(OutboxState.SENT), len(found.deliveries)
    reached = tr(N_("Delivered {sent} of {all}"), sent=sent, all=all_)
    lines = [
        f"📬 <b>{escape(reached)}</b>",
        escape(tr(N_("Acknowledged: {count}"), count=found.acknowledged)),
    ]
    if waiting := found.count(OutboxState.PENDING, OutboxState.SENDING):
        lines.append(escape(tr(N_("⏳ On the way: {count}"), count=waiting)))
    lost = [
        one for one in found.deliveries if one.state in (OutboxState.FAILED, OutboxState.DROPPED)
    ]
    for one in lost[:MOST_NAMES]:
        words = tr(N_("❌ Not delivered: {chat}"), chat=clip(one.chat or tr(PRIVATE), 60))
        lines.append(escape(words))
    silent = [
        one.chat or tr(PRIVATE)
        for one in found.deliveries
        if one.state is OutboxState.SENT and not one.acknowledged
    ]
    if silent:
        names = tr.listing(clip(name, 40) for name in silent[:MOST_NAMES])
        lines.append(escape(tr(N_("Not acknowledged yet: {chats}"), chats=names)))
    press = Press.BRIEF_SPREAD if found.briefing else Press.CAST_SPREAD
    rows = [(Button(tr(N_("🔄 Look again")), data(press, found.subject_id)),)]
    if found.briefing:
        rows.append((Button(tr(N_("📋 The briefing")), data(Press.BRIEF_OPEN, found.subject_id)),))
    return Outgoing("\n".join(lines), tuple(rows))
