"""Văn phòng learns in one short message what a changed day moved, of every kind."""

from bot.domain.calendar_days import DayChange
from bot.domain.deadline import DateDeadline
from bot.services import calendar_days
from bot.services.walk import plain
from handlers.pages import visible_size
from storage.db import Database
from storage.models import OfficeRow, OutboxRow
from tests.builders import (
    Delivered,
    FakeSender,
    Office,
    after_event,
    change,
    day,
    make_item,
    ongoing,
    rows,
    vn,
)

HC, VB = "Phòng Hành chính", "Phòng Văn bản"
NOW = vn("2024-06-24 09:00")
YEAR = DateDeadline(day("2024-12-31"), "Trong năm 2024", day("2024-01-01"))
OFF = (DayChange(day("2024-06-28"), False, "12/TB"), DayChange(day("2024-07-01"), False, "12/TB"))


async def test_one_message_says_what_moved_of_every_kind_short_enough_for_a_phone(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await change(office.db, OfficeRow, office.id, settings={})
    await office.activate(
        *[make_item(f"III.{n}", due="2024-06-28") for n in range(1, 9)],
        *[make_item(f"V.{n}", due=YEAR, lead=[HC, VB]) for n in range(1, 4)],
        *[make_item(f"VI.{n}", due=ongoing()) for n in range(1, 5)],
        make_item("VII.1", due=after_event()),
    )

    done = await calendar_days.change(office.db, office.actor("lan"), OFF, NOW)
    await delivered.tick("2024-06-24 17:30")

    assert done.moved == 8 + 6 + 4 + 1
    (message,) = [message for chat, message in sender.sent if chat == -1003]
    said = plain(message.html)
    assert "19 phần việc có ngày nhắc thay đổi" in said
    assert "Nhắc trước hạn: 8 phần việc" in said
    assert [f"III.{n}" in said for n in range(1, 9)] == [True] * 3 + [False] * 5
    assert "và 5 việc khác" in said
    assert "nhắc lần cuối: thứ Sáu 28/6 → thứ Năm 27/6" in said
    assert "có nguy cơ trễ: thứ Tư 26/6 → thứ Ba 25/6" in said
    assert "Báo Văn phòng, lãnh đạo: 8 phần việc" in said
    assert "Mốc kiểm tra trong năm: 6 phần việc" in said
    assert "mốc 30/6: thứ Sáu 28/6 → thứ Năm 27/6" in said
    assert "Việc thường xuyên: 4 phần việc" in said
    assert "hỏi tình hình quý II/2024: thứ Sáu 28/6 → thứ Năm 27/6" in said
    assert "danh sách chưa trả lời quý II/2024: thứ Tư 03/7 → thứ Năm 04/7" in said
    assert "hỏi tháng 7/2024: thứ Hai 01/7 → thứ Ba 02/7" in said
    assert visible_size(message.html) < 2000


async def test_a_change_that_moves_a_checkpoint_alone_is_told_and_kept(
    office: Office, db: Database, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("V.1", due=YEAR))

    done = await calendar_days.change(db, office.actor("lan"), OFF[:1], NOW)
    await delivered.tick("2024-06-24 17:30")

    assert done.moved == 1
    assert len(sender.to("office")) == 1
    assert await delivered.tick("2024-06-27 07:30") == ["hc"]
    assert await delivered.tick("2024-06-28 07:30") == []
    assert len(await rows(db, OutboxRow)) == 2


async def test_a_change_that_moves_nothing_is_not_told(
    office: Office, delivered: Delivered, sender: FakeSender
) -> None:
    await office.activate(make_item("V.1", due=YEAR), make_item("VI.1", due=ongoing()))

    done = await calendar_days.change(
        office.db, office.actor("lan"), [DayChange(day("2024-08-15"), False, "13/TB")], NOW
    )
    await delivered.tick("2024-06-24 17:30")

    assert done.moved == 0
    assert sender.to("office") == []
