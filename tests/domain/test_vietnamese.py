"""One spelling for texts that look alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.vietnamese import canonical, composed, fold, has_marks, same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("uỷ ban", "ủy ban"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("sự nghiệp", unicodedata.normalize("NFD", "sự nghiệp")),
        ("quý\u00a0III", "quý III"),
        ("2021–2025", "2021-2025"),
        ("TRƯỚC", "trước"),
        ("kế\u200bhoạch", "kếhoạch"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "hoàn", "thuỷ sản", "toàn"])
def test_a_vowel_group_keeps_its_mark_where_it_belongs(word: str) -> None:
    expected = {"thuỷ sản": "thủy sản"}.get(word, word)

    assert same_words(word) == expected


def test_folding_takes_every_mark_away() -> None:
    assert fold("Đến hết quý III, trước ngày") == "den het quy iii, truoc ngay"
    assert has_marks("đ")
    assert not has_marks("truoc ngay 30/6")


def test_composed_keeps_the_case() -> None:
    assert composed(unicodedata.normalize("NFD", " Sở\u00a0Tư  pháp ")) == "Sở Tư pháp"


@given(st.text(max_size=100))
def test_every_letter_knows_where_it_stood(text: str) -> None:
    made = canonical(text)

    assert len(made.origin) == len(made.text) + 1
    assert list(made.origin) == sorted(made.origin)
    assert made.origin[-1] == len(text)
