"""The stage: a sandbox, a fresh database, the sample office registered, and the bot at work."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from bot.clock import Clock
from bot.demo import sample
from bot.domain.days import instant, local_day
from bot.domain.reading.reader import read_plan
from bot.domain.roles import ChatPurpose, Role
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.domain.workdays import Calendar
from bot.intake.calendar import vietnam_calendar
from bot.intake.document import read_document
from bot.runtime.bot_process import BotProcess, running_bot
from bot.sandbox import Sandbox
from bot.services import invitations, offices, plans
from bot.services.pace import no_limits
from bot.settings import Settings
from storage.db import Database

TOKEN = "1:demo"
SETTING_UP = dt.time(7, 20)
OPENS_AT = dt.time(7, 31)
# The plan has been at work for a while, so that something is overdue.
ACTIVE_SINCE_WORKING_DAYS = 15


@dataclass
class Stage:
    """Everything on stage: chats and people by their keys in the sample."""

    sandbox: Sandbox
    bot: BotProcess
    db: Database
    calendar: Calendar
    chats: dict[str, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)


def latest_working_day(now: dt.datetime) -> dt.date:
    """Return the working day that the demo opens on: today, or the last one before it."""
    today = local_day(now)
    return calendar_around(today).last_working_day_on_or_before(today)


def calendar_around(day: dt.date) -> Calendar:
    """Return the calendar of the years around a day."""
    return vietnam_calendar(range(day.year - 1, day.year + 3))


@asynccontextmanager
async def staged(day: dt.date, folder: Path, *, port: int = 0) -> AsyncIterator[Stage]:
    """Set the stage on a working day; it opens at 07:31 with the morning's reminders sent."""
    calendar = calendar_around(day)
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN),
        database_url=f"sqlite:///{folder / 'demo.db'}",
    )
    db = Database(settings.async_database_url())
    await db.migrate()
    office_id = await _load(db, settings, day, calendar)
    async with await Sandbox.start(
        now=instant(day, SETTING_UP),
        token=TOKEN,
        port=port,
        days_off=lambda other: not calendar.is_working(other),
    ) as sandbox:
        settings = settings.model_copy(update={"telegram_api_url": sandbox.url})
        clock = _clock_of(sandbox)
        try:
            async with running_bot(settings, db, clock, pace=no_limits(clock)) as bot:
                stage = Stage(sandbox, bot, db, calendar)
                sandbox.on_clock_moved = bot.ticker.tick
                await _enter(stage, office_id)
                await sandbox.move_clock(instant(day, OPENS_AT))
                yield stage
        finally:
            await db.close()


def _clock_of(sandbox: Sandbox) -> Clock:
    return lambda: sandbox.now().astimezone(dt.UTC)


async def _load(db: Database, settings: Settings, day: dt.date, calendar: Calendar) -> int:
    units, _ = read_units_csv(sample.units_csv())
    source = sample.plan_text(day, calendar).encode()
    reading = read_plan(read_document(source, sample.PLAN_NAME), UnitRegistry(units))
    since = instant(calendar.minus_working_days(day, ACTIVE_SINCE_WORKING_DAYS), SETTING_UP)
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    await offices.load_units(db, office_id, units, since)
    loaded = await plans.store(
        db, office_id, reading, source, sample.PLAN_NAME, since, accept_suggestions=True
    )
    await plans.activate(db, office_id, loaded.plan_id, since)
    return office_id


async def _enter(stage: Stage, office_id: int) -> None:
    """Let everybody register as they would: a code each, in private or in the group."""
    sandbox, now = stage.sandbox, stage.sandbox.now()
    for person in sample.people():
        stage.users[person.key] = sandbox.add_user(person.name)
        stage.chats[person.key] = stage.users[person.key]
    for group in sample.groups():
        members = [stage.users[p.key] for p in sample.people() if p.group == group.key]
        members += [] if group.key == "leaders" else [stage.users["lan"]]
        chat_id = sandbox.add_group(group.title, list(dict.fromkeys(members)))
        stage.chats[group.key] = chat_id
        code = await invitations.invite(
            stage.db,
            office_id,
            now,
            purpose=ChatPurpose(group.purpose),
            unit_name=group.unit or None,
        )
        sandbox.add_bot_to_group(chat_id)
        said = sandbox.say(chat_id, members[0], f"/dang_ky {code}")
        await sandbox.wait_for_message(chat_id, after=said["message_id"])
    for person in sample.people():
        code = await invitations.invite(
            stage.db, office_id, now, role=Role(person.role), unit_name=person.unit or None
        )
        said = sandbox.press_start(stage.users[person.key], code)
        await sandbox.wait_for_message(stage.users[person.key], after=said["message_id"])
