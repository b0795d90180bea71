"""What the bot says of itself: away, too late, a test. Pure."""

from collections.abc import Sequence
from html import escape

from bot.domain.outbox import OutboxKind
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Outgoing
from bot.services.messages_process import (
    AwayMessage,
    RefusedMessage,
    TestMessage,
    TooLateMessage,
)
from handlers.pages import Block, paginate
from handlers.words import clip

LATE_KINDS = {
    OutboxKind.BRIEFING: N_("the weekly briefing"),
    OutboxKind.BRIEFING_DRAFT: N_("the draft of the weekly briefing (/giao_ban opens it)"),
    OutboxKind.BROADCAST: N_("a message to all units"),
    OutboxKind.SUMMARY: N_("the summary of a period"),
}
LONGEST_TITLE = 60


def too_late(message: TooLateMessage, tr: Translator) -> Sequence[Outgoing]:
    """Say what was not sent because it had become too old, and who did not get it."""
    what = tr(LATE_KINDS.get(message.kind, N_("a message")))
    head = tr(
        N_(
            "Not sent: {what}, due at {when}. "
            "The line was down for so long that it is out of date."
        ),
        what=what,
        when=tr.moment(message.owed_at),
    )
    lead = tr(N_("These chats did not get it:"))
    foot = tr(N_("If it still matters, send it again."))
    blocks = [Block(f"• {escape(clip(title, LONGEST_TITLE))}") for title in message.chats]
    return paginate(f"⚠️ {escape(head)}\n{escape(lead)}", blocks, foot=escape(foot))


def refused(message: RefusedMessage, tr: Translator) -> Sequence[Outgoing]:
    """Say that a message did not arrive though its chat can be written to."""
    who = message.title or tr(N_("somebody"))
    whose = f"{who} ({tr.listing(message.units)})" if message.units else who
    said = N_(
        "Telegram refused a message to {who} for its content, so it did not arrive. "
        "/da_nhac shows which. Please tell the people there yourselves, and tell the admin."
    )
    return [Outgoing(f"⚠️ {escape(tr(said, who=clip(whose, LONGEST_TITLE)))}")]


def away(message: AwayMessage, tr: Translator) -> Sequence[Outgoing]:
    """Say from when to when the bot was away, and what it has caught up with."""
    head = tr(
        N_("The bot was away from {since} to {until}."),
        since=tr.moment(message.since),
        until=tr.moment(message.until),
    )
    lines = [f"⚠️ <b>{escape(head)}</b>"]
    if message.updates:
        said = tr.n(
            "{count} message or press of that time has been dealt with.",
            "{count} messages and presses of that time have been dealt with.",
            message.updates,
        )
        lines.append(f"• {escape(said)}")
    if message.sent:
        said = tr.n(
            "{count} message has been sent since.",
            "{count} messages have been sent since.",
            message.sent,
        )
        lines.append(f"• {escape(said)}")
    if message.dropped:
        said = tr.n(
            "{count} message had nothing left to say and was dropped.",
            "{count} messages had nothing left to say and were dropped.",
            message.dropped,
        )
        lines.append(f"• {escape(said)}")
    if len(lines) == 1:
        lines.append(escape(tr(N_("Nothing was missed in that time."))))
    return [Outgoing("\n".join(lines))]


def test(message: TestMessage, tr: Translator) -> Sequence[Outgoing]:
    """Say that reminders arrive here."""
    text = tr(N_("🔔 This is a test: reminders arrive in this chat. Nothing needs to be done."))
    names = "\n".join(escape(name) for name in message.units)
    return [Outgoing(f"{escape(text)}\n{names}".strip())]
