"""Which part evidence is offered for, and what a correction makes of a proof."""

from dataclasses import replace

import pytest

from bot.domain.evidence import Evidence
from bot.domain.kept_proofs import by_need, offered
from bot.domain.proof_correcting import corrected, same
from bot.domain.states import EvidenceKind
from bot.domain.status import Progress
from bot.domain.work import Part
from tests.builders import day, make_part

TODAY = day("2024-04-22")
HELD = Evidence(
    EvidenceKind.DOCUMENT, number="123/BC-STP", dated_on=day("2024-04-19"), place="trang 3"
)
FILE = Evidence(EvidenceKind.FILE, file_id="f", file_name="a.pdf", sha256="1" * 64)
LINK = Evidence(EvidenceKind.LINK, url="https://e.vn/1")


def part(key: int, progress: Progress, due: str | None = "2024-04-26", **more: object) -> Part:
    return make_part(id=key, progress=progress, due=due, **more)


def test_what_waits_without_evidence_comes_first_and_what_is_done_last() -> None:
    parts = [
        part(1, Progress.DONE, "2024-01-14", has_evidence=True),
        part(2, Progress.DONE, "2024-03-14", has_evidence=True),
        part(3, Progress.NOT_STARTED, None),
        part(4, Progress.IN_PROGRESS, "2024-05-14"),
        part(5, Progress.AWAITING_CONFIRMATION, has_evidence=True),
        part(6, Progress.RETURNED),
        part(7, Progress.AWAITING_CONFIRMATION),
        part(8, Progress.DONE, "2024-02-14"),
    ]

    assert [one.id for one in by_need(parts)] == [7, 6, 5, 4, 3, 8, 2, 1]


@pytest.mark.parametrize(
    ("states", "first"),
    [
        ((), []),
        ((Progress.NOT_STARTED, Progress.NOT_STARTED, Progress.DONE), [0]),
        ((Progress.DONE, Progress.RETURNED, Progress.NOT_STARTED), [1]),
        ((Progress.RETURNED,) * 3, [0, 1]),
        ((Progress.DONE, Progress.DONE), [0]),
    ],
)
def test_few_parts_are_offered_at_once(states: tuple[Progress, ...], first: list[int]) -> None:
    parts = [part(key, state) for key, state in enumerate(states)]

    assert [one.id for one in offered(parts)] == first


@pytest.mark.parametrize(
    ("said", "number", "dated", "place"),
    [
        ("trang 5", "123/BC-STP", "2024-04-19", "trang 5"),
        ("mục II, trang 5", "123/BC-STP", "2024-04-19", "mục II, trang 5"),
        ("ngày 20/4/2024", "123/BC-STP", "2024-04-20", "trang 3"),
        ("20/4", "123/BC-STP", "2024-04-20", "trang 3"),
        ("25/12", "123/BC-STP", "2023-12-25", "trang 3"),
        ("page 4", "123/BC-STP", "2024-04-19", "page 4"),
        ("45/BC-STP", "45/BC-STP", "2024-04-19", "trang 3"),
        ("45/BC-STP ngày 20/4/2024, trang 7", "45/BC-STP", "2024-04-20", "trang 7"),
        ("45/BC-STP dated 20/4/2024, page 7", "45/BC-STP", "2024-04-20", "page 7"),
    ],
)
def test_of_a_document_what_is_not_mentioned_stays(
    said: str, number: str, dated: str, place: str
) -> None:
    found = corrected(HELD, said, (), TODAY)

    assert found == Evidence(
        EvidenceKind.DOCUMENT, number=number, dated_on=day(dated), place=place
    )


@pytest.mark.parametrize("held", [HELD, FILE, LINK])
def test_a_file_a_link_or_a_number_takes_the_place_of_anything(held: Evidence) -> None:
    other = Evidence(EvidenceKind.FILE, file_id="g", sha256="2" * 64)

    assert corrected(held, "https://e.vn/2", (), TODAY) == Evidence(
        EvidenceKind.LINK, url="https://e.vn/2"
    )
    assert corrected(held, "bản đúng", (other,), TODAY) == other
    cited = corrected(held, "45/BC-STP", (), TODAY)
    assert cited is not None
    assert cited.number == "45/BC-STP"


@pytest.mark.parametrize("said", ["", "sửa lại giúp", "31/6", "trang"])
def test_what_says_nothing_of_use_is_no_correction(said: str) -> None:
    assert corrected(HELD, said, (), TODAY) is None


@pytest.mark.parametrize("held", [FILE, LINK])
def test_a_file_and_a_link_have_no_page(held: Evidence) -> None:
    assert corrected(held, "trang 5", (), TODAY) is None


def test_versions_and_copies_of_one_content_are_the_same() -> None:
    assert same(HELD, replace(HELD, version=3, late=True))
    assert same(FILE, replace(FILE, file_id="other", file_name="b.pdf"))
    assert not same(HELD, replace(HELD, place="trang 4"))
    assert not same(FILE, replace(FILE, sha256=None))
