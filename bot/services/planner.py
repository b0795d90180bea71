"""Planning again and again at little cost: a pass in which nothing changed reads a few rows."""

import datetime as dt
from dataclasses import dataclass, field

from bot.domain.days import local_day, local_time
from bot.domain.reminder import noon_now, sends_now
from bot.services.calendars import calendar_of
from bot.services.clock_changes import forget_days_to_come
from bot.services.reminders import plan_office
from bot.services.rules import rules_of
from storage import offices, pulse
from storage.db import Database

# Whatever a pulse may miss is planned within the hour.
AT_LEAST_EVERY = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an office looked like when it was planned last, and when that was."""

    day: dt.date
    noon: bool
    pulse: pulse.Pulse
    at: dt.datetime


@dataclass
class Planner:
    """Plans an office when a slot of the day begins, or something changed since."""

    db: Database
    _seen: dict[int, _Seen] = field(default_factory=dict)

    async def plan(self, now: dt.datetime) -> int:
        """Owe what is due by `now`; return how many messages are new.

        Forgetting costs one pass: what is owed is worked out from the tables alone.
        """
        await forget_days_to_come(self.db, now)
        async with self.db.read() as session:
            office_ids = await offices.office_ids(session)
        return sum([await self._plan(office_id, now) for office_id in office_ids])

    async def _plan(self, office_id: int, now: dt.datetime) -> int:
        today, clock = local_day(now), local_time(now)
        async with self.db.read() as session:
            calendar = await calendar_of(session, office_id, today)
            rules = await rules_of(session, office_id)
            if not sends_now(clock, calendar, rules):
                return 0
            beat = await pulse.of_office(session, office_id)
        noon = noon_now(clock, calendar, rules)
        seen = self._seen.get(office_id)
        same = seen is not None and (seen.day, seen.pulse) == (today, beat)
        if same and seen is not None and seen.noon == noon:
            if dt.timedelta() <= now - seen.at < AT_LEAST_EVERY:
                return 0
            same = False
        count = await plan_office(self.db, office_id, now, noon_only=same)
        async with self.db.read() as session:
            beat = await pulse.of_office(session, office_id)
        self._seen[office_id] = _Seen(today, noon, beat, now)
        return count
