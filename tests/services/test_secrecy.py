"""Of an item with secret documents a neutral code is kept; of an erased person, what they did."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.domain.deadline import DateDeadline
from bot.domain.errors import UserError
from bot.domain.evidence import Evidence
from bot.domain.plan import Milestone
from bot.domain.report_draft import Panel
from bot.domain.roles import Role
from bot.domain.states import EvidenceKind
from bot.services import (
    briefings,
    change_flows,
    changing,
    deciding,
    difficulties,
    draft_proofs,
    drafting,
    extensions,
    history,
    own_data,
    progress,
    reopening,
    searching,
    versions,
)
from bot.services.change_steps import Ready
from bot.services.drafting import Said
from bot.services.progress import Claim
from bot.services.versions import Source
from storage import card_messages
from storage.db import Database
from storage.models import AuditRow, BriefingRow, EvidenceRow, ItemRow
from tests import trail
from tests.builders import ACCOUNTS, Office, day, make_item, make_reading, only_part, rows, vn

NOW = vn("2024-04-10 09:00")
WORD = "Sentinel"  # stands in every text of the item; ASCII, as JSON columns escape the rest
DATE = DateDeadline(day("2024-04-26"), f"trước lễ {WORD}", label=WORD)
FILE = Evidence(EvidenceKind.FILE, file_id="f1", file_name=f"{WORD}.pdf", sha256="ab" * 32)
ITEM = replace(
    make_item("III.5", due=DATE, title=f"Rà soát {WORD}", section=WORD, product=f"Báo cáo {WORD}"),
    assignment_text=f"Phòng HC lo {WORD}",
    note=WORD,
    milestones=(Milestone(DATE, f"đến 30/9 … {WORD}"),),
)


async def everything(db: Database) -> str:
    """Return all that the database holds, as one text."""
    said = []
    async with db.read() as session:
        connection = await session.connection()
        tables = await connection.execute(
            sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        for (table,) in tables.all():
            found = await connection.execute(sql(f'SELECT * FROM "{table}"'))
            said += [f"{table}: {row}" for row in found.all()]
    return "\n".join(said)


def places_of(word: str, said: str) -> list[str]:
    return [line.split(":")[0] for line in said.splitlines() if word in line]


async def flag(office: Office, code: str = "III.5", now: dt.datetime = NOW) -> Any:
    lan = office.actor("lan", update_id=900)
    shown = await changing.begin(
        office.db, lan, change_flows.EDIT, {"code": code, "field": "secret"}, now
    )
    assert isinstance(shown.step, Ready)
    return await changing.confirm(office.db, lan, shown.token, now)


@pytest.fixture
async def told(office: Office) -> Office:
    """An item that people have written about: reported, returned, extended, in difficulty."""
    db, minh, lan = office.db, office.actor("minh"), office.actor("lan")
    await office.activate(ITEM)
    part = await only_part(db, office)
    await extensions.begin(db, minh, part.id, f"10/5/2024 chờ {WORD}", NOW)
    await extensions.send(db, minh, part.id, NOW)
    await difficulties.raise_difficulty(db, minh, part.id, f"Vướng {WORD}", NOW)
    claim = Claim(f"Đã làm {WORD}, số 12/BC-STP ngày 01/4/2024", (FILE,))
    await progress.report_done(db, minh, part.id, claim, NOW)
    await deciding.decide(db, lan, 1, NOW, reason=f"Thiếu {WORD}")
    await progress.report_done(db, minh, part.id, Claim(f"https://e.vn/{WORD}", (FILE,)), NOW)
    await searching.renew_every_office(db)
    return office


async def test_nothing_of_its_words_stays_anywhere(told: Office) -> None:
    assert len(places_of(WORD, await everything(told.db))) > 8

    done = await flag(told)

    assert places_of(WORD, await everything(told.db)) == []
    assert done.forget == (FILE.sha256, FILE.sha256)
    [item] = await rows(told.db, ItemRow)
    assert (item.code, item.secret, item.section, item.deadline_text) == ("III.5", True, "", "")


async def test_what_people_have_begun_to_write_about_it_is_forgotten(office: Office) -> None:
    await office.activate(ITEM)
    db, minh = office.db, office.actor("minh")
    await extensions.begin(db, minh, 1, f"10/5/2024 chờ {WORD}", NOW)
    view = await drafting.open_draft(db, minh, 1, NOW)
    await drafting.add(db, minh, view.draft.id, Said(f"Đã xong {WORD}"), NOW)
    typed = {"code": "III.5", "field": "title", "?value": f"Tên khác {WORD}"}
    await office.enrol("hoa", Role.COORDINATOR)
    await changing.begin(db, office.actor("hoa", update_id=5), change_flows.EDIT, typed, NOW)

    await flag(office)

    assert places_of(WORD, await everything(db)) == []


async def test_decisions_and_briefings_lose_its_words_too(office: Office) -> None:
    await office.activate(ITEM, make_item("III.50", title="Việc khác"))
    db, lan = office.db, office.actor("lan")
    draft = await briefings.draft(db, lan, NOW)
    await briefings.add_line(db, lan, draft.id, f"III.5: nhắc lại {WORD}", NOW)
    await briefings.add_line(db, lan, draft.id, "III.50 và XIII.5: gửi sớm", NOW)
    await difficulties.raise_difficulty(db, office.actor("minh"), 1, WORD, NOW)
    await briefings.send(db, lan, draft.id, NOW)
    typed = {"code": "III.5", "?decision": f"QĐ {WORD}"}
    shown = await changing.begin(
        db, office.actor("lan", update_id=7), change_flows.DROP, typed, NOW
    )
    await changing.confirm(db, office.actor("lan", update_id=8), shown.token, NOW)
    before = await trail.now(db)
    known = len(await rows(db, AuditRow))
    assert {"briefing", "part", "audit"} <= set(places_of(WORD, await everything(db)))

    await flag(office)

    assert places_of(WORD, await everything(db)) == []
    assert "gửi sớm" in str((await rows(db, BriefingRow))[0].content)
    entries = (await rows(db, AuditRow))[known:]
    assert trail.disagreements(before, entries, await trail.now(db)) == []


async def test_its_days_units_states_and_documents_numbers_stay(told: Office) -> None:
    before = await only_part(told.db, told)

    await flag(told)

    after = await only_part(told.db, told)
    assert replace(after, title="", phrase="", label="", secret=False) == replace(
        before, title="", phrase="", label=""
    )
    assert after.phrase == after.label == after.title == ""
    assert "12/BC-STP" in {row.number for row in await rows(told.db, EvidenceRow)}


async def test_the_record_still_replays_and_can_be_read(told: Office) -> None:
    before = await trail.now(told.db)
    known = len(await rows(told.db, AuditRow))

    await flag(told)

    entries = (await rows(told.db, AuditRow))[known:]
    assert trail.disagreements(before, entries, await trail.now(told.db)) == []
    found = await history.history(told.db, told.actor("lan"), 1, 0, NOW)
    assert "item.secret" in {entry.act for entry in found.entries}


async def test_afterwards_only_a_documents_number_is_taken(told: Office) -> None:
    await flag(told)
    minh, lan = told.actor("minh"), told.actor("lan")

    draft_id = (await draft_proofs.begin_adding(told.db, minh, 1, NOW)).draft.id
    with pytest.raises(UserError, match="only a document's number"):
        await drafting.add(told.db, minh, draft_id, Said("", (FILE,)), NOW)
    await deciding.decide(told.db, lan, 2, NOW)
    await reopening.reopen(told.db, lan, 2, "Nhầm", NOW)
    with pytest.raises(UserError, match="only a document's number"):
        await progress.report_done(told.db, minh, 1, Claim(f"https://e.vn/{WORD}"), NOW)
    await progress.report_done(told.db, minh, 1, Claim("13/BC-STP"), NOW)

    assert places_of(WORD, await everything(told.db)) == []


async def test_neither_a_newer_version_nor_going_back_brings_its_words_again(
    office: Office,
) -> None:
    await office.activate(ITEM)
    db, older = office.db, replace(ITEM, title=f"Rà soát kỹ {WORD}", product=f"Tờ trình {WORD}")
    later = DateDeadline(day("2024-05-31"), f"trước tết {WORD}", label=WORD)
    newer = replace(ITEM, product=f"Đề án {WORD}", deadlines=(later,))
    source = Source("moi.docx", "ab" * 32)
    await versions.apply(db, office.id, 1, make_reading(older), source, NOW)

    await flag(office)
    await versions.undo(db, office.id, 1, NOW)
    after_undo = places_of(WORD, await everything(db))
    await versions.apply(db, office.id, 1, make_reading(newer), source, NOW)

    assert after_undo == []
    assert places_of(WORD, await everything(db)) == []
    [item] = await rows(db, ItemRow)
    assert item.secret


async def test_who_is_erased_leaves_neither_name_nor_account(office: Office) -> None:
    db, minh, account = office.db, office.actor("minh"), ACCOUNTS["minh"]
    await office.enrol("hoa", Role.ADMIN)
    await office.activate(make_item(), make_item("I.2"))
    await progress.report_done(db, minh, 1, Claim("https://e.vn/1"), NOW)
    await extensions.begin(db, minh, 2, "10/5/2024", NOW)
    view = await drafting.open_draft(db, minh, 2, NOW)
    await drafting.place_panel(db, view.draft.id, Panel(account, 7))
    async with db.begin() as session:
        for chat_id in (account, -1001):
            await card_messages.put_message(
                session,
                office_id=office.id,
                telegram_chat_id=chat_id,
                thread_id=0,
                message_id=5,
                telegram_id=account,
                item_id=1,
                shown_at=NOW,
            )
    before = await trail.now(db)
    known = len(await rows(db, AuditRow))

    await own_data.erase(db, office.actor("hoa"), office.persons["minh"], NOW)

    said = await everything(db)
    assert [line for line in said.splitlines() if re.search(rf"\b{account}\b", line)] == []
    assert places_of("minh", said) == []
    entries = (await rows(db, AuditRow))[known:]
    assert trail.disagreements(before, entries, await trail.now(db)) == []
    found = await history.history(db, office.actor("lan"), 1, 0, NOW)
    assert [(entry.act, entry.person) for entry in found.entries][-1] == ("part.report", "")
