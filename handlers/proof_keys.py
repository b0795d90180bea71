"""The buttons about evidence that is kept: `prf:verb:id:page`."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from telegram import Update

from bot.domain.kept_proofs import offered
from bot.domain.problem import N_
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.messages import Button
from handlers.naming import dated
from handlers.words import clip


class ProofPress(StrEnum):
    """Every button of kept evidence; the second number is a page or 0."""

    ADD = "prf:add"  # part
    WHICH = "prf:which"  # item, page of the parts that evidence can be added to
    SHOW = "prf:show"  # part: its list and files in new messages
    ITEM = "prf:item"  # item, page of the list
    PART = "prf:part"  # part, page
    OLD_ITEM = "prf:olditem"  # item, page of what counts no more
    OLD_PART = "prf:oldpart"  # part, page
    FILES_ITEM = "prf:filesitem"  # item, page whose files are sent
    FILES_PART = "prf:filespart"  # part, page
    ONE = "prf:one"  # proof
    FILE = "prf:file"  # proof: its file and those of its older versions
    EDIT = "prf:edit"  # proof
    OUT = "prf:out"  # proof: ask whether to take it out
    OUT_NOW = "prf:outnow"  # proof


def proof_data(press: ProofPress, subject_id: int, page: int = 0) -> str:
    """Return a button's data."""
    return f"{press}:{subject_id}:{page}"


def proof_pattern(press: ProofPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:[0-9]{{1,18}}:[0-9]{{1,9}}\Z")


def proof_pressed(update: Update) -> tuple[int, int]:
    """Return what a pressed button names, and the page."""
    assert update.callback_query is not None  # a button was pressed
    subject_id, page = (update.callback_query.data or "").split(":")[2:4]
    return int(subject_id), int(page)


def add_button(part: Part, tr: Translator, which: str = "") -> Button:
    """Return the button that adds evidence to a part; `which` tells it from others."""
    label = tr(N_("📎 Add evidence"))
    label = f"{label} – {clip(which, 44)}" if which else label
    return Button(label, proof_data(ProofPress.ADD, part.id))


def adding_rows(parts: Sequence[Part], item_id: int, tr: Translator) -> list[tuple[Button, ...]]:
    """Return the buttons that add evidence to the parts that need it most, and to another one."""
    first = offered(parts)
    several = len(parts) > 1
    rows: list[tuple[Button, ...]] = [
        (add_button(part, tr, part_name(part, parts, tr) if several else ""),) for part in first
    ]
    if len(parts) > len(first):
        other = tr(N_("📎 Add to another part"))
        rows.append((Button(other, proof_data(ProofPress.WHICH, item_id)),))
    return rows


def part_name(part: Part, among: Iterable[Part], tr: Translator) -> str:
    """Return what tells a part from others of its item: its day and event, its unit, or both."""
    when = dated(part, tr) or part.label
    if len({one.unit_id for one in among}) == 1 and when:
        return when
    return f"{part.unit}, {when}" if when else part.unit


def see_button(part: Part, tr: Translator) -> Button:
    """Return the button that shows a part's evidence and sends its files."""
    return Button(tr(N_("📎 See the evidence")), proof_data(ProofPress.SHOW, part.id))
