"""Compare a new reading of a plan with its stored items: what came, went, changed or stayed.

Items are matched one to one: the same number with the same title, then the same title under
another number, then the same number with a title much alike, then the likest titles left. So an
item that was only renumbered or reworded keeps its history.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from bot.domain.deadline import DateDeadline, Deadline, Recurring
from bot.domain.plan import PlanItem
from bot.domain.vietnamese import same_words

# Likeness of titles from 0 to 100: with the same number less is enough.
SAME_NUMBER_SCORE = 60.0
OTHER_NUMBER_SCORE = 80.0
# From here on two plans are near-copies, and a person is asked whether they are the same.
NEAR_COPY = 0.7


class Field(StrEnum):
    """What of an item can differ between two readings."""

    CODE = "code"
    SECTION = "section"
    TITLE = "title"
    PRODUCT = "product"
    DEADLINES = "deadlines"
    LEAD = "lead"
    COOPERATE = "cooperate"
    UNIT_DEADLINES = "unit_deadlines"
    NOTE = "note"


WORDS = frozenset({Field.SECTION, Field.TITLE, Field.PRODUCT, Field.NOTE})


@dataclass(frozen=True, slots=True)
class DiffItem:
    """An item as it is compared; units by name, internal deadlines as (unit names, deadline).

    `key` is the stored item's own id, None for one newly read; it is never compared. Of a stored
    item that is `wordless` (it has secret documents) only code, days and units are known.
    """

    code: str
    title: str
    section: str = ""
    product: str = ""
    deadlines: tuple[Deadline, ...] = ()
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    unit_deadlines: tuple[tuple[tuple[str, ...], Deadline], ...] = ()
    note: str = ""
    key: int | None = None
    wordless: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """An item in both plans that is not the same in both; `fields` is never empty."""

    old: DiffItem
    new: DiffItem
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Every old item is removed, changed or same, every new one added, changed or same.

    `same` pairs old with new. All are in the order of the new plan, `removed` of the old.
    """

    added: tuple[DiffItem, ...] = ()
    removed: tuple[DiffItem, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[tuple[DiffItem, DiffItem], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.added or self.removed or self.changed)


def diff_item(item: PlanItem, key: int | None = None) -> DiffItem:
    """Return an item of a reading as it is compared."""
    return DiffItem(
        code=item.code,
        title=item.title,
        section=item.section,
        product=item.product,
        deadlines=item.deadlines,
        lead=tuple(unit.name for unit in item.lead),
        cooperate=tuple(unit.name for unit in item.cooperate),
        unit_deadlines=tuple(
            (tuple(unit.name for unit in due.units), due.deadline) for due in item.unit_deadlines
        ),
        note=item.note,
        key=key,
    )


def diff_plans(old: Sequence[DiffItem], new: Sequence[DiffItem]) -> PlanDiff:
    """Return what differs between the items of a stored plan and of a new reading."""
    pairs = match_items(old, new)
    changed: list[Change] = []
    same: list[tuple[DiffItem, DiffItem]] = []
    for after, before in sorted(pairs.items()):
        fields = changed_fields(old[before], new[after])
        if fields:
            changed.append(Change(old[before], new[after], fields))
        else:
            same.append((old[before], new[after]))
    kept = set(pairs.values())
    return PlanDiff(
        added=tuple(item for at, item in enumerate(new) if at not in pairs),
        removed=tuple(item for at, item in enumerate(old) if at not in kept),
        changed=tuple(changed),
        same=tuple(same),
    )


def changed_fields(old: DiffItem, new: DiffItem) -> tuple[Field, ...]:
    """Return what differs in meaning; spelling of tones, white space and order of units aside."""
    pairs: tuple[tuple[Field, object, object], ...] = (
        (Field.CODE, old.code, new.code),
        (Field.SECTION, same_words(old.section), same_words(new.section)),
        (Field.TITLE, same_words(old.title), same_words(new.title)),
        (Field.PRODUCT, same_words(old.product), same_words(new.product)),
        (Field.DEADLINES, _meaning(old.deadlines), _meaning(new.deadlines)),
        (Field.LEAD, frozenset(old.lead), frozenset(new.lead)),
        (Field.COOPERATE, frozenset(old.cooperate), frozenset(new.cooperate)),
        (Field.UNIT_DEADLINES, _unit_meaning(old), _unit_meaning(new)),
        (Field.NOTE, same_words(old.note), same_words(new.note)),
    )
    unknown = WORDS if old.wordless else frozenset()
    return tuple(
        field for field, before, after in pairs if before != after and field not in unknown
    )


def _meaning(deadlines: Sequence[Deadline]) -> frozenset[Deadline]:
    return frozenset(map(_day_meant, deadlines))


def _day_meant(deadline: Deadline) -> Deadline:
    """Return a deadline without the words it was read from; "trước" is in its day already."""
    if isinstance(deadline, DateDeadline | Recurring):
        return replace(deadline, text="", before=False)
    return replace(deadline, text="")


def _unit_meaning(item: DiffItem) -> frozenset[tuple[frozenset[str], Deadline]]:
    return frozenset(
        (frozenset(units), replace(due, text="")) for units, due in item.unit_deadlines
    )


def match_items(old: Sequence[DiffItem], new: Sequence[DiffItem]) -> dict[int, int]:
    """Return for each new item's place the old one's, one to one; left out where there is none."""
    titles = [same_words(item.title) for item in old], [same_words(item.title) for item in new]
    codes = {item.code: at for at, item in enumerate(old)}
    pairs = {
        at: codes[item.code]
        for at, item in enumerate(new)
        if item.code in codes and old[codes[item.code]].wordless
    }
    _match_equal(old, new, pairs, lambda item: (item.code, same_words(item.title)))
    _match_equal(old, new, pairs, lambda item: same_words(item.title) or None)
    left = _Left(titles[0], titles[1], pairs)
    same_number = (
        (left.score(codes[item.code], at, SAME_NUMBER_SCORE), codes[item.code], at)
        for at, item in enumerate(new)
        if item.code in codes
    )
    left.take(pair for pair in same_number if pair[0] >= SAME_NUMBER_SCORE)
    left.take(left.all_pairs(OTHER_NUMBER_SCORE))
    return pairs


def _match_equal(
    old: Sequence[DiffItem],
    new: Sequence[DiffItem],
    pairs: dict[int, int],
    key: Callable[[DiffItem], Hashable],
) -> None:
    """Pair the items left whose keys are equal, in order; a key of None matches nothing."""
    taken = set(pairs.values())
    places: dict[Hashable, list[int]] = {}
    for at, item in reversed(list(enumerate(old))):
        if at not in taken:
            places.setdefault(key(item), []).append(at)
    for at, item in enumerate(new):
        wanted = key(item)
        if at not in pairs and wanted is not None and places.get(wanted):
            pairs[at] = places[wanted].pop()


@dataclass(frozen=True, slots=True)
class _Left:
    """The titles of both plans and the pairs found so far, for matching what is left."""

    old: Sequence[str]
    new: Sequence[str]
    pairs: dict[int, int]

    def score(self, before: int, after: int, cutoff: float) -> float:
        """Return the likeness of two titles, 0 below `cutoff`."""
        return fuzz.ratio(self.old[before], self.new[after], score_cutoff=cutoff)

    def all_pairs(self, cutoff: float) -> Iterator[tuple[float, int, int]]:
        """Yield every pair of items left that are alike at least by `cutoff`."""
        taken = set(self.pairs.values())
        rest = [at for at in range(len(self.old)) if at not in taken]
        for after in range(len(self.new)):
            if after in self.pairs:
                continue
            for before in rest:
                if (score := self.score(before, after, cutoff)) >= cutoff:
                    yield score, before, after

    def take(self, scored: Iterator[tuple[float, int, int]]) -> None:
        """Pair the likest first; equal scores in the order of the plans."""
        taken = set(self.pairs.values())
        for _, before, after in sorted(scored, key=lambda pair: (-pair[0], pair[2], pair[1])):
            if before not in taken and after not in self.pairs:
                self.pairs[after] = before
                taken.add(before)


def likeness(plan_a: Sequence[DiffItem], plan_b: Sequence[DiffItem]) -> float:
    """Return how alike two plans' tasks are, from 0 to 1: the share of titles that agree."""
    if not plan_a or not plan_b:
        return 0.0
    found = match_items(plan_a, plan_b)
    titles_a = [same_words(item.title) for item in plan_a]
    titles_b = [same_words(item.title) for item in plan_b]
    alike = sum(fuzz.ratio(titles_a[before], titles_b[after]) for after, before in found.items())
    return 2 * alike / 100 / (len(plan_a) + len(plan_b))


def is_near_copy(plan_a: Sequence[DiffItem], plan_b: Sequence[DiffItem]) -> bool:
    """Tell whether a person must be asked if two plans are the same."""
    return likeness(plan_a, plan_b) >= NEAR_COPY
