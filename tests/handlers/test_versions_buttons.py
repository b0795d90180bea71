"""The buttons of a newer version: compared, decided item by item, taken back."""

import itertools

import pytest

from bot.services import versions_proposals
from bot.services.versions_proposals import VersionKey
from handlers.version_keys import VersionPress, key_data, pair_data, version_pattern
from storage.models import ItemRow, PlanRow, PlanVersionRow
from tests.builders import Clock, Office, make_item, on, parts_of, rows
from tests.chatting import Talk

KEY = VersionKey(10**11, 2**33)
OLD = (
    make_item("I.1", title="Lập danh mục hồ sơ"),
    make_item("I.2", title="Báo cáo công tác thi đua"),
    make_item("I.3", title="Kiểm tra văn bản quy phạm"),
)
NEW = (
    make_item("I.1", title="Lập danh mục hồ sơ", due="2024-05-31", cooperate=["Phòng Văn bản"]),
    make_item("I.2", title="Báo cáo công tác thi đua"),
    make_item("I.3", title="Mở lớp <tập huấn> hòa giải & công chứng"),
)


@pytest.mark.parametrize("press", VersionPress)
def test_data_fits_in_64_bytes(press: VersionPress) -> None:
    built = key_data(press, KEY, 10**11)

    assert len(built.encode()) <= 64
    assert version_pattern(press).match(built)
    assert version_pattern(press).match(pair_data(press, 1, 2))
    assert not version_pattern(press).match(f"{built}\n")


def test_no_button_is_taken_for_another(talk: Talk) -> None:
    found = [h for group in talk.application.handlers.values() for h in group]
    patterns = [h.pattern for h in found if hasattr(h, "pattern") and h.pattern is not None]

    for press in VersionPress:
        assert len([p for p in patterns if p.match(pair_data(press, 1, 2))]) == 1
    for one, other in itertools.permutations(VersionPress, 2):
        assert not version_pattern(one).match(pair_data(other, 1, 2))


@pytest.fixture
async def loaded(office: Office) -> Office:
    """A plan that reminds, and its newer version as a draft."""
    await office.activate(*OLD)
    await office.load(*NEW, source=b"newer", title="Kế hoạch sửa đổi")
    return office


async def opened(talk: Talk) -> str:
    """Compare plan 1 with draft 2; return what the bot says."""
    return (await talk.press("lan", pair_data(VersionPress.OPEN, 1, 2)))[-1]


def button(talk: Talk, press: VersionPress) -> str:
    """Return the data of the last button of a kind."""
    return [data for data in talk.buttons() if data.startswith(f"{press}:")][-1]


async def test_a_version_is_shown_and_accepted_whole(loaded: Office, talk: Talk) -> None:
    said = await opened(talk)
    assert "I.1 · Lập danh mục hồ sơ" in said
    assert "26/4/2024" in said
    assert "31/5/2024" in said
    assert "&lt;tập huấn&gt;" in said

    done = await talk.press("lan", button(talk, VersionPress.ALL))

    assert "Đã nhận bản 2" in done[-1]
    found = {p.code: str(p.due) for p in await parts_of(loaded.db, loaded)}
    assert found == {"I.1": "2024-05-31", "I.2": "2024-04-26", "I.3": "2024-04-26"}
    assert [row.title for row in await rows(loaded.db, PlanRow)] == ["Kế hoạch sửa đổi"]

    assert "bản 2" in (await talk.press("lan", button(talk, VersionPress.UNDO)))[-1]
    undone = await talk.press("lan", button(talk, VersionPress.UNDO_NOW))
    assert "trở lại như trước" in undone[-1]
    assert {str(p.due) for p in await parts_of(loaded.db, loaded)} == {"2024-04-26"}

    await talk.press("lan", pair_data(VersionPress.UNDO_NOW, 1, 2))
    assert "hoàn tác sau đó" in talk.notices()[-1], "an old button takes back nothing else"


async def test_changes_are_decided_one_by_one(loaded: Office, talk: Talk) -> None:
    await opened(talk)
    assert "1/3" in (await talk.press("lan", button(talk, VersionPress.ITEM)))[-1]
    second = await talk.press("lan", button(talk, VersionPress.TAKE))
    assert "2/3" in second[-1]
    await talk.press("lan", button(talk, VersionPress.SKIP))
    listed = await talk.press("lan", button(talk, VersionPress.SKIP))
    assert "✅" in listed[-1]

    await talk.press("lan", button(talk, VersionPress.CHOSEN))

    living = [row.title for row in await rows(loaded.db, ItemRow) if row.removed_at is None]
    assert living == [item.title for item in OLD]
    assert {str(p.due) for p in await parts_of(loaded.db, loaded) if p.code == "I.1"} == {
        "2024-05-31"
    }


async def test_another_plan_stays_a_draft_of_its_own(loaded: Office, talk: Talk) -> None:
    await opened(talk)

    said = await talk.press("lan", button(talk, VersionPress.APART))

    assert "Kế hoạch sửa đổi" in said[-1]
    assert [row.state.value for row in await rows(loaded.db, PlanRow)] == ["active", "draft"]
    assert await rows(loaded.db, PlanVersionRow) == []
    await talk.press("lan", button(talk, VersionPress.ALL))
    assert "đã đóng" in talk.notices()[-1]


async def test_a_discarded_version_leaves_the_plan_as_it_is(loaded: Office, talk: Talk) -> None:
    await opened(talk)

    await talk.press("lan", button(talk, VersionPress.DROP))

    assert [row.state.value for row in await rows(loaded.db, PlanRow)] == ["active"]
    assert {str(p.due) for p in await parts_of(loaded.db, loaded)} == {"2024-04-26"}


@pytest.mark.parametrize(
    ("who", "where"), [("minh", "private"), ("viet", "private"), ("lan", "hc")]
)
async def test_only_the_office_in_its_own_chats_sees_and_decides(
    loaded: Office, talk: Talk, clock: Clock, who: str, where: str
) -> None:
    found = await versions_proposals.propose(loaded.db, loaded.id, 1, 2, clock())

    for press in VersionPress:
        if press in (VersionPress.OPEN, VersionPress.UNDO, VersionPress.UNDO_NOW):
            wanted = pair_data(press, 1, 2 if press is VersionPress.OPEN else 1)
        else:
            wanted = key_data(press, found.key)
        await talk.press(who, wanted, where)
        assert "Chỉ Văn phòng" in talk.notices()[-1], press

    assert {str(p.due) for p in await parts_of(loaded.db, loaded)} == {"2024-04-26"}


async def test_a_page_stays_within_a_message(office: Office, talk: Talk) -> None:
    long = "Rà soát & <chuẩn hóa> quy trình nội bộ trong giải quyết thủ tục hành chính " * 8
    await office.activate(*(make_item(f"I.{n}", title=f"{n} {long}") for n in range(1, 20)))
    days = [on(f"2024-0{month}-28") for month in range(5, 10)]
    newer = (
        make_item(
            f"II.{n}",
            title=f"{n} {long} mới",
            product=long,
            section=long,
            due=days,
            lead=["Phòng Văn bản", "Văn phòng"],
        )
        for n in range(1, 20)
    )
    await office.load(*newer, source=b"newer")

    pages = [await opened(talk)]
    for _ in range(3):
        pages += await talk.press("lan", button(talk, VersionPress.PAGE))
    pages += await talk.press("lan", button(talk, VersionPress.ITEM))

    assert max(map(len, pages)) < 4096
