"""Words typed without tone marks, and which item comes first."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import Hit, as_argument, rank, searched_text, words_of
from bot.domain.vietnamese import fold


def test_words_lose_their_marks_and_what_stands_between_them():
    assert words_of("Đề án số 123/QĐ-STP: hoà giải") == (
        *("de", "an", "so", "123", "qd", "stp", "hoa", "giai"),
    )


@given(st.text(st.sampled_from("aàáảãạăằâầđĐơờưừyỳoòóòaêệuy HhQq.-/0123456789"), max_size=60))
def test_words_are_those_of_the_folded_text(text):
    assert " ".join(words_of(text)) == " ".join(words_of(fold(text)))


@given(st.text(max_size=200))
def test_an_argument_fits_a_button_and_is_read_back_as_its_words(text):
    argument = as_argument(text)

    assert len(argument.encode()) <= 36
    assert as_argument(argument) == argument
    assert words_of(argument) == words_of(text)[: len(words_of(argument))] or len(argument) == 36


def test_the_code_comes_first_then_codes_that_begin_so_then_titles():
    texts = {
        1: ("II.1", "Rà soát theo mục I.2", ""),
        2: ("I.2", "Khác", ""),
        3: ("I.2.1", "Khác", ""),
        4: ("V.1", "Việc 2 của phần I", ""),
        5: ("V.2", "Việc", "Bảng I, cột 2"),
    }
    hits = [Hit(number, searched_text(*text)) for number, text in texts.items()]

    assert [hit.item_id for hit in rank(words_of("i.2"), hits)] == [2, 3, 1, 4, 5]
