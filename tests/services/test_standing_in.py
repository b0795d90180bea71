"""Stand-ins have the role from the first day to the last, and no longer."""

import pytest

from bot.domain.errors import NotAllowed, NotFound, UserError
from bot.domain.roles import Role
from bot.services import changing
from bot.services.access import get_viewer
from bot.services.change_flows import STAND_IN
from bot.services.change_steps import Ask
from bot.services.lending import read_typed
from storage.models import AuditRow
from tests.builders import Office, day, name_stand_in, rows, vn

NOW = vn("2024-04-19 09:00")
TEXT = "thao > 22/4/2024 > 30/4/2024"


async def test_a_stand_in_heads_the_unit_only_in_those_days(office: Office) -> None:
    await name_stand_in(office, "minh", TEXT, NOW)

    async with office.db.read() as session:
        heads = [
            bool((await get_viewer(session, office.actor("thao"), day(text))).heads())
            for text in ("2024-04-21", "2024-04-22", "2024-04-30", "2024-05-01")
        ]
    assert heads == [False, True, True, False]


@pytest.mark.parametrize("who", ["lan", "thao", "khach"])
async def test_only_heads_and_leaders_name_a_stand_in(office: Office, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        await name_stand_in(office, who, TEXT, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "ai đó > 22/4/2024 > 30/4/2024",
        "thao > 30/4/2024 > 22/4/2024",
        "thao > 22/4/2023 > 30/4/2023",
        "thao > x > y",
    ],
)
async def test_what_is_unclear_changes_nothing(office: Office, text: str) -> None:
    with pytest.raises(UserError):
        await name_stand_in(office, "minh", text, NOW)

    assert await rows(office.db, AuditRow) == []


@pytest.mark.parametrize(("text", "asked"), [("", "who"), ("thao", "days"), ("> 22/4", "who")])
async def test_what_is_not_typed_is_asked(office: Office, text: str, asked: str) -> None:
    minh = office.actor("minh")

    shown = await changing.begin(office.db, minh, STAND_IN, read_typed(text), NOW)

    assert isinstance(shown.step, Ask)
    assert shown.step.name == asked


async def test_who_heads_the_unit_already_does_not_stand_in(office: Office) -> None:
    await office.enrol("hoa", Role.HEAD, "Phòng Hành chính")
    text = "hoa > 22/4/2024 > 30/4/2024"

    with pytest.raises(UserError, match="already"):
        await name_stand_in(office, "minh", text, NOW)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("thao > mai > thứ sáu tuần sau", "2024-04-20", "2024-04-26"),
        ("thao > 22/4 > 30/4", "2024-04-22", "2024-04-30"),
        ("thao > mai", "2024-04-19", "2024-04-20"),
        ("thao > 22/4", "2024-04-19", "2024-04-22"),
    ],
)
async def test_the_days_are_typed_as_everywhere_and_one_alone_is_the_last(
    office: Office, text: str, first: str, last: str
) -> None:
    done = await name_stand_in(office, "minh", text, NOW)

    assert (done.said.params["first"], done.said.params["last"]) == (day(first), day(last))
