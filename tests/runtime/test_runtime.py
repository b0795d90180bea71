"""The life of the process: alone, watched, and unharmed by a machine in trouble."""

import asyncio
import datetime as dt
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.domain.errors import DatabaseTrouble
from bot.domain.rate import TELEGRAM, Limiter
from bot.i18n import translator
from bot.runtime.polling import LONG_POLL_SECONDS, Intake
from bot.runtime.shared_pace import LONGEST_WAIT, SharedPace
from bot.runtime.single import SingleInstance
from bot.runtime.ticker import Ticker
from bot.runtime.trouble import Trouble
from bot.runtime.watch import NO_TICK_SECONDS, STALLED_SECONDS, Watch
from bot.services import process, updates
from bot.services.delivery import Delivery
from bot.services.pace import Pace
from handlers.render import render
from storage.db import Database
from storage.models import OutboxRow, UpdateRow
from tests.builders import Clock, FakeSender, Office, rows
from tests.chatting import RecordingRequest, make_application

HOLDER = """
import fcntl, sys, time
file = open(sys.argv[1], "a+")
fcntl.flock(file, fcntl.LOCK_EX)
file.write("4711")
file.flush()
print("held", flush=True)
time.sleep(60)
"""


class Seconds:
    """A steady clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def ticker_of(db: Database, clock: Clock, steady: Seconds) -> Ticker:
    return Ticker(Delivery(db, FakeSender(), render, translator, clock), steady=steady)


def intake_of(db: Database, clock: Clock, steady: Seconds) -> Intake:
    return Intake(make_application(db, clock, RecordingRequest()), db, clock, steady=steady)


Arriving = Callable[..., None]


@pytest.fixture
def arriving(monkeypatch: pytest.MonkeyPatch) -> Arriving:
    """Let the next polls bring these batches, then none."""

    def arrive(*batches: list[dict[str, Any]]) -> None:
        waiting = list(batches)

        async def answer(*_given: object, **_named: object) -> list[dict[str, Any]]:
            return waiting.pop(0) if waiting else []

        monkeypatch.setattr(ExtBot, "do_api_request", answer)

    return arrive


async def test_a_second_bot_says_so_and_waits_until_the_first_is_killed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.single.LOOK_AGAIN", 0.01)
    lock = tmp_path / "a.db.lock"
    first = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(lock), stdout=subprocess.PIPE
    )
    assert first.stdout is not None
    await first.stdout.readline()
    second = SingleInstance(tmp_path / "a.db")

    taking = asyncio.create_task(second.take())
    await asyncio.sleep(0.05)
    waited = not taking.done()
    first.kill()
    await asyncio.wait_for(taking, 5)
    await first.wait()
    second.release()

    assert waited
    assert [m for m in caplog.messages if "4711" in m] == [caplog.messages[0]]


async def test_two_bots_on_one_database_by_different_names_are_not_at_work_at_once(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.db").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.db").symlink_to(tmp_path / "a.db")
    first = SingleInstance(tmp_path / "a.db")
    second = SingleInstance(tmp_path / "elsewhere" / "b.db")
    await first.take()

    taking = asyncio.create_task(second.take())
    await asyncio.sleep(0.05)
    waited = not taking.done()
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    first.release()

    assert waited
    await second.take()
    second.release()


async def test_who_waits_for_the_other_can_be_stopped(tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "a.db"), SingleInstance(tmp_path / "a.db")
    await first.take()

    taking = asyncio.create_task(second.take())
    await asyncio.sleep(0)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    first.release()

    await second.take()
    second.release()


async def watched(
    db: Database, clock: Clock, steady: Seconds
) -> tuple[Watch, Ticker, Intake, list[str]]:
    restarts: list[str] = []

    async def restart() -> None:
        restarts.append("polling")

    ticker, intake = ticker_of(db, clock, steady), intake_of(db, clock, steady)
    return Watch(db, ticker, intake, restart, clock, steady), ticker, intake, restarts


async def test_a_line_that_says_nothing_for_two_minutes_is_opened_anew(
    db: Database, clock: Clock
) -> None:
    steady = Seconds()
    watch, ticker, _, restarts = await watched(db, clock, steady)

    for _ in range(3):
        steady.now += STALLED_SECONDS * 0.6
        clock.now += dt.timedelta(seconds=STALLED_SECONDS * 0.6)
        ticker.ticked_at = steady.now
        await watch.look()

    assert restarts == ["polling"], "not again until another two minutes are over"


async def test_a_line_that_answers_is_left_alone(
    db: Database, clock: Clock, arriving: Arriving
) -> None:
    steady = Seconds()
    watch, _, intake, restarts = await watched(db, clock, steady)
    arriving()

    for _ in range(4):
        steady.now += STALLED_SECONDS * 0.6
        await intake.fetch_once()
        await watch.look()

    assert restarts == []


async def test_a_clock_set_back_a_day_begins_the_schedule_anew(
    db: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    steady = Seconds()
    watch, ticker, _, _ = await watched(db, clock, steady)
    steady.now = 5
    clock.now -= dt.timedelta(days=1)

    await watch.look()
    await watch.look()

    assert ticker.ticked_at == steady.now
    assert sum("clock was set" in message for message in caplog.messages) == 1


async def test_a_schedule_that_no_longer_comes_begins_anew(db: Database, clock: Clock) -> None:
    steady = Seconds()
    watch, ticker, _, _ = await watched(db, clock, steady)
    steady.now = NO_TICK_SECONDS + 1
    clock.now += dt.timedelta(seconds=steady.now)

    await watch.look()

    assert ticker.ticked_at == steady.now


async def test_the_first_request_asks_whether_the_line_works_and_waits_for_nothing(
    db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    async def answer(_bot: Any, _method: str, api_kwargs: dict[str, Any], **_: Any) -> list[Any]:
        asked.append(api_kwargs["timeout"])
        return []

    monkeypatch.setattr(ExtBot, "do_api_request", answer)
    intake = intake_of(db, clock, Seconds())

    await intake.fetch_once()
    await intake.fetch_once()

    assert asked == [0, LONG_POLL_SECONDS]
    assert await process.last_beat(db, process.POLL) == clock.now


async def test_hours_without_telegram_are_told_to_the_office(
    db: Database, office: Office, clock: Clock, arriving: Arriving
) -> None:
    steady = Seconds()
    intake = intake_of(db, clock, steady)
    arriving()
    await intake.fetch_once()
    steady.now += 3 * 3600
    clock.now += dt.timedelta(hours=3)

    await intake.fetch_once()
    await intake.fetch_once()

    (row,) = await rows(db, OutboxRow)
    assert row.payload["to"] == clock.now.isoformat()
    assert row.payload["from"] == (clock.now - dt.timedelta(hours=3)).isoformat()


async def test_a_restart_after_hours_is_told_by_the_last_pulse(
    db: Database, office: Office, clock: Clock, arriving: Arriving
) -> None:
    await process.beat(db, process.POLL, clock.now - dt.timedelta(hours=5))
    intake = intake_of(db, clock, Seconds())
    arriving()

    await intake.fetch_once()

    assert len(await rows(db, OutboxRow)) == 1


async def test_a_clock_set_forward_is_no_absence(
    db: Database, office: Office, clock: Clock, arriving: Arriving
) -> None:
    intake = intake_of(db, clock, Seconds())
    arriving()
    await intake.fetch_once()
    clock.now += dt.timedelta(days=2)

    await intake.fetch_once()

    assert await rows(db, OutboxRow) == []


def text_update(number: int) -> dict[str, Any]:
    user = {"id": 101, "is_bot": False, "first_name": "lan"}
    chat = {"id": 101, "type": "private", "first_name": "lan"}
    message = {"message_id": 1, "date": 1, "from": user, "chat": chat, "text": "/xem I.1"}
    entity = {"type": "bot_command", "offset": 0, "length": 4}
    return {"update_id": number, "message": {**message, "entities": [entity]}}


async def test_a_full_disk_loses_no_update_and_is_logged_once(
    db: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    arriving: Arriving,
) -> None:
    monkeypatch.setattr("bot.runtime.polling.FIRST_WAIT", 0.0)
    intake = intake_of(db, clock, Seconds())
    update = text_update(7)
    arriving([update], [update], [update])
    take_in, tries = updates.take_in, []

    async def full_twice(*given: Any) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise DatabaseTrouble("database or disk is full")
        await take_in(*given)

    monkeypatch.setattr(updates, "take_in", full_twice)
    fetching = asyncio.create_task(intake.fetch_for_ever())
    while len(tries) < 3:  # noqa: ASYNC110 - the loop says nothing when it has written
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    fetching.cancel()

    assert [row.id for row in await rows(db, UpdateRow)] == [7]
    assert sum("disk is full" in message for message in caplog.messages) == 1


def test_a_trouble_is_logged_when_it_begins_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    trouble = Trouble("writing")
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            trouble.began("disk is full")
        trouble.over()
        trouble.over()

    assert len(caplog.messages) == 2


async def call(paced: SharedPace, chat_id: int, error: Exception | None = None) -> str:
    async def telegram() -> str:
        if error:
            raise error
        return "sent"

    found = await paced.process_request(
        telegram, (), {}, "sendMessage", {"chat_id": chat_id}, None
    )
    return str(found)


async def test_answers_and_the_bulk_share_the_limits() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = Pace(Limiter(TELEGRAM), Seconds(), sleep)
    paced = SharedPace(pace)

    await pace.turn(5)  # the courier takes the turn of its own call
    await call(paced, 5)
    await call(paced, 5)  # an answer to a person in the same chat

    assert slept == [pytest.approx(1.03)]


async def test_a_chat_that_was_asked_to_wait_is_not_even_asked_again() -> None:
    pace = Pace(Limiter(None), Seconds())
    paced = SharedPace(pace)
    with pytest.raises(RetryAfter):
        await call(paced, 5, RetryAfter(dt.timedelta(seconds=300)))

    with pytest.raises(RetryAfter):
        await call(paced, 5)

    assert await call(paced, 6) == "sent"
    assert pace.wait_for(5) > LONGEST_WAIT


async def test_a_lost_line_passes_through_the_limiter_unchanged() -> None:
    with pytest.raises(NetworkError):
        await call(SharedPace(Pace(Limiter(None))), 5, NetworkError("x"))
