"""A newer version of a plan in lines of plain text, for the chat and the command line. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.deadline import Deadline
from bot.domain.plan_diff import DiffItem, Field
from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.i18n import Translator
from bot.services.versions import Applied
from bot.services.versions_diff import ChangeKind, ItemChange, VersionDiff
from bot.services.versions_undo import Undoing, Undone
from handlers.render_loading_list import deadline_words
from handlers.words import clip

SHORT = 60
WORDS_BEFORE = 2
SIGNS = {ChangeKind.ADDED: "🆕", ChangeKind.REMOVED: "🗑", ChangeKind.CHANGED: "✏️"}
WHAT = {
    ChangeKind.ADDED: N_("new"),
    ChangeKind.REMOVED: N_("no longer carried out"),
    ChangeKind.CHANGED: N_("changed"),
}
FIELDS = {
    Field.CODE: N_("number"),
    Field.SECTION: N_("section"),
    Field.TITLE: N_("task"),
    Field.PRODUCT: N_("product"),
    Field.DEADLINES: N_("deadline"),
    Field.LEAD: N_("leads"),
    Field.COOPERATE: N_("cooperates"),
    Field.UNIT_DEADLINES: N_("internal deadline"),
    Field.NOTE: N_("note"),
}
NOTHING = "–"


def counts_line(diff: VersionDiff, tr: Translator) -> str:
    """Return how many items come, go, change and stay."""
    return " · ".join(
        (
            tr(N_("new: {count}"), count=tr.number(len(diff.of(ChangeKind.ADDED)))),
            tr(N_("changed: {count}"), count=tr.number(len(diff.of(ChangeKind.CHANGED)))),
            tr(N_("gone: {count}"), count=tr.number(len(diff.of(ChangeKind.REMOVED)))),
            tr(N_("unchanged: {count}"), count=tr.number(diff.same)),
        )
    )


def change_lines(change: ItemChange, tr: Translator, length: int = SHORT) -> list[str]:
    """Return a change as lines of plain text: the item, then each field as it was and will be."""
    shown = change.shown
    head = f"{SIGNS[change.kind]} {shown.code} · {clip(shown.title, length)}"
    if change.kind is ChangeKind.REMOVED:
        return [f"{head} ({tr(WHAT[change.kind])})"]
    fields = change.fields or (Field.DEADLINES, Field.LEAD)
    lines = [head]
    for field in fields:
        old, new = _value(change.old, field, tr), _value(change.new, field, tr)
        if field is Field.DEADLINES and change.old and change.new:
            old = _days(_only_in(change.old.deadlines, change.new.deadlines), tr)
            new = _days(_only_in(change.new.deadlines, change.old.deadlines), tr)
        if change.old is not None:
            old, new = _from_difference(old, new)
            new = f"{clip(old, length)} → {clip(new, length)}"
        lines.append(f"    {tr(FIELDS[field])}: {clip(new, 2 * length + 3)}")
    return lines


def _only_in(these: Sequence[Deadline], those: Sequence[Deadline]) -> list[Deadline]:
    """Return the deadlines that others do not have, whatever words they were read from."""
    known = {replace(one, text="") for one in those}
    return [one for one in these if replace(one, text="") not in known]


def _from_difference(old: str, new: str) -> tuple[str, str]:
    """Return two long texts from a little before the place where they begin to differ."""
    before, after = old.split(), new.split()
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = same - WORDS_BEFORE
    if start <= WORDS_BEFORE:
        return old, new
    return f"… {' '.join(before[start:])}", f"… {' '.join(after[start:])}"


def _value(item: DiffItem | None, field: Field, tr: Translator) -> str:
    if item is None:
        return NOTHING
    if field is Field.DEADLINES:
        return _days(item.deadlines, tr)
    if field is Field.UNIT_DEADLINES:
        found = (
            f"{tr.listing(names)}: {deadline_words(due, tr)}" for names, due in item.unit_deadlines
        )
        return "; ".join(found) or NOTHING
    if field is Field.LEAD:
        return tr.listing(item.lead) or NOTHING
    if field is Field.COOPERATE:
        return tr.listing(item.cooperate) or NOTHING
    return str(getattr(item, field.value)) or NOTHING


def _days(deadlines: Sequence[Deadline], tr: Translator) -> str:
    return "; ".join(deadline_words(one, tr) for one in deadlines) or NOTHING


def applied_lines(done: Applied, tr: Translator) -> list[str]:
    """Return what applying a version led to as lines of plain text."""
    tally = done.tally
    lines = [
        tr(N_("Version {number} of “{title}” was accepted."), number=done.number, title=done.title)
    ]
    said = (
        (tally.added, N_("new: {count}")),
        (tally.changed, N_("changed: {count}")),
        (tally.removed, N_("gone: {count}")),
        (tally.moved, N_("dates moved: {count}")),
        (tally.parts, N_("new parts: {count}")),
        (tally.dropped, N_("parts no longer carried out: {count}")),
    )
    lines.append(" · ".join(tr(words, count=tr.number(count)) for count, words in said if count))
    if tally.past:
        lines.append(
            tr.n(
                "{count} date is past: Văn phòng is asked about it, nobody is reminded.",
                "{count} dates are past: Văn phòng is asked about them, nobody is reminded.",
                tally.past,
            )
        )
    lines.append(tr(N_("Reports, evidence and history stayed with their items.")))
    return [line for line in lines if line]


def undone_line(done: Undone, tr: Translator) -> str:
    """Return what was taken back as a sentence."""
    if done.what is Undoing.VERSION:
        words = N_("Version {number} of “{title}” was taken back: the plan is as before.")
        return tr(words, number=done.number, title=done.title)
    if done.what is Undoing.DRAFT:
        return tr(N_("The draft “{title}” was discarded. Nobody was reminded."), title=done.title)
    if done.state is PlanState.DRAFT:
        words = N_("The activation of “{title}” was taken back: it is a draft again.")
    else:
        words = N_("The load of “{title}” was taken back: nobody is reminded of it any more.")
    return tr(words, title=done.title)
