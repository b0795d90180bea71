"""Methods that change what stands in a chat, and answers to pressed buttons."""

import datetime as dt
from typing import Any

from bot.sandbox import refusal
from bot.sandbox.access import access_writable_chat, get_own_message
from bot.sandbox.checks import MAX_ANSWER, check_caption, check_inline_keyboard, check_text
from bot.sandbox.refusal import refuse
from bot.sandbox.world import Answer, Chat, Json, World

Values = dict[str, Any]
QUERY_LIFETIME = dt.timedelta(seconds=150)
DELETABLE_FOR = dt.timedelta(hours=48)


def edit_message_text(world: World, values: Values) -> Json:
    """Replace text and buttons; buttons that are not given go away."""
    chat, message = get_own_message(world, values)
    if "text" not in values:
        refuse(refusal.TEXT_EMPTY)
    content = check_text(values["text"], values.get("parse_mode"))
    if "text" not in message:
        refuse("Bad Request: there is no text in the message to edit")
    return _edit(world, chat, message, content, ("text", "entities"), values)


def edit_message_caption(world: World, values: Values) -> Json:
    """Replace the caption and the buttons of a file or picture."""
    chat, message = get_own_message(world, values)
    content = check_caption(values.get("caption"), values.get("parse_mode"))
    if "text" in message:
        refuse("Bad Request: there is no caption in the message to edit")
    return _edit(world, chat, message, content, ("caption", "caption_entities"), values)


def edit_message_reply_markup(world: World, values: Values) -> Json:
    """Replace the buttons only."""
    chat, message = get_own_message(world, values)
    return _edit(world, chat, message, {}, (), values)


def _edit(
    world: World,
    chat: Chat,
    message: Json,
    content: Json,
    replaced: tuple[str, ...],
    values: Values,
) -> Json:
    markup = values.get("reply_markup")
    if markup is not None:
        check_inline_keyboard(markup)
        if any(markup["inline_keyboard"]):
            content = {**content, "reply_markup": markup}
    keys = (*replaced, "reply_markup")
    if {key: message[key] for key in keys if key in message} == content:
        refuse(refusal.NOT_MODIFIED)
    for key in keys:
        message.pop(key, None)
    message |= {**content, "edit_date": world.timestamp()}
    world.changed_message(chat, message["message_id"])
    return message


def delete_message(world: World, values: Values) -> bool:
    """Delete a message of the bot's own, or one written to it in private."""
    chat = access_writable_chat(world, values["chat_id"])
    message = chat.messages.get(values["message_id"])
    if message is None:
        refuse(refusal.DELETE_NOT_FOUND)
    is_own = message["from"]["id"] == world.bot["id"]
    is_allowed = is_own or chat.type == "private" or chat.bot_status == "administrator"
    is_old = world.timestamp() - message["date"] > DELETABLE_FOR.total_seconds()
    if not is_allowed or is_old:
        refuse(refusal.CANNOT_DELETE)
    del chat.messages[message["message_id"]]
    world.changed_message(chat, message["message_id"])
    return True


def answer_callback_query(world: World, values: Values) -> bool:
    """Answer a pressed button once, within 150 seconds."""
    query = world.queries.get(values["callback_query_id"])
    is_late = query is not None and world.now() - query.asked_at > QUERY_LIFETIME
    if query is None or query.is_answered or is_late:
        refuse(refusal.QUERY_TOO_OLD)
    text = values.get("text", "")
    if len(text) > MAX_ANSWER:
        refuse(refusal.ANSWER_TOO_LONG)
    url = values.get("url")
    if url is not None and not url.startswith(f"https://t.me/{world.bot['username']}?start="):
        refuse("Bad Request: URL_INVALID")
    query.is_answered = True
    answer = Answer(
        query.id,
        query.chat_id,
        query.user_id,
        text,
        values.get("show_alert", False),
        url,
        world.now(),
    )
    world.answers.append(answer)
    world.announce(
        "answer",
        chat_id=answer.chat_id,
        user_id=answer.user_id,
        query_id=answer.query_id,
        text=answer.text,
        show_alert=answer.show_alert,
        url=answer.url,
    )
    return True


def set_message_reaction(world: World, values: Values) -> bool:
    """Show at most one emoji of the bot under a message."""
    chat = access_writable_chat(world, values["chat_id"])
    message_id = values["message_id"]
    if message_id not in chat.messages:
        refuse("Bad Request: message to react not found")
    emoji = [reaction["emoji"] for reaction in values.get("reaction", ())]
    if len(emoji) > 1:
        refuse("Bad Request: REACTIONS_TOO_MANY")
    chat.reactions[message_id] = emoji
    world.changed_message(chat, message_id)
    return True


def pin_chat_message(world: World, values: Values) -> bool:
    """Pin a message; in groups only an administrator may."""
    chat = _pinnable_chat(world, values)
    message = chat.messages.get(values["message_id"])
    if message is None:
        refuse("Bad Request: message to pin not found")
    if values["message_id"] not in chat.pinned:
        chat.pinned.append(values["message_id"])
        pinned = {key: value for key, value in message.items() if key != "reply_to_message"}
        world.post(
            chat,
            world.bot,
            {"pinned_message": pinned},
            thread_id=message.get("message_thread_id"),
        )
        world.changed_message(chat, values["message_id"])
    return True


def unpin_chat_message(world: World, values: Values) -> bool:
    """Unpin a message, or the latest pinned one."""
    chat = _pinnable_chat(world, values)
    message_id = values.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        refuse("Bad Request: message to unpin not found")
    chat.pinned.remove(message_id)
    world.changed_message(chat, message_id)
    return True


def _pinnable_chat(world: World, values: Values) -> Chat:
    chat = access_writable_chat(world, values["chat_id"])
    if chat.type != "private" and chat.bot_status != "administrator":
        refuse("Bad Request: not enough rights to manage pinned messages in the chat")
    return chat
