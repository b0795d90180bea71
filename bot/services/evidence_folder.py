"""The folder of proofs of a plan or a section, as its viewer may see it."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.lists import NO_OWN_UNIT
from bot.services.progress_table import NO_PLAN
from storage import evidence, plans
from storage.db import Database
from storage.evidence import Proof


@dataclass(frozen=True, slots=True)
class Folder:
    """The proofs of a plan, or of its section `section`; `sections` are all it has proofs of."""

    plan_id: int
    plan_title: str
    day: dt.date
    sections: tuple[str, ...]
    section: str | None
    proofs: tuple[Proof, ...]


async def folder(
    db: Database, actor: Actor, plan_id: int, now: dt.datetime, place: int | None = None
) -> Folder:
    """Return the proofs of a plan, of its `place`-th section (from 0) where one is asked for.

    Where units may not be compared here, the own units' proofs only.

    Raises:
        NotFound: a stranger, no such plan or section, or no unit of one's own.
    """
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        plan = await plans.find_plan(session, viewer.office_id, plan_id)
        if plan is None or plan.activated_at is None:
            raise NotFound(NO_PLAN)
        units = None if viewer.sees_lateness_of_all() else viewer.own_units()
        if units is not None and not units:
            raise NotFound(NO_OWN_UNIT)
        found = await evidence.proofs_of_plan(session, plan_id)
    seen = [proof for proof in found if units is None or proof.unit_id in units]
    sections = tuple(dict.fromkeys(proof.section for proof in seen))
    if place is not None and place >= len(sections):
        raise NotFound(NO_PLAN)
    section = None if place is None else sections[place]
    chosen = tuple(proof for proof in seen if section in (None, proof.section))
    return Folder(plan.id, plan.title, local_day(now), sections, section, chosen)


async def keep_content(db: Database, proof_id: int, sha256: str) -> None:
    """Note the content of a proof whose file was fetched only now."""
    async with db.begin() as session:
        await evidence.set_content(session, proof_id, sha256)
