"""Methods that put messages into chats."""

from typing import Any

from bot.sandbox.access import access_chat, access_writable_chat, check_thread, find_reply
from bot.sandbox.checks import check_caption, check_inline_keyboard, check_prompt, check_text
from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.refusal import WRONG_FILE, refuse
from bot.sandbox.spec import CHAT_ACTIONS
from bot.sandbox.world import Json, World

Values = dict[str, Any]
MEDIA_GROUP_SIZES = range(2, 11)


def send_message(world: World, values: Values) -> Json:
    """Post a text."""
    content = check_text(values["text"], values.get("parse_mode"))
    return _post(world, values, content)


def send_document(world: World, values: Values) -> Json:
    """Post a file."""
    caption = check_caption(values.get("caption"), values.get("parse_mode"))
    access_writable_chat(world, values["chat_id"])
    stored = _stored(world, values, values["document"], as_photo=False)
    return _post(world, values, {"document": stored.as_document(), **caption})


def send_photo(world: World, values: Values) -> Json:
    """Post a picture."""
    caption = check_caption(values.get("caption"), values.get("parse_mode"))
    access_writable_chat(world, values["chat_id"])
    stored = _stored(world, values, values["photo"], as_photo=True)
    return _post(world, values, {"photo": stored.as_photo(), **caption})


def send_media_group(world: World, values: Values) -> list[Json]:
    """Post two to ten files, or as many pictures, as one album."""
    media = values["media"]
    if len(media) not in MEDIA_GROUP_SIZES:
        refuse("Bad Request: media group must include 2-10 items")
    if len({item["type"] for item in media}) > 1:
        refuse("Bad Request: document can't be mixed with other media types")
    access_writable_chat(world, values["chat_id"])
    contents = [_album_item(world, values, item) for item in media]
    group_id = f"album-{len(world.calls)}"
    return [_post(world, values, {**content, "media_group_id": group_id}) for content in contents]


def _album_item(world: World, values: Values, item: Json) -> Json:
    caption = check_caption(item.get("caption"), item.get("parse_mode"))
    is_photo = item["type"] == "photo"
    stored = _stored(world, values, item["media"], as_photo=is_photo)
    return {
        **({"photo": stored.as_photo()} if is_photo else {"document": stored.as_document()}),
        **caption,
    }


def copy_message(world: World, values: Values) -> Json:
    """Post what another message says, without saying whose it is."""
    source = access_chat(world, values["from_chat_id"]).messages.get(values["message_id"])
    if source is None:
        refuse("Bad Request: message to copy not found")
    kept = ("text", "entities", "caption", "caption_entities", "document", "photo")
    content = {key: source[key] for key in kept if key in source}
    if "caption" in values:
        content.pop("caption_entities", None)
        content |= check_caption(values["caption"], values.get("parse_mode"))
    return {"message_id": _post(world, values, content)["message_id"]}


def send_chat_action(world: World, values: Values) -> bool:
    """Show what the bot is busy with."""
    chat = access_writable_chat(world, values["chat_id"])
    check_thread(chat, values.get("message_thread_id"))
    if values["action"] not in CHAT_ACTIONS:
        refuse("Bad Request: wrong parameter action in request")
    world.announce("action", chat_id=chat.id, action=values["action"])
    return True


def _stored(world: World, values: Values, source: Upload | str, *, as_photo: bool) -> StoredFile:
    if isinstance(source, str) and source.startswith("attach://"):
        if source not in values:
            refuse(WRONG_FILE)
        source = values[source]
    if isinstance(source, Upload):
        return world.files.keep(source, as_photo=as_photo)
    stored = world.files.get(source)
    if as_photo and not stored.width:
        refuse("Bad Request: can't use file of type Document as Photo")
    return stored


def _post(world: World, values: Values, content: Json) -> Json:
    chat = access_writable_chat(world, values["chat_id"])
    thread_id = values.get("message_thread_id")
    check_thread(chat, thread_id)
    reply_to = find_reply(chat, values.get("reply_parameters"))
    if reply_to is not None and thread_id is None and reply_to.get("is_topic_message"):
        thread_id = reply_to["message_thread_id"]
    markup = values.get("reply_markup", {})
    prompt = None
    if "inline_keyboard" in markup:
        check_inline_keyboard(markup)
        if any(markup["inline_keyboard"]):
            content = {**content, "reply_markup": markup}
    elif markup:
        check_prompt(markup)
        prompt = markup
    if values.get("protect_content"):
        content = {**content, "has_protected_content": True}
    return world.post(
        chat, world.bot, content, thread_id=thread_id, reply_to=reply_to, prompt=prompt
    )
