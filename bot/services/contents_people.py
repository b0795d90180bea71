"""What people and units are told of roles lent and of units merged, as things stand then."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.roles import Role
from bot.services.messages import Gone
from bot.services.messages_people import RoleMessage, StandInMessage, UnitsMergedMessage
from bot.services.role_words import RoleWord
from storage import grants, offices, parts, reports
from storage.rows import Owed


async def lent(session: AsyncSession, owed: Owed, now: dt.datetime) -> StandInMessage | Gone:
    """Tell somebody for whom they stand in."""
    by = owed.payload.get("by")
    first = dt.date.fromisoformat(str(owed.payload["first"]))
    last = dt.date.fromisoformat(str(owed.payload["last"]))
    held = await grants.held_grants(
        session, owed.office_id, local_day(now), person_id=owed.chat.person_id
    )
    days = (first, last)
    mine = [g for g in held if g.stands_in_for == by and (g.valid_from, g.valid_to) == days]
    if not mine:
        return Gone("stands in no more")
    names = await offices.unit_names(session, owed.office_id)
    roles = tuple((g.role, names.get(g.unit_id, "") if g.unit_id else "") for g in mine)
    return StandInMessage(owed.id, await reports.person_name(session, by), roles, first, last)


async def role_told(session: AsyncSession, owed: Owed, now: dt.datetime) -> RoleMessage | Gone:
    """Tell somebody about roles, as long as it is still so."""
    payload, today = owed.payload, local_day(now)
    word = RoleWord(payload["role"])
    wanted = [(Role(role), unit_id) for role, unit_id in payload["roles"]]
    # The stand-in holds what was lent; everything else is about whoever is told.
    whose = payload["who"] if word is RoleWord.LENT else owed.chat.person_id
    held = await grants.held_grants(session, owed.office_id, today, person_id=whose)
    lent = {RoleWord.LENT: owed.chat.person_id, RoleWord.UNLENT: payload["who"]}.get(word)
    have = {(g.role, g.unit_id) for g in held if g.stands_in_for == lent}
    if bool(have & set(wanted)) is not (word in (RoleWord.GIVEN, RoleWord.LENT)):
        return Gone("it is not so any more")
    names = await offices.unit_names(session, owed.office_id)
    roles = tuple((role, names.get(unit_id, "") if unit_id else "") for role, unit_id in wanted)
    days = [dt.date.fromisoformat(day) for day in payload["days"] or ()]
    who = await reports.person_name(session, payload["who"])
    return RoleMessage(owed.id, word, roles, who, *days)


async def merged(session: AsyncSession, owed: Owed) -> UnitsMergedMessage | Gone:
    """Tell two units that one of them is part of the other now."""
    names = await offices.unit_names(session, owed.office_id)
    old, new = owed.payload.get("old"), owed.subject_id
    if old not in names or new not in names:
        return Gone("no such unit")
    codes = []
    for part_id in owed.payload.get("parts", ()):
        part = await parts.find_part(session, owed.office_id, part_id)
        if part is not None and part.unit_id == new and not part.closed:
            codes.append(part.code)
    return UnitsMergedMessage(owed.id, names[old], names[new], tuple(dict.fromkeys(codes)))
