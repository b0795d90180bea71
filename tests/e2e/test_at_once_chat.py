"""Two at once, a double tap, an update that comes twice, an old button; three who lead."""

import asyncio

from bot.domain.status import Progress
from storage.models import AuditRow, ExtensionRow, OutboxRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story
from tests.e2e.test_returning_chat import DESK, UNIT, progress


async def at_once(story: Story, *queries: str) -> list[str]:
    """Wait for the notices of presses that are under way together; empty ones come first.

    Chats are answered side by side: which of two heads comes first is a matter of luck.
    """
    return sorted(await asyncio.gather(*(story.answered(query) for query in queries)))


async def test_of_two_heads_who_send_at_once_one_reports_and_the_other_is_told(
    story: Story,
) -> None:
    send = story.tr("📤 Send")
    for who in ("Minh", "Hoa"):
        await story.say(who, "/xong I.2 45/BC-STP ngày 22/4/2024")
    said = await at_once(story, story.touch("Minh", send), story.touch("Hoa", send))

    assert said[0] == ""
    story.expect(said[1], vi="đã được báo hoàn thành", en="was reported already")
    assert {"Minh", "Hoa"} & {word.strip(",") for word in said[1].split()}
    assert len(await rows(story.here.db, ReportRow)) == 1
    owed = await rows(story.here.db, OutboxRow, OutboxRow.kind == "confirm")
    assert len(owed) == 1


async def test_of_two_who_decide_at_once_the_first_counts_and_the_other_learns_it(
    story: Story,
) -> None:
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    confirm, back = story.tr("✅ Confirm"), story.tr("↩️ Return")
    queries = story.touch("Lan", confirm, DESK), story.touch("Nga", back, DESK)
    said = [await story.answered(query) for query in queries]

    assert said[0] == story.tr("Confirmed.")
    assert "Lan" in said[1]
    assert "09:00 22/4/2024" in said[1]
    assert (await progress(story))[0] is Progress.DONE
    assert len([m for m in story.heard(UNIT).split("\n") if m.startswith("✅ I.1")]) == 1


async def test_of_two_who_ask_for_another_date_at_once_one_request_stands(story: Story) -> None:
    send = story.tr("✅ Right, send")
    await story.say("Minh", "/gia_han I.1 10/5 chờ số liệu")
    await story.say("Hoa", "/gia_han I.1 20/5 chờ biểu mẫu")
    said = await at_once(story, story.touch("Minh", send), story.touch("Hoa", send))

    assert said[0] == ""
    story.expect(said[1], vi="Chưa có gì thay đổi.", en="Nothing has changed.")
    assert len(await rows(story.here.db, ExtensionRow)) == 1


async def test_a_double_tap_acts_once(story: Story) -> None:
    await story.say("Minh", "/xong I.2 45/BC-STP ngày 22/4/2024")
    send = story.tr("📤 Send")
    said = await at_once(story, story.touch("Minh", send), story.touch("Minh", send))

    assert said[0] == ""
    assert said[1], "the second is told how it stands"
    assert len(await rows(story.here.db, ReportRow)) == 1


async def test_an_update_that_comes_twice_is_done_once(story: Story) -> None:
    before = len(await rows(story.here.db, AuditRow))
    await story.say("Minh", "/xong I.1 45/BC-STP ngày 22/4/2024")
    done = len(await rows(story.here.db, AuditRow))
    heard = story.heard("Minh")
    story.sandbox.redeliver(max(story.sandbox.world.updates.history))
    await story.settle()

    assert done > before
    assert len(await rows(story.here.db, AuditRow)) == done
    assert story.heard("Minh") == heard
    assert len(await rows(story.here.db, ReportRow)) == 1


async def test_an_old_button_says_how_things_stand_now(story: Story) -> None:
    await story.say("Minh", "/xem I.1")
    report = story.button("Minh", story.tr("✅ Report done"))
    await story.say("Hoa", "/xong I.1 45/BC-STP ngày 22/4/2024")
    confirm = story.button(DESK, story.tr("✅ Confirm"))
    await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
    reported = await story.press_again("Minh", *report)
    decided = await story.press_again("Nga", *confirm)
    await story.say("Khoa", "/viec")
    forged = await story.press_again("Khoa", story.button("Khoa", "II.1")[0], report[1])

    assert reported
    story.expect(
        decided,
        vi="Báo cáo này đã được xử lý: Lan, 09:00 22/4/2024.",
        en="This was decided already: Lan, 09:00 22/4/2024.",
    )
    assert forged
    assert "I.1" not in forged
    assert (await progress(story))[0] is Progress.DONE
    assert len(await rows(story.here.db, ReportRow)) == 1


async def test_an_item_with_three_leads_closes_only_with_the_last(story: Story) -> None:
    closed = []
    for number, who in enumerate(("Minh", "Dũng", "Hùng"), start=1):
        await story.clock("2024-04-22", f"1{number}:00")
        await story.say(who, f"/xong I.3 {number}/BC-STP ngày 22/4/2024")
        await story.press("Lan", story.tr("✅ Confirm"), to=DESK)
        closed.append(await story.say("Việt", "/xem I.3"))

    story.expect(closed[0], vi="🔵 Trong hạn · xong 1/3 phần việc", en="On track · 1 of 3 parts")
    story.expect(closed[1], vi="🔵 Trong hạn · xong 2/3 phần việc", en="On track · 2 of 3 parts")
    story.expect(
        closed[2],
        vi="⭐ Hoàn thành trước hạn · xong 3/3 phần việc",
        en="⭐ Done early · 3 of 3 parts done",
    )
    story.expect(
        closed[0],
        vi="🔵 Phòng Văn bản, Văn phòng: Trong hạn",
        en="🔵 Phòng Văn bản, Văn phòng: On track",
    )
