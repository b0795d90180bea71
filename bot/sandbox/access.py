"""Where the bot may write, and which message or topic a call means."""

from typing import Any

from bot.sandbox import refusal
from bot.sandbox.refusal import ApiError, refuse
from bot.sandbox.world import GENERAL_TOPIC, Chat, Json, World

PRESENT = frozenset({"member", "administrator"})


def access_chat(world: World, chat_id: int | str) -> Chat:
    """Return the chat if the bot has ever been in it; it may read about it, not write."""
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or (chat.type != "private" and chat.bot_status is None):
        refuse(refusal.CHAT_NOT_FOUND)
    return chat


def access_writable_chat(world: World, chat_id: int | str) -> Chat:
    """Return the chat if the bot may write into it now; else refuse in Telegram's words."""
    chat = access_chat(world, chat_id)
    if chat.migrated_to is not None:
        raise ApiError(400, refusal.UPGRADED, migrate_to_chat_id=chat.migrated_to)
    if chat.is_deleted:
        refuse(refusal.GROUP_DELETED)
    if chat.type == "private":
        _check_person(world, chat.id)
    elif chat.bot_status == "kicked":
        refuse(f"Forbidden: bot was kicked from the {chat.type} chat")
    elif chat.bot_status not in PRESENT:
        refuse(f"Forbidden: bot is not a member of the {chat.type} chat")
    return chat


def _check_person(world: World, user_id: int) -> None:
    user = world.users[user_id]
    if user.deactivated:
        refuse(refusal.DEACTIVATED)
    if user.blocked:
        refuse(refusal.BLOCKED)
    if not user.started:
        refuse(refusal.NEVER_STARTED)


def check_thread(chat: Chat, thread_id: int | None) -> None:
    """Refuse a topic that is not there; the General topic is written to without an id."""
    if thread_id is None:
        return
    topic = chat.topics.get(thread_id)
    if thread_id == GENERAL_TOPIC or topic is None or topic.is_deleted:
        refuse(refusal.THREAD_NOT_FOUND)


def find_reply(chat: Chat, reply: Json | None) -> Json | None:
    """Return the message to be replied to; None if there is none or it may be missing."""
    if reply is None:
        return None
    if reply.get("chat_id", chat.id) != chat.id:
        refuse("Bad Request: replies to other chats are not supported here")
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply"):
        refuse(refusal.REPLY_NOT_FOUND)
    return message


def get_own_message(world: World, values: dict[str, Any]) -> tuple[Chat, Json]:
    """Return the bot's message that a call wants to edit."""
    for name in ("chat_id", "message_id"):
        if name not in values:
            refuse(f"Bad Request: {name} is empty")
    chat = access_writable_chat(world, values["chat_id"])
    message = chat.messages.get(values["message_id"])
    if message is None:
        refuse(refusal.EDIT_NOT_FOUND)
    # Messages with a forced reply or a reply keyboard stay as they were sent.
    if message["from"]["id"] != world.bot["id"] or message["message_id"] in chat.prompts:
        refuse(refusal.CANNOT_EDIT)
    return chat, message
