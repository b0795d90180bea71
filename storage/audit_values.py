"""Rows as the record of changes holds them: column names with their values as JSON."""

import datetime as dt
from enum import Enum
from typing import Any

from sqlmodel import SQLModel

NEVER_RECORDED = frozenset({"id", "office_id"})


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


def inserted(row: SQLModel) -> dict[str, Any]:
    """Return a new row's columns, those left empty aside."""
    return {
        name: json_value(getattr(row, name))
        for name in type(row).model_fields
        if name not in NEVER_RECORDED and getattr(row, name) is not None
    }
