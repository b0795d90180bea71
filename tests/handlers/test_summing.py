"""/tong_hop in chat: what a summary says, and the files behind its buttons."""

import pytest

from bot.domain.windows import PeriodKind, ReportPeriod
from bot.services.summaries_closing import plan_summaries
from handlers.callbacks import Press, pair_data, period_data
from tests.builders import Office, make_item, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
YEAR = ReportPeriod(PeriodKind.YEAR, 2024)


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(
        make_item("I.1", lead=[HC], due="2024-03-20"),
        *(make_item(f"II.{at}", lead=[VB], due="2024-12-10") for at in range(1, 50)),
        now=vn("2024-01-02 08:00"),
    )
    return office


async def test_a_running_year_says_what_can_still_be_reached(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("lan", "/tong_hop năm 2024"))

    assert "0/50 = 0% trên tổng số việc được giao" in said
    # 49 of 50 are 98 %, a band of its own; one more late is 96 %, the next one.
    assert "Nếu các việc còn lại đều đúng hạn: 49/50 = 98%, 2,5/3 điểm" in said
    assert "còn có thể trễ thêm 0 việc" in said
    assert "Cộng các đơn vị: 0/50 đúng hạn (0%) · 🔴 còn quá hạn 1" in said


@pytest.mark.parametrize(
    ("press", "method"),
    [(Press.SUM_NOW_TABLE, "sendDocument"), (Press.SUM_NOW_TREND, "sendPhoto")],
)
async def test_a_running_period_has_its_table_and_trend(
    talk: Talk, plan: Office, press: Press, method: str
) -> None:
    await talk.say("lan", "/tong_hop năm 2024")
    assert period_data(press, YEAR) in talk.buttons()

    await talk.press("lan", period_data(press, YEAR))

    assert len(talk.calls(method)) == 1


@pytest.mark.parametrize("press", [Press.SUM_NOW_TABLE, Press.SUM_NOW_TREND])
@pytest.mark.parametrize(
    ("who", "where", "data"),
    [
        ("thao", "private", (2024 * 5 + 4, 1)),  # staff compare no units
        ("minh", "hc", (2024 * 5 + 4, 1)),  # nor does a unit's group
        ("lan", "hc", (2024 * 5 + 4, 1)),
        ("khach", "private", (2024 * 5 + 4, 1)),
        ("lan", "private", (2024 * 5 + 4, 2)),  # a year has no second year
        ("lan", "private", (2024 * 5, 13)),
        ("lan", "private", (2031 * 5, 1)),  # to come
        ("lan", "private", (10**17, 1)),
    ],
)
async def test_forged_periods_get_nothing(
    talk: Talk, plan: Office, press: Press, who: str, where: str, data: tuple[int, int]
) -> None:
    await talk.press(who, pair_data(press, *data), where)

    assert talk.calls("sendDocument") == talk.calls("sendPhoto") == []
    assert talk.calls("answerCallbackQuery")[-1]["show_alert"] is True


async def test_closed_months_stand_in_one_line_of_trend(talk: Talk, plan: Office) -> None:
    for month in ("02", "03", "04"):
        await plan_summaries(plan.db, vn(f"2024-{month}-15 07:00"))

    said = "\n".join(await talk.say("lan", "/tong_hop tháng 4/2024"))

    assert "Theo mức điểm đã đặt: 0/3 điểm" in said, "what is closed is closed"
    assert "Xu hướng" not in said, "one month with tasks is no trend"


async def test_the_trend_names_the_months_that_had_tasks(talk: Talk, office: Office) -> None:
    await office.activate(
        *(make_item(f"I.{at}", lead=[HC], due=f"2024-0{at}-10") for at in (2, 3, 4)),
        now=vn("2024-01-02 08:00"),
    )
    for month in ("02", "03", "04"):
        await plan_summaries(office.db, vn(f"2024-{month}-15 07:00"))

    said = "\n".join(await talk.say("lan", "/tong_hop tháng 4/2024"))

    assert "Xu hướng đúng hạn: 2/24: 0% → 3/24: 0% → 4/24: 0%" in said
