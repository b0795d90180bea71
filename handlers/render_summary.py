"""The summary of a period in words. Pure."""

from html import escape

from bot.domain.figures import Tally, UnitTally, best_left, count_bands, points, room_for_late
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_summary import Summary, SummaryMessage
from handlers.callbacks import Press, data, period_data
from handlers.pages import Block, paginate
from handlers.render_indicators import bars
from handlers.render_periods import period_name, short_period
from handlers.words import band_words

# How many periods fit into a line on a phone; the picture shows more.
TREND_SHOWN = 4


def summary_message(message: SummaryMessage, tr: Translator) -> list[Outgoing]:
    """Return a summary as it is sent when its window closed."""
    rows = ((Button(tr(N_("👌 Received")), data(Press.SEEN, message.outbox_id)),),)
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
    by_unit = tr(N_("By unit (each counts its own parts, internal dates too)"))
    title = f"<b>{escape(by_unit)}</b>"
    sum_of_units = UnitTally(None, tr(N_("Sum of the units")), found.figures.parts)
    rows_of_units = (*found.figures.units, sum_of_units)
    blocks += [Block(_unit(row, tr), title=title) for row in rows_of_units]
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
    if found.frozen_at is None:
        state = tr(N_("still running, as of {moment}"), moment=tr.moment(found.now))
    else:
        state = tr(N_("closed at {moment}"), moment=tr.moment(found.frozen_at))
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
    lines = [
        tr(
            N_(
                "{total} tasks · done {done} (on time {on_time}, of these early {early}; late "
                "{late}) · not done {open} (overdue {overdue})"
            ),
            total=row.total,
            done=row.done,
            on_time=row.on_time,
            early=row.early,
            late=row.late,
            open=row.open,
            overdue=row.overdue,
        )
    ]
    if row.awaiting:
        lines.append(tr(N_("📥 Awaiting confirmation: {count}"), count=row.awaiting))
    if row.total:
        lines.append(_rates(row, tr))
        lines += _trend(found, tr)
        lines += _points(found, tr)
        lines += _original(found, tr)
    lines.append(_other(found, tr))
    return lines


def _rates(row: Tally, tr: Translator) -> str:
    rates = [
        tr(
            N_("On-time rate: {fraction} = {percent} of all tasks assigned"),
            fraction=f"{row.on_time}/{row.total}",
            percent=tr.percent(row.on_time, row.total),
        )
    ]
    if row.fallen_due:
        rates.append(
            tr(N_("{fraction} of those fallen due"), fraction=f"{row.on_time}/{row.fallen_due}")
        )
    if row.done:
        rates.append(tr(N_("{fraction} of those done"), fraction=f"{row.on_time}/{row.done}"))
    return "; ".join(rates)


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
    row, bands = found.figures.items, found.rules.bands
    running = found.frozen_at is None
    on_time = best_left(row) if running else row.on_time
    earned = points(on_time, row.total, bands)
    if earned is None:
        return []
    words = (
        N_("If all open work is done in time: {fraction} = {percent}, {points} of {most} points")
        if running
        else N_("By the office's bands: {points} of {most} points")
    )
    said = tr(
        words,
        fraction=f"{on_time}/{row.total}",
        percent=tr.percent(on_time, row.total),
        points=tr.decimal_of(earned),
        most=tr.decimal_of(max(value for _, value in bands)),
    )
    room = room_for_late(on_time, row.total, bands)
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
    if row == found.figures.items or not row.total:
        return []
    words = tr(
        N_("Against the first dates: {fraction} = {percent}"),
        fraction=f"{row.on_time}/{row.total}",
        percent=tr.percent(row.on_time, row.total),
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


def _unit(row: UnitTally, tr: Translator) -> str:
    tally = row.tally
    name = escape(row.unit or tr(N_("Nobody assigned")))
    if not tally.total:
        words = tr(N_("nothing due; without a date {count}"), count=tally.undated)
        return f"{name}: {escape(words)}"
    words = tr(
        N_("{on_time}/{total} on time ({percent})"),
        on_time=tally.on_time,
        total=tally.total,
        percent=tr.percent(tally.on_time, tally.total),
    )
    extra = (
        (tally.late, N_("late {count}")),
        (tally.overdue, N_("🔴 overdue {count}")),
        (tally.awaiting, N_("📥 awaiting {count}")),
        (tally.extensions, N_("extensions {count}")),
        (tally.returns, N_("returned {count}")),
    )
    said = [words, *(tr(msgid, count=count) for count, msgid in extra if count)]
    return f"{name}: {escape(' · '.join(said))}"


def _own(found: Summary, tr: Translator) -> list[Block]:
    rows = found.own or ()
    return [Block(_unit(row, tr)) for row in rows] or [
        Block(escape(tr(N_("Nothing was due in this period."))))
    ]


def _foot(found: Summary, tr: Translator) -> str:
    bands = count_bands(found.figures.overdue_days, found.rules.overdue_bands)
    said = band_words(bands, tr)
    if not said:
        return ""
    words = tr(N_("Overdue by days late: {bands}"), bands=said)
    return escape(words)
