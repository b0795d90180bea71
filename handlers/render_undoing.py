"""Taking back what was done last, in words. Pure."""

import datetime as dt
from html import escape

from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.rules_table import RULES
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_undoing import LastAct, UndoneMessage
from handlers.callbacks import Press, data
from handlers.receipt_keys import received
from handlers.render_history import ACTS, BY_OFFICE, EITHER, SUBJECTS
from handlers.standing import standing
from handlers.words import capital, clip

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
    if last.code and last.act in TAKEN:
        lines += [escape(clip(last.title, 300))] if last.title else []
    else:
        lines += _what(last, tr)
    if message.line is not None:
        lines.append(escape(_stands(message.line, message.day, tr)))
    row = received(message.outbox_id, tr), *_view(last, tr)
    return [Outgoing("\n".join(lines), (row,))]


def _title(message: UndoneMessage, tr: Translator) -> str:
    last = message.last
    if not last.code:
        return tr(N_("What was told before was taken back"))
    if last.act not in TAKEN:
        return tr(N_("{code}: what was told before was taken back"), code=last.code)
    what, time = tr(ACCEPTED if message.accepted else TAKEN[last.act]), tr.clock(last.at)
    office = (last.act in BY_OFFICE or message.on_behalf) and not message.accepted
    side = tr(N_("Văn phòng")) if office else tr.listing(last.units)
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


def _stands(line: Line, day: dt.date, tr: Translator) -> str:
    """Return how a part stands now, and whether it goes on."""
    said = N_("The work goes on: {state}") if line.part.owed else N_("Now: {state}")
    return tr(said, state=standing(line, day, tr))


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
