"""What a report that is being put together holds; what may bear a mark of secrecy."""

import pytest

from bot.domain.evidence import Evidence, may_bear_secret_mark
from bot.domain.proof_file import is_program
from bot.domain.report_draft import (
    evidence_from_json,
    evidence_to_json,
    toggled,
    with_proofs,
)
from bot.domain.states import EvidenceKind
from tests.builders import day


def test_a_program_is_known_by_how_it_begins() -> None:
    assert is_program(b"MZ\x90\x00")
    assert is_program(b"#!/bin/sh")
    assert not is_program(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Báo cáo (MẬT)", True),
        ("Độ mật: thường", True),
        ("12/BC-STP MẬT", True),
        ("MẬT KHẨU mới", False),
        ("văn bản mật", False),
        ("https://e.vn/1", False),
    ],
)
def test_what_may_bear_a_mark_is_asked(text: str, doubtful: bool) -> None:
    assert may_bear_secret_mark(text) is doubtful


def test_the_same_content_link_or_document_stands_once() -> None:
    file = Evidence(EvidenceKind.FILE, file_id="a", file_name="a.pdf", sha256="1" * 64)
    again = Evidence(EvidenceKind.FILE, file_id="b", file_name="b.pdf", sha256="1" * 64)
    other = Evidence(EvidenceKind.FILE, file_id="c", file_name="a.pdf", sha256="2" * 64)
    link = Evidence(EvidenceKind.LINK, url="https://e.vn/1")

    assert with_proofs((file, link), (again, other, link)) == (file, link, other)


def test_a_proof_is_the_same_after_it_was_kept_as_json() -> None:
    proof = Evidence(
        EvidenceKind.DOCUMENT, number="1/BC", dated_on=day("2024-04-23"), place="trang 3"
    )

    assert evidence_from_json(evidence_to_json(proof)) == proof


def test_a_tick_is_taken_away_by_a_second_press() -> None:
    assert toggled((2,), 0) == (0, 2)
    assert toggled((0, 2), 2) == (0,)
