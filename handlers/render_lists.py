"""Lists as messages: the morning, the work, what is overdue, what was past. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from html import escape

from bot.domain.days import local_day
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty, Part
from bot.i18n import Translator
from bot.services.messages import (
    Button,
    Outgoing,
    OverdueList,
    PastMessage,
    WorkList,
)
from handlers.callbacks import Press, data
from handlers.pages import Block, paginate
from handlers.words import DUTIES, SIGNS, STATES, UNDATED, capital, clip, item_line

BANDS = ((1, 7), (8, 30), (31, 120), (121, None))

NOTHING_OPEN = N_("Nothing is open.")
AWAITING = N_("Awaiting confirmation")


def opener(part: Part) -> Button:
    """Return the button that opens a part's item."""
    return Button(part.code, data(Press.OPEN, part.item_id))


def viewer(part: Part, tr: Translator) -> Button:
    """Return the same button where it stands alone and has to say what it does."""
    return Button(tr(N_("View {code}"), code=part.code), data(Press.OPEN, part.item_id))


def blocks_of(
    lines: Iterable[Line], today: dt.date, tr: Translator, title: str, *, units: bool
) -> list[Block]:
    """Return lines as blocks; where `units` are named, those that owe the same share a line."""
    shared: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        part = line.part
        own = () if units else (part.id,)
        key = (part.item_id, part.due, part.label, part.duty, part.progress, *own)
        shared.setdefault(key, []).append(line)
    return [
        Block(
            item_line(same[0], today, tr, units=[s.part.unit for s in same] if units else ()),
            opener(same[0].part),
            title,
        )
        for same in shared.values()
    ]


def state_title(state: DeadlineState, tr: Translator) -> str:
    """Return the title of the lines in one state: its sign and its word."""
    return f"{SIGNS[state]} <b>{escape(tr(STATES[state]))}</b>"


def work(found: WorkList, tr: Translator) -> list[Outgoing]:
    """Say what units still have to do, grouped by urgency, those without a date last."""
    names = found.units
    title = escape(names[0]) if len(names) == 1 else escape(tr(N_("Open items")))
    if not found.lines:
        return [Outgoing(f"<b>{title}</b>\n{escape(tr(NOTHING_OPEN))}")]
    parts = tr.n("{count} open part", "{count} open parts", len(found.lines))
    head = f"📋 <b>{title}</b> – {escape(parts)}"
    several = len(names) != 1
    blocks = [
        block
        for group, lines in _groups(found.lines, tr)
        for block in blocks_of(lines, found.day, tr, group, units=several)
    ]
    return paginate(head, blocks)


def _groups(lines: Sequence[Line], tr: Translator) -> list[tuple[str, list[Line]]]:
    def helps(line: Line) -> bool:
        # Only who leads is late.
        late = line.standing.state is DeadlineState.OVERDUE
        return line.part.owed and late and line.part.duty is Duty.COOPERATE

    def dated(state: DeadlineState) -> Callable[[Line], bool]:
        return lambda line: line.part.owed and line.standing.state is state and not helps(line)

    def kind(wanted: DeadlineKind) -> Callable[[Line], bool]:
        return lambda line: (
            line.part.due is None
            and line.part.kind is wanted
            and line.part.progress is not Progress.AWAITING_CONFIRMATION
        )

    def waiting(line: Line) -> bool:
        return line.part.progress is Progress.AWAITING_CONFIRMATION

    order: list[tuple[str, Callable[[Line], bool]]] = [
        (state_title(state, tr), dated(state))
        for state in (
            DeadlineState.OVERDUE,
            DeadlineState.DUE,
            DeadlineState.DUE_SOON,
            DeadlineState.ON_TRACK,
        )
    ]
    order.insert(3, (f"📥 <b>{escape(tr(AWAITING))}</b>", waiting))
    order.append((f"⚪ <b>{escape(capital(tr(DUTIES[Duty.COOPERATE])))}</b>", helps))
    order += [(f"⚪ <b>{escape(tr(UNDATED[k]))}</b>", kind(k)) for k in UNDATED]
    grouped = [(title, [line for line in lines if test(line)]) for title, test in order]
    return [(title, found) for title, found in grouped if found]


def overdue(found: OverdueList, tr: Translator) -> list[Outgoing]:
    """Say what is overdue, by unit, with days late and bands."""
    today = local_day(found.now)
    when = tr.moment(found.now)
    whose = f" – {escape(found.unit)}" if found.unit else ""
    foot = _overdue_foot(found, tr)
    if not found.lines:
        nothing = tr(N_("Nothing is overdue (as of {when})."), when=when)
        return paginate(f"🟢 <b>{escape(nothing)}</b>{whose}", [], foot=foot)
    count = tr.n("Overdue: {count} part", "Overdue: {count} parts", len(found.lines))
    as_of = tr(N_("as of {when}"), when=when)
    head = f"🔴 <b>{escape(count)}</b>{whose} ({escape(as_of)})"
    blocks = [
        block
        for name, lines in _by_unit(found.lines, tr)
        for block in blocks_of(lines, today, tr, _unit_title(name, lines, found.unit), units=False)
    ]
    return paginate(head, blocks, foot=foot)


def _unit_title(name: str, lines: Sequence[Line], asked: str | None) -> str:
    return "" if asked else f"<b>{escape(name)} – {len(lines)}</b>"


def _overdue_foot(found: OverdueList, tr: Translator) -> str:
    feet = [_bands(found.lines, tr)] if len(found.lines) > 1 else []
    if found.awaiting:
        feet.append(
            "📥 "
            + tr.n(
                "Awaiting Văn phòng's confirmation: {count} (not overdue)",
                "Awaiting Văn phòng's confirmation: {count} (not overdue)",
                found.awaiting,
            )
        )
    if found.unsettled:
        feet.append(
            "⚪ "
            + tr.n(
                "Past when the plan was activated, to be looked at: {count}",
                "Past when the plan was activated, to be looked at: {count}",
                found.unsettled,
            )
        )
    return "\n".join(escape(foot) for foot in feet)


def _bands(lines: Iterable[Line], tr: Translator) -> str:
    late = [line.standing.days_late for line in lines]
    counts = [
        (low, high, sum(low <= days and (high is None or days <= high) for days in late))
        for low, high in BANDS
    ]
    said = [
        tr(N_("over {days} days: {count}"), days=low - 1, count=count)
        if high is None
        else tr(N_("{low}–{high} days: {count}"), low=low, high=high, count=count)
        for low, high, count in reversed(counts)
        if count
    ]
    return " · ".join(said)


def _by_unit(lines: Iterable[Line], tr: Translator) -> list[tuple[str, list[Line]]]:
    nobody = tr(N_("Nobody assigned"))
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.part.unit or nobody, []).append(line)
    return sorted(grouped.items(), key=lambda group: -len(group[1]))


def past(message: PastMessage, tr: Translator) -> list[Outgoing]:
    """Ask Văn phòng, once, what becomes of what was past when the plan was activated."""
    count = tr.n(
        "{count} part was past when the plan was activated",
        "{count} parts were past when the plan was activated",
        len(message.lines),
    )
    head = f"🗂 <b>{escape(clip(message.plan_title, 300))}</b>\n{escape(count)}. " + escape(
        tr(
            N_(
                "Nobody is reminded of these. Open an item to say whether it is done, not "
                "required or overdue; or decide for all at once."
            )
        )
    )
    head += "\n"
    blocks = blocks_of(message.lines, message.day, tr, "", units=True)
    rows = [
        (Button(tr(N_("✅ All were done")), data(Press.PLAN_DONE, message.plan_id)),),
        (Button(tr(N_("🔴 All are overdue")), data(Press.PLAN_LATE, message.plan_id)),),
    ]
    return paginate(head, blocks, last_rows=rows)
