"""What Telegram means by refusing: this message, this topic, or the chat. Pure.

Its list of refusals is open, so whatever does not speak of the message is taken to be about the
chat: a chat marked by mistake is told of and bound again, one that fails in silence is not.
"""

# Of the message: its text, buttons, file, or the message it answers or changes.
_MESSAGE = (
    "entit",
    "parse",
    "too long",
    "too_long",
    "too big",
    "too large",
    "is empty",
    "must be non-empty",
    "utf-8",
    "nul",
    "button",
    "keyboard",
    "markup",
    "placeholder",
    "caption",
    "file",
    "photo",
    "image",
    "media",
    "document",
    "webpage",
    "web page",
    "url",
    "query",
    "parameter",
    "field",
    "message_id",
    "message id",
    "message to be replied",
    "message to edit",
    "message can't be",
    "message is not modified",
    "message_not_modified",
)
_TOPIC_CLOSED = ("topic_closed", "topic is closed")
_TOPIC_GONE = ("message thread not found", "topic_deleted")


def about_message(words: str) -> bool:
    """Tell whether a refusal is of one message only: the next one may well arrive."""
    return any(part in words.lower() for part in _MESSAGE)


def topic_closed(words: str) -> bool:
    """Tell whether a topic was closed, the General one too; the group's other topics are open."""
    return any(part in words.lower() for part in _TOPIC_CLOSED)


def topic_gone(words: str) -> bool:
    """Tell whether a topic was deleted: its group takes what was for it."""
    return any(part in words.lower() for part in _TOPIC_GONE)
