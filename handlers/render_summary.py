"""The summary of a period in words. Pure."""

from html import escape

from bot.domain.figures import UnitTally
from bot.domain.problem import N_
from bot.domain.rules import Denominator
from bot.domain.scoring import (
    best_left,
    best_whole,
    count_bands,
    points,
    room_for_late,
    whole_of,
)
from bot.domain.tally import Tally
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_summary import Summary, SummaryMessage
from handlers.callbacks import Press, data, period_data
from handlers.pages import Block, paginate
from handlers.receipt_keys import received
from handlers.render_indicators import bars
from handlers.render_periods import period_name, short_period
from handlers.words import band_words

# How many periods fit into a line on a phone; the picture shows more.
TREND_SHOWN = 4
RATES = {
    Denominator.ASSIGNED: N_("On-time rate: {fraction} = {percent} of all tasks assigned"),
    Denominator.FALLEN_DUE: N_("On-time rate: {fraction} = {percent} of those fallen due"),
    Denominator.COMPLETED: N_("On-time rate: {fraction} = {percent} of those done"),
}
FRACTIONS = {
    Denominator.ASSIGNED: N_("{fraction} of all assigned"),
    Denominator.FALLEN_DUE: N_("{fraction} of those fallen due"),
    Denominator.COMPLETED: N_("{fraction} of those done"),
}
UNIT_RATES = {
    Denominator.ASSIGNED: N_("By unit (each counts its own parts, internal dates too)"),
    Denominator.FALLEN_DUE: N_("By unit (parts on time, of those fallen due)"),
    Denominator.COMPLETED: N_("By unit (parts on time, of those done)"),
}


def summary_message(message: SummaryMessage, tr: Translator) -> list[Outgoing]:
    """Return a summary as it is sent when its window closed."""
    rows = ((received(message.outbox_id, tr),),)
    return summary(message.summary, tr, rows)


def summary(
    found: Summary, tr: Translator, more: tuple[tuple[Button, ...], ...] = ()
) -> list[Outgoing]:
    """Return a summary: of all units, or of the reader's own."""
    rows = (*_buttons(found, tr), *more)
    if found.own is not None:
        blocks = [*_own(found, tr), *bars(found.targets, tr)]
        return paginate(_head(found, tr), blocks, last_rows=more)
    blocks = [Block(escape(line)) for line in _totals(found, tr)]
    against = found.rules.denominator
    by_unit = tr(UNIT_RATES[against])
    title = f"<b>{escape(by_unit)}</b>"
    sum_of_units = UnitTally(None, tr(N_("Sum of the units")), found.figures.parts)
    rows_of_units = (*found.figures.units, sum_of_units)
    blocks += [Block(_unit(row, against, tr), title=title) for row in rows_of_units]
    blocks += bars(found.targets, tr)
    return paginate(_head(found, tr), blocks, foot=_foot(found, tr), last_rows=rows)


def _buttons(found: Summary, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    if found.own is not None:
        return ()
    if found.id is None:
        return (
            (
                Button(tr(N_("📊 Table (XLSX)")), period_data(Press.SUM_NOW_TABLE, found.period)),
                Button(tr(N_("📈 Trend")), period_data(Press.SUM_NOW_TREND, found.period)),
            ),
        )
    return (
        (
            Button(tr(N_("📊 Table (XLSX)")), data(Press.SUM_TABLE, found.id)),
            Button(tr(N_("📈 Trend")), data(Press.SUM_TREND, found.id)),
        ),
        (Button(tr(N_("🎯 Targets")), data(Press.SUM_TARGETS, found.id)),),
        (Button(tr(N_("✏️ Correct")), data(Press.SUM_CORRECT, found.id)),),
    )


def _head(found: Summary, tr: Translator) -> str:
    name = period_name(found.period, tr)
    first, last = found.figures.first, found.figures.last
    title = f"📊 <b>{escape(name[:1].upper() + name[1:])}</b>"
    span = tr(
        N_("figures of {first} – {last}"), first=tr.short_date(first), last=tr.short_date(last)
    )
    if found.frozen_at is not None:
        state = tr(N_("closed at {moment}"), moment=tr.moment(found.frozen_at))
    elif found.over:
        state = tr(N_("over, as it stood at its end; never closed"))
    else:
        state = tr(N_("still running, as of {moment}"), moment=tr.moment(found.now))
    lines = [title, f"<i>{escape(f'{span}; {state}')}</i>"]
    if found.version > 1:
        words = tr(
            N_("Corrected, version {version}: {reason}"),
            version=found.version,
            reason=found.reason or "",
        )
        lines.append(f"✏️ <b>{escape(words)}</b>")
    return "\n".join(lines) + "\n"


def _totals(found: Summary, tr: Translator) -> list[str]:
    row = found.figures.items
    whole = whole_of(row, found.rules.denominator)
    lines = [
        tr(
            N_(
                "{total} tasks · done {done} (on time {on_time}, of these early {early}; late "
                "{late}) · not done {open} (overdue {overdue})"
            ),
            total=row.total,
            done=row.done,
            on_time=row.on_time,
            early=_shared(row.early, whole, tr),
            late=_shared(row.late, whole, tr),
            open=row.open,
            overdue=row.overdue,
        )
    ]
    if row.awaiting:
        lines.append(tr(N_("📥 Awaiting confirmation: {count}"), count=row.awaiting))
    if row.total:
        lines.append(_rates(row, found.rules.denominator, tr))
        lines += _trend(found, tr)
        lines += _points(found, tr)
        lines += _original(found, tr)
    lines.append(_other(found, tr))
    return lines


def _shared(part: int, whole: int, tr: Translator) -> str:
    """Return a count with its share where there is one: "159 = 54,64%"."""
    return f"{part} = {tr.percent(part, whole)}" if part and whole else str(part)


def _rates(row: Tally, against: Denominator, tr: Translator) -> str:
    """Return the rate by the office's denominator, and the fractions by the two others."""
    said = [_rate(row, against, RATES[against], tr)]
    others = [one for one in Denominator if one is not against and whole_of(row, one)]
    said += [_rate(row, one, FRACTIONS[one], tr) for one in others]
    return "; ".join(said)


def _rate(row: Tally, against: Denominator, words: str, tr: Translator) -> str:
    whole = whole_of(row, against)
    percent = tr.percent(row.on_time, whole) if whole else "–"
    return tr(words, fraction=f"{row.on_time}/{whole}", percent=percent)


def _trend(found: Summary, tr: Translator) -> list[str]:
    """Return the rate of the periods before this one and of this one, on one line."""
    points_of_time = [point for point in found.trend if point.total][-TREND_SHOWN:]
    if len(points_of_time) < 2:
        return []
    rates = " → ".join(
        f"{short_period(point.period, tr)}: {tr.percent(point.on_time, point.total)}"
        for point in points_of_time
    )
    return [tr(N_("Trend of the on-time rate: {rates}"), rates=rates)]


def _points(found: Summary, tr: Translator) -> list[str]:
    """Return the points earned; while the period runs, those that can still be reached."""
    row, bands, against = found.figures.items, found.rules.bands, found.rules.denominator
    running = not found.over
    on_time = best_left(row) if running else row.on_time
    whole = best_whole(row, against) if running else whole_of(row, against)
    earned = points(on_time, whole, bands)
    if earned is None:
        return []
    words = (
        N_("If all open work is done in time: {fraction} = {percent}, {points} of {most} points")
        if running
        else N_("By the office's bands: {points} of {most} points")
    )
    said = tr(
        words,
        fraction=f"{on_time}/{whole}",
        percent=tr.percent(on_time, whole),
        points=tr.decimal_of(earned),
        most=tr.decimal_of(max(value for _, value in bands)),
    )
    room = room_for_late(on_time, whole, bands)
    if room is None:
        return [said]
    more = tr.n(
        "{count} more late task is possible before the band drops",
        "{count} more late tasks are possible before the band drops",
        room,
    )
    return [f"{said}; {more}"]


def _original(found: Summary, tr: Translator) -> list[str]:
    row = found.figures.original
    whole = whole_of(row, found.rules.denominator)
    if row == found.figures.items or not whole:
        return []
    words = tr(
        N_("Against the first dates: {fraction} = {percent}"),
        fraction=f"{row.on_time}/{whole}",
        percent=tr.percent(row.on_time, whole),
    )
    return [words]


def _other(found: Summary, tr: Translator) -> str:
    row = found.figures.parts
    return tr(
        N_(
            "Extensions {extensions} · returned {returns} · without evidence {missing} · "
            "without a date {undated} · parts updated {updated}/{total}"
        ),
        extensions=row.extensions,
        returns=row.returns,
        missing=row.missing_evidence,
        undated=row.undated,
        updated=row.updated,
        total=row.total,
    )


def _unit(row: UnitTally, against: Denominator, tr: Translator) -> str:
    tally = row.tally
    name = escape(row.unit or tr(N_("Nobody assigned")))
    if not tally.total:
        words = tr(N_("nothing due; without a date {count}"), count=tally.undated)
        return f"{name}: {escape(words)}"
    whole = whole_of(tally, against)
    words = tr(
        N_("{on_time}/{total} on time ({percent})"),
        on_time=tally.on_time,
        total=whole,
        percent=tr.percent(tally.on_time, whole) if whole else "–",
    )
    extra = (
        (tally.late, N_("late {count}")),
        (tally.overdue, N_("🔴 overdue {count}")),
        (tally.awaiting, N_("📥 awaiting {count}")),
        (tally.extensions, N_("extensions {count}")),
        (tally.returns, N_("returned {count}")),
        (tally.missing_evidence, N_("without evidence {count}")),
    )
    updated = tr(N_("updated {updated}/{total}"), updated=tally.updated, total=tally.total)
    said = [words, *(tr(msgid, count=count) for count, msgid in extra if count), updated]
    return f"{name}: {escape(' · '.join(said))}"


def _own(found: Summary, tr: Translator) -> list[Block]:
    rows = found.own or ()
    return [Block(_unit(row, found.rules.denominator, tr)) for row in rows] or [
        Block(escape(tr(N_("Nothing was due in this period."))))
    ]


def _foot(found: Summary, tr: Translator) -> str:
    bands = count_bands(found.figures.overdue_days, found.rules.overdue_bands)
    said = band_words(bands, tr)
    if not said:
        return ""
    words = tr(N_("Overdue by days late: {bands}"), bands=said)
    return escape(words)
