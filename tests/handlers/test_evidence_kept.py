"""Evidence beside a report: added by those who may, corrected with versions, taken out."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.domain.status import Progress
from handlers.proof_keys import ProofPress, proof_data
from storage.models import AuditRow, EvidenceRow, GrantRow, PartRow, PersonRow, ReportDraftRow
from tests.builders import Clock, Office, change, every, make_item, rows, vn
from tests.chatting import Talk


@pytest.fixture
async def office_at_work(office: Office, talk: Talk) -> Talk:
    """III.5 is Phòng Hành chính's, and nobody has reported it."""
    await office.activate(make_item("III.5"), make_item("VI.2", lead=("Phòng Văn bản",)))
    return talk


@pytest.fixture
async def awaiting(office_at_work: Talk) -> Talk:
    """The head has reported III.5 with a document; Văn phòng has not decided."""
    await office_at_work.say("minh", "/xong III.5 123/BC-STP ngày 18/4/2024, trang 3")
    return office_at_work


@pytest.fixture
async def confirmed(awaiting: Talk, clock: Clock) -> Talk:
    """III.5 is done and confirmed."""
    clock.move_to("2024-04-19 09:00")
    await awaiting.press("lan", "report:confirm:1")
    clock.move_to("2024-04-19 10:00")
    return awaiting


async def collect(talk: Talk, who: str, text: str, part: int = 1) -> list[str]:
    await talk.press(who, proof_data(ProofPress.ADD, part))
    return await talk.say(who, text)


async def add(talk: Talk, office: Office, who: str, text: str, part: int = 1) -> list[str]:
    """Add evidence to a part: collect it, then press the button."""
    await collect(talk, who, text, part)
    return await talk.press(who, f"rep:prove:{await draft(office)}:0")


async def draft(office: Office) -> int:
    found = await rows(office.db, ReportDraftRow)
    return found[-1].id if found else 0


async def correct(talk: Talk, office: Office, who: str, proof: int, text: str) -> list[str]:
    await talk.press(who, proof_data(ProofPress.EDIT, proof))
    await talk.say(who, text)
    return await talk.press(who, f"rep:prove:{await draft(office)}:0")


async def file(talk: Talk, who: str, name: str, **more: Any) -> list[str]:
    talk.request.kept[name] = f"content of {name}".encode()
    document = {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": 9}
    return await talk.say(who, "", document=document, **more)


async def photo(talk: Talk, who: str, name: str, **more: Any) -> list[str]:
    talk.request.kept[name] = f"picture {name}".encode()
    size = {"file_id": name, "file_unique_id": name, "width": 9, "height": 9, "file_size": 9}
    return await talk.say(who, "", photo=[size], **more)


# --- adding ----------------------------------------------------------------------------------


async def test_where_nobody_confirms_nothing_comes_after_the_confirmation(
    office: Office, talk: Talk, clock: Clock
) -> None:
    await office.activate(make_item("III.5"), settings={"confirmation": False})
    await talk.say("minh", "/xong III.5 123/BC-STP")
    clock.move_to("2024-04-22 10:00")

    read_back = await collect(talk, "minh", "45/TB-STP")
    said = await talk.press("minh", f"rep:prove:{await draft(office)}:0")
    listed = await talk.say("lan", "/minh_chung III.5")

    assert "sau khi xác nhận" not in "\n".join([*read_back, *said, *listed])
    assert "45/TB-STP" in listed[0]


async def test_what_was_collected_and_called_off_leaves_no_file(
    awaiting: Talk, office: Office, tmp_path: Path
) -> None:
    await awaiting.press("minh", proof_data(ProofPress.ADD, 1))
    await file(awaiting, "minh", "a.pdf")
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    said = await awaiting.press("minh", f"rep:cancel:{await draft(office)}:0")

    assert len(kept) == 1
    assert "giữ nguyên như cũ" in said[0]
    assert not kept[0].exists()
    assert len(await rows(office.db, EvidenceRow)) == 1


@pytest.mark.parametrize("who", ["minh", "thao"])
async def test_the_head_and_staff_of_the_unit_add_to_a_report_that_waits(
    awaiting: Talk, office: Office, who: str
) -> None:
    read_back = await collect(awaiting, who, "45/TB-STP ngày 19/4/2024")
    before = await rows(office.db, EvidenceRow)
    said = await awaiting.press(who, f"rep:prove:{await draft(office)}:0")

    assert "45/TB-STP" in read_back[0]
    assert len(before) == 1, "it counts only once it was read back"
    found = await rows(office.db, EvidenceRow)
    assert [row.number for row in found] == ["123/BC-STP", "45/TB-STP"]
    assert {row.report_id for row in found} == {1}
    assert "đã thêm 1 minh chứng" in said[0]
    assert "Văn phòng thấy ngay" in said[0]


async def test_the_office_adds_for_a_unit_and_it_is_marked(awaiting: Talk, office: Office) -> None:
    said = await add(awaiting, office, "lan", "45/TB-STP")

    assert [row.on_behalf for row in await rows(office.db, EvidenceRow)] == [False, True]
    assert "Văn phòng thêm thay đơn vị" in said[0]


@pytest.mark.parametrize("who", ["dung", "khach"])
async def test_others_may_not_and_nothing_is_begun(
    awaiting: Talk, office: Office, who: str
) -> None:
    said = await awaiting.press(who, proof_data(ProofPress.ADD, 1))

    assert said == []
    assert await rows(office.db, ReportDraftRow) == []


async def test_a_leader_sees_the_part_but_may_not_add(awaiting: Talk, office: Office) -> None:
    await awaiting.press("viet", proof_data(ProofPress.ADD, 1))

    assert "Chỉ người của đơn vị" in awaiting.notices()[-1]
    assert await rows(office.db, ReportDraftRow) == []


async def test_who_left_the_unit_meanwhile_cannot_send_what_was_begun(
    awaiting: Talk, office: Office
) -> None:
    await collect(awaiting, "thao", "45/TB-STP")
    (grant,) = await rows(office.db, GrantRow, GrantRow.person_id == office.persons["thao"])
    await change(office.db, GrantRow, grant.id, unit_id=office.units["Phòng Văn bản"])

    await awaiting.press("thao", f"rep:prove:{await draft(office)}:0")

    assert len(await rows(office.db, EvidenceRow)) == 1


@pytest.mark.parametrize("who", ["thao", "lan", "dung", "khach"])
async def test_nobody_sends_what_somebody_else_collects(
    awaiting: Talk, office: Office, who: str
) -> None:
    await collect(awaiting, "minh", "45/TB-STP")

    await awaiting.press(who, f"rep:prove:{await draft(office)}:0")

    assert len(await rows(office.db, EvidenceRow)) == 1


async def test_after_the_confirmation_it_is_marked_and_the_part_stays_done(
    confirmed: Talk, office: Office
) -> None:
    said = await add(confirmed, office, "thao", "45/TB-STP")
    listed = await confirmed.say("lan", "/minh_chung III.5")

    assert (await rows(office.db, PartRow))[0].progress is Progress.DONE
    assert "bổ sung sau khi xác nhận" in said[0]
    lines = listed[0].splitlines()
    assert "bổ sung" not in next(line for line in lines if "123/BC-STP" in line)
    assert "bổ sung sau khi xác nhận" in next(line for line in lines if "45/TB-STP" in line)


async def test_after_a_return_it_stays_with_the_part_and_the_next_report_rests_on_it(
    office_at_work: Talk, office: Office
) -> None:
    talk = office_at_work
    await talk.say("minh", "/xong III.5")
    await talk.press("minh", "rep:send:1:0")
    await talk.press("lan", "report:return:1")
    await talk.say("lan", "Thiếu minh chứng")
    said = await add(talk, office, "thao", "45/TB-STP")
    panel = await talk.say("minh", "/xong III.5")
    await talk.press("minh", f"rep:send:{await draft(office)}:0")
    await talk.press("lan", "report:confirm:2")

    assert "còn phải gửi lại" in said[0]
    assert "45/TB-STP" in panel[0]
    assert "Gửi Văn phòng xác nhận?" in panel[0]
    assert (await rows(office.db, PartRow))[0].progress is Progress.DONE


async def test_the_same_is_not_added_twice(awaiting: Talk, office: Office) -> None:
    await add(awaiting, office, "minh", "123/BC-STP ngày 18/4/2024, trang 3")

    assert len(await rows(office.db, EvidenceRow)) == 1
    assert "đã có minh chứng này" in awaiting.notices()[-1]


async def test_words_that_prove_nothing_are_answered_with_what_is_wanted(
    awaiting: Talk, office: Office
) -> None:
    said = await collect(awaiting, "minh", "đã làm xong rồi")

    assert "Không thấy đường dẫn" in said[0]
    assert (await rows(office.db, ReportDraftRow))[0].proofs == []


async def test_files_after_a_report_are_read_back_before_they_are_added(
    awaiting: Talk, office: Office
) -> None:
    await add(awaiting, office, "minh", "45/TB-STP")
    await awaiting.say("minh", "/xem III.5")
    await awaiting.press("minh", proof_data(ProofPress.ADD, 1))
    await file(awaiting, "minh", "a.pdf", media_group_id="7")
    await file(awaiting, "minh", "b.pdf", media_group_id="7")
    await awaiting.press("minh", f"rep:prove:{await draft(office)}:0")

    names = [row.file_name for row in await rows(office.db, EvidenceRow)]
    assert names == [None, None, "a.pdf", "b.pdf"]


# --- correcting ------------------------------------------------------------------------------


async def test_what_is_not_mentioned_stays_and_the_old_version_is_kept(
    awaiting: Talk, office: Office
) -> None:
    said = await correct(awaiting, office, "minh", 1, "mục II, trang 5")
    listed = await awaiting.say("lan", "/minh_chung III.5")
    one = await awaiting.press("lan", proof_data(ProofPress.ONE, 2))

    old, new = await rows(office.db, EvidenceRow)
    assert (old.place, new.place) == ("trang 3", "mục II, trang 5")
    assert (new.number, new.dated_on) == (old.number, old.dated_on)
    assert new.replaces_id == old.id
    assert "đã sửa minh chứng" in said[0]
    assert "mục II, trang 5 (bản 2)" in listed[0]
    assert "trang 3" not in listed[0]
    assert "Các bản trước" in one[0]
    assert "trang 3" in one[0]


async def test_a_file_takes_the_place_of_a_link(office_at_work: Talk, office: Office) -> None:
    talk = office_at_work
    await talk.say("minh", "/xong III.5 https://e.vn/1")
    await talk.press("minh", proof_data(ProofPress.EDIT, 1))
    await file(talk, "minh", "dung.pdf")
    await talk.press("minh", f"rep:prove:{await draft(office)}:0")

    listed = await talk.say("lan", "/minh_chung III.5")
    assert "dung.pdf (bản 2)" in listed[0]
    assert "e.vn" not in listed[0]


async def test_a_proof_that_was_corrected_is_not_corrected_again(
    awaiting: Talk, office: Office
) -> None:
    await awaiting.press("lan", proof_data(ProofPress.EDIT, 1))
    await awaiting.say("lan", "trang 9")
    of_lan = await draft(office)
    await correct(awaiting, office, "minh", 1, "trang 5")

    await awaiting.press("lan", f"rep:prove:{of_lan}:0")

    assert "đã được sửa hoặc bỏ" in awaiting.notices()[-1]
    assert [row.place for row in await rows(office.db, EvidenceRow)] == ["trang 3", "trang 5"]


async def test_staff_correct_what_they_added_and_nothing_else(
    awaiting: Talk, office: Office
) -> None:
    await add(awaiting, office, "thao", "45/TB-STP")
    await correct(awaiting, office, "thao", 2, "trang 7")
    await awaiting.press("thao", proof_data(ProofPress.EDIT, 1))

    assert [row.place for row in await rows(office.db, EvidenceRow)] == [
        "trang 3",
        None,
        "trang 7",
    ]
    assert "Chỉ trưởng đơn vị" in awaiting.notices()[-1]


async def test_a_correction_that_says_the_same_changes_nothing(
    awaiting: Talk, office: Office
) -> None:
    await awaiting.press("minh", proof_data(ProofPress.EDIT, 1))
    said = await awaiting.say("minh", "trang 3")

    assert "Sửa thế nào?" in said[0]
    await awaiting.press("minh", f"rep:prove:{await draft(office)}:0")
    assert len(await rows(office.db, EvidenceRow)) == 1
    assert "giống hệt" in awaiting.notices()[-1]


# --- taking out ------------------------------------------------------------------------------


async def test_what_is_taken_out_counts_no_more_and_stays_in_the_history(
    awaiting: Talk, office: Office
) -> None:
    asked = await awaiting.press("minh", proof_data(ProofPress.OUT, 1))
    assert (await rows(office.db, EvidenceRow))[0].removed_at is None
    await awaiting.press("minh", proof_data(ProofPress.OUT_NOW, 1))
    missing = await awaiting.say("lan", "/thieu_minh_chung")
    await awaiting.press("lan", "report:confirm:1")
    refused = awaiting.notices()[-1]
    history = await awaiting.press("lan", proof_data(ProofPress.OLD_ITEM, 1))

    assert "minh chứng duy nhất" in asked[0]
    assert (await rows(office.db, EvidenceRow))[0].removed_at is not None
    assert "III.5" in missing[0]
    assert "Chưa có minh chứng" in refused
    assert "123/BC-STP" in history[0]
    assert "đã bỏ" in history[0]


async def test_taking_out_the_newest_version_does_not_bring_the_older_back(
    awaiting: Talk, office: Office
) -> None:
    await correct(awaiting, office, "minh", 1, "trang 5")
    await awaiting.press("minh", proof_data(ProofPress.OUT_NOW, 2))

    listed = await awaiting.say("lan", "/minh_chung III.5")
    assert "Chưa có minh chứng" in listed[0]


@pytest.mark.parametrize("who", ["thao", "dung", "viet", "khach"])
async def test_who_may_not_take_out_changes_nothing(
    awaiting: Talk, office: Office, who: str
) -> None:
    await awaiting.press(who, proof_data(ProofPress.OUT_NOW, 1))

    assert (await rows(office.db, EvidenceRow))[0].removed_at is None


async def test_a_second_press_says_that_it_was_taken_out(awaiting: Talk) -> None:
    for _ in range(2):
        await awaiting.press("minh", proof_data(ProofPress.OUT_NOW, 1))

    assert "đã được sửa hoặc bỏ" in awaiting.notices()[-1]


# --- which part -------------------------------------------------------------------------------


@pytest.fixture
async def monthly(office: Office, talk: Talk, clock: Clock) -> Talk:
    """III.5 falls due each month of the year; March waits without evidence, April is to come."""
    days = [f"2024-{month:02}-14" for month in range(3, 13)]
    await office.activate(make_item("III.5", due=every(*days)), now=vn("2024-03-01 08:00"))
    clock.move_to("2024-03-14 09:00")
    await talk.say("minh", "/xong III.5")
    await talk.press("minh", "rep:send:1:0")
    return talk


async def test_a_card_offers_the_part_that_waits_without_evidence_and_asks_for_others(
    monthly: Talk, office: Office
) -> None:
    await monthly.say("minh", "/xem III.5")
    buttons = [data for data in monthly.buttons() if data.startswith("prf:")]
    first = await monthly.press("minh", proof_data(ProofPress.WHICH, 1))
    listed = [data for data in monthly.buttons() if data.startswith(ProofPress.ADD)]
    await monthly.press("minh", proof_data(ProofPress.WHICH, 1, 1))
    every_one = {data for data in monthly.buttons() if data.startswith(ProofPress.ADD)}

    assert buttons[-2:] == [proof_data(ProofPress.ADD, 1), proof_data(ProofPress.WHICH, 1)]
    assert "phần nào?" in first[0]
    assert proof_data(ProofPress.ADD, 2) in listed
    assert every_one == {proof_data(ProofPress.ADD, part) for part in range(1, 11)}


async def test_who_has_no_part_is_not_asked_which(monthly: Talk) -> None:
    said = await monthly.press("viet", proof_data(ProofPress.WHICH, 1))

    assert said == []
    assert "Chỉ người của đơn vị" in monthly.notices()[-1]


# --- the record and taking back --------------------------------------------------------------


async def test_every_change_of_evidence_is_one_entry_about_its_row(
    awaiting: Talk, office: Office
) -> None:
    await add(awaiting, office, "thao", "45/TB-STP")
    await correct(awaiting, office, "minh", 1, "trang 5")
    await awaiting.press("minh", proof_data(ProofPress.OUT_NOW, 2))

    found = await rows(office.db, AuditRow, AuditRow.subject == "evidence")
    about = sorted(found, key=lambda one: one.id)
    assert [(one.act, one.subject_id) for one in about] == [
        ("part.report", 1),
        ("evidence.add", 2),
        ("evidence.correct", 3),
        ("evidence.remove", 2),
    ]
    assert about[1].before is None
    assert about[1].after["number"] == "45/TB-STP"
    assert about[2].after["replaces_id"] == 1
    assert about[3].before == {"removed_at": None}


async def undo(talk: Talk, who: str) -> None:
    await talk.say(who, "/hoan_tac")
    take_back = [data for data in talk.buttons() if data.startswith("act:undo:")]
    await talk.press(who, take_back[-1])


async def counting(talk: Talk) -> str:
    return (await talk.say("lan", "/minh_chung III.5"))[0]


async def test_an_addition_is_taken_back(awaiting: Talk, office: Office) -> None:
    await add(awaiting, office, "minh", "45/TB-STP")
    await undo(awaiting, "minh")

    assert "45/TB-STP" not in await counting(awaiting)


async def test_a_correction_taken_back_lets_the_older_version_count(
    awaiting: Talk, office: Office
) -> None:
    await correct(awaiting, office, "minh", 1, "trang 5")
    await undo(awaiting, "minh")

    listed = await counting(awaiting)
    assert "trang 3" in listed
    assert "trang 5" not in listed


async def test_what_was_taken_out_comes_back(awaiting: Talk) -> None:
    await awaiting.press("minh", proof_data(ProofPress.OUT_NOW, 1))
    await undo(awaiting, "minh")

    assert "123/BC-STP" in await counting(awaiting)


# --- listing and sending ---------------------------------------------------------------------


async def test_a_long_list_has_pages_and_says_where_all_of_it_is(
    awaiting: Talk, office: Office
) -> None:
    text = " ".join(f"https://e.vn/{number}" for number in range(1, 21))
    await add(awaiting, office, "minh", text)

    first = await awaiting.say("lan", "/minh_chung III.5")
    buttons = awaiting.buttons()
    last = await awaiting.press("lan", proof_data(ProofPress.ITEM, 1, 2))

    assert "e.vn/7" in first[0]
    assert "e.vn/8<" not in first[0]
    assert "III.5: minh chứng (21)" in first[0].replace("<b>", "").replace("</b>", "")
    assert proof_data(ProofPress.ITEM, 1, 1) in buttons
    assert "export:folder:1" in buttons
    assert "21. " in last[0]
    assert "e.vn/20" in last[0]


async def test_photos_go_back_as_an_album_and_documents_one_by_one(
    awaiting: Talk, office: Office
) -> None:
    await awaiting.press("minh", proof_data(ProofPress.ADD, 1))
    for name in ("one", "two", "three"):
        await photo(awaiting, "minh", name, media_group_id="7")
    await file(awaiting, "minh", "a.pdf")
    await awaiting.press("minh", f"rep:prove:{await draft(office)}:0")

    await awaiting.press("lan", proof_data(ProofPress.SHOW, 1))

    (album,) = awaiting.calls("sendMediaGroup")
    assert [one["media"] for one in album["media"]] == ["one", "two", "three"]
    assert [call["document"] for call in awaiting.calls("sendDocument")] == ["a.pdf"]


async def test_one_photo_goes_back_as_a_photo(awaiting: Talk, office: Office) -> None:
    await awaiting.press("minh", proof_data(ProofPress.ADD, 1))
    await photo(awaiting, "minh", "one")
    await awaiting.press("minh", f"rep:prove:{await draft(office)}:0")

    await awaiting.say("lan", "/minh_chung III.5")

    assert [call["photo"] for call in awaiting.calls("sendPhoto")] == ["one"]


@pytest.fixture
async def with_file(awaiting: Talk, office: Office) -> Talk:
    await awaiting.press("minh", proof_data(ProofPress.ADD, 1))
    await file(awaiting, "minh", "a.pdf")
    await awaiting.press("minh", f"rep:prove:{await draft(office)}:0")
    return awaiting


async def test_a_file_that_telegram_forgot_is_sent_as_it_is_kept(with_file: Talk) -> None:
    with_file.request.refuse("sendDocument", 400, "Bad Request: wrong file identifier")

    await with_file.say("lan", "/minh_chung III.5")

    assert with_file.request.files[-1] == ("a.pdf", b"content of a.pdf")


async def test_a_file_that_is_nowhere_is_said_in_a_sentence(
    with_file: Talk, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "files")
    with_file.request.refuse("sendDocument", 400, "Bad Request: wrong file identifier")

    said = await with_file.say("lan", "/minh_chung III.5")

    assert "Không lấy lại được a.pdf" in said[-1]


async def test_in_a_group_nobody_is_named(awaiting: Talk) -> None:
    private = await awaiting.press("lan", proof_data(ProofPress.ONE, 1))
    group = await awaiting.press("lan", proof_data(ProofPress.ONE, 1), where="hc")

    assert "minh" in private[0]
    assert "minh" not in group[0]


async def test_another_units_evidence_is_found_by_no_forged_button(
    awaiting: Talk, office: Office
) -> None:
    await add(awaiting, office, "minh", "45/TB-STP")

    for press in ProofPress:
        said = await awaiting.press("dung", proof_data(press, 1))
        assert said == [], press
        said = await awaiting.press("minh", proof_data(press, 1), where="vb")
        assert said == [], press
    assert len([r for r in await rows(office.db, EvidenceRow) if r.removed_at is None]) == 2


async def test_the_same_in_english(awaiting: Talk, office: Office) -> None:
    await change(office.db, PersonRow, office.persons["thao"], locale="en")

    said = await add(awaiting, office, "thao", "45/TB-STP dated 19/4/2024, page 4")
    listed = await awaiting.say("thao", "/minh_chung III.5")

    assert "III.5: 1 proof added" in said[0]
    assert "45/TB-STP of 19/4/2024, page 4" in listed[0]
