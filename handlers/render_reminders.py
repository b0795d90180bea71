"""Scheduled reminders as messages: the morning with all its parts, and midday. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.domain.escalation import Level
from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.status import DeadlineState
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_reminders import (
    CheckIns,
    Checkpoint,
    Escalated,
    MiddayMessage,
    MorningMessage,
    RisksTold,
    Told,
    Unanswered,
)
from handlers.callbacks import Press, data
from handlers.pages import Block, paginate
from handlers.receipt_keys import received
from handlers.render_lists import blocks_of, opener, same_work, state_title
from handlers.words import item_line

MOST_OPENERS = 12
# Most urgent first; what is on track is listed where an office's ladder begins that early.
URGENT = (
    DeadlineState.OVERDUE,
    DeadlineState.DUE,
    DeadlineState.DUE_SOON,
    DeadlineState.ON_TRACK,
)

TOLD = {
    Level.UNIT: (N_("the unit on {day}"), N_("the unit {count} times, last on {day}")),
    Level.HEAD: (N_("its head on {day}"), N_("its head {count} times, last on {day}")),
    Level.OFFICE: (N_("Văn phòng on {day}"), N_("Văn phòng {count} times, last on {day}")),
    Level.LEADER: (N_("a leader on {day}"), N_("a leader {count} times, last on {day}")),
    Level.DIRECTOR: (N_("the Director on {day}"), N_("the Director {count} times, last on {day}")),
}


def morning(message: MorningMessage, tr: Translator) -> list[Outgoing]:
    """Say what a chat has to know this morning, most urgent first."""
    digest = message.digest
    several = len(digest.units) != 1
    # Where all of a message is one unit's, it stands once, at the head.
    names = {line.part.unit for line in message.lines()}
    one_unit = len(names) == 1
    blocks = _escalated(message.escalated, digest.day, tr, units=not one_unit)
    for state in URGENT:
        title = state_title(state, tr)
        blocks += blocks_of(digest.of(state), digest.day, tr, title, units=several)
    blocks += _risks(message, tr, units=not one_unit)
    for checkpoint in message.checkpoints:
        blocks += _checkpoint(checkpoint, digest.day, tr, units=several)
    blocks += _events(message.events, digest.day, tr, units=several)
    blocks += _unanswered(message.unanswered, digest.day, tr)
    blocks += _questions(message.check_ins, digest.day, tr, units=several)
    return paginate(_head(message, tr), _fewer_buttons(blocks), last_rows=_last_rows(message, tr))


def _head(message: MorningMessage, tr: Translator) -> str:
    digest = message.digest
    own = digest.lines or message.checkpoints or message.events or message.check_ins
    names = digest.units if own else tuple({line.part.unit for line in message.lines()})
    title = N_("To do – {day}") if own else N_("To follow up – {day}")
    head = f"📌 <b>{escape(tr(title, day=tr.long_date(digest.day)))}</b>"
    if len(names) == 1 and names[0]:
        head += f"\n{escape(names[0])}"
    return head


def _title(sign: str, words: str) -> str:
    return f"{sign} <b>{escape(words)}</b>"


def _fewer_buttons(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with buttons for the first ones only: a wall of them helps nobody."""
    kept = list(dict.fromkeys(block.button for block in blocks if block.button))[:MOST_OPENERS]
    return [
        block if block.button in kept or block.button is None else replace(block, button=None)
        for block in blocks
    ]


def _escalated(
    found: Sequence[Escalated], today: dt.date, tr: Translator, *, units: bool
) -> list[Block]:
    title = _title("🔺", tr(N_("Overdue, needs your word")))
    shared: dict[tuple[object, ...], list[Escalated]] = {}
    for one in found:
        key = (*same_work(one.line.part, units=units), one.told)
        shared.setdefault(key, []).append(one)
    blocks = []
    for first, *rest in shared.values():
        names = [one.line.part.unit for one in (first, *rest)] if units else ()
        html = item_line(first.line, today, tr, units=names) + _so_far(first, today, tr)
        blocks.append(Block(html, opener(first.line.part), title))
    if any(one.nobody for one in found):
        note = tr(N_("No leader is registered who could be told."))
        blocks.append(Block(f"<i>{escape(note)}</i>", None, title))
    return blocks


def _so_far(one: Escalated, today: dt.date, tr: Translator) -> str:
    if not one.told:
        return ""
    who = "; ".join(_told(told, today, tr) for told in one.told)
    note = tr(N_("Told so far: {who}"), who=who)
    return f"\n    <i>{escape(note)}</i>"


def _told(told: Told, today: dt.date, tr: Translator) -> str:
    once, often = TOLD[told.level]
    day = tr.short_date(told.last_on) if told.last_on.year == today.year else tr.date(told.last_on)
    return tr(once if told.times == 1 else often, count=tr.number(told.times), day=day)


def _risks(message: MorningMessage, tr: Translator, *, units: bool) -> list[Block]:
    title = _title("⚠️", tr(N_("Due within days, nothing reported yet")))
    today, told = message.digest.day, message.risks_told
    blocks = blocks_of(message.risks, today, tr, title, units=units)
    if told is None:
        return blocks
    return [*blocks, Block(f"<i>{escape(_reminded(told, tr))}</i>", None, title)]


def _reminded(told: RisksTold, tr: Translator) -> str:
    if told.last_on is None:
        return tr(N_("Not reminded of before today."))
    day = tr.short_date(told.last_on)
    if told.count == told.total:
        return tr(N_("The unit was reminded before, last on {day}."), day=day)
    return tr(
        N_("Units were reminded before of {count} of {total} parts, last on {day}."),
        count=tr.number(told.count),
        total=tr.number(told.total),
        day=day,
    )


def _checkpoint(found: Checkpoint, today: dt.date, tr: Translator, *, units: bool) -> list[Block]:
    if found.scored:
        words = tr(
            N_("Finish before {day} so that it counts for {year}"),
            day=tr.short_date(found.on),
            year=found.on.year,
        )
    else:
        words = tr(N_("How far is it? Mark of {day}"), day=tr.short_date(found.on))
    sign = "⚠️" if found.scored else "📍"
    return blocks_of(found.lines, today, tr, _title(sign, words), units=units)


def _events(lines: Sequence[Line], today: dt.date, tr: Translator, *, units: bool) -> list[Block]:
    title = _title("⚪", tr(N_("Has its event come?")))
    blocks = [
        replace(block, html=f"{block.html} – {escape(_lower(line.part.phrase))}")
        for line in lines
        for block in blocks_of([line], today, tr, title, units=units)
    ]
    if blocks:
        hint = tr(
            N_(
                "If so, tell Văn phòng the day: it records it with /kich_hoat {code}. "
                "If not, nothing to do."
            ),
            code=lines[0].part.code,
        )
        blocks.append(Block(f"<i>{escape(hint)}</i>", None, title))
    return blocks


def _lower(phrase: str) -> str:
    """Return a phrase as it stands within a sentence."""
    return phrase[:1].lower() + phrase[1:]


def _unanswered(found: Unanswered | None, today: dt.date, tr: Translator) -> list[Block]:
    if found is None:
        return []
    named = quarter(found.quarter, tr)
    stuck = tr(N_("Ongoing items reported stuck – {quarter}"), quarter=named)
    waiting = tr(N_("Ongoing items without an answer – {quarter}"), quarter=named)
    return [
        *blocks_of(found.stuck, today, tr, _title("⚠️", stuck), units=True),
        *blocks_of(found.waiting, today, tr, _title("⚪", waiting), units=True),
    ]


def _questions(
    found: CheckIns | None, today: dt.date, tr: Translator, *, units: bool
) -> list[Block]:
    if found is None:
        return []
    words = tr(N_("Ongoing items – {quarter}"), quarter=quarter(found.quarter, tr))
    title = _title("⚪", words)
    blocks = [
        replace(block, button=None, row=_answers(line_id, line.part.code, tr))
        for line_id, line in found.asked
        for block in blocks_of([line], today, tr, title, units=units)
    ]
    hint = tr(N_("Do they go on as they should? One press each, or one for all."))
    return [*blocks, Block(f"<i>{escape(hint)}</i>", None, title)]


def quarter(end: dt.date, tr: Translator) -> str:
    """Return the name of the quarter that ends on a day."""
    number = ("I", "II", "III", "IV")[(end.month - 1) // 3]
    return tr(N_("quarter {number}/{year}"), number=number, year=end.year)


def _last_rows(message: MorningMessage, tr: Translator) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if message.check_ins and len(message.check_ins.asked) > 1:
        words = tr(N_("✅ All go on as they should"))
        rows.append((Button(words, data(Press.ALL_GOING, message.outbox_id)),))
    last = [received(message.outbox_id, tr)]
    count = message.digest.open_count
    if count > 1:
        every = tr.n("See {count} item", "See all {count} items", count)
        last.append(Button(every, data(Press.WORK)))
    rows.append(tuple(last))
    if message.private:
        rows.append((Button(tr(N_("⏳ Later")), data(Press.SNOOZE, message.outbox_id)),))
    return rows


def _answers(line_id: int, code: str, tr: Translator) -> tuple[Button, ...]:
    return (
        Button(tr(N_("✅ {code} goes on"), code=code), data(Press.GOING, line_id)),
        Button(tr(N_("⚠️ {code} is stuck"), code=code), data(Press.STUCK, line_id)),
    )


def midday(message: MiddayMessage, tr: Translator) -> list[Outgoing]:
    """Say what is due today and still open."""
    title = tr(N_("Still open today – {day}"), day=tr.long_date(message.day))
    head = f"⏰ <b>{escape(title)}</b>"
    several = len(message.units) != 1
    if not several:
        head += f"\n{escape(message.units[0])}"
    blocks = blocks_of(message.lines, message.day, tr, "", units=several)
    hint = tr(N_("Done already? Report it here, so that it is not counted late."))
    seen = received(message.outbox_id, tr)
    return paginate(
        f"{head}\n",
        _fewer_buttons(blocks),
        foot=f"<i>{escape(hint)}</i>",
        last_rows=[(seen,)],
    )
