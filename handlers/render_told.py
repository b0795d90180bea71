"""The ledger of what was sent and the result of a test, in words. Pure."""

from collections.abc import Sequence
from html import escape

from bot.domain.escalation import RISK, UP
from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.problem import N_
from bot.domain.reminder import AGAIN, AHEAD, LATE, NOON
from bot.domain.reminder_asking import CHECK_IN, CHECKPOINT, EVENT, SCORED_YEAR, UNANSWERED
from bot.domain.told import About, Told, Tried
from bot.i18n import Translator
from bot.services.change_parts import Changed
from bot.services.messages import Button, Outgoing
from bot.services.told import ToldPage
from bot.services.trying_out import Trial
from handlers.callbacks import Press, data, pair_data
from handlers.naming import closed_lines
from handlers.pages import Block, paginate
from handlers.words import clip

MOST_ABOUT = 12
MOST_MISSED = 3
LONGEST_TITLE = 60
OTHER = N_("notice")
UNSENT = (OutboxState.PENDING, OutboxState.SENDING)

BLOCKED = N_("the bot was blocked or removed from the chat")
NO_CHAT = N_("the chat no longer exists")
NO_RIGHTS = N_("the bot may not write in the chat")
# Why something was not sent, as the tables keep it (its beginning), and how people are told.
REASONS = (
    ("chat no longer active", N_("the bot cannot write to this chat any more")),
    ("became part of a later", N_("became part of a later reminder")),
    ("owed by the chat that", N_("the group has moved, and is told there")),
    ("nothing is due", N_("nothing was due any more")),
    ("no longer for this", N_("it was no longer for this chat")),
    ("too old", N_("had become too old")),
    ("topic_closed", N_("the topic of the group is closed")),
    ("not enough rights", NO_RIGHTS),
    ("have no rights", NO_RIGHTS),
    ("chat_write_forbidden", NO_RIGHTS),
    ("forbidden: chat_write_forbidden", NO_RIGHTS),
    ("chat_restricted", NO_RIGHTS),
    ("group is deactivated", NO_CHAT),
    ("peer_id_invalid", NO_CHAT),
    ("user_is_blocked", BLOCKED),
    ("forbidden", BLOCKED),
    ("chat not found", NO_CHAT),
    ("429", N_("Telegram asked to wait")),
    ("timed out", N_("Telegram did not answer")),
    ("the process ended", N_("the bot ended while it was sent")),
    ("cut off", N_("the bot was stopped while it was sent")),
    ("taken back", N_("it was taken back before")),
    ("chat is back", N_("the chat is back")),
)
LINE_DOWN = N_("the line to Telegram was down")
# What is closed unsent was overtaken by events: each message is written from the present state.
OVERTAKEN = N_("no longer so when its turn came")
REFUSED = N_("Telegram refused the message")
STEPS = {
    LATE: N_("overdue"),
    AGAIN: N_("due"),
    NOON: N_("due today, at midday"),
    RISK: N_("due soon, nothing reported"),
    UP: N_("escalated"),
    CHECKPOINT: N_("checkpoint of the year"),
    SCORED_YEAR: N_("before the scored year ends"),
    CHECK_IN: N_("quarterly check-in"),
    UNANSWERED: N_("check-in without an answer, or stuck"),
    EVENT: N_("waits for its event"),
    AHEAD: N_("the server’s clock ran ahead"),
}
# What is no reminder: the kind of the message, or what was changed.
NOTICES: dict[str, str] = {
    OutboxKind.DECISION: N_("decision on the report"),
    OutboxKind.REOPENED: N_("opened again"),
    OutboxKind.EXTENSION_ANSWER: N_("answer about another date"),
    OutboxKind.DIFFICULTY_ANSWER: N_("answer to the difficulty"),
    OutboxKind.ASSIGNED: N_("preparing the report"),
    "stand_in": N_("standing in for somebody"),
    OutboxKind.PREPARED: N_("a report prepared by staff"),
    OutboxKind.ITEM_CHANGED: N_("new by the meeting's conclusions"),
    OutboxKind.UNDONE: N_("something was taken back"),
    OutboxKind.BRIEFING: N_("the weekly briefing"),
    OutboxKind.BROADCAST: N_("notice from Văn phòng"),
    OutboxKind.SUMMARY: N_("the summary of a period"),
    Changed.EVENT: N_("its event was recorded"),
    Changed.DATED: N_("a date was set"),
    Changed.GIVEN: N_("given to the unit"),
    Changed.TAKEN: N_("taken from the unit"),
    Changed.ADDED: N_("new task"),
    Changed.DROPPED: N_("no longer carried out"),
    Changed.EDITED: N_("text changed"),
    Changed.CLOSED: N_("the plan was closed"),
    Changed.MERGED: N_("units were merged"),
}


def told(page: ToldPage, tr: Translator) -> list[Outgoing]:
    """Say what was sent: newest first, a block a message."""
    whose = page.code or page.unit or tr(N_("the whole office"))
    title = tr(N_("Reminders and notices sent: {whose}"), whose=whose)
    head = "\n".join([f"🔔 <b>{escape(title)}</b>", *closed_lines(page.closed, tr)])
    if not page.messages:
        nothing = tr(N_("Nothing has been sent yet."))
        return [Outgoing(f"{head}\n{escape(nothing)}")]
    blocks = [Block(f"\n{_message(one, page, tr)}") for one in page.messages]
    return paginate(head, blocks, last_rows=_turn(page, tr))


def _turn(page: ToldPage, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    press = Press.TOLD_UNIT if page.code is None else Press.TOLD_ITEM
    row = []
    if page.page:
        newer = pair_data(press, page.subject_id, page.page - 1)
        row.append(Button(tr(N_("⬅ Newer")), newer))
    if page.more:
        older = pair_data(press, page.subject_id, page.page + 1)
        row.append(Button(tr(N_("Older ➡")), older))
    return (tuple(row),) if row else ()


def _message(one: Told, page: ToldPage, tr: Translator) -> str:
    person = one.person if page.names else tr(N_("in private")) if one.person else None
    lines = [
        f"<b>{escape(tr.moment(one.closed_at or one.owed_at))}</b> · "
        f"{escape(clip(person or one.chat, LONGEST_TITLE))}",
        escape(_outcome(one.state, one.reason, tr)),
    ]
    lines += [escape(line) for line in _before(one, tr)]
    if one.uncertain:
        lines.append(escape(tr(N_("⚠️ May have arrived twice: the line broke while it was sent."))))
    if one.acknowledged_at is not None:
        lines.append(escape(_acknowledged(one, page, tr)))
    lines.append(_abouts(one.about, page, tr))
    return "\n".join(lines)


def _outcome(state: OutboxState, reason: str | None, tr: Translator) -> str:
    final = state is OutboxState.FAILED
    other = OVERTAKEN if state is OutboxState.DROPPED else None
    why = why_not(reason, tr, final=final, other=other)
    if state is OutboxState.SENT:
        return tr(N_("✅ Delivered"))
    if state is OutboxState.FAILED:
        return tr(N_("❌ Not delivered: {why}"), why=why)
    if state is OutboxState.DROPPED:
        return tr(N_("⚪ Not sent: {why}"), why=why)
    if reason:
        return tr(N_("⏳ Waits to be sent again: {why}"), why=why)
    return tr(N_("⏳ Waits to be sent"))


def _before(one: Told, tr: Translator) -> list[str]:
    """Return what went wrong before: attempts of this message, and messages before it."""
    lines = []
    if one.state is OutboxState.SENT and one.attempts > 1 and one.reason:
        text = N_("🔁 Arrived at attempt {count}; before that: {why}")
        lines.append(tr(text, count=one.attempts, why=why_not(one.reason, tr)))
    for missed in one.missed[-MOST_MISSED:]:
        outcome = _outcome(missed.state, missed.reason, tr)
        when = tr.moment(missed.closed_at)
        lines.append(tr(N_("↪️ Before that, {when}: {outcome}"), when=when, outcome=outcome))
    return lines


def why_not(
    reason: str | None, tr: Translator, *, final: bool = False, other: str | None = None
) -> str:
    """Return why a message was not sent, in words for people; `final`: it is not tried again.

    `other` is said for a reason that has no words here.
    """
    low = (reason or "").lower()
    other = other or (REFUSED if final else LINE_DOWN)
    return tr(next((words for start, words in REASONS if low.startswith(start)), other))


def _acknowledged(one: Told, page: ToldPage, tr: Translator) -> str:
    assert one.acknowledged_at is not None  # the caller has looked
    when = tr.moment(one.acknowledged_at)
    if page.names and one.acknowledged_by:
        return tr(N_("👌 Received: {name}, {when}"), name=one.acknowledged_by, when=when)
    return tr(N_("👌 Received: {when}"), when=when)


def _abouts(about: Sequence[About], page: ToldPage, tr: Translator) -> str:
    # Parts of one item can be told of in the same words.
    every = list(dict.fromkeys(_about(one, page, tr) for one in about))
    shown = every[:MOST_ABOUT]
    if len(every) > MOST_ABOUT:
        shown.append(tr(N_("and {count} more"), count=len(every) - MOST_ABOUT))
    return "\n".join(f"• {escape(one)}" for one in shown)


def _about(one: About, page: ToldPage, tr: Translator) -> str:
    what = f"{one.unit} – " if page.code is not None and one.unit else ""
    code = f"{one.code} · " if one.code and page.code is None else ""
    if one.due is None:
        return f"{code}{what}{tr(NOTICES.get(one.step, OTHER))}"
    due = tr.day_near(one.due, page.day)
    return tr(N_("{what}{step} (due {due})"), what=f"{code}{what}", step=_step(one, tr), due=due)


def _step(one: About, tr: Translator) -> str:
    if one.step.isdigit() and one.step != AGAIN:
        return tr.n("{count} working day before", "{count} working days before", int(one.step))
    return tr(STEPS.get(one.step.partition(":")[0], N_("reminder")))


def trial(found: Trial, tr: Translator) -> Outgoing:
    """Say which chats got the test, which did not and why, and which still wait."""
    sent = found.count(OutboxState.SENT)
    head = tr(N_("Test to {count} groups: {sent} delivered"), count=len(found.chats), sent=sent)
    rest = found.count(*UNSENT)
    lines = [f"🔔 <b>{escape(head)}</b>", *(_tried(one, tr) for one in found.chats)]
    if not rest:
        return Outgoing("\n".join(lines))
    label = tr.n("🔄 {count} still waits", "🔄 {count} still wait", rest)
    return Outgoing("\n".join(lines), ((Button(label, data(Press.TEST_RESULT, found.run)),),))


def _tried(one: Tried, tr: Translator) -> str:
    title = escape(clip(one.chat, LONGEST_TITLE))
    if one.state is OutboxState.SENT and one.closed_at is not None:
        return f"✅ {title} – {escape(tr.clock(one.closed_at))}"
    if one.state in UNSENT and not one.reason:
        return f"⏳ {title}"
    final = one.state not in UNSENT
    return f"{'❌' if final else '⏳'} {title} – {escape(why_not(one.reason, tr, final=final))}"
