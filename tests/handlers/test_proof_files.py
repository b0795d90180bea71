"""Files as evidence: a photo, a document, an album; what is refused is not kept."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from storage.models import EvidenceRow, ReportRow
from tests.builders import Office, make_item, rows
from tests.chatting import Talk

MAX = 20 * 1024 * 1024


@pytest.fixture
async def asked(office: Office, talk: Talk) -> Talk:
    """The head of Phòng Hành chính was asked what proves III.5."""
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/xong III.5")
    return talk


async def send(talk: Talk, name: str, caption: str = "", **more: Any) -> list[str]:
    talk.request.kept[name] = content(name)
    size = more.pop("size", 9)
    document = {
        "file_id": name,
        "file_unique_id": name,
        "file_name": more.pop("file_name", name),
        "file_size": size,
    }
    words = {"caption": caption} if caption else {}
    return await talk.say("minh", "", document=document, **words, **more)


async def sent_off(talk: Talk) -> list[str]:
    """Press the button that sends what was collected."""
    return await talk.press("minh", "rep:send:1:0")


def content(name: str) -> bytes:
    return f"content of {name}".encode()


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


async def test_a_document_reports_and_its_caption_is_read(
    asked: Talk, office: Office, tmp_path: Path
) -> None:
    said = await send(asked, "bao-cao.pdf", "123/BC-STP ngày 18/4/2024, trang 3")
    await sent_off(asked)

    cited, file = await rows(office.db, EvidenceRow)
    assert "123/BC-STP" in said[0]
    assert "bao-cao.pdf" in said[0]
    assert cited.number == "123/BC-STP"
    assert file.sha256 == hashlib.sha256(content("bao-cao.pdf")).hexdigest()
    assert file.file_size == len(content("bao-cao.pdf"))
    assert [path.read_bytes() for path in kept(tmp_path)] == [content("bao-cao.pdf")]


async def test_a_photo_is_taken_in_its_largest_size(asked: Talk, office: Office) -> None:
    asked.request.kept["large"] = b"picture"
    sizes = [
        {"file_id": key, "file_unique_id": key, "width": side, "height": side, "file_size": side}
        for key, side in (("small", 90), ("large", 800))
    ]

    await asked.say("minh", "", photo=sizes)
    await sent_off(asked)

    (file,) = await rows(office.db, EvidenceRow)
    assert file.file_id == "large"
    assert file.sha256 == hashlib.sha256(b"picture").hexdigest()


async def test_an_album_of_three_is_three_proofs_of_one_report(
    asked: Talk, office: Office
) -> None:
    for name in ("a.pdf", "b.pdf", "c.docx"):
        assert await send(asked, name, media_group_id="7")
    await sent_off(asked)

    found = await rows(office.db, EvidenceRow)
    assert [row.file_name for row in found] == ["a.pdf", "b.pdf", "c.docx"]
    assert len(await rows(office.db, ReportRow)) == 1
    assert {row.report_id for row in found} == {1}


async def test_after_another_message_no_file_is_taken(asked: Talk, office: Office) -> None:
    await send(asked, "a.pdf")
    await sent_off(asked)
    await asked.say("minh", "cảm ơn")
    await send(asked, "b.pdf")

    assert len(await rows(office.db, EvidenceRow)) == 1


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("virus.exe", {}),
        ("MẬT.pdf", {}),
        ("a.pdf", {"caption": "MẬT"}),
        ("lớn.pdf", {"size": MAX + 1}),
    ],
)
async def test_what_is_refused_is_not_kept_and_the_question_stands(
    asked: Talk, office: Office, tmp_path: Path, name: str, more: dict[str, Any]
) -> None:
    said = await send(asked, name, **more)

    assert len(said) == 1
    assert "Chưa có gì thay đổi" in said[0] or "mật" in said[0]
    assert await rows(office.db, EvidenceRow) == []
    assert await rows(office.db, ReportRow) == []
    assert kept(tmp_path) == []
    await send(asked, "b.pdf")
    await sent_off(asked)
    assert len(await rows(office.db, ReportRow)) == 1


async def test_an_items_evidence_is_listed_and_its_files_are_sent_back(
    asked: Talk, office: Office
) -> None:
    await send(asked, "a.pdf")
    await sent_off(asked)

    said = await asked.say("lan", "/minh_chung III.5")

    assert "a.pdf" in said[0]
    assert hashlib.sha256(content("a.pdf")).hexdigest()[:8] in said[0]
    assert asked.calls("sendDocument")[-1]["document"] == "a.pdf"


async def test_another_unit_does_not_see_the_evidence(asked: Talk) -> None:
    await send(asked, "a.pdf")
    await sent_off(asked)

    said = await asked.say("dung", "/minh_chung III.5")

    assert "a.pdf" not in said[0]
    assert asked.calls("sendDocument") == []
