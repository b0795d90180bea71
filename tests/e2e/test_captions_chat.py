"""/xong as the caption of a file, a photo or an album, and in answer to one: evidence at once."""

import hashlib
from typing import Any

from storage.models import EvidenceRow, ReportDraftRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story
from tests.e2e.test_reporting_chat import png

HCTP, OFFICE = "Nhóm HCTP", "Nhóm Văn phòng"
PDF = b"%PDF-1.7 x"


async def send(
    story: Story, who: str, name: str, caption: str | None = None, *, to: str = "", **more: Any
) -> tuple[int, str]:
    """Send a document, or for "photo" a picture; return its id and what the bot then wrote."""
    chat, user = story.chat(to or who), story.here.people[who]
    data = more.pop("data", PDF)
    if name == "photo":
        sent = story.sandbox.send_photo(chat, user, more.pop("picture", png(7)), caption, **more)
    else:
        sent = story.sandbox.send_file(chat, user, name, data, caption=caption, **more)
    await story.settle()
    bot = story.sandbox.world.bot["id"]
    new = [m for m in story.sandbox.messages(chat) if m["message_id"] > sent["message_id"]]
    return sent["message_id"], "\n".join(m["text"] for m in new if m["from"]["id"] == bot)


async def answer(story: Story, who: str, words: str, message: int, to: str = "") -> str:
    """Answer a message; return what the bot then wrote."""
    chat = story.chat(to or who)
    said = story.sandbox.say(chat, story.here.people[who], words, message)
    await story.settle()
    bot = story.sandbox.world.bot["id"]
    new = [m for m in story.sandbox.messages(chat) if m["message_id"] > said["message_id"]]
    return "\n".join(m["text"] for m in new if m["from"]["id"] == bot)


async def drafts(story: Story) -> list[list[str]]:
    """Return the names of the files in each draft."""
    return [
        [proof["file_name"] for proof in row.proofs if proof.get("file_name")]
        for row in await rows(story.here.db, ReportDraftRow)
    ]


async def test_a_document_with_the_command_under_it_is_read_back_and_sent(story: Story) -> None:
    caption = "/xong I.1 123/BC-STP ngày 19/4/2024, trang 3"
    _, panel = await send(story, "Minh", "bao-cao.pdf", caption)
    await story.press("Minh", story.tr("📤 Send"))
    asked = story.told(OFFICE, "bao-cao.pdf")

    assert "bao-cao.pdf" in panel
    assert "trang 3" in panel
    story.expect(panel, vi="Gửi Văn phòng xác nhận?", en="Send it to Văn phòng for confirmation?")
    story.expect(asked, vi="báo hoàn thành", en="reports it done")
    (file, document) = await rows(story.here.db, EvidenceRow)
    assert {file.file_name, document.file_name} == {"bao-cao.pdf", None}
    assert {file.number, document.number} == {"123/BC-STP", None}


async def test_an_album_with_the_command_under_its_first_photo_is_one_draft(story: Story) -> None:
    await send(story, "Minh", "photo", "/xong I.1", media_group_id="a", picture=png(1))
    await send(story, "Minh", "photo", media_group_id="a", picture=png(2))
    await send(story, "Minh", "photo", media_group_id="a", picture=png(3))
    panel = story.read("Minh")
    panels = [m for m in story.heard("Minh").split("\n") if "I.1" in m and "·" in m]
    await story.press("Minh", story.tr("📤 Send"))

    assert panel.count(".jpg") == 3
    assert len(panels) == 1
    assert len(await rows(story.here.db, EvidenceRow)) == 3
    assert len(await rows(story.here.db, ReportRow)) == 1


async def test_an_answer_to_a_photo_in_the_units_group_takes_the_photo(story: Story) -> None:
    photo, before = await send(story, "Thảo", "photo", to=HCTP)
    panel = await answer(story, "Minh", "/xong I.1 đã ký", photo, HCTP)
    await story.press("Minh", story.tr("📤 Send"), HCTP)

    assert before == ""
    assert ".jpg" in panel
    assert "đã ký" in panel
    story.expect(panel, vi="Gửi Văn phòng xác nhận?", en="Send it to Văn phòng for confirmation?")
    (row,) = await rows(story.here.db, EvidenceRow)
    assert row.photo


async def test_the_caption_of_an_answered_file_says_what_proves_it(story: Story) -> None:
    caption = "45/QĐ-STP ngày 18/4/2024, mục II"
    file, _ = await send(story, "Minh", "quyet-dinh.pdf", caption)
    panel = await answer(story, "Minh", "/xong I.1", file)

    assert "45/QĐ-STP" in panel
    assert "quyet-dinh.pdf" in panel


async def test_a_captioned_command_works_in_a_group_and_asks_for_what_an_album_lacks(
    story: Story,
) -> None:
    _, panel = await send(story, "Minh", "photo", "/xong I.1", to=HCTP, media_group_id="a")
    other, _ = await send(story, "Minh", "photo", to=HCTP, media_group_id="a", picture=png(8))
    await send(
        story,
        "Minh",
        "photo",
        to=HCTP,
        picture=png(9),
        reply_to=story.sandbox.messages(story.chat(HCTP))[-2]["message_id"],
    )

    story.expect(panel, vi="Nếu ở trên còn thiếu", en="If something is missing above")
    assert [len(names) for names in await drafts(story)] == [2]
    assert other


async def test_what_may_not_be_kept_is_refused_and_begins_no_report(story: Story) -> None:
    _, program = await send(story, "Minh", "cai-dat.exe", "/xong I.1")
    _, large = await send(story, "Minh", "lon.pdf", "/xong I.1", data=b"\0" * ((20 << 20) + 1))
    _, secret = await send(story, "Minh", "MẬT.pdf", "/xong I.1")
    _, marked = await send(story, "Minh", "bao-cao.pdf", "/xong I.1 xong\nMẬT")
    file, _ = await send(story, "Minh", "bao-cao.pdf", "TỐI MẬT")
    answered = await answer(story, "Minh", "/xong I.1", file)

    story.expect(large, vi="lớn hơn 20 MB", en="larger than 20 MB")
    assert "cai-dat.exe" in program
    for said in (secret, marked, answered):
        story.expect(said, vi="dấu mật", en="mark of state secrecy")
    assert await rows(story.here.db, ReportDraftRow) == []


async def test_who_may_not_report_is_refused_and_the_file_is_not_kept(story: Story) -> None:
    _, staff = await send(story, "Thảo", "bao-cao.pdf", "/xong I.1")
    _, other = await send(story, "Dũng", "bao-cao.pdf", "/xong I.1")
    _, none = await send(story, "Dũng", "bao-cao.pdf", "/xong X.9")

    story.expect(staff, vi="Chỉ trưởng đơn vị", en="Only the head of a unit")
    assert other.replace("I.1", "") == none.replace("X.9", "")
    assert await rows(story.here.db, ReportDraftRow) == []
    store = story.here.bot.application.bot_data.files
    assert not store.path_of(hashlib.sha256(PDF).hexdigest()).exists()
