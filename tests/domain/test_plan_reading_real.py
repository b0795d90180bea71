"""The real plan, where it is at hand: codes, days, kinds and unit names only."""

import csv
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from bot.domain.deadline import DateDeadline, Ongoing, Recurring, Relative, Unspecified
from bot.domain.reading.reader import read_plan
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
PLAN = PLANS / "khanh-hoa-2024.txt"

pytestmark = pytest.mark.skipif(
    not PLAN.is_file(), reason="the shared plans are not beside this checkout"
)

# Short names by task; "?" marks a suggestion, the rest are collectives and names as written.
UNITS = Path(__file__).parents[1] / "data" / "plans" / "khanh-hoa-2024-units.tsv"
ROOMS_AND_CENTRES = "các phòng, trung tâm"
ROOMS = "các phòng chuyên môn"

# code: (who, first day due, how many times).
INTERNAL = {
    "I.4": [("VP", "2024-12-09", 1)],
    "I.8": [("các đơn vị", "2024-02-04", 12)],
    "III.1": [(ROOMS, "2024-05-31", 1), ("VP", "2024-07-29", 1)],
    "III.10": [("VP", "2024-03-31", 4)],
    "III.13": [("các phòng", "2024-03-17", 4)],
    "IV.2": [("VP", "2024-11-29", 1)],
    "IV.10": [("HCTP", "2024-11-14", 1), ("VP", "2024-11-29", 1)],
    "V.1": [(ROOMS, "2024-11-19", 1), ("VP", "2024-11-29", 1)],
    "V.3": [("VP", "2025-03-31", 1)],
    "V.5": [(ROOMS_AND_CENTRES, "2024-05-31", 1), (ROOMS_AND_CENTRES, "2024-10-31", 1)],
    "V.7": [("VP", "2024-11-29", 1)],
    "VI.4": [("VP", "2024-01-31", 12)],
    "VII.5": [(ROOMS_AND_CENTRES, "2024-04-24", 1), ("VP", "2024-04-29", 1)],
}


@pytest.fixture(scope="module")
def registry():
    units, problems = read_units_csv((PLANS / "khanh-hoa-units.csv").read_text("utf-8"))
    assert not problems
    return UnitRegistry(units)


@pytest.fixture(scope="module")
def reading(registry):
    return read_plan(read_document(PLAN.read_bytes(), PLAN.name), registry)


@pytest.fixture(scope="module")
def items(reading):
    return {item.code: item for item in reading.items}


def short_names(units, registry):
    shorts = {unit.name: unit.short for unit in registry.units}
    return [
        f"?{shorts[unit.suggestion]}"
        if unit.suggestion
        else shorts.get(unit.name, unit.name.lower())
        for unit in units
    ]


def expected_units():
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["code"], names_in(row["lead"]), names_in(row["cooperate"])) for row in rows]


def names_in(cell):
    return cell.split(" + ") if cell else []


def test_it_finds_all_tasks_in_their_sections(reading, items):
    sections = {}
    for item in reading.items:
        sections.setdefault(item.section.partition(".")[0], []).append(item.code)

    assert len(reading.items) == len(items) == 74
    assert {section: len(codes) for section, codes in sections.items()} == {
        "I": 8, "II": 6, "III": 13, "IV": 10, "V": 8,
        "VI": 5, "VII": 11, "VIII": 1, "IX": 4, "X": 8,
    }  # fmt: skip
    assert sections["IX"][0] == "IX.2"


def test_it_says_that_one_section_starts_late(reading):
    assert [dict(problem.params)["missing"] for problem in reading.problems] == ["1"]


def test_title_and_period_are_the_appendix_heading_s(reading):
    assert reading.title.startswith("NHIỆM VỤ")
    assert reading.title.endswith("NĂM 2024")
    assert (reading.period.start, reading.period.end) == (
        dt.date(2024, 1, 1),
        dt.date(2024, 12, 31),
    )


def test_rows_parted_by_a_page_are_whole(items):
    assert items["III.5"].assignment_text.count("\n- ") == 2
    assert items["VI.1"].title
    assert items["VI.1"].product.count("- ") == 4
    assert items["VI.1"].deadlines


def test_no_text_holds_markup(reading):
    for item in reading.items:
        for text in (item.title, item.product, item.deadline_text, item.assignment_text):
            assert "<" not in text
            assert "**" not in text
            assert all(line == " ".join(line.split()) for line in text.splitlines())


@pytest.mark.parametrize(("code", "lead", "cooperate"), expected_units())
def test_it_tells_leads_from_cooperating_units(code, lead, cooperate, items, registry):
    item = items[code]

    assert short_names(item.lead, registry) == lead
    assert sorted(short_names(item.cooperate, registry)) == sorted(cooperate)


def test_every_task_is_in_the_table_of_units(items):
    assert [code for code, _, _ in expected_units()] == list(items)


def test_collectives_are_marked_and_names_are_not(items):
    for item in items.values():
        for unit in (*item.lead, *item.cooperate):
            together = unit.name.lower().startswith(("các ", "đơn vị "))
            assert unit.collective == together, (item.code, unit)


def test_it_finds_the_internal_deadlines(items, registry):
    found = {
        item.code: [
            (*short_names(due.units, registry), *_first_and_count(due.deadline))
            for due in item.unit_deadlines
        ]
        for item in items.values()
        if item.unit_deadlines
    }

    assert found == INTERNAL


def _first_and_count(deadline):
    if isinstance(deadline, Recurring):
        return deadline.dates[0].isoformat(), len(deadline.dates)
    return deadline.due.isoformat(), 1


def test_a_date_can_bind_one_lead_only(items):
    bound = [(day.due.isoformat(), day.units) for day in items["IV.3"].deadlines]

    assert bound == [
        ("2024-05-14", ("Văn phòng",)),
        ("2024-03-31", ("Các đơn vị sự nghiệp",)),
    ]
    assert not any(
        getattr(deadline, "units", ())
        for code, item in items.items()
        for deadline in item.deadlines
        if code != "IV.3"
    )


def test_figures_with_a_date_are_milestones(items):
    found = {
        code: [mark.deadline.due.isoformat() for mark in item.milestones]
        for code, item in items.items()
        if item.milestones
    }

    assert found == {"VI.4": ["2024-09-30", "2024-12-15"], "IX.4": ["2024-09-30"]}


def test_every_task_has_a_deadline_of_some_kind(items):
    kinds = {code: [type(one) for one in item.deadlines] for code, item in items.items()}

    assert all(kinds.values())
    assert sum(Ongoing in found for found in kinds.values()) == 21
    assert {code for code, found in kinds.items() if Relative in found} == {"II.3", "IV.9", "V.8"}
    assert {code for code, found in kinds.items() if Unspecified in found} == {
        "IV.4", "IV.5", "VII.1",
    }  # fmt: skip
    assert {code for code, found in kinds.items() if Recurring in found} == {
        "I.5", "I.8", "III.13",
    }  # fmt: skip
    assert sum(DateDeadline in found for found in kinds.values()) == 74 - 21 - 3 - 3 - 3 + 2


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_every_format_gives_the_same_reading(kind, reading, registry):
    path = PLAN.with_suffix(f".{kind}")

    other = read_plan(read_document(path.read_bytes(), path.name), registry)

    assert other.period == reading.period
    for mine, item in zip(other.items, reading.items, strict=True):
        assert days(mine) == days(item), item.code
        assert (mine.code, mine.lead, mine.cooperate) == (item.code, item.lead, item.cooperate)
        assert (mine.title, mine.product) == (item.title, item.product)
        assert mine.assignment_text == item.assignment_text
        assert mine.unit_deadlines == item.unit_deadlines


def days(item):
    """What a task's deadlines say, the words aside: the spreadsheet holds one as a real date."""
    return [
        dataclasses.replace(deadline, text="", before=False)
        if isinstance(deadline, DateDeadline)
        else deadline
        for deadline in item.deadlines
    ]
