"""`preview` and `calendar`: what will be reminded of, and on which days nobody works."""

import argparse

from bot.cli.console import read_bytes, say, say_json
from bot.clock import utc_now
from bot.domain.calendar_days import read_calendar_csv
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.i18n import Translator, translator
from bot.intake.document import decode_text
from bot.services import calendar_days, offices
from bot.services.preview import preview
from bot.services.walk import Sent, plain
from bot.settings import Settings
from handlers.render import render
from handlers.render_calendar import confirmed
from storage.db import Database

KINDS = {
    "morning": N_("morning"),
    "midday": N_("midday"),
    "check_in": N_("quarter's check-in"),
    "event_ask": N_("asking for an event"),
    "risk": N_("risk"),
    "escalation": N_("escalation"),
    "calendar_gap": N_("calendar"),
    "briefing_draft": N_("draft of the weekly briefing"),
    "summary": N_("summary of a period"),
}


async def show(args: argparse.Namespace, db: Database, _settings: Settings, tr: Translator) -> int:
    """`nhacviec preview --from D --to D`: the messages that would go out, per chat and day."""
    found = await preview(db, args.first, args.last, utc_now(), render, translator)
    if args.json:
        say_json([as_json(sent) for sent in found])
        return 0
    for sent in found:
        kind = tr(KINDS.get(sent.kind, sent.kind))
        when = f"{sent.at:%H:%M} {tr.long_date(sent.at.date())}"
        say(f"── {when} · {sent.chat} · {kind}")
        for line in (*sent.text.split("\n"), *sent.buttons):
            say(f"   {line}".rstrip())
        say()
    chats = len({sent.address for sent in found})
    messages = tr.n("{count} message", "{count} messages", len(found))
    say(tr(N_("{messages}, {chats} chats. Nothing was sent."), messages=messages, chats=chats))
    return 0


async def calendar(
    args: argparse.Namespace, db: Database, settings: Settings, tr: Translator
) -> int:
    """`nhacviec calendar load FILE.csv`: days off and worked, one a line."""
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    source = decode_text(read_bytes(args.file), args.file.name)
    changes, problems = read_calendar_csv(source)
    for one in problems:
        say(f"⚠ {tr.problem(one)}")
    if not changes:
        raise UserError(N_("No day was found in {name}, so nothing has changed."), name=args.file)
    done = await calendar_days.load(db, office_id, changes, utc_now())
    say(
        plain(confirmed(done, tr)) if done.days else tr(N_("The calendar has these days already."))
    )
    return 0


def as_json(sent: Sent) -> dict[str, object]:
    """Return a message as other programs read it."""
    return {
        "at": sent.at.isoformat(timespec="seconds"),
        "chat": sent.chat,
        "unit": ", ".join(sent.units),
        "kind": sent.kind,
        "codes": sent.codes,
        "text": sent.text,
    }
