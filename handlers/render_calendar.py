"""The calendar as messages: its days, what a change moved, a year nothing is known of. Pure."""

from collections.abc import Iterable
from html import escape

from bot.domain.calendar_moves import Move
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.intake.calendar import holiday_name
from bot.services.calendar_days import CalendarChanged, CalendarView
from bot.services.messages import Outgoing
from bot.services.messages_reminders import CalendarGapMessage, CalendarMessage, ChangedDay
from handlers.pages import Block, paginate
from handlers.render_lists import opener
from handlers.words import heading


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
    """Say which reminders a change of the calendar moved."""
    title = tr(N_("The calendar changed"))
    head = f"📅 <b>{escape(title)}</b>\n{day_lines(message.changed, tr)}"
    count = tr.n(
        "Reminders of {count} part moved",
        "Reminders of {count} parts moved",
        len(message.moves),
    )
    group = f"<b>{escape(count)}</b>"
    blocks = [Block(_move(move, message, tr), opener(move.part), group) for move in message.moves]
    foot = tr(N_("Due days have not changed; only the days on which it is reminded."))
    return paginate(head, blocks, foot=f"<i>{escape(foot)}</i>")


def _move(move: Move, message: CalendarMessage, tr: Translator) -> str:
    before = tr.day_near(move.before, message.today)
    after = tr.day_near(move.after, message.today)
    if move.rung:
        words = tr.n(
            "{count} working day ahead: {before} → {after}",
            "{count} working days ahead: {before} → {after}",
            move.rung,
            before=before,
            after=after,
        )
    else:
        words = tr(N_("last reminder: {before} → {after}"), before=before, after=after)
    unit = f" – {escape(move.part.unit)}" if move.part.unit else ""
    return f"{heading(move.part)}{unit} – {escape(words)}"


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
