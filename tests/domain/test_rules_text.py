"""How settings are typed and shown: what is shown can be typed again; nonsense is refused."""

import datetime as dt

import pytest

from bot.domain.errors import UserError
from bot.domain.rules import DEFAULTS, NAMES, Window
from bot.domain.rules_table import RULES, Form
from bot.domain.rules_text import check_together, label, parse, show


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_can_be_typed_again(name: str) -> None:
    value = getattr(DEFAULTS, name)

    assert parse(name, show(name, value)) == value


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_is_shown_in_words_and_read_back(name: str) -> None:
    rule = RULES[name]
    values = [True, False] if rule.form is Form.FLAG else list(rule.choices)
    for value in values:
        assert label(name, value)
        assert parse(name, show(name, value)) == value


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("morning_at", "7h30", dt.time(7, 30)),
        ("morning_at", "8:00", dt.time(8, 0)),
        ("morning_at", "8h", dt.time(8, 0)),
        ("ladder", "0 1 3 5 10", (10, 5, 3, 1, 0)),
        ("checkpoints", "30/9; 30/6", ((30, 6), (30, 9))),
        ("confirmation", "Không", False),
        ("confirmation", "có", True),
        ("window", "25-24", Window.LATE_MONTH),
        ("bands", "96=2; 98%=2,5", ((96.0, 2.0), (98.0, 2.5))),
        ("overdue_bands", "30 7 120", (7, 30, 120)),
        ("file_types", ".PDF, docx", ("pdf", "docx")),
        ("place", "–", ""),
    ],
)
def test_values_are_read_as_people_type_them(name: str, typed: str, value: object) -> None:
    assert parse(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("morning_at", "25:00"),
        ("morning_at", "sáng"),
        ("ladder", "61"),
        ("ladder", "5, 5"),
        ("ladder", ""),
        ("checkpoints", "31/6"),
        ("confirmation", "có lẽ"),
        ("window", "1-15"),
        ("bands", "98=2; 96=3"),
        ("bands", "101=1"),
        ("soon_days", "0"),
        ("soon_days", "-1"),
        ("working_hours", "25"),
        ("file_types", "../etc"),
        ("document_code", "x" * 31),
        ("no_such", "1"),
    ],
)
def test_nonsense_is_refused_with_what_one_looks_like(name: str, typed: str) -> None:
    with pytest.raises(UserError):
        parse(name, typed)


def test_the_times_of_a_day_keep_their_order() -> None:
    check_together({"morning_at": dt.time(8, 0)})

    with pytest.raises(UserError):
        check_together({"morning_at": dt.time(14, 0)})
