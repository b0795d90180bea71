"""Evidence beside a report: an album, corrections, additions after the fact, a return for lack."""

from storage.models import EvidenceRow, PartRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story
from tests.e2e.test_reporting_chat import png

HCTP, OFFICE = "Nhóm HCTP", "Nhóm Văn phòng"


async def album(story: Story, who: str, *shades: int, to: str | None = None) -> None:
    """Send pictures as one album."""
    for shade in shades:
        story.sandbox.send_photo(
            story.chat(to or who), story.here.people[who], png(shade), media_group_id="a"
        )
    await story.settle()


async def report(story: Story, words: str) -> None:
    await story.say("Minh", f"/xong I.1 {words}".strip())


async def test_an_album_is_collected_read_back_and_comes_back_as_an_album(story: Story) -> None:
    await report(story, "")
    await album(story, "Minh", 1, 2, 3)
    panel = story.read("Minh")
    await story.press("Minh", story.tr("📤 Send"))
    asked = story.told(OFFICE, story.of(vi="báo hoàn thành", en="reports it done"))
    await story.press("Lan", story.tr("📎 See the evidence"), OFFICE)

    assert panel.count(".jpg") == 3
    story.expect(panel, vi="Gửi Văn phòng xác nhận?", en="Send it to Văn phòng for confirmation?")
    assert asked.count(".jpg") == 3
    sent = [m for m in story.sandbox.messages(story.chat(OFFICE)) if "photo" in m]
    assert len({m["media_group_id"] for m in sent}) == 1
    assert len(sent) == 3


async def test_a_correction_reads_back_old_and_new_and_keeps_both(story: Story) -> None:
    await report(story, "123/BC-STP ngày 19/4/2024, trang 3")
    await story.say("Minh", "/xem I.1")
    await story.press("Minh", story.tr("🗂 Evidence ({count})", count=1))
    await story.press("Minh", "1")
    await story.press("Minh", story.tr("✏️ Correct"))
    asked = story.read("Minh")
    read_back = await story.say("Minh", "mục II, trang 5")
    await story.press("Minh", story.tr("📤 Correct it"))
    done = story.read("Minh")
    question = story.told(OFFICE, "123/BC-STP")
    listed = await story.say("Lan", "/minh_chung I.1")
    await story.press("Lan", "1")
    one = story.read("Lan")

    story.expect(
        asked,
        vi="Đang ghi: 123/BC-STP ngày 19/4/2024, trang 3\n❓ Sửa thế nào?",
        en="Now: 123/BC-STP of 19/4/2024, trang 3\n❓ What is right?",
    )
    story.expect(
        read_back,
        vi="Đang ghi: 123/BC-STP ngày 19/4/2024, trang 3\n"
        "Sửa thành: 123/BC-STP ngày 19/4/2024, mục II, trang 5\n"
        "Thay bằng bản này?",
        en="Now: 123/BC-STP of 19/4/2024, trang 3\n"
        "Corrected: 123/BC-STP of 19/4/2024, mục II, trang 5\n"
        "Let this count instead?",
    )
    story.expect(done, vi="I.1: đã sửa minh chứng", en="I.1: the evidence was corrected")
    story.expect(question, vi="mục II, trang 5 (bản 2)", en="mục II, trang 5 (version 2)")
    story.expect(listed, vi="mục II, trang 5 (bản 2)", en="mục II, trang 5 (version 2)")
    story.expect(one, vi="Các bản trước:\n• 123/BC-STP", en="Earlier versions:\n• 123/BC-STP")


async def test_staff_add_after_the_acceptance_and_it_is_marked(story: Story) -> None:
    await report(story, "123/BC-STP ngày 19/4/2024")
    await story.press("Lan", story.tr("✅ Confirm"), OFFICE)
    await story.clock("2024-04-23", "10:00")
    await story.say("Thảo", "/xem I.1")
    await story.press("Thảo", story.tr("📎 Add evidence"))
    asked = story.read("Thảo")
    story.sandbox.send_file(
        story.chat("Thảo"), story.here.people["Thảo"], "phu-luc.pdf", b"%PDF-1.7 x"
    )
    await story.settle()
    panel = story.read("Thảo")
    await story.press("Thảo", story.tr("📤 Add"))
    done = story.read("Thảo")
    card = await story.say("Lan", "/xem I.1")
    log = await story.say("Minh", "/nhat_ky I.1")
    await story.say("Lan", "/minh_chung I.1")

    story.expect(asked, vi="Đã có: 123/BC-STP", en="Has already: 123/BC-STP")
    story.expect(
        panel,
        vi="Sẽ thêm: phu-luc.pdf\nThêm vào? Sẽ ghi là bổ sung sau khi xác nhận.",
        en="To be added: phu-luc.pdf\nAdd this? It is marked as added after the confirmation.",
    )
    story.expect(done, vi="I.1: đã thêm 1 minh chứng", en="I.1: 1 proof added")
    story.expect(
        card,
        vi="phu-luc.pdf (bổ sung sau khi xác nhận)",
        en="phu-luc.pdf (added after the confirmation)",
    )
    story.expect(log, vi="Thảo: thêm minh chứng", en="Thảo: added evidence")
    assert story.file("Lan") == ("phu-luc.pdf", b"%PDF-1.7 x")
    assert (await rows(story.here.db, PartRow, PartRow.progress == "done"))[0].submitted_at


async def test_a_return_for_lack_of_evidence_is_answered_in_the_group_and_confirmed(
    story: Story,
) -> None:
    await report(story, "")
    await story.press("Minh", story.tr("Report without evidence"))
    missing = await story.say("Lan", "/thieu_minh_chung")
    refused = await story.press("Lan", story.tr("✅ Confirm"), OFFICE)
    await story.press("Lan", story.tr("↩️ Return"), OFFICE)
    await story.say("Lan", "Thiếu văn bản ban hành", to=OFFICE, answering=True)
    told = story.told(HCTP, story.of(vi="bị trả lại", en="was returned"))

    await story.say("Thảo", "/xem I.1", to=HCTP)
    await story.press("Thảo", story.tr("📎 Add evidence"), HCTP)
    await story.say("Thảo", "45/QĐ-STP ngày 22/4/2024, trang 1", to=HCTP, answering=True)
    await story.press("Thảo", story.tr("📤 Add"), HCTP)
    added = story.told(HCTP, "45/QĐ-STP")
    await story.say("Minh", "/xong I.1")
    panel = story.read("Minh")
    await story.press("Minh", story.tr("📤 Send"))
    asked = story.told(OFFICE, "45/QĐ-STP")
    await story.press("Lan", story.tr("✅ Confirm"), OFFICE)
    last = story.told(HCTP, story.of(vi="được xác nhận", en="is confirmed as done"))
    none = await story.say("Lan", "/thieu_minh_chung")

    assert "I.1" in missing
    story.expect(refused, vi="Chưa có minh chứng", en="There is no evidence yet")
    assert "Thiếu văn bản ban hành" in told
    story.expect(
        added,
        vi="Báo cáo bị trả lại, còn phải gửi lại.",
        en="The report is still to be sent again.",
    )
    story.expect(panel, vi="Đã có: 45/QĐ-STP", en="Has already: 45/QĐ-STP")
    story.expect(panel, vi="Gửi Văn phòng xác nhận?", en="Send it to Văn phòng")
    story.expect(asked, vi="báo hoàn thành", en="reports it done")
    assert "I.1" in last
    assert "I.1" not in none
    states = [report.state for report in await rows(story.here.db, ReportRow)]
    assert states == ["returned", "accepted"]


async def test_the_question_follows_what_is_added_and_taken_out(story: Story) -> None:
    await report(story, "")
    await story.press("Minh", story.tr("Report without evidence"))
    before = story.told(OFFICE, story.of(vi="báo hoàn thành", en="reports it done"))
    await story.clock("2024-04-22", "16:20")
    await story.say("Hoa", "/xem I.1")
    await story.press("Hoa", story.tr("📎 Add evidence"))
    await story.say("Hoa", "https://vanban.example/45")
    await story.press("Hoa", story.tr("📤 Add"))
    added = story.told(OFFICE, story.of(vi="báo hoàn thành", en="reports it done"))
    await story.say("Hoa", "/minh_chung I.1")
    await story.press("Hoa", "1")
    await story.press("Hoa", story.tr("🗑 Take out"))
    asked = story.read("Hoa")
    await story.press("Hoa", story.tr("🗑 Take it out"))
    after = story.told(OFFICE, story.of(vi="báo hoàn thành", en="reports it done"))

    story.expect(before, vi="Chưa có minh chứng", en="No evidence yet")
    assert "vanban.example/45" in added
    story.expect(
        added,
        vi="🔄 Minh chứng thay đổi lúc 16:20 thứ Hai 22/4/2024",
        en="🔄 Evidence changed 16:20 Monday 22/4/2024",
    )
    story.expect(asked, vi="Bỏ minh chứng này?", en="Take this evidence out?")
    assert "vanban.example" not in after
    (proof,) = await rows(story.here.db, EvidenceRow)
    assert proof.removed_at is not None
