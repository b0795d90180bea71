"""Puts whatever is owed into words: the Renderer port."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.i18n import Translator
from bot.services.messages import (
    ChatLostMessage,
    ConfirmMessage,
    Content,
    DecisionMessage,
    MorningMessage,
    Outgoing,
    PastMessage,
)
from bot.services.messages_briefing import (
    BriefingDraftMessage,
    BriefingMessage,
    BroadcastMessage,
)
from handlers import render_briefing, render_broadcast, render_card, render_lists

RENDERERS: dict[type[Content], Callable[[Any, Translator], Sequence[Outgoing]]] = {
    MorningMessage: render_lists.morning,
    ConfirmMessage: render_card.confirm,
    DecisionMessage: render_card.decision,
    PastMessage: render_lists.past,
    ChatLostMessage: render_card.chat_lost,
    BriefingDraftMessage: render_briefing.draft_message,
    BriefingMessage: render_briefing.briefing,
    BroadcastMessage: render_broadcast.broadcast,
}


def render(content: Content, tr: Translator) -> Sequence[Outgoing]:
    """Return the messages that say `content` in the language of `tr`."""
    return RENDERERS[type(content)](content, tr)
