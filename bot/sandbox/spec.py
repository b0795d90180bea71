"""The methods, parameters and objects of the Bot API that the sandbox knows, as data.

A star marks what is required. What is not listed is refused: a parameter that the sandbox would
silently ignore could hide a mistake.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one field of an object."""

    name: str
    types: tuple[str, ...]
    required: bool


def _fields(source: str) -> dict[str, Field]:
    table = {}
    for entry in filter(None, (part.strip() for part in source.split(","))):
        name, _, types = entry.partition(": ")
        bare = name.removesuffix("*")
        table[bare] = Field(bare, tuple(types.split("|")), name.endswith("*"))
    return table


_ANY_MARKUP = "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
_SENDING = f"""
    chat_id*: Integer|String, message_thread_id: Integer, disable_notification: Boolean,
    protect_content: Boolean, reply_parameters: ReplyParameters, reply_markup: {_ANY_MARKUP},
"""
_CAPTION = "caption: String, parse_mode: String, show_caption_above_media: Boolean,"
_MESSAGE = "chat_id: Integer|String, message_id: Integer, reply_markup: InlineKeyboardMarkup,"
_COMMANDS = "scope: BotCommandScope, language_code: String"

METHODS: dict[str, dict[str, Field]] = {
    name: _fields(source)
    for name, source in {
        "getMe": "",
        "getUpdates": "offset: Integer, limit: Integer, timeout: Integer, "
        "allowed_updates: Array of String",
        "getWebhookInfo": "",
        "deleteWebhook": "drop_pending_updates: Boolean",
        "setMyCommands": f"commands*: Array of BotCommand, {_COMMANDS}",
        "getMyCommands": _COMMANDS,
        "deleteMyCommands": _COMMANDS,
        "setMyDescription": "description: String, language_code: String",
        "getMyDescription": "language_code: String",
        "setMyShortDescription": "short_description: String, language_code: String",
        "getMyShortDescription": "language_code: String",
        "sendMessage": f"{_SENDING} text*: String, parse_mode: String, "
        "link_preview_options: LinkPreviewOptions",
        "sendDocument": f"{_SENDING} document*: InputFile|String, caption: String, "
        "parse_mode: String, disable_content_type_detection: Boolean",
        "sendPhoto": f"{_SENDING} {_CAPTION} photo*: InputFile|String, has_spoiler: Boolean",
        "sendMediaGroup": "chat_id*: Integer|String, message_thread_id: Integer, "
        "media*: Array of InputMediaDocument|Array of InputMediaPhoto, "
        "disable_notification: Boolean, protect_content: Boolean, "
        "reply_parameters: ReplyParameters",
        "copyMessage": f"{_SENDING} {_CAPTION} from_chat_id*: Integer|String, "
        "message_id*: Integer",
        "sendChatAction": "chat_id*: Integer|String, message_thread_id: Integer, action*: String",
        "editMessageText": f"{_MESSAGE} text: String, parse_mode: String, "
        "link_preview_options: LinkPreviewOptions",
        "editMessageCaption": f"{_MESSAGE} {_CAPTION}",
        "editMessageReplyMarkup": _MESSAGE,
        "deleteMessage": "chat_id*: Integer|String, message_id*: Integer",
        "answerCallbackQuery": "callback_query_id*: String, text: String, show_alert: Boolean, "
        "url: String, cache_time: Integer",
        "setMessageReaction": "chat_id*: Integer|String, message_id*: Integer, "
        "reaction: Array of ReactionType, is_big: Boolean",
        "pinChatMessage": "chat_id*: Integer|String, message_id*: Integer, "
        "disable_notification: Boolean",
        "unpinChatMessage": "chat_id*: Integer|String, message_id: Integer",
        "getFile": "file_id*: String",
        "getChat": "chat_id*: Integer|String",
        "getChatMember": "chat_id*: Integer|String, user_id*: Integer",
        "getChatMemberCount": "chat_id*: Integer|String",
        "getChatAdministrators": "chat_id*: Integer|String",
        "leaveChat": "chat_id*: Integer|String",
    }.items()
}

TYPES: dict[str, dict[str, Field]] = {
    name: _fields(source)
    for name, source in {
        "ReplyParameters": "message_id*: Integer, chat_id: Integer|String, "
        "allow_sending_without_reply: Boolean, quote: String, quote_parse_mode: String",
        "LinkPreviewOptions": "is_disabled: Boolean, url: String, prefer_small_media: Boolean, "
        "prefer_large_media: Boolean, show_above_text: Boolean",
        "InlineKeyboardMarkup": "inline_keyboard*: Array of Array of InlineKeyboardButton",
        "InlineKeyboardButton": "text*: String, callback_data: String, url: String, "
        "copy_text: CopyTextButton, style: String",
        "CopyTextButton": "text*: String",
        "ReplyKeyboardMarkup": "keyboard*: Array of Array of KeyboardButton, "
        "is_persistent: Boolean, resize_keyboard: Boolean, one_time_keyboard: Boolean, "
        "input_field_placeholder: String, selective: Boolean",
        "KeyboardButton": "text*: String",
        "ReplyKeyboardRemove": "remove_keyboard*: Boolean, selective: Boolean",
        "ForceReply": "force_reply*: Boolean, input_field_placeholder: String, selective: Boolean",
        "InputMediaDocument": "type*: String, media*: String, caption: String, "
        "parse_mode: String, disable_content_type_detection: Boolean",
        "InputMediaPhoto": f"type*: String, media*: String, {_CAPTION} has_spoiler: Boolean",
        "BotCommand": "command*: String, description*: String",
    }.items()
}

# Objects of several kinds, told apart by their `type`; here with the fields of each kind.
KINDS: dict[str, dict[str, dict[str, Field]]] = {
    "BotCommandScope": {
        kind: _fields(source)
        for kind, source in {
            "default": "type*: String",
            "all_private_chats": "type*: String",
            "all_group_chats": "type*: String",
            "all_chat_administrators": "type*: String",
            "chat": "type*: String, chat_id*: Integer|String",
            "chat_administrators": "type*: String, chat_id*: Integer|String",
            "chat_member": "type*: String, chat_id*: Integer|String, user_id*: Integer",
        }.items()
    },
    "ReactionType": {"emoji": _fields("type*: String, emoji*: String")},
}

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
UPDATE_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "guest_message",
        "managed_bot",
    ]
)
# These come only to a bot that asks for them by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
