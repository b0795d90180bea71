"""The conclusions of a meeting in words: as read, as given, and as their units hear of them. Pure.

What a unit's chat is told names its own items only.
"""

import datetime as dt
from html import escape

from bot.domain.conclusions import Conclusion
from bot.domain.plan import UnitRef
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.conclusion_drafts import Looked
from bot.services.conclusions import Given
from bot.services.messages import Button, Outgoing
from bot.services.messages_items import ItemsGivenMessage
from handlers.callbacks import Press, data, pair_data
from handlers.pages import Block, paginate
from handlers.receipt_keys import received
from handlers.words import TITLE_LENGTH, clip

ASK = N_(
    "Paste the conclusions, one a line: what – unit – date. For example: "
    "Review pending files – HCTP; phối hợp: VB – 30/6"
)
HELPING = N_("with {units}")
NO_UNIT, NO_DATE, DUE = N_("unit not clear"), N_("date not clear"), N_("due {day}")
MOST_WRITTEN, MOST_AGAIN, MOST_PLANS = 60, 3000, 20


def question(kept: str, tr: Translator) -> list[Outgoing]:
    """Ask for conclusions; `kept` is what was written before, to be copied and mended."""
    asked = Outgoing(f"❓ {escape(tr(ASK))}", asks=True)
    if not kept:
        return [asked]
    before = escape(tr(N_("Written before (tap to copy):")))
    return [Outgoing(f"{before}\n<pre>{escape(kept[:MOST_AGAIN])}</pre>"), asked]


def looked(found: Looked, tr: Translator) -> list[Outgoing]:
    """Read the conclusions back; they can be given once every line is clear."""
    count = len(found.lines)
    title = tr.n("{count} conclusion, not given yet", "{count} conclusions, not given yet", count)
    whither = tr(N_("To be added to: {plan}"), plan=found.plan_title)
    head = f"📝 <b>{escape(title)}</b>\n{escape(whither)}"
    blocks = [
        Block(f"\n{number}. {_line(line, found, tr)}")
        for number, line in enumerate(found.lines, start=1)
    ]
    foot = escape(_foot(found, tr))
    return paginate(head, blocks, foot=f"<i>{foot}</i>", last_rows=_rows(found, tr))


def _rows(found: Looked, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    mend = (
        Button(tr(N_("✏️ Edit")), data(Press.CONCLUDE_EDIT)),
        Button(tr(N_("✖️ Call off")), data(Press.CONCLUDE_DROP)),
    )
    other = Button(tr(N_("📘 Into another plan")), pair_data(Press.CONCLUDE_PLAN, found.mark, 0))
    rows = ((other,), mend) if found.others else (mend,)
    if not found.clear:
        return rows
    give = Button(tr(N_("✅ Give the items")), data(Press.CONCLUDE_GIVE, found.mark))
    return ((give,), *rows)


def which_plan(found: Looked, tr: Translator) -> Outgoing:
    """Ask into which plan in force the conclusions go; the one they are in now comes first."""
    plans = ((found.plan_id, found.plan_title), *found.others)
    rows = tuple(
        (Button(clip(title, TITLE_LENGTH), pair_data(Press.CONCLUDE_PLAN, found.mark, plan_id)),)
        for plan_id, title in plans[:MOST_PLANS]
    )
    asked = tr(N_("Into which plan do the conclusions go?"))
    return Outgoing(f"❓ {escape(asked)}", rows)


def _foot(found: Looked, tr: Translator) -> str:
    if not found.clear:
        return tr(N_("Lines with ⚠️ are not clear. Press ✏️ and write them anew."))
    if any(not line.units or line.due is None for line in found.lines):
        return tr(
            N_("What has no unit or no date yet can be given: Văn phòng keeps it in its list.")
        )
    return tr(N_("Nothing is stored before you press ✅."))


def _line(line: Conclusion, found: Looked, tr: Translator) -> str:
    said = [f"<b>{escape(line.title)}</b>" if line.title else _warn(tr(N_("what is to be done?")))]
    known = [unit.name for unit in line.units if unit.certain]
    if known:
        said.append(f"👥 {escape(tr.listing(known))}")
    helping = [unit.name for unit in line.cooperating if unit.certain]
    if helping:
        words = tr(N_("Cooperates: {text}"), text=tr.listing(helping))
        said.append(f"🤝 {escape(words)}")
    said += [_warn(_unknown(unit, tr)) for unit in line.unknown]
    if not line.units:
        said.append(f"❔ {escape(tr(NO_UNIT))}")
    said.append(_due(line, found, tr))
    return "\n".join(said)


def _due(line: Conclusion, found: Looked, tr: Translator) -> str:
    if line.due is not None:
        day = tr.long_date(line.due.due)
        if found.past(line):
            return _warn(tr(N_("{day} is over already"), day=day))
        return f"📅 {escape(tr(DUE, day=day))}"
    if line.unread_due:
        written = clip(line.unread_due, MOST_WRITTEN)
        return _warn(tr(N_("I could not read “{written}” as a day"), written=written))
    return f"❔ {escape(tr(NO_DATE))}"


def _unknown(unit: UnitRef, tr: Translator) -> str:
    written = clip(unit.name, MOST_WRITTEN)
    if unit.suggestion:
        return tr(
            N_("there is no unit “{written}”; do you mean {unit}?"),
            written=written,
            unit=unit.suggestion,
        )
    return tr(N_("there is no unit “{written}”"), written=written)


def _warn(text: str) -> str:
    return f"⚠️ {escape(text)}"


def given(found: Given, tr: Translator) -> list[Outgoing]:
    """Say which items were added, and to how many chats they are told."""
    title = tr.n("{count} item given", "{count} items given", len(found.items))
    blocks = []
    for item_id, code, line in found.items:
        said = f"<b>{escape(code)}</b> · {escape(clip(line.title, TITLE_LENGTH))}"
        units = tr.listing(unit.name for unit in line.units) or tr(NO_UNIT)
        said += f" – {escape(units)}"
        if line.cooperating:
            helping = tr.listing(unit.name for unit in line.cooperating)
            said += f" ({escape(tr(HELPING, units=helping))})"
        said += _until(line.due.due if line.due else None, found.day, tr)
        blocks.append(Block(said, _view(code, item_id, tr)))
    told = tr.n("Told to {count} chat.", "Told to {count} chats.", found.chats)
    return paginate(f"✅ <b>{escape(title)}</b>", blocks, foot=f"<i>{escape(told)}</i>")


def items_given(message: ItemsGivenMessage, tr: Translator) -> list[Outgoing]:
    """Tell a unit which items are new for it."""
    title = tr(N_("New by the conclusions of the meeting"))
    blocks = []
    for line in message.lines:
        said = f"<b>{escape(line.code)}</b> · {escape(clip(line.title, TITLE_LENGTH))}"
        said += _until(line.due, message.day, tr)
        blocks.append(Block(said, _view(line.code, line.item_id, tr)))
    seen = ((received(message.outbox_id, tr),),)
    return paginate(f"📌 <b>{escape(title)}</b>", blocks, last_rows=seen)


def _until(due: dt.date | None, today: dt.date, tr: Translator) -> str:
    said = tr(DUE, day=tr.day_near(due, today)) if due else tr(NO_DATE)
    return f" – {escape(said)}"


def _view(code: str, item_id: int, tr: Translator) -> Button:
    return Button(tr(N_("View {code}"), code=code), data(Press.OPEN, item_id))
