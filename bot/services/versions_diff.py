"""What a newer version would change in a plan, and which plan a reading is a version of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.deadline import Period
from bot.domain.plan import PlanItem
from bot.domain.plan_diff import DiffItem, Field, diff_item, diff_plans, is_near_copy, likeness
from bot.domain.states import PlanState
from bot.services.versions_reading import items_of
from storage import conclusions, plans, versions


class ChangeKind(StrEnum):
    """What a newer version does with an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One change of a version; `key` stays the same while neither plan changes.

    `old` is None for an added item, `new` for a removed one. `place` is the item's place in the
    new version, counted from 0.
    """

    key: str
    kind: ChangeKind
    old: DiffItem | None = None
    new: DiffItem | None = None
    fields: tuple[Field, ...] = ()
    place: int = -1

    @property
    def item_id(self) -> int:
        """The stored item that changes or goes."""
        assert self.old is not None  # only asked of what is stored
        assert self.old.key is not None  # stored items are compared with their ids
        return self.old.key

    @property
    def shown(self) -> DiffItem:
        """The item as the new version has it, else as it was."""
        found = self.new or self.old
        assert found is not None  # a change has one side at least
        return found


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """What a version would change in a plan: what changed and came in its order, then what went.

    `same` counts what stays as it is; `places` are the places of those items in the version.
    """

    plan_id: int
    title: str
    changes: tuple[ItemChange, ...]
    same: int
    places: Mapping[int, int] = field(default_factory=dict)

    @property
    def replaces(self) -> bool:
        """Whether more of the plan's items go than stay: it may be another plan."""
        gone = len(self.of(ChangeKind.REMOVED))
        return gone > self.same + len(self.of(ChangeKind.CHANGED))

    def losing_dates(self) -> tuple[str, ...]:
        """Return the codes of items whose days can be read now, and not in the version."""
        return tuple(
            change.old.code
            for change in self.of(ChangeKind.CHANGED)
            if change.old and change.new and change.old.deadlines and not change.new.deadlines
        )

    def of(self, kind: ChangeKind) -> tuple[ItemChange, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A plan that a reading is a near-copy of; `likeness` from 0 to 1."""

    plan_id: int
    title: str
    state: PlanState
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness out of 100."""
        return round(100 * self.likeness)


async def diff_with(
    session: AsyncSession, plan_id: int, title: str, new: Sequence[PlanItem]
) -> VersionDiff:
    """Return what `new` would change in a stored plan."""
    stored = await items_of(session, plan_id)
    secret = {row.id for row in await plans.items_of_plan(session, plan_id) if row.secret}
    old_items = [
        replace(diff_item(item, key), wordless=key in secret) for key, item in stored.items()
    ]
    found = diff_plans(old_items, [diff_item(item, at) for at, item in enumerate(new)])
    changes = [
        ItemChange(
            f"i{one.old.key}", ChangeKind.CHANGED, one.old, one.new, one.fields, one.new.key or 0
        )
        for one in found.changed
    ]
    changes += [
        ItemChange(f"+{one.code}", ChangeKind.ADDED, None, one, place=one.key or 0)
        for one in found.added
    ]
    changes.sort(key=lambda change: change.place)
    # What was added in mid-year rests on a document of its own: no file of the plan has it.
    added = await conclusions.added_to(session, plan_id)
    gone = [one for one in found.removed if one.key not in added]
    changes += [ItemChange(f"i{one.key}", ChangeKind.REMOVED, one) for one in gone]
    places = {before.key or 0: after.key or 0 for before, after in found.same}
    return VersionDiff(plan_id, title, tuple(changes), len(found.same), places)


async def predecessor(
    session: AsyncSession,
    office_id: int,
    items: Sequence[PlanItem],
    period: Period,
    but: int | None = None,
) -> Predecessor | None:
    """Return the office's plan of the same time that `items` are a near-copy of.

    The likest one, an active one first; None where there is none. `but` is a plan not looked at.
    """
    new = [diff_item(item) for item in items]
    best: Predecessor | None = None
    for plan_id in await versions.living_plans(session, office_id):
        if plan_id == but or not await versions.overlaps(session, plan_id, period):
            continue
        old = [diff_item(item) for item in (await items_of(session, plan_id)).values()]
        if not is_near_copy(old, new):
            continue
        plan = await plans.get_plan(session, plan_id)
        found = Predecessor(plan_id, plan.title, plan.state, likeness(old, new))
        if best is None or (found.state is best.state and found.likeness > best.likeness):
            best = found
    return best
