"""The scripted morning, played through the real bot and held to a reviewed conversation.

After a change of words that was meant, read the difference, then keep the new conversation:
    .venv/bin/nhacviec demo --transcript > tests/data/transcript.txt
"""

import asyncio
import difflib
import re
from pathlib import Path

import pytest

from bot.demo import transcript

REVIEWED = Path(__file__).parents[1] / "data" / "transcript.txt"
HEADER = re.compile(r"── (?P<day>\S+) \S+ · (?P<chat>[^·]+) · (?P<who>[^·]+)")
UNIT, OFFICE = "Phòng Hành chính", "Văn phòng Sở"


@pytest.fixture(scope="module")
def conversation() -> list[str]:
    said: list[str] = []
    asyncio.run(transcript.play(said.append))
    return said


@pytest.fixture(scope="module")
def messages(conversation: list[str]) -> list[tuple[str, str, str, str]]:
    """Return day, chat, speaker and text of each message."""
    found: list[tuple[str, str, str, str]] = []
    for line in conversation:
        if header := HEADER.fullmatch(line):
            found.append((header["day"], header["chat"], header["who"], ""))
        else:
            *head, text = found[-1]
            found[-1] = (*head, f"{text}{line.removeprefix('   ')}\n")
    return found


def place_of(messages: list[tuple[str, str, str, str]], day: str, chat: str, words: str) -> int:
    """Return where the first message in a chat on a day with these words stands."""
    return next(
        number
        for number, (said_on, where, _, text) in enumerate(messages)
        if (said_on, where) == (day, chat) and words in text
    )


def test_the_morning_is_the_one_that_was_reviewed(conversation: list[str]) -> None:
    reviewed = REVIEWED.read_text(encoding="utf-8").splitlines()

    changes = list(difflib.unified_diff(reviewed, conversation, "reviewed", "played", lineterm=""))

    if changes:
        pytest.fail("\n".join(changes), pytrace=False)


def test_an_item_goes_from_reminder_over_report_to_confirmation(
    messages: list[tuple[str, str, str, str]],
) -> None:
    steps = [
        place_of(messages, "24/4", UNIT, "📌 Việc cần làm – thứ Sáu 24/4/2026"),
        place_of(messages, "24/4", UNIT, "[✅ Báo hoàn thành]"),
        place_of(messages, "24/4", UNIT, "❓"),
        place_of(messages, "24/4", UNIT, "Đã ghi nhận, đang chờ Văn phòng xác nhận."),
        place_of(messages, "24/4", OFFICE, "📥 III.1"),
        place_of(messages, "24/4", OFFICE, "👆 [✅ Xác nhận]"),
        place_of(messages, "24/4", UNIT, "✅ III.1 đã được xác nhận hoàn thành"),
    ]

    assert steps == sorted(steps)


def test_a_report_without_evidence_is_returned_and_stays_overdue(
    messages: list[tuple[str, str, str, str]],
) -> None:
    returned = place_of(messages, "24/4", "Phòng Văn bản", "↩️ II.1 bị trả lại")
    overdue = place_of(messages, "24/4", OFFICE, "🔴 Quá hạn: 4 phần việc")

    assert "Lý do: Chưa có số văn bản góp ý, đề nghị bổ sung" in messages[returned][3]
    assert "II.1 · Góp ý dự thảo quy định về phí công chứng" in messages[overdue][3]
    assert "III.1" not in messages[overdue][3]


def test_the_next_working_morning_comes_after_the_day_off_in_lieu_without_what_is_done(
    messages: list[tuple[str, str, str, str]],
) -> None:
    days = list(dict.fromkeys(day for day, *_ in messages))
    reminder = messages[place_of(messages, "28/4", UNIT, "📌 Việc cần làm – thứ Ba 28/4/2026")]

    # 26/4/2026 is Giỗ Tổ, a Sunday, so that Monday 27/4 is off.
    assert days == ["24/4", "28/4"]
    assert "I.3 · Báo cáo kết quả giải quyết hồ sơ" in reminder[3]
    assert "III.1" not in reminder[3]


def test_nothing_technical_is_said(conversation: list[str]) -> None:
    said = "\n".join(conversation)

    assert "!" not in said
    assert not re.search(r"[{}<>]|None|Traceback", said)
