"""The Sender port over Telegram: what is called, and how its errors become ours."""

import datetime as dt
import logging

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.cli.running import set_up_logs
from bot.domain.errors import ChatMoved, DeliveryError
from bot.domain.roles import Role
from bot.i18n import translator
from bot.runtime.telegram_line import build_application
from bot.services.messages import Address, Button, Outgoing
from bot.settings import Settings
from handlers.commands import offered
from handlers.menus import set_menus
from handlers.sender import TelegramSender, translated_errors
from storage.db import Database
from tests.builders import Clock
from tests.chatting import RecordingRequest, Talk

MESSAGE = Outgoing("<b>x</b>", ((Button("Mở", "item:open:1"),),))


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (Forbidden("bot was blocked by the user"), {"permanent": True, "chat_lost": True}),
        (BadRequest("Chat not found"), {"permanent": True, "chat_lost": True}),
        (
            BadRequest("Not enough rights: have no rights to send a message"),
            {"permanent": True, "chat_lost": True},
        ),
        (
            BadRequest("Not enough rights to send text messages to the chat"),
            {"permanent": True, "chat_lost": True},
        ),
        (BadRequest("Chat_restricted"), {"permanent": True, "chat_lost": True}),
        (BadRequest("Message is too long"), {"permanent": True, "chat_lost": False}),
        (BadRequest("Can't parse entities"), {"permanent": True, "chat_lost": False}),
        (InvalidToken("refused"), {"permanent": False, "chat_lost": False}),
        (Conflict("two of us"), {"permanent": False}),
        (RetryAfter(dt.timedelta(seconds=312)), {"retry_after": dt.timedelta(seconds=312)}),
        (NetworkError("Bad Gateway"), {"permanent": False, "uncertain": True}),
        (TimedOut(), {"permanent": False, "uncertain": True}),
        (caused(TimedOut(), httpx.ReadTimeout("")), {"uncertain": True}),
        (caused(TimedOut(), httpx.WriteTimeout("")), {"uncertain": True}),
        (caused(TimedOut(), httpx.PoolTimeout("")), {"uncertain": False}),
        (caused(TimedOut(), httpx.ConnectTimeout("")), {"uncertain": False}),
        (caused(NetworkError("x"), httpx.ConnectError("")), {"uncertain": False}),
        (caused(NetworkError("x"), httpx.ReadError("")), {"uncertain": True}),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("")), {"uncertain": True}),
        (TelegramError("something else"), {"permanent": False}),
    ],
)
def test_each_error_of_telegram_is_told_apart(
    raised: TelegramError, expected: dict[str, object]
) -> None:
    with pytest.raises(DeliveryError) as caught, translated_errors():
        raise raised

    assert {name: getattr(caught.value, name) for name in expected} == expected
    assert caught.value.__cause__ is raised


def test_a_group_that_moved_says_where_to() -> None:
    with pytest.raises(ChatMoved) as caught, translated_errors():
        raise ChatMigrated(-100777)

    assert caught.value.telegram_id == -100777


@pytest.fixture
def request_(talk: Talk) -> RecordingRequest:
    return talk.request


@pytest.fixture
def bot(talk: Talk) -> Bot:
    return talk.application.bot


async def test_a_message_is_sent_as_html_with_its_buttons_to_its_topic(
    bot: Bot, request_: RecordingRequest
) -> None:
    message_id = await TelegramSender(bot).send(Address(-5, 42), MESSAGE)

    params = request_.calls[0][1]
    assert message_id == 1
    assert (params["chat_id"], params["message_thread_id"], params["parse_mode"]) == (
        -5,
        42,
        "HTML",
    )
    assert "item:open:1" in str(params["reply_markup"])


async def test_the_general_topic_is_written_to_without_a_thread(
    bot: Bot, request_: RecordingRequest
) -> None:
    await TelegramSender(bot).send(Address(-5, 0), MESSAGE)

    assert "message_thread_id" not in request_.calls[0][1]


async def test_a_topic_that_is_gone_falls_back_to_its_group(
    bot: Bot, request_: RecordingRequest
) -> None:
    request_.refuse("sendMessage", 400, "Bad Request: message thread not found")

    await TelegramSender(bot).send(Address(-5, 42), MESSAGE)

    assert "message_thread_id" not in request_.calls[1][1]


@pytest.mark.parametrize(
    ("code", "description", "parameters", "error"),
    [
        (403, "Forbidden: bot was kicked from the group chat", {}, DeliveryError),
        (400, "Bad Request: chat not found", {}, DeliveryError),
        (429, "Too Many Requests", {"retry_after": 312}, DeliveryError),
        (500, "Internal Server Error", {}, DeliveryError),
        (400, "Bad Request: upgraded", {"migrate_to_chat_id": -100777}, ChatMoved),
    ],
)
async def test_answers_of_the_server_become_our_errors(
    bot: Bot,
    request_: RecordingRequest,
    code: int,
    description: str,
    parameters: dict[str, int],
    error: type[DeliveryError],
) -> None:
    request_.refuse("sendMessage", code, description, **parameters)

    with pytest.raises(error) as caught:
        await TelegramSender(bot).send(Address(-5), MESSAGE)

    if "retry_after" in parameters:
        assert caught.value.retry_after == dt.timedelta(seconds=312)


async def test_the_menus_are_set_in_both_languages(bot: Bot, request_: RecordingRequest) -> None:
    await set_menus(bot, translator)

    calls = [params for called, params in request_.calls if called == "setMyCommands"]
    in_private, in_groups = (
        [c.name for c in offered(roles, private=private)]
        for roles, private in (
            (frozenset({Role.STAFF}), True),
            (frozenset({Role.STAFF, Role.HEAD}), False),
        )
    )
    assert [params.get("language_code") for params in calls] == [None, "en", None, "en"]
    assert "moi" not in in_private
    assert [[c["command"] for c in params["commands"]] for params in calls] == [
        in_private,
        in_private,
        in_groups,
        in_groups,
    ]


async def test_the_token_is_never_logged(
    db: Database, clock: Clock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "123456:SECRET-PART-OF-THE-TOKEN"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    loggers = ("httpx", "httpcore", "apscheduler", "telegram", "aiosqlite", "alembic")
    levels = {name: logging.getLogger(name).level for name in loggers}
    set_up_logs()
    caplog.set_level(logging.INFO)

    application = build_application(Settings(), db, clock, translator)
    with pytest.raises(DeliveryError) as caught:
        await TelegramSender(application.bot).send(Address(1), MESSAGE)

    assert not caught.value.uncertain
    assert "SECRET" not in caplog.text
    assert "SECRET" not in str(caught.value)
    assert {logging.getLogger(name).level for name in loggers} == {logging.WARNING}
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
