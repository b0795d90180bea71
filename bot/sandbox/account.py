"""Methods about the bot itself and about chats: identity, menus, members, files."""

from typing import Any

from bot.sandbox.access import access_chat, access_writable_chat
from bot.sandbox.checks import check_commands, check_language
from bot.sandbox.files import MAX_DOWNLOAD
from bot.sandbox.membership import member_json
from bot.sandbox.menus import keep_commands
from bot.sandbox.refusal import FILE_TOO_BIG, refuse
from bot.sandbox.world import Json, World

Values = dict[str, Any]
MAX_BOT_DESCRIPTION = {"description": 512, "short_description": 120}


def get_me(world: World, values: Values) -> Json:
    """Return the bot, as only the bot itself sees it."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_webhook_info(world: World, values: Values) -> Json:
    """Return that there is no webhook."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }


def delete_webhook(world: World, values: Values) -> bool:
    """Do what a bot that polls asks for first."""
    if values.get("drop_pending_updates"):
        world.updates.drop_all()
    return True


def set_my_commands(world: World, values: Values) -> bool:
    """Replace one command menu."""
    check_commands(values["commands"])
    return keep_commands(world, values, values["commands"])


def get_my_commands(world: World, values: Values) -> list[Json]:
    """Return exactly one command menu; none of the wider ones."""
    scope = values.get("scope", {"type": "default"})
    key = (tuple(sorted(scope.items())), values.get("language_code", ""))
    return world.commands.get(key, [])


def delete_my_commands(world: World, values: Values) -> bool:
    """Remove one command menu, so that a wider one shows."""
    return keep_commands(world, values, [])


def set_my_description(world: World, values: Values) -> bool:
    """Set what an empty private chat shows."""
    return _describe(world, "description", values)


def set_my_short_description(world: World, values: Values) -> bool:
    """Set what the bot's profile shows."""
    return _describe(world, "short_description", values)


def _describe(world: World, kind: str, values: Values) -> bool:
    check_language(values.get("language_code", ""))
    text = values.get(kind, "")
    if len(text) > MAX_BOT_DESCRIPTION[kind]:
        refuse(f"Bad Request: bot {kind.replace('_', ' ')} is too long")
    world.descriptions[kind, values.get("language_code", "")] = text
    world.announce("chats")
    return True


def get_my_description(world: World, values: Values) -> Json:
    """Return what an empty private chat shows."""
    return {"description": _description(world, "description", values)}


def get_my_short_description(world: World, values: Values) -> Json:
    """Return what the bot's profile shows."""
    return {"short_description": _description(world, "short_description", values)}


def _description(world: World, kind: str, values: Values) -> str:
    return world.descriptions.get((kind, values.get("language_code", "")), "")


def get_file(world: World, values: Values) -> Json:
    """Return where a file can be downloaded."""
    stored = world.files.get(values["file_id"])
    if len(stored.data) > MAX_DOWNLOAD:
        refuse(FILE_TOO_BIG)
    return {**stored.as_file(), "file_path": stored.path}


def get_chat(world: World, values: Values) -> Json:
    """Return a chat in full."""
    chat = access_chat(world, values["chat_id"])
    body = {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned:
        body["pinned_message"] = chat.messages.get(chat.pinned[-1])
    return {key: value for key, value in body.items() if value is not None}


def get_chat_member(world: World, values: Values) -> Json:
    """Return what one user is in a chat."""
    chat = access_writable_chat(world, values["chat_id"])
    user_id = values["user_id"]
    if user_id == world.bot["id"]:
        return member_json(world.bot, chat.bot_status or "member")
    if user_id not in world.users:
        refuse("Bad Request: user not found")
    return member_json(world.users[user_id].as_json(), chat.members.get(user_id, "left"))


def get_chat_member_count(world: World, values: Values) -> int:
    """Return how many are in a chat, the bot included."""
    return len(access_writable_chat(world, values["chat_id"]).members) + 1


def get_chat_administrators(world: World, values: Values) -> list[Json]:
    """Return owner and administrators of a group, without bots."""
    chat = access_writable_chat(world, values["chat_id"])
    if chat.type == "private":
        refuse("Bad Request: there are no administrators in the private chat")
    return [
        member_json(world.users[user_id].as_json(), status)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]


def leave_chat(world: World, values: Values) -> bool:
    """Leave a group."""
    chat = access_writable_chat(world, values["chat_id"])
    if chat.type == "private":
        refuse("Bad Request: chat is not a group")
    chat.bot_status = "left"
    world.post(chat, world.bot, {"left_chat_member": world.bot})
    world.announce("chats")
    return True
