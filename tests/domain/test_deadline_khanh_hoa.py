"""All 74 deadline cells of a real plan, where the shared plans are at hand."""

from pathlib import Path

import pytest

from bot.domain.deadline import (
    DateDeadline,
    Ongoing,
    Recurring,
    Relative,
    Unspecified,
    calendar_year,
)
from bot.domain.grammar.reader import read_deadlines

PLAN = Path(__file__).parents[2].parent / "shared" / "plans" / "khanh-hoa-2024.txt"
YEAR_END = "year"  # 2024-01-01 to 2024-12-31
ONGOING = "ongoing"

# Per section the reading of each item in order: dates, rules, or the kind.
EXPECTED = {
    "I": [
        "2024-12-09", "2024-09-30", "2024-09-30", "2024-12-09", "BYMONTH=3,6,9,12;BYMONTHDAY=14",
        ONGOING, "2024-06-30", "BYMONTHDAY=-1 2024-12-31",
    ],
    "II": [
        "2024-12-15", "2024-01-21", "relative 30", "2024-12-04", "2024-02-19 2024-12-02", YEAR_END,
    ],
    "III": [
        "ongoing 2024-07-29", *[ONGOING] * 11, "BYMONTH=3,6,9,12;BYMONTHDAY=19",
    ],
    "IV": [
        YEAR_END, YEAR_END, "2024-05-14 2024-03-31", "unspecified", "unspecified", YEAR_END,
        YEAR_END, YEAR_END, "relative None", YEAR_END,
    ],
    "V": [
        YEAR_END, YEAR_END, "2024-12-31", YEAR_END, "2024-06-14 2024-11-14", ONGOING, YEAR_END,
        "relative 5",
    ],
    "VI": [YEAR_END, YEAR_END, YEAR_END, "2024-12-15", "2024-12-14"],
    "VII": [
        "unspecified", ONGOING, ONGOING, ONGOING, "2024-04-29", YEAR_END, *["2024-11-29"] * 5,
    ],
    "VIII": ["2024-04-30"],
    "IX": [YEAR_END] * 4,
    "X": [
        "2024-12-20", "2024-12-14", ONGOING, ONGOING, "2024-02-29", YEAR_END, ONGOING, ONGOING,
    ],
}  # fmt: skip


def shown(cell: str) -> str:
    """Return the reading of a cell in the short form of `EXPECTED`."""
    parts: list[str] = []
    for deadline in read_deadlines(cell, calendar_year(2024)).deadlines:
        match deadline:
            case DateDeadline():
                year = deadline.start is not None and (deadline.due - deadline.start).days == 365
                parts.append(YEAR_END if year else deadline.due.isoformat())
            case Recurring():
                parts.append(deadline.rrule.removeprefix("FREQ=MONTHLY;"))
            case Relative():
                parts.append(f"relative {deadline.count}")
            case Ongoing():
                parts.append(ONGOING)
            case Unspecified():
                parts.append("unspecified")
    return " ".join(parts)


def cells() -> list[str]:
    """Return the deadline cells of the appendix in order."""
    lines = PLAN.read_text(encoding="utf-8").splitlines()[289:]
    rows = [line.split("\t") for line in lines]
    return [row[3] for row in rows if len(row) > 3 and row[0][:1].isdigit() and row[3].strip()]


@pytest.mark.skipif(not PLAN.exists(), reason="the shared plans are not beside the repository")
def test_every_cell_of_the_plan_is_read_right() -> None:
    expected = [reading for section in EXPECTED.values() for reading in section]

    assert len(expected) == 74
    assert [shown(cell) for cell in cells()] == expected
