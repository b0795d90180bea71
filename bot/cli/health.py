"""`health`: whether the bot does its work, and which part of it does not."""

import argparse
import datetime as dt

from bot.cli.console import say, say_json
from bot.clock import utc_now
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services import process
from bot.services.process import Pulses
from bot.settings import Settings
from storage.db import Database

RED = {
    process.TICK: N_("Red: reminders are not being planned; last tick {when}."),
    process.POLL: N_("Red: nothing is heard from Telegram; last answer {when}."),
    process.DATABASE: N_("Red: the database cannot be written to."),
}
NEVER = N_("never")
# Neither alive nor broken: whoever watches the bot looks again, for two minutes at the most.
STARTING = 3


async def health(
    args: argparse.Namespace, db: Database, _settings: Settings, tr: Translator
) -> int:
    """`nhacviec health`: exit code 0 when tick, line and database all work, 1 when one does not.

    3 during a start that has not heard from Telegram yet.
    """
    pulses = await process.pulses(db, utc_now())
    if args.json:
        say_json(
            {
                "alive": not pulses.red,
                "red": list(pulses.red),
                "last_tick": _iso(pulses.tick),
                "last_poll": _iso(pulses.poll),
                **({"starting": True} if pulses.starting else {}),
            }
        )
    elif pulses.starting:
        say(tr(N_("The bot is starting and has not heard from Telegram yet.")))
    elif pulses.tick is None:
        say(tr(N_("The bot has not run yet.")))
    elif not pulses.red:
        say(tr(N_("Alive; last tick {when}."), when=tr.moment(pulses.tick)))
    else:
        for red in pulses.red:
            say(tr(RED[red], when=_when(pulses, red, tr)))
    if pulses.starting:
        return STARTING
    return 1 if pulses.red else 0


def _iso(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _when(pulses: Pulses, red: str, tr: Translator) -> str:
    last = pulses.poll if red == process.POLL else pulses.tick
    return tr.moment(last) if last else tr(NEVER)
