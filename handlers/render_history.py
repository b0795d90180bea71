"""What happened to an item, in plain words. Pure."""

from html import escape
from itertools import groupby

from bot.domain.problem import N_
from bot.domain.states import ExtensionState
from bot.i18n import Translator
from bot.services.history import Entry, History
from bot.services.messages import Outgoing
from handlers.callbacks import ListPress
from handlers.naming import closed_lines
from handlers.render_entry import change
from handlers.render_parts import page_rows
from handlers.words import item_head

# What an act is called; an act that is not named here is told by what it changed.
ACTS = {
    "part.report": N_("reported it done"),
    "report.confirm": N_("confirmed the report"),
    "report.return": N_("returned the report"),
    "report.reopen": N_("reopened what was confirmed by mistake"),
    "part.start": N_("said that it is under way"),
    "part.take": N_("gave the part back to the head"),
    "person.erase": N_("gave the part back to the head"),
    "part.hand": N_("handed the part to who prepares it"),
    "unit.merge": N_("merged the unit into another"),
    "grant.give": N_("gave somebody a role"),
    "grant.end": N_("took a role away"),
    "grant.lend": N_("named a stand-in"),
    "unit.end": N_("set the unit's last day"),
    "unit.rename": N_("renamed the unit"),
    "unit.edit": N_("changed the unit"),
    "unit.alias": N_("added a way to write the unit"),
    "unit.unalias": N_("dropped a way to write the unit"),
    "evidence.add": N_("added evidence"),
    "evidence.correct": N_("corrected evidence"),
    "evidence.remove": N_("took evidence out"),
    "part.settle": N_("looked at what was past"),
    "part.add": N_("added a part"),
    "part.give": N_("gave the part to a unit"),
    "part.duty": N_("changed who leads and who cooperates"),
    "part.drop": N_("the part is no longer carried out"),
    "part.resume": N_("the part is carried out again"),
    "item.add": N_("added the item"),
    "item.name": N_("gave the item to other units"),
    "item.unname": N_("gave the item to other units"),
    "settings.set": N_("changed a setting"),
    "occurrence.before": N_("moved the date"),
    "item.edit": N_("changed the title or the product"),
    "item.remove": N_("the item is no longer carried out"),
    "item.secret": N_("marked the item as one with secret documents"),
    "occurrence.event": N_("recorded the event"),
    "occurrence.date": N_("set the date"),
    "occurrence.move": N_("moved the date"),
    "item.change": N_("a newer version of the plan changed the item"),
    "plan.update": N_("a newer version of the plan was applied"),
    "plan.undo": N_("a newer version of the plan was taken back"),
    "undo": N_("took back what was done last"),
    "difficulty.raise": N_("reported a difficulty"),
    "difficulty.answer": N_("answered the difficulty"),
    "difficulty.close": N_("closed the difficulty"),
    "extension.request": N_("asked for another date"),
    "extension.approve": N_("agreed to another date"),
    "extension.reject": N_("refused another date"),
    "extension.offer": N_("proposed a different date"),
    "extension.grant": N_("agreed to the date that was asked for after all"),
    "extension.unoffer": N_("took back the date that it had proposed"),
    "extension.withdraw": N_("took back the request for another date"),
}
SUBJECTS = {
    "part": N_("changed the part"),
    "report": N_("changed the report"),
    "evidence": N_("changed the evidence"),
    "extension": N_("dealt with another date"),
    "difficulty": N_("dealt with a difficulty"),
    "occurrence": N_("changed a date"),
    "deadline": N_("changed a deadline"),
    "item": N_("changed the item"),
}
# Acts of Văn phòng, or of a leader in its place; others are the unit's.
BY_OFFICE = frozenset(
    {
        "report.confirm",
        "report.return",
        "report.reopen",
        "extension.approve",
        "extension.reject",
        "extension.offer",
        "extension.grant",
        "extension.unoffer",
        "difficulty.answer",
        "part.settle",
        "part.add",
        "part.give",
        "part.duty",
        "part.drop",
        "part.resume",
        "part.take",
        "person.erase",
        "item.add",
        "item.edit",
        "item.name",
        "item.remove",
        "item.secret",
        "item.change",
        "occurrence.event",
        "occurrence.date",
        "occurrence.move",
        "occurrence.before",
        "unit.merge",
        "plan.update",
        "plan.undo",
        "settings.set",
    }
)
# Acts that a unit or Văn phòng does; whose it was the entry does not say.
EITHER = frozenset({"difficulty.close"})
FOR_UNIT = N_("Văn phòng for the unit")


def history(found: History, tr: Translator) -> Outgoing:
    """Say a page of what happened, newest first."""
    item = found.card.item
    lines = [f"🕘 {item_head(item.code, item.title)}"]
    lines += [*closed_lines(found.card.closed, tr), ""]
    if not found.entries:
        lines.append(escape(tr(N_("Nothing has happened since the plan was activated."))))
    # One act can change several rows: it is told once, with all that it changed.
    for _, rows in groupby(found.entries, key=lambda one: (one.at, one.act, one.person)):
        # What it led to comes before the proofs that came with it.
        entry, *more = sorted(rows, key=lambda one: one.subject == "evidence")
        changes = [change(one, found, tr) for one in (entry, *more)]
        told = "; ".join(dict.fromkeys(one for one in changes if one))
        who = _who([entry, *more], tr, names=found.names)
        said = _said([entry, *more], tr)
        units = _units([entry, *more])
        if units and units != [who]:
            said = f"{said} – {tr.listing(units)}"
        when = tr.moment(entry.at)
        lines.append(
            f"<i>{escape(when)}</i>\n{escape(f'{who}: {said}' if who else said)}"
            f"{escape(f' ({told})' if told else '')}"
        )
    buttons = page_rows(ListPress.HISTORY, found.card, found.page, found.pages, tr)
    return Outgoing("\n".join(lines), buttons)


def _units(entries: list[Entry]) -> list[str]:
    """Return the units whose parts an act changed, in their order; none where it was the item."""
    if any(one.subject == "item" for one in entries):
        return []
    by_id = sorted(entries, key=lambda one: one.id)
    return list(dict.fromkeys(one.unit for one in by_id if one.unit))


def _said(entries: list[Entry], tr: Translator) -> str:
    """Return what was done; of what was taken back, what that was."""
    entry = entries[0]
    said = tr(ACTS.get(entry.act, SUBJECTS.get(entry.subject, N_("changed the item"))))
    if entry.undone and entry.undone in ACTS:
        said = f"{said}: {tr(ACTS[entry.undone])}"
    return f"{said} ({tr(FOR_UNIT)})" if _on_behalf(entries) else said


def _on_behalf(entries: list[Entry]) -> bool:
    """Tell whether Văn phòng reported, or added proofs, in the place of a unit."""
    return any(one.after.get("on_behalf") is True for one in entries)


def _who(entries: list[Entry], tr: Translator, *, names: bool) -> str:
    """Return who acted: the person, and where people are not named, on which side they stand."""
    entry = entries[0]
    if names and entry.person:
        return entry.person
    act = entry.undone or entry.act
    if act in EITHER:
        return ""
    accepted = any(one.before.get("state") == ExtensionState.COUNTERED for one in entries)
    office = act in BY_OFFICE and not (act == "extension.approve" and accepted)
    return tr(N_("Văn phòng")) if office or _on_behalf(entries) else entry.unit
