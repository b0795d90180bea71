"""From the raw parameters of a request to typed values, checked against the tables of `spec`."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.files import Upload
from bot.sandbox.refusal import TEXT_EMPTY, refuse
from bot.sandbox.spec import KINDS, METHODS, TYPES, Field

_INTEGER = re.compile(r"-?\d{1,18}")
_ARRAY = "Array of "
_MISSING = {"chat_id": "Bad Request: chat_id is empty", "text": TEXT_EMPTY}


def read_parameters(method: str, raw: Mapping[str, Any], *, is_form: bool) -> dict[str, Any]:
    """Return the typed parameters of a call; refuse the unknown, the missing and the ill-typed.

    In forms everything but text is JSON inside a string; files that a value names as
    `attach://<field>` stay available under their field.
    """
    fields = METHODS[method]
    attached = {name for value in raw.values() for name in _attachments(value)}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name in attached and isinstance(value, Upload):
            values[f"attach://{name}"] = value
            continue
        if name not in fields:
            refuse(f'Bad Request: unknown parameter "{name}"')
        decoded = _decode(value, fields[name]) if is_form else value
        values[name] = _check(decoded, fields[name].types, name)
    for field in fields.values():
        if field.required and field.name not in values:
            refuse(_MISSING.get(field.name, f'Bad Request: parameter "{field.name}" is required'))
    return values


def _attachments(value: Any) -> list[str]:
    return re.findall(r"attach://([^\"\\]+)", value) if isinstance(value, str) else []


def _decode(value: Any, field: Field) -> Any:
    if not isinstance(value, str) or field.types == ("String",):
        return value
    if "Integer" in field.types and _INTEGER.fullmatch(value):
        return int(value)
    if "String" in field.types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        refuse(f"Bad Request: can't parse {field.name} JSON object")


def _check(value: Any, types: tuple[str, ...], where: str) -> Any:
    if "InlineKeyboardMarkup" in types:
        types = (_markup_kind(value, types, where),)
    if not any(_fits(value, kind) for kind in types):
        refuse(f'Bad Request: field "{where}" must be of type {" or ".join(types)}')
    kind = next(kind for kind in types if _fits(value, kind))
    if kind.startswith(_ARRAY):
        return _check_array(value, types, where)
    if kind in KINDS:
        kinds = KINDS[kind]
        if value.get("type") not in kinds:
            refuse(f'Bad Request: field "{where}" has an unsupported type')
        return _check_object(value, kinds[value["type"]], where)
    return _check_object(value, TYPES[kind], where) if kind in TYPES else value


def _check_array(value: list[Any], types: tuple[str, ...], where: str) -> list[Any]:
    inner = tuple(kind.removeprefix(_ARRAY) for kind in types)
    if any(kind.startswith("InputMedia") for kind in inner):
        return [
            _check(item, (_media_kind(item, where),), f"{where}.{n}")
            for n, item in enumerate(value)
        ]
    return [_check(item, inner, f"{where}.{number}") for number, item in enumerate(value)]


def _check_object(value: dict[str, Any], fields: Mapping[str, Field], where: str) -> Any:
    for name in value:
        if name not in fields:
            refuse(f'Bad Request: unknown field "{where}.{name}"')
    for field in fields.values():
        if field.required and field.name not in value:
            refuse(f'Bad Request: can\'t find field "{where}.{field.name}"')
    return {
        name: _check(inner, fields[name].types, f"{where}.{name}") for name, inner in value.items()
    }


def _markup_kind(value: Any, types: tuple[str, ...], where: str) -> str:
    marks = {
        "inline_keyboard": "InlineKeyboardMarkup",
        "keyboard": "ReplyKeyboardMarkup",
        "remove_keyboard": "ReplyKeyboardRemove",
        "force_reply": "ForceReply",
    }
    marked = value.keys() & marks.keys() if isinstance(value, dict) else set()
    if len(marked) != 1 or marks[min(marked)] not in types:
        refuse(f"Bad Request: object expected as {where.replace('_', ' ')}")
    return marks[min(marked)]


def _media_kind(item: Any, where: str) -> str:
    kinds = {"document": "InputMediaDocument", "photo": "InputMediaPhoto"}
    kind = kinds.get(item.get("type", "")) if isinstance(item, dict) else None
    if kind is None:
        refuse(f'Bad Request: field "{where}" must hold documents or photos')
    return kind


def _fits(value: Any, kind: str) -> bool:
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "String":
        return isinstance(value, str)
    if kind == "InputFile":
        return isinstance(value, Upload)
    return isinstance(value, list if kind.startswith(_ARRAY) else dict)
