"""Collective terms become member units by the groups of the unit list."""

import pytest

from bot.domain.collectives import is_office, members
from bot.domain.plan import Unit
from tests.builders import UNITS

ALL = ("Văn phòng", "Phòng Hành chính", "Phòng Văn bản", "Trung tâm Trợ giúp")
BUT_OFFICE = ALL[1:]
DIVISIONS = ("Phòng Hành chính", "Phòng Văn bản")
PUBLIC = ("Trung tâm Trợ giúp",)


def names(written: str, *beside: str) -> tuple[str, ...] | None:
    found = members(written, UNITS, beside)
    return None if found is None else tuple(unit.name for unit in found)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("các phòng chuyên môn", DIVISIONS),
        ("Các phòng chuyên môn thuộc Sở", DIVISIONS),
        ("các đơn vị sự nghiệp", PUBLIC),
        ("các đơn vị trực thuộc", PUBLIC),
        ("các đơn vị trực thuộc Sở", PUBLIC),
        ("các Phòng, Trung tâm", ALL),
        ("các phòng, trung tâm thuộc Sở", ALL),
        ("các đơn vị thuộc, trực thuộc Sở", ALL),
        ("các đơn vị thuộc và trực thuộc Sở", ALL),
    ],
)
def test_a_collective_means_the_units_of_its_group(
    written: str, expected: tuple[str, ...]
) -> None:
    assert names(written) == expected


@pytest.mark.parametrize("written", ["các Phòng, Trung tâm", "các đơn vị thuộc, trực thuộc Sở"])
def test_the_office_is_left_out_of_all_units_only_when_named_beside_them(written: str) -> None:
    assert names(written, "Văn phòng") == BUT_OFFICE
    assert names(written, "Phòng Văn bản") == ALL


@pytest.mark.parametrize(
    "written",
    ["đơn vị được giao", "các đơn vị liên quan", "các đơn vị có liên quan", "ban giám đốc"],
)
def test_who_is_meant_is_asked_where_the_words_do_not_say(written: str) -> None:
    assert names(written) is None


def test_a_group_that_no_unit_belongs_to_is_asked_rather_than_empty() -> None:
    assert members("các đơn vị sự nghiệp", UNITS[:3], ()) is None


def test_the_office_is_known_by_its_group_not_by_its_name() -> None:
    assert is_office(Unit("Bộ phận Tổng hợp", group="Văn phòng"))
    assert not is_office(Unit("Văn phòng luật", group="đơn vị sự nghiệp"))
