"""Read a list of units (CSV with a header row) into registered units."""

import csv
import io
from collections import Counter

from bot.domain.plan import Unit
from bot.domain.problem import N_, Problem, problem
from bot.domain.units.phrases import CSV_COLUMNS
from bot.domain.units.text import bare

MAX_UNITS = 1000


def read_units_csv(text: str) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """Return the units of a list with columns name, short, aliases (separated by "|") and group.

    Commas, semicolons and tabs are understood as separators; header names may be Vietnamese. A row
    without a name, or naming a unit again, is left out with a problem.
    """
    text = text.removeprefix("\ufeff").replace("\x00", "")
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = list(_rows(text, delimiter))
    columns = _columns(rows[0]) if rows else {}
    if "name" not in columns:
        return (), (
            problem(
                N_("The list of units has no column “name”; give each unit a row and a name.")
            ),
        )
    units: list[Unit] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1 : MAX_UNITS + 1], start=2):
        unit = _unit(row, columns)
        if not unit.name and any(cell.strip() for cell in row):
            problems.append(problem(N_("Row {row} of the list has no unit name."), row=number))
        elif unit.name and any(bare(unit.name) == bare(known.name) for known in units):
            problems.append(
                problem(N_("Row {row} names the unit {unit} again."), row=number, unit=unit.name)
            )
        elif unit.name:
            units.append(unit)
    return tuple(units), (*problems, *_clashes(units))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error:
        return []


def _columns(header: list[str]) -> dict[str, int]:
    """Return where each known column stands."""
    names = {name: column for column, names in CSV_COLUMNS.items() for name in names}
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        column = names.get(" ".join(bare(cell).split()))
        if column:
            found.setdefault(column, index)
    return found


def _unit(row: list[str], columns: dict[str, int]) -> Unit:
    cells = {
        column: " ".join(row[index].split()) if index < len(row) else ""
        for column, index in columns.items()
    }
    aliases = (alias.strip() for alias in cells.get("aliases", "").split("|"))
    return Unit(
        cells.get("name", ""),
        cells.get("short", ""),
        tuple(alias for alias in aliases if alias),
        cells.get("group", ""),
    )


def _clashes(units: list[Unit]) -> list[Problem]:
    """Return a problem for each short name or alias that two units share."""
    names = Counter(
        name for unit in units for name in {bare(n) for n in (unit.short, *unit.aliases) if n}
    )
    return [
        problem(
            N_("Several units share the name “{name}”; it will be asked each time."), name=name
        )
        for name, count in names.items()
        if count > 1
    ]
