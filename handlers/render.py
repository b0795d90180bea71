"""Puts whatever is owed into words: the Renderer port."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.i18n import Translator
from bot.services.messages import (
    ChatLostMessage,
    ConfirmMessage,
    Content,
    DecisionMessage,
    Outgoing,
    PastMessage,
)
from bot.services.messages_briefing import (
    BriefingDraftMessage,
    BriefingMessage,
    BroadcastMessage,
)
from bot.services.messages_changes import ItemChangedMessage, PlanClosedMessage
from bot.services.messages_difficulties import DifficultyAnswerMessage, DifficultyMessage
from bot.services.messages_extensions import ExtensionAnswerMessage, ExtensionMessage
from bot.services.messages_items import ItemsGivenMessage
from bot.services.messages_people import RoleMessage, StandInMessage, UnitsMergedMessage
from bot.services.messages_process import (
    AwayMessage,
    RefusedMessage,
    TestMessage,
    TooLateMessage,
)
from bot.services.messages_reminders import (
    CalendarGapMessage,
    CalendarMessage,
    MiddayMessage,
    MorningMessage,
)
from bot.services.messages_reports import AssignedMessage, PreparedMessage, ReopenedMessage
from bot.services.messages_summary import SummaryMessage
from bot.services.messages_undoing import UndoneMessage
from handlers import (
    render_briefing,
    render_broadcast,
    render_calendar,
    render_card,
    render_changes,
    render_conclusions,
    render_confirm,
    render_difficulties,
    render_extensions,
    render_lists,
    render_people_told,
    render_process,
    render_reminders,
    render_reports,
    render_summary,
    render_undoing,
)

RENDERERS: dict[type[Content], Callable[[Any, Translator], Sequence[Outgoing]]] = {
    MorningMessage: render_reminders.morning,
    MiddayMessage: render_reminders.midday,
    CalendarMessage: render_calendar.changed,
    CalendarGapMessage: render_calendar.gap,
    ConfirmMessage: render_confirm.confirm,
    DecisionMessage: render_card.decision,
    ReopenedMessage: render_reports.reopened,
    AssignedMessage: render_reports.assigned,
    PreparedMessage: render_reports.prepared,
    PastMessage: render_lists.past,
    ChatLostMessage: render_card.chat_lost,
    TooLateMessage: render_process.too_late,
    RefusedMessage: render_process.refused,
    AwayMessage: render_process.away,
    TestMessage: render_process.test,
    BriefingDraftMessage: render_briefing.draft_message,
    BriefingMessage: render_briefing.briefing,
    BroadcastMessage: render_broadcast.broadcast,
    ItemsGivenMessage: render_conclusions.items_given,
    DifficultyMessage: render_difficulties.told,
    DifficultyAnswerMessage: render_difficulties.answered,
    UndoneMessage: render_undoing.told,
    ExtensionMessage: render_extensions.request,
    ExtensionAnswerMessage: render_extensions.answer,
    SummaryMessage: render_summary.summary_message,
    ItemChangedMessage: render_changes.told,
    PlanClosedMessage: render_changes.closed,
    StandInMessage: render_people_told.stand_in,
    RoleMessage: render_people_told.role,
    UnitsMergedMessage: render_people_told.merged,
}


def render(content: Content, tr: Translator) -> Sequence[Outgoing]:
    """Return the messages that say `content` in the language of `tr`."""
    return RENDERERS[type(content)](content, tr)
