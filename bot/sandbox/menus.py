"""Command menus: which of those the bot has set a given person sees in a given chat."""

from typing import Any

from bot.sandbox.access import access_chat
from bot.sandbox.checks import check_language
from bot.sandbox.world import Chat, Json, World


def keep_commands(world: World, values: dict[str, Any], commands: list[Json]) -> bool:
    """Set, or with no commands remove, the menu of a scope and language."""
    check_language(values.get("language_code", ""))
    scope = values.get("scope", {"type": "default"})
    if "chat_id" in scope:
        access_chat(world, scope["chat_id"])
    key = (tuple(sorted(scope.items())), values.get("language_code", ""))
    if commands:
        world.commands[key] = commands
    else:
        world.commands.pop(key, None)
    world.announce("menus")
    return True


def commands_for(world: World, chat: Chat, user_id: int) -> list[Json]:
    """Return the menu that a person sees in a chat.

    The narrowest scope wins, and in each scope the person's language before the menu for all.
    """
    for scope in _scopes(chat, user_id):
        for language in (world.users[user_id].language_code, ""):
            menu = world.commands.get((tuple(sorted(scope.items())), language))
            if menu:
                return menu
    return []


def _scopes(chat: Chat, user_id: int) -> list[Json]:
    if chat.type == "private":
        return [
            {"type": "chat", "chat_id": chat.id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
    is_admin = chat.members.get(user_id) in {"creator", "administrator"}
    scopes: list[Json] = [{"type": "chat_member", "chat_id": chat.id, "user_id": user_id}]
    if is_admin:
        scopes.append({"type": "chat_administrators", "chat_id": chat.id})
    scopes.append({"type": "chat", "chat_id": chat.id})
    if is_admin:
        scopes.append({"type": "all_chat_administrators"})
    return [*scopes, {"type": "all_group_chats"}, {"type": "default"}]
