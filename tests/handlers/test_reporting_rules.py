"""What a plan or an item asks of a report: the province's software, and nothing that is secret."""

from pathlib import Path
from typing import Any

import pytest

from handlers.draft_keys import ReportPress, draft_data
from handlers.proof_keys import ProofPress, proof_data
from storage.models import EvidenceRow, ItemRow, ReportDraftRow, ReportRow
from tests.builders import Clock, Delivered, FakeSender, Office, change, make_item, rows
from tests.chatting import Talk


def buttons(talk: Talk, since: int) -> list[str]:
    return [data.rsplit(":", 2)[0] for data in talk.buttons()[since:]]


# --- the province's software ------------------------------------------------------------------


@pytest.fixture
async def outside(office: Office, talk: Talk) -> Talk:
    """The plan asks whether III.5 was pressed in the province's software; minh reports it."""
    await office.activate(make_item("III.5"), settings={"settings": {"outside_software": True}})
    await talk.say("minh", "/xong III.5")
    return talk


async def test_it_is_asked_before_the_report_can_be_sent(outside: Talk, office: Office) -> None:
    before = len(outside.buttons())
    said = await outside.say("minh", "123/BC-STP ngày 18/4/2024")
    offered = buttons(outside, before)

    await outside.press("minh", draft_data(ReportPress.SEND, 1))

    assert "phần mềm của tỉnh" in said[0]
    assert offered.count(ReportPress.PRESSED) == 2
    assert ReportPress.SEND not in offered
    assert "phần mềm của tỉnh" in outside.notices()[-1]
    assert await rows(office.db, ReportRow) == []


@pytest.mark.parametrize(("said", "kept"), [(1, True), (0, False)])
async def test_the_answer_is_kept_and_told_where_it_is_no(
    outside: Talk, office: Office, clock: Clock, said: int, kept: bool
) -> None:
    await outside.say("minh", "123/BC-STP ngày 18/4/2024")
    panel = await outside.press("minh", draft_data(ReportPress.PRESSED, 1, said))
    await outside.press("minh", draft_data(ReportPress.SEND, 1))
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()

    (report,) = await rows(office.db, ReportRow)
    assert report.outside_done is kept
    assert ("✔️" if kept else "⚠️") in panel[0]
    (asked,) = [text for text in sender.to("office") if "báo hoàn thành" in text]
    assert ("phần mềm của tỉnh" in asked) is not kept


async def test_without_evidence_it_is_asked_all_the_same(outside: Talk, office: Office) -> None:
    await outside.press("minh", draft_data(ReportPress.SEND, 1))
    unsaid = list(await rows(office.db, ReportRow))
    await outside.press("minh", draft_data(ReportPress.PRESSED, 1, 1))
    await outside.press("minh", draft_data(ReportPress.SEND, 1))

    assert unsaid == []
    assert [report.outside_done for report in await rows(office.db, ReportRow)] == [True]


async def test_a_command_that_says_everything_is_asked_too(outside: Talk, office: Office) -> None:
    said = await outside.say("minh", "/xong III.5 123/BC-STP ngày 18/4/2024")

    assert "phần mềm của tỉnh" in said[0]
    assert await rows(office.db, ReportRow) == []


async def test_other_plans_do_not_ask(office: Office, talk: Talk) -> None:
    await office.activate(make_item("III.5"))

    await talk.say("minh", "/xong III.5 123/BC-STP ngày 18/4/2024")

    assert [report.outside_done for report in await rows(office.db, ReportRow)] == [None]


async def test_more_evidence_is_added_without_asking_again(outside: Talk, office: Office) -> None:
    await outside.say("minh", "123/BC-STP ngày 18/4/2024")
    await outside.press("minh", draft_data(ReportPress.PRESSED, 1, 1))
    await outside.press("minh", draft_data(ReportPress.SEND, 1))
    await outside.press("minh", proof_data(ProofPress.ADD, 1))
    said = await outside.say("minh", "45/TB-STP")
    (draft,) = await rows(office.db, ReportDraftRow)
    await outside.press("minh", draft_data(ReportPress.PROVE, draft.id))

    assert "phần mềm" not in said[0]
    assert len(await rows(office.db, EvidenceRow)) == 2


# --- documents under state secrecy ---------------------------------------------------------------

NAME = "ke-hoach-di-doi.pdf"


@pytest.fixture
async def secret(office: Office, talk: Talk) -> Talk:
    """III.5 has documents under state secrecy."""
    await office.activate(make_item("III.5"))
    (item,) = await rows(office.db, ItemRow)
    await change(office.db, ItemRow, item.id, secret=True, title="Nhiệm vụ III.5", product="")
    return talk


async def begin(talk: Talk, purpose: str) -> None:
    if purpose == "report":
        await talk.say("minh", "/xong III.5")
        return
    await talk.say("minh", "/xong III.5 12/BC-STP")
    await talk.press("minh", draft_data(ReportPress.SEND, 1))
    press = ProofPress.ADD if purpose == "add" else ProofPress.EDIT
    await talk.press("minh", proof_data(press, 1))


def pdf(talk: Talk) -> dict[str, Any]:
    talk.request.kept["f1"] = b"%PDF-1.7"
    return {"file_id": "f1", "file_unique_id": "f1", "file_name": NAME, "file_size": 9}


PURPOSES = ("report", "add", "correct")


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("words", ["https://e.vn/di-doi", "đã di dời xong", "45/BC https://e.vn"])
async def test_of_a_secret_item_no_words_and_no_links_are_kept(
    secret: Talk, office: Office, purpose: str, words: str
) -> None:
    await begin(secret, purpose)
    before = await rows(office.db, ReportDraftRow)

    said = await secret.say("minh", words)

    assert len(said) == 1
    after = await rows(office.db, ReportDraftRow)
    assert [(one.proofs, one.note) for one in after] == [(one.proofs, one.note) for one in before]


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_of_a_secret_item_no_file_is_fetched(
    secret: Talk, office: Office, tmp_path: Path, purpose: str
) -> None:
    await begin(secret, purpose)

    said = await secret.say("minh", "", document=pdf(secret), caption="di dời")

    assert "Chưa có gì thay đổi" in said[0]
    assert secret.calls("getFile") == []
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


async def test_of_a_secret_item_the_bare_number_is_kept_and_shown(
    secret: Talk, office: Office, clock: Clock
) -> None:
    said = await secret.say("minh", "/xong III.5 12/BC-STP ngày 18/4/2024, trang 3 về di dời dân")
    await secret.press("minh", draft_data(ReportPress.SEND, 1))
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    listed = await secret.say("lan", "/minh_chung III.5")

    (proof,) = await rows(office.db, EvidenceRow)
    assert (proof.number, proof.dated_on, proof.place, proof.url) == (
        "12/BC-STP",
        None,
        None,
        None,
    )
    assert (await rows(office.db, ReportRow))[0].note == ""
    everything = "\n".join([*said, *sender.to("office"), *listed])
    assert "di dời" not in everything
    assert "12/BC-STP" in listed[0]
    assert "chỉ hiện số văn bản" in listed[0]


async def test_what_came_before_the_item_was_marked_is_neither_named_nor_sent(
    office: Office, talk: Talk
) -> None:
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/xong III.5")
    await talk.say("minh", "", document=pdf(talk))
    await talk.press("minh", draft_data(ReportPress.SEND, 1))
    await change(office.db, ItemRow, 1, secret=True)

    listed = await talk.say("lan", "/minh_chung III.5")
    one = await talk.press("lan", proof_data(ProofPress.ONE, 1))
    await talk.press("lan", proof_data(ProofPress.FILE, 1))
    await talk.press("lan", proof_data(ProofPress.SHOW, 1))

    assert NAME not in "\n".join([*listed, *one])
    assert talk.calls("sendDocument") == []
