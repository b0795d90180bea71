"""`read`, `deadline`, `assignment`: show what is understood, store nothing."""

import argparse
import sys
from collections.abc import Iterable

from bot.cli.console import read_bytes, say, say_json
from bot.cli.files import open_document, read_document_as_plan
from bot.clock import utc_now
from bot.domain.assignment.reader import read_assignment
from bot.domain.days import local_day
from bot.domain.deadline import (
    DateDeadline,
    Deadline,
    Ongoing,
    Recurring,
    Relative,
    calendar_year,
)
from bot.domain.errors import UserError
from bot.domain.grammar.reader import read_deadlines
from bot.domain.plan import PlanReading
from bot.domain.problem import N_
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.i18n import Translator
from bot.intake.document import decode_text
from bot.intake.export import assignment_to_json, deadline_to_json, plan_to_json
from bot.services import offices
from bot.settings import Settings
from storage.db import Database

DEADLINE, LEADS = N_("Deadline:"), N_("Leads:")
COOPERATES, INTERNAL = N_("Cooperates:"), N_("Internal:")
TO_LOOK_AT = N_("To look at:")
TARGET = N_("Target:")
NO_UNITS = N_("No unit was found in {name}, so nothing has changed.")


async def registry_for(args: argparse.Namespace, settings: Settings) -> UnitRegistry:
    """Return the units of the file named, else of the database, else none.

    Raises:
        UserError: the file cannot be read.
    """
    if args.units is not None:
        text = decode_text(read_bytes(args.units), args.units.name)
        units, problems = read_units_csv(text)
        if not units:
            raise (
                UserError(problems[0].msgid, **dict(problems[0].params))
                if problems
                else (UserError(NO_UNITS, name=args.units))
            )
        return UnitRegistry(units)
    stored = settings.database_file()
    if stored is None or not stored.exists():
        return UnitRegistry(())
    db = Database(settings.async_database_url())
    try:
        await db.migrate()
        return UnitRegistry(tuple(await offices.all_units(db)))
    finally:
        await db.close()


async def read(args: argparse.Namespace, settings: Settings, tr: Translator) -> int:
    """`nhacviec read FILE`: show the plan as understood."""
    registry = await registry_for(args, settings)
    document = open_document(read_bytes(args.file), args)
    reading = read_document_as_plan(document, registry, args)
    if args.json:
        say_json(plan_to_json(reading, tr.problem))
    else:
        for line in describe(reading, tr):
            say(line)
    return 0


def describe(reading: PlanReading, tr: Translator) -> Iterable[str]:
    """Yield a plan in lines for a person: every item, its dates, units and problems."""
    yield reading.title
    yield tr.n("{count} item", "{count} items", len(reading.items))
    section = ""
    for item in reading.items:
        if item.section != section:
            section = item.section
            yield f"\n{section}"
        yield f"\n  {item.code}  {item.title}"
        yield f"      {tr(DEADLINE)} {item.deadline_text or '–'}"
        for deadline in item.deadlines:
            yield f"        → {phrase(deadline, tr)}"
        if item.indicator:
            yield f"      {tr(TARGET)} {item.indicator.text}"
        if item.lead:
            yield f"      {tr(LEADS)} {tr.listing(u.name for u in item.lead)}"
        if item.cooperate:
            yield f"      {tr(COOPERATES)} {tr.listing(u.name for u in item.cooperate)}"
        for due in item.unit_deadlines:
            who = tr.listing(u.name for u in due.units)
            yield f"      {tr(INTERNAL)} {who} → {phrase(due.deadline, tr)}"
        for found in item.problems:
            yield f"      ⚠ {tr.problem(found)}"
    if reading.problems:
        yield f"\n{tr(TO_LOOK_AT)}"
        for found in reading.problems:
            yield f"  ⚠ {tr.problem(found)}"


def phrase(deadline: Deadline, tr: Translator) -> str:
    """Return a deadline in words, its day with the weekday."""
    label = getattr(deadline, "label", None)
    head = f"{label}: " if label else ""
    if isinstance(deadline, DateDeadline):
        start = f"{tr.date(deadline.start)} – " if deadline.start else ""
        return f"{head}{start}{tr.long_date(deadline.due)}"
    if isinstance(deadline, Recurring):
        return f"{head}{tr.listing(tr.date(day) for day in deadline.dates)}"
    if isinstance(deadline, Relative):
        return tr(N_("counted from: {event}"), event=deadline.event)
    if isinstance(deadline, Ongoing):
        return tr(N_("Ongoing")).lower()
    return tr(N_("no date: {ref}"), ref=deadline.ref)


def _texts(text: str) -> Iterable[str]:
    return (line.rstrip("\r\n") for line in sys.stdin) if text == "-" else [text]


async def deadline(args: argparse.Namespace, _settings: Settings, tr: Translator) -> int:
    """`nhacviec deadline TEXT|-`: explain a phrase; from standard input one JSON object a line."""
    for text in _texts(args.text):
        reading = read_deadlines(text, calendar_year(args.year))
        warnings = [tr.problem(found) for found in reading.problems]
        if args.json or args.text == "-":
            found = [deadline_to_json(d) for d in reading.deadlines]
            value = {"text": text, "deadlines": found, "warnings": warnings}
            say_json(value, indent=None if args.text == "-" else 2)
            continue
        for one in reading.deadlines:
            say(phrase(one, tr))
        for warning in warnings:
            say(f"⚠ {warning}")
    return 0


async def assignment(args: argparse.Namespace, settings: Settings, tr: Translator) -> int:
    """`nhacviec assignment TEXT|-`: explain a cell; from standard input one JSON object a line."""
    registry = await registry_for(args, settings)
    period = calendar_year(args.year or local_day(utc_now()).year)
    for text in _texts(args.text):
        found = read_assignment(text, registry, period, column=args.column)
        if args.json or args.text == "-":
            value = assignment_to_json(text, found, tr.problem)
            say_json(value, indent=None if args.text == "-" else 2)
            continue
        say(f"{tr(LEADS)} {tr.listing(u.name for u in found.lead) or '–'}")
        say(f"{tr(COOPERATES)} {tr.listing(u.name for u in found.cooperate) or '–'}")
        for due in found.unit_deadlines:
            who = tr.listing(u.name for u in due.units)
            say(f"{tr(INTERNAL)} {who} → {phrase(due.deadline, tr)}")
        for one in found.problems:
            say(f"⚠ {tr.problem(one)}")
    return 0
