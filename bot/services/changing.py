"""Changing an item or a plan in chat, step by step: asked, read back, and only then done.

Each step is one transaction; the change so far stands in the question, in the database. A press
names the question it belongs to, so that an old button says that its question is closed.
"""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, UserError
from bot.domain.problem import N_
from bot.domain.roles import Viewer, coordinates
from bot.services.access import NOT_COORDINATOR, get_viewer
from bot.services.actor import Actor
from bot.services.change_flows import FLOWS
from bot.services.change_steps import TYPED, Args, Ask, At, Done, NeedsAnswer, Nothing, Ready, Step
from bot.services.dialogs import ANSWER_WITHIN
from bot.services.members import IN_PRIVATE
from bot.services.secret_marks import refuse_marks
from storage import people
from storage.audit import Act, claim_update, refuse_repeated
from storage.db import Database
from storage.rows import Dialog

ASK_CHANGE = "change"
LONGEST = 3000
CLOSED = N_("This question is no longer open: it was answered, called off or replaced.")
BY_BUTTON = N_("Please answer with one of the buttons above, or press “Cancel”.")
NOT_HERE = N_("Do this in private with me: here only a unit's own rows are shown.")


@dataclass(frozen=True, slots=True)
class Shown:
    """The step to show, and the number of the question that its buttons name."""

    step: Step
    token: int


async def check(db: Database, actor: Actor, now: dt.datetime) -> None:
    """Let only those pass who may change items.

    Raises:
        NotFound, NotAllowed: not for this person.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        if not coordinates(viewer):
            raise NotAllowed(NOT_COORDINATOR)


async def begin(db: Database, actor: Actor, name: str, args: Args, now: dt.datetime) -> Shown:
    """Begin a change with what was said in one message.

    Raises:
        NotFound, NotAllowed: not for this person, or no such item here.
        UserError: it cannot be done, or something typed cannot be read.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        viewer = await _viewer(session, actor, name, now)
        return await _look(session, viewer, actor, name, args, now)


async def answer(db: Database, actor: Actor, dialog: Dialog, text: str, now: dt.datetime) -> Shown:
    """Take a typed answer to the question asked.

    Raises:
        NotAllowed, UserError: as `begin` does; the question stays open.
    """
    value = dialog.value
    name = str(value["act"])
    async with db.begin() as session:
        viewer = await _viewer(session, actor, name, now)
        if not value.get("typed"):
            raise UserError(BY_BUTTON)
        args = {**_args(dialog), f"{TYPED}{value['name']}": text}
        args.pop(str(value["name"]), None)
        return await _look(session, viewer, actor, name, args, now)


async def pick(db: Database, actor: Actor, token: int, place: int, now: dt.datetime) -> Shown:
    """Take an answer by button.

    Raises:
        NotAllowed, UserError: as `begin` does, or the question is no longer open.
    """
    async with db.begin() as session:
        dialog = await _open(session, actor, token, now)
        value = dialog.value
        name = str(value["act"])
        viewer = await _viewer(session, actor, name, now)
        choices = value.get("choices")
        if not isinstance(choices, list) or place >= len(choices):
            raise UserError(CLOSED)
        args = {**_args(dialog), str(value["name"]): choices[place]}
        return await _look(session, viewer, actor, name, args, now)


async def confirm(db: Database, actor: Actor, token: int, now: dt.datetime) -> Done:
    """Do what was read back.

    Raises:
        NotAllowed, UserError: as `begin` does, or the question is no longer open.
        AlreadyHandled: this press has acted before.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        dialog = await _open(session, actor, token, now)
        if not dialog.value.get("ready"):
            raise UserError(CLOSED)
        name = str(dialog.value["act"])
        viewer = await _viewer(session, actor, name, now)
        act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
        await claim_update(session, act)
        at = At(session, viewer, act, local_day(now), _args(dialog))
        done = await FLOWS[name].apply(at)
        await people.drop_dialog(session, dialog.person_id, actor.address)
    return done


async def call_off(db: Database, actor: Actor, token: int, now: dt.datetime) -> Args:
    """Forget the change: nothing was done; return what it was about.

    Raises:
        UserError: the question is no longer open.
    """
    async with db.begin() as session:
        dialog = await _open(session, actor, token, now)
        await people.drop_dialog(session, dialog.person_id, actor.address)
    return _args(dialog)


def _args(dialog: Dialog) -> Args:
    args = dialog.value.get("args")
    return dict(args) if isinstance(args, dict) else {}


async def _viewer(session: AsyncSession, actor: Actor, name: str, now: dt.datetime) -> Viewer:
    viewer = await get_viewer(session, actor, local_day(now))
    flow = FLOWS[name]
    if not flow.allowed(viewer) or viewer.person_id is None:
        raise NotAllowed(flow.refusal)
    if flow.every_unit and not viewer.sees_every_unit():
        raise NotAllowed(NOT_HERE)
    if flow.private and not actor.private:
        raise NotAllowed(IN_PRIVATE)
    return viewer


async def _open(session: AsyncSession, actor: Actor, token: int, now: dt.datetime) -> Dialog:
    for person in await people.people_of_account(session, actor.telegram_id):
        found = await people.find_dialog(session, person.id, actor.address, now)
        if found and found.question == ASK_CHANGE and found.value.get("token") == token:
            return found
    raise UserError(CLOSED)


async def _look(
    session: AsyncSession,
    viewer: Viewer,
    actor: Actor,
    name: str,
    args: Args,
    now: dt.datetime,
) -> Shown:
    for words in args.values():
        if isinstance(words, str):
            refuse_marks(words)
    args = {k: v[:LONGEST] if isinstance(v, str) else v for k, v in args.items()}
    act = Act(viewer.office_id, now, viewer.person_id, actor.update_id)
    at = At(session, viewer, act, local_day(now), args)
    step: Step
    try:
        step = await FLOWS[name].look(at)
    except NeedsAnswer as needs:
        step = needs.ask
    token = actor.update_id or 0
    if isinstance(step, Nothing):
        return Shown(step, token)
    await _keep(session, at, actor, name, step, token)
    return Shown(step, token)


async def _keep(
    session: AsyncSession, at: At, actor: Actor, name: str, step: Ask | Ready, token: int
) -> None:
    value: dict[str, object] = {"act": name, "args": at.args, "token": token}
    if isinstance(step, Ask):
        value["name"], value["typed"] = step.name, step.typed
        value["choices"] = [choice.value for choice in step.choices]
    else:
        value["ready"] = True
    assert at.viewer.person_id is not None  # checked before
    await people.put_dialog(
        session,
        at.viewer.office_id,
        at.viewer.person_id,
        actor.address,
        ASK_CHANGE,
        0,
        now=at.act.now,
        expires_at=at.act.now + ANSWER_WITHIN,
        value=value,
    )
