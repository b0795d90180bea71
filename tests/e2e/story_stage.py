"""The office of the stories: furnished once for each plan, then copied for each test."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

from bot.domain.roles import ChatPurpose, Role
from bot.sandbox.clock import MovableClock
from bot.sandbox.stage import Stage
from bot.sandbox.world import World
from bot.services import invitations
from bot.services.actor import Actor
from storage.db import Database
from tests.e2e.conftest import TOKEN, Office, at, at_work, load, settings_for
from tests.e2e.stories import Story

UNITS = """name,short,aliases,group
Văn phòng,VP,,văn phòng
Phòng Hành chính tư pháp,HCTP,,phòng chuyên môn
Phòng Văn bản,VB,,phòng chuyên môn
Phòng Thanh tra,TTra,,phòng chuyên môn
"""
PLAN = (
    "KẾ HOẠCH CÔNG TÁC TƯ PHÁP NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\n"
    "I\tNHIỆM VỤ CHUNG\n"
    "1\tLập danh mục hồ sơ\tDanh mục\tTrước ngày 30/4/2024\tPhòng Hành chính tư pháp\n"
    "2\tBáo cáo công tác thi đua\tKế hoạch; Báo cáo tổng kết\tTháng 6/2024\t"
    "Phòng Hành chính tư pháp chủ trì; Phòng Văn bản phối hợp\n"
    "3\tRà soát thủ tục hành chính\tDanh mục\tTrước ngày 30/5/2024\t"
    "Phòng Hành chính tư pháp, Phòng Văn bản, Văn phòng chủ trì\n"
    "4\tBáo cáo số liệu hộ tịch\tBáo cáo\tngày 25 hàng tháng\tPhòng Hành chính tư pháp\n"
    "5\tKiểm tra hoạt động công chứng\tKết luận\t05/4/2024\tPhòng Văn bản\n"
    "II\tNHIỆM VỤ THEO YÊU CẦU\n"
    "1\tKiến nghị xử lý sau kiểm tra\tVăn bản\t"
    "Trong vòng 30 ngày kể từ ngày nhận kết luận kiểm tra\tPhòng Thanh tra\n"
    "2\tTheo dõi chế độ báo cáo\tBáo cáo\tTheo hướng dẫn của Sở Nội vụ\t"
    "Phòng Hành chính tư pháp\n"
    "3\tTuyên truyền pháp luật\tTin, bài\tThường xuyên\tPhòng Văn bản\n"
)
# In this order: the ids that the sandbox gives them stand in the prepared database.
CREW = (
    ("An", Role.ADMIN, None),
    ("Lan", Role.COORDINATOR, None),
    ("Nga", Role.COORDINATOR, None),
    ("Việt", Role.LEADER, None),
    ("Minh", Role.HEAD, "HCTP"),
    ("Hoa", Role.HEAD, "HCTP"),
    ("Thảo", Role.STAFF, "HCTP"),
    ("Dũng", Role.HEAD, "VB"),
    ("Hùng", Role.HEAD, "VP"),
    ("Khoa", Role.HEAD, "TTra"),
)
GROUPS = (
    ("Nhóm HCTP", ("Minh", "Hoa", "Thảo"), ChatPurpose.UNIT, "HCTP"),
    ("Nhóm VB", ("Dũng",), ChatPurpose.UNIT, "VB"),
    ("Nhóm Thanh tra", ("Khoa",), ChatPurpose.UNIT, "TTra"),
    ("Nhóm Văn phòng", ("Lan", "Nga", "Hùng"), ChatPurpose.OFFICE, None),
)
ACTIVATED, NOW = at("2024-01-02", "09:00"), at("2024-04-22", "09:00")


class Stages:
    """Offices that were furnished once, with all that was owed by then sent, to be copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, dt.datetime], tuple[Path, int]] = {}

    async def copy(self, plan: str, now: dt.datetime, to: Path) -> int:
        """Put a copy of the office with this plan at `to`; return the office's id."""
        if (plan, now) not in self._made:
            path = self._folder / f"{len(self._made)}.db"
            office_id = await _furnish(path, plan)
            async with _opened(path, office_id, now):
                pass
            self._made[plan, now] = path, office_id
        path, office_id = self._made[plan, now]
        shutil.copy(path, to)
        return office_id

    @asynccontextmanager
    async def story(
        self, folder: Path, locale: str, *, plan: str = PLAN, now: dt.datetime = NOW
    ) -> AsyncIterator[Story]:
        """Open the office at `now` with everybody in it, all answered in one language."""
        path = folder / "story.db"
        office_id = await self.copy(plan, now, path)
        with closing(sqlite3.connect(path)) as file:
            for table in ("office", "person", "chat"):
                file.execute(f"UPDATE {table} SET locale = ?", (locale,))
            file.commit()
        async with _opened(path, office_id, now, locale) as here:
            here.people, here.chats = ids(here.sandbox)
            story = Story(here, locale)
            await story.skip()
            yield story
            await story.settle()


def _opened(
    path: Path, office_id: int, now: dt.datetime, locale: str = "vi"
) -> AbstractAsyncContextManager[Office]:
    """Return an office at work with everybody in it, on a clock that stands still."""
    return at_work(
        path,
        Database(settings_for(path).async_database_url()),
        office_id,
        now=now,
        clock_runs=False,
        furnish=lambda sandbox: populate(sandbox, locale),
    )


async def _furnish(path: Path, plan: str) -> int:
    """Make an office whose people and groups have joined; no bot is needed for it."""
    stage = Stage(World("bot", MovableClock(NOW), 1), TOKEN, lambda _: False)
    populate(stage, "vi")
    people, groups = ids(stage)
    db = Database(settings_for(path).async_database_url())
    await db.migrate()
    office_id = await load(db, plan.encode(), UNITS, ACTIVATED)
    for name, role, unit in CREW:
        code = await invitations.invite(db, office_id, ACTIVATED, role=role, unit_name=unit)
        actor = Actor(people[name], name, people[name])
        await invitations.join(db, actor, code, ACTIVATED)
    for title, members, purpose, unit in GROUPS:
        code = await invitations.invite(db, office_id, ACTIVATED, purpose=purpose, unit_name=unit)
        actor = Actor(people[members[0]], members[0], groups[title], 0, False, title)
        await invitations.join(db, actor, code, ACTIVATED)
    await db.close()
    return office_id


def populate(stage: Stage, locale: str) -> None:
    """Let everybody be there as if they had pressed Start, and the bot be in every group."""
    people = {name: stage.add_user(name, locale) for name, _, _ in CREW}
    for title, members, _, _ in GROUPS:
        stage.add_group(title, [people[name] for name in members])
    for user in stage.world.users.values():
        user.started = True
    for chat in stage.world.chats.values():
        chat.bot_status = "member"


def ids(stage: Stage) -> tuple[dict[str, int], dict[str, int]]:
    """Return the ids of people and of groups by name."""
    people = {user.name: user.id for user in stage.world.users.values()}
    chats = {c.title: c.id for c in stage.world.chats.values() if c.type != "private"}
    return people, chats
