"""Rights at every press: drafts and versions of plans, people and chats."""

import pytest

from tests.pressing import Row, Trial, rows_of


@pytest.mark.parametrize("row", rows_of("load", "ver", "who", "unit"), ids=str)
async def test_a_button_is_for_those_whom_the_table_names(pressing: Trial, row: Row) -> None:
    await pressing.check(row)
