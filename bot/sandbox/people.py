"""What people do in their chats, and which of it the bot is told.

In groups the bot has privacy mode on: it is told commands, replies to its messages and service
messages. Everything else stays in the chat. As an administrator it is told everything.
"""

from bot.sandbox.access import PRESENT
from bot.sandbox.checks import is_deep_link_payload
from bot.sandbox.entities import with_automatic
from bot.sandbox.membership import set_bot_status
from bot.sandbox.world import GENERAL_TOPIC, Chat, Json, Query, SandboxError, Topic, User, World


def get_chat(world: World, chat_id: int) -> Chat:
    """Return a chat, else raise."""
    if chat_id not in world.chats:
        raise SandboxError("no_chat", f"there is no chat {chat_id}")
    return world.chats[chat_id]


def get_user(world: World, user_id: int) -> User:
    """Return a person, else raise."""
    if user_id not in world.users:
        raise SandboxError("no_user", f"there is no user {user_id}")
    return world.users[user_id]


def get_message(chat: Chat, message_id: int) -> Json:
    """Return a message of a chat, else raise."""
    if message_id not in chat.messages:
        raise SandboxError("no_message", f"there is no message {message_id} in {chat.title}")
    return chat.messages[message_id]


def _check_may_speak(world: World, chat: Chat, user: User) -> None:
    if user.id not in chat.members:
        raise SandboxError("not_member", f"{user.name} is not a member of {chat.title}")
    if chat.migrated_to is not None:
        raise SandboxError("migrated", f"{chat.title} moved to {chat.migrated_to}")
    if chat.type == "private" and user.blocked:
        raise SandboxError("blocked", f"{user.name} has blocked the bot")


def write(
    world: World,
    chat_id: int,
    user_id: int,
    content: Json,
    reply_to: int | None = None,
    thread_id: int | None = None,
) -> Json:
    """Post what a person says and queue the update if the bot may know."""
    chat, user = get_chat(world, chat_id), get_user(world, user_id)
    _check_may_speak(world, chat, user)
    text = content.get("text", "")
    if chat.type == "private" and not user.started:
        if not text.startswith("/start"):
            raise SandboxError("not_started", f"{user.name} has not pressed Start yet")
        user.started = True
        chat.bot_status = "member"
        world.announce("chats")
    answered = get_message(chat, reply_to) if reply_to is not None else None
    if answered is not None and thread_id is None and answered.get("is_topic_message"):
        thread_id = answered["message_thread_id"]
    thread_id = _open_topic(chat, thread_id)
    for key, found in (("text", "entities"), ("caption", "caption_entities")):
        if content.get(key) and (entities := with_automatic(content[key], [])):
            content = {**content, found: entities}
    message = world.post(chat, user.as_json(), content, thread_id=thread_id, reply_to=answered)
    if is_told(world, chat, message, answered):
        world.updates.add("message", message)
    return message


def _open_topic(chat: Chat, thread_id: int | None) -> int | None:
    if thread_id is None or thread_id == GENERAL_TOPIC:
        return None
    if thread_id not in chat.topics or chat.topics[thread_id].is_deleted:
        raise SandboxError("no_topic", f"there is no topic {thread_id} in {chat.title}")
    return thread_id


def is_told(world: World, chat: Chat, message: Json, answered: Json | None) -> bool:
    """Return whether the bot gets an update for a message a person wrote."""
    if chat.type == "private" or chat.bot_status == "administrator":
        return True
    if chat.bot_status not in PRESENT:
        return False
    if answered is not None and answered["from"]["id"] == world.bot["id"]:
        return True
    text = message.get("text") or message.get("caption", "")
    if not text.startswith("/"):
        return False
    addressee = text.split()[0].partition("@")[2]
    return addressee.lower() in {"", world.bot["username"].lower()}


def press(world: World, chat_id: int, user_id: int, message_id: int, button: str) -> Query:
    """Press a button, named by its data or by what is written on it."""
    chat, user = get_chat(world, chat_id), get_user(world, user_id)
    _check_may_speak(world, chat, user)
    message = get_message(chat, message_id)
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    fitting = [
        one for row in rows for one in row if button in {one.get("callback_data"), one["text"]}
    ]
    if not fitting:
        raise SandboxError("no_button", f"message {message_id} has no button {button!r}")
    if "callback_data" not in fitting[0]:
        raise SandboxError("not_callback", f"button {button!r} sends nothing to the bot")
    return ask(world, chat, user, message, fitting[0]["callback_data"])


def ask(world: World, chat: Chat, user: User, message: Json, data: str) -> Query:
    """Queue a callback query, also for a button that is no longer shown."""
    query = Query(str(7_000_000_001 + len(world.queries)), chat.id, user.id, world.now())
    world.queries[query.id] = query
    world.updates.add(
        "callback_query",
        {
            "id": query.id,
            "from": user.as_json(),
            "message": message,
            "chat_instance": str(chat.id),
            "data": data,
        },
    )
    return query


def press_start(world: World, user_id: int, payload: str | None) -> Json:
    """Press Start in the private chat, with the payload of a deep link if there is one."""
    if payload is not None and not is_deep_link_payload(payload):
        raise SandboxError("bad_payload", f"{payload!r} cannot stand in a link")
    user = get_user(world, user_id)
    if user.blocked:
        set_blocked(world, user_id, blocked=False)
    return write(world, user_id, user_id, {"text": f"/start {payload}" if payload else "/start"})


def set_blocked(world: World, user_id: int, *, blocked: bool) -> None:
    """Block or unblock the bot; it is told either way."""
    user = get_user(world, user_id)
    if user.blocked != blocked:
        user.blocked = blocked
        set_bot_status(world, world.chats[user_id], user, "kicked" if blocked else "member")


def add_bot(
    world: World, chat_id: int, by_id: int | None, payload: str | None, admin: bool
) -> Chat:
    """Put the bot into a group; a payload arrives as a command, as from a ?startgroup= link."""
    chat = get_chat(world, chat_id)
    if chat.type == "private":
        raise SandboxError("not_group", "the bot is added to groups only")
    if payload is not None and not is_deep_link_payload(payload):
        raise SandboxError("bad_payload", f"{payload!r} cannot stand in a link")
    by = get_user(world, by_id if by_id is not None else next(iter(chat.members)))
    _check_may_speak(world, chat, by)
    if chat.bot_status not in PRESENT:
        set_bot_status(world, chat, by, "administrator" if admin else "member")
        announcement = {"new_chat_members": [world.bot], "new_chat_member": world.bot}
        _announce_service(world, chat, by, announcement)
    if payload is not None:
        write(world, chat_id, by.id, {"text": f"/start@{world.bot['username']} {payload}"})
    return chat


def _announce_service(world: World, chat: Chat, by: User, content: Json) -> Json:
    message = world.post(chat, by.as_json(), content)
    if chat.bot_status in PRESENT:
        world.updates.add("message", message)
    return message


def kick_bot(world: World, chat_id: int, by_id: int | None) -> None:
    """Remove the bot from a group for good."""
    chat = get_chat(world, chat_id)
    by = get_user(world, by_id if by_id is not None else next(iter(chat.members)))
    set_bot_status(world, chat, by, "kicked")
    world.post(chat, by.as_json(), {"left_chat_member": world.bot})


def set_member(world: World, chat_id: int, user_id: int, status: str) -> None:
    """Let a person join, leave, be promoted or be removed; the bot sees joining and leaving."""
    chat, user = get_chat(world, chat_id), get_user(world, user_id)
    was_in = user_id in chat.members
    if status in {"left", "kicked"}:
        chat.members.pop(user_id, None)
        if was_in:
            _announce_service(world, chat, user, {"left_chat_member": user.as_json()})
    else:
        chat.members[user_id] = status
        if not was_in:
            _announce_service(world, chat, user, {"new_chat_members": [user.as_json()]})
    world.announce("chats")


def add_topic(world: World, chat_id: int, name: str) -> int:
    """Open a topic in a forum and return its id."""
    chat = get_chat(world, chat_id)
    if not chat.is_forum:
        raise SandboxError("not_forum", f"{chat.title} has no topics")
    by = get_user(world, next(iter(chat.members)))
    content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    message = world.post(chat, by.as_json(), content)
    message |= {"message_thread_id": message["message_id"], "is_topic_message": True}
    chat.topics[message["message_id"]] = Topic(message["message_id"], name)
    if chat.bot_status in PRESENT:
        world.updates.add("message", message)
    world.announce("chats")
    return int(message["message_id"])


def delete_topic(world: World, chat_id: int, thread_id: int) -> None:
    """Delete a topic with all its messages."""
    chat = get_chat(world, chat_id)
    _open_topic(chat, thread_id)
    chat.topics[thread_id].is_deleted = True
    gone = [key for key, one in chat.messages.items() if one.get("message_thread_id") == thread_id]
    for message_id in gone:
        del chat.messages[message_id]
    world.announce("chats")


def migrate(world: World, chat_id: int) -> int:
    """Turn a group into a supergroup and return its new id."""
    old = get_chat(world, chat_id)
    if old.type != "group" or old.migrated_to is not None:
        raise SandboxError("not_plain_group", f"{old.title} is no plain group")
    new = world.add_chat("supergroup", old.title, old.members, is_forum=False)
    new.bot_status = old.bot_status
    by = get_user(world, next(iter(old.members)))
    _announce_service(world, old, by, {"migrate_to_chat_id": new.id})
    _announce_service(world, new, by, {"migrate_from_chat_id": old.id})
    old.migrated_to = new.id
    world.announce("chats")
    return new.id


def edit(world: World, chat_id: int, user_id: int, message_id: int, text: str) -> Json:
    """Change a text a person wrote; the bot is told if it was told of the message."""
    chat, user = get_chat(world, chat_id), get_user(world, user_id)
    _check_may_speak(world, chat, user)
    message = get_message(chat, message_id)
    if message["from"]["id"] != user_id:
        raise SandboxError("not_own", f"message {message_id} is not {user.name}'s")
    message.pop("entities", None)
    entities = with_automatic(text, [])
    message |= {"text": text, "edit_date": world.timestamp()}
    message |= {"entities": entities} if entities else {}
    world.changed_message(chat, message_id)
    if is_told(world, chat, message, None):
        world.updates.add("edited_message", message)
    return message
