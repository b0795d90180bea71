"""A table whose columns say nothing: the clerk names them, one button each."""

from bot.domain.roles import Role
from tests.e2e.conftest import MakeOffice, at
from tests.e2e.test_loading_chat import FIRST_PLAN, UNITS, labels, latest

ODD = (
    "KẾ HOẠCH CÔNG TÁC NĂM 2024\n\n"
    "A\tB\tC\tD\n"
    "1\tRà soát hồ sơ tồn đọng\t30/6/2024\tVăn phòng\n"
    "2\tLập báo cáo thống kê\t15/8/2024\tPhòng Hành chính tư pháp\n"
)


async def test_a_clerk_names_the_columns_and_the_plan_is_read(office: MakeOffice) -> None:
    async with office(
        FIRST_PLAN.encode(), UNITS, activated=at("2024-01-02"), now=at("2024-05-02", "09:00")
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        here.sandbox.send_file(lan, lan, "bang.txt", ODD.encode(), "text/plain")
        asked = await latest(here, lan)
        assert "Cột nào là cột nhiệm vụ" in asked["text"]
        assert [label[:2] for label in labels(asked)] == ["1.", "2.", "3.", "4."]

        for question, answer in (
            ("tiến độ, thời hạn", "file:column:1"),
            ("phân công", "file:column:2"),
            ("sản phẩm", "file:column:3"),
        ):
            await here.press(lan, lan, await latest(here, lan), answer)
            assert question in (await latest(here, lan))["text"]
        await here.press(lan, lan, await latest(here, lan), "Không có cột này")

        summary = await latest(here, lan)
        assert "2 việc" in summary["text"]
        assert any("Kích hoạt" in label for label in labels(summary))


async def test_an_old_question_about_columns_says_that_no_file_waits(office: MakeOffice) -> None:
    async with office(
        FIRST_PLAN.encode(), UNITS, activated=at("2024-01-02"), now=at("2024-05-02", "09:00")
    ) as here:
        lan = await here.join("Lan", Role.COORDINATOR)
        here.sandbox.send_file(lan, lan, "bang.txt", ODD.encode(), "text/plain")
        asked = await latest(here, lan)
        await here.clock("2024-05-06")

        notice = await here.press(lan, lan, asked, "file:column:1")

        assert "gửi lại tệp" in notice
