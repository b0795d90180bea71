"""Values against targets: directions, fractions, gaps and the way gone."""

from decimal import Decimal

import pytest

from bot.domain.indicator import Indicator, find_indicator
from bot.domain.indicator_value import Value, gap, is_met, read_value, steps


def target(text: str) -> Indicator:
    found = find_indicator(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [
        ("43", "43", None),
        ("97,5%", "97.5", None),
        ("97.5", "97.5", None),
        ("1.500", "1500", None),
        ("9129/14697", "9129", "14697"),
        ("9.129 / 14.697", "9129", "14697"),
    ],
)
def test_values_are_read_as_people_write_them(
    text: str, numerator: str, denominator: str | None
) -> None:
    whole = None if denominator is None else Decimal(denominator)

    assert read_value(text) == Value(Decimal(numerator), whole)


@pytest.mark.parametrize("text", ["", "-3", "4/0", "bốn", "1/2/3", "12,", "1e5"])
def test_what_is_no_value_is_not_guessed(text: str) -> None:
    assert read_value(text) is None


@pytest.mark.parametrize(
    ("sentence", "text", "met", "short"),
    [
        ("đạt từ 90% trở lên", "90", True, "0"),
        ("đạt từ 90% trở lên", "89,5", False, "0.5"),
        ("tối thiểu 40%", "43", True, "0"),
        ("Từ 13 TTHC trở lên", "12", False, "1"),
        ("không quá 5%", "5", True, "0"),
        ("không quá 5%", "6,25", False, "1.25"),
        ("không có trường hợp nào", "0", True, "0"),
        ("không có trường hợp nào", "2", False, "2"),
        ("trên 30%", "30", False, "0"),
    ],
)
def test_a_value_is_judged_by_its_targets_direction(
    sentence: str, text: str, met: bool, short: str
) -> None:
    indicator, value = target(sentence), read_value(text)
    assert value is not None

    assert is_met(indicator, value) is met
    assert gap(indicator, value) == Decimal(short)


def test_the_percentage_of_a_fraction_is_computed_never_taken_over() -> None:
    value = Value(Decimal(9042), Decimal(14697))

    share = value.against(target("đạt từ 60% trở lên"))

    assert f"{share:.2f}" == "61.52"


def test_of_a_fraction_under_a_count_the_numerator_counts() -> None:
    assert is_met(target("Từ 13 TTHC trở lên"), Value(Decimal(13), Decimal(20)))


def test_a_rate_a_hair_below_its_target_is_not_met_and_not_full() -> None:
    indicator, value = target("đạt từ 90% trở lên"), Value(Decimal("89.999"))

    assert not is_met(indicator, value)
    assert steps(indicator, value) == 9
    assert steps(indicator, Value(Decimal(120))) == 10
    assert steps(target("không có trường hợp nào"), Value(Decimal(1))) is None
