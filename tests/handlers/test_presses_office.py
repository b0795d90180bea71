"""Rights at every press: files of a plan, the briefing, summaries, broadcasts, old dates."""

import pytest

from tests.pressing import Row, Trial, rows_of

AREAS = ("pastall", "choose", "file", "export", "chart", "brief", "sum", "sumnow", "cast")


@pytest.mark.parametrize("row", rows_of(*AREAS), ids=str)
async def test_a_button_is_for_those_whom_the_table_names(pressing: Trial, row: Row) -> None:
    await pressing.check(row)
