"""What Telegram checks in the values themselves: texts, keyboards, commands."""

import re
from collections.abc import Sequence
from typing import Any, NoReturn

from bot.sandbox import refusal
from bot.sandbox.entities import parse_html, utf16_len, with_automatic
from bot.sandbox.refusal import refuse

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ANSWER = 200
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LINK = re.compile(r"(https?|tg)://\S+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DEEP_LINK = re.compile(r"https?://t\.me/\w+\?(?:start|startgroup)=([^&]*)")


def is_deep_link_payload(payload: str) -> bool:
    """Return whether Telegram would pass `payload` on in a t.me link."""
    return _PAYLOAD.fullmatch(payload) is not None


def check_text(text: str, parse_mode: str | None) -> dict[str, Any]:
    """Return `text` and `entities` of a message, as they are after parsing."""
    plain, entities = _parse(text, parse_mode)
    if not plain:
        refuse(refusal.TEXT_EMPTY)
    if utf16_len(plain) > MAX_TEXT:
        refuse(refusal.TEXT_TOO_LONG)
    return {"text": plain, **({"entities": entities} if entities else {})}


def check_caption(caption: str | None, parse_mode: str | None) -> dict[str, Any]:
    """Return `caption` and `caption_entities`; nothing when there is no caption."""
    plain, entities = _parse(caption or "", parse_mode)
    if utf16_len(plain) > MAX_CAPTION:
        refuse(refusal.CAPTION_TOO_LONG)
    if not plain:
        return {}
    return {"caption": plain, **({"caption_entities": entities} if entities else {})}


def _parse(source: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    entities: list[dict[str, Any]] = []
    if parse_mode is None:
        plain = source.strip()
    elif parse_mode.lower() == "html":
        plain, entities = parse_html(source)
    else:
        refuse("Bad Request: unsupported parse_mode")
    if "\x00" in plain:
        refuse("Bad Request: strings must not contain NUL")
    for entity in entities:
        _check_deep_link(entity.get("url", ""))
    return plain, with_automatic(plain, entities)


def _check_deep_link(url: str) -> None:
    # Telegram would let it pass and drop the payload when somebody follows the link.
    link = _DEEP_LINK.match(url)
    if link is not None and not is_deep_link_payload(link[1]):
        refuse(f"Bad Request: '{link[1]}' cannot be the payload of a deep link")


def check_inline_keyboard(markup: dict[str, Any]) -> None:
    """Refuse keyboards that Telegram would refuse, rewrap or cut."""
    rows: list[list[dict[str, Any]]] = markup["inline_keyboard"]
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        refuse(refusal.MARKUP_TOO_LONG)
    for button in (button for row in rows for button in row):
        _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        _bad_button("Button text is empty")
    actions = button.keys() & {"callback_data", "url", "copy_text"}
    if not actions:
        _bad_button("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        _bad_button("a button does exactly one thing")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        refuse(refusal.BUTTON_DATA_INVALID)
    url = button.get("url")
    _check_deep_link(url or "")
    if url is not None and not _LINK.fullmatch(url):
        refuse(
            f"Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL specified"
        )


def _bad_button(reason: str) -> NoReturn:
    refuse(f"Bad Request: can't parse inline keyboard button: {reason}")


def check_prompt(markup: dict[str, Any]) -> None:
    """Refuse a forced reply or a reply keyboard that Telegram would refuse."""
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        refuse("Bad Request: input field placeholder must be 1-64 characters")
    if markup.get("force_reply") is False or markup.get("remove_keyboard") is False:
        refuse("Bad Request: can't parse reply keyboard markup JSON object")
    if any(not button["text"] for row in markup.get("keyboard", ()) for button in row):
        refuse("Bad Request: keyboard button text must be non-empty")


def check_language(code: str) -> None:
    """Refuse what is not a two-letter language code; no code at all means every language."""
    if code and not _LANGUAGE.fullmatch(code):
        refuse("Bad Request: invalid language code specified")


def check_commands(commands: Sequence[dict[str, Any]]) -> None:
    """Refuse a command menu that Telegram would refuse; a command listed twice as well."""
    if len(commands) > MAX_COMMANDS:
        refuse("Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            refuse("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MAX_DESCRIPTION:
            refuse("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    if len({command["command"] for command in commands}) < len(commands):
        refuse("Bad Request: BOT_COMMAND_INVALID")
