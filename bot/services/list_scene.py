"""Who asks for a list, and whose rows it may show here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.listing import Judge, ListKind, ListRef
from bot.domain.problem import N_
from bot.domain.roles import Viewer
from bot.domain.rules import Rules
from bot.domain.workdays import Calendar
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.calendars import calendar_of
from bot.services.lists import NO_OWN_UNIT
from bot.services.rules import rules_of
from storage import offices
from storage.rows import StoredUnit

NOT_YOURS = N_(
    "Here I only show the items of your own unit. Send the command without a name to see them."
)
# Their argument is no unit.
OTHERWISE_ASKED = (ListKind.SOON, ListKind.SEARCH)

Units = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Scene:
    """Who asks for which list, when, and by what is judged; `units` None: of all units."""

    session: AsyncSession
    viewer: Viewer
    ref: ListRef
    units: Units
    names: dict[int, str]
    now: dt.datetime
    calendar: Calendar
    rules: Rules

    @property
    def today(self) -> dt.date:
        """The local day."""
        return local_day(self.now)

    @property
    def office_id(self) -> int:
        """The office whose rows these are."""
        return self.viewer.office_id

    @property
    def several(self) -> bool:
        """Whether rows of several units stand here."""
        return self.units is None or len(self.units) > 1

    def judge(self) -> Judge:
        """Return what tells where a part stands today."""
        return Judge(self.today, self.calendar)


async def scene_of(session: AsyncSession, actor: Actor, ref: ListRef, now: dt.datetime) -> Scene:
    """Return the scene of a list that `actor` asks for.

    Raises:
        NotFound: a stranger, or somebody without a unit.
        NotAllowed: another unit's rows, in a chat that is not for them.
    """
    today = local_day(now)
    viewer = await get_viewer(session, actor, today)
    units = await offices.units_of(session, viewer.office_id)
    return Scene(
        session,
        viewer,
        ref,
        _units_for(viewer, ref, units),
        {stored.id: stored.unit.name for stored in units},
        now,
        await calendar_of(session, viewer.office_id, today),
        await rules_of(session, viewer.office_id),
    )


def sees_all_in(viewer: Viewer, kind: ListKind) -> bool:
    """Tell whether a list may show the rows of every unit here."""
    late = kind is ListKind.OVERDUE
    return viewer.sees_lateness_of_all() if late else viewer.sees_every_unit()


def _units_for(viewer: Viewer, ref: ListRef, known: Sequence[StoredUnit]) -> Units:
    """Return whose rows a list shows; refused and unknown units look alike to who sees one."""
    sees_all = sees_all_in(viewer, ref.kind)
    own = viewer.own_units()
    if ref.kind not in OTHERWISE_ASKED and ref.argument:
        asked = int(ref.argument) if ref.argument.isdecimal() else 0
        if not sees_all and asked not in own:
            raise NotAllowed(NOT_YOURS)
        if asked not in {stored.id for stored in known}:
            raise NotAllowed(NOT_YOURS)
        return frozenset({asked})
    if sees_all and not (own and ref.kind is ListKind.WORK):
        return None
    if not own:
        raise NotFound(NO_OWN_UNIT)
    return own
