"""What the bot and people are in a chat, and the updates that tell the bot of its own changes."""

from bot.sandbox.world import Chat, Json, User, World

_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
]


def member_json(user: Json, status: str) -> Json:
    """Return the ChatMember object for a status."""
    body: Json = {"status": status, "user": user}
    if status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        body |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(_RIGHTS, True)}
    elif status == "kicked":
        body["until_date"] = 0
    return body


def set_bot_status(world: World, chat: Chat, by: User, status: str) -> None:
    """Change what the bot is in a chat and tell it by a my_chat_member update."""
    old = chat.bot_status or ("member" if chat.type == "private" else "left")
    chat.bot_status = status
    world.updates.add(
        "my_chat_member",
        {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": world.timestamp(),
            "old_chat_member": member_json(world.bot, old),
            "new_chat_member": member_json(world.bot, status),
        },
    )
    world.announce("chats")
