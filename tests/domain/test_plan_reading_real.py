"""The real plan, where it is at hand: codes, days, kinds and unit names only."""

import datetime as dt
from pathlib import Path

import pytest

from bot.domain.deadline import DateDeadline, Ongoing, Recurring, Relative, Unspecified
from bot.domain.plan_reading import read_plan
from bot.domain.units import UnitRegistry
from bot.domain.units_list import read_units_csv
from bot.intake.document import read_document

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
PLAN = PLANS / "khanh-hoa-2024.txt"

pytestmark = pytest.mark.skipif(
    not PLAN.is_file(), reason="the shared plans are not beside this checkout"
)

ROOMS_AND_CENTRES = "các phòng, trung tâm"
OF_THE_OFFICE = "các phòng, trung tâm thuộc sở"
ROOMS = "các phòng chuyên môn"

# code: leads | cooperating units, by short name; "?" marks a suggestion, the rest are collectives.
UNITS = f"""
I.1: {OF_THE_OFFICE} |
I.2: VP | {ROOMS_AND_CENTRES}
I.3: VP | {ROOMS_AND_CENTRES}
I.4: {OF_THE_OFFICE} | VP
I.5: VP | {ROOMS_AND_CENTRES}
I.6: {ROOMS_AND_CENTRES} | VP
I.7: {ROOMS_AND_CENTRES} | VP
I.8: VP | các đơn vị
II.1: VBQPPL-TDTHPL |
II.2: VBQPPL-TDTHPL |
II.3: VBQPPL-TDTHPL |
II.4: VBQPPL-TDTHPL |
II.5: VBQPPL-TDTHPL |
II.6: VBQPPL-TDTHPL |
III.1: VP | {ROOMS}
III.2: VP | HCTP + ?TT-BTTP + trung tâm phục vụ hc công tỉnh
III.3: VP |
III.4: VP |
III.5: VP + HCTP + ?TT-BTTP |
III.6: VP + HCTP + ?TT-BTTP |
III.7: VP + HCTP + TT-BTTP |
III.8: VP |
III.9: HCTP + TT-BTTP + VP |
III.10: VP + HCTP + TT-BTTP |
III.11: VP |
III.12: các đơn vị + VP |
III.13: VP | các phòng
IV.1: VP + các đơn vị sự nghiệp trực thuộc sở |
IV.2: VP |
IV.3: VP + các đơn vị sự nghiệp |
IV.4: VP | các đơn vị thuộc và trực thuộc sở
IV.5: VP |
IV.6: VP | {ROOMS_AND_CENTRES}
IV.7: HCTP | VP
IV.8: HCTP |
IV.9: HCTP |
IV.10: VP | HCTP
V.1: {ROOMS} | VP
V.2: VP | {OF_THE_OFFICE}
V.3: VP |
V.4: VP | {ROOMS_AND_CENTRES}
V.5: VP | {ROOMS_AND_CENTRES}
V.6: các đơn vị thuộc và trực thuộc sở | VP + ?TT-BTTP
V.7: VP |
V.8: VP |
VI.1: VP |
VI.2: VP | {ROOMS_AND_CENTRES}
VI.3: các đơn vị trực thuộc sở | VP
VI.4: các đơn vị thuộc, trực thuộc sở | VP
VI.5: VP |
VII.1: các đơn vị liên quan | VP
VII.2: VP |
VII.3: các đơn vị + VP |
VII.4: {ROOMS_AND_CENTRES} |
VII.5: VP | {ROOMS_AND_CENTRES}
VII.6: đơn vị được giao | VP
VII.7: VP |
VII.8: VP |
VII.9: VP | {ROOMS}
VII.10: VP | {ROOMS}
VII.11: VP | {ROOMS}
VIII.1: VP | các đơn vị liên quan
IX.2: HCTP + ?TT-BTTP + PBGDPL |
IX.3: VBQPPL-TDTHPL |
IX.4: {OF_THE_OFFICE} | VP
IX.5: VP |
X.1: VP |
X.2: tổ giúp việc + VP |
X.3: HCTP + TT-BTTP | VP
X.4: VP |
X.5: VBQPPL-TDTHPL |
X.6: HCTP + ?TT-BTTP + VP |
X.7: {OF_THE_OFFICE} |
X.8: các đơn vị | VP
"""

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
    for line in UNITS.strip().splitlines():
        code, _, units = line.partition(": ")
        yield (
            code,
            *(
                [name.strip() for name in part.split(" + ") if name.strip()]
                for part in units.split("|")
            ),
        )


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


@pytest.mark.parametrize(("code", "lead", "cooperate"), list(expected_units()))
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
