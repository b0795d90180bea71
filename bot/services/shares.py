"""Who has which duty in an item, and so a part in each of its occurrences."""

import datetime as dt
from dataclasses import dataclass, replace

from bot.domain.collectives import members
from bot.domain.status import Progress
from bot.domain.work import DeadlineKind, Duty
from storage.models import DeadlineRow, ItemUnitRow
from storage.rows import StoredUnit

Owing = list[tuple[int | None, Duty]]
Held = set[tuple[int | None, dt.date]]


def first_progress(kind: DeadlineKind) -> Progress:
    """Return where a part of a deadline of this kind begins."""
    waits = kind is DeadlineKind.RELATIVE
    return Progress.WAITING_EVENT if waits else Progress.NOT_STARTED


@dataclass(frozen=True, slots=True)
class Shares:
    """Which units have which duty in one item, by id; None is "nobody yet"."""

    leads: tuple[int, ...]
    cooperating: tuple[int, ...]
    dated: frozenset[int]
    units: tuple[StoredUnit, ...]
    beside: tuple[str, ...]

    @classmethod
    def of(
        cls, named: list[ItemUnitRow], deadlines: list[DeadlineRow], units: list[StoredUnit]
    ) -> "Shares":
        """Return the shares of an item from the units and deadlines it names."""
        beside = tuple(row.written for row in named if row.unit_id is not None)
        bare = cls((), (), frozenset(), tuple(units), beside)

        def ids(duty: Duty) -> tuple[int, ...]:
            found: list[int] = []
            for row in named:
                if row.duty is duty:
                    found += (
                        [row.unit_id]
                        if row.unit_id is not None
                        else bare.resolve(row.written, collective=row.collective)
                    )
            return tuple(dict.fromkeys(found))

        leads = ids(Duty.LEAD)
        dated = frozenset(
            unit_id for row in deadlines if row.internal for unit_id in bare.written(row)
        )
        cooperating = tuple(u for u in ids(Duty.COOPERATE) if u not in leads)
        return replace(bare, leads=leads, cooperating=cooperating, dated=dated)

    def resolve(self, name: str, *, collective: bool) -> list[int]:
        """Return the ids of the units a name means; a collective means its members."""
        exact = [stored.id for stored in self.units if stored.unit.name == name]
        if exact or not collective:
            return exact
        found = members(name, [stored.unit for stored in self.units], self.beside) or ()
        return [stored.id for stored in self.units if stored.unit in found]

    def written(self, deadline: DeadlineRow) -> list[int]:
        """Return the ids of the units that a deadline names itself."""
        return list(
            dict.fromkeys(
                unit_id
                for name, _ in deadline.written_units
                for unit_id in self.resolve(name, collective=True)
            )
        )

    def of_day(self, deadline: DeadlineRow, due: dt.date | None, held: Held) -> Owing:
        """Return who has a part in the occurrence of a deadline on `due`.

        `held` collects the (unit, day) of one item: a lead whose internal date is the main date
        has one part, not two.
        """
        owing = [
            (unit_id, duty)
            for unit_id, duty in self.of_deadline(deadline)
            if due is None or (unit_id, due) not in held
        ]
        if due is not None:
            held.update((unit_id, due) for unit_id, _ in owing)
        return owing

    def of_deadline(self, deadline: DeadlineRow) -> Owing:
        """Return who has a part in each occurrence of a deadline, and why."""
        if deadline.internal:
            own: list[int | None] = [*self.written(deadline)]
            return [(unit_id, Duty.INTERNAL) for unit_id in own or [None]]
        bound = self.written(deadline) or self.leads
        parts: Owing = [(unit_id, Duty.LEAD) for unit_id in bound]
        # Somebody must be told even where nobody is assigned: Văn phòng is.
        parts = parts or [(None, Duty.LEAD)]
        # A unit with a date of its own answers for that date, not for the main one.
        parts += [
            (unit_id, Duty.COOPERATE)
            for unit_id in self.cooperating
            if unit_id not in bound and unit_id not in self.dated
        ]
        return parts
