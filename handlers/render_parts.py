"""What a card says of an item's parts, and the pages that say it in full. Pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from bot.domain.problem import N_
from bot.domain.records import ExtensionFacts
from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.i18n import Translator
from bot.services.messages import Button, Card, Outgoing, PartView
from handlers.callbacks import ListPress, list_data
from handlers.naming import left_words
from handlers.pages import Block, paginate
from handlers.words import PROGRESS, capital, clip, due, extra, item_head, proofs, sign, state

EVIDENCE = N_("Evidence:")
LONGEST_NAMES = 200
# (proofs, letters of a text) on the card, and on a page of its own.
BRIEF, FULL = (3, 160), (10, 900)


def alike(views: Sequence[PartView], day: dt.date, tr: Translator) -> list[list[PartView]]:
    """Put together parts of which the same is to be said, but for the unit; open ones first."""
    groups: dict[tuple[object, ...], list[PartView]] = {}
    for view in sorted(views, key=lambda one: one.line.part.closed):
        tells = view.proofs or view.report or view.returned or view.difficulties
        own = (view.line.part.id,) if tells or view.extensions else ()
        said = stands(view, day, tr), extra(view.line.part, tr), mark(view), view.prepared_by
        key = (*said, *own)
        groups.setdefault(key, []).append(view)
    return list(groups.values())


def part_lines(
    views: Sequence[PartView], found: Card, tr: Translator, room: tuple[int, int] = BRIEF
) -> list[str]:
    """Return what is said of parts that stand alike."""
    view, part = views[0], views[0].line.part
    words = escape(stands(view, found.day, tr))
    # Nobody but the only lead: who it is stands above.
    alone = all(one.line.part.unit == part.unit for one in found.parts)
    if alone and found.item.lead == (part.unit,) and not extra(part, tr):
        lines = [f"{mark(view)} {words}"]
    else:
        nobody = tr(N_("Nobody assigned"))
        who = clip(tr.listing(one.line.part.unit or nobody for one in views), LONGEST_NAMES)
        lines = [f"{mark(view)} <b>{escape(who)}</b>{extra(part, tr)}: {words}"]
    if view.hidden:
        return lines
    if view.prepared_by and part.owed:
        lines.append(escape(tr(N_("👤 {who} prepares it"), who=view.prepared_by)))
    lines += [escape(line) for line in _extended(view, found, tr, room[1])]
    if part.progress is Progress.DROPPED and part.decision and not found.item.secret:
        lines.append(escape(tr(N_("Decision: {text}"), text=clip(part.decision, room[1]))))
    lines += _returned(view, tr, room[1])
    lines += _proved(view, found, tr, *room)
    lines += _difficulties(view, found, tr, room[1])
    return lines


def mark(view: PartView) -> str:
    """Return the sign of a part."""
    if view.hidden:
        return _plain(view)[0]
    returned = view.line.part.progress is Progress.RETURNED
    return "⚪" if view.left and not returned else sign(view.line)


def _plain(view: PartView) -> tuple[str, str]:
    """Return (sign, words) for what another unit's chat is told of a part."""
    part = view.line.part
    if part.progress is Progress.DROPPED:
        return "⚪", N_("no longer carried out")
    if part.closed:
        return "🟢", N_("done")
    if part.progress is Progress.AWAITING_CONFIRMATION:
        return "📥", N_("reported, awaiting confirmation")
    return "⚪", N_("not done yet")


def stands(view: PartView, day: dt.date, tr: Translator) -> str:
    """Return where a part stands: its state, its day, and the other two days where they differ."""
    line, part = view.line, view.line.part
    if view.hidden:
        return tr(_plain(view)[1])
    if view.left:
        day_due = tr.day_near(part.due, day) if part.due else ""
        words = left_words(line, tr)[1]
        return " · ".join(filter(None, (words, day_due and tr(N_("due {day}"), day=day_due))))
    if part.due is None:
        return state(line, tr)
    said = f"{state(line, tr)} · {due(line, day, tr)}"
    if part.closed:
        return said
    if line.standing.remind_by not in (None, part.due):
        better = tr.day_near(line.standing.remind_by, day)
        said += " – " + tr(N_("better by {day}, the last working day"), day=better)
    if view.late_after and view.late_after != part.due:
        last = tr.day_near(view.late_after, day)
        said += " – " + tr(N_("late only after {day}"), day=last)
    return said


def _extended(view: PartView, found: Card, tr: Translator, room: int) -> list[str]:
    part = view.line.part
    lines = []
    granted = sum(one.state is ExtensionState.APPROVED for one in view.extensions)
    if part.original_due and (granted or part.original_due != part.due):
        words = tr(N_("Original date: {day}"), day=tr.day_near(part.original_due, found.day))
        if granted:
            times = tr.n("extended {count} time", "extended {count} times", granted)
            words = f"{words}, {times}"
        if granted >= found.many_extensions:
            many = tr(N_("extended many times"))
            words = f"{words} – ⚠️ {many}"
        lines.append(words)
    return [*lines, *(_asked(one, found, tr, room) for one in view.extensions if one.open)]


def _asked(one: ExtensionFacts, found: Card, tr: Translator, room: int) -> str:
    """Return what is said of an open request; of a secret item not why it was made."""
    asked = tr.day_near(one.to_due, found.day)
    if one.counter_due:
        instead = tr.day_near(one.counter_due, found.day)
        said = tr(N_("Asked for {day}; Văn phòng proposes {other}"), day=asked, other=instead)
    else:
        said = tr(N_("Another date is asked for: {day}"), day=asked)
    if not found.item.secret:
        why = tr(N_("Reason: {reason}"), reason=clip(one.reason, room))
        said = f"{said}. {why}"
    return f"⏸ {said}"


def _returned(view: PartView, tr: Translator, room: int) -> list[str]:
    """Return why the report was returned; that it was, where the state says something else."""
    part = view.line.part
    if part.secret or not (part.owed and view.returned and view.returned.reason):
        return []
    why = tr(N_("Reason: {reason}"), reason=clip(view.returned.reason, room))
    if part.progress is Progress.RETURNED:
        return [escape(why)]
    returned = capital(tr(PROGRESS[Progress.RETURNED]))
    return [f"↩️ {escape(f'{returned}. {why}')}"]


def _proved(view: PartView, found: Card, tr: Translator, most: int, room: int) -> list[str]:
    if view.proofs and found.item.secret:
        # A number or a file's name can tell what is secret.
        return [f"{escape(tr(EVIDENCE))} {len(view.proofs)}"]
    if view.proofs:
        lines = [f"{escape(tr(EVIDENCE))} {proofs(view.proofs[:most], tr)}"]
    else:
        lines = [escape(tr(N_("Evidence: none")))] if view.report else []
    if view.report and view.report.note and not found.item.secret:
        lines.append(escape(tr(N_("Note: {note}"), note=clip(view.report.note, room))))
    return lines


def _difficulties(view: PartView, found: Card, tr: Translator, room: int) -> list[str]:
    if found.item.secret:
        return []
    lines = []
    for one in view.difficulties:
        if one.open:
            words = tr(N_("Difficulty: {text}"), text=clip(one.text, room))
            lines.append(f"⚠️ {words}")
        elif one.answer:
            words = tr(N_("Difficulty: {text}"), text=clip(one.text, room // 2))
            reply = tr(N_("Answer: {text}"), text=clip(one.answer, room // 2))
            lines.append(f"💬 {words} → {reply}")
    return [escape(line) for line in lines[-3:]]


def parts_page(found: Card, page: int, tr: Translator) -> Outgoing:
    """Say an item's parts in full, a page at a time; a long part has one of its own."""
    item = found.item
    head = item_head(item.code, item.title)
    blocks = [
        Block("\n" + "\n".join(part_lines(views, found, tr, FULL)))
        for views in alike(found.parts, found.day, tr)
    ]
    pages = paginate(head, blocks)
    page = min(max(page, 0), len(pages) - 1)
    return Outgoing(pages[page].html, page_rows(ListPress.PARTS, found, page, len(pages), tr))


def page_rows(
    press: ListPress, found: Card, page: int, pages: int, tr: Translator
) -> tuple[tuple[Button, ...], ...]:
    """Return the rows under a further page of a card: turning, and back to the card."""

    def to(number: int) -> str:
        return list_data(press, found.origin, found.item.id, number)

    turns: list[Button] = []
    if pages > 1:
        turns = [Button("◀", to(page - 1))] if page else []
        turns.append(Button(f"{page + 1}/{pages}", to(page)))
        turns += [Button("▶", to(page + 1))] if page + 1 < pages else []
    card = list_data(ListPress.ITEM, found.origin, found.item.id)
    back = (Button(tr(N_("⬅ Back to {code}"), code=clip(found.item.code, 20)), card),)
    return (tuple(turns), back) if turns else (back,)
