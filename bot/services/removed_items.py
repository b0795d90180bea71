"""Items that are no longer carried out: they can be read, and no longer be changed."""

from collections.abc import Sequence

from bot.domain.days import local_day, office_date
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.records import ItemFacts
from storage.models import ItemRow
from storage.rows import PlanFacts

IS_REMOVED = N_(
    "{code} was taken back on {day}: it is no longer part of the plan. Nothing has changed."
)


def refuse_removed(item: ItemFacts) -> None:
    """Let nothing be changed in an item that is no longer carried out.

    Raises:
        UserError: it is not.
    """
    if item.removed_at is not None:
        day = office_date(local_day(item.removed_at))
        raise UserError(IS_REMOVED, code=item.code, day=day)


def in_force(
    found: Sequence[tuple[int, PlanFacts]], rows: Sequence[ItemRow]
) -> Sequence[tuple[int, PlanFacts]]:
    """Return those of the (item, plan) found that are carried out; where none is, all."""
    kept = [one for one, row in zip(found, rows, strict=True) if row.removed_at is None]
    return kept or found
