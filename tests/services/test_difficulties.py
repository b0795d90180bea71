"""Difficulties: told at once, listed until answered or closed; the answer reaches the unit."""

import pytest

from bot.domain.errors import BearsSecretMark, NotAllowed, NotFound, UserError
from bot.domain.roles import Role
from bot.services import difficulties
from bot.services.messages_difficulties import Stuck
from storage.models import AuditRow, DifficultyRow, GrantRow
from tests.builders import Clock, Delivered, Office, change, make_item, only_part, rows, vn

NOW = vn("2024-04-19 09:00")


async def raised(office: Office, who: str = "thao", text: str = "Chưa có số liệu") -> Stuck:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    return await difficulties.raise_difficulty(office.db, office.actor(who), part.id, text, NOW)


async def codes(office: Office, who: str, where: str = "private") -> list[str]:
    found = await difficulties.list_open(office.db, office.actor(who, where), NOW)
    return [about.line.part.code for about in found.found]


async def test_van_phong_and_the_leader_in_charge_hear_of_it_at_once(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = NOW
    await office.enrol("hoa", Role.LEADER)
    (grant,) = await rows(office.db, GrantRow, GrantRow.person_id == office.persons["hoa"])
    await change(office.db, GrantRow, grant.id, unit_id=office.units["Phòng Hành chính"])
    await raised(office)

    while await delivered.one():
        pass

    assert delivered.sender.chats() == ["office", "hoa"]
    (text,) = delivered.sender.to("office")
    assert "báo vướng mắc" in text
    assert "Chưa có số liệu" in text
    assert "thao" not in text


async def test_it_stands_in_the_lists_of_who_may_see_it_until_it_is_answered(
    office: Office,
) -> None:
    about = await raised(office)
    seen = {who: await codes(office, who) for who in ("lan", "viet", "minh", "dung")}

    await difficulties.answer(
        office.db, office.actor("viet"), about.difficulty.id, "Dùng số liệu tạm", NOW
    )

    assert seen == {"lan": ["I.1"], "viet": ["I.1"], "minh": ["I.1"], "dung": []}
    assert await codes(office, "lan") == []
    assert await codes(office, "lan", "hc") == []


async def test_a_leaders_answer_reaches_the_unit(
    office: Office, delivered: Delivered, clock: Clock
) -> None:
    clock.now = NOW
    about = await raised(office)
    await difficulties.answer(
        office.db, office.actor("viet"), about.difficulty.id, "Dùng số liệu tạm", NOW
    )

    while await delivered.one():
        pass

    assert delivered.sender.chats() == ["hc"], "answered before it was told: only the answer goes"
    (text,) = delivered.sender.to("hc")
    assert "Dùng số liệu tạm" in text


@pytest.mark.parametrize("who", ["minh", "thao", "lan"])
async def test_the_unit_and_van_phong_close_it(office: Office, who: str) -> None:
    about = await raised(office)

    done = await difficulties.close(office.db, office.actor(who), about.difficulty.id, NOW)

    assert not done.difficulty.open
    assert await codes(office, "lan") == []


async def test_it_is_answered_or_closed_once(office: Office) -> None:
    about = await raised(office)
    key = about.difficulty.id
    await difficulties.answer(office.db, office.actor("viet"), key, "Một", NOW)

    with pytest.raises(UserError, match="answered already"):
        await difficulties.answer(office.db, office.actor("lan"), key, "Hai", NOW)
    with pytest.raises(UserError, match="answered already"):
        await difficulties.close(office.db, office.actor("minh"), key, NOW)

    (row,) = await rows(office.db, DifficultyRow)
    assert row.answer == "Một"


async def test_others_neither_report_nor_answer_nor_close(office: Office) -> None:
    about = await raised(office)
    part_id, key = about.line.part.id, about.difficulty.id

    for who in ("lan", "viet"):
        with pytest.raises(NotAllowed):
            await difficulties.raise_difficulty(office.db, office.actor(who), part_id, "x", NOW)
    for who in ("dung", "khach"):
        with pytest.raises(NotFound):
            await difficulties.close(office.db, office.actor(who), key, NOW)
    with pytest.raises(NotAllowed):
        await difficulties.answer(office.db, office.actor("minh"), key, "x", NOW)
    with pytest.raises(NotAllowed):
        await difficulties.close(office.db, office.actor("viet"), key, NOW)


async def test_a_text_that_bears_a_mark_of_secrecy_is_not_kept(office: Office) -> None:
    with pytest.raises(BearsSecretMark):
        await raised(office, text="MẬT\nnội dung")

    assert await rows(office.db, DifficultyRow) == []


async def test_every_change_has_an_entry(office: Office) -> None:
    about = await raised(office)
    await difficulties.answer(office.db, office.actor("viet"), about.difficulty.id, "Một", NOW)

    entries = await rows(office.db, AuditRow, AuditRow.subject == "difficulty")

    assert [entry.act for entry in entries] == ["difficulty.raise", "difficulty.answer"]
    assert entries[0].before is None
    assert entries[1].before == {"answer": None, "answered_by": None, "answered_at": None}
    assert entries[1].after["answer"] == "Một"
