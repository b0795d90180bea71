"""Striking an item with secret documents out of the weekly briefings, sent ones too."""

import re
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Act
from storage.models import BriefingRow, ItemRow
from storage.striking import become, quoted_away


async def strike_from_briefings(
    session: AsyncSession, act: Act, name: str, item: ItemRow, unsaid: str
) -> None:
    """Leave of an item its code in every briefing; Văn phòng's lines that name it are unsaid."""
    named = re.compile(rf"(?<![\w.]){re.escape(item.code)}(?![\w.]|\.\d)")
    found = select(BriefingRow).where(BriefingRow.office_id == item.office_id)
    for row in await session.exec(found.execution_options(populate_existing=True)):
        values: dict[str, Any] = {"added": _lines(row.added, named, unsaid)}
        if row.content is not None:
            values["content"] = {
                **{group: _group(lines, item.id) for group, lines in row.content.items()},
                "added": _lines(row.content["added"], named, unsaid),
            }
        if any(getattr(row, key) != value for key, value in values.items()):
            await quoted_away(session, [row])
            await become(session, act, name, row, values)


def _lines(said: list[Any], named: re.Pattern[str], unsaid: str) -> list[Any]:
    return [unsaid if named.search(line) else line for line in said]


def _group(lines: Any, item_id: int | None) -> Any:
    """Return a group of a briefing; of the item's lines the title and the words are emptied."""
    if not isinstance(lines, list):
        return lines
    return [
        {**line, "title": "", "text": "", "event": ""}
        if isinstance(line, dict) and line.get("item_id") == item_id
        else line
        for line in lines
    ]
