"""What proves a completion, read from what a head types; and what must not be kept."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.account import MAX_LINK, read_account
from bot.domain.evidence import Evidence, bears_secret_mark, document_bears_secret_mark, like
from bot.domain.reading.table import Document, Table
from bot.domain.states import EvidenceKind

TODAY = dt.date(2024, 4, 26)


def document(number: str, dated_on: str | None = None, place: str | None = None) -> Evidence:
    on = dt.date.fromisoformat(dated_on) if dated_on else None
    return Evidence(EvidenceKind.DOCUMENT, number=number, dated_on=on, place=place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123/BC-STP", document("123/BC-STP")),
        ("123/BC-STP ngày 23/4/2024", document("123/BC-STP", "2024-04-23")),
        ("123/BC-STP, ngày 23/4/2024, trang 3", document("123/BC-STP", "2024-04-23", "trang 3")),
        ("123/BC-STP ngày 23/4", document("123/BC-STP", "2024-04-23")),
        ("123/BC-STP ngày 29/02/2024", document("123/BC-STP", "2024-02-29")),
        (
            "Báo cáo số 123/BC-STP ngày 23/4/2024, mục II, trang 3",
            document("123/BC-STP", "2024-04-23", "mục II, trang 3"),
        ),
        ("Nghị định 45/2020/NĐ-CP", document("45/2020/NĐ-CP")),
        ("8787/UBND", document("8787/UBND")),
    ],
)
def test_a_cited_document_is_read_with_its_date_and_place(text: str, expected: Evidence) -> None:
    assert read_account(text, TODAY).proofs == (expected,)


@pytest.mark.parametrize(
    ("today", "text", "dated_on"),
    [
        ("2025-01-06", "123/BC-STP ngày 30/12", "2024-12-30"),
        ("2025-01-06", "123/BC-STP ngày 06/01", "2025-01-06"),
        ("2024-12-31", "123/BC-STP ngày 31/12", "2024-12-31"),
        ("2025-01-06", "123/BC-STP ngày 30/12/2025", "2025-12-30"),
    ],
)
def test_a_day_without_a_year_is_the_latest_one_and_never_in_the_future(
    today: str, text: str, dated_on: str
) -> None:
    account = read_account(text, dt.date.fromisoformat(today))

    assert account.proofs == (document("123/BC-STP", dated_on),)


@pytest.mark.parametrize("day", ["31/6/2024", "31/2", "30 tháng 2 năm 2024", "20/13/2024"])
def test_a_day_that_does_not_exist_stays_as_it_was_written(day: str) -> None:
    (found,) = read_account(f"123/BC-STP ngày {day}, trang 3", TODAY).proofs

    assert (found.number, found.dated_on, found.unread_day) == ("123/BC-STP", None, day)
    assert found.place == "trang 3"


@pytest.mark.parametrize(
    "day", ["20/4/24", "20/4/2024", "20.4.2024", "20 tháng 4 năm 2024", "20/4"]
)
def test_a_date_is_read_as_people_write_it(day: str) -> None:
    (found,) = read_account(f"123/BC-STP (ngày {day})", TODAY).proofs

    assert (found.dated_on, found.unread_day) == (dt.date(2024, 4, 20), None)


def test_each_of_several_documents_has_its_own_date_and_page() -> None:
    text = "12/BC-STP ngày 20/4/2024, trang 3 và 13/KH-STP ngày 22/4/2024, mục II"

    assert read_account(text, TODAY).proofs == (
        document("12/BC-STP", "2024-04-20", "trang 3"),
        document("13/KH-STP", "2024-04-22", "mục II"),
    )


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "Đã tổ chức 3 lớp tập huấn, kết quả tốt. Báo cáo số 12/BC-STP ngày 20/4/2024, mục II, "
            "trang 3-5, xem https://e.vn/a",
            "Đã tổ chức 3 lớp tập huấn, kết quả tốt.",
        ),
        ("báo cáo số 12/BC-STP, gồm 3 phần", "báo cáo số 12/BC-STP, gồm 3 phần"),
        ("đã lập xong 12/BC-STP ngày 20/4/2024", "đã lập xong 12/BC-STP ngày 20/4/2024"),
        ("12/BC-STP ngày 20/4/2024: đã lập xong", "đã lập xong"),
        ("Quyết định số 12/QĐ-STP ngày 20/4/2024, tr. 3", ""),
        ("12/BC-STP và 13/KH-STP", ""),
        ("đã xong\n12/BC-STP", "đã xong"),
        ("Kết quả: 95%. Xem tại https://e.vn/1", "Kết quả: 95%."),
    ],
)
def test_the_note_is_whole_sentences_that_say_more_than_the_proofs(text: str, note: str) -> None:
    assert read_account(text, TODAY).note == note


def test_links_are_read_without_the_punctuation_behind_them() -> None:
    account = read_account("Xem https://e.vn/a?b=1, và (www.e.vn/c). Đã trình ký", TODAY)

    assert [proof.url for proof in account.proofs] == ["https://e.vn/a?b=1", "www.e.vn/c"]
    assert all(proof.kind is EvidenceKind.LINK for proof in account.proofs)


def test_what_is_left_beside_a_link_is_the_note() -> None:
    account = read_account("https://e.vn/1 đã gửi đủ bản giấy", TODAY)

    assert account.note == "đã gửi đủ bản giấy"


def test_the_ordinary_words_of_a_report_are_a_note_where_nothing_proves_it() -> None:
    assert read_account("gửi báo cáo", TODAY).note == "gửi báo cáo"


def test_words_without_any_proof_are_only_a_note() -> None:
    account = read_account("  đã xong,  chờ ký ", TODAY)

    assert account.proofs == ()
    assert account.note == "đã xong, chờ ký"


def test_a_link_and_a_document_both_count() -> None:
    kinds = [p.kind for p in read_account("https://e.vn/1 123/BC-STP", TODAY).proofs]

    assert kinds == [EvidenceKind.LINK, EvidenceKind.DOCUMENT]


@given(st.text(max_size=300))
def test_any_text_is_read_and_no_link_is_longer_than_is_kept(text: str) -> None:
    account = read_account(f"{text} https://e.vn/{'a' * 1200}", TODAY)

    assert all(len(proof.url or "") <= MAX_LINK for proof in account.proofs)


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "  MẬT  ",
        "(MẬT)",
        "Độ khẩn: thường\nTỐI MẬT\nVề việc khác",
        "TUYỆT  MẬT",
        "TUYỆT\u00a0MẬT",
        unicodedata.normalize("NFD", "TỐI MẬT"),
    ],
)
def test_a_mark_of_secrecy_alone_on_its_line_is_refused(text: str) -> None:
    assert bears_secret_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "văn bản mật",
        "đổi mật khẩu",
        "Quản lý tài liệu MẬT theo quy định",
        "mật",
        "BẢO MẬT THÔNG TIN",
        "",
        "MẬT ĐỘ",
    ],
)
def test_the_same_letters_in_a_sentence_are_ordinary_words(text: str) -> None:
    assert not bears_secret_mark(text)


@pytest.mark.parametrize(
    ("document", "marked"),
    [
        (Document(("Kế hoạch", "MẬT", "Nội dung")), True),
        (Document((Table((("1", "TỐI MẬT"),)),)), True),
        (Document(("Kế hoạch",), "MẬT.docx"), True),
        (Document(("Bảo vệ tài liệu MẬT", Table((("1", "văn bản mật"),))), "ke-hoach.txt"), False),
    ],
)
def test_a_document_is_refused_for_a_line_a_cell_or_its_name(
    document: Document, marked: bool
) -> None:
    assert document_bears_secret_mark(document) is marked


def test_words_are_found_whatever_their_case_and_tone_marks() -> None:
    assert like("ho so HANH", "Lập hồ sơ hành chính")
    assert not like("hồ sơ đất", "Lập hồ sơ hành chính")
