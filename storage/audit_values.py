"""Rows as the record of changes holds them: column names with their values as JSON."""

import datetime as dt
from enum import Enum
from typing import Any

from sqlmodel import SQLModel

NEVER_RECORDED = frozenset({"id", "office_id"})
# The record outlives an erased person, and a code is worth something to who reads its hash.
PERSONAL: dict[str, frozenset[str]] = {
    "person": frozenset({"name", "telegram_id"}),
    "chat": frozenset({"telegram_id", "title"}),
    "invite": frozenset({"code_hash"}),
}


def json_value(value: Any) -> Any:
    """Return a column's value as JSON holds it: days and instants in ISO 8601, instants UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def columns(**values: Any) -> dict[str, Any]:
    """Return columns as the record of changes holds them."""
    return {name: json_value(value) for name, value in values.items()}


def kept_columns(model: type[SQLModel]) -> list[str]:
    """Return the columns of a table that the record of changes follows."""
    left_out = NEVER_RECORDED | PERSONAL.get(str(model.__tablename__), frozenset())
    return [name for name in model.model_fields if name not in left_out]


def filled(row: SQLModel) -> dict[str, Any]:
    """Return what a row holds, the columns left empty aside."""
    values = {name: json_value(getattr(row, name)) for name in kept_columns(type(row))}
    return {name: value for name, value in values.items() if value is not None}
