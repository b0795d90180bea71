"""The table of progress as rows of text: for the spreadsheet and for the report's annex. Pure."""

import datetime as dt
from dataclasses import replace
from html import unescape
from re import sub

from bot.domain.problem import N_
from bot.domain.progress_table import ItemProgress, ProgressTable
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState
from bot.i18n import Translator
from bot.reports.sheet import Column, Row, Sheet
from handlers.words import event_words, proof, state

# Heading, width in letters of a spreadsheet, width in centimetres of a landscape page.
COLUMNS = (
    (N_("No."), 8, 1.3),
    (N_("Task"), 44, 4.4),
    (N_("Product"), 28, 2.9),
    (N_("Deadline"), 20, 2.3),
    (N_("Leads (cooperates)"), 28, 3.1),
    (N_("State"), 22, 2.3),
    (N_("Completed on"), 14, 2.1),
    (N_("Result"), 26, 2.2),
    (N_("Evidence"), 30, 2.3),
    (N_("Note"), 20, 2.2),
)
CENTRED = frozenset({0, 3, 6})
# The sheet can be edited and loaded back, so it holds the plan's own cells as they are written.
SHEET_COLUMNS = (*COLUMNS[:9], (N_("Extensions"), 16, 0), COLUMNS[9])
MOST_NAMED = 2


def progress_sheet(table: ProgressTable, tr: Translator) -> Sheet:
    """Return the full table with its section rows.

    Loaded back as a newer version of the plan it changes what was edited in it, and nothing else.
    """
    columns = tuple(Column(tr(name), width) for name, width, _ in SHEET_COLUMNS)
    rows: list[Row] = []
    section = None
    for entry in table.rows:
        if entry.item.section != section:
            section = entry.item.section
            rows.append((section,))
        cells = _cells(entry, tr, None)
        ended = entry.finished_on or ""
        more = (cells[5], ended, *cells[7:], _extended(entry, tr), entry.note)
        rows.append((*cells[:4], _assignment(entry, tr), *more))
    # The title stays the plan's own, which a newer version takes over; the day names the page.
    progress = tr(N_("Progress"))
    day = f"{progress} {tr.date(table.day)}".replace("/", "-")
    title = title_of(table, tr) if table.units else table.plan_title
    if str(table.year) not in title:  # a reader must know which year its dates are of
        title = tr(N_("{plan} – year {year}"), plan=title, year=table.year)
    return Sheet(day, title, columns, tuple(rows))


def _assignment(entry: ItemProgress, tr: Translator) -> str:
    """Return who works on an item as the plan writes it; in its words, where it does not."""
    if entry.assignment:
        return entry.assignment
    lead, helpers = tr.listing(entry.item.lead), tr.listing(entry.item.cooperate)
    if lead and helpers:
        return tr(N_("{lead} leads; {helpers} cooperate"), lead=lead, helpers=helpers)
    return lead or helpers


def title_of(table: ProgressTable, tr: Translator) -> str:
    """Return what a table is of, and of which day."""
    plan = table.plan_title
    if table.units:
        return tr(
            N_("{plan} – {units}, as of {day}"),
            plan=plan,
            units=tr.listing(table.units),
            day=tr.long_date(table.day),
        )
    return tr(N_("{plan} – progress as of {day}"), plan=plan, day=tr.long_date(table.day))


def text_rows(
    table: ProgressTable, tr: Translator, *, proofs: int | None = None
) -> list[tuple[str, ...]]:
    """Return the rows in order, a row of a single text before each section's first item.

    Of each item's proofs only the newest `proofs` are named, None: all of them.
    """
    rows: list[tuple[str, ...]] = []
    section = None
    for entry in table.rows:
        if entry.item.section != section:
            section = entry.item.section
            rows.append((section,))
        remark = "; ".join(filter(None, (entry.note, _extended(entry, tr))))
        rows.append((*_cells(entry, tr, proofs), remark))
    return rows


def _cells(entry: ItemProgress, tr: Translator, most: int | None) -> tuple[str, ...]:
    item = entry.item
    return (
        item.code,
        item.title,
        item.product,
        item.deadline_text,
        _units(entry, tr),
        how_it_stands(entry, tr),
        tr.date(entry.finished_on) if entry.finished_on else "",
        "\n".join(entry.notes),
        _proofs(entry, most, tr),
    )


def _proofs(entry: ItemProgress, most: int | None, tr: Translator) -> str:
    # How it came to be cited so is for those at work, not for who reads the table.
    bare = (replace(one, version=1, late=False) for one in entry.proofs)
    said = list(dict.fromkeys(_plain(proof(one, tr)) for one in bare))
    if most is None or len(said) <= most:
        return "; ".join(said)
    rest = tr.n("and {count} other", "and {count} others", len(said) - most)
    return f"{'; '.join(said[-most:])}; {rest}"


def _units(entry: ItemProgress, tr: Translator) -> str:
    lead = tr.listing(entry.item.lead)
    helpers = tr.listing(entry.item.cooperate)
    return f"{lead} ({helpers})" if lead and helpers else lead or helpers


def how_it_stands(entry: ItemProgress, tr: Translator) -> str:
    """Return in words how an item stands; each lead by name where they differ."""
    told = entry.spoken_for
    if not told:
        return tr(N_("Nobody assigned"))
    words: dict[str, list[str]] = {}
    for line in told:
        words.setdefault(_words(line, tr), []).append(line.part.unit)
    if len(words) == 1:
        said = next(iter(words))
    else:
        said = "; ".join(f"{_who(units, tr)}: {word}" for word, units in words.items())
    if entry.count == 1:
        return said
    due = told[0].part.due
    event = event_words(told[0].part, tr)
    day = " – ".join(filter(None, (tr.date(due) if due else "", event)))
    when = tr(N_("{day}: {state}"), day=day, state=said) if day else said
    return tr(
        N_("{done} of {count} dates done; {rest}"), done=entry.done, count=entry.count, rest=when
    )


def _who(units: list[str], tr: Translator) -> str:
    if len(units) <= MOST_NAMED:
        return tr.listing(units)
    return tr.n("{count} unit", "{count} units", len(units))


def _words(line: Line, tr: Translator) -> str:
    said, late = state(line, tr), line.standing.days_late
    if late and line.standing.state in (DeadlineState.OVERDUE, DeadlineState.LATE):
        return tr.n("{state}, {count} day", "{state}, {count} days", late, state=said)
    return said


def _extended(entry: ItemProgress, tr: Translator) -> str:
    if not entry.extensions:
        return ""
    said = tr.n("Extended {count} time", "Extended {count} times", entry.extensions)
    first = [line.part.original_due for line in entry.spoken_for if line.part.original_due]
    return f"{said}; {_at_first(first[0], tr)}" if first else said


def _at_first(day: dt.date, tr: Translator) -> str:
    return tr(N_("originally due {day}"), day=tr.date(day))


def _plain(html: str) -> str:
    """Return what a reader sees of `html`; of a link, its address."""
    shown = sub(r'<a href="([^"]*)">[^<]*</a>', r"\1", html)
    return unescape(sub(r"<[^<>]*>", "", shown))
