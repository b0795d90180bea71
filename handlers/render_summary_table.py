"""The summary of a period as a table by unit, and its rate over the last periods. Pure."""

from bot.domain.figures import Tally
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.reports.charts import Series, Trend
from bot.reports.sheet import Column, Row, Sheet
from bot.services.messages_summary import Summary
from handlers.render_periods import period_name, short_period

COLUMNS = (
    (N_("No."), 6),
    (N_("Unit"), 40),
    (N_("Total"), 10),
    (N_("Done"), 10),
    (N_("Done early"), 10),
    (N_("On time"), 10),
    (N_("Done late"), 10),
    (N_("Not done"), 10),
    (N_("In time"), 10),
    (N_("Overdue"), 10),
    (N_("No date"), 12),
    (N_("Extensions"), 10),
    (N_("On-time rate"), 14),
    (N_("Note"), 30),
)


def summary_sheet(found: Summary, tr: Translator) -> Sheet:
    """Return the table by unit: its rows count parts, the last two sum them and count items."""
    columns = tuple(Column(tr(name), width) for name, width in COLUMNS)
    rows: list[Row] = [
        _row(str(number), row.unit or tr(N_("Nobody assigned")), row.tally, tr)
        for number, row in enumerate(found.figures.units, start=1)
    ]
    rows.append(_row("", tr(N_("Sum of the units (parts)")), found.figures.parts, tr))
    rows.append(_row("", tr(N_("Total (items)")), found.figures.items, tr))
    name = period_name(found.period, tr)
    title = tr(
        N_("Results of {period}: {first} – {last}. Rows of units count parts, the total items"),
        period=name,
        first=tr.date(found.figures.first),
        last=tr.date(found.figures.last),
    )
    return Sheet(tr(N_("Summary")), title, columns, tuple(rows))


def _row(number: str, name: str, tally: Tally, tr: Translator) -> Row:
    notes = (
        (tally.awaiting, N_("awaiting confirmation {count}")),
        (tally.returns, N_("returned {count}")),
        (tally.missing_evidence, N_("without evidence {count}")),
    )
    rate = tr.percent(tally.on_time, tally.total) if tally.total else "–"
    return (
        number,
        name,
        tally.total,
        tally.done,
        tally.early,
        tally.on_time,
        tally.late,
        tally.open,
        tally.open_in_time,
        tally.overdue,
        tally.undated,
        tally.extensions,
        f"{tally.on_time}/{tally.total} = {rate}" if tally.total else rate,
        "; ".join(tr(words, count=count) for count, words in notes if count),
    )


def trend(found: Summary, tr: Translator) -> Trend:
    """Return the on-time rate over the last periods of the same kind."""
    shown = found.trend
    approved = [(point.on_time, point.total) for point in shown]
    first = [(point.original_on_time, point.original_total) for point in shown]
    lines = [_series(tr(N_("against the approved dates")), "#174A87", "o", approved, tr)]
    if first != approved:
        words = tr(N_("against the first dates"))
        lines.append(_series(words, "#B45309", "s", first, tr, dashed=True))
    bands = [band for band in found.rules.bands if 80 <= band[0] < 100]
    return Trend(
        tr(N_("On-time rate")),
        tr(N_("of all tasks assigned in the period")),
        tuple(short_period(point.period, tr) for point in shown),
        tuple(lines),
        tuple(
            (
                low,
                tr(
                    N_("{points} points from {percent}%"),
                    points=tr.decimal_of(value),
                    percent=tr.decimal_of(low),
                ),
            )
            for low, value in bands
        ),
    )


def _series(
    label: str,
    colour: str,
    marker: str,
    rates: list[tuple[int, int]],
    tr: Translator,
    *,
    dashed: bool = False,
) -> Series:
    return Series(
        label,
        colour,
        marker,
        tuple(100 * part / whole if whole else None for part, whole in rates),
        tuple(tr.percent(part, whole) if whole else "" for part, whole in rates),
        dashed,
    )
