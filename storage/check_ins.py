"""Answers to the quarter's question about ongoing duties."""

import datetime as dt

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import Answer
from storage.models import CheckInRow


async def answers_of(session: AsyncSession, office_id: int, quarter: dt.date) -> dict[int, Answer]:
    """Return the answers for a quarter, named by its last day, by part."""
    rows = await session.exec(
        select(CheckInRow).where(
            CheckInRow.office_id == office_id, CheckInRow.quarter_on == quarter
        )
    )
    return {row.part_id: row.answer for row in rows}


async def answer(
    session: AsyncSession,
    office_id: int,
    part_id: int,
    quarter: dt.date,
    given: Answer,
    person_id: int,
    now: dt.datetime,
) -> None:
    """Keep an answer, the latest in place of an earlier one."""
    row = (
        await session.exec(
            select(CheckInRow).where(
                CheckInRow.part_id == part_id, CheckInRow.quarter_on == quarter
            )
        )
    ).first()
    row = row or CheckInRow(
        office_id=office_id, part_id=part_id, quarter_on=quarter, answer=given,
        person_id=person_id, answered_at=now,
    )  # fmt: skip
    row.answer, row.person_id, row.answered_at = given, person_id, now
    session.add(row)
    await session.flush()
