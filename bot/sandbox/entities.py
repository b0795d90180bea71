"""Text as Telegram sees it: HTML to entities, automatic entities, lengths in UTF-16 units."""

import html
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from bot.sandbox.refusal import refuse

Entity = dict[str, Any]

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(r"<[^<>]*>|&[^;\s<>&]*;?|[<>]|[^<>&]+")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\s*([^<>]*?)\s*>")
_REFERENCE = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);")
_LINK = re.compile(r"""href=(["'])((?:https?://|tg://|mailto:)[^"']+)\1""")
_MENTION = re.compile(r"tg://user\?id=(\d{1,16})")
_LANGUAGE = re.compile(r"""class=(["'])language-([\w+-]+)\1""")
_SPOILER = re.compile(r"""class=(["'])tg-spoiler\1""")
# What Telegram finds by itself in any text. A date such as 26/4/2024 is no command, because
# a digit stands before the slash.
_AUTOMATIC = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}\b")),
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url", "bot_command"})


def utf16_len(text: str) -> int:
    """Return the length in UTF-16 units, in which Telegram counts offsets and limits."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    at: int
    entity: Entity


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities; refuse what Telegram cannot parse.

    Stricter than Telegram in one thing: `&` and `>` that are not escaped are refused too, because
    they show that some value reached the message without escaping.
    """
    text = ""
    entities: list[Entity] = []
    stack: list[_Open] = []
    for match in _TOKEN.finditer(source):
        token, at = match[0], len(source[: match.start()].encode())
        if token.startswith("&"):
            if not _REFERENCE.fullmatch(token):
                _cannot_parse(f'Unescaped character "&" at byte offset {at}')
            text += html.unescape(token)
        elif token == ">":
            _cannot_parse(f'Unescaped character ">" at byte offset {at}')
        elif token.startswith("<"):
            _read_tag(token, at, utf16_len(text), stack, entities)
        else:
            text += token
    if stack:
        _cannot_parse(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return _trim(text, entities)


def _cannot_parse(reason: str) -> NoReturn:
    refuse(f"Bad Request: can't parse entities: {reason}")


def _read_tag(token: str, at: int, offset: int, stack: list[_Open], found: list[Entity]) -> None:
    match = _TAG.fullmatch(token)
    if match is None:
        _cannot_parse(f"Unclosed start tag at byte offset {at}")
    closing, tag, attributes = match[1], match[2].lower(), match[3]
    if not closing:
        stack.append(_Open(tag, at, {**_entity_of(tag, attributes, at), "offset": offset}))
        return
    if not stack:
        _cannot_parse(f"Unexpected end tag at byte offset {at}")
    opened = stack.pop()
    if opened.tag != tag:
        _cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    entity = opened.entity
    if tag == "code" and "language" in entity:
        if stack and stack[-1].tag == "pre":
            stack[-1].entity["language"] = entity["language"]
            return
        del entity["language"]
    if offset > entity["offset"]:
        found.append({**entity, "length": offset - entity["offset"]})


def _entity_of(tag: str, attributes: str, at: int) -> Entity:
    kind = _KINDS.get(tag)
    if kind is None:
        _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {at}')
    if tag == "a" and (link := _LINK.fullmatch(attributes)):
        url = html.unescape(link[2])
        if mention := _MENTION.fullmatch(url):
            user = {"id": int(mention[1]), "is_bot": False, "first_name": ""}
            return {"type": "text_mention", "user": user}
        return {"type": kind, "url": url}
    if tag == "code" and (language := _LANGUAGE.fullmatch(attributes)):
        return {"type": kind, "language": language[2]}
    if tag == "blockquote" and attributes == "expandable":
        return {"type": "expandable_blockquote"}
    allowed = tag == "span" and _SPOILER.fullmatch(attributes)
    if not allowed and (attributes or tag in {"a", "span"}):
        _cannot_parse(f'Tag "{tag}" has wrong attributes at byte offset {at}')
    return {"type": kind}


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.strip()
    cut = utf16_len(text[: len(text) - len(text.lstrip())])
    last = utf16_len(stripped)
    kept = []
    for entity in entities:
        first = max(0, entity["offset"] - cut)
        length = min(entity["offset"] + entity["length"] - cut, last) - first
        if length > 0:
            kept.append({**entity, "offset": first, "length": length})
    # Inner tags were found first; of two that span the same text the outer one is to lead.
    return stripped, _in_order(kept[::-1])


def _in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def with_automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the entities with the links, mentions and commands Telegram finds by itself."""
    found = list(entities)
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            offset = utf16_len(text[: match.start()])
            length = utf16_len(match[0])
            if not any(_overlap(other, offset, length) for other in found):
                found.append({"type": kind, "offset": offset, "length": length})
    return _in_order(found)


def _overlap(entity: Entity, offset: int, length: int) -> bool:
    return (
        entity["type"] in _OPAQUE
        and entity["offset"] < offset + length
        and offset < entity["offset"] + entity["length"]
    )
