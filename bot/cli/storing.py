"""`units`, `load`, `invite`, `migrate`: commands over the database."""

import argparse

from bot.cli import versions
from bot.cli.console import confirm, read_bytes, say, say_json, write_bytes
from bot.cli.files import open_document, read_document_as_plan
from bot.clock import utc_now
from bot.domain.days import local_day
from bot.domain.errors import BearsSecretMark, UserError
from bot.domain.evidence import document_bears_secret_mark
from bot.domain.plan import PlanReading, Unit
from bot.domain.problem import N_
from bot.domain.roles import ChatPurpose, Role
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry
from bot.i18n import Translator
from bot.intake.document import decode_text
from bot.reports.sheet import write_sheet
from bot.services import invitations, offices, plans, process
from bot.services.loading_summary import summary_of_plan
from bot.services.plans import Activated
from bot.settings import Settings
from handlers.render_loading import summary_lines
from handlers.render_loading_list import plan_sheet
from storage.db import Database


async def units(args: argparse.Namespace, db: Database, settings: Settings, tr: Translator) -> int:
    """`nhacviec units load FILE.csv` and `units list`."""
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    if args.act == "load":
        found = _read_units(args, tr)
        count = await offices.load_units(db, office_id, found, utc_now())
        say(tr.n("There is {count} unit now.", "There are {count} units now.", count))
        return 0
    for stored in await offices.units_of(db, office_id):
        unit = stored.unit
        beside = " | ".join(name for name in (unit.short, *unit.aliases) if name)
        say(f"{unit.name}  ({beside or '–'})  [{unit.group or '–'}]")
    return 0


def _read_units(args: argparse.Namespace, tr: Translator) -> tuple[Unit, ...]:
    path = args.file if args.command == "units" else args.units
    found, problems = read_units_csv(decode_text(read_bytes(path), path.name))
    for one in problems:
        say(f"⚠ {tr.problem(one)}")
    if not found:
        raise UserError(N_("No unit was found in {name}, so nothing has changed."), name=path)
    return found


async def load(args: argparse.Namespace, db: Database, settings: Settings, tr: Translator) -> int:
    """`nhacviec load FILE`: store a plan, say what was understood, activate it when asked to.

    Without `--activate` or `--yes` it is a draft: nobody is reminded.
    """
    source = read_bytes(args.file)
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    listed = _read_units(args, tr) if args.units else ()
    today = local_day(utc_now())
    stored = [known.unit for known in await offices.units_of(db, office_id, on=today)]
    names = {unit.name for unit in listed}
    registry = UnitRegistry((*listed, *(unit for unit in stored if unit.name not in names)))
    document = open_document(source, args)
    if document_bears_secret_mark(document):
        raise BearsSecretMark(
            N_("The file {name} bears a mark of state secrecy, so it was not loaded."),
            name=args.file.name,
        )
    reading = read_document_as_plan(document, registry, args)
    _show_problems(reading, tr)
    changes = await versions.choose_update(args, db, office_id, reading, tr)
    if changes is not None:
        if args.xlsx:
            raise UserError(N_("--xlsx goes with loading a plan, not with --update."))
        return await versions.update(args, db, office_id, changes, reading, tr)
    if listed:
        await offices.load_units(db, office_id, listed, utc_now())
    loaded = await plans.store(
        db,
        office_id,
        reading,
        source,
        args.file.name,
        utc_now(),
        accept_suggestions=args.yes,
    )
    for note in loaded.taken:
        say(f"≈ {tr.problem(note)}")
    draft, counted = await summary_of_plan(db, office_id, loaded.plan_id, utc_now())
    for line in summary_lines(counted, tr):
        say(line)
    if args.xlsx:
        write_bytes(args.xlsx, write_sheet(plan_sheet(draft, tr)))
        say(tr(N_("The list was written to {name}."), name=args.xlsx))
    if args.yes or (args.activate and confirm(tr(N_("Activate this plan?")), tr)):
        _show_activated(await plans.activate(db, office_id, loaded.plan_id, utc_now()), tr)
    elif args.activate:
        say(tr(N_("It is a draft: nobody is reminded. Load it again with --yes to activate it.")))
    else:
        say(tr(N_("It is a draft: nobody is reminded until it is activated (--activate).")))
    return 0


def _show_problems(reading: PlanReading, tr: Translator) -> None:
    say(reading.title)
    for found in reading.problems:
        say(f"⚠ {tr.problem(found)}")
    for item in reading.items:
        for found in item.problems:
            say(f"⚠ {item.code}: {tr.problem(found)}")


def _show_activated(done: Activated, tr: Translator) -> None:
    say(tr(N_("Active: “{title}”."), title=done.title))
    say(tr.n("{count} part to report.", "{count} parts to report.", done.parts))
    if done.past:
        say(
            tr.n(
                "{count} date is past: Văn phòng is asked about it, nobody is reminded.",
                "{count} dates are past: Văn phòng is asked about them, nobody is reminded.",
                done.past,
            )
        )
    if done.unassigned:
        say(tr(N_("Nobody is assigned to: {codes}."), codes=tr.listing(done.unassigned)))


async def invite(
    args: argparse.Namespace, db: Database, settings: Settings, tr: Translator
) -> int:
    """`nhacviec invite ROLE|chat`: print a one-time code and its deep link."""
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    role = None if args.who == "chat" else Role(args.who)
    purpose = None
    if role is None:
        if bool(args.unit) == bool(args.purpose):
            raise UserError(
                N_("Say what the chat is for: --unit NAME, --for office or --for leaders.")
            )
        purpose = ChatPurpose.UNIT if args.unit else ChatPurpose(args.purpose)
    code = await invitations.invite(
        db, office_id, utc_now(), role=role, purpose=purpose, unit_name=args.unit
    )
    name = await process.bot_name(db)
    start = "start" if role is not None else "startgroup"
    link = f"https://t.me/{name}?{start}={code}" if name else None
    if args.json:
        say_json({"code": code, "link": link})
        return 0
    say(tr(N_("Code: {code}"), code=code))
    say(tr(N_("Link: {link}"), link=link or tr(N_("known once the bot has run"))))
    where = N_("In private: /dang_ky {code}") if role else N_("In the group: /dang_ky {code}")
    say(tr(where, code=code))
    say(tr(N_("It works once, for 7 days.")))
    return 0


async def migrate(
    _args: argparse.Namespace, _db: Database, _settings: Settings, tr: Translator
) -> int:
    """`nhacviec migrate`: the tables were brought up to date before this is called."""
    say(tr(N_("The tables are up to date.")))
    return 0
