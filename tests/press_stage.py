"""The stage on which every button is pressed: an office where each kind of thing waits.

Either of two units has the same things: a part that its staff prepares, a report that waits
and one that was confirmed, requests for another date, a difficulty, a duty to check in, a part
that was past. Each chat has a message that asks to be acknowledged.
"""

import datetime as dt
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlmodel import func, select

from bot.domain import reminder_asking as asking
from bot.domain.deadline import calendar_year
from bot.domain.evidence import Evidence
from bot.domain.grammar.reader import read_deadlines
from bot.domain.outbox import OutboxKind
from bot.domain.plan import PlanItem, UnitRef
from bot.domain.review import Topic, find_questions
from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import EvidenceKind
from bot.domain.windows import PeriodKind, period_of
from bot.services import (
    briefings,
    broadcasts,
    conclusion_drafts,
    deciding,
    difficulties,
    drafting,
    extension_offers,
    extensions,
    handing,
    invitations,
    loading,
    parked,
    progress,
    trying_out,
    versions_proposals,
)
from bot.services.broadcasts import Matter
from bot.services.drafting import Said
from bot.services.parked import ParkedFile
from bot.services.plans import activate
from bot.services.progress import Claim
from bot.services.rules import rules_of
from bot.services.summaries import freeze
from handlers.callbacks import number_word
from storage import bindings, chats, grants, ledger, outbox
from storage.audit import Act
from storage.models import DifficultyRow, EvidenceRow, ExtensionRow, InviteRow, ReportRow
from storage.rows import identity
from tests.builders import (
    GROUPS,
    Office,
    make_item,
    make_reading,
    ongoing,
    parts_of,
    vn,
)
from tests.builders import (
    UNITS as OFFICE_UNITS,
)
from tests.conftest import open_database

NOW = vn("2024-04-19 07:30")
TOPIC = 7
UNITS = {"own": "Phòng Hành chính", "other": "Phòng Văn bản"}
HEADS = {"own": "minh", "other": "dung"}
STAFF = {"own": "thao", "other": "tam"}
NUMBERS = {"own": "III", "other": "VI"}
QUARTER = dt.date(2024, 6, 30)
SAID = "Rà soát hồ sơ – HC – 26/4/2024"
SCAN = Evidence(EvidenceKind.FILE, file_id="scan", file_name="bao-cao.pdf", file_size=9)
PLAN_FILE = (
    "KẾ HOẠCH NĂM 2024\nSTT\tNhiệm vụ\tTiến độ\tPhân công\n1\tBáo cáo\t15/6/2024\tPhòng Văn bản\n"
)


@dataclass
class Stage:
    """A database file, and the ids of what is in it by the words of `presses.tsv`.

    `missing` keeps what is answered to whom about what is not there, by button and place.
    """

    path: Path
    words: dict[str, str] = field(default_factory=dict)
    of_unit: dict[str, dict[str, str]] = field(default_factory=dict)
    of_chat: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[tuple[str, str, str], tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=lambda: {"scan": PLAN_FILE.encode()})


def items_of(unit: str) -> list[PlanItem]:
    """Return the items that a unit leads, one for each thing that can wait."""
    number, lead = NUMBERS[unit], (UNITS[unit],)
    dated = [make_item(f"{number}.{n}", lead=lead) for n in range(1, 10)]
    return [
        *dated,
        make_item(f"{number}.10", lead=lead, due=ongoing()),
        make_item(f"{number}.11", lead=lead, due="2024-01-20"),
    ]


async def set_stage(path: Path, furnished: Path, made: Office) -> Stage:
    """Furnish a copy of the office with everything that a button can be about."""
    shutil.copy(furnished, path)
    db = open_database(path)
    office = Office(db, made.id, dict(made.units), dict(made.persons), dict(made.chats))
    await office.enrol("hoa", Role.ADMIN)
    await office.enrol("tam", Role.STAFF, UNITS["other"])
    async with db.begin() as session:
        topic = await chats.put_chat(session, office.id, GROUPS["hc"][0], TOPIC, title="HC")
        await chats.bind(session, topic, ChatPurpose.UNIT, office.units[UNITS["own"]])
    office.chats["topic"] = topic.id
    stage = Stage(path)
    await _plans(stage, office)
    for unit in UNITS:
        await _acts(stage, office, unit)
    await _members(stage, office)
    await _of_office(stage, office)
    await _draft(stage, office)
    for key in office.chats:
        await _chat(stage, office, key)
    await _park(office)
    await db.close()
    return stage


async def _plans(stage: Stage, office: Office) -> None:
    """Activate the plan, and a second one that nothing rests on yet."""
    items = [*items_of("own"), *items_of("other")]
    plan = await office.load(*items)
    await activate(office.db, office.id, plan, vn("2024-04-01 08:00"))
    second = make_item("I.1", lead=("Văn phòng",), due="2024-12-20")
    fresh = await office.load(second, source=b"fresh", title="Kế hoạch thi đua")
    await activate(office.db, office.id, fresh, NOW)
    newer = [replace(items[0], title="Soạn danh mục hồ sơ"), *items[1:]]
    draft = await office.load(*newer, source=b"newer", title="Kế hoạch sửa đổi")
    found = await versions_proposals.propose(office.db, office.actor("lan"), plan, draft, NOW)
    stage.words |= {
        "plan": str(plan),
        "fresh": str(fresh),
        "newer": str(draft),
        "version": str(found.key.version_id),
        "versionstamp": number_word(found.key.stamp),
    }


async def _acts(stage: Stage, office: Office, unit: str) -> None:
    """Let a unit's people do what leaves something waiting, and Văn phòng answer some of it."""
    db, head, office_desk = office.db, office.actor(HEADS[unit]), office.actor("lan")
    staff = office.persons[STAFF[unit]]
    parts = {
        part.code.removeprefix(f"{NUMBERS[unit]}."): part
        for part in await parts_of(db, office)
        if part.code.startswith(f"{NUMBERS[unit]}.")
    }
    ids = {number: part.id for number, part in parts.items()}
    words = {
        "unit": str(office.units[UNITS[unit]]),
        "member": str(staff),
        "item": str(parts["7"].item_id),
        "code": parts["7"].code,
        "part": str(ids["1"]),
        "open": str(ids["7"]),
        "ongoing": str(ids["10"]),
        "past": str(ids["11"]),
    }
    await handing.hand_to(db, head, ids["1"], staff, NOW)
    for number, word in (("2", "pending"), ("3", "confirmed")):
        await progress.report_done(db, head, ids[number], Claim("https://e.vn/1", (SCAN,)), NOW)
        words[word] = str(await _newest(office, ReportRow))
        words[f"{word}part"], words[f"{word}item"] = str(ids[number]), str(parts[number].item_id)
        words[f"{word}proof"] = str(await _newest(office, EvidenceRow))
    await deciding.decide(db, office_desk, int(words["confirmed"]), NOW)
    for number, word in (("4", "request"), ("5", "countered")):
        await extensions.begin(db, head, ids[number], "30/6 chờ số liệu", NOW, anew=True)
        await extensions.send(db, head, ids[number], NOW)
        words[word] = str(await _newest(office, ExtensionRow))
    key = int(words["countered"])
    await extension_offers.type_offer(db, office_desk, key, "15/6", NOW)
    await extension_offers.offer(db, office_desk, key, NOW)
    await difficulties.raise_difficulty(db, head, ids["6"], "Chưa có số liệu", NOW)
    words["difficulty"] = str(await _newest(office, DifficultyRow))
    await handing.hand_to(db, head, ids["8"], staff, NOW)
    preparer = office.actor(STAFF[unit])
    view = await drafting.open_draft(db, preparer, ids["8"], NOW)
    await drafting.add(db, preparer, view.draft.id, Said("https://e.vn/8"), NOW)
    await handing.hand_in(db, preparer, view.draft.id, NOW)
    words["prepared"] = str(view.draft.id)
    stage.of_unit[unit] = words


async def _newest(office: Office, table: Any) -> int:
    async with office.db.read() as session:
        return identity((await session.exec(select(func.max(table.id)))).one())


async def _members(stage: Stage, office: Office) -> None:
    async with office.db.read() as session:
        held = await grants.held_grants(session, office.id, NOW.date())
        bound = await bindings.bound(session, office.id)
    await invitations.invite(office.db, office.id, NOW, role=Role.STAFF, unit_name=UNITS["other"])
    stage.words |= {
        "invite": str(await _newest(office, InviteRow)),
        "person": str(office.persons["tam"]),
        "grant": str(next(g.id for g in held if g.person_id == office.persons["tam"])),
        "leader": str(next(g.id for g in held if g.role is Role.LEADER)),
        "binding": str(next(b.id for b in bound if b.unit_id == office.units[UNITS["other"]])),
    }


async def _of_office(stage: Stage, office: Office) -> None:
    """Open a briefing, prepare a broadcast, freeze a period's figures."""
    db, desk = office.db, office.actor("lan")
    briefing = (await briefings.draft(db, desk, NOW)).id
    await briefings.add_line(db, desk, briefing, "Họp lúc 8 giờ", NOW)
    sent = (await broadcasts.prepare(db, desk, Matter("Họp"), NOW)).id
    await broadcasts.send(db, desk, sent, NOW)
    kept = (await broadcasts.prepare(db, desk, Matter("Họp lại"), NOW)).id
    async with db.begin() as session:
        window = (await rules_of(session, office.id)).window
        period = period_of(NOW.date(), PeriodKind.MONTH, window).before()
        summary = await freeze(session, Act(office.id, NOW), period)
    stage.words |= {
        "briefing": str(briefing),
        "cast": str(kept),
        "sentcast": str(sent),
        "summary": str(summary.id),
        "mark": str(conclusion_drafts.mark_of(SAID, int(stage.words["fresh"]))),
        "said": SAID,
        "test": str((await trying_out.send_test(db, desk, NOW)).run),
    }


async def _draft(stage: Stage, office: Office) -> None:
    """Load a draft with a question of every kind."""
    stranger = UnitRef("Phòng Hành chánh", suggestion=UNITS["own"], score=90.0)
    read = read_deadlines("31/6/2024", calendar_year(2024))
    unclear = replace(
        make_item("I.2", due=read.deadlines or None),
        deadline_text="31/6/2024",
        problems=read.problems,
    )
    reading = make_reading(
        replace(make_item("I.1"), lead=(stranger,)), unclear, make_item("I.3", lead=())
    )
    key = await loading.keep(office.db, office.actor("lan"), reading, b"x", "a.docx", NOW)
    draft = await loading.the_draft(office.db, office.actor("lan"), key, NOW)
    asked = {q.topic: q.key for q in find_questions(draft, OFFICE_UNITS)}
    stage.words |= {
        "draft": f"{key.plan_id}:{number_word(key.stamp)}",
        "question": asked[Topic.UNIT],
        "lead": asked[Topic.LEAD],
        "date": asked[Topic.DEADLINE],
    }


async def _chat(stage: Stage, office: Office, key: str) -> None:
    """Owe a chat a message with a question about an ongoing duty."""
    unit = "other" if key in {"vb", "dung", "tam"} else "own"
    async with office.db.begin() as session:
        chat = await chats.get_chat(session, office.chats[key])
        message, _ = await outbox.owe(
            session, chat, OutboxKind.MORNING, "stage", NOW, slot_on=NOW.date()
        )
        part = int(stage.of_unit[unit]["ongoing"])
        line = (chat.id, part, QUARTER, asking.CHECK_IN)
        await ledger.add_lines(session, office.id, message, [line])
        (found,) = await ledger.lines_of(session, message)
    stage.of_chat[key] = {"message": str(message), "line": str(found.id)}


async def _park(office: Office) -> None:
    """Let a file wait for everybody's word everywhere, as if all had been of Văn phòng."""
    file = ParkedFile("scan", "ke-hoach.txt", 9, heads=("STT", "Việc", "Hạn"))
    for who in office.persons:
        private = office.actor(who)
        group = office.actor(who, "hc")
        for actor in (private, group, replace(group, thread_id=TOPIC)):
            await parked.park(office.db, actor, file, NOW)
