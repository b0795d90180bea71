"""Rights at every press: decisions, requests for other dates, difficulties, changes, undoing."""

import pytest

from tests.pressing import Row, Trial, rows_of

AREAS = ("report", "ext", "stuck", "act", "change", "conclude")


@pytest.mark.parametrize("row", rows_of(*AREAS), ids=str)
async def test_a_button_is_for_those_whom_the_table_names(pressing: Trial, row: Row) -> None:
    await pressing.check(row)
