"""A unit's chat is a topic of a supergroup: its work is done there, and nowhere else in it."""

from bot.domain.roles import ChatPurpose
from bot.services import invitations
from storage.models import OutboxRow, ReportRow
from tests.builders import rows
from tests.e2e.stories import Story

FORUM = "Cơ quan"


async def bound(story: Story) -> tuple[int, int]:
    """Bind a topic of a forum to Phòng Văn bản; return its id, and another topic's."""
    here, sandbox = story.here, story.sandbox
    forum = sandbox.add_group(FORUM, [here.people["Dũng"]], topics=("Văn bản", "Khác"))
    sandbox.add_bot_to_group(forum)
    here.chats[FORUM] = forum
    topic, other = (sandbox.topics(forum)[name] for name in ("Văn bản", "Khác"))
    code = await invitations.invite(
        here.db, here.office_id, sandbox.now(), purpose=ChatPurpose.UNIT, unit_name="VB"
    )
    name = sandbox.world.bot["username"]
    said = await story.say("Dũng", f"/start@{name} {code}", to=FORUM, topic=topic)
    story.expect(said, vi="dành cho Phòng Văn bản", en="Phòng Văn bản")
    if story.locale == "en":
        await story.say("Dũng", f"/ngon_ngu@{name} en", to=FORUM, topic=topic)
    return topic, other


def last(story: Story, containing: str) -> dict[str, object]:
    found = [
        m
        for m in story.sandbox.messages(story.chat(FORUM))
        if containing in str(m.get("text")) and m["from"]["is_bot"]
    ]
    assert found, story.heard(FORUM)
    return found[-1]


async def test_reminders_acknowledgements_and_reports_stay_in_the_topic(story: Story) -> None:
    topic, other = await bound(story)
    name = story.sandbox.world.bot["username"]

    await story.clock("2024-04-23")
    morning = last(story, story.of(vi="Việc cần làm", en="To do"))
    first = await story.press("Dũng", story.of(vi="Đã nhận", en="Received"), to=FORUM)
    again = await story.press("Dũng", story.of(vi="Đã nhận", en="Received"), to=FORUM)
    await story.say("Dũng", f"/xong@{name} I.5 12/KL-STP, trang 2", to=FORUM, topic=topic)
    report = last(story, "I.5")
    await story.press("Lan", story.of(vi="Trả lại", en="Return"), to="Nhóm Văn phòng")
    await story.say("Lan", "thiếu phụ lục", to="Nhóm Văn phòng", answering=True)
    returned = last(story, "thiếu phụ lục")
    received = await story.press("Dũng", story.of(vi="Đã nhận", en="Received"), to=FORUM)
    elsewhere = await story.say("Dũng", f"/viec@{name}", to=FORUM, topic=other)

    for message in (morning, report, returned):
        assert message["message_thread_id"] == topic
    story.expect(str(returned["text"]), vi="I.5 bị trả lại", en="I.5 was returned")
    assert "Lan" not in str(returned["text"]), "nobody is named in a group"
    story.expect(first, vi="Đã ghi nhận là đã nhận", en="recorded as received")
    story.expect(again, vi="Đã ghi nhận trước đó", en="Received already")
    story.expect(received, vi="Đã ghi nhận là đã nhận", en="recorded as received")
    story.expect(elsewhere, vi="chưa được đăng ký", en="not registered")
    assert len(await rows(story.here.db, ReportRow)) == 1
    acknowledged = [row for row in await rows(story.here.db, OutboxRow) if row.acknowledged_at]
    assert {row.kind for row in acknowledged} == {"morning", "decision"}


async def test_work_begun_in_the_topic_is_under_way_for_all(story: Story) -> None:
    topic, _ = await bound(story)
    name = story.sandbox.world.bot["username"]
    await story.say("Dũng", f"/xem@{name} I.5", to=FORUM, topic=topic)

    said = await story.press("Dũng", story.of(vi="Đang thực hiện", en="Under way"), to=FORUM)
    late = await story.say("Lan", "/tre_han")

    story.expect(said, vi="I.5 đang thực hiện", en="I.5 is under way")
    story.expect(late, vi="· đang thực hiện", en="· in progress")
