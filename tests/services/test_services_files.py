"""Files kept by their content, and the names they are given."""

import hashlib
from pathlib import Path

import pytest

from bot.domain.errors import UserError
from bot.domain.proof_file import LONGEST_NAME, check_kind, safe_name
from bot.domain.rules import DEFAULTS
from bot.services.files import FileStore


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)

    first, second = await store.put(b"proof"), await store.put(b"proof")

    assert first == second == hashlib.sha256(b"proof").hexdigest()
    assert kept(tmp_path) == [store.path_of(first)]
    assert store.path_of(first).read_bytes() == b"proof"


async def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(OSError, match="disk full"):
        await FileStore(tmp_path).put(b"proof")

    assert kept(tmp_path) == []


def test_a_path_is_made_of_a_digest_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileStore(tmp_path).path_of("../../etc/passwd")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/báo cáo.pdf", "báo cáo.pdf"),
        ("C:\\tam\\Kế hoạch.docx", "Kế hoạch.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ('x<y>:"z".pdf', "x_y___z_.pdf"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_names_are_made_safe(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("đ" * 300 + ".pdf")

    assert len(name) == LONGEST_NAME
    assert name.endswith("đ.pdf")


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.bat", "khong-duoi", "a.svg", "a.html"])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(UserError):
        check_kind(name, DEFAULTS.file_types)


def test_office_files_and_pictures_are_taken() -> None:
    for name in ("a.PDF", "b.docx", "c.jpg", "d.7z"):
        check_kind(name, DEFAULTS.file_types)
