"""A unit's chat may be a topic of a forum: it is bound, reminded and answered there."""

from bot.domain.roles import ChatPurpose, Role
from bot.services import invitations
from tests.e2e.conftest import MakeOffice, at

UNITS = "name,short,aliases,group\nVăn phòng,VP,,văn phòng\nPhòng Một,P1,,phòng chuyên môn\n"
PLAN = (
    "NHIỆM VỤ NĂM 2026\n\nTT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\nI\tCHUNG\t\t\t\n"
    '1\tLập <b>báo cáo</b> & gửi "ngay" 🙂\tBáo cáo\t10/6/2026\tPhòng Một chủ trì\n'
)


async def test_a_topic_is_bound_reminded_and_answered_in(office: MakeOffice) -> None:
    async with office(
        PLAN.encode(), UNITS, activated=at("2026-05-04"), now=at("2026-06-09", "16:00")
    ) as here:
        sandbox = here.sandbox
        minh = await here.join("Minh", Role.HEAD, "Phòng Một")
        forum = sandbox.add_group("Cơ quan", [minh], topics=("Phòng Một", "Khác"))
        topic, other = (sandbox.topics(forum)[name] for name in ("Phòng Một", "Khác"))
        sandbox.add_bot_to_group(forum)
        code = await invitations.invite(
            here.db, here.office_id, sandbox.now(), purpose=ChatPurpose.UNIT, unit_name="P1"
        )
        name = sandbox.world.bot["username"]
        sandbox.say(forum, minh, f"/start@{name} {code}", thread_id=topic)
        await sandbox.wait_for_message(forum, "dành cho Phòng Một")

        await here.clock("2026-06-10")
        reminder = await sandbox.wait_for_message(forum, "Việc cần làm")
        said = sandbox.say(forum, minh, f"/xong@{name} I.1 https://e.vn/1", thread_id=topic)
        answer = await sandbox.wait_for_message(forum, "I.1", after=said["message_id"])
        elsewhere = sandbox.say(forum, minh, f"/viec@{name}", thread_id=other)
        refused = await sandbox.wait_for_message(forum, "", after=elsewhere["message_id"])

        assert reminder["message_thread_id"] == topic
        assert "báo cáo & gửi" in reminder["text"]
        assert answer["message_thread_id"] == topic
        assert refused["message_thread_id"] == other
        assert "chưa được đăng ký" in refused["text"]
