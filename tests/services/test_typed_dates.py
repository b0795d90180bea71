"""Dates as people type them, in both languages, and the reason before or behind them."""

import datetime as dt
from pathlib import Path

import pytest

from bot.services import extension_offers as offers
from bot.services import extensions
from bot.services.extension_words import read_day, read_day_and_reason
from tests.builders import Office, day, make_item, only_part, vn

TABLE = Path(__file__).parent.parent / "data" / "typed_dates.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
MONDAY = day("2024-04-22")
NOW = vn("2024-04-22 09:00")


@pytest.mark.parametrize(("today", "typed", "due"), ROWS, ids=[" ".join(row[:2]) for row in ROWS])
def test_a_date_is_read_as_people_type_it(today: str, typed: str, due: str) -> None:
    assert str(read_day(typed, day(today)) or "-") == due


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_named_in_english_is_no_day_by_itself(month: int) -> None:
    assert read_day(f"{dt.date(2024, month, 1):%B}", MONDAY) is None


@pytest.mark.parametrize(
    ("text", "due", "reason"),
    [
        ("30-6 chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("30.6, chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("ngày 15 chờ số liệu", "2024-05-15", "chờ số liệu"),
        ("đầu tháng sau mới có biểu mẫu", "2024-05-01", "mới có biểu mẫu"),
        ("hết quý II chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("cuối quý II", "2024-06-30", ""),
        ("hết quý II/2024 chờ số liệu", "2024-06-30", "chờ số liệu"),
        ("hết quý III chờ số liệu", "2024-09-30", "chờ số liệu"),
        ("hết tháng 4 chờ số liệu", "2024-04-30", "chờ số liệu"),
        ("mai 2 đoàn mới về", "2024-04-23", "2 đoàn mới về"),
        ("Chờ số liệu cấp xã, xin đến 30/6", "2024-06-30", "Chờ số liệu cấp xã"),
        ("Chờ số liệu cấp xã, 30/6", "2024-06-30", "Chờ số liệu cấp xã"),
        ("đoàn kiểm tra kéo dài đến 20/5", "2024-05-20", "đoàn kiểm tra kéo dài"),
        ("chờ cấp trên nên xin gia hạn đến hết tháng", "2024-04-30", "chờ cấp trên"),
        ("chờ số liệu 30/6", "2024-06-30", "chờ số liệu"),
        ("next friday waiting for figures", "2024-05-03", "waiting for figures"),
        ("30 June waiting for the communes", "2024-06-30", "waiting for the communes"),
        ("end of month: figures are late", "2024-04-30", "figures are late"),
        ("in two weeks new forms come", "2024-05-06", "new forms come"),
        ("waiting for figures until 30 June", "2024-06-30", "waiting for figures"),
        # A day within the reason is none that is asked for.
        ("chờ báo cáo ngày 30/6", None, "chờ báo cáo ngày 30/6"),
        ("chờ đến 30/6 mới có số liệu", None, "chờ đến 30/6 mới có số liệu"),
        ("chờ số liệu", None, "chờ số liệu"),
    ],
)
def test_the_reason_may_stand_behind_the_date_or_before_it(
    text: str, due: str | None, reason: str
) -> None:
    assert read_day_and_reason(text, MONDAY) == (due and day(due), reason)


@pytest.mark.parametrize("typed", ["yesterday", "hôm qua", "18-4"])
async def test_a_day_that_has_passed_is_read_and_refused_as_past(
    office: Office, typed: str
) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)

    wish = await extensions.begin(office.db, office.actor("minh"), part.id, f"{typed} chờ", NOW)

    assert wish.problem is not None
    assert "has passed" in wish.problem.msgid


async def test_a_proposed_day_is_read_the_same_way(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh, lan = office.actor("minh"), office.actor("lan")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ", NOW)
    request = (await extensions.send(office.db, minh, part.id, NOW)).extension.id

    found = await offers.type_offer(office.db, lan, request, "ngày 15", NOW)

    assert found.due == day("2024-05-15")
