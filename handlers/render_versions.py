"""A newer version of a plan in words: what it would change, and what became of it. Pure."""

from dataclasses import replace
from html import escape

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.loading import DraftKey
from bot.services.messages import Button, Outgoing
from bot.services.versions import Applied
from bot.services.versions_diff import Predecessor
from bot.services.versions_proposals import Proposal
from bot.services.versions_undo import Undone
from handlers.callbacks import DraftPress, data_with
from handlers.loading_keys import draft_words
from handlers.render_loading import SUMMARY
from handlers.render_version_lines import (
    WHAT,
    applied_lines,
    change_lines,
    counts_line,
    undone_line,
)
from handlers.version_keys import VersionPress, key_data, pair_data
from handlers.words import clip

TITLE = 200
LONG = 220
ON_A_PAGE = 6
LINES_IN_LIST = 3


def near_copy(near: Predecessor, draft: DraftKey, tr: Translator) -> Outgoing:
    """Ask whether a plan that was just loaded is a newer version of one that is there."""
    head = tr(
        N_("This looks like “{title}” ({percent} of 100 alike)."),
        title=clip(near.title, TITLE),
        percent=near.percent,
    )
    ask = tr(N_("Is it a newer version of that plan, or another plan? Nothing has changed yet."))
    return Outgoing(
        f"🔁 <b>{escape(head)}</b>\n{escape(ask)}",
        (
            (compare_button(near, draft, tr),),
            (
                Button(
                    tr(N_("It is another plan")),
                    data_with(DraftPress.SUMMARY, *draft_words(draft)),
                ),
                Button(tr(N_("Discard")), data_with(DraftPress.DROP, *draft_words(draft))),
            ),
        ),
    )


def with_comparison(
    said: Outgoing, near: Predecessor | None, draft: DraftKey, tr: Translator
) -> Outgoing:
    """Offer to compare under what was said of a draft, where it looks like another plan."""
    if near is None:
        return said
    return replace(said, buttons=((compare_button(near, draft, tr),), *said.buttons))


def with_undo(said: Outgoing, plan_id: int, number: int, tr: Translator) -> Outgoing:
    """Offer to take back what was just done."""
    undo = Button(tr(N_("Take it back")), pair_data(VersionPress.UNDO, plan_id, number))
    return replace(said, buttons=(*said.buttons, (undo,)))


def compare_button(near: Predecessor, draft: DraftKey, tr: Translator) -> Button:
    """Return the button that compares a draft with the plan it looks like."""
    words = tr(N_("A newer version: see the changes"))
    return Button(words, pair_data(VersionPress.OPEN, near.plan_id, draft.plan_id))


def proposal(found: Proposal, tr: Translator, page: int = 0) -> Outgoing:
    """Show a page of what a version would change, with what can be decided about it."""
    diff = found.diff
    pages = max(1, -(-len(diff.changes) // ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    head = tr(N_("A newer version of “{title}”"), title=clip(diff.title, TITLE))
    lines = [
        f"🔁 <b>{escape(head)}</b>",
        escape(f"{clip(found.source_name, 60)} · {counts_line(diff, tr)}"),
    ]
    if not diff.changes:
        lines.append(escape(tr(N_("It says the same as the plan."))))
    first = page * ON_A_PAGE
    for change in diff.changes[first : first + ON_A_PAGE]:
        told = change_lines(change, tr)[: 1 + LINES_IN_LIST]
        mark = {True: " ✅", False: " ✖️", None: ""}[found.choices.get(change.key)]
        lines += ["", f"{escape(told[0])}{mark}", *map(escape, told[1:])]
    return Outgoing("\n".join(lines), _proposal_rows(found, page, pages, tr))


def _proposal_rows(
    found: Proposal, page: int, pages: int, tr: Translator
) -> tuple[tuple[Button, ...], ...]:
    def button(words: str, press: VersionPress, place: int = 0) -> Button:
        return Button(words, key_data(press, found.key, place))

    count = len(found.diff.changes)
    turn = [button("◀", VersionPress.PAGE, page - 1)] if page else []
    turn += (
        [button(f"▶ {page + 2}/{pages}", VersionPress.PAGE, page + 1)] if page < pages - 1 else []
    )
    chosen = len(found.accepted)
    rows: list[tuple[Button, ...]] = [tuple(turn)] if turn else []
    if count:
        every = tr(N_("✅ Accept all ({count})"), count=count)
        rows.append(
            (
                button(every, VersionPress.ALL),
                button(tr(N_("One by one")), VersionPress.ITEM, page * ON_A_PAGE),
            )
        )
    if chosen:
        some = tr(N_("Apply what was accepted ({count})"), count=chosen)
        rows.append((button(some, VersionPress.CHOSEN),))
    rows.append(
        (
            button(tr(N_("It is another plan")), VersionPress.APART),
            button(tr(N_("Discard")), VersionPress.DROP),
        )
    )
    words = data_with(DraftPress.SUMMARY, *draft_words(found.draft))
    rows.append((Button(tr(SUMMARY), words),))
    return tuple(rows)


def change(found: Proposal, place: int, tr: Translator) -> Outgoing:
    """Show one change of a version, to accept or refuse."""
    changes = found.diff.changes
    place = min(max(place, 0), len(changes) - 1)
    one = changes[place]
    number = tr(N_("Change {number} of {count}"), number=place + 1, count=len(changes))
    decided = {True: N_("accepted"), False: N_("refused"), None: N_("not decided")}
    state = tr(decided[found.choices.get(one.key)])
    told = change_lines(one, tr, LONG)
    lines = [f"{number} · {tr(WHAT[one.kind])} · {state}", "", *told]

    def button(words: str, press: VersionPress, at: int) -> Button:
        return Button(words, key_data(press, found.key, at))

    turn = [button("◀", VersionPress.ITEM, place - 1)] if place else []
    turn += [button("▶", VersionPress.ITEM, place + 1)] if place < len(changes) - 1 else []
    back = button(tr(N_("⬅ All changes")), VersionPress.PAGE, place // ON_A_PAGE)
    return Outgoing(
        "\n".join(map(escape, lines)),
        (
            (
                button(tr(N_("✅ Accept")), VersionPress.TAKE, place),
                button(tr(N_("✖️ Refuse")), VersionPress.SKIP, place),
            ),
            (*turn, back),
        ),
    )


def applied(done: Applied, tr: Translator) -> Outgoing:
    """Say what applying a version led to, and offer to take it back."""
    first, *rest = applied_lines(done, tr)
    said = Outgoing("\n".join([f"✅ <b>{escape(first)}</b>", *map(escape, rest)]))
    return with_undo(said, done.plan_id, done.number, tr)


def ask_undo(title: str, plan_id: int, number: int, tr: Translator) -> Outgoing:
    """Ask once more before a version, or the load itself, is taken back."""
    words = (
        N_("Take version {number} of “{title}” back? The plan becomes what it was before.")
        if number > 1
        else N_("Take the activation of “{title}” back? Nobody is reminded of it any more.")
    )
    text = tr(words, number=number, title=clip(title, TITLE))
    now = Button(tr(N_("Take it back now")), pair_data(VersionPress.UNDO_NOW, plan_id, number))
    return Outgoing(escape(text), ((now,),))


def undone(done: Undone, tr: Translator) -> Outgoing:
    """Say what was taken back."""
    return Outgoing(f"↩️ {escape(undone_line(done, tr))}")


def forgotten(tr: Translator) -> Outgoing:
    """Say that a version was discarded."""
    return Outgoing(escape(tr(N_("The newer version was discarded; the plan stays as it is."))))
