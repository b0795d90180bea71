"""The questions about a draft, one message each. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.domain.deadline import DateDeadline, Deadline, Ongoing, Unspecified
from bot.domain.draft import DraftItem
from bot.domain.problem import N_
from bot.domain.review import Question, Topic, duties_of
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.review import Review, TypedDate
from handlers.callbacks import DraftPress, data_with, deadline_word, number_word
from handlers.loading_keys import draft_words
from handlers.pages import LIMIT, size
from handlers.render_loading import SUMMARY
from handlers.render_loading_list import bound_words, deadline_words, problem_lines
from handlers.words import DUTIES, clip

# Units on one page, and how many a button's data can say are chosen.
PAGE = 60
MOST_UNITS = 110
PER_ROW = 3
MOST_CODES = 15
MOST_PROBLEMS = 8
MOST_DAYS = 4
LABEL, WORDS, TITLE = 28, 500, 160
Rows = tuple[tuple[Button, ...], ...]

ASKED = {
    Topic.UNIT: N_("🏢 Which unit is “{written}”?"),
    Topic.COLLECTIVE: N_("👥 Which units are “{written}”?"),
    Topic.LEAD: N_("👤 Nobody leads this item. Who does?"),
    Topic.DEADLINE: N_("📅 Was the deadline read right?"),
    Topic.NOTE: N_("👀 To look at"),
}


def question(review: Review, tr: Translator, *, chosen: int = 0, page: int = 0) -> Outgoing:
    """Ask what the review stands at; `chosen` are the marked units, as bits by their order."""
    asked = review.question
    if asked is None:
        text = tr(N_("✅ Everything was looked at. The plan can be activated."))
        return Outgoing(escape(text), (_last_row(review, tr),))
    title = tr(ASKED[asked.topic], written=clip(asked.written, WORDS))
    lines = [f"<b>{review.number}/{review.total}</b> · <b>{escape(title)}</b>"]
    for line in map(escape, _about(asked, tr)):
        if size("\n".join((*lines, line))) > LIMIT:
            lines.append("…")
            break
        lines.append(line)
    return Outgoing("\n".join(lines), _answers(review, asked, tr, chosen, page))


def _about(asked: Question, tr: Translator) -> list[str]:
    lines: list[str] = []
    if asked.item is not None:
        lines.append(f"{asked.item.code} · {clip(asked.item.title, TITLE)}")
    elif asked.codes:
        codes = tr.listing(asked.codes[:MOST_CODES])
        more = "…" if len(asked.codes) > MOST_CODES else ""
        lines.append(tr(N_("In: {codes}"), codes=f"{codes}{more}"))
    if asked.item and asked.topic is not Topic.DEADLINE and asked.item.assignment_text:
        lines.append(tr(N_("As written: {text}"), text=clip(asked.item.assignment_text, WORDS)))
    if asked.item and asked.topic is Topic.COLLECTIVE:
        duties = [tr(DUTIES[duty]) for duty in duties_of(asked.item, asked.written)]
        lines.append(tr(N_("Their part: {duties}"), duties=tr.listing(duties)))
    if asked.item and asked.topic is Topic.DEADLINE:
        lines += _deadline_lines(asked.item, tr)
    lines += problem_lines(asked.problems[:MOST_PROBLEMS], tr)
    return [clip(line, WORDS * 2) for line in lines]


def _deadline_lines(item: DraftItem, tr: Translator) -> list[str]:
    written = clip(item.deadline_text, WORDS) or "–"
    own = [row for row in item.deadlines if not row.internal]
    return [
        tr(N_("As written: {text}"), text=written),
        *(f"→ {bound_words(row, tr, most=MOST_DAYS)}" for row in own[:MOST_PROBLEMS]),
    ]


def _answers(review: Review, asked: Question, tr: Translator, chosen: int, page: int) -> Rows:
    words = (*draft_words(review.key), asked.key)
    if asked.topic is Topic.UNIT:
        rows = _one_unit(review, asked, words, tr, page)
    elif asked.topic in (Topic.COLLECTIVE, Topic.LEAD):
        rows = _several_units(review, words, tr, chosen, page)
    elif asked.topic is Topic.DEADLINE:
        rows = _deadlines(review, asked, words, tr)
    else:
        rows = ((Button(tr(N_("Seen")), data_with(DraftPress.RIGHT, *words)),),)
        if review.alike > 1:
            seen = tr.n("Seen, all {count} alike", "Seen, all {count} alike", review.alike)
            rows += ((Button(seen, data_with(DraftPress.RIGHT_ALL, *words)),),)
    return (*rows, _last_row(review, tr))


def _last_row(review: Review, tr: Translator) -> tuple[Button, ...]:
    words = draft_words(review.key)
    summary = Button(tr(SUMMARY), data_with(DraftPress.SUMMARY, *words))
    if not review.following:
        return (summary,)
    skip = data_with(DraftPress.LOOK, *words, review.following, "0")
    return Button(tr(N_("Skip")), skip), summary


def _label(review: Review, number: int) -> str:
    unit = review.units[number].unit
    return clip(unit.short or unit.name, LABEL)


def _in_rows(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))


def _on_page(count: int, page: int) -> range:
    first = page * PAGE if page * PAGE < count else 0
    return range(first, min(first + PAGE, count))


def _one_unit(
    review: Review, asked: Question, words: tuple[str, ...], tr: Translator, page: int
) -> Rows:
    def choice(number: int, sign: str = "") -> Button:
        data = data_with(DraftPress.UNIT, *words, review.units[number].id)
        return Button(f"{sign}{_label(review, number)}", data)

    names = [stored.unit.name for stored in review.units]
    meant = names.index(asked.suggestion) if asked.suggestion in names else None
    rows: list[tuple[Button, ...]] = [] if meant is None else [(choice(meant, "✅ "),)]
    shown = _on_page(len(names), page)
    rows += _in_rows([choice(number) for number in shown if number != meant])
    if len(names) > PAGE:
        following = page + 1 if shown.stop < len(names) else 0
        more = data_with(DraftPress.LOOK, *words, following)
        rows.append((Button(tr(N_("More units")), more),))
    none = Button(tr(N_("Not a unit of the office")), data_with(DraftPress.UNIT, *words, 0))
    return (*rows, (none,))


def _several_units(
    review: Review, words: tuple[str, ...], tr: Translator, chosen: int, page: int
) -> Rows:
    count = min(len(review.units), MOST_UNITS)
    shown = _on_page(count, page)
    marks = []
    for number in shown:
        sign = "☑️" if chosen >> number & 1 else "☐"
        after = number_word(chosen ^ (1 << number))
        data = data_with(DraftPress.MARK, *words, after, page)
        marks.append(Button(f"{sign} {_label(review, number)}", data))
    rows = list(_in_rows(marks))
    if count > PAGE:
        following = page + 1 if shown.stop < count else 0
        more = data_with(DraftPress.MARK, *words, number_word(chosen), following)
        rows.append((Button(tr(N_("More units")), more),))
    done = data_with(DraftPress.UNITS, *words, number_word(chosen))
    rows.append((Button(tr(N_("✅ Done")), done),))
    if review.alike > 1:
        label = tr.n(
            "✅ For all {count} items of the section",
            "✅ For all {count} items of the section",
            review.alike,
        )
        both = data_with(DraftPress.UNITS_ALL, *words, number_word(chosen))
        rows.append((Button(label, both),))
    return tuple(rows)


def _deadlines(review: Review, asked: Question, words: tuple[str, ...], tr: Translator) -> Rows:
    assert asked.item is not None  # deadlines are asked item by item
    read = [row for row in asked.item.deadlines if not row.internal and not row.unread]
    right = Button(tr(N_("✅ Right")), data_with(DraftPress.RIGHT, *words))
    rows = [(right,)] if read else []
    if read and review.alike > 1:
        label = tr.n("✅ Right, all {count} alike", "✅ Right, all {count} alike", review.alike)
        rows.append((Button(label, data_with(DraftPress.RIGHT_ALL, *words)),))
    rows += [(_proposal(one, words, tr),) for one in asked.proposals]
    rows.append((Button(tr(N_("⌨️ Type a date")), data_with(DraftPress.TYPE, *words)),))
    later = data_with(DraftPress.DAY, *words, deadline_word(Unspecified("", "")))
    rows.append((Button(tr(N_("Văn phòng sets it later")), later),))
    return tuple(rows)


def _proposal(deadline: Deadline, words: tuple[str, ...], tr: Translator) -> Button:
    assert isinstance(deadline, DateDeadline | Ongoing)  # nothing else is proposed
    data = data_with(DraftPress.DAY, *words, deadline_word(deadline))
    said = deadline_words(deadline, tr)
    return Button(said[:1].upper() + said[1:], data)


def ask_date(asked: Question, tr: Translator, *, unread: str = "") -> Outgoing:
    """Ask for a date to be typed; `unread` is what could not be read before."""
    assert asked.item is not None  # deadlines are asked item by item
    head = tr(N_("{code}: type the date, for example 30/6 or 30/6/2024."), code=asked.item.code)
    lines = [head]
    if unread:
        text = tr(N_("“{text}” could not be read as a date."), text=clip(unread, 60))
        lines.insert(0, f"⚠️ {text}")
    return Outgoing(escape("\n".join(lines)), asks=True)


def to_person(message: Outgoing, telegram_id: int, name: str) -> Outgoing:
    """Return a question with its person named: in a group only they are asked for an answer."""
    mention = f'<a href="tg://user?id={telegram_id}">{escape(clip(name, 60) or "…")}</a>'
    return replace(message, html=f"{mention} · {message.html}")


def typed_date(typed: TypedDate, day: DateDeadline, tr: Translator) -> Outgoing:
    """Read a typed date back in full; it counts once the button is pressed."""
    asked = typed.review.question
    assert asked is not None  # it was just found
    assert asked.item is not None  # deadlines are asked item by item
    words = (*draft_words(typed.review.key), asked.key)
    said = deadline_words(day, tr)
    text = tr(N_("{code}: {day}. Is that right?"), code=asked.item.code, day=said)
    return Outgoing(
        f"📅 <b>{escape(text)}</b>\n{escape(clip(asked.item.title, TITLE))}",
        (
            (
                Button(
                    tr(N_("✅ Yes, this date")),
                    data_with(DraftPress.DAY, *words, deadline_word(day)),
                ),
            ),
            (Button(tr(N_("⌨️ Type another")), data_with(DraftPress.TYPE, *words)),),
            (Button(tr(SUMMARY), data_with(DraftPress.SUMMARY, *draft_words(typed.review.key))),),
        ),
    )
