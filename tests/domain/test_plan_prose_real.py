"""The real plans without a table, where they are at hand: counts, codes and periods only."""

from collections import Counter
from pathlib import Path

import pytest

from bot.domain.deadline import Recurring
from bot.domain.indicator import Direction, find_indicators
from bot.domain.plan_diff import NEAR_COPY, diff_item, diff_plans, is_near_copy, likeness
from bot.domain.reading.reader import read_plan
from bot.domain.units.registry import UnitRegistry
from bot.intake.text import read_text

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
NAMES = ("tra-vinh-2021-2025", "lao-cai-2023", "tam-ky-2021-2025", "tra-vinh-2020-2025")

pytestmark = pytest.mark.skipif(
    not all((PLANS / f"{name}.txt").is_file() for name in NAMES),
    reason="the shared plans are not beside this checkout",
)

COUNTS = {
    "tra-vinh-2021-2025": {"II.2": 11},
    "lao-cai-2023": dict(
        zip([f"II.{n}" for n in range(1, 9)], (8, 8, 11, 3, 5, 3, 13, 2), strict=True)
    ),
    "tam-ky-2021-2025": {
        "III.1": 6, "III.2": 4, "III.3": 3, "III.4": 6, "III.5": 2, "III.6": 3, "IV": 5,
    },
    "tra-vinh-2020-2025": {"II.2": 11},
}  # fmt: skip
YEARS = {
    "tra-vinh-2021-2025": (2021, 2025),
    "lao-cai-2023": (2023, 2023),
    "tam-ky-2021-2025": (2021, 2025),
    "tra-vinh-2020-2025": (2020, 2025),
}


@pytest.fixture(scope="module")
def plans():
    return {name: read(name) for name in (*NAMES, "khanh-hoa-2024")}


def read(name):
    text = (PLANS / f"{name}.txt").read_text("utf-8")
    return read_plan(read_text(text, f"{name}.txt"), UnitRegistry())


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_the_items_in_their_sections(name, plans):
    sections = Counter(item.section.partition(". ")[0] for item in plans[name].items)

    assert sections == COUNTS[name]
    assert len({item.code for item in plans[name].items}) == sum(COUNTS[name].values())


@pytest.mark.parametrize("name", NAMES)
def test_the_period_is_the_title_s(name, plans):
    period = plans[name].period

    assert (period.start.year, period.end.year) == YEARS[name]
    assert (period.start.month, period.end.day) == (1, 31)


@pytest.mark.parametrize("name", NAMES)
def test_items_of_several_years_have_a_checkpoint_in_each(name, plans):
    first, last = YEARS[name]
    for item in plans[name].items:
        marks = [due for due in item.deadlines if isinstance(due, Recurring)]
        years = [day.year for due in marks for day in due.dates]
        assert years == list(range(first, last)), item.code


@pytest.mark.parametrize("name", NAMES)
def test_every_item_waits_and_no_text_is_broken(name, plans):
    for item in plans[name].items:
        assert item.problems
        assert item.deadlines
        assert item.title[0].isupper() or item.title[0].isdigit(), item.code
        assert all(line == " ".join(line.split()) for line in item.title.splitlines())


def test_codes_are_the_headings_own_numbers(plans):
    assert [item.code for item in plans["tra-vinh-2020-2025"].items] == [
        f"II.2.{number}" for number in range(1, 12)
    ]
    assert {"II.2.5", "II.7.2", "II.7.3", "II.7.1.11"} <= {
        item.code for item in plans["lao-cai-2023"].items
    }
    assert "III.1.b.1" in {item.code for item in plans["tam-ky-2021-2025"].items}


def test_twenty_one_items_of_one_plan_state_a_figure(plans):
    found = [item.indicator for item in plans["lao-cai-2023"].items if item.indicator]

    assert sum(target.has_figure for target in found) == 21
    assert Counter(target.direction for target in found)[Direction.NONE_ALLOWED] == 2


def test_one_item_may_state_several_figures(plans):
    items = {item.code: item for item in plans["lao-cai-2023"].items}

    assert [str(found.number) for found in find_indicators(items["II.1.3"].title)] == ["30", "100"]


def test_two_plans_are_near_copies_and_the_others_are_not(plans):
    compared = {name: [diff_item(item) for item in plan.items] for name, plan in plans.items()}
    copies = {"tra-vinh-2021-2025", "tra-vinh-2020-2025"}

    for one, items in compared.items():
        for other, others in compared.items():
            alike = is_near_copy(items, others)
            assert alike == (one == other or {one, other} == copies), (one, other)
            assert alike or likeness(items, others) < NEAR_COPY / 2


def test_a_near_copy_keeps_every_item(plans):
    old, new = ([diff_item(item) for item in plans[name].items] for name in (NAMES[3], NAMES[0]))

    diff = diff_plans(old, new)

    assert not diff.added
    assert not diff.removed
    assert all(change.old.code == change.new.code for change in diff.changed)
