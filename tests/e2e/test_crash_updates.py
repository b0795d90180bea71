"""Kills at random moments while people speak: nothing they say is lost or acted on twice."""

import asyncio
import datetime as dt
import random
from collections import Counter
from contextlib import suppress
from pathlib import Path

from bot.domain.roles import Role
from bot.sandbox import Sandbox
from bot.services import invitations
from storage.db import Database
from storage.models import AuditRow, PersonRow, UpdateRow
from tests.builders import rows
from tests.e2e.conftest import TOKEN, load
from tests.e2e.test_crash import FAILURES, LOADED, LOOK_AGAIN, MORNING, PLAN, SHARE, Mortal

KILLS = 4
PEOPLE = 12
LIMIT = 120  # seconds
UNITS = "name,short,aliases,group\nPhòng Một,,,phòng chuyên môn\n"


async def let_all_speak(sandbox: Sandbox, path: Path) -> list[int]:
    """Let each person register, and ask for the unit's work before that is answered."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.migrate()
    office_id = await load(db, PLAN.encode(), UNITS, LOADED)
    people = []
    for number in range(PEOPLE):
        code = await invitations.invite(
            db, office_id, MORNING, role=Role.STAFF, unit_name="Phòng Một"
        )
        user = sandbox.add_user(f"Người {number}")
        sandbox.press_start(user, code)
        people.append(user)
    for user in people:
        sandbox.say(user, user, "/viec")
    await db.close()
    return people


def answers(sandbox: Sandbox, user: int) -> list[str]:
    """Return what the bot has said to a person."""
    return [m.get("text", "") for m in sandbox.messages(user) if m["from"]["id"] != user]


def unanswered(sandbox: Sandbox, people: list[int]) -> int:
    """Return how many have not been shown the unit's work yet."""
    return sum(not any("I.1" in text for text in answers(sandbox, user)) for user in people)


async def wait_for_calls(sandbox: Sandbox, people: list[int], calls: int) -> None:
    """Wait until the bot has made so many more calls, or everybody is answered."""
    goal = len(sandbox.calls) + calls
    while len(sandbox.calls) < goal and unanswered(sandbox, people):
        with suppress(TimeoutError):
            await sandbox.wait_for(lambda: len(sandbox.calls) >= goal, LOOK_AGAIN)


async def kill_again_and_again(sandbox: Sandbox, path: Path, people: list[int]) -> None:
    """Kill the bot at moments spread over the answering; let the last one finish it."""
    chance, bot = random.Random(20260610), Mortal(sandbox, path)
    for _ in range(KILLS):
        bot.begin()
        await wait_for_calls(sandbox, people, chance.randint(1, 4 * PEOPLE // KILLS))
        await asyncio.sleep(chance.uniform(0, 0.05))
        await bot.kill()
    bot.begin()
    await wait_for_calls(sandbox, people, 10**6)
    await sandbox.wait_for(lambda: not sandbox.pending_updates, dt.timedelta(seconds=30))
    await bot.kill()


async def test_however_often_it_is_killed_no_word_is_lost_or_acted_on_twice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "crash.db"
    async with await Sandbox.start(now=MORNING, token=TOKEN) as sandbox:
        people = await let_all_speak(sandbox, path)
        sandbox.faults.fail_randomly(SHARE, 2, FAILURES)
        async with asyncio.timeout(LIMIT):
            await kill_again_and_again(sandbox, path, people)
        said = {user: answers(sandbox, user) for user in people}

    db = Database(f"sqlite+aiosqlite:///{path}")
    entries = [row for row in await rows(db, AuditRow) if row.update_id]
    joined, taken_in = await rows(db, PersonRow), await rows(db, UpdateRow)
    await db.close()
    assert all(any("I.1" in text for text in texts) for texts in said.values())
    assert len(joined) == PEOPLE
    assert len(taken_in) == 2 * PEOPLE
    acts = Counter((row.update_id, row.subject) for row in entries)
    assert set(acts.values()) == {1}, "one entry for each row that an update changed"
    assert len({row.update_id for row in entries}) == PEOPLE
