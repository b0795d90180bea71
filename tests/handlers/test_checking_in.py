"""One-tap answers to the quarter's question: the notice, and what the buttons say afterwards."""

import json
from typing import Any

from handlers.callbacks import Press, data
from storage.models import CheckInRow, ReminderRow
from tests.builders import Delivered, Office, make_item, ongoing, rows
from tests.chatting import BOT, Talk


def under(*buttons: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a message of the bot with buttons, as a press brings it along."""
    keyboard = [
        [{"text": words, "callback_data": pressed} for words, pressed in row] for row in buttons
    ]
    return {"message_id": 400, "date": 1, "from": BOT, "text": "…",
            "reply_markup": {"inline_keyboard": keyboard}}  # fmt: skip


async def test_what_was_answered_shows_under_the_message(
    talk: Talk, office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item("I.4", due=ongoing()), make_item("I.5", due=ongoing()))
    await delivered.tick("2024-03-29 07:30")
    first, second = await rows(office.db, ReminderRow)
    every = data(Press.ALL_GOING, first.outbox_id)
    message = under(
        [("✅ Tất cả", every)],
        *(
            [
                ("✅ tiếp tục", data(Press.GOING, line.id)),
                ("⚠️ vướng", data(Press.STUCK, line.id)),
            ]
            for line in (first, second)
        ),
        [("👌 Đã nhận", data(Press.SEEN, first.outbox_id))],
    )

    await talk.press("minh", data(Press.STUCK, first.id), "hc", **chat_of(talk, message))
    assert shown(talk) == [
        ["✅ Tất cả"],
        ["✅ tiếp tục", "☑ ⚠️ vướng"],
        ["✅ tiếp tục", "⚠️ vướng"],
        ["👌 Đã nhận"],
    ]

    await talk.press("minh", every, "hc", **chat_of(talk, message))
    assert shown(talk) == [
        ["✅ tiếp tục", "⚠️ vướng"],
        ["☑ ✅ tiếp tục", "⚠️ vướng"],
        ["👌 Đã nhận"],
    ], "nothing is left to be said of all"


async def test_who_may_not_answer_changes_neither_the_answers_nor_the_buttons(
    talk: Talk, office: Office, delivered: Delivered
) -> None:
    await office.activate(make_item("I.4", due=ongoing()))
    await delivered.tick("2024-03-29 07:30")
    (line,) = await rows(office.db, ReminderRow)
    message = under([("✅ tiếp tục", data(Press.GOING, line.id))])

    for who in ("dung", "khach"):
        await talk.press(who, data(Press.GOING, line.id), "hc", **chat_of(talk, message))

    assert await rows(office.db, CheckInRow) == []
    assert talk.calls("editMessageReplyMarkup") == []
    assert len([text for text in talk.notices() if text]) == 2


def chat_of(talk: Talk, message: dict[str, Any]) -> dict[str, Any]:
    """Return what a press brings along: the message in the unit's group."""
    return {"message": {**message, "chat": talk._chat("minh", "hc")}}


def shown(talk: Talk) -> list[list[str]]:
    """Return the words of the buttons as they were last changed."""
    markup = talk.calls("editMessageReplyMarkup")[-1]["reply_markup"]
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]
