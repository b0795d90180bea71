"""Taking back what was done last, in words. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.rules_table import RULES
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_undoing import LastAct, UndoneMessage
from handlers.callbacks import Press, data
from handlers.receipt_keys import received
from handlers.render_history import ACTS, SUBJECTS
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
    """Tell who was told of an act that it was taken back."""
    last = message.last
    if last.code:
        title = tr(N_("{code}: what was told before was taken back"), code=last.code)
    else:
        title = tr(N_("What was told before was taken back"))
    lines = [f"↩ <b>{escape(title)}</b>", *_what(last, tr)]
    row = received(message.outbox_id, tr), *_view(last, tr)
    return [Outgoing("\n".join(lines), (row,))]


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
