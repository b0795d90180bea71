"""What is asked and read back when Văn phòng changes an item, and what units are told. Pure."""

import datetime as dt
from html import escape

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.change_parts import Changed
from bot.services.change_steps import Ask, Choice, Done, Nothing, Words
from bot.services.changing import Shown
from bot.services.messages import Button, Outgoing
from bot.services.messages_changes import ItemChangedMessage, PlanClosedMessage
from handlers.callbacks import DraftPress, Press, data, data_with, pair_data
from handlers.loading_keys import draft_words
from handlers.people_keys import PeoplePress, UnitPress, people_data
from handlers.receipt_keys import received
from handlers.words import clip, due, extra, sign, state

LONGEST, LONGEST_LABEL, MOST_LINES = 700, 60, 40
TOLD = {
    Changed.EVENT: N_("▶️ {code} has begun to run: due {day}"),
    Changed.DATED: N_("🗓 {code} now has a date: {day}"),
    Changed.GIVEN: N_("👥 {code} was given to {units}"),
    Changed.TAKEN: N_("👥 {code} is no longer a task of {units}"),
    Changed.ADDED: N_("🆕 New task {code}"),
    Changed.DROPPED: N_("🚫 {code} is no longer carried out"),
    Changed.EDITED: N_("✏️ {code} was changed"),
}


def sentence(said: Words, tr: Translator) -> str:
    """Return a sentence, its days with their weekday, long texts cut."""
    return tr(said.msgid, **{name: _value(value, tr) for name, value in said.params.items()})


def _value(value: object, tr: Translator) -> object:
    if isinstance(value, dt.date):
        return tr.long_date(value)
    if isinstance(value, tuple):
        return tr.listing(str(_value(one, tr)) for one in value)
    if isinstance(value, Words):
        return sentence(value, tr)
    return clip(value, LONGEST) if isinstance(value, str) else value


def step(shown: Shown, tr: Translator, *, private: bool) -> list[Outgoing]:
    """Ask, or read back. In a group a typed answer must be a reply, so buttons stand apart."""
    if isinstance(shown.step, Nothing):
        return [Outgoing(escape(sentence(shown.step.said, tr)))]
    no = (Button(tr(N_("✖️ Cancel")), data(Press.CHANGE_NO, shown.token)),)
    if not isinstance(shown.step, Ask):
        lines = [f"<b>{escape(sentence(shown.step.title, tr))}</b>"]
        lines += [escape(sentence(line, tr)) for line in shown.step.lines[:MOST_LINES]]
        yes = Button(tr(N_("✅ Right, record it")), data(Press.CHANGE_YES, shown.token))
        return [Outgoing("\n".join(lines), ((yes,), no))]
    ask = shown.step
    rows = tuple(
        (
            Button(
                clip(sentence(choice.label, tr), LONGEST_LABEL),
                _answer(choice, shown.token, place),
            ),
        )
        for place, choice in enumerate(ask.choices)
    )
    question = f"❓ {escape(sentence(ask.question, tr))}"
    if not ask.typed or private:
        return [Outgoing(question, (*rows, no))]
    beside = tr(N_("Or choose:")) if rows else tr(N_("Changed your mind?"))
    return [Outgoing(question, asks=True), Outgoing(escape(beside), (*rows, no))]


def _answer(choice: Choice, token: int, place: int) -> str:
    if choice.draft is not None:
        return data_with(DraftPress.SUMMARY, *draft_words(choice.draft))
    return pair_data(Press.CHANGE_PICK, token, place)


def done(result: Done, tr: Translator) -> Outgoing:
    """Say what was done, with a button to what was changed."""
    rows: tuple[tuple[Button, ...], ...] = ()
    if result.item_id is not None:
        rows = ((Button(tr(N_("View the item")), data(Press.OPEN, result.item_id)),),)
    if result.draft is not None:
        words = draft_words(result.draft)
        rows = ((Button(tr(N_("View the draft")), data_with(DraftPress.SUMMARY, *words)),),)
    rows = rows or back_to(result.unit_id, result.person_id, tr)
    return Outgoing(f"✅ {escape(sentence(result.said, tr))}", rows)


def back_to(
    unit_id: int | None, person_id: int | None, tr: Translator
) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons to the person or the unit that a change was about."""
    if person_id is not None:
        whose = people_data(PeoplePress.PERSON, person_id)
        return ((Button(tr(N_("View the person")), whose),),)
    if unit_id is not None:
        unit = Button(tr(N_("View the unit")), people_data(UnitPress.PAGE, unit_id))
        return ((unit, Button(tr(N_("🏢 All units")), people_data(UnitPress.LIST))),)
    return ()


def told(message: ItemChangedMessage, tr: Translator) -> list[Outgoing]:
    """Tell units what became of an item of theirs."""
    what = Changed(message.what)
    head = tr(
        TOLD[what],
        code=message.item.code,
        units=tr.listing(message.units),
        day=tr.long_date(message.day) if message.day else "",
    )
    lines = [f"<b>{escape(head)}</b>", escape(clip(message.item.title, 300))]
    for line in message.lines if what is not Changed.TAKEN else ():
        when = state(line, tr)
        when += f" · {due(line, message.today, tr)}" if line.part.due else ""
        unit = f"{line.part.unit}: " if len(message.units) > 1 else ""
        lines.append(f"{sign(line)} {escape(unit)}{escape(when)}{extra(line.part, tr)}")
    if what is Changed.DROPPED and message.decision:
        said = tr(N_("Decision: {text}"), text=clip(message.decision, LONGEST))
        lines.append(escape(said))
    row = [received(message.outbox_id, tr)]
    if what is not Changed.TAKEN:
        label = tr(N_("View {code}"), code=message.item.code)
        row.append(Button(label, data(Press.OPEN, message.item.id)))
    return [Outgoing("\n".join(lines), (tuple(row),))]


def closed(message: PlanClosedMessage, tr: Translator) -> list[Outgoing]:
    """Tell a unit that a plan was closed."""
    head = tr(N_("📕 The plan “{title}” is closed"), title=clip(message.title, 300))
    lines = [f"<b>{escape(head)}</b>"]
    if message.carried:
        text = tr(N_("Carried over to the next plan: {codes}"), codes=", ".join(message.carried))
        lines.append(escape(clip(text, LONGEST)))
    if message.dropped:
        text = tr(N_("No longer carried out: {codes}"), codes=", ".join(message.dropped))
        lines.append(escape(clip(text, LONGEST)))
        if message.decision:
            said = tr(N_("Decision: {text}"), text=clip(message.decision, LONGEST))
            lines.append(escape(said))
    rows = ((received(message.outbox_id, tr),),)
    return [Outgoing("\n".join(lines), rows)]
