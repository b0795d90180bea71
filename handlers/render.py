"""Puts whatever is owed into words: the Renderer port."""

from collections.abc import Sequence

from bot.i18n import Translator
from bot.services.messages import (
    ChatLostMessage,
    ConfirmMessage,
    Content,
    DecisionMessage,
    MorningMessage,
    Outgoing,
)
from handlers import render_card, render_lists


def render(content: Content, tr: Translator) -> Sequence[Outgoing]:
    """Return the messages that say `content` in the language of `tr`."""
    if isinstance(content, MorningMessage):
        return render_lists.morning(content, tr)
    if isinstance(content, ConfirmMessage):
        return render_card.confirm(content, tr)
    if isinstance(content, DecisionMessage):
        return render_card.decision(content, tr)
    if isinstance(content, ChatLostMessage):
        return render_card.chat_lost(content, tr)
    return render_lists.past(content, tr)
