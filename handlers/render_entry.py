"""What one entry of an item's history changed: what it was and what it is now. Pure."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from bot.domain.problem import N_
from bot.domain.status import Progress
from bot.domain.work import Duty
from bot.i18n import Translator
from bot.services.history import Entry, History
from handlers.words import DUTIES, PROGRESS, clip

DATES = ("due", "extended_due", "to_due", "counter_due", "event_on")
TEXTS = {
    "title": N_("Title: {text}"),
    "product": N_("Product: {text}"),
    "external_code": N_("Code outside: {text}"),
}
REASONS = {
    "reason": N_("Reason: {reason}"),
    "decision": N_("Decision: {reason}"),
    "source_document": N_("Source: {reason}"),
    "event": N_("Event: {reason}"),
}
WORDS = {"text": N_("Difficulty: {reason}"), "answer": N_("Answer: {reason}")}
LONGEST, LONGEST_SIDE, LONGEST_PROOF = 160, 80, 60


def change(entry: Entry, found: History, tr: Translator) -> str:
    """Return what an entry tells of states, dates, units and words; of a secret item no words."""
    said = [*_states(entry, found, tr), *_days(entry, tr)]
    if not found.card.item.secret:
        said += [*_texts(entry, tr), *_proof(entry.after), *_reasons(entry, found, tr)]
    return "; ".join(said)


def _states(entry: Entry, found: History, tr: Translator) -> Iterator[str]:
    before, after = entry.before, entry.after
    if state := _progress(after.get("progress"), tr):
        yield _sides(_progress(before.get("progress"), tr), state)
    if "duty" in before:
        yield _sides(_duty(before["duty"], tr), _duty(after.get("duty"), tr))
    if "unit_id" in before and entry.subject == "part":
        old, new = (found.units.get(side.get("unit_id") or 0, "") for side in (before, after))
        yield _sides(old or "–", new or "–")
    if "assignee_id" in before:
        yield f"→ {_assignee(after.get('assignee_id'), found, tr)}"


def _assignee(person_id: object, found: History, tr: Translator) -> str:
    if not isinstance(person_id, int):
        return tr(N_("the head"))
    return found.people.get(person_id) or tr(N_("a member of staff"))


def _days(entry: Entry, tr: Translator) -> Iterator[str]:
    for name in DATES:
        if day := _day(entry.after.get(name), tr):
            yield _sides(_day(entry.before.get(name), tr), day)


def _texts(entry: Entry, tr: Translator) -> Iterator[str]:
    """Return words that were changed; those of a row that was added stand on the card."""
    for name, label in TEXTS.items():
        if entry.subject == "item" and name in entry.before:
            sides = (side.get(name) or "–" for side in (entry.before, entry.after))
            old, new = (clip(str(one), LONGEST_SIDE) for one in sides)
            yield tr(label, text=_sides(old, new))


def _reasons(entry: Entry, found: History, tr: Translator) -> Iterator[str]:
    words = WORDS if entry.subject == "difficulty" else {}
    if entry.subject == "extension":
        words = {"answer": WORDS["answer"]}
    # What was settled has its own words for what was decided.
    left_out = {"decision"} if "part.settle" in (entry.act, entry.undone) else set()
    for name, label in {**REASONS, **words}.items():
        text = entry.after.get(name)
        if isinstance(text, str) and text and name not in left_out:
            yield tr(label, reason=clip(text, LONGEST))


def _proof(after: dict[str, Any]) -> list[str]:
    """Return what an entry tells of a proof that came: its number, its file's name or its link."""
    told = (after.get(name) for name in ("number", "file_name", "url"))
    return [clip(words, LONGEST_PROOF) for words in told if isinstance(words, str)][:1]


def _sides(was: str, now: str) -> str:
    return f"{was} → {now}" if was and was != now else now


def _progress(value: object, tr: Translator) -> str:
    known = isinstance(value, str) and value in list(Progress)
    return tr(PROGRESS[Progress(str(value))]) if known else ""


def _duty(value: object, tr: Translator) -> str:
    known = isinstance(value, str) and value in list(Duty)
    return tr(DUTIES[Duty(str(value))]) if known else "–"


def _day(value: object, tr: Translator) -> str:
    try:
        return tr.date(dt.date.fromisoformat(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
