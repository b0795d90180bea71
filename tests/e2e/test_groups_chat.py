"""What the bot leaves alone in groups, says to what it cannot read, and never keeps."""

from storage.models import DifficultyRow, EvidenceRow, ReportDraftRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story
from tests.e2e.test_reporting_chat import png

UNIT = "Nhóm HCTP"


async def test_in_a_group_it_is_silent_about_what_is_not_meant_for_it(story: Story) -> None:
    before = story.heard(UNIT)
    said = [
        await story.say("Minh", words, to=UNIT)
        for words in (
            "Các anh chị ơi, chiều nay họp lúc 14h",
            "/weather Nha Trang",
            "/viec@other_bot",
            "I.1 xong chưa?",
        )
    ]
    bot = story.sandbox.world.bot["username"]
    meant = await story.say("Minh", f"/viec@{bot}", to=UNIT)

    assert said == ["", "", "", ""]
    assert before in story.heard(UNIT)
    assert "I.1" in meant


async def test_in_an_unknown_group_it_says_how_to_register_and_shows_nothing(story: Story) -> None:
    story.here.chats["Cà phê"] = story.sandbox.add_group("Cà phê", [story.here.people["Minh"]])
    story.sandbox.add_bot_to_group(story.here.chats["Cà phê"])
    await story.settle()
    said = await story.say("Minh", "/viec", to="Cà phê")

    story.expect(said, vi="chưa được đăng ký", en="not registered")
    assert "I.1" not in said


async def test_in_private_what_cannot_be_read_is_answered_with_what_can_be_done(
    story: Story,
) -> None:
    chat = await story.say("Minh", "xin chào")
    command = await story.say("Minh", "/khong_co")
    code = await story.say("Minh", "/xong")
    item = await story.say("Minh", "/gia_han")
    day = await story.say("Minh", "/gia_han I.1 ngày nào đó")
    story.add("Khách")
    await story.start("Khách")
    stranger = await story.say("Khách", "/viec")

    for said in (chat, command):
        story.expect(
            said,
            vi="Bot chưa hiểu. Gửi /viec để xem việc đang mở, /tro_giup để xem các lệnh.",
            en="I did not understand that. /viec lists the open items, /tro_giup helps.",
        )
    assert "/xong III.5" in code
    assert "/gia_han III.5" in item
    story.expect(day, vi="Không đọc được ngày", en="I cannot read a date")
    story.expect(stranger, vi="Bot chưa biết anh/chị là ai.", en="I do not know you yet.")
    assert "/dang_ky" in stranger


async def test_a_file_that_nobody_asked_for_is_told_how_to_become_evidence(story: Story) -> None:
    story.sandbox.send_file(
        story.chat("Minh"), story.here.people["Minh"], "45-BC.pdf", b"%PDF-1.7", "application/pdf"
    )
    await story.settle()
    file = story.told("Minh")
    story.sandbox.send_photo(story.chat("Thảo"), story.here.people["Thảo"], png(3))
    await story.settle()
    photo = story.told("Thảo")

    for said in (file, photo):
        story.expect(
            said,
            vi="Nếu đây là minh chứng, hãy trả lời tệp này bằng /xong kèm mã việc",
            en="If this is evidence, answer the file with /xong and the item's code",
        )
    assert await rows(story.here.db, EvidenceRow) == []


async def test_what_bears_a_mark_of_secrecy_is_refused_and_not_kept(story: Story) -> None:
    text = await story.say("Minh", "/vuong_mac I.1 Vướng văn bản\nMẬT")
    await story.say("Minh", "/xong I.1")
    story.sandbox.send_file(
        story.chat("Minh"), story.here.people["Minh"], "MẬT.pdf", b"%PDF-1.7", "application/pdf"
    )
    await story.settle()
    file = story.told("Minh")
    ordinary = await story.say("Minh", "Đặt lại mật khẩu phần mềm, 7/BC-STP ngày 22/4/2024")

    for said in (text, file):
        story.expect(said, vi="mật", en="secre")
    assert await rows(story.here.db, DifficultyRow) == []
    assert await rows(story.here.db, EvidenceRow) == []
    assert "7/BC-STP" in ordinary, "a password is no secret of state"
    assert "MẬT" not in str([r.proofs for r in await rows(story.here.db, ReportDraftRow)])
    assert await rows(story.here.db, ReportRow) == []
