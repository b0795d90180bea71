"""The folder of proofs as ZIP: the files, an index that names each, and one's own only."""

import datetime as dt
import hashlib
import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.domain.folder_names import member_names
from bot.reports import archive
from handlers.callbacks import Press, data, pair_data
from storage.models import EvidenceRow
from tests.builders import Office, change, make_item, parts_of, rows
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def plan(office: Office, talk: Talk) -> int:
    """Two units have reported with a file each; one of them with a citation beside it."""
    await office.activate(
        make_item("I.1", title="=Rà soát", lead=[HC], section="I. MỘT"),
        make_item("II.1", title="Kiểm tra", lead=[VB], section="II. HAI"),
    )
    await report(talk, "minh", "I.1", "báo cáo.pdf", "12/BC-STP ngày 18/4/2024, trang 3")
    await report(talk, "dung", "II.1", "bien-ban.pdf")
    talk.request.files.clear()
    return (await parts_of(office.db, office))[0].plan_id


async def report(talk: Talk, who: str, code: str, name: str, caption: str = "") -> None:
    talk.request.kept[code] = content(name)
    await talk.say(who, f"/xong {code}")
    document = {"file_id": code, "file_unique_id": code, "file_name": name, "file_size": 9}
    words: dict[str, Any] = {"caption": caption} if caption else {}
    await talk.say(who, "", document=document, **words)
    send = next(one for one in reversed(talk.buttons()) if one.startswith("rep:send:"))
    await talk.press(who, send)


def content(name: str) -> bytes:
    return f"content of {name}".encode()


def opened(talk: Talk, place: int = -1) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(talk.request.files[place][1]))


def index(folder: zipfile.ZipFile) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(folder.read("muc-luc.xlsx"))).worksheets[0]
    return [list(row) for row in page.iter_rows(min_row=3, values_only=True)]


async def test_the_office_gets_every_file_and_an_index_with_its_sha256(
    talk: Talk, plan: int
) -> None:
    await talk.press("lan", data(Press.EXPORT_PROOFS, plan))

    folder = opened(talk)
    files = {"I.1/001 báo cáo.pdf": "báo cáo.pdf", "II.1/001 bien-ban.pdf": "bien-ban.pdf"}
    assert set(folder.namelist()) == {*files, "muc-luc.xlsx"}
    listed = {row[8]: row for row in index(folder) if row[8]}
    for member, name in files.items():
        assert folder.read(member) == content(name)
        assert listed[member][10] == hashlib.sha256(content(name)).hexdigest()
    cited = next(row for row in index(folder) if row[4])
    assert cited[:2] == ["I.1", "=Rà soát"]
    assert cited[4:7] == ["12/BC-STP", dt.datetime.fromisoformat("2024-04-18"), "trang 3"]


async def test_a_section_holds_its_own_proofs_only(talk: Talk, plan: int) -> None:
    await talk.press("lan", data(Press.EXPORT_FOLDER, plan))
    assert pair_data(Press.EXPORT_SECTION, plan, 1) in talk.buttons()

    await talk.press("lan", pair_data(Press.EXPORT_SECTION, plan, 1))

    assert set(opened(talk).namelist()) == {"II.1/001 bien-ban.pdf", "muc-luc.xlsx"}


async def test_a_units_chat_gets_its_own_proofs_only(talk: Talk, plan: int) -> None:
    await talk.press("lan", data(Press.EXPORT_PROOFS, plan), "hc")

    assert {row[0] for row in index(opened(talk))} == {"I.1"}


async def test_a_stranger_and_a_wrong_plan_get_nothing(talk: Talk, plan: int) -> None:
    await talk.press("khach", data(Press.EXPORT_PROOFS, plan))
    await talk.press("lan", data(Press.EXPORT_PROOFS, plan + 9))
    await talk.press("lan", pair_data(Press.EXPORT_SECTION, plan, 9))

    assert talk.request.files == []


async def test_a_large_folder_comes_in_parts_with_an_index_in_each(
    talk: Talk, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.press("lan", data(Press.EXPORT_PROOFS, plan))
    whole = len(talk.request.files[-1][1])
    talk.request.files.clear()
    monkeypatch.setattr(archive, "PART_LIMIT", whole - 40)

    await talk.press("lan", data(Press.EXPORT_PROOFS, plan))

    assert [name.rsplit("-", 2)[1:] for name, _ in talk.request.files] == [
        ["1", "2.zip"],
        ["2", "2.zip"],
    ]
    assert all("muc-luc.xlsx" in opened(talk, place).namelist() for place in (0, 1))


async def test_a_file_that_was_not_kept_is_fetched_once_and_else_named_in_the_index(
    talk: Talk, plan: int, office: Office
) -> None:
    first, second = [row for row in await rows(office.db, EvidenceRow) if row.file_id]
    await change(office.db, EvidenceRow, first.id, sha256=None)
    await change(office.db, EvidenceRow, second.id, sha256=None, file_size=21 * 1024 * 1024)

    await talk.press("lan", data(Press.EXPORT_PROOFS, plan))

    names = [row[8] for row in index(opened(talk)) if row[8]]
    assert names == ["I.1/001 báo cáo.pdf", "chưa tải được: bien-ban.pdf"]
    kept = {row.id: row.sha256 for row in await rows(office.db, EvidenceRow)}
    assert kept[first.id] == hashlib.sha256(content("báo cáo.pdf")).hexdigest()


def test_names_in_the_folder_are_safe_and_each_its_own() -> None:
    names = member_names([("I.1", "../a:b?.pdf"), ("I.1", "../a:b?.pdf"), ("II.2", "x.pdf")])

    assert len(set(names)) == 3
    assert all(name.count("/") == 1 for name in names)
    assert not any(mark in name for name in names for mark in ':?*<>|"')
