"""Codes that wait to be used, in words. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.open_codes import OpenCodes
from bot.services.role_words import ROLES
from handlers.people_keys import PeoplePress, people_data
from handlers.render_people import BACK, PURPOSES, in_pairs, page_of, turns
from handlers.words import capital


def codes(found: OpenCodes, page: int, tr: Translator) -> Outgoing:
    """List the open codes, a page at a time, each with a button that revokes it."""
    shown, at = page_of(list(enumerate(found.codes, start=1)), page)
    head = tr.n("{count} open code", "{count} open codes", len(found.codes))
    lines = [f"🔑 <b>{escape(head)}</b>"]
    if not found.codes:
        lines.append(escape(tr(N_("Every code was used, has expired or was revoked."))))
    buttons = []
    for number, one in shown:
        until = tr(N_("until {day}"), day=tr.moment(one.expires_at))
        by = tr(N_("made by {who}"), who=one.by) if one.by else tr(N_("made at the computer"))
        whom = f"{number}. <b>{escape(whom_for(found, one.id, tr))}</b>"
        lines.append(f"{whom}\n{escape(f'{by}, {until}')}")
        label = tr(N_("✖️ Revoke {number}"), number=number)
        buttons.append(Button(label, people_data(PeoplePress.REVOKE, one.id)))
    rows = (*in_pairs(buttons), *turns(PeoplePress.CODES, "-", at, len(found.codes), tr))
    people = Button(tr(N_("👤 People")), people_data(PeoplePress.PAGE, 0, "people"))
    return Outgoing("\n".join(lines), (*rows, (people,)))


def whom_for(found: OpenCodes, invite_id: int, tr: Translator) -> str:
    """Return for whom or for what a code is, "" where it is not open."""
    one = next((code for code in found.codes if code.id == invite_id), None)
    if one is None:
        return ""
    said = tr(ROLES[one.role]) if one.role else tr(PURPOSES[one.purpose]) if one.purpose else ""
    unit = found.units.get(one.unit_id or 0)
    return capital(f"{said} – {unit}" if unit else said)


def ask_revoke(found: OpenCodes, invite_id: int, tr: Translator) -> Outgoing:
    """Ask before a code is revoked."""
    said = tr(
        N_("Revoke the code for “{whom}”? Whoever has it can no longer use it."),
        whom=whom_for(found, invite_id, tr),
    )
    yes = Button(tr(N_("✖️ Revoke")), people_data(PeoplePress.REVOKE_NOW, invite_id))
    return Outgoing(escape(said), ((yes, Button(tr(BACK), people_data(PeoplePress.CODES))),))
