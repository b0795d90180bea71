"""Who a person is in the chat at hand, and the only road to an office's items."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.records import ItemFacts
from bot.domain.roles import ChatPurpose, Role, Viewer
from bot.services.actor import Actor
from storage import chats, offices, parts, people, plans
from storage.db import Database

UNKNOWN = N_(
    "I do not know you yet. Ask Văn phòng for a code, then send /dang_ky followed by the code."
)
UNBOUND = N_(
    "This group is not registered yet. Ask Văn phòng for a code, then send /dang_ky followed by "
    "the code here."
)
NO_ITEM = N_("There is no item {code} here. Send /viec for the list.")
NOT_COORDINATOR = N_("Only Văn phòng can do this. Nothing has changed.")
NO_SUCH_ITEM = N_("There is no such item here. Send /viec for the list.")


async def find_viewer(session: AsyncSession, actor: Actor, today: dt.date) -> Viewer | None:
    """Return who `actor` is here, None for a stranger, and for anybody in an unbound group.

    In a bound chat the chat's office counts; elsewhere the person's (the first registered, where
    somebody belongs to several).
    """
    known = [] if actor.private else await chats.chats_at(session, *actor.address)
    # A group that threw the bot out reads nothing until it is registered anew with a code.
    bound = [chat for chat in known if chat.active]
    persons = await people.people_of_account(session, actor.telegram_id)
    bindings = await chats.bindings_of(session, [chat.id for chat in bound])
    if not bindings and not (actor.private and persons):
        return None
    office_id = bound[0].office_id if bindings else persons[0].office_id
    person = next((p for p in persons if p.office_id == office_id), None)
    grants = await people.grants_of(session, person.id, today) if person else ()
    return Viewer(
        office_id,
        person.id if person else None,
        person.name if person else actor.name,
        grants,
        bindings,
        actor.private,
    )


async def get_viewer(session: AsyncSession, actor: Actor, today: dt.date) -> Viewer:
    """Return who `actor` is here.

    Raises:
        NotFound: a stranger in a chat that is bound to nothing.
    """
    viewer = await find_viewer(session, actor, today)
    if viewer is None:
        raise NotFound(UNKNOWN if actor.private else UNBOUND)
    return viewer


async def access_item(
    session: AsyncSession, viewer: Viewer, item_id: int, *, code: str = ""
) -> ItemFacts:
    """Return an item that the viewer may see here; refused and missing look alike.

    Raises:
        NotFound: there is none, or it is not for this viewer in this chat.
    """
    item = await plans.find_item(session, viewer.office_id, item_id)
    if item is not None and await sees_item(session, viewer, item_id):
        return item
    raise NotFound(NO_ITEM, code=code) if code else NotFound(NO_SUCH_ITEM)


async def sees_item(session: AsyncSession, viewer: Viewer, item_id: int) -> bool:
    """Tell whether an item of the viewer's office may be shown to the viewer here."""
    if viewer.sees_every_unit():
        return True
    return any(viewer.sees_unit(p.unit_id) for p in await parts.parts_of_item(session, item_id))


async def locale_for(session: AsyncSession, actor: Actor) -> str:
    """Return the language to answer in: the chat's, else the person's, else the office's."""
    known = await chats.chats_at(session, *actor.address)
    persons = await people.people_of_account(session, actor.telegram_id)
    for choice in (*(chat.locale for chat in known), *(person.locale for person in persons)):
        if choice:
            return choice
    office_id = known[0].office_id if known else await offices.find_office(session)
    return await offices.office_locale(session, office_id) if office_id else "vi"


async def who_here(
    db: Database, actor: Actor, now: dt.datetime
) -> tuple[frozenset[Role], frozenset[ChatPurpose]]:
    """Return the roles of whoever asks here, and what the group is for; nothing of a stranger."""
    async with db.read() as session:
        viewer = await find_viewer(session, actor, local_day(now))
    if viewer is None:
        return frozenset(), frozenset()
    roles = frozenset(grant.role for grant in viewer.grants)
    return roles, frozenset(binding.purpose for binding in viewer.bindings)


async def check_known(db: Database, actor: Actor, now: dt.datetime) -> None:
    """Let only people pass who may see something here.

    Raises:
        NotFound: a stranger, or a group nobody registered.
    """
    async with db.read() as session:
        await get_viewer(session, actor, local_day(now))
