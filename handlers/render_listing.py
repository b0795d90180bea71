"""A page of a list as one message, with the buttons that turn it. Pure."""

from html import escape

from bot.domain.listing import REQUESTS, ListKind, ListRef
from bot.domain.problem import N_
from bot.domain.search import as_read
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.messages_lists import Listing, Shown
from handlers.callbacks import ListPress, list_data
from handlers.pages import LIMIT, PER_ROW, visible_size
from handlers.render_listing_lines import entry_line, foot, head_line
from handlers.words import clip

# How much of a unit's name a line takes: less where a page would not fit.
ROOMS = (60, 24, 8)
UNITS_PER_PAGE = 40

EMPTY = {
    ListKind.WORK: N_("Nothing is open."),
    ListKind.SOON: N_("Nothing falls due in these days."),
    ListKind.OVERDUE: N_("Nothing is overdue (as of {when})."),
    ListKind.AWAITING: N_("Nothing waits for confirmation."),
    ListKind.UNPROVEN: N_("Nothing lacks evidence."),
    ListKind.UNDATED: N_("Everything has a date."),
    ListKind.SEARCH: N_("Nothing was found. Try fewer words, or a code such as III.5."),
}


def listing(found: Listing, tr: Translator) -> Outgoing:
    """Say a page of a list."""
    html = ""
    for room in ROOMS:
        html = _text(found, tr, room)
        if visible_size(html) <= LIMIT:
            break
    return Outgoing(html, _rows(found, tr))


def _text(found: Listing, tr: Translator, room: int) -> str:
    lines = [_title(found, tr)]
    if not found.total:
        nothing = tr(EMPTY[found.ref.kind], when=tr.moment(found.now))
        sign = "🟢 " if found.ref.kind is ListKind.OVERDUE else ""
        lines.append(f"{sign}{escape(nothing)}")
    head = None
    for shown in found.entries:
        if shown.head != head:
            head = shown.head
            lines += ["", title] if (title := head_line(head, found, tr)) else []
        lines.append(entry_line(shown, found, tr, room))
    below = foot(found, tr)
    return "\n".join([*lines, "", *below] if below else lines)


def _title(found: Listing, tr: Translator) -> str:
    count = found.total
    whose = f" – {escape(clip(found.unit, 120))}" if found.unit else ""
    if found.ref.kind is ListKind.WORK:
        parts = tr.n("{count} open part", "{count} open parts", count)
        if found.unit:
            return f"📋 <b>{escape(clip(found.unit, 120))}</b>" + (
                f" – {escape(parts)}" if count else ""
            )
        return f"📋 <b>{escape(parts if count else tr(N_('Open items')))}</b>"
    if found.ref.kind is ListKind.OVERDUE:
        if not count:
            nothing = tr(N_("Overdue"))
            return f"🔴 <b>{escape(nothing)}</b>{whose}"
        late = tr.n("Overdue: {count} part", "Overdue: {count} parts", count)
        as_of = tr(N_("as of {when}"), when=tr.moment(found.now))
        return f"🔴 <b>{escape(late)}</b>{whose} ({escape(as_of)})"
    return f"{_SIGNS[found.ref.kind]} <b>{escape(_counted(found, tr))}</b>{whose}"


_SIGNS = {
    ListKind.SOON: "📅",
    ListKind.AWAITING: "📥",
    ListKind.UNPROVEN: "📎",
    ListKind.UNDATED: "⚪",
    ListKind.SEARCH: "🔎",
}


def _counted(found: Listing, tr: Translator) -> str:
    count = found.total
    if found.ref.kind is ListKind.SOON:
        days = int(found.ref.argument or 0)
        parts = tr.n("{count} part", "{count} parts", count)
        return tr.n(
            "Due in the next {count} day: {parts}",
            "Due in the next {count} days: {parts}",
            days,
            parts=parts,
        )
    if found.ref.kind is ListKind.AWAITING:
        reports = count - found.heads.get(REQUESTS, 0)
        return tr(N_("Awaiting confirmation: {count}"), count=tr.number(reports))
    if found.ref.kind is ListKind.UNPROVEN:
        return tr.n("Without evidence: {count} part", "Without evidence: {count} parts", count)
    if found.ref.kind is ListKind.UNDATED:
        return tr.n("Without a date: {count} part", "Without a date: {count} parts", count)
    asked = as_read(found.ref.argument)
    return tr.n("“{asked}”: {count} item", "“{asked}”: {count} items", count, asked=asked)


def _rows(found: Listing, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    opens = list(dict.fromkeys(_opener(shown, found) for shown in found.entries if shown.opens))
    rows = [tuple(opens[at : at + PER_ROW]) for at in range(0, len(opens), PER_ROW)]
    if turns := turning(ListPress.PAGE, found.ref, found.pages):
        rows.append(turns)
    if found.ref.kind is ListKind.OVERDUE and found.compares:
        if found.ref.argument:
            every = list_data(ListPress.PAGE, ListRef(ListKind.OVERDUE))
            rows.append((Button(tr(N_("⬅ All units")), every),))
        elif len(found.choices) > 1:
            by_unit = list_data(ListPress.UNITS, ListRef(ListKind.OVERDUE))
            rows.append((Button(tr(N_("🏢 By unit")), by_unit),))
    if found.total:
        whole = list_data(ListPress.FILE, found.ref.turned(0))
        rows.append((Button(tr(N_("📄 Download as XLSX")), whole),))
    return tuple(rows)


def _opener(shown: Shown, found: Listing) -> Button:
    part = shown.lines[0].part
    code = f"📕 {part.code}" if shown.head in found.closed else part.code
    return Button(clip(code, 20), list_data(ListPress.ITEM, found.ref, part.item_id))


def turning(press: ListPress, ref: ListRef, pages: int) -> tuple[Button, ...]:
    """Return the row that turns the pages, none where there is one; the middle says which."""
    if pages < 2:
        return ()
    here = Button(f"{ref.page + 1}/{pages}", list_data(press, ref))
    back = (Button("◀", list_data(press, ref.turned(ref.page - 1))),) if ref.page else ()
    more = ref.page + 1 < pages
    on = (Button("▶", list_data(press, ref.turned(ref.page + 1))),) if more else ()
    return (*back, here, *on)


def by_unit(found: Listing, tr: Translator) -> Outgoing:
    """Say how many are overdue in each unit; a press shows a unit's."""
    lines = [_title(found, tr), ""]
    rows: list[tuple[Button, ...]] = []
    for unit_id, name, count in found.choices[:UNITS_PER_PAGE]:
        lines.append(f"{escape(clip(name, 60))} – <b>{escape(tr.number(count))}</b>")
        ref = ListRef(ListKind.OVERDUE, str(unit_id))
        rows.append((Button(f"{clip(name, 40)} – {count}", list_data(ListPress.PAGE, ref)),))
    rows.append((back_to(ListRef(ListKind.OVERDUE), tr),))
    return Outgoing("\n".join(lines), tuple(rows))


def back_to(ref: ListRef, tr: Translator) -> Button:
    """Return the button that goes back to a list's page."""
    return Button(tr(N_("⬅ Back to the list")), list_data(ListPress.PAGE, ref))
