"""The summary of a period as a table by unit, and its rate over the last periods. Pure."""

from bot.domain.problem import N_
from bot.domain.rules import Denominator
from bot.domain.scoring import whole_of
from bot.domain.tally import Tally
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
    (N_("Updated"), 10),
    (N_("Without evidence"), 12),
)
RATES = {
    Denominator.ASSIGNED: N_("On-time rate (of all assigned)"),
    Denominator.FALLEN_DUE: N_("On-time rate (of those fallen due)"),
    Denominator.COMPLETED: N_("On-time rate (of those done)"),
}
NOTES = {
    Denominator.ASSIGNED: N_("of all tasks assigned in the period"),
    Denominator.FALLEN_DUE: N_("of the tasks fallen due in the period"),
    Denominator.COMPLETED: N_("of the tasks done in the period"),
}
OTHER = {
    Denominator.ASSIGNED: N_("Of all assigned"),
    Denominator.FALLEN_DUE: N_("Of those fallen due"),
    Denominator.COMPLETED: N_("Of those done"),
}


def summary_sheet(found: Summary, tr: Translator) -> Sheet:
    """Return the table by unit: its rows count parts, the last two sum them and count items.

    The rate is by the office's denominator; the fractions by the two others stand beside it.
    """
    first = found.rules.denominator
    order = (first, *(other for other in Denominator if other is not first))
    names = (*COLUMNS, (RATES[first], 20), *((OTHER[other], 12) for other in order[1:]))
    columns = tuple(Column(tr(name), width) for name, width in (*names, (N_("Note"), 30)))
    rows: list[Row] = [
        _row(number, row.unit or tr(N_("Nobody assigned")), row.tally, order, tr)
        for number, row in enumerate(found.figures.units, start=1)
    ]
    rows.append(_row("", tr(N_("Sum of the units (parts)")), found.figures.parts, order, tr))
    rows.append(_row("", tr(N_("Total (items)")), found.figures.items, order, tr))
    name = period_name(found.period, tr)
    title = tr(
        N_("Results of {period}: {first} – {last}. Rows of units count parts, the total items"),
        period=name,
        first=tr.date(found.figures.first),
        last=tr.date(found.figures.last),
    )
    return Sheet(tr(N_("Summary")), title, columns, tuple(rows))


def _row(
    number: int | str, name: str, tally: Tally, order: tuple[Denominator, ...], tr: Translator
) -> Row:
    notes = (
        (tally.awaiting, N_("awaiting confirmation {count}")),
        (tally.returns, N_("returned {count}")),
    )
    rate, *others = (_fraction(tally.on_time, whole_of(tally, one)) for one in order)
    whole = whole_of(tally, order[0])
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
        f"{tally.updated}/{tally.total}" if tally.total else "–",
        tally.missing_evidence,
        f"{rate} = {tr.percent(tally.on_time, whole)}" if whole else rate,
        *others,
        "; ".join(tr(words, count=count) for count, words in notes if count),
    )


def _fraction(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else "–"


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
        tr(NOTES[found.rules.denominator]),
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
