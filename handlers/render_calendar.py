"""The calendar as messages: its days, what a change moved, a year nothing is known of. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from bot.domain.calendar_moves import Move, MoveKind, parts_moved
from bot.domain.escalation import RISK, UP, Level
from bot.domain.problem import N_
from bot.domain.reminder import AGAIN
from bot.domain.reminder_asking import SCORED_YEAR, mark_of
from bot.i18n import Translator
from bot.intake.calendar import holiday_name
from bot.services.calendar_days import CalendarChanged, CalendarView
from bot.services.messages import Outgoing
from bot.services.messages_reminders import CalendarGapMessage, CalendarMessage, ChangedDay
from handlers.pages import Block, paginate
from handlers.render_lists import opener
from handlers.render_reminders import quarter
from handlers.words import heading

MOST_OF_A_KIND = 3
BY_PART = (MoveKind.LADDER, MoveKind.ESCALATION)
GROUPS = (
    (MoveKind.LADDER,),
    (MoveKind.ESCALATION,),
    (MoveKind.CHECKPOINT,),
    (MoveKind.CHECK_IN, MoveKind.UNANSWERED),
    (MoveKind.EVENT,),
)
TOLD = {
    RISK: N_("risk list: {before} → {after}"),
    f"{UP}:{Level.OFFICE}": N_("to Văn phòng: {before} → {after}"),
    f"{UP}:{Level.LEADER}": N_("to the supervising leader: {before} → {after}"),
    f"{UP}:{Level.DIRECTOR}": N_("to the Director: {before} → {after}"),
}


def day_line(changed: ChangedDay, tr: Translator) -> str:
    """Return a day of the calendar with what it is and why: a notice, or the holiday's name."""
    words = N_("{day}: worked") if changed.working else N_("{day}: day off")
    sign = "🟢" if changed.working else "🏖"
    why = changed.notice
    if not why and not changed.working:
        why = holiday_name(changed.day, tr.locale)
    because = f" ({escape(why)})" if why else ""
    return f"{sign} {escape(tr(words, day=tr.long_date(changed.day)))}{because}"


def day_lines(days: Iterable[ChangedDay], tr: Translator) -> str:
    """Return days of the calendar, one a line."""
    return "\n".join(day_line(day, tr) for day in days)


def _bold(words: str) -> str:
    return f"<b>{escape(words)}</b>"


def overview(found: CalendarView, tr: Translator) -> list[Outgoing]:
    """Say which days off are coming, and which days the office set itself."""
    title = _bold(tr(N_("Working calendar")))
    head = f"📅 {title}"
    coming = _bold(tr(N_("Unlike other weeks, in the next months")))
    own = _bold(tr(N_("Set by this office")))
    blocks = [Block(day_line(day, tr), None, coming) for day in found.coming]
    blocks += [Block(day_line(day, tr), None, own) for day in found.own]
    if not blocks:
        blocks = [Block(escape(tr(N_("No day off beside the weekends in the next months."))))]
    foot = ""
    if found.may_change:
        year = found.today.year
        words = tr(N_("To change it:"))
        foot = (
            f"{escape(words)}\n<code>/lich nghi 02/01/{year} 12729/VPCP-KGVX</code>\n"
            f"<code>/lich lam_bu 10/01/{year} 12729/VPCP-KGVX</code>\n"
            f"<code>/lich bo 02/01/{year}</code>"
        )
    return paginate(head, blocks, foot=foot)


def confirmed(done: CalendarChanged, tr: Translator) -> str:
    """Say what was set and whether reminders moved."""
    moved = (
        tr.n(
            "Reminders of {count} part move; the list follows.",
            "Reminders of {count} parts move; the list follows.",
            done.moved,
        )
        if done.moved
        else tr(N_("No reminder moves."))
    )
    return f"{day_lines(done.days, tr)}\n{escape(moved)}"


def changed(message: CalendarMessage, tr: Translator) -> list[Outgoing]:
    """Say which reminders a change of the calendar moved: counts, and the first few of each."""
    title = tr(N_("The calendar changed"))
    count = tr.n(
        "Reminders of {count} part moved",
        "Reminders of {count} parts moved",
        parts_moved(message.moves),
    )
    head = f"📅 <b>{escape(title)}</b>\n{day_lines(message.changed, tr)}\n\n<b>{escape(count)}</b>"
    blocks = [block for kinds in GROUPS for block in _group(kinds, message, tr)]
    foot = tr(N_("Due days have not changed; only the days on which it is reminded."))
    return paginate(head, blocks, foot=f"<i>{escape(foot)}</i>")


def _group(kinds: Sequence[MoveKind], message: CalendarMessage, tr: Translator) -> list[Block]:
    found = [move for kind in kinds for move in message.moves if move.kind is kind]
    if not found:
        return []
    title = _bold(_title(kinds[0], parts_moved(found), tr))
    lines = [
        Block(
            f"{_what(move, tr)}{escape(_days(move, message.today, tr))}",
            opener(move.parts[0]) if move.kind in BY_PART else None,
            title,
        )
        for move in found[:MOST_OF_A_KIND]
    ]
    more = len(found) - MOST_OF_A_KIND
    if more > 0:
        lines.append(Block(escape(tr(N_("and {count} more"), count=more)), None, title))
    return lines


def _title(kind: MoveKind, count: int, tr: Translator) -> str:
    if kind is MoveKind.LADDER:
        return tr.n("Before the date: {count} part", "Before the date: {count} parts", count)
    if kind is MoveKind.ESCALATION:
        return tr.n(
            "To Văn phòng and leaders: {count} part",
            "To Văn phòng and leaders: {count} parts",
            count,
        )
    if kind is MoveKind.CHECKPOINT:
        return tr.n("Marks of the year: {count} part", "Marks of the year: {count} parts", count)
    if kind is MoveKind.EVENT:
        return tr.n("Awaited events: {count} part", "Awaited events: {count} parts", count)
    return tr.n("Ongoing items: {count} part", "Ongoing items: {count} parts", count)


def _what(move: Move, tr: Translator) -> str:
    """Return what a line speaks of: an item and its unit, or a day of the office's year."""
    if move.kind in BY_PART:
        part = move.parts[0]
        unit = f" – {escape(part.unit)}" if part.unit else ""
        return f"{heading(part)}{unit} – "
    if move.kind is MoveKind.CHECKPOINT:
        scored = move.step.startswith(SCORED_YEAR)
        words = N_("warning before {day}: ") if scored else N_("mark of {day}: ")
        return escape(tr(words, day=tr.short_date(mark_of(move.step))))
    on = dt.date.fromisoformat(move.step)
    if move.kind is MoveKind.EVENT:
        return escape(tr(N_("question of month {month}: "), month=f"{on.month}/{on.year}"))
    if move.kind is MoveKind.CHECK_IN:
        return escape(tr(N_("question of {quarter}: "), quarter=quarter(on, tr)))
    return escape(tr(N_("list of what has no answer, {quarter}: "), quarter=quarter(on, tr)))


def _days(move: Move, today: dt.date, tr: Translator) -> str:
    before, after = tr.day_near(move.before, today), tr.day_near(move.after, today)
    if move.kind is MoveKind.LADDER and move.step != AGAIN:
        return tr.n(
            "{count} working day ahead: {before} → {after}",
            "{count} working days ahead: {before} → {after}",
            int(move.step),
            before=before,
            after=after,
        )
    words = N_("{before} → {after}")
    if move.kind is MoveKind.LADDER:
        words = N_("last reminder: {before} → {after}")
    elif move.kind is MoveKind.ESCALATION:
        words = TOLD.get(move.step, N_("told again: {before} → {after}"))
    return tr(words, before=before, after=after)


def gap(message: CalendarGapMessage, tr: Translator) -> list[Outgoing]:
    """Warn that nothing is known yet of the coming year's swapped days."""
    title = tr(N_("The calendar of {year}"), year=message.year)
    words = tr(
        N_(
            "The government's notice on swapped days off of {year} is not known here yet. Until "
            "then the days off follow the law alone. Once it is out, send for example:"
        ),
        year=message.year,
    )
    example = f'/lich nghi 02/01/{message.year} "12345/VPCP-KGVX"'
    return [
        Outgoing(f"📅 <b>{escape(title)}</b>\n{escape(words)}\n<code>{escape(example)}</code>")
    ]
