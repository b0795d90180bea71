"""People, chats, codes and what is kept about somebody, in words. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape
from typing import TypeVar

from bot.domain.membership import Held
from bot.domain.problem import N_
from bot.domain.roles import ChatPurpose, Role
from bot.i18n import Translator
from bot.services.members import Choice, Ending, Invitation, Members
from bot.services.messages import Button, Outgoing
from bot.services.role_words import ROLES
from handlers.people_keys import PeoplePress, UnitPress, people_data
from handlers.words import capital, clip

T = TypeVar("T")
PER_PAGE = 8
PURPOSES = {
    ChatPurpose.UNIT: N_("a unit's group"),
    ChatPurpose.OFFICE: N_("Văn phòng's group"),
    ChatPurpose.LEADERS: N_("the leaders' group"),
}
BACK = N_("⬅ Back")


def choose_what(choice: Choice, tr: Translator) -> Outgoing:
    """Ask whom or what to invite."""
    buttons = [
        *(
            Button(f"👤 {capital(tr(ROLES[r]))}", people_data(PeoplePress.INVITE, 0, r))
            for r in choice.roles
        ),
        *(
            Button(f"💬 {capital(tr(t))}", people_data(PeoplePress.INVITE, 0, p))
            for p, t in PURPOSES.items()
        ),
    ]
    text = tr(N_("Whom is the code for? It works once and for 7 days."))
    return Outgoing(escape(text), (*in_pairs(buttons), (_codes(tr),)))


def _codes(tr: Translator) -> Button:
    return Button(tr(N_("🔑 Open codes")), people_data(PeoplePress.CODES))


def choose_unit(choice: Choice, what: str, tr: Translator) -> Outgoing:
    """Ask which unit the code is for."""
    buttons = [
        Button(
            clip(stored.unit.short or stored.unit.name, 30),
            people_data(PeoplePress.INVITE_TO, stored.id, what),
        )
        for stored in choice.units
    ]
    if what != Role.LEADER:
        return Outgoing(escape(tr(N_("Which unit?"))), in_pairs(buttons))
    none = Button(tr(N_("No unit in particular")), people_data(PeoplePress.INVITE_TO, 0, what))
    return Outgoing(escape(tr(N_("Which unit is supervised?"))), (*in_pairs(buttons), (none,)))


def invitation(made: Invitation, tr: Translator) -> Outgoing:
    """Hand out a code, with its link and what to do with it."""
    if made.role is not None:
        whom = tr(ROLES[made.role])
        how = tr(N_("Open the link, or send /dang_ky and the code to me in private."))
    else:
        whom = tr(PURPOSES[made.purpose or ChatPurpose.UNIT])
        how = tr(N_("Add me with the link, or send /dang_ky and the code in the group or topic."))
    if made.unit:
        whom = f"{whom} – {made.unit}"
    lines = [f"🔑 <b>{escape(capital(whom))}</b>", f"<code>{escape(made.code)}</code>"]
    if made.bot:
        way = "start" if made.role is not None else "startgroup"
        lines.append(f"https://t.me/{escape(made.bot)}?{way}={escape(made.code)}")
    until = tr.moment(made.expires_at)
    last = tr(N_("Valid once, until {day}. Give it to nobody else."), day=until)
    return Outgoing("\n".join([*lines, "", escape(how), escape(last)]))


def held_words(held: Held, units: Mapping[int, str], today: dt.date, tr: Translator) -> str:
    """Return a role in words: with its unit, and its days where it is lent."""
    words = tr(ROLES[held.role])
    if held.unit_id is not None:
        words = f"{words} – {units.get(held.unit_id, '')}"
    if held.director:
        words = tr(N_("{role} (Giám đốc)"), role=words)
    if held.valid_to is None:
        return words
    last = tr.long_date(held.valid_to)
    if held.stands_in_for is None:
        return tr(N_("{role}, until {day}"), role=words, day=last)
    if held.valid_from is not None and held.valid_from > today:
        first = tr.long_date(held.valid_from)
        said = N_("stand-in from {first} to {last} ({role})")
        return tr(said, role=words, first=first, last=last)
    return tr(N_("stand-in until {last} ({role})"), role=words, last=last)


def people(found: Members, page: int, tr: Translator) -> Outgoing:
    """List people with their roles, a page at a time."""
    by_person: dict[int, list[Held]] = {}
    for held in found.held:
        by_person.setdefault(held.person_id, []).append(held)
    shown, at = page_of(list(by_person.items()), page)
    head = tr.n("{count} person", "{count} people", len(by_person))
    lines = [f"👤 <b>{escape(head)}</b>"]
    buttons = []
    for person_id, roles in shown:
        name = clip(roles[0].name, 40) or "–"
        said = "; ".join(held_words(held, found.units, found.day, tr) for held in roles)
        lines.append(f"<b>{escape(name)}</b> – {escape(said)}")
        buttons.append(Button(clip(name, 24), people_data(PeoplePress.PERSON, person_id)))
    rows = (*in_pairs(buttons), *turns(PeoplePress.PAGE, "people", at, len(by_person), tr))
    other = Button(tr(N_("💬 Groups")), people_data(PeoplePress.PAGE, 0, "chats"))
    if found.idle:
        label = tr(N_("👥 Without a role: {count}"), count=len(found.idle))
        rows = (*rows, (Button(label, people_data(PeoplePress.PAGE, 0, "idle")),))
    return Outgoing("\n".join(lines), (*rows, (other, _codes(tr))))


def idle(found: Members, page: int, tr: Translator) -> Outgoing:
    """List those who joined and hold no role, a page at a time."""
    shown, at = page_of(list(found.idle.items()), page)
    head = tr(N_("👥 Without a role: {count}"), count=len(found.idle))
    text = tr(N_("Who gets no role again is erased once the time of keeping is over."))
    buttons = [
        Button(clip(name, 24) or "–", people_data(PeoplePress.PERSON, person_id))
        for person_id, name in shown
    ]
    rows = (*in_pairs(buttons), *turns(PeoplePress.PAGE, "idle", at, len(found.idle), tr))
    back = Button(tr(N_("👤 People")), people_data(PeoplePress.PAGE, 0, "people"))
    return Outgoing(f"<b>{escape(head)}</b>\n{escape(text)}", (*rows, (back,)))


def chats(found: Members, page: int, tr: Translator) -> Outgoing:
    """List the bound chats, a page at a time."""
    shown, at = page_of(list(found.chats), page)
    head = tr.n("{count} group in use", "{count} groups in use", len(found.chats))
    lines = [f"💬 <b>{escape(head)}</b>"]
    buttons = []
    for bound in shown:
        whose = found.units.get(bound.unit_id or 0) or tr(PURPOSES[bound.purpose])
        title = clip(bound.title, 40) or "–"
        marks = [tr(N_("topic"))] if bound.topic else []
        marks += [tr(N_("⚠️ I cannot write there"))] if bound.lost else []
        beside = f" ({escape(', '.join(marks))})" if marks else ""
        lines.append(f"<b>{escape(title)}</b> – {escape(whose)}{beside}")
        buttons.append(Button(f"✖️ {clip(title, 22)}", people_data(PeoplePress.UNBIND, bound.id)))
    rows = (*in_pairs(buttons), *turns(PeoplePress.PAGE, "chats", at, len(found.chats), tr))
    other = Button(tr(N_("👤 People")), people_data(PeoplePress.PAGE, 0, "people"))
    return Outgoing("\n".join(lines), (*rows, (other,)))


def person(found: Members, person_id: int, tr: Translator) -> Outgoing:
    """Show one person's roles, each with a button that ends it."""
    roles = [held for held in found.held if held.person_id == person_id]
    name = roles[0].name if roles else found.idle.get(person_id, "–")
    lines = [f"👤 <b>{escape(clip(name, 60))}</b>"]
    rows: list[tuple[Button, ...]] = []
    if not roles:
        lines.append(escape(tr(N_("No role now"))))
    for held in roles:
        said = capital(held_words(held, found.units, found.day, tr))
        lines.append(escape(said))
        if held.role in found.gives:
            rows.append((Button(f"✖️ {clip(said, 40)}", people_data(PeoplePress.END, held.id)),))
        if held.role is Role.LEADER and held.unit_id is None:
            label = tr(N_("Not Giám đốc any more")) if held.director else tr(N_("Is Giám đốc"))
            rows.append((Button(label, people_data(PeoplePress.DIRECTOR, held.id)),))
    if person_id != found.viewer_id:
        label = tr(N_("🆕 Give a role"))
        rows.append((Button(label, people_data(PeoplePress.GIVE, person_id)),))
    if found.erases:
        label = tr(N_("🗑 Erase this person"))
        rows.append((Button(label, people_data(PeoplePress.ERASE, person_id)),))
    rows.append((Button(tr(BACK), people_data(PeoplePress.PAGE, 0, "people")),))
    return Outgoing("\n".join(lines), tuple(rows))


def role_ending(ending: Ending, tr: Translator) -> str:
    """Ask before a role is taken from somebody, with what goes along."""
    held = ending.held
    role = capital(held_words(held, ending.units, ending.day, tr))
    said = tr(N_("Take “{role}” from {name}? What was reported stays."), role=role, name=held.name)
    if ending.lent:
        names = tr.listing(dict.fromkeys(ending.lent))
        more = tr(N_("Who stands in for it no longer does: {names}"), names=names)
        said = f"{said}\n{more}"
    return said


def sure(text: str, press: PeoplePress, number: int, back: str, tr: Translator) -> Outgoing:
    """Ask before something is taken away."""
    yes = Button(tr(N_("Yes, remove")), people_data(press, number))
    no = Button(tr(BACK), people_data(PeoplePress.PAGE, 0, back))
    return Outgoing(escape(text), ((yes, no),))


def in_pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Return buttons as rows of two."""
    return in_rows(buttons, 2)


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Return buttons as rows of `width`."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def page_of(found: Sequence[T], page: int, per_page: int = PER_PAGE) -> tuple[Sequence[T], int]:
    """Return what stands on a page, and its number: the last one where there are fewer."""
    last = max(0, (len(found) - 1) // per_page)
    at = min(page, last)
    return found[at * per_page : (at + 1) * per_page], at


def turns(
    press: PeoplePress | UnitPress,
    word: str,
    at: int,
    count: int,
    tr: Translator,
    per_page: int = PER_PAGE,
) -> tuple[tuple[Button, ...], ...]:
    """Return the row of buttons that turn pages, where there is more than one."""
    last = max(0, (count - 1) // per_page)
    found = [
        Button(label, people_data(press, to, word))
        for label, to in ((tr(N_("◀ Before")), at - 1), (tr(N_("After ▶")), at + 1))
        if 0 <= to <= last
    ]
    return (tuple(found),) if found else ()
