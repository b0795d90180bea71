"""Files that /xong brings: taken once, refused where the bot takes none, not another bot's."""

from typing import Any

import pytest

from bot.domain.report_draft import DraftPurpose
from bot.domain.status import Progress
from bot.services import updates
from storage.models import ItemRow, PartRow, ReportDraftRow, ReportRow
from tests.builders import Office, change, make_item, parts_of, rows, vn
from tests.chatting import BOT, Talk

NOW = vn("2024-04-19 07:30")
DOCUMENT = {"file_id": "f", "file_unique_id": "u", "file_name": "bao-cao.pdf", "file_size": 9}


@pytest.fixture
async def due(office: Office, talk: Talk) -> Office:
    talk.request.kept["f"] = b"%PDF-1.7 x"
    await office.activate(make_item("III.5"))
    return office


async def send(talk: Talk, caption: str, where: str = "private", **more: Any) -> list[str]:
    """Send a document with a caption; return what the bot wrote."""
    content = {"document": DOCUMENT, **more}
    return await talk.say("minh", "", where, caption=caption, reply_to_message=None, **content)


async def proofs(office: Office) -> list[int]:
    return [len(row.proofs) for row in await rows(office.db, ReportDraftRow)]


async def test_a_repeated_update_attaches_the_file_once(due: Office, talk: Talk) -> None:
    await updates.take_in(due.db, [{"update_id": 1}], NOW)

    first = await send(talk, "/xong III.5")
    again = await talk.hear(talk.last_raw, again=True)

    assert "bao-cao.pdf" in first[0]
    assert "bao-cao.pdf" not in "".join(again)
    assert await proofs(due) == [1]
    assert len(talk.calls("getFile")) == 1


async def test_a_second_file_for_the_same_item_joins_the_draft_that_was_begun(
    due: Office, talk: Talk
) -> None:
    talk.request.kept["g"] = b"%PDF-1.7 y"
    await send(talk, "/xong III.5")
    said = await send(talk, "/xong III.5", document={**DOCUMENT, "file_id": "g"})

    assert said[0].count("bao-cao.pdf") == 2
    assert await proofs(due) == [2]


@pytest.mark.parametrize("name", ["nhacviec_bot", "NhacViec_Bot"])
async def test_in_a_group_the_command_may_name_the_bot(due: Office, talk: Talk, name: str) -> None:
    said = await send(talk, f"/xong@{name} III.5", "hc")

    assert "bao-cao.pdf" in said[0]


async def test_what_is_said_to_another_bot_is_none_of_its_business(
    due: Office, talk: Talk
) -> None:
    said = await send(talk, "/xong@other_bot III.5", "hc")

    assert said == []
    assert await proofs(due) == []


async def test_a_video_is_refused_and_nothing_begins(due: Office, talk: Talk) -> None:
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}

    said = await talk.say("minh", "", caption="/xong III.5", video=video)

    assert "Chưa có gì thay đổi" in said[0]
    assert await proofs(due) == []


async def test_an_item_with_secret_documents_takes_no_file_and_none_is_fetched(
    due: Office, talk: Talk
) -> None:
    (part,) = await parts_of(due.db, due)
    await change(due.db, ItemRow, part.item_id, secret=True)

    said = await send(talk, "/xong III.5")

    assert "12/BC-STP" in said[0]
    assert talk.calls("getFile") == []
    assert await proofs(due) == []


async def test_a_file_of_the_bots_own_is_no_evidence(due: Office, talk: Talk) -> None:
    chat = {"id": 102, "type": "private", "first_name": "minh"}
    own = {"message_id": 40, "date": 1, "chat": chat, "from": BOT, "document": DOCUMENT}

    said = await talk.say("minh", "/xong III.5", reply_to_message=own)

    assert "bao-cao.pdf" not in said[0]
    assert await proofs(due) == [0]


async def test_under_minh_chung_a_file_is_added_to_the_part_that_needs_it(
    due: Office, talk: Talk
) -> None:
    said = await talk.say("thao", "", caption="/minh_chung III.5", document=DOCUMENT)

    assert "bao-cao.pdf" in said[0]
    assert "Thêm làm minh chứng?" in said[0]
    (row,) = await rows(due.db, ReportDraftRow)
    assert (row.purpose, len(row.proofs)) == (DraftPurpose.ADD, 1)


async def test_in_answer_to_a_video_the_evidence_is_listed_as_ever(
    due: Office, talk: Talk
) -> None:
    chat = {"id": 102, "type": "private", "first_name": "minh"}
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    said = {"message_id": 40, "date": 1, "chat": chat, "video": video}

    (listed,) = await talk.say("minh", "/minh_chung III.5", reply_to_message=said)
    (refused,) = await talk.say("minh", "/xong III.5", reply_to_message=said)

    assert "Chưa có minh chứng" in listed
    assert "Chưa có gì thay đổi" in refused


async def test_who_may_add_no_evidence_is_refused_and_the_file_is_not_fetched(
    due: Office, talk: Talk
) -> None:
    leader = await talk.say("viet", "", caption="/minh_chung III.5", document=DOCUMENT)
    other = await talk.say("dung", "", caption="/minh_chung III.5", document=DOCUMENT)
    none = await talk.say("dung", "", caption="/minh_chung IX.9", document=DOCUMENT)

    assert "Chưa có gì thay đổi" in leader[0]
    assert other[0].replace("III.5", "") == none[0].replace("IX.9", "")
    assert talk.calls("getFile") == []


async def test_whom_a_part_was_handed_to_prepares_its_report_by_command_and_by_file(
    due: Office, talk: Talk
) -> None:
    (part,) = await parts_of(due.db, due)
    refused = await talk.say("thao", "/xong III.5 https://e.vn/1")
    await change(due.db, PartRow, part.id, assignee_id=due.persons["thao"])

    text = await talk.say("thao", "/xong III.5 https://e.vn/1")
    file = await talk.say("thao", "", caption="/xong III.5", document=DOCUMENT)
    await talk.say("thao", "/xong")

    assert "Chưa có gì thay đổi" in refused[0]
    assert "https://e.vn/1" in text[0]
    assert "bao-cao.pdf" in file[0]
    assert f"part:report:{part.id}" in talk.buttons()
    assert await rows(due.db, ReportRow) == []


async def test_of_what_nobody_owes_the_office_is_not_told_that_its_unit_does(
    due: Office, talk: Talk
) -> None:
    (part,) = await parts_of(due.db, due)
    await change(due.db, PartRow, part.id, progress=Progress.DONE, submitted_at=NOW)

    (office,) = await talk.say("lan", "/xong III.5")
    (unit,) = await talk.say("minh", "/xong III.5")

    assert "Không đơn vị nào" in office
    assert "Đơn vị mình" in unit
