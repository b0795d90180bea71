"""Items as they are searched for: their words, kept beside them, and finding them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.search import Hit, searched_text
from bot.domain.states import PlanState
from storage.models import ItemRow, ItemSearchRow, OccurrenceRow, PartRow, PlanRow
from storage.rows import identity
from storage.upsert import insert_into

# Of what is secret only the code is known.
_TITLE = case((col(ItemRow.secret), ""), else_=col(ItemRow.title))
_PRODUCT = case((col(ItemRow.secret), ""), else_=col(ItemRow.product))
_SOURCE = col(ItemRow.code) + "\n" + _TITLE + "\n" + _PRODUCT


# Plans that were closed are searched, too; drafts are not.
_SEARCHED = (PlanState.ACTIVE, PlanState.CLOSED)


def _searched(statement: Any, office_id: int) -> Any:
    return statement.join(PlanRow, col(PlanRow.id) == col(ItemRow.plan_id)).where(
        ItemRow.office_id == office_id,
        col(PlanRow.state).in_(_SEARCHED),
        col(ItemRow.removed_at).is_(None),
    )


async def outdated(session: AsyncSession, office_id: int, most: int) -> list[tuple[int, str]]:
    """Return (item, text) of at most `most` items whose words are out of date, drafts left out."""
    statement = _searched(select(ItemRow.id, _SOURCE), office_id).outerjoin(
        ItemSearchRow, col(ItemSearchRow.item_id) == col(ItemRow.id)
    )
    stale = or_(col(ItemSearchRow.item_id).is_(None), col(ItemSearchRow.source) != _SOURCE)
    rows = await session.exec(statement.where(stale).limit(most))
    return [(identity(item_id), source) for item_id, source in rows]


async def renew(session: AsyncSession, office_id: int, found: Sequence[tuple[int, str]]) -> None:
    """Keep the words of items as (item, text) of `outdated`."""
    if not found:
        return
    values = [
        {
            "item_id": item_id,
            "office_id": office_id,
            "source": source,
            "words": searched_text(*source.split("\n", 2)),
        }
        for item_id, source in found
    ]
    statement = insert_into(session, ItemSearchRow).values(values)
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=["item_id"],
            set_={"source": statement.excluded.source, "words": statement.excluded.words},
        )
    )


async def matching(
    session: AsyncSession,
    office_id: int,
    units: frozenset[int] | None,
    words: Sequence[str],
    named: Mapping[str, frozenset[int]],
) -> list[Hit]:
    """Return the items in which every word begins a word, in their plans' order, closed ones last.

    `named` are the units that a word names: their items match that word too. `units` None: of all
    units, else of these only.
    """
    is_closed = col(PlanRow.state) == PlanState.CLOSED
    closed = case((is_closed, col(PlanRow.id)), else_=None)
    columns = select(ItemRow.id, ItemSearchRow.words, closed)
    statement = _searched(columns, office_id).join(
        ItemSearchRow, col(ItemSearchRow.item_id) == col(ItemRow.id)
    )
    for word in words:
        tests = [col(ItemSearchRow.words).contains(f" {word}")]
        if named.get(word):
            tests.append(col(ItemRow.id).in_(_items_of(named[word])))
        statement = statement.where(or_(*tests))
    if units is not None:
        statement = statement.where(col(ItemRow.id).in_(_items_of(units)))
    order = (
        is_closed,
        case((is_closed, col(PlanRow.closed_at)), else_=None).desc(),
        col(ItemRow.plan_id),
        col(ItemRow.position),
    )
    rows = await session.exec(statement.order_by(*order))
    return [Hit(identity(item_id), text, plan_id) for item_id, text, plan_id in rows]


def _items_of(units: frozenset[int]) -> Any:
    return (
        select(col(OccurrenceRow.item_id))
        .join(PartRow, col(PartRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(PartRow.unit_id).in_(units))
    )
