"""A document's date that does not exist, or is still to come, is looked at before it counts."""

import datetime as dt

import pytest

from handlers.draft_keys import ReportPress, draft_data
from handlers.proof_keys import ProofPress, proof_data
from storage.models import EvidenceRow, ReportDraftRow, ReportRow
from tests.builders import Office, make_item, rows
from tests.chatting import Talk

UNREAD = "Không đọc được ngày “31/2/2024”"


@pytest.fixture
async def at_work(office: Office, talk: Talk) -> Talk:
    await office.activate(make_item("III.5"))
    return talk


async def dates(office: Office) -> list[dt.date | None]:
    return [proof.dated_on for proof in await rows(office.db, EvidenceRow)]


async def test_a_day_that_does_not_exist_is_asked_for_and_nothing_is_sent(
    at_work: Talk, office: Office
) -> None:
    said = await at_work.say("minh", "/xong III.5 123/BC-STP ngày 31/2/2024")
    await at_work.press("minh", draft_data(ReportPress.SEND, 1))

    assert UNREAD in said[0]
    assert draft_data(ReportPress.SEND, 1) not in at_work.buttons()
    assert await rows(office.db, ReportRow) == []
    assert len(await rows(office.db, ReportDraftRow)) == 1
    assert "gõ lại ngày của 123/BC-STP" in at_work.notices()[-1]


@pytest.mark.parametrize("answer", ["29/2/2024", "ngày 29/2/2024", "123/BC-STP ngày 29/2/2024"])
async def test_the_day_typed_again_is_the_documents(
    at_work: Talk, office: Office, answer: str
) -> None:
    await at_work.say("minh", "/xong III.5 123/BC-STP ngày 31/2/2024, trang 3")
    said = await at_work.say("minh", answer)
    await at_work.press("minh", draft_data(ReportPress.SEND, 1))

    assert "123/BC-STP ngày 29/02/2024, trang 3" in said[0]
    assert UNREAD not in said[0]
    assert await dates(office) == [dt.date(2024, 2, 29)]


async def test_in_a_group_the_date_is_asked_for_where_it_can_be_answered(at_work: Talk) -> None:
    said = await at_work.say("minh", "/xong III.5 123/BC-STP ngày 31/2/2024", "hc")

    assert "III.5: trả lời tin này bằng ngày của văn bản" in said[-1]


async def test_it_goes_without_a_date_only_when_that_was_said(
    at_work: Talk, office: Office
) -> None:
    await at_work.say("minh", "/xong III.5 123/BC-STP ngày 31/2/2024")
    said = await at_work.press("minh", draft_data(ReportPress.NO_DAY, 1))
    await at_work.press("minh", draft_data(ReportPress.SEND, 1))

    assert UNREAD not in said[0]
    assert await dates(office) == [None]


async def test_a_date_to_come_is_pointed_to_before_it_is_sent(
    at_work: Talk, office: Office
) -> None:
    said = await at_work.say("minh", "/xong III.5 123/BC-STP ngày 31/12/2025")
    unsent = await rows(office.db, ReportRow)
    await at_work.press("minh", draft_data(ReportPress.SEND, 1))

    assert "⚠️ 123/BC-STP ghi ngày thứ Tư 31/12/2025" in said[0]
    assert unsent == []
    assert await dates(office) == [dt.date(2025, 12, 31)]


async def test_an_added_proof_and_a_correction_are_asked_too(
    at_work: Talk, office: Office
) -> None:
    await at_work.say("minh", "/xong III.5 123/BC-STP ngày 18/4/2024")
    await at_work.press("minh", proof_data(ProofPress.ADD, 1))
    added = await at_work.say("minh", "45/TB-STP ngày 31/2/2024")
    await at_work.press("minh", draft_data(ReportPress.PROVE, 1))
    await at_work.press("minh", proof_data(ProofPress.EDIT, 1))
    corrected = await at_work.say("minh", "ngày 31/2/2024")

    assert UNREAD in added[0]
    assert UNREAD in corrected[0]
    assert await dates(office) == [dt.date(2024, 4, 18)]


async def test_what_was_done_stands_on_the_card_from_which_it_is_confirmed(
    at_work: Talk, office: Office
) -> None:
    done = "Đã tổ chức 3 lớp tập huấn, kết quả tốt."
    await at_work.say("minh", f"/xong III.5 {done} Báo cáo số 12/BC-STP ngày 18/4/2024, trang 3")

    card = await at_work.say("lan", "/xem III.5")

    assert card[0].endswith(f"\nGhi chú: {done}")
    assert [report.note for report in await rows(office.db, ReportRow)] == [done]
