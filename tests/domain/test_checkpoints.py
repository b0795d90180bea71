"""Checkpoints of work whose term is the whole year: asked in time, and not once they are past."""

import pytest

from bot.domain.reminder_asking import checkpoint_step
from bot.domain.rules import Rules
from tests.builders import CALENDAR, day, make_part

JUNE, SEPTEMBER, WARNING = "check:2024-06-30", "check:2024-09-30", "year:2024-12-14"


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2024-06-27", None),
        ("2024-06-28", JUNE),
        ("2024-07-12", JUNE),  # back after two weeks: it is asked all the same
        ("2024-07-15", None),
        ("2024-08-15", None),
        ("2024-09-30", SEPTEMBER),
        ("2024-10-31", None),
        ("2024-12-06", WARNING),
        ("2024-12-13", WARNING),
        ("2024-12-16", None),
    ],
)
def test_a_checkpoint_is_asked_about_until_it_is_past(today: str, step: str | None) -> None:
    part = make_part(start=day("2024-01-01"), due="2024-12-31")

    found = checkpoint_step(part, day(today), CALENDAR, Rules())

    assert (found and found.name) == step
