"""/so_lieu in chat: what is missing, what is entered, and who may."""

import pytest

from bot.services.summaries_closing import plan_summaries
from handlers.callbacks import Press, data
from storage.models import AuditRow, IndicatorValueRow, SummaryRow
from tests.builders import Office, make_item, rows, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def plan(office: Office) -> Office:
    await office.activate(
        make_item(
            "VII.7", title="Tỷ lệ hồ sơ trực tuyến đạt từ 60% trở lên", lead=[HC], product=""
        ),
        make_item("VII.8", title="Cắt giảm: Từ 13 TTHC trở lên", lead=[VB], product=""),
        make_item("VII.9", title="Rà soát hồ sơ", lead=[VB], product=""),
    )
    return office


async def test_the_office_sees_which_values_are_missing(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("lan", "/so_lieu"))

    assert "0/2" in said  # of two targets none has a value
    assert "VII.7" in said
    assert "VII.8" in said
    assert "VII.9" not in said
    assert "từ 60% trở lên" in said


async def test_a_fraction_is_computed_and_read_back(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("minh", "/so_lieu vii.7 9042/14697"))

    assert "9.042/14.697 = 61,52%" in said
    assert "🟢" in said


async def test_a_value_short_of_its_target_says_by_how_much(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("lan", "/so_lieu VII.8 11"))

    assert "▰▰▰▰▰▰▰▰▱▱ 11 TTHC" in said
    assert "🔴" in said
    assert "2 TTHC" in said


async def test_a_correction_keeps_what_was_entered_before(talk: Talk, plan: Office) -> None:
    await talk.say("minh", "/so_lieu VII.7 43")
    said = "\n".join(await talk.say("minh", "/so_lieu VII.7 63,5"))

    kept = await rows(plan.db, IndicatorValueRow)
    assert [(row.version, row.numerator) for row in kept] == [(1, "43"), (2, "63.5")]
    assert "63,5%" in said
    entries = await rows(plan.db, AuditRow, AuditRow.act == "indicator.enter")
    assert [entry.subject_id for entry in entries] == [row.id for row in kept]


async def test_a_value_of_a_named_period_stands_beside_this_months(
    talk: Talk, plan: Office
) -> None:
    await talk.say("minh", "/so_lieu VII.7 40 tháng 3/2024")
    await talk.say("minh", "/so_lieu VII.7 43")

    kept = await rows(plan.db, IndicatorValueRow)
    assert next(str(row.last)[:7] for row in kept) == "2024-03"
    assert [row.version for row in kept] == [1, 1]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("minh", "VII.8 11"),  # another unit's: looks like none
        ("thao", "VII.7 43"),  # staff
        ("viet", "VII.7 43"),  # leaders read
        ("lan", "VII.9 5"),  # no target
        ("lan", "VII.7#2 5"),  # no second target
        ("lan", "VII.7 nhiều"),
        ("lan", "VII.7"),
        ("lan", "VII.7 43 hôm kia"),
        ("lan", "VII.7 43 năm 2031"),
        ("khach", "VII.7 43"),
    ],
)
async def test_what_is_refused_changes_nothing(
    talk: Talk, plan: Office, who: str, words: str
) -> None:
    await talk.say(who, f"/so_lieu {words}")

    assert await rows(plan.db, IndicatorValueRow) == []


async def test_a_closed_summary_leads_to_the_targets_of_its_period(
    talk: Talk, plan: Office
) -> None:
    await plan_summaries(plan.db, vn("2024-04-15 07:00"))
    await talk.say("minh", "/so_lieu VII.7 63 tháng 4/2024")
    (kept,) = [
        row
        for row in await rows(plan.db, SummaryRow)
        if str(row.last) == "2024-04-14" and row.kind == "month"
    ]

    said = "\n".join(await talk.press("lan", data(Press.SUM_TARGETS, kept.id)))

    assert "tháng 4/2024" in said
    assert "63%" in said


async def test_a_units_group_sees_its_own_targets_only(talk: Talk, plan: Office) -> None:
    said = "\n".join(await talk.say("minh", "/so_lieu", "hc"))

    assert "VII.7" in said
    assert "VII.8" not in said


async def test_values_stand_as_bars_in_the_briefing_and_the_summary(
    talk: Talk, office: Office
) -> None:
    await office.activate(
        make_item("VII.7", title="Tiếp nhận trực tuyến đạt từ 40% trở lên", due="2024-12-20")
    )
    await talk.say("lan", "/so_lieu VII.7 43")

    briefing = "\n".join(await talk.say("lan", "/giao_ban"))
    summary = "\n".join(await talk.say("lan", "/tong_hop tháng 5/2024"))

    for said in (briefing, summary):
        assert "🎯 <b>Chỉ tiêu</b>" in said
        assert "<b>VII.7</b> ▰▰▰▰▰▰▰▰▰▰ 43% · 🟢 đạt" in said
