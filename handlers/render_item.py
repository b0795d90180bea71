"""What a card says of the item itself: title, products to tick, dates as written, who. Pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from bot.domain.days import local_day, office_date
from bot.domain.problem import N_
from bot.domain.products import read_products
from bot.domain.reminder import Line
from bot.domain.status import Progress
from bot.domain.work import Duty
from bot.i18n import Translator
from bot.services.messages import Card
from handlers.naming import plan_words
from handlers.words import clip, link, sign, state

LONGEST = {"title": 500, "plan": 100, "deadline": 200, "units": 200, "source": 160, "code": 100}
MOST_PRODUCTS, LONGEST_PRODUCT = 8, 120
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def item_lines(found: Card, tr: Translator) -> list[str]:
    """Return the card's upper half."""
    item = found.item
    title = clip(item.title, LONGEST["title"])
    if item.secret:
        words = tr(N_("with secret documents: only its code is kept here"))
        title = f"🔒 {words}"
    lines = [f"<b>{escape(item.code)} · {escape(title)}</b>"]
    plan = plan_words(found.plan_title, found.closed, tr, LONGEST["plan"])
    lines.append(f"<i>{'📕 ' if found.closed else ''}{escape(plan)}</i>")
    if item.removed_at is not None:
        day = office_date(local_day(item.removed_at))
        gone = tr(N_("Taken back on {day}: it is no longer part of the plan."), day=day)
        lines.append(f"<b>🚫 {escape(gone)}</b>")
    if overall := _overall(found, tr):
        lines.append(escape(overall))
    lines.append("")
    if item.deadline_text:
        text = clip(item.deadline_text, LONGEST["deadline"])
        lines.append(escape(tr(N_("Deadline: {text}"), text=text)))
    lines += [escape(line) for line in _products(found, tr)]
    lines += _texts(found, tr)
    return lines


def _overall(found: Card, tr: Translator) -> str:
    """Return how an item with several parts stands: as the worst open one, and how many are."""
    # What is no longer carried out was neither done nor is it to be.
    every = [v.line for v in found.parts if v.line.part.progress is not Progress.DROPPED]
    if len(every) < 2:
        return ""
    still_open = [line for line in every if not line.part.closed]
    said = next((line for line in every if line.part.id == found.speaker_id), None)
    closed = tr.n(
        "{done} of {count} part done",
        "{done} of {count} parts done",
        len(every),
        done=tr.number(len(every) - len(still_open)),
    )
    if not still_open:
        last = _last(every)
        return f"{sign(last)} {state(last, tr)} · {closed}"
    if said is None or (found.closed and said.left_open):
        return closed
    return f"{sign(said)} {state(said, tr)} · {closed}"


def _last(closed: Sequence[Line]) -> Line:
    """Return the part by which a finished item is judged: of the leads', the latest reported."""
    leads = [line for line in closed if line.part.duty is Duty.LEAD] or closed
    reported = [line for line in leads if line.part.submitted_at is not None]
    return max(reported or leads, key=lambda line: line.part.submitted_at or LONG_AGO)


def _products(found: Card, tr: Translator) -> list[str]:
    """Return the products with a box for each; which are ticked tells the report that counts."""
    products = read_products(found.item.product)
    marks = _marks(found, len(products.each))
    said = [
        f"{mark} {clip(text, LONGEST_PRODUCT)}"
        for mark, text in zip(marks, products.each, strict=True)
    ]
    if len(said) == 1 and not products.head:
        return [tr(N_("Product: {text}"), text=said[0])]
    if not said:
        return []
    rest = len(said) - MOST_PRODUCTS
    more = (
        [tr.n("and {count} more product", "and {count} more products", rest)] if rest > 0 else []
    )
    head = clip(products.head, LONGEST_PRODUCT)
    first = tr(N_("Product: {text}"), text=head) if head else tr(N_("Products:"))
    return [first, *said[:MOST_PRODUCTS], *more]


def _marks(found: Card, count: int) -> list[str]:
    """Return a box for each product: of the occurrence at hand, which is the first still open."""
    still_open = [view for view in found.parts if not view.line.part.closed]
    if not still_open and not any(view.ticks for view in found.parts):
        return ["•"] * count
    at_hand = (still_open or found.parts[-1:])[0].line.part.occurrence_id if found.parts else 0
    ticked = {
        place
        for view in found.parts
        if view.line.part.occurrence_id == at_hand
        for place in view.ticks
    }
    return ["☑" if place in ticked else "☐" for place in range(count)]


def _texts(found: Card, tr: Translator) -> list[str]:
    item = found.item
    said = [
        (N_("Target: {text}"), clip(item.indicator, LONGEST["units"])),
        (N_("Leads: {text}"), clip(tr.listing(item.lead), LONGEST["units"])),
        (N_("Cooperates: {text}"), clip(tr.listing(item.cooperate), LONGEST["units"])),
        (N_("Source document: {text}"), clip(item.source_document, LONGEST["source"])),
    ]
    lines = [escape(tr(msgid, text=text)) for msgid, text in said if text]
    if not item.lead and item.removed_at is None:
        lines.append(escape(tr(N_("Leads: nobody yet"))))
    if item.external_code:
        shown = link(clip(item.external_code, LONGEST["code"]))
        where = tr(N_("In the province's software:"))
        lines.append(f"{escape(where)} {shown}")
    return lines
