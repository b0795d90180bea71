"""Folders as ZIP, in parts that a chat takes."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.reports import archive
from bot.reports.archive import Member, plan_parts, write_parts


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    made = []
    for number in range(7):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(bytes([number]) * 40_000)
        made.append(Member(path, f"III.{number}/văn bản {number}.pdf", 40_000))
    return made


def test_no_part_is_larger_than_the_limit_and_no_file_is_lost(
    members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "PART_LIMIT", 100_000)

    parts = list(write_parts(members, "muc-luc.xlsx", b"i" * 5_000))

    assert [(number, of) for number, of, _ in parts] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(len(data) <= 100_000 for _, _, data in parts)
    names = [
        name
        for _, _, data in parts
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if name != "muc-luc.xlsx"
    ]
    assert names == [member.name for member in members]


def test_every_part_has_the_index_and_the_files_as_they_were(members: list[Member]) -> None:
    ((_, _, data),) = write_parts(members, "muc-luc.xlsx", b"index")

    opened = zipfile.ZipFile(io.BytesIO(data))
    assert opened.read("muc-luc.xlsx") == b"index"
    assert opened.read(members[3].name) == members[3].path.read_bytes()
    assert opened.testzip() is None


def test_without_files_there_is_still_a_part_with_the_index() -> None:
    assert plan_parts([], 10) == [[]]
    assert len(list(write_parts([], "muc-luc.xlsx", b"index"))) == 1
