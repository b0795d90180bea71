"""`load --update` and `undo-load`: newer versions of a plan, from the command line."""

import argparse
import hashlib
import sys

from bot.cli.console import confirm, say
from bot.clock import utc_now
from bot.domain.errors import UserError
from bot.domain.plan import PlanReading
from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.i18n import Translator
from bot.services import offices, versions
from bot.services.plans import taken_for_granted
from bot.services.versions import Source
from bot.services.versions_diff import Predecessor, VersionDiff
from bot.settings import Settings
from handlers.render_version_lines import applied_lines, change_lines, counts_line, undone_line
from storage.db import Database

STATES = {PlanState.DRAFT: N_("draft"), PlanState.ACTIVE: N_("active")}
NO_SUCH_PLAN = N_("No plan, or more than one, is called “{name}”. Use the number of one:\n{plans}")
NO_PLAN_LIKE_IT = N_(
    "No plan looks like this one. Say which it changes: --update NUMBER.\n{plans}"
)
NEAR_COPY = N_(
    "This looks like “{title}” ({percent} of 100 alike), so it was not loaded beside it. "
    "With --update it changes that plan, with --separate it is loaded as a plan of its own."
)

OTHER_PLAN = N_(
    "Most items of “{title}” are not in this file, so it may be another plan. "
    "Nothing has changed. Accept it without --yes, or load it with --separate."
)
LOSES_DATES = N_(
    "These items would lose their date: {codes}. Nothing has changed. Mend the file, or accept it "
    "without --yes."
)


async def choose_update(
    args: argparse.Namespace, db: Database, office_id: int, reading: PlanReading, tr: Translator
) -> int | None:
    """Return the plan that a file is a newer version of; None: it is a plan of its own.

    A near-copy is asked about; without a terminal it is refused, never loaded twice in silence.

    Raises:
        UserError: it is not clear which plan is meant.
    """
    if args.update:
        return await _named(db, office_id, args.update, tr)
    if args.separate:
        return None
    digest = hashlib.sha256(args.file.read_bytes()).hexdigest()
    near = await versions.find_predecessor(db, office_id, reading, but_file=digest)
    if args.update is not None:
        if near is None:
            raise UserError(NO_PLAN_LIKE_IT, plans=await _listing(db, office_id, tr))
        return near.plan_id
    return _ask(near, tr) if near else None


def _ask(near: Predecessor, tr: Translator) -> int | None:
    params = {"title": near.title, "percent": near.percent}
    if not sys.stdin.isatty():
        raise UserError(NEAR_COPY, **params)
    words = N_("This looks like “{title}” ({percent} of 100 alike). Is it a newer version of it?")
    return near.plan_id if confirm(tr(words, **params), tr) else None


async def _named(db: Database, office_id: int, name: str, tr: Translator) -> int:
    found = await versions.plans_to_update(db, office_id)
    same = [
        plan.id
        for plan in found
        if str(plan.id) == name or name.casefold() in plan.title.casefold()
    ]
    exact = [plan.id for plan in found if str(plan.id) == name]
    if len(exact or same) != 1:
        raise UserError(NO_SUCH_PLAN, name=name, plans=await _listing(db, office_id, tr))
    return (exact or same)[0]


async def _listing(db: Database, office_id: int, tr: Translator) -> str:
    found = await versions.plans_to_update(db, office_id)
    return "\n".join(f"{one.id}  {one.title}  [{tr(STATES[one.state])}]" for one in found) or "–"


async def update(
    args: argparse.Namespace,
    db: Database,
    office_id: int,
    plan_id: int,
    reading: PlanReading,
    tr: Translator,
) -> int:
    """`nhacviec load FILE --update [PLAN]`: show what would change, and apply it when told to.

    Without `--yes` it asks; without a terminal it only shows.
    """
    reading, taken = taken_for_granted(reading)
    for note in taken:
        say(f"≈ {tr.problem(note)}")
    diff = await versions.compare(db, office_id, plan_id, reading)
    say(tr(N_("A newer version of “{title}”"), title=diff.title))
    say(counts_line(diff, tr))
    for change in diff.changes:
        for line in change_lines(change, tr):
            say(line)
    if not diff.changes:
        say(tr(N_("It says the same as the plan.")))
        return 0
    if args.yes:
        _check_unasked(diff, tr)
    elif not confirm(tr(N_("Accept all changes?")), tr):
        say(tr(N_("Nothing has changed. Accept it with --yes, or item by item in the chat.")))
        return 0
    source = Source(args.file.name, hashlib.sha256(args.file.read_bytes()).hexdigest())
    done = await versions.apply(db, office_id, plan_id, reading, source, utc_now())
    for line in applied_lines(done, tr):
        say(line)
    return 0


def _check_unasked(diff: VersionDiff, tr: Translator) -> None:
    """Let only pass without a question what loses neither the plan nor a date.

    Raises:
        UserError: a person must look at it first.
    """
    if diff.replaces:
        raise UserError(OTHER_PLAN, title=diff.title)
    if lost := diff.losing_dates():
        raise UserError(LOSES_DATES, codes=tr.listing(lost))


async def undo_load(
    args: argparse.Namespace, db: Database, settings: Settings, tr: Translator
) -> int:
    """`nhacviec undo-load [PLAN]`: take back the newest version of a plan, or its load."""
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    if args.plan is None:
        say(await _listing(db, office_id, tr))
        return 0
    plan_id = await _named(db, office_id, args.plan, tr)
    say(undone_line(await versions.undo(db, office_id, plan_id, utc_now()), tr))
    return 0
