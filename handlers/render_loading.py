"""A plan that was loaded: its numbers, and what became of it. Pure."""

from collections.abc import Sequence
from html import escape

from bot.domain.problem import N_
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind
from bot.i18n import Translator
from bot.services.loading import DraftKey
from bot.services.loading_summary import Summary
from bot.services.messages import Button, Outgoing
from bot.services.plans import Activated
from handlers.callbacks import DraftPress, data_with
from handlers.loading_keys import draft_words
from handlers.words import clip

MOST_NAMES = 12
TITLE = 200
FETCHING = N_("Fetching the file…")
READING = N_("Reading…")
SAVING = N_("Saving…")
SUMMARY = N_("⬅ Summary")

STATES = {
    PlanState.DRAFT: N_("Nobody is reminded until it is activated."),
    PlanState.ACTIVE: N_("It is active: units are reminded."),
    PlanState.CLOSED: N_("It is closed: nobody is reminded."),
}

KINDS = {
    DeadlineKind.DATE: N_("With a date: {count}"),
    DeadlineKind.RECURRING: N_("recurring: {count}"),
    DeadlineKind.RELATIVE: N_("by event: {count}"),
    DeadlineKind.ONGOING: N_("ongoing: {count}"),
    DeadlineKind.UNSPECIFIED: N_("without a date: {count}"),
}


def step(text: str, tr: Translator) -> Outgoing:
    """Say what is being done with the file."""
    return Outgoing(f"⏳ {escape(tr(text))}")


def summary(found: Summary, tr: Translator) -> Outgoing:
    """Say what was understood of a plan, with what can be done about it."""
    first, *rest = summary_lines(found, tr)
    return Outgoing(
        "\n".join([f"📄 <b>{escape(first)}</b>", *map(escape, rest)]), _buttons(found, tr)
    )


def summary_lines(found: Summary, tr: Translator) -> list[str]:
    """Return the numbers of a plan in lines of plain text."""
    count = tr.n("{count} item was read", "{count} items were read", found.items)
    if found.sections:
        where = tr.n("in {count} section", "in {count} sections", found.sections)
        count = f"{count} {where}"
    kinds = [
        tr(words, count=tr.number(found.kinds[kind]))
        for kind, words in KINDS.items()
        if found.kinds.get(kind)
    ]
    if found.internal:
        kinds.append(tr(N_("internal: {count}"), count=tr.number(found.internal)))
    lines = [clip(found.title, TITLE), count, " · ".join(kinds)]
    lines += _to_look_at(found, tr)
    lines.append(tr(STATES[found.state]))
    return [line for line in lines if line]


def _to_look_at(found: Summary, tr: Translator) -> list[str]:
    lines = []
    if found.questions:
        places = tr.n("{count} place to look at", "{count} places to look at", found.questions)
        lines.append(f"⚠️ {places}")
    if found.without_lead:
        lines.append(
            tr.n("{count} item has no lead", "{count} items have no lead", found.without_lead)
        )
    if found.past:
        lines.append(tr.n("{count} date is past", "{count} dates are past", found.past))
    if not found.units:
        lines.append(tr(N_("The office has no list of units yet: nhacviec units load FILE.csv.")))
    return lines + _unreached(found, tr)


def _unreached(found: Summary, tr: Translator) -> list[str]:
    lines = []
    if found.without_chat:
        names = _names(found.without_chat, tr)
        lines.append(
            tr.n(
                "{count} unit has no chat, only its head in private: {names}",
                "{count} units have no chat, only their heads in private: {names}",
                len(found.without_chat),
                names=names,
            )
        )
    if found.without_head:
        names = _names(found.without_head, tr)
        lines.append(
            tr.n(
                "{count} unit has neither a chat nor a head here: {names}",
                "{count} units have neither a chat nor a head here: {names}",
                len(found.without_head),
                names=names,
            )
        )
    return lines


def _names(names: Sequence[str], tr: Translator) -> str:
    shown = tr.listing(clip(name, 40) for name in names[:MOST_NAMES])
    return f"{shown}…" if len(names) > MOST_NAMES else shown


def _buttons(found: Summary, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    words = draft_words(found.key)
    save = Button(tr(N_("Get the list")), data_with(DraftPress.LIST, *words))
    if found.state is not PlanState.DRAFT:
        return ((save,),)
    look = tr.n("See {count} place", "See {count} places", found.questions)
    first = (Button(look, data_with(DraftPress.LOOK, *words, "first", "0")),)
    return (
        *((first,) if found.questions else ()),
        (save,),
        (
            Button(tr(N_("✅ Activate")), data_with(DraftPress.START, *words)),
            Button(tr(N_("Discard")), data_with(DraftPress.DROP, *words)),
        ),
    )


def ask_start(found: Summary, tr: Translator) -> Outgoing:
    """Ask once more before a plan with open questions is activated."""
    words = draft_words(found.key)
    text = tr.n(
        "{count} place was not looked at. Activate all the same?",
        "{count} places were not looked at. Activate all the same?",
        found.questions,
    )
    return Outgoing(
        f"<b>{escape(clip(found.title, TITLE))}</b>\n{escape(text)}",
        (
            (Button(tr(N_("Activate now")), data_with(DraftPress.START_NOW, *words)),),
            (Button(tr(SUMMARY), data_with(DraftPress.SUMMARY, *words)),),
        ),
    )


def ask_drop(found: Summary, tr: Translator) -> Outgoing:
    """Ask once more before a draft is discarded."""
    words = draft_words(found.key)
    text = tr.n(
        "Discard this draft of {count} item? What was settled in it is lost.",
        "Discard this draft of {count} items? What was settled in it is lost.",
        found.items,
    )
    return Outgoing(
        f"<b>{escape(clip(found.title, TITLE))}</b>\n{escape(text)}",
        (
            (Button(tr(N_("Discard it")), data_with(DraftPress.DROP_NOW, *words)),),
            (Button(tr(SUMMARY), data_with(DraftPress.SUMMARY, *words)),),
        ),
    )


def activated(done: Activated, key: DraftKey, tr: Translator) -> Outgoing:
    """Say that a plan is active, what is past, and what nobody is assigned to."""
    parts = tr.n("{count} part to report.", "{count} parts to report.", done.parts)
    items = tr.n("{count} item", "{count} items", done.items)
    lines = [
        f"✅ <b>{escape(tr(N_('Active: “{title}”.'), title=clip(done.title, TITLE)))}</b>",
        escape(f"{items} · {parts}"),
        escape(tr(N_("Units are reminded from the next working morning, at 07:30."))),
    ]
    if done.past:
        past = tr.n(
            "{count} date is past: Văn phòng is asked about it, nobody is reminded.",
            "{count} dates are past: Văn phòng is asked about them, nobody is reminded.",
            done.past,
        )
        lines.append(escape(past))
    if done.unassigned:
        codes = _names(done.unassigned, tr)
        lines.append(escape(tr(N_("Nobody is assigned to: {codes}."), codes=codes)))
    save = Button(tr(N_("Get the list")), data_with(DraftPress.LIST, *draft_words(key)))
    return Outgoing("\n".join(lines), ((save,),))


def discarded(title: str, tr: Translator) -> Outgoing:
    """Say that a draft is gone."""
    text = tr(
        N_("The draft “{title}” was discarded. Nobody was reminded."), title=clip(title, TITLE)
    )
    return Outgoing(escape(text))


def how_to(drafts: Sequence[tuple[DraftKey, str]], tr: Translator) -> Outgoing:
    """Say how a plan is loaded, and offer the drafts that wait."""
    lines = [
        tr(N_("Answer a message that has the plan's file with /nhap, or send the file with it.")),
        tr(N_("If the file does not say its year: /nhap 2026.")),
    ]
    if drafts:
        lines.append(tr(N_("These drafts wait to be activated:")))
    rows = tuple(
        (Button(clip(title, 60), data_with(DraftPress.SUMMARY, *draft_words(key))),)
        for key, title in drafts[:10]
    )
    return Outgoing(escape("\n".join(lines)), rows)
