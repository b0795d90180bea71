"""Forged buttons: made-up data, ids of nothing or of another office: nothing breaks."""

import re

import pytest

from bot.domain.roles import Role
from storage import chats, grants, offices, people
from storage.db import Database
from tests.builders import ACCOUNTS, LONG_AGO, day
from tests.builders import UNITS as OFFICE_UNITS
from tests.pressing import NO_ROWS, PRESSES, ROWS, Row, Trial

GARBAGE = (
    "x",
    ":",
    "item",
    "item:open",
    "item:open:",
    "item:open:-1",
    "item:open:1:2",
    "item:open: 1",
    "item:open:1\n",
    "item:open:１",
    "item:open:0x1",
    "item:open:1e3",
    "ITEM:OPEN:1",
    "item:open:1;DROP TABLE item",
    "item:open:" + "9" * 54,
    "item:opened:1",
    "v2:item:open:1",
    "load:sum:1",
    "load:sum:x:y",
    "load:unit:1:1:1:1:1",
    "list:page:v:0",
    "list:page:q:0:-",
    "list:page:h:0:abc",
    "list:page:t:zz:zz",
    "list:page:s:0:-----",
    "who:end:-:",
    "who:code:king:1",
    "who:tongue:xx:0",
    "rep:tick:1",
    "ver:page:1",
    "đ" * 32,
    "\U0001f600" * 16,
    "\x00",
    "..:..:..",
)
# What names no row of the database: nothing can be missing of it.
WITHOUT_ROWS = frozenset(
    {"list:work", "file:column", "file:nocolumn", "file:ocr", "brief:conclude", "conclude:edit"}
    | {"conclude:drop", "sumnow:table", "sumnow:trend", "who:ask", "who:page", "who:tongue"}
    | {"unit:list", "who:codes", "choose:page"}
)
LAST = re.compile(r"(?<=:)[0-9]+\Z")
NUMBERED = re.compile(r"(?<=:)[0-9]+(?=:|\Z)")


@pytest.mark.parametrize("who", ["lan", "minh", "khach"])
async def test_data_that_no_button_has_is_answered_and_changes_nothing(
    pressing: Trial, who: str
) -> None:
    for place in ("private", "group", "topic"):
        for data in GARBAGE:
            made = await pressing.outcome(who, data, place)

            assert len(made.notices) == 1, (data, made)
            assert made.changed == (), (data, made)


@pytest.mark.parametrize("size", ["0", "9" * 15, "9" * 18, "9" * 40])
async def test_numbers_of_nothing_break_nothing(pressing: Trial, size: str) -> None:
    for row in ROWS:
        words = pressing.words(row, "lan", "private")
        every = NUMBERED.sub(size, row.data.format(**words))
        last = LAST.sub(size, row.data.format(**words))
        for data in (every, last):
            if len(data.encode()) > 64:
                continue
            made = await pressing.outcome("lan", data, "private")

            assert len(made.notices) == 1, (data, made)
            await pressing.restore()


@pytest.mark.parametrize("word", ["z" * 12, "-", "z" * 32])
async def test_words_of_nothing_break_nothing(pressing: Trial, word: str) -> None:
    for press in PRESSES:
        for count in range(1, 6):
            data = ":".join((press, *[word] * count))
            if len(data.encode()) > 64:
                continue
            made = await pressing.outcome("lan", data, "private")

            assert len(made.notices) == 1, (data, made)
            await pressing.restore()


async def test_what_is_not_there_is_refused_to_those_too_who_may(pressing: Trial) -> None:
    for row in ROWS:
        letter = next((one for one in "CHSA" if one in row.allowed["private"]), None)
        if letter is None or not ids_in(row):
            continue
        made = await pressing.press(row, letter, "private", missing=True)

        assert made.refused, (row, made)
        assert made.changed == (), (row, made)


async def test_a_head_who_presses_in_another_units_group_is_refused(pressing: Trial) -> None:
    for row in ROWS:
        if row.unit != "other" or row.press == "who:code":
            continue
        data = row.data.format(**pressing.words(row, "dung", "group"))
        made = await pressing.outcome("dung", data, "group")

        assert made.refused, (row, made)
        assert made.changed == (), (row, made)


def ids_in(row: Row) -> set[str]:
    """Return the words of a row's data that name rows of the database."""
    if row.press in WITHOUT_ROWS:
        return set()
    return set(re.findall(r"\{(\w+)\}", row.data)) - NO_ROWS


async def enrol_elsewhere(db: Database) -> dict[str, int]:
    """Found a second office, with somebody of each role; return their accounts."""
    accounts = {}
    async with db.begin() as session:
        office = await offices.add_office(session, "Sở Khác", "vi")
        unit = await offices.put_unit(session, office, 1, OFFICE_UNITS[1])
        for number, role in enumerate(Role):
            account = 900 + number
            person = await people.put_person(session, office, account, role, LONG_AGO)
            held = unit if role in {Role.HEAD, Role.STAFF} else None
            await grants.put_grant(session, office, person, role, held, today=day("2024-01-02"))
            await chats.put_chat(session, office, account, 0, person_id=person)
            accounts[str(role)] = account
    return accounts


async def test_ids_of_another_office_are_refused_to_every_role(
    pressing: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role, account in (await enrol_elsewhere(pressing.db)).items():
        monkeypatch.setitem(ACCOUNTS, role, account)
    for row in ROWS:
        if not ids_in(row):
            continue
        data = row.data.format(**pressing.words(row, "minh", "private"))
        for role in Role:
            made = await pressing.outcome(role, data, "private")

            assert made.refused, (role, data, made)
            assert made.changed == (), (role, data, made)
