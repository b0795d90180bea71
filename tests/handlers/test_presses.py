"""Every button is in the table of rights; those of cards, lists and parts are held to it."""

from pathlib import Path

import pytest
from telegram.ext import CallbackQueryHandler

from tests.chatting import Talk
from tests.pressing import PRESSES, ROWS, Row, Trial, rows_of


def test_no_button_is_missing() -> None:
    units: dict[str, set[str]] = {}
    for row in ROWS:
        units.setdefault(row.press, set()).add(row.unit)

    wrong = set(PRESSES) ^ units.keys()
    half = [press for press, found in units.items() if found not in ({"-"}, {"own", "other"})]

    assert sorted(wrong) == [], "add rows to tests/data/presses.tsv, see tests/pressing.py"
    assert half == []
    assert len(ROWS) == sum(map(len, units.values()))


def test_every_area_of_buttons_is_tried() -> None:
    tried = "".join(
        path.read_text("utf-8") for path in Path(__file__).parent.glob("test_presses*")
    )

    assert [a for a in {row.press.split(":")[0] for row in ROWS} if f'"{a}"' not in tried] == []


def test_every_button_that_is_heard_is_in_the_table(talk: Talk) -> None:
    found = [h for group in talk.application.handlers.values() for h in group]
    patterns = [h.pattern for h in found if isinstance(h, CallbackQueryHandler) and h.pattern]

    assert len(patterns) == len(PRESSES), "a handler hears of data that no enum of presses names"


@pytest.mark.parametrize("row", rows_of("item", "part", "list", "card", "told", "past"), ids=str)
async def test_a_button_is_for_those_whom_the_table_names(pressing: Trial, row: Row) -> None:
    await pressing.check(row)
