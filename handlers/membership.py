"""Inviting, and seeing and removing members and groups: /moi, /thanh_vien."""

from collections.abc import Callable

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import NotFound
from bot.domain.problem import N_
from bot.domain.roles import UNIT_ROLES, ChatPurpose, Role
from bot.services import members, own_data
from bot.services.change_flows import ROLE
from bot.services.members import NO_SUCH, Members
from handlers import changing, render_people
from handlers.context import BotApplication, BotContext, actor_of
from handlers.people_keys import PeoplePress, people_pattern, people_pressed
from handlers.replies import notice, reply, show

# A leader may be named a unit to supervise.
ASKS_UNIT = (*UNIT_ROLES, Role.LEADER, ChatPurpose.UNIT)


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    handlers = (
        (PeoplePress.INVITE, invite_whom),
        (PeoplePress.INVITE_TO, invite_to),
        (PeoplePress.PAGE, turn),
        (PeoplePress.PERSON, person),
        (PeoplePress.END, ask_end),
        (PeoplePress.END_NOW, end),
        (PeoplePress.DIRECTOR, direct),
        (PeoplePress.UNBIND, ask_unbind),
        (PeoplePress.UNBIND_NOW, unbind),
        (PeoplePress.ERASE, ask_erase),
        (PeoplePress.ERASE_NOW, erase),
        (PeoplePress.GIVE, give),
    )
    for press, handler in handlers:
        application.add_handler(CallbackQueryHandler(handler, people_pattern(press)))


async def invite(update: Update, context: BotContext) -> None:
    """`/moi`: make a code for a person or a group, by buttons."""
    actor = actor_of(update)
    found = await members.choice(context.db, actor, context.now())
    await reply(update, context, [render_people.choose_what(found, await context.tr(actor))])


def _what(word: str) -> Role | ChatPurpose:
    """Return the role or the purpose a button names.

    Raises:
        NotFound: it names neither.
    """
    for kind in (Role, ChatPurpose):
        if word in {str(one) for one in kind}:
            return kind(word)
    raise NotFound(NO_SUCH)


async def invite_whom(update: Update, context: BotContext) -> None:
    """A button: make the code at once, or ask for the unit it needs."""
    word, _ = people_pressed(update)
    what = _what(word)
    actor = actor_of(update)
    if what not in ASKS_UNIT:
        await _hand_out(update, context, what, None)
        return
    found = await members.choice(context.db, actor, context.now())
    await notice(update)
    tr = await context.tr(actor)
    await show(update, context, [render_people.choose_unit(found, word, tr)])


async def invite_to(update: Update, context: BotContext) -> None:
    """A button: make the code for this unit."""
    word, unit_id = people_pressed(update)
    await _hand_out(update, context, _what(word), unit_id)


async def _hand_out(
    update: Update, context: BotContext, what: Role | ChatPurpose, unit_id: int | None
) -> None:
    actor = actor_of(update)
    made = await members.invite(context.db, actor, what, unit_id, context.now())
    await notice(update)
    await show(update, context, [render_people.invitation(made, await context.tr(actor))])


async def list_members(update: Update, context: BotContext) -> None:
    """`/thanh_vien`: who belongs to the office."""
    actor = actor_of(update)
    found = await members.members(context.db, actor, context.now())
    await reply(update, context, [render_people.people(found, 0, await context.tr(actor))])


async def turn(update: Update, context: BotContext) -> None:
    """A button: another page of people or groups."""
    word, page = people_pressed(update)
    actor = actor_of(update)
    found = await members.members(context.db, actor, context.now())
    await notice(update)
    render = {"chats": render_people.chats, "idle": render_people.idle}.get(
        word, render_people.people
    )
    await show(update, context, [render(found, page, await context.tr(actor))])


async def person(update: Update, context: BotContext) -> None:
    """A button: one person's roles."""
    actor = actor_of(update)
    found = await members.members(context.db, actor, context.now())
    person_id = people_pressed(update)[1]
    if person_id not in found.persons():
        raise NotFound(NO_SUCH)
    await notice(update)
    await show(update, context, [render_people.person(found, person_id, await context.tr(actor))])


async def _ask(
    update: Update, context: BotContext, question: str, press: PeoplePress, back: str
) -> None:
    tr = await context.tr(actor_of(update))
    await notice(update)
    number = people_pressed(update)[1]
    await show(update, context, [render_people.sure(tr(question), press, number, back, tr)])


async def _there(update: Update, context: BotContext, ids: Callable[[Members], set[int]]) -> None:
    """Let only whom it is for go on, and only about what is there."""
    found = await members.members(context.db, actor_of(update), context.now())
    if people_pressed(update)[1] not in ids(found):
        raise NotFound(NO_SUCH)


async def ask_end(update: Update, context: BotContext) -> None:
    """A button: read back which role is taken from whom, and ask."""
    actor, number = actor_of(update), people_pressed(update)[1]
    ending = await members.role_to_end(context.db, actor, number, context.now())
    tr = await context.tr(actor)
    await notice(update)
    text = render_people.role_ending(ending, tr)
    asked = render_people.sure(text, PeoplePress.END_NOW, number, "people", tr)
    await show(update, context, [asked])


async def give(update: Update, context: BotContext) -> None:
    """A button: a further role for this person, step by step."""
    await changing.begin_here(update, context, ROLE, {"person": people_pressed(update)[1]})


async def ask_unbind(update: Update, context: BotContext) -> None:
    """A button: ask before a group is no longer written to."""
    await _there(update, context, lambda found: {bound.id for bound in found.chats})
    question = N_("Stop writing to this group? Reminders then go to the heads in private.")
    await _ask(update, context, question, PeoplePress.UNBIND_NOW, "chats")


async def ask_erase(update: Update, context: BotContext) -> None:
    """A button: ask before a person is erased."""
    await _there(
        update,
        context,
        lambda found: found.persons() if found.erases else set(),
    )
    question = N_(
        "Erase this person? Name, number, roles and private chat go for good; "
        "what was done stays without a name."
    )
    await _ask(update, context, question, PeoplePress.ERASE_NOW, "people")


async def end(update: Update, context: BotContext) -> None:
    """A button: the role ends."""
    await members.end_role(context.db, actor_of(update), people_pressed(update)[1], context.now())
    await _after(update, context, "people")


async def direct(update: Update, context: BotContext) -> None:
    """A button: a leader is Giám đốc, or is no more."""
    number = people_pressed(update)[1]
    await members.toggle_director(context.db, actor_of(update), number, context.now())
    await _after(update, context, "people")


async def unbind(update: Update, context: BotContext) -> None:
    """A button: the group serves nobody any more."""
    await members.unbind(context.db, actor_of(update), people_pressed(update)[1], context.now())
    await _after(update, context, "chats")


async def erase(update: Update, context: BotContext) -> None:
    """A button of the admin: the person is erased."""
    await own_data.erase(context.db, actor_of(update), people_pressed(update)[1], context.now())
    await _after(update, context, "people")


async def _after(update: Update, context: BotContext, what: str) -> None:
    actor = actor_of(update)
    tr = await context.tr(actor)
    await notice(update, tr(N_("Recorded.")))
    found = await members.members(context.db, actor, context.now())
    render = render_people.chats if what == "chats" else render_people.people
    await show(update, context, [render(found, 0, tr)])
