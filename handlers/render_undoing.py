"""Taking back what was done last, in words. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.rules_table import RULES
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_undoing import LastAct, UndoneMessage
from handlers.callbacks import Press, data
from handlers.receipt_keys import received
from handlers.render_history import ACTS, BY_OFFICE, EITHER, SUBJECTS
from handlers.render_people_told import named_roles
from handlers.standing import standing
from handlers.words import capital, clip, event_words

OTHER = N_("changed the item")
TITLE = N_("Take this back?")
NOTHING = N_("You have done nothing yet that could be taken back.")
DONE = N_("Taken back. Everything is as it was before.")


def ask(last: LastAct, tr: Translator) -> Outgoing:
    """Read back what would be taken back."""
    until = tr(
        N_("Possible until {time}, as long as nobody goes on from it."), time=tr.clock(last.until)
    )
    lines = [f"↩ <b>{escape(tr(TITLE))}</b>", *_what(last, tr), f"<i>{escape(until)}</i>"]
    row = (
        Button(tr(N_("↩ Take back")), data(Press.UNDO, last.key)),
        Button(tr(N_("✖ Cancel")), data(Press.EXT_OFF, 0)),
    )
    return Outgoing("\n".join(lines), (row,))


def none(tr: Translator) -> Outgoing:
    """Say that there is nothing to take back."""
    return Outgoing(escape(tr(NOTHING)))


def done(last: LastAct, tr: Translator) -> Outgoing:
    """Say that it was taken back."""
    lines = [*_what(last, tr), f"<b>↩ {escape(tr(DONE))}</b>"]
    row = _view(last, tr)
    return Outgoing("\n".join(lines), (row,) if row else ())


def told(message: UndoneMessage, tr: Translator) -> list[Outgoing]:
    """Tell who was told of an act that it was taken back, by which side, and how things stand."""
    last = message.last
    lines = [f"↩ <b>{escape(_title(message, tr))}</b>"]
    if last.act in OF_UNITS:
        lines += [escape(tr.listing(last.units))] if last.units else []
        lines += [escape(last.code)] if last.code else []
    elif last.code and last.act in TAKEN:
        lines += [escape(clip(last.title, 300))] if last.title else []
    else:
        lines += _what(last, tr)
    lines += [escape(line) for line in _stands(message, tr)]
    row = received(message.outbox_id, tr), *_view(last, tr)
    return [Outgoing("\n".join(lines), (row,))]


def _title(message: UndoneMessage, tr: Translator) -> str:
    last = message.last
    if last.act not in TAKEN or not (last.code or last.act in OF_UNITS):
        return tr(N_("What was told before was taken back"))
    what, time = tr(ACCEPTED if message.accepted else TAKEN[last.act]), tr.clock(last.at)
    if message.event is not None:
        what = tr(N_("the event {event}"), event=event_words(message.event, tr))
    office = (last.act in BY_OFFICE or message.on_behalf) and not message.accepted
    side = tr(N_("Văn phòng")) if office else tr.listing(last.units)
    if last.act in OF_UNITS:
        return tr(N_("{side} takes back {what} of {time}"), side=side, what=what, time=time)
    if last.act in EITHER or not side:
        return tr(
            N_("{code}: {what} of {time} was taken back"), code=last.code, what=what, time=time
        )
    return tr(
        N_("{code}: {side} takes back {what} of {time}"),
        code=last.code,
        side=side,
        what=what,
        time=time,
    )


def _stands(message: UndoneMessage, tr: Translator) -> list[str]:
    """Return how a part stands now, and whether it goes on; what the units told are rid of."""
    lines, last = [], message.last
    if message.without_it and last.act in GIVEN:
        units = tr.listing(message.without_it)
        lines.append(tr(N_("{code} is no longer given to {units}."), code=last.code, units=units))
    elif message.without_it and message.event is not None:
        lines.append(tr(N_("This deadline no longer runs.")))
    if message.lost:
        roles = named_roles(message.lost, tr)
        lines.append(tr(N_("You no longer hold the role: {roles}."), roles=roles))
    if message.regained:
        roles = named_roles(message.regained, tr)
        lines.append(tr(N_("You hold the role again: {roles}."), roles=roles))
    if message.line is not None:
        part = message.line.part
        said = N_("The work goes on: {state}") if part.owed else N_("Now: {state}")
        event = f" – {words}" if (words := event_words(part, tr)) else ""
        lines.append(tr(said, state=standing(message.line, message.day, tr)) + event)
    return lines


GIVEN = frozenset({"item.name", "part.give"})
OF_UNITS = frozenset({"unit.merge"})
ACCEPTED = N_("the acceptance of the proposed day")
# What was taken back, as a thing: acts are told as what somebody did.
TAKEN = {
    "part.report": N_("the report of completion"),
    "report.confirm": N_("the confirmation"),
    "report.return": N_("the return of the report"),
    "report.reopen": N_("the opening again"),
    "extension.request": N_("the request for another date"),
    "extension.withdraw": N_("the withdrawal of the request for another date"),
    "extension.approve": N_("the agreement to another date"),
    "extension.reject": N_("the refusal of another date"),
    "extension.offer": N_("the different date"),
    "difficulty.raise": N_("the difficulty"),
    "difficulty.answer": N_("the answer to the difficulty"),
    "difficulty.close": N_("the closing of the difficulty"),
    "part.drop": N_("the end of the work"),
    "part.resume": N_("the going on with the work"),
    "part.give": N_("the choice of the unit"),
    "part.duty": N_("the change of who leads and who cooperates"),
    "part.hand": N_("the handing over"),
    "part.take": N_("the giving back to the head"),
    "item.add": N_("the adding to the plan"),
    "item.name": N_("the giving to other units"),
    "unit.merge": N_("the merger"),
    "item.remove": N_("the end of the work"),
    "item.edit": N_("the change of the title or the product"),
    "occurrence.event": N_("the event"),
    "occurrence.date": N_("the date"),
    "occurrence.move": N_("the move of the date"),
    "occurrence.before": N_("the move of the date"),
}


def _what(last: LastAct, tr: Translator) -> list[str]:
    said = capital(tr(ACTS.get(last.act, SUBJECTS.get(last.subject, OTHER))))
    units = f" – {tr.listing(last.units)}" if last.units else ""
    if last.settings:
        head = ", ".join(escape(tr(RULES[name].meaning)) for name in last.settings)
    else:
        head = f"<b>{escape(last.code)}</b>"
    if last.title:
        head = f"{head} · {escape(clip(last.title, 120))}"
    shown = [head] if last.code or last.settings else []  # the list of units has no item
    return [*shown, escape(f"{said}{units} ({tr.moment(last.at)})")]


def _view(last: LastAct, tr: Translator) -> tuple[Button, ...]:
    if last.item_id is None or "," in last.code:
        return ()
    return (Button(tr(N_("View {code}"), code=last.code), data(Press.OPEN, last.item_id)),)
