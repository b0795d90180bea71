"""The office's rules: every value that can be set, with its default. Pure.

An office keeps only what differs from the defaults, as JSON; a plan may override those marked
`per_plan`. How a value is typed and shown stands in `bot.domain.rules_text`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Window(StrEnum):
    """What a reporting month is."""

    MID_MONTH = "15-14"  # Nghị định 09/2019/NĐ-CP, Điều 12
    CALENDAR = "1-31"
    LATE_MONTH = "25-24"


class Denominator(StrEnum):
    """What a rate is counted against."""

    FALLEN_DUE = "fallen_due"
    COMPLETED = "completed"
    ASSIGNED = "assigned"


# (lower end in percent, inclusive; points): up to the next band's lower end.
Bands = tuple[tuple[float, float], ...]
# Days of a year as (day, month).
YearDays = tuple[tuple[int, int], ...]


# What may be sent as evidence, by the ends of file names.
FILE_TYPES = (
    "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx",
    "jpg", "jpeg", "png", "heic", "webp", "tif", "tiff", "mp4", "zip", "rar", "7z",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """The values in force. Times are local clock times; "days" are working days where said."""

    # Reminding.
    morning_at: dt.time = dt.time(7, 30)
    midday_at: dt.time = dt.time(13, 30)
    last_call_at: dt.time = dt.time(17, 0)
    ladder: tuple[int, ...] = (10, 5, 3, 1, 0)
    internal_ladder: tuple[int, ...] = (5, 3, 1, 0)
    cooperate_ladder: tuple[int, ...] = (3, 0)
    checkpoints: YearDays = ((30, 6), (30, 9))
    year_warning: YearDays = ((14, 12),)
    soon_days: int = 10
    # Escalating, in working days.
    risk_days: int = 2
    office_after: int = 1
    leader_after: int = 3
    director_after: int = 5
    escalate_again: int = 5
    # Judging and deciding.
    confirmation: bool = True
    weekend: str = "none"
    before_counts: bool = False
    outside_software: bool = False
    extend_after_due: bool = True
    many_extensions: int = 3
    undo_minutes: int = 10
    working_hours: int = 8
    file_types: tuple[str, ...] = FILE_TYPES
    # Reporting.
    window: Window = Window.MID_MONTH
    denominator: Denominator = Denominator.ASSIGNED
    bands: Bands = ((0.0, 0.0), (96.0, 2.0), (98.0, 2.5), (100.0, 3.0))
    overdue_bands: tuple[int, ...] = (7, 30, 120)
    undated_months: int = 3
    briefing_at: dt.time = dt.time(7, 0)
    briefing_weekday: int = 0
    # The heading of drafts: cơ quan chủ quản, where it is signed, the office in a number's code.
    parent_body: str = ""
    place: str = ""
    document_code: str = "STP"
    # The bot itself.
    away_minutes: int = 60
    keep_months: int = 24
    suggestion_score: int = 85


DEFAULTS = Rules()
# What a plan may have of its own.
PER_PLAN = frozenset(
    {
        "ladder", "internal_ladder", "cooperate_ladder", "checkpoints", "year_warning",
        "confirmation", "weekend", "before_counts", "outside_software", "extend_after_due",
        "bands", "denominator",
    }
)  # fmt: skip
NAMES = tuple(field.name for field in fields(Rules))


def rules_from_json(*layers: Mapping[str, Any] | None) -> Rules:
    """Return the rules in force: the defaults under each of `layers`, a later one on top.

    What a layer holds beyond the known names is left alone, so that an older program can read a
    newer one's settings.
    """
    values: dict[str, Any] = {}
    for layer in layers:
        for name, value in (layer or {}).items():
            if name in NAMES:
                values[name] = value_from_json(name, value)
    return Rules(**values)


def value_from_json(name: str, value: Any) -> Any:
    """Return the value of a rule as stored in JSON by `value_to_json`."""
    default = getattr(DEFAULTS, name)
    if isinstance(default, dt.time):
        return dt.time.fromisoformat(value)
    if isinstance(default, StrEnum):
        return type(default)(value)
    if isinstance(default, tuple):
        return tuple(tuple(one) if isinstance(one, list) else one for one in value)
    return value


def value_to_json(value: Any) -> Any:
    """Return the value of a rule as JSON holds it."""
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return [list(one) if isinstance(one, tuple) else one for one in value]
    return str(value) if isinstance(value, StrEnum) else value
