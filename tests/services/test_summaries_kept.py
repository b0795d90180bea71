"""What a summary is read by: the office's denominator, and what is kept with frozen figures."""

import datetime as dt

import pytest

from bot.domain.indicator_value import Value
from bot.domain.rules import Denominator
from bot.i18n import translator
from bot.services import indicators, summaries
from bot.services.courier import deliver_all
from bot.services.messages_summary import Summary
from bot.services.summaries_closing import plan_summaries
from handlers import render_summary
from handlers.render_summary_table import summary_sheet, trend
from storage.db import Database
from storage.models import OfficeRow, SummaryRow
from tests.builders import (
    Clock,
    Delivered,
    FakeSender,
    Office,
    change,
    day,
    make_item,
    parts_of,
    rows,
    vn,
)
from tests.services.test_services_summaries import report

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
CLOSED = vn("2024-04-15 07:00")
TR = translator("vi")


@pytest.fixture
async def april(office: Office) -> Office:
    """Four parts of April: one on time, one late, one awaited, one open; a target besides."""
    await office.activate(
        *(
            make_item(f"I.{at}", due="2024-04-10", lead=[HC if at < 3 else VB])
            for at in range(1, 5)
        ),
        make_item("VII.7", title="Tỷ lệ hồ sơ đạt từ 60% trở lên", lead=[HC], product=""),
    )
    ids = [part.id for part in await parts_of(office.db, office) if part.code.startswith("I.")]
    await report(office, ids[0], "2024-04-10 09:00", decided="2024-04-11 09:00")
    await report(office, ids[1], "2024-04-11 09:00", decided="2024-04-12 09:00")
    await report(office, ids[2], "2024-04-10 10:00")
    return office


async def whole(office: Office, text: str = "tháng 4/2024", now: dt.datetime = CLOSED) -> Summary:
    return await summaries.summary(office.db, office.actor("lan"), text, now)


async def newest(office: Office) -> SummaryRow:
    found = await rows(
        office.db, SummaryRow, SummaryRow.kind == "month", SummaryRow.last == day("2024-04-14")
    )
    return found[-1]


async def settle(office: Office, **settings: object) -> None:
    await change(office.db, OfficeRow, office.id, settings=settings)


def said(found: Summary) -> str:
    return "\n".join(message.html for message in render_summary.summary(found, TR))


@pytest.mark.parametrize(
    ("against", "rate", "others", "heading"),
    [
        (
            Denominator.ASSIGNED,
            "1/4 = 25% trên tổng số việc được giao",
            ("1/4 việc đã đến hạn", "1/2 việc đã hoàn thành"),
            "Tỷ lệ đúng hạn (trên tổng số giao)",
        ),
        (
            Denominator.COMPLETED,
            "1/2 = 50% trên số việc đã hoàn thành",
            ("1/4 việc được giao", "1/4 việc đã đến hạn"),
            "Tỷ lệ đúng hạn (trên số hoàn thành)",
        ),
        (
            Denominator.FALLEN_DUE,
            "1/4 = 25% trên số việc đã đến hạn",
            ("1/4 việc được giao", "1/2 việc đã hoàn thành"),
            "Tỷ lệ đúng hạn (trên số đến hạn)",
        ),
    ],
)
async def test_the_rate_is_counted_against_what_the_office_has_set_and_all_three_are_printed(
    april: Office, against: Denominator, rate: str, others: tuple[str, str], heading: str
) -> None:
    await settle(april, denominator=str(against), bands=[[0, 0], [40, 1.5]])

    found = await whole(april)
    text, sheet, picture = said(found), summary_sheet(found, TR), trend(found, TR)

    assert rate in text
    assert all(other in text for other in others)
    half = against is Denominator.COMPLETED
    assert ("1,5/1,5 điểm" if half else "0/1,5 điểm") in text
    names = [column.heading for column in sheet.columns]
    total = dict(zip(names, sheet.rows[-1], strict=True))
    assert total[heading] == ("1/2 = 50%" if half else "1/4 = 25%")
    assert {"1/2", "1/4"} <= {str(cell)[:3] for cell in sheet.rows[-1]}
    assert picture.series[0].values == ((50.0,) if half else (25.0,))


async def test_units_show_how_much_was_updated_and_what_lacks_evidence(april: Office) -> None:
    found = await whole(april)

    text, sheet = said(found), summary_sheet(found, TR)

    assert f"{HC}: 1/2 đúng hạn (50%) · quá hạn 1 · thiếu minh chứng 2 · cập nhật 0/2" in text
    names = [column.heading for column in sheet.columns]
    row = dict(zip(names, next(row for row in sheet.rows if row[1] == HC), strict=True))
    assert (row["Có cập nhật"], row["Thiếu minh chứng"]) == ("0/2", 2)


async def test_a_frozen_summary_keeps_the_bands_the_denominator_and_the_targets_of_its_time(
    april: Office,
) -> None:
    lan = april.actor("lan")
    await indicators.enter(april.db, lan, "VII.7", "43", "tháng 4/2024", vn("2024-04-12 09:00"))
    await plan_summaries(april.db, CLOSED)
    before = await whole(april)
    await settle(april, bands=[[0, 9]], denominator="completed", overdue_bands=[1])
    await indicators.enter(april.db, lan, "VII.7", "63", "tháng 4/2024", vn("2024-04-20 09:00"))

    later = await whole(april, now=vn("2024-05-02 09:00"))

    assert said(later) == said(before)
    assert [entry.value for entry in later.targets] == [Value(numerator=43)]
    assert "43%" in said(later)


async def test_figures_frozen_before_bands_and_targets_were_kept_are_read_by_those_of_now(
    april: Office,
) -> None:
    lan = april.actor("lan")
    await indicators.enter(april.db, lan, "VII.7", "43", "tháng 4/2024", vn("2024-04-12 09:00"))
    await plan_summaries(april.db, CLOSED)
    row = await newest(april)
    old = {
        key: value
        for key, value in row.figures.items()
        if key not in ("rules", "targets", "plans")
    }
    await change(april.db, SummaryRow, row.id, figures=old)
    await settle(april, bands=[[0, 9]])

    text = said(await whole(april))

    assert "9/9 điểm" in text
    assert "43%" in text


async def test_figures_of_another_window_stay_reachable_and_can_be_corrected(
    april: Office,
) -> None:
    await plan_summaries(april.db, CLOSED)
    row = await newest(april)
    await settle(april, window="1-31")
    lan, now = april.actor("lan"), vn("2024-05-02 09:00")

    shown = await summaries.kept_summary(april.db, lan, row.id or 0, now)
    made = await summaries.correct(april.db, lan, row.id or 0, "Soát lại", now)

    assert (shown.figures.first, shown.figures.last) == (day("2024-03-15"), day("2024-04-14"))
    assert "15/3 – 14/4" in said(shown)
    assert (made.version, made.figures.first) == (2, day("2024-03-15"))


async def test_what_was_owed_before_the_window_changed_still_goes_out(
    april: Office, delivered: Delivered, sender: FakeSender, clock: Clock
) -> None:
    clock.move_to("2024-04-15 07:00")
    await plan_summaries(april.db, clock())
    await settle(april, window="1-31")

    await deliver_all(delivered.delivery)

    assert any("Tháng 4/2024" in text for text in sender.to("leaders"))


async def test_a_period_that_is_over_but_was_never_frozen_does_not_read_as_running(
    april: Office, db: Database
) -> None:
    running = said(await whole(april, now=vn("2024-04-14 09:00")))
    over = said(await whole(april, now=CLOSED))

    assert await rows(db, SummaryRow) == []
    assert "kỳ đang chạy" in running
    assert "Nếu các việc còn lại" in running
    assert "kỳ đã hết" in over
    assert "kỳ đang chạy" not in over
    assert "Theo mức điểm đã đặt" in over
