"""The buttons that report an item's parts, decide on reports and settle what was past. Pure."""

import datetime as dt
from collections.abc import Sequence

from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.i18n import Translator
from bot.services.messages import Button, Card
from handlers.callbacks import Press, data
from handlers.naming import dated
from handlers.proof_keys import ProofPress, adding_rows, proof_data
from handlers.words import clip, due

Row = tuple[Button, ...]
MOST_PARTS, MOST_DECISIONS = 6, 3
LONGEST = 60


def report(card: Card, tr: Translator) -> list[Row]:
    """Offer to report each part the viewer answers for; which one is said where several are."""
    views = {view.line.part.id: view.line for view in card.parts}
    offered = [views[part_id] for part_id in card.may_report]
    rows: list[Row] = []
    for part_id in card.may_report[:MOST_PARTS]:
        own = card.viewer is None or views[part_id].part.unit_id in card.viewer.heads()
        label = tr(N_("✅ Report done")) if own else tr(N_("✍️ Report for the unit"))
        if len(card.may_report) > 1:
            label = f"{label} – {part_words(views[part_id], offered, card.day, tr)}"
        rows.append((Button(label, data(Press.REPORT, part_id)),))
    return rows


def prove(card: Card, tr: Translator) -> list[Row]:
    """Offer to add evidence to the parts that need it most, and to see what there is."""
    provable = [v.line.part for v in card.parts if v.line.part.id in card.may_prove]
    rows: list[Row] = list(adding_rows(provable, card.item.id, tr))
    held = sum(len(view.proofs) for view in card.parts)
    if held:
        label = tr(N_("🗂 Evidence ({count})"), count=held)
        rows.append((Button(label, proof_data(ProofPress.ITEM, card.item.id)),))
    return rows


def decide(card: Card, tr: Translator) -> list[Row]:
    """Offer to confirm or return the reports that wait for the viewer."""
    return [decision(report_id, tr) for report_id in card.may_decide[:MOST_DECISIONS]]


def settle(card: Card, tr: Translator) -> list[Row]:
    """Offer to say what becomes of what was past when the plan was activated."""
    return [
        (
            Button(tr(N_("Was done")), data(Press.PART_DONE, part_id)),
            Button(tr(N_("Not required")), data(Press.PART_DROP, part_id)),
            Button(tr(N_("Overdue")), data(Press.PART_LATE, part_id)),
        )
        for part_id in card.may_settle[:MOST_DECISIONS]
    ]


def part_words(line: Line, among: Sequence[Line], day: dt.date, tr: Translator) -> str:
    """Return what tells a part from the others offered: its day and event, the unit, or both."""
    part = line.part
    when = dated(part, tr) or due(line, day, tr)
    units = {one.part.unit_id for one in among}
    days = {(one.part.due, one.part.event_on, one.part.event) for one in among}
    if len(units) == 1 and len(days) > 1:
        return when
    if len(days) == 1 and len(units) > 1:
        return clip(part.unit, 40)
    # The event is what differs, so the unit gives way.
    return clip(f"{clip(part.unit, 20 if part.event_on else 40)}, {when}", LONGEST)


def decision(report_id: int, tr: Translator) -> Row:
    """Return the two buttons that decide on a report."""
    return (
        Button(tr(N_("✅ Confirm")), data(Press.CONFIRM, report_id)),
        Button(tr(N_("↩️ Return")), data(Press.RETURN, report_id)),
    )
