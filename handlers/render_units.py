"""The units and a page for each, in words. Pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import Role
from bot.i18n import Translator
from bot.services import change_flows as flows
from bot.services.messages import Button, Outgoing
from bot.services.units import UnitList, UnitPage
from handlers.people_keys import UnitPress, people_data
from handlers.render_people import in_pairs, in_rows, page_of, turns
from handlers.words import clip

TITLE = N_("Units")
HOW = (
    N_("/don_vi thêm NAME – a new unit"),
    N_("/don_vi đổi OLD NAME > NEW NAME – rename; the old name is still understood"),
    N_("/don_vi gọi UNIT > OTHER NAME – another way to write it"),
    N_("/don_vi bỏ OTHER NAME – no longer written so"),
    N_("/don_vi gộp UNIT > UNIT – merge the first into the second"),
    N_("/don_vi hết UNIT > 30/6/2024 – its last day"),
)
PER_PAGE = 12
# What can be done on a unit's page, two in a row.
CHANGES = {
    flows.UNIT_RENAME: N_("✏️ Rename"),
    flows.UNIT_END: N_("📅 Last day"),
    flows.UNIT_ALIAS: N_("🔤 Add another name"),
    flows.UNIT_UNALIAS: N_("✖️ Drop a name"),
    flows.UNIT_SHORT: N_("🔠 Short name"),
    flows.UNIT_GROUP: N_("🗂 Group"),
    flows.UNIT_MERGE: N_("🔗 Merge into…"),
    flows.UNIT_HEAD: N_("👤 Heads"),
    flows.UNIT_STAND_IN: N_("🤝 Stand-in"),
    flows.UNIT_LEADER: N_("🎖 Supervising leader"),
    flows.UNIT_ADD: N_("🆕 Add a unit"),
}
ADD = flows.UNIT_ADD
ENDED = "ended"


def list_units(found: UnitList, page: int, tr: Translator) -> Outgoing:
    """List the units, a button each, with who heads, stands in and supervises."""
    shown, at = page_of(found.units, page, PER_PAGE)
    lines = [f"🏢 <b>{escape(tr(TITLE))}</b>"]
    buttons = []
    for stored in shown:
        unit = stored.unit
        beside = ", ".join(name for name in (unit.short, *unit.aliases) if name)
        lines.append(f"• <b>{escape(unit.name)}</b>" + (f" ({escape(beside)})" if beside else ""))
        held = [one for one in found.held if one.unit_id == stored.id]
        lines += [escape(line) for line in people(held, found.day, tr)]
        if stored.valid_to:
            lines.append(escape(tr(N_("Until {day}"), day=tr.long_date(stored.valid_to))))
        label = clip(unit.short or unit.name, 30)
        buttons.append(Button(label, people_data(UnitPress.PAGE, stored.id)))
    lines += ["", *(escape(tr(line)) for line in HOW)]
    turn = turns(UnitPress.LIST, "-", at, len(found.units), tr, PER_PAGE)
    add: tuple[Button, ...] = (Button(tr(CHANGES[ADD]), people_data(UnitPress.CHANGE, 0, ADD)),)
    if found.ended:
        label = tr(N_("🗄 Ended: {count}"), count=len(found.ended))
        add = (*add, Button(label, people_data(UnitPress.LIST, 0, ENDED)))
    return Outgoing("\n".join(lines), (*in_rows(buttons, 3), *turn, add))


def ended(found: UnitList, page: int, tr: Translator) -> Outgoing:
    """List the units that have ended, a button each."""
    shown, at = page_of(found.ended, page, PER_PAGE)
    head = tr(N_("🗄 Ended: {count}"), count=len(found.ended))
    lines = [f"<b>{escape(head)}</b>"]
    buttons = []
    for stored in shown:
        lines.append(f"• {escape(stored.unit.name)}")
        if stored.valid_to:
            lines.append(escape(tr(N_("Until {day}"), day=tr.long_date(stored.valid_to))))
        label = clip(stored.unit.short or stored.unit.name, 30)
        buttons.append(Button(label, people_data(UnitPress.PAGE, stored.id)))
    turn = turns(UnitPress.LIST, ENDED, at, len(found.ended), tr, PER_PAGE)
    back = (Button(tr(N_("⬅ Back")), people_data(UnitPress.LIST)),)
    return Outgoing("\n".join(lines), (*in_rows(buttons, 3), *turn, back))


def people(held: Sequence[Held], today: dt.date, tr: Translator) -> list[str]:
    """Say who heads a unit, who stands in and until when, and which leader supervises it."""
    lines = []
    for role, said in (
        (Role.HEAD, N_("Head: {names}")),
        (Role.LEADER, N_("Supervised by {names}")),
    ):
        own = [one.name for one in held if one.role is role and one.stands_in_for is None]
        if own:
            lines.append(tr(said, names=tr.listing(dict.fromkeys(own))))
        lines += [
            stand_in(one, today, tr)
            for one in held
            if one.role is role and one.stands_in_for is not None
        ]
    return lines


def stand_in(held: Held, today: dt.date, tr: Translator) -> str:
    """Say that somebody stands in, and until when; from when, where that is still to come."""
    last = tr.long_date(held.valid_to) if held.valid_to else "–"
    if held.valid_from is not None and held.valid_from > today:
        first = tr.long_date(held.valid_from)
        said = N_("Stand-in from {first} to {last}: {name}")
        return tr(said, first=first, last=last, name=held.name)
    return tr(N_("Stand-in until {last}: {name}"), last=last, name=held.name)


def page(found: UnitPage, tr: Translator) -> Outgoing:
    """Show one unit, with what can be done about it."""
    unit = found.stored.unit
    written = [name for name in (unit.short, *unit.aliases) if name]
    lines = [f"🏢 <b>{escape(unit.name)}</b>"]
    if written:
        lines.append(escape(tr(N_("Also written: {names}"), names=", ".join(written))))
    if unit.group:
        lines.append(escape(tr(N_("Group of units: {name}"), name=unit.group)))
    lines.append(escape(_life(found.stored.valid_from, found.stored.valid_to, tr)))
    back = (Button(tr(N_("⬅ Back")), people_data(UnitPress.LIST)),)
    if found.into:
        lines.append(escape(tr(N_("Part of {unit} now"), unit=found.into)))
        return Outgoing("\n".join(lines), (back,))
    told = people(found.held, found.day, tr)
    if not any(one.role is Role.HEAD and one.stands_in_for is None for one in found.held):
        told = [tr(N_("⚠️ No head yet")), *told]
    lines += [escape(line) for line in told]
    staff = dict.fromkeys(one.name for one in found.held if one.role is Role.STAFF)
    if staff:
        lines.append(escape(tr(N_("Members of staff: {names}"), names=tr.listing(staff))))
    chats = tr.listing(found.chats) if found.chats else tr(N_("none; messages go to its heads"))
    lines.append(escape(tr(N_("Group chat: {names}"), names=chats)))
    count = tr.n(
        "{count} open part, of later dates too",
        "{count} open parts, those of later dates too",
        found.open_count,
    )
    lines.append(escape(count))
    wanted = [(key, label) for key, label in CHANGES.items() if key != ADD]
    if not unit.aliases:
        wanted = [one for one in wanted if one[0] != flows.UNIT_UNALIAS]
    if not found.stored.alive(found.day):
        wanted = [one for one in wanted if one[0] == flows.UNIT_END]
    buttons = [
        Button(tr(label), people_data(UnitPress.CHANGE, found.stored.id, key))
        for key, label in wanted
    ]
    return Outgoing("\n".join(lines), (*in_pairs(buttons), back))


def _life(begins: dt.date | None, ends: dt.date | None, tr: Translator) -> str:
    first = tr.long_date(begins) if begins else ""
    last = tr.long_date(ends) if ends else ""
    if first and last:
        return tr(N_("From {first} to {last}"), first=first, last=last)
    if last:
        return tr(N_("Until {day}"), day=last)
    if first:
        return tr(N_("Since {day}, without a last day"), day=first)
    return tr(N_("Without a last day"))
