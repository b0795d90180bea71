"""Conclusions of a meeting are read line by line, from the right, and nothing is guessed."""

import datetime as dt

import pytest

from bot.domain.conclusions import read_conclusions, read_line
from bot.domain.deadline import DateDeadline
from bot.domain.units.registry import UnitRegistry
from tests.builders import UNITS

REGISTRY = UnitRegistry(UNITS)
HC, VB = "Phòng Hành chính", "Phòng Văn bản"


def read_date(said: str) -> DateDeadline | None:
    """Read "30/6" alone: how dates are typed is tested elsewhere."""
    try:
        day, month = map(int, said.split("/"))
        return DateDeadline(dt.date(2024, month, day), said)
    except ValueError:
        return None


JUNE = dt.date(2024, 6, 30)
READ = [
    ("Rà soát hồ sơ tồn – HC – 30/6", "Rà soát hồ sơ tồn", [HC], JUNE, ""),
    ("Rà soát hồ sơ tồn - Phòng HC - 30/6", "Rà soát hồ sơ tồn", [HC], JUNE, ""),
    ("Rà soát; Phòng Hành chính; 30/6;", "Rà soát", [HC], JUNE, ""),
    ("Rà soát\tHC\t30/6", "Rà soát", [HC], JUNE, ""),
    ("- Rà soát – HC – hạn 30/6", "Rà soát", [HC], JUNE, ""),
    ("2. Rà soát – giao HC – thời hạn: 30/6", "Rà soát", [HC], JUNE, ""),
    ("Rà soát – HC, VB – 30/6", "Rà soát", [HC, VB], JUNE, ""),
    ("Rà soát – HC và VB – 30/6", "Rà soát", [HC, VB], JUNE, ""),
    ("Rà soát – 30/6 – HC", "Rà soát", [HC], JUNE, ""),
    ("Rà soát – HC", "Rà soát", [HC], None, ""),
    ("Rà soát – 30/6", "Rà soát", [], JUNE, ""),
    ("Rà soát – HC – chưa rõ", "Rà soát", [HC], None, ""),
    ("Rà soát – chưa rõ – 30/6", "Rà soát", [], JUNE, ""),
    ("Rà soát – HC – sớm", "Rà soát", [HC], None, "sớm"),
    ("Rà soát – hạn sớm", "Rà soát", [], None, "hạn sớm"),
    ("Họp – bàn hồ sơ – HC – 30/6", "Họp – bàn hồ sơ", [HC], JUNE, ""),
    ("Rà soát hồ sơ đất-đai", "Rà soát hồ sơ đất-đai", [], None, ""),
]


@pytest.mark.parametrize(
    ("line", "title", "units", "due", "unread"), READ, ids=[row[0] for row in READ]
)
def test_a_line_is_split_from_the_right(
    line: str, title: str, units: list[str], due: dt.date | None, unread: str
) -> None:
    (found,) = read_conclusions(line, REGISTRY, read_date)

    assert found.title == title
    assert [unit.name for unit in found.units if unit.certain] == units
    assert (found.due and found.due.due) == due
    assert found.unread_due == unread
    assert found.readable == (not unread)


@pytest.mark.parametrize(
    "line",
    [
        "Báo cáo B – HC; phối hợp: VB – 30/6",
        "Báo cáo B – HC phối hợp VB – 30/6",
        "Báo cáo B – HC, phối hợp: VB – 30/6",
        "Báo cáo B – HC (phối hợp: VB) – 30/6",
        "Báo cáo B – chủ trì: HC; phối hợp VB; 30/6",
        "Báo cáo B – HC – 30/6; phối hợp: VB",
        "Báo cáo B – 30/6 – HC; phối hợp: VB",
    ],
)
def test_who_cooperates_is_written_as_for_other_commands(line: str) -> None:
    (found,) = read_conclusions(line, REGISTRY, read_date)

    assert found.title == "Báo cáo B"
    assert [unit.name for unit in found.units] == [HC]
    assert [unit.name for unit in found.cooperating] == [VB]
    assert (found.due and found.due.due) == JUNE
    assert found.readable


def test_a_title_that_begins_with_cooperation_stays_a_title() -> None:
    found = read_line("Phối hợp Công an tỉnh rà soát – HC – 30/6", REGISTRY, read_date)

    assert found.title == "Phối hợp Công an tỉnh rà soát"
    assert [unit.name for unit in found.units] == [HC]
    assert found.cooperating == ()


def test_an_unknown_cooperating_unit_is_told() -> None:
    found = read_line("Rà soát – HC; phối hợp: Kho bạc – 30/6", REGISTRY, read_date)

    assert [unit.name for unit in found.unknown] == ["Kho bạc"]
    assert not found.readable


@pytest.mark.parametrize(
    ("line", "unread", "unknown"),
    [
        ("Làm X – Phòng Lạ – 31/6", "31/6", ["Phòng Lạ"]),
        ("Làm X – HC – ngày 31/6", "ngày 31/6", []),
        ("Làm X – 31/6", "31/6", []),
        ("Làm X – Phòng Lạ – ngày 31 tháng 6", "ngày 31 tháng 6", ["Phòng Lạ"]),
        ("Làm X – Phòng Lạ – hạn 30/13/2024", "hạn 30/13/2024", ["Phòng Lạ"]),
    ],
)
def test_what_was_meant_as_a_date_is_no_unit(line: str, unread: str, unknown: list[str]) -> None:
    found = read_line(line, REGISTRY, read_date)

    assert found.title == "Làm X"
    assert found.unread_due == unread
    assert [unit.name for unit in found.unknown] == unknown


def test_an_unknown_unit_stays_as_written_with_a_suggestion() -> None:
    found = read_line("Rà soát – Phòng Hành chánh – 30/6", REGISTRY, read_date)

    (unit,) = found.unknown
    assert (unit.name, unit.suggestion) == ("Phòng Hành chánh", HC)
    assert not found.readable


def test_a_date_that_cannot_be_read_is_no_unit() -> None:
    found = read_line("Rà soát – Phòng Hành chánh – sớm", REGISTRY, read_date)

    assert [unit.name for unit in found.unknown] == ["Phòng Hành chánh"]
    assert found.unread_due == "sớm"


def test_one_unknown_unit_beside_a_known_one_is_told_apart() -> None:
    found = read_line("Rà soát – HC, Kho bạc – 30/6", REGISTRY, read_date)

    assert [unit.name for unit in found.units] == [HC, "Kho bạc"]
    assert [unit.name for unit in found.unknown] == ["Kho bạc"]


def test_a_line_without_a_title_is_not_clear() -> None:
    assert not read_line(" – HC – 30/6", REGISTRY, read_date).readable


def test_empty_lines_say_nothing() -> None:
    found = read_conclusions("\nRà soát – HC\n\n  \nHọp – VB\n", REGISTRY, read_date)

    assert [line.title for line in found] == ["Rà soát", "Họp"]
