"""Telegram's limits, kept before writing."""

import random
from collections import Counter

from bot.domain.outbox import (
    LATE_AFTER,
    SCHEDULED,
    URGENCY,
    OutboxKind,
    Urgency,
    too_late,
)
from bot.domain.rate import SEVERAL, TELEGRAM, Limiter

GROUP, PERSON = -100, 100


def write_as_fast_as_allowed(chats: list[int]) -> list[tuple[float, int]]:
    """Return (moment, chat) of each message, every one sent as soon as the limiter lets it."""
    limiter, now, written = Limiter(TELEGRAM), 0.0, []
    for chat in chats:
        now = limiter.ready_at(chat, now)
        limiter.book(chat, now)
        written.append((now, chat))
    return written


def most_within(moments: list[float], seconds: float) -> int:
    """Return the most moments that any window of `seconds` holds."""
    return max(sum(start <= at < start + seconds for at in moments) for start in moments)


def test_no_window_ever_holds_more_than_telegram_permits() -> None:
    chance = random.Random(1)
    chats = [chance.choice([-1, -2, -3, *range(1, 60)]) for _ in range(600)]

    written = write_as_fast_as_allowed(chats)

    assert most_within([at for at, _ in written], 1.0) <= 30
    for chat in set(chats):
        own = [at for at, to in written if to == chat]
        assert most_within(own, 1.0) == 1
        assert chat > 0 or most_within(own, 60.0) <= 20


def test_many_chats_use_nearly_the_whole_rate() -> None:
    written = write_as_fast_as_allowed([*range(1, 61)] * 10)

    assert len(written) / written[-1][0] > 0.95 * 30


def test_a_group_gets_no_more_than_twenty_a_minute_and_a_person_one_a_second() -> None:
    group = write_as_fast_as_allowed([GROUP] * 40)
    person = write_as_fast_as_allowed([PERSON] * 40)

    assert 60 < group[20][0] < 62
    assert 39 < person[-1][0] < 42


def test_a_moment_taken_ahead_is_counted_where_it_lies() -> None:
    limiter = Limiter(TELEGRAM)
    limiter.book(PERSON, 5.0)
    limiter.book(PERSON, 1.0)

    assert limiter.ready_at(PERSON, 1.5) > 5.9


def test_only_the_chat_that_was_asked_to_wait_waits() -> None:
    limiter = Limiter(TELEGRAM)
    limiter.asked_to_wait(GROUP, 312.0)

    assert limiter.ready_at(GROUP, 1.0) == 312.0
    assert limiter.ready_at(PERSON, 1.0) == 1.0


def test_when_several_chats_hear_the_same_everything_waits() -> None:
    limiter = Limiter(TELEGRAM)
    for chat in range(SEVERAL):
        limiter.asked_to_wait(chat, 20.0)

    assert limiter.ready_at(PERSON, 1.0) == 20.0


def test_a_success_in_between_means_that_only_chats_were_meant() -> None:
    limiter = Limiter(TELEGRAM)
    for chat in range(SEVERAL):
        limiter.asked_to_wait(chat, 20.0)
        limiter.succeeded(PERSON)

    assert limiter.ready_at(PERSON, 1.0) == 1.0


def test_what_an_earlier_process_wrote_counts() -> None:
    limiter = Limiter(TELEGRAM)

    limiter.seed([(GROUP, -30.0 + at) for at in range(20)])

    assert limiter.ready_at(GROUP, 0.0) > 30.0


def test_every_kind_has_its_urgency_and_people_come_first() -> None:
    assert set(URGENCY) == set(OutboxKind)
    assert URGENCY[OutboxKind.DECISION] < URGENCY[OutboxKind.MORNING]
    assert URGENCY[OutboxKind.MORNING] < URGENCY[OutboxKind.SUMMARY]
    assert URGENCY[OutboxKind.MORNING] < URGENCY[OutboxKind.BROADCAST]
    assert Counter(URGENCY.values())[Urgency.SCHEDULED] == len(SCHEDULED)


def test_a_briefing_grows_old_after_a_day_and_a_decision_never() -> None:
    day = LATE_AFTER[OutboxKind.BRIEFING]

    assert not too_late(OutboxKind.BRIEFING, day)
    assert too_late(OutboxKind.BRIEFING, day * 1.01)
    assert not too_late(OutboxKind.DECISION, day * 1000)
    assert not SCHEDULED & set(LATE_AFTER), "a slot that was missed becomes part of the next"
