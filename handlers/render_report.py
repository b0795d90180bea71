"""The draft of a periodic report, by Nghị định 30/2020/NĐ-CP: numbers and lists. Pure.

What only people can write is a marked gap; there is no number, no day of issue, no signature.
A report is written in the language of `tr`, which is Vietnamese whoever asks for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.problem import N_
from bot.domain.report_period import DueItem, PeriodReport, count
from bot.i18n import Translator
from bot.reports.official import Block, Gap, Heading, Official, Paragraph
from bot.reports.official_parts import GridTable
from handlers.render_progress_table import CENTRED, COLUMNS, text_rows
from handlers.words import clip

MOST_LISTED, MOST_PROOFS = 12, 3
MONTH_GAP = "     "


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as it stands at the head: `parent` and `place` may be empty; `code` as in STP."""

    office: str
    parent: str
    place: str
    code: str


def report(found: PeriodReport, period: str, head: Letterhead, tr: Translator) -> Official:
    """Return the draft; `period` is its name in a sentence ("quý I năm 2026")."""
    year = found.last.year
    number = tr(N_("No.:        /BC-{code}"), code=head.code)
    day = tr(N_("day {gap} month {gap} year {year}"), gap=MONTH_GAP, year=year)
    return Official(
        parent=head.parent.upper(),
        body_name=head.office.upper(),
        nation=tr(N_("SOCIALIST REPUBLIC OF VIET NAM")),
        motto=tr(N_("Independence – Freedom – Happiness")),
        number=number,
        place_and_day=f"{head.place or '…'}, {day}",
        kind=tr(N_("REPORT")),
        about=tr(
            N_("Results of carrying out “{plan}”, {period}"),
            plan=found.table.plan_title,
            period=period,
        ),
        to=tr(N_("To: [receiver of the report]")),
        blocks=_body(found, period, tr),
        receivers_title=tr(N_("Copies to:")),
        receivers=(
            tr(N_("- As above;")),
            tr(N_("- Director and Deputy Directors;")),
            tr(N_("- Units of the office;")),
            tr(N_("- Files: VT, VP.")),
        ),
        signer=(tr(N_("DIRECTOR")),),
        annex_title=(
            tr(N_("ANNEX")),
            tr(N_("PROGRESS OF THE TASKS, {period}"), period=period.upper()),
            tr(
                N_("(With Report No.        /BC-{code}, {day}, of {office})"),
                code=head.code,
                day=day,
                office=head.office,
            ),
        ),
        annex=GridTable(
            tuple((tr(name), width) for name, _, width in COLUMNS),
            tuple(text_rows(found.table, tr, proofs=MOST_PROOFS)),
            CENTRED,
        ),
    )


def _body(found: PeriodReport, period: str, tr: Translator) -> tuple[Block, ...]:
    return (
        Heading(tr(N_("I. DIRECTION AND MANAGEMENT"))),
        *_counts(found, period, tr),
        Gap(tr(N_("[State the documents of direction that were issued, with number and date]"))),
        Heading(tr(N_("II. RESULTS BY FIELD"))),
        *_sections(found, tr),
        Heading(tr(N_("III. ASSESSMENT"))),
        Paragraph(tr(N_("1. Results"))),
        Gap(tr(N_("[Assess the results]"))),
        Paragraph(tr(N_("2. Shortcomings"))),
        *_open(found, tr),
        Gap(tr(N_("[Assess the shortcomings]"))),
        Paragraph(tr(N_("3. Causes"))),
        Gap(tr(N_("[State the causes]"))),
        Heading(tr(N_("IV. TASKS OF THE COMING PERIOD"))),
        *_listed(found.following, tr, N_("No task is due in the coming period.")),
        Gap(tr(N_("[Add other tasks]"))),
        Heading(tr(N_("V. PROPOSALS"))),
        Gap(tr(N_("[State proposals, or write: none]"))),
    )


def _counts(found: PeriodReport, period: str, tr: Translator) -> list[Block]:
    all_ = found.counts
    first, last = tr.date(found.first), tr.date(found.last)
    assigned = tr(
        N_(
            "In {period} (figures from {first} to {last}) {total} tasks were to be carried out, "
            "counting each due day and those carried over."
        ),
        period=period,
        first=first,
        last=last,
        total=tr.number(all_.total),
    )
    done = tr(
        N_(
            "Done: {done} ({share}); on time {on_time}, of these early {early}; late {late}. "
            "Not done: {open} – in time {in_time}, overdue {overdue}."
        ),
        done=tr.number(all_.done),
        share=_share(all_.done, all_.total, tr),
        on_time=tr.number(all_.on_time),
        early=tr.number(all_.early),
        late=tr.number(all_.late),
        open=tr.number(all_.open),
        in_time=tr.number(all_.open_in_time),
        overdue=tr.number(all_.overdue),
    )
    rate = tr(
        N_("On-time rate: {on_time}/{total} tasks assigned in the period ({share})."),
        on_time=tr.number(all_.on_time),
        total=tr.number(all_.total),
        share=_share(all_.on_time, all_.total, tr),
    )
    return [Paragraph(text) for text in (assigned, done, *_apart(found, tr), rate)]


def _apart(found: PeriodReport, tr: Translator) -> list[str]:
    """Return what stands apart: reports that wait, and figures that were closed before."""
    said = []
    if waiting := found.counts.awaiting:
        words = N_("Of those not done, {count} were reported and await confirmation.")
        said.append(tr(words, count=tr.number(waiting)))
    if found.frozen_at is not None:
        said.append(tr(N_("Figures as closed at {moment}."), moment=tr.moment(found.frozen_at)))
    return said


def _share(part: int, whole: int, tr: Translator) -> str:
    return tr.percent(part, whole) if whole else "–"


def _sections(found: PeriodReport, tr: Translator) -> list[Block]:
    blocks: list[Block] = []
    for place, (name, items) in enumerate(found.sections, start=1):
        counts = count(items)
        blocks.append(Heading(f"{place}. {_without_number(name)}"))
        said = tr(
            N_(
                "{total} tasks; done {done}, on time {on_time}; not done {open}, "
                "overdue {overdue}."
            ),
            total=tr.number(counts.total),
            done=tr.number(counts.done),
            on_time=tr.number(counts.on_time),
            open=tr.number(counts.open),
            overdue=tr.number(counts.overdue),
        )
        blocks.append(Paragraph(said))
        finished = [item for item in items if item.day.reported_on is not None]
        blocks += _listed(finished, tr, N_("No task of this field was completed in the period."))
        blocks.append(Gap(tr(N_("[Describe the results of this field]"))))
    return blocks


def _without_number(name: str) -> str:
    """Return a section's name without the numeral it has in the plan."""
    head, dot, rest = name.partition(". ")
    return rest if dot and len(head) <= 6 else name


def _open(found: PeriodReport, tr: Translator) -> list[Block]:
    late = [item for item in found.items if item.day.late]
    return _listed(late, tr, N_("No task is overdue or was done late."))


def _listed(items: Iterable[DueItem], tr: Translator, nothing: str) -> list[Block]:
    """Return a line for each item, its due days together."""
    by_item: dict[int, list[DueItem]] = {}
    for item in items:
        by_item.setdefault(item.entry.item.id, []).append(item)
    found = list(by_item.values())
    if not found:
        return [Paragraph(tr(nothing))]
    blocks: list[Block] = [Paragraph(f"- {_line(days, tr)}") for days in found[:MOST_LISTED]]
    rest = len(found) - MOST_LISTED
    if rest > 0:
        more = tr.n("- and {count} more task (annex).", "- and {count} more tasks (annex).", rest)
        blocks.append(Paragraph(more))
    return blocks


def _line(days: Sequence[DueItem], tr: Translator) -> str:
    facts = days[0].entry.item
    title = clip(facts.title, 200).rstrip(".;")
    return f"{facts.code}: {title} ({'; '.join(_day(day, tr) for day in days)});"


def _day(item: DueItem, tr: Translator) -> str:
    day = item.day
    if day.tally.awaiting and day.reported_on is not None:
        return tr(N_("reported on {day}, awaits confirmation"), day=tr.date(day.reported_on))
    if day.finished_on is None:
        words = N_("due {day}, overdue") if day.late else N_("due {day}")
        return tr(words, day=tr.date(day.due))
    words = N_("done on {day}, late") if day.late else N_("done on {day}")
    return tr(words, day=tr.date(day.finished_on))
