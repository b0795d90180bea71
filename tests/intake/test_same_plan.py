"""The real appendix reads the same from every format it is at hand in."""

import dataclasses
from pathlib import Path

import pytest

from bot.domain.reading.reader import read_plan
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
FORMATS = ("docx", "xlsx", "pdf")
# The workbook holds a real date in this cell, the other files "Ngày" and the same date.
REAL_DATE = "VI.4"

pytestmark = pytest.mark.skipif(
    not (PLANS / "khanh-hoa-2024.pdf").is_file(),
    reason="the shared plans are not beside this checkout",
)


@pytest.fixture(scope="module")
def read():
    units, _ = read_units_csv((PLANS / "khanh-hoa-units.csv").read_text("utf-8"))

    def of(suffix):
        path = PLANS / f"khanh-hoa-2024.{suffix}"
        return read_plan(read_document(path.read_bytes(), path.name), UnitRegistry(units)).items

    return of


@pytest.fixture(scope="module")
def from_text(read):
    return read("txt")


def without_words(item):
    """Return an item without the words of its deadline cell."""
    deadlines = tuple(dataclasses.replace(each, text="") for each in item.deadlines)
    return dataclasses.replace(item, deadline_text="", deadlines=deadlines)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_item_is_the_same(read, from_text, suffix):
    items = read(suffix)

    assert len(items) == len(from_text) == 74
    for item, expected in zip(items, from_text, strict=True):
        if suffix == "xlsx" and item.code == REAL_DATE:
            assert (item.deadline_text, expected.deadline_text) == (
                "15/12/2024",
                "Ngày 15/12/2024",
            )
            item, expected = without_words(item), without_words(expected)
        assert item == expected
