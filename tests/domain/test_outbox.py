"""How long a message that could not be delivered waits."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox import FIRST_WAIT, LONGEST_WAIT, wait_after


def test_the_first_wait_is_short_and_each_one_doubles() -> None:
    waits = [wait_after(attempts, 0) for attempts in (1, 2, 3)]

    assert waits == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]


@given(attempts=st.integers(1, 10_000), spread=st.floats(0, 1))
def test_no_wait_is_longer_than_a_quarter_of_an_hour_nor_nothing(
    attempts: int, spread: float
) -> None:
    wait = wait_after(attempts, spread)

    assert dt.timedelta(minutes=15) == LONGEST_WAIT
    assert FIRST_WAIT * 0.66 <= wait <= LONGEST_WAIT


def test_chats_that_failed_together_do_not_come_back_together() -> None:
    assert wait_after(5, 0.0) > wait_after(5, 0.5) > wait_after(5, 1.0)
