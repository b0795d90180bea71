"""What may bear a mark of secrecy is named, and dropped without what is harmless beside it."""

from pathlib import Path
from typing import Any

import pytest

from handlers.draft_keys import ReportPress, draft_data
from storage.models import ReportDraftRow
from tests.builders import Office, make_item, rows
from tests.chatting import Talk

SECRET, PLAIN = "BC quý I (MẬT).pdf", "danh-muc.pdf"


@pytest.fixture
async def begun(office: Office, talk: Talk) -> Talk:
    """Minh reports III.5 and has sent a harmless file."""
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/xong III.5")
    await send(talk, PLAIN, b"%PDF-1.7 plain")
    return talk


async def send(talk: Talk, name: str, data: bytes = b"%PDF-1.7", caption: str = "") -> list[str]:
    key = f"f{len(talk.request.kept)}"
    talk.request.kept[key] = data
    document = {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": len(data)}
    more: dict[str, Any] = {"caption": caption} if caption else {}
    return await talk.say("minh", "", document=document, **more)


async def held(office: Office) -> list[Any]:
    return [
        proof.get("file_name") or proof.get("number")
        for draft in await rows(office.db, ReportDraftRow)
        for proof in draft.proofs
    ]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()]


async def test_the_question_names_the_file(begun: Talk) -> None:
    said = await send(begun, SECRET)

    assert f"“{SECRET}” có phải tài liệu mật không?" in said[0]
    assert f"“{PLAIN}”" not in said[0]


async def test_only_the_doubtful_file_is_dropped(
    begun: Talk, office: Office, tmp_path: Path
) -> None:
    await send(begun, SECRET, b"%PDF-1.7 secret")

    said = await begun.press("minh", draft_data(ReportPress.SECRET, 1))

    assert await held(office) == [PLAIN]
    assert PLAIN in said[0]
    assert SECRET not in said[0]
    assert "Phần còn lại vẫn giữ" in begun.notices()[-1]
    assert contents(tmp_path) == [b"%PDF-1.7 plain"]


async def test_doubtful_words_are_named_and_dropped_with_what_they_cite(
    begun: Talk, office: Office
) -> None:
    asked = await begun.say("minh", "Đã làm (MẬT) theo 12/BC-STP")

    await begun.press("minh", draft_data(ReportPress.SECRET, 1))

    (draft,) = await rows(office.db, ReportDraftRow)
    assert "“Đã làm (MẬT) theo 12/BC-STP” có phải" in asked[0]
    assert await held(office) == [PLAIN]
    assert draft.note == ""


async def test_a_file_whose_caption_is_doubtful_goes_with_it(begun: Talk, office: Office) -> None:
    await send(begun, "ke-hoach.pdf", caption="kế hoạch (MẬT)")

    await begun.press("minh", draft_data(ReportPress.SECRET, 1))

    assert await held(office) == [PLAIN]


async def test_the_same_content_under_a_doubtful_name_is_doubtful(
    begun: Talk, office: Office
) -> None:
    await send(begun, SECRET, b"%PDF-1.7 plain")

    await begun.press("minh", draft_data(ReportPress.SECRET, 1))

    assert await rows(office.db, ReportDraftRow) == []


async def test_where_nothing_harmless_is_left_the_draft_goes(office: Office, talk: Talk) -> None:
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/xong III.5")
    await send(talk, SECRET)

    said = await talk.press("minh", draft_data(ReportPress.SECRET, 1))

    assert await rows(office.db, ReportDraftRow) == []
    assert "Đã bỏ" in said[0]


async def test_what_is_ordinary_after_all_stays_and_is_not_asked_again(
    begun: Talk, office: Office
) -> None:
    await send(begun, SECRET)
    await begun.press("minh", draft_data(ReportPress.ORDINARY, 1))

    said = await begun.say("minh", "45/TB-STP")

    assert "tài liệu mật" not in said[0]
    assert await held(office) == [PLAIN, SECRET, "45/TB-STP"]
