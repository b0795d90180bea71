"""Everything said about difficulties (vướng mắc). Pure."""

from html import escape

from bot.domain.days import local_time
from bot.domain.problem import N_
from bot.domain.purposes import Purpose
from bot.domain.roles import Role
from bot.domain.work import Part
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_difficulties import (
    DifficultyAnswerMessage,
    DifficultyList,
    DifficultyMessage,
    Stuck,
)
from handlers.callbacks import Press, data
from handlers.pages import Block, paginate
from handlers.receipt_keys import received
from handlers.render_choosing import opener
from handlers.render_lists import viewer
from handlers.unsaid import not_kept, title_lines, words_of
from handlers.words import capital, clip, due, extra, heading

LONGEST = 900
IN_LIST = 200
TITLE = N_("⚠️ Open difficulties: {count}")
TOLD = {
    frozenset({Role.COORDINATOR, Role.LEADER}): N_(
        "Recorded. Văn phòng and the leader in charge were told."
    ),
    frozenset({Role.COORDINATOR}): N_("Recorded. Văn phòng was told."),
    frozenset({Role.LEADER}): N_("Recorded. The leader in charge was told."),
}
NOBODY_TOLD = N_("Recorded. Nobody can be told yet: please tell Văn phòng yourself.")
NONE = N_("No open difficulty. A unit reports one with the button on an item's card.")


def ask(part: Part, tr: Translator) -> Outgoing:
    """Ask what stands in the way."""
    text = tr(N_("What stands in the way? Answer with one or two sentences."))
    lines = [f"⚠️ {heading(part)}{extra(part, tr)}", f"❓ {escape(text)}", *not_kept(part, tr)]
    return Outgoing("\n".join(lines), asks=True)


def raised(about: Stuck, tr: Translator) -> Outgoing:
    """Say that a difficulty was recorded and who hears of it."""
    said = tr(TOLD.get(about.told, NOBODY_TOLD))
    lines = [*_what(about, tr), f"<b>{escape(said)}</b>"]
    return Outgoing("\n".join(lines), (_keys(about, tr),))


def told(message: DifficultyMessage, tr: Translator) -> list[Outgoing]:
    """Tell Văn phòng and the leader in charge that a unit is stuck."""
    about = message.about
    part = about.line.part
    if not about.difficulty.open:
        closed = (received(message.outbox_id, tr), viewer(part, tr))
        return [Outgoing("\n".join(_outcome(about, tr)), (closed,))]
    title = tr(N_("{code} – {unit} reports a difficulty"), code=part.code, unit=part.unit)
    lines = [
        f"⚠️ <b>{escape(title)}</b>{extra(part, tr)}",
        *title_lines(part),
        escape(capital(due(about.line, about.day, tr))),
        *_words(about, tr),
    ]
    rows = (
        (
            Button(tr(N_("💬 Answer")), data(Press.STUCK_ANSWER, about.difficulty.id)),
            viewer(part, tr),
        ),
        (received(message.outbox_id, tr),),
    )
    return [Outgoing("\n".join(lines), rows)]


def answered(message: DifficultyAnswerMessage, tr: Translator) -> list[Outgoing]:
    """Tell the unit what was answered, or that its difficulty was closed."""
    seen = received(message.outbox_id, tr)
    lines = _outcome(message.about, tr)
    return [Outgoing("\n".join(lines), ((seen, viewer(message.about.line.part, tr)),))]


def outcome(about: Stuck, tr: Translator) -> Outgoing:
    """Say in place of the question what became of a difficulty."""
    return Outgoing("\n".join(_outcome(about, tr)), ((viewer(about.line.part, tr),),))


def _outcome(about: Stuck, tr: Translator) -> list[str]:
    part, found = about.line.part, about.difficulty
    if found.answer is not None:
        title = tr(
            N_("💬 {code} – {unit}: answer to the difficulty"), code=part.code, unit=part.unit
        )
        end = "" if part.secret else f"➜ {escape(clip(found.answer, LONGEST))}"
    else:
        title = tr(
            N_("✔ {code} – {unit}: the difficulty was closed"), code=part.code, unit=part.unit
        )
        end = ""
    head = f"<b>{escape(title)}</b>{extra(part, tr)}"
    return [line for line in (head, *_words(about, tr), end) if line]


def _words(about: Stuck, tr: Translator) -> list[str]:
    """Return what stands in the way, as it was typed."""
    return words_of(about.line.part, f"“{clip(about.difficulty.text, LONGEST)}”", tr)


def ask_answer(about: Stuck, tr: Translator) -> Outgoing:
    """Ask what to answer."""
    code = about.line.part.code
    text = tr(N_("What do you answer about {code}? It goes to the unit."), code=code)
    lines = [*_words(about, tr), f"💬 {escape(text)}"]
    return Outgoing("\n".join(lines), asks=True)


def listing(
    found: DifficultyList, tr: Translator, *, may_report: bool = False, part_id: int = 0
) -> list[Outgoing]:
    """List the open difficulties, the oldest first.

    `may_report`: with a way to report one; `part_id` is the part that it would be about.
    """
    label = tr(N_("⚠️ Report a difficulty"))
    if part_id:
        last: tuple[tuple[Button, ...], ...] = (
            (Button(label, data(Press.STUCK_RAISE, part_id)),),
        )
    else:
        last = ((opener(label, Purpose.STUCK),),) if may_report else ()
    if not found.found:
        return [Outgoing(escape(tr(NONE)), last)]
    blocks: list[Block] = []
    for about in found.found:
        part = about.line.part
        unit = f" – {escape(part.unit)}" if found.all_units and part.unit else ""
        since = tr.short_date(local_time(about.difficulty.raised_at).date())
        when = tr(N_("since {day}"), day=since)
        blocks.append(
            Block(
                f"\n{heading(part)}{extra(part, tr)}{unit}\n{_in_list(about)} ({escape(when)})",
                _list_key(about, tr),
            )
        )
    title = tr(TITLE, count=tr.number(len(found.found)))
    return paginate(f"<b>{escape(title)}</b>", blocks, last_rows=last)


def _in_list(about: Stuck) -> str:
    return "🔒" if about.line.part.secret else f"“{escape(clip(about.difficulty.text, IN_LIST))}”"


def _list_key(about: Stuck, tr: Translator) -> Button:
    code, key = about.line.part.code, about.difficulty.id
    if about.may_answer:
        return Button(tr(N_("💬 {code}"), code=code), data(Press.STUCK_ANSWER, key))
    if about.may_close:
        return Button(tr(N_("✔ Close {code}"), code=code), data(Press.STUCK_CLOSE, key))
    return viewer(about.line.part, tr)


def _what(about: Stuck, tr: Translator) -> list[str]:
    part = about.line.part
    return [
        f"⚠️ {heading(part)}{extra(part, tr)}",
        *_words(about, tr),
    ]


def _keys(about: Stuck, tr: Translator) -> tuple[Button, ...]:
    keys = [viewer(about.line.part, tr)]
    if about.may_close:
        close = Button(
            tr(N_("✔ No longer in the way")), data(Press.STUCK_CLOSE, about.difficulty.id)
        )
        keys.insert(0, close)
    return tuple(keys)
