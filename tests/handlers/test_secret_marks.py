"""What bears a mark of state secrecy is refused and not kept, wherever words or files come in.

Every command and every question is named here; a new one has to be put in one of the tables.
"""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.services import changing, dialogs, extension_offers
from handlers import proof_files
from handlers.answers import ANSWERS, WITH_FILES
from handlers.commands import COMMANDS
from handlers.proof_keys import ProofPress, proof_data
from tests.builders import Clock, Office, after_event, make_item
from tests.chatting import Talk

MARK = "TUYỆT MẬT"
# What is typed behind a command that keeps words, and who types it.
KEEPING = {
    "xong": ("minh", "/xong III.5 https://e.vn/1 đã làm\nTUYỆT MẬT"),
    "gia_han": ("minh", "/gia_han III.5 30/6 chờ số liệu\nTUYỆT MẬT"),
    "vuong_mac": ("minh", "/vuong_mac III.5 thiếu người\nTUYỆT MẬT"),
    "thong_bao": ("lan", "/thong_bao Họp lúc 8 giờ\nTUYỆT MẬT"),
    "ket_luan": ("lan", "/ket_luan Rà soát hồ sơ – HC – 30/6\nTUYỆT MẬT"),
    "them": ("lan", "/them Rà soát hồ sơ\nTUYỆT MẬT"),
    "thoi_viec": ("lan", "/thoi_viec III.5 Quyết định 5/QĐ\nTUYỆT MẬT"),
    "kich_hoat": ("lan", "/kich_hoat VI.2 05/3/2024 nhận văn bản\nTUYỆT MẬT"),
    "lich": ("lan", "/lich nghi 02/05/2024 12/TB\nTUYỆT MẬT"),
    "don_vi": ("lan", "/don_vi thêm Phòng mới\nTUYỆT MẬT"),
}
# These keep no words of people: codes, days and numbers, or names that are looked up. What /sua,
# /cai_dat and the others ask for comes as the answer to a question.
OTHERS = {
    "viec", "han", "xem", "minh_chung", "nhat_ky", "hoan_tac", "tre_han", "cho_xac_nhan",
    "thieu_minh_chung", "chua_co_han", "tim", "da_nhac", "thu_nhac", "nhap", "giao_ban",
    "tong_hop", "so_lieu", "dat_han", "giao", "sua", "xuat", "moi", "thanh_vien", "thay_mat",
    "ngon_ngu", "du_lieu_cua_toi", "dong_ke_hoach", "ke_hoach_moi", "cai_dat", "dang_ky",
    "tro_giup", "start",
}  # fmt: skip
# Questions that take days only: anything else is not understood, and nothing of it is kept.
DAYS_ONLY = {dialogs.ASK_PLAN_DATE, extension_offers.ASK_OFFER}
QUESTIONS = sorted(ANSWERS.keys() | WITH_FILES.keys())


def test_every_command_is_in_one_of_the_tables() -> None:
    assert {command.name for command in COMMANDS} == KEEPING.keys() | OTHERS
    assert not KEEPING.keys() & OTHERS


@pytest.fixture
async def at_work(office: Office, talk: Talk) -> Talk:
    """III.5 is Phòng Hành chính's; VI.2 waits for its event."""
    await office.activate(make_item("III.5"), make_item("VI.2", due=after_event()))
    return talk


async def everything_kept(office: Office) -> str:
    """Return all that the database holds, as text."""
    kept = []
    async with office.db.read() as session:
        tables = await session.exec(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for (name,) in tables.all():
            found = await session.exec(text(f'SELECT * FROM "{name}"'))
            kept += [str(tuple(row)) for row in found]
    return "\n".join(kept)


def refused(answered: list[str]) -> bool:
    return len(answered) == 1 and "mật" in answered[0].lower() and "không" in answered[0]


@pytest.mark.parametrize("command", KEEPING)
async def test_a_command_with_a_mark_is_refused(
    at_work: Talk, office: Office, command: str
) -> None:
    who, said = KEEPING[command]

    answered = await at_work.say(who, said)

    assert refused(answered), answered
    assert MARK not in await everything_kept(office)


# Within the words it may be one; a report is a draft, which asks its maker and counts as nothing.
@pytest.mark.parametrize("command", sorted(KEEPING.keys() - {"xong"}))
async def test_a_command_that_may_bear_a_mark_is_asked_for_in_other_words(
    at_work: Talk, office: Office, command: str
) -> None:
    who, said = KEEPING[command]

    answered = await at_work.say(who, said.replace(f"\n{MARK}", " (MẬT) quý I"))

    assert "mật" in answered[0].lower(), answered
    assert "(MẬT)" not in await everything_kept(office)


@pytest.mark.parametrize("field", [0, 1, 2])
async def test_new_words_of_an_item_with_a_mark_are_refused(
    at_work: Talk, office: Office, field: int
) -> None:
    await at_work.say("lan", "/sua III.5")
    picks = [one for one in at_work.buttons() if one.startswith("change:pick")]
    await at_work.press("lan", picks[field])

    answered = await at_work.say("lan", f"Rà soát\n{MARK}")

    assert refused(answered), answered
    assert MARK not in await everything_kept(office)


async def asked(talk: Talk, office: Office, clock: Clock, question: str) -> str:
    """Ask a question and return whom."""
    if question == dialogs.ASK_PROOF:
        await talk.say("minh", "/xong III.5")
        return "minh"
    if question == changing.ASK_CHANGE:
        await talk.say("lan", "/them")
        return "lan"
    await dialogs.ask(office.db, office.actor("lan"), question, 1, clock())
    return "lan"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_an_answer_with_a_mark_is_refused(
    at_work: Talk, office: Office, clock: Clock, question: str
) -> None:
    who = await asked(at_work, office, clock, question)

    answered = await at_work.say(who, f"đã xong\n{MARK}")

    assert refused(answered) or question in DAYS_ONLY, answered
    assert MARK not in await everything_kept(office)


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one not in {*DAYS_ONLY, dialogs.ASK_PROOF}]
)
async def test_a_doubtful_answer_is_asked_for_in_other_words(
    at_work: Talk, office: Office, clock: Clock, question: str
) -> None:
    who = await asked(at_work, office, clock, question)

    answered = await at_work.say(who, "gửi báo cáo (MẬT) quý I")

    assert refused(answered), answered
    assert "viết chữ thường" in answered[0]
    assert "MẬT" not in await everything_kept(office)


PURPOSES = ("report", "add", "correct")


async def begun(talk: Talk, purpose: str) -> None:
    """Begin to report III.5, to add evidence to it, or to correct what it has."""
    if purpose == "report":
        await talk.say("minh", "/xong III.5")
        return
    await talk.say("minh", "/xong III.5 123/BC-STP")
    press = ProofPress.ADD if purpose == "add" else ProofPress.EDIT
    await talk.press("minh", proof_data(press, 1))


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_words_of_evidence_with_a_mark_are_refused(
    at_work: Talk, office: Office, purpose: str
) -> None:
    await begun(at_work, purpose)

    answered = await at_work.say("minh", f"45/BC-STP, trang 3\n{MARK}")

    assert refused(answered), answered
    kept = await everything_kept(office)
    assert MARK not in kept
    assert "45/BC-STP" not in kept


def a_file(talk: Talk, name: str) -> dict[str, Any]:
    talk.request.kept["f1"] = b"%PDF-1.7"
    return {"file_id": "f1", "file_unique_id": "f1", "file_name": name, "file_size": 9}


def files_kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


FILES = {"a name": (f"{MARK}.pdf", ""), "a caption": ("a.pdf", f"quý I\n{MARK}")}


@pytest.mark.parametrize("marked", FILES)
@pytest.mark.parametrize("purpose", [*PURPOSES, "more", "plan", "broadcast"])
async def test_a_file_with_a_mark_is_not_even_fetched(
    at_work: Talk, office: Office, tmp_path: Path, clock: Clock, purpose: str, marked: str
) -> None:
    name, caption = FILES[marked]
    sent = {"document": a_file(at_work, name), "caption": caption}
    if purpose in PURPOSES:
        await begun(at_work, purpose)
    elif purpose == "more":
        await at_work.say("minh", "/xong III.5 123/BC-STP")
        (question,) = proof_files.QUESTIONS
        await dialogs.ask(office.db, office.actor("minh"), question, 1, clock())

    if purpose == "broadcast":
        source = {"message_id": 9, "date": 1, "chat": {"id": 101, "type": "private"}, **sent}
        answered = await at_work.say("lan", "/thong_bao", reply_to_message=source)
    else:
        answered = await at_work.say("lan" if purpose == "plan" else "minh", "", **sent)

    assert refused(answered), answered
    assert at_work.calls("getFile") == []
    assert MARK not in await everything_kept(office)
    assert files_kept(tmp_path) == []


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_doubtful_file_is_asked_about_and_dropped(
    at_work: Talk, office: Office, tmp_path: Path, purpose: str
) -> None:
    await begun(at_work, purpose)
    asked_of = await at_work.say("minh", "", document=a_file(at_work, "Báo cáo (MẬT) quý I.pdf"))
    secret = next(data for data in reversed(at_work.buttons()) if data.startswith("rep:secret"))

    await at_work.press("minh", secret)

    assert "tài liệu mật không?" in asked_of[0]
    assert "(MẬT)" not in await everything_kept(office)
    assert files_kept(tmp_path) == []
