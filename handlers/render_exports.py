"""The messages around files, and due days as calendar events. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from bot.domain.problem import N_
from bot.domain.progress_table import ProgressTable
from bot.domain.records import ClosedPlan
from bot.domain.vietnamese import fold
from bot.domain.windows import ReportPeriod
from bot.domain.work import Part
from bot.i18n import Translator
from bot.reports.calendar_file import DueEvent
from bot.services.messages import Button, Outgoing
from bot.services.period_reports import REPORTS
from bot.services.progress_table import PlanHere
from handlers.callbacks import Press, data, pair_data
from handlers.naming import plan_words
from handlers.render_periods import period_name
from handlers.words import clip

MOST_UNITS = 60
CHOICES = (
    ((Press.EXPORT_TABLE, N_("📊 Progress table (XLSX)")),),
    ((Press.EXPORT_REPORT, N_("📝 Draft report (DOCX, PDF)")),),
    ((Press.EXPORT_FOLDER, N_("🗂 Folder of proofs (ZIP)")),),
    ((Press.EXPORT_DATES, N_("🗓 Due days (ICS)")),),
    ((Press.CHART_UNITS, N_("📈 Chart by unit")), (Press.CHART_YEAR, N_("🗓 The year"))),
)


def choices(
    plan_id: int, title: str, closed: ClosedPlan | None, tr: Translator, *, report: bool
) -> Outgoing:
    """Offer what a plan can be sent as; `report`: as the draft of a report too.

    Of one that was closed nothing falls due any more.
    """
    left_out = {Press.EXPORT_REPORT: not report, Press.EXPORT_DATES: closed is not None}
    rows = tuple(
        tuple(Button(tr(words), data(press, plan_id)) for press, words in row)
        for row in CHOICES
        if not left_out.get(row[0][0], False)
    )
    text = tr(N_("What shall I send of “{plan}”?"), plan=plan_words(title, closed, tr, 200))
    return Outgoing(f"📁 {escape(text)}", rows)


def which_plan(found: Sequence[PlanHere], tr: Translator) -> Outgoing:
    """Ask which plan."""
    rows = tuple(
        (Button(plan_words(title, closed, tr, 40), data(Press.EXPORT_PLAN, plan_id)),)
        for plan_id, title, closed in found[:20]
    )
    return Outgoing(escape(tr(N_("Which plan?"))), rows)


def which_report(plan_id: int, year: int, tr: Translator) -> Outgoing:
    """Ask which period the report is of."""
    buttons = [
        Button(
            period_name(ReportPeriod(kind, year, number), tr),
            pair_data(Press.EXPORT_DRAFT, plan_id, place),
        )
        for place, (kind, number) in enumerate(REPORTS)
    ]
    back = Button(tr(N_("⬅ Back")), data(Press.EXPORT_PLAN, plan_id))
    return Outgoing(
        escape(tr(N_("The report of which period?"))), (*((one,) for one in buttons), (back,))
    )


def which_unit(table: ProgressTable, tr: Translator) -> Outgoing:
    """Ask whose due days: all of them, or those of a unit that still owes something."""
    owed = [line.part for row in table.rows for line in row.lines if _has_event(line.part)]
    counts = Counter((part.unit_id, part.unit) for part in owed if part.unit_id is not None)
    everything = Button(tr(N_("🗓 All units")), data(Press.EXPORT_ALL_DATES, table.plan_id))
    units = [
        Button(
            f"{clip(name, 50)} ({count})", pair_data(Press.EXPORT_UNIT_DATES, table.plan_id, key)
        )
        for (key, name), count in sorted(counts.items(), key=lambda one: one[0][0])[:MOST_UNITS]
    ]
    back = Button(tr(N_("⬅ Back")), data(Press.EXPORT_PLAN, table.plan_id))
    rows = tuple((one,) for one in (everything, *units, back))
    return Outgoing(escape(tr(N_("The due days of which unit? In brackets: still owed."))), rows)


def _has_event(part: Part) -> bool:
    return part.due is not None and part.pending and not part.unsettled


def file_name(words: str, table: ProgressTable, ending: str) -> str:
    """Return a file's name without tone marks: every program takes it."""
    stem = f"{words} {table.plan_title}"
    plain = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")
    return f"{plain[:60].rstrip('-')}-{table.day:%Y%m%d}.{ending}"


def due_events(table: ProgressTable, tr: Translator) -> list[DueEvent]:
    """Return an event for each due day that is still owed, the units that owe it together."""
    events: dict[tuple[int, str], DueEvent] = {}
    owing: dict[tuple[int, str], list[str]] = {}
    for row in table.rows:
        for line in row.lines:
            part = line.part
            if part.due is None or not _has_event(part):
                continue
            key = (part.item_id, part.due.isoformat())
            owing.setdefault(key, []).append(part.unit)
            events[key] = DueEvent(
                f"item-{part.item_id}-{part.due:%Y%m%d}",
                part.due,
                f"{part.code} · {clip(part.title, 120)}",
                _description(row.item.deadline_text, row.item.product, owing[key], tr),
            )
    return sorted(events.values(), key=lambda event: (event.day, event.key))


def _description(deadline: str, product: str, units: Sequence[str], tr: Translator) -> str:
    said = (
        (N_("Deadline: {text}"), deadline),
        (N_("Product: {text}"), product),
        (N_("To report: {text}"), tr.listing(dict.fromkeys(unit for unit in units if unit))),
    )
    return "\n".join(tr(msgid, text=text) for msgid, text in said if text)
