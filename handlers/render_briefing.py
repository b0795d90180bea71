"""The weekly briefing in words: whole for those who read everything, else one's own. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape

from bot.domain.briefing import LINE_GROUPS, Briefing, BriefLine
from bot.domain.indicator import Direction, Indicator
from bot.domain.indicator_value import Value
from bot.domain.problem import N_
from bot.domain.scoring import count_bands
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_briefing import (
    BriefingDraft,
    BriefingDraftMessage,
    BriefingMessage,
)
from handlers.callbacks import Press, data, pair_data
from handlers.pages import Block, paginate
from handlers.receipt_keys import received
from handlers.render_indicators import TITLE, against
from handlers.words import TITLE_LENGTH, band_words, clip

WEEK = dt.timedelta(days=6)
# Days late, from and to.
# Telegram takes a hundred buttons; those of own lines, and the way back, stand beside these.
MOST_TEXT, MOST_CHOICES = 160, 75


def draft_message(message: BriefingDraftMessage, tr: Translator) -> list[Outgoing]:
    """Give Văn phòng the week's draft."""
    return draft(message.draft, tr)


def draft(found: BriefingDraft, tr: Translator) -> list[Outgoing]:
    """Return the briefing as Văn phòng works on it, its buttons under the last message."""
    rows = sent_rows(found.id, tr) if found.sent_at else _draft_rows(found.id, tr)
    if found.sent_at:
        foot = tr(
            N_("Sent at {moment}; it does not change any more."), moment=tr.moment(found.sent_at)
        )
    else:
        foot = tr(N_("A draft: nobody but you has it yet."))
    return _whole(found.briefing, tr, rows, f"<i>{escape(foot)}</i>")


def _draft_rows(key: int, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(tr(N_("✏️ Add a line")), data(Press.BRIEF_ADD, key)),
            Button(tr(N_("✂️ Leave out")), data(Press.BRIEF_CUT, key)),
        ),
        (Button(tr(N_("👁 As units see it")), data(Press.BRIEF_VIEW, key)),),
        (Button(tr(N_("📣 Send to all")), data(Press.BRIEF_SEND, key)),),
        (_conclude(key, tr),),
    )


def sent_rows(key: int, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons under a briefing that was sent."""
    return (
        (Button(tr(N_("📬 Who has it")), data(Press.BRIEF_SPREAD, key)),),
        (_conclude(key, tr),),
    )


def _conclude(key: int, tr: Translator) -> Button:
    return Button(tr(N_("📝 Conclusions")), data(Press.BRIEF_CONCLUDE, key))


def briefing(message: BriefingMessage, tr: Translator) -> list[Outgoing]:
    """Return a briefing as its reader gets it."""
    seen = ((received(message.outbox_id, tr),),)
    if message.whole:
        return _whole(message.briefing, tr, seen)
    return for_units(message.briefing, message.own, message.units, tr, seen)


def for_units(
    general: Briefing,
    own: Briefing,
    units: Sequence[str],
    tr: Translator,
    rows: tuple[tuple[Button, ...], ...] = (),
) -> list[Outgoing]:
    """Return the numbers of all, without saying whose, and the units' own part."""
    blocks = _numbers(general, tr)
    whose = tr(N_("For {units}"), units=tr.listing(units))
    title = f"<b>{escape(whose)}</b>"
    mine = [*_groups(own, tr, by_unit=len(units) > 1), *_targets(own, tr)]
    if mine:
        blocks.append(Block(f"\n{title}"))
        blocks += mine
    else:
        nothing = tr(N_("Nothing is due or overdue here."))
        blocks.append(Block(f"\n{title}\n{escape(nothing)}"))
    return paginate(_head(general, tr), blocks, last_rows=rows)


def _whole(
    made: Briefing, tr: Translator, rows: tuple[tuple[Button, ...], ...], foot: str = ""
) -> list[Outgoing]:
    blocks = [*_numbers(made, tr), *_groups(made, tr, by_unit=True)]
    blocks += [*_targets(made, tr), *_unseen(made, tr)]
    return paginate(_head(made, tr), blocks, foot=foot, last_rows=rows)


def _head(made: Briefing, tr: Translator) -> str:
    last = made.monday + WEEK
    title = tr(
        N_("Briefing of the week {first} – {last}"),
        first=tr.short_date(made.monday),
        last=tr.date(last),
    )
    lines = [f"📋 <b>{escape(title)}</b>"]
    lines += [f"📌 {escape(line)}" for line in made.added]
    return "\n".join(lines)


def _numbers(made: Briefing, tr: Translator) -> list[Block]:
    done = len(made.early) + len(made.on_time) + len(made.late)
    first, last = made.monday - WEEK - dt.timedelta(days=1), made.monday - dt.timedelta(days=1)
    said = tr(
        N_(
            "Last week ({first} – {last}): {done} done (early {early}, on the day {on_time}, "
            "late {late}), newly overdue {overdue}, returned {returned}"
        ),
        first=tr.short_date(first),
        last=tr.short_date(last),
        done=done,
        early=len(made.early),
        on_time=len(made.on_time),
        late=len(made.late),
        overdue=len(made.newly_overdue),
        returned=len(made.returned),
    )
    now = tr(
        N_(
            "Now: {overdue} overdue, {awaiting} awaiting confirmation; due this week "
            "{this_week}, next week {next_week}"
        ),
        overdue=len(made.overdue),
        awaiting=len(made.awaiting),
        this_week=len(made.this_week),
        next_week=len(made.next_week),
    )
    return [Block(f"\n{escape(said)}"), Block(escape(now))]


GROUPS = (
    ("overdue", "🔴", N_("Overdue: {count}")),
    ("this_week", "⏰", N_("Due this week: {count}")),
    ("next_week", "🟡", N_("Due next week: {count}")),
    ("returned", "↩️", N_("Returned last week: {count}")),
    ("difficulties", "⚠️", N_("Difficulties awaiting an answer: {count}")),
    ("awaiting", "📥", N_("Awaiting confirmation: {count}")),
    ("undated", "⚪", N_("Without a date: {count}")),
    ("unassigned", "❔", N_("Without a unit: {count}")),
)


def _groups(made: Briefing, tr: Translator, *, by_unit: bool) -> list[Block]:
    blocks: list[Block] = []
    for name, sign, words in GROUPS:
        lines = getattr(made, name)
        if not lines:
            continue
        title = f"{sign} <b>{escape(tr(words, count=len(lines)))}</b>"
        if (tasks := len(_alike(lines))) < len(lines):
            said = tr.n("{count} task", "{count} tasks", tasks)
            title += f" ({escape(said)})"
        if name == "overdue":
            late = [line.days_late for line in lines]
            title += f"\n<i>{escape(band_words(count_bands(late, made.bands), tr))}</i>"
        blocks += _listed(lines, title, made.monday, tr, by_unit=by_unit)
    return blocks


def _listed(
    lines: Sequence[BriefLine], title: str, monday: dt.date, tr: Translator, *, by_unit: bool
) -> list[Block]:
    blocks = []
    for line, units in _alike(lines):
        said = f"<b>{escape(line.code)}</b> · {escape(clip(line.title, TITLE_LENGTH))}"
        if line.event:
            said += f" – {escape(clip(line.event, TITLE_LENGTH))}"
        named = list(dict.fromkeys(unit for unit in units if unit))
        if by_unit and named:
            said += f" – {escape(_units(named, tr))}"
        if line.due:
            said += f" – {escape(_when(line.due, line.days_late, monday, tr))}"
        if line.text:
            said += f": {escape(clip(line.text, MOST_TEXT))}"
        blocks.append(Block(said, title=title))
    return blocks


def _alike(lines: Sequence[BriefLine]) -> list[tuple[BriefLine, list[str]]]:
    """Return the lines with their units, those that differ by their unit alone as one."""
    alike: dict[BriefLine, tuple[BriefLine, list[str]]] = {}
    for line in lines:
        key = replace(line, part_id=0, unit_id=None, unit="")
        alike.setdefault(key, (line, []))[1].append(line.unit)
    return list(alike.values())


def _units(names: list[str], tr: Translator) -> str:
    if len(names) <= 3:
        return tr.listing(names)
    more = tr.n("and {count} other unit", "and {count} other units", len(names) - 2)
    return f"{tr.listing(names[:2])} {more}"


def _when(due: dt.date, late: int, monday: dt.date, tr: Translator) -> str:
    day = tr.day_near(due, monday)
    if late:
        return tr.n("due {day}, {count} day late", "due {day}, {count} days late", late, day=day)
    return tr(N_("due {day}"), day=day)


def _targets(made: Briefing, tr: Translator) -> list[Block]:
    title = f"🎯 <b>{escape(tr(TITLE))}</b>"
    blocks = []
    for one in made.targets:
        indicator = Indicator(
            Direction(one.direction), Decimal(one.number), one.unit, "", one.exclusive
        )
        whole = None if one.denominator is None else Decimal(one.denominator)
        said = against(indicator, Value(Decimal(one.numerator), whole), tr)
        blocks.append(Block(f"<b>{escape(one.code)}</b> {escape(said)}", title=title))
    return blocks


def _unseen(made: Briefing, tr: Translator) -> list[Block]:
    if not made.unseen:
        return []
    words = tr(N_("Reminders of last week not acknowledged"))
    title = f"👁 <b>{escape(words)}</b>"
    return [
        Block(f"{escape(name)}: {tr.number(count)}", title=title) for _, name, count in made.unseen
    ]


def question(text: str) -> Outgoing:
    """Ask; the answer is the next message."""
    return Outgoing(f"❓ {escape(text)}", asks=True)


def preview(made: Briefing, tr: Translator) -> list[Outgoing]:
    """Show what every unit's chat gets before its own part."""
    note = tr(N_("Below it each unit gets its own part; leaders get the whole."))
    return paginate(_head(made, tr), _numbers(made, tr), foot=f"<i>{escape(note)}</i>")


def choices(found: BriefingDraft, whole: Briefing, tr: Translator) -> Outgoing:
    """Offer to drop own lines, and to leave parts out or take them in again."""
    rows = [
        (Button(f"🗑 {clip(line, 50)}", pair_data(Press.BRIEF_DROP, found.id, place)),)
        for place, line in enumerate(found.briefing.added)
    ]
    kept = {line.part_id for name in LINE_GROUPS for line in getattr(found.briefing, name)}
    shown: dict[int, BriefLine] = {}
    for name, _, _ in GROUPS:
        for line in getattr(whole, name):
            shown.setdefault(line.part_id, line)
    for line in list(shown.values())[:MOST_CHOICES]:
        mark = "☑" if line.part_id in kept else "☐"
        label = clip(f"{mark} {line.code} · {line.unit} · {line.title}", 60)
        rows.append((Button(label, pair_data(Press.BRIEF_LEAVE, found.id, line.part_id)),))
    rows.append((Button(tr(N_("⬅ The briefing")), data(Press.BRIEF_OPEN, found.id)),))
    text = tr(N_("Tap what is to be left out of the briefing, or taken in again."))
    return Outgoing(escape(text), tuple(rows))
