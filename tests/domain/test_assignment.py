import csv
from pathlib import Path

import pytest

from bot.domain.assignment import read_assignment
from bot.domain.deadline import calendar_year
from bot.domain.units import UnitRegistry
from bot.domain.units_list import read_units_csv

DATA = Path(__file__).parents[1] / "data"
PERIOD = calendar_year(2026)
REGISTRY = UnitRegistry(read_units_csv((DATA / "plans/mau-2026-units.csv").read_text("utf-8"))[0])
NOBODY = UnitRegistry()


def phrases():
    with (DATA / "assignments.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(units):
    return " + ".join(unit.name for unit in units)


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase["text"][:60])
def test_it_tells_who_leads_and_who_cooperates(phrase):
    registry = REGISTRY if phrase["units"] else NOBODY

    found = read_assignment(
        phrase["text"].replace("\\n", "\n"), registry, PERIOD, column=phrase["column"] or None
    )

    assert (names(found.lead), names(found.cooperate)) == (phrase["lead"], phrase["cooperate"])
