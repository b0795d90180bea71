"""What stands in the way of another date, what is to be thought of, and requests that lapse."""

import pytest

from bot.domain.errors import UserError
from bot.domain.extension import missed_year
from bot.domain.states import ExtensionState
from bot.domain.work import CallToDecide
from bot.services import extension_offers as offers
from bot.services import extension_parts, extensions, progress, settling
from bot.services.progress import Claim
from storage.models import ExtensionRow, OfficeRow
from tests.builders import (
    QUIET,
    Office,
    change,
    day,
    make_item,
    only_part,
    rows,
    vn,
)

NOW = vn("2024-04-19 09:00")
PAST_YEAR = "no longer counts for the scored year"
PAST_PLAN = "after the plan's last day"


async def send(office: Office, text: str = "10/5 chờ số liệu") -> int:
    minh, part = office.actor("minh"), await only_part(office.db, office)
    await extensions.begin(office.db, minh, part.id, text, NOW, anew=True)
    return (await extensions.send(office.db, minh, part.id, NOW)).extension.id


@pytest.mark.parametrize(
    ("to", "first", "missed"),
    [
        ("2024-12-14", "2024-04-26", None),
        ("2024-12-15", "2024-04-26", "2024-12-14"),
        ("2025-01-20", "2024-04-26", "2024-12-14"),
        ("2024-12-31", "2024-12-15", None),
        ("2025-12-15", "2024-12-15", "2025-12-14"),
    ],
)
def test_a_date_after_the_end_of_its_scored_year_is_told(
    to: str, first: str, missed: str | None
) -> None:
    assert missed_year(day(to), day(first), ((14, 12),)) == (missed and day(missed))


def test_without_a_day_in_the_settings_no_year_is_missed() -> None:
    assert missed_year(day("2026-12-31"), day("2024-04-26"), ()) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14/12/2024 chờ", []),
        ("20/12/2024 chờ", [PAST_YEAR]),
        ("15/1/2025 chờ", [PAST_PLAN, PAST_YEAR]),
    ],
)
async def test_the_unit_and_who_decides_are_warned_of_a_date_beyond_the_year(
    office: Office, typed: str, said: list[str]
) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)

    wish = await extensions.begin(office.db, office.actor("minh"), part.id, typed, NOW)
    request = await extensions.send(office.db, office.actor("minh"), part.id, NOW)

    for found in (wish.warnings, request.warnings):
        assert len(found) == len(said)
        assert all(words in one.msgid for words, one in zip(said, found, strict=True))


async def test_who_proposes_a_date_beyond_the_year_is_warned(office: Office) -> None:
    await office.activate(make_item())
    request = await send(office)

    found = await offers.type_offer(office.db, office.actor("lan"), request, "31/12/2024", NOW)

    assert [PAST_YEAR in one.msgid for one in found.warnings] == [True]


async def test_the_day_of_the_warning_is_a_setting(office: Office) -> None:
    await office.activate(make_item())
    await change(office.db, OfficeRow, office.id, settings={**QUIET, "year_warning": [[30, 11]]})
    part = await only_part(office.db, office)

    wish = await extensions.begin(office.db, office.actor("minh"), part.id, "1/12/2024 chờ", NOW)

    assert [one.params for one in wish.warnings] == [(("end", "30/11/2024"), ("year", "2024"))]


async def test_a_reported_part_is_said_to_wait_not_to_be_missing(office: Office) -> None:
    await office.activate(make_item())
    part, minh = await only_part(office.db, office), office.actor("minh")
    await progress.report_done(office.db, minh, part.id, Claim("https://e.vn/1"), NOW)

    with pytest.raises(UserError, match="was reported done on") as by_command:
        await extension_parts.part_to_extend(office.db, minh, part.item_id, NOW)
    with pytest.raises(UserError, match="was reported done on"):
        await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)

    assert by_command.value.problem.params == (("code", "I.1"), ("day", "19/4/2024"))


async def test_a_request_about_what_is_settled_as_done_lapses_without_a_reason_of_its_own(
    office: Office,
) -> None:
    await office.activate(make_item(due="2024-03-14"), now=vn("2024-04-18 08:00"))
    await send(office, "10/5/2024 chờ")
    part = await only_part(office.db, office)

    await settling.settle_past(office.db, office.actor("lan"), (part.id,), CallToDecide.DONE, NOW)

    [row] = await rows(office.db, ExtensionRow)
    assert (row.state, row.answer) == (ExtensionState.LAPSED, None)
