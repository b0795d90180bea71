"""The draft of a periodic report, from its button to the file."""

import io
import shutil

import pytest
from docx import Document

from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.intake import libreoffice
from handlers.callbacks import Press, data, pair_data
from storage.models import PartRow, PersonRow, ReportRow
from tests.builders import Office, change, make_item, parts_of, vn
from tests.chatting import Talk

HC, VB = "Phòng Hành chính", "Phòng Văn bản"


@pytest.fixture
async def plan(office: Office, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(libreoffice, "PROGRAMS", ())
    await office.activate(
        make_item("I.1", title="Rà soát hồ sơ", due="2024-03-08", lead=[HC], section="I. MỘT"),
        make_item("II.1", title="Kiểm tra", due="2024-03-12", lead=[VB], section="II. HAI"),
        make_item("II.2", title="Tập huấn", due="2024-05-10", lead=[VB], section="II. HAI"),
    )
    first, *_ = await parts_of(office.db, office)
    at = vn("2024-03-07 09:00")
    async with office.db.begin() as session:
        session.add(
            ReportRow(
                office_id=office.id,
                part_id=first.id,
                person_id=office.persons["minh"],
                state=ReportState.ACCEPTED,
                submitted_at=at,
                decided_at=at,
            )
        )
    await change(office.db, PartRow, first.id, progress=Progress.DONE, submitted_at=at)
    return first.plan_id


async def draft(talk: Talk, plan_id: int, place: int = 0, who: str = "lan") -> list[str]:
    await talk.press(who, pair_data(Press.EXPORT_DRAFT, plan_id, place))
    if not talk.request.files:
        return []
    document = Document(io.BytesIO(talk.request.files[-1][1]))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


async def test_the_four_reports_of_a_year_are_offered(talk: Talk, plan: int) -> None:
    await talk.press("lan", data(Press.EXPORT_REPORT, plan))

    offered = [pair_data(Press.EXPORT_DRAFT, plan, place) for place in range(4)]
    assert set(offered) <= set(talk.buttons())


async def test_a_draft_counts_and_lists_and_leaves_the_prose_open(talk: Talk, plan: int) -> None:
    said = await draft(talk, plan)
    text = "\n".join(said)

    assert "có 2 nhiệm vụ phải thực hiện" in text
    assert "Đã hoàn thành 1 nhiệm vụ (50%); trong đó đúng hạn 1 (có 1 nhiệm vụ trước hạn)" in text
    assert "Tỷ lệ đúng hạn: 1/2 nhiệm vụ được giao trong kỳ (50%)." in text
    assert "- I.1: Rà soát hồ sơ (hoàn thành ngày 07/3/2024);" in said
    assert "- II.1: Kiểm tra (hạn 12/3/2024, quá hạn chưa xong);" in said
    assert "- II.2: Tập huấn (hạn 10/5/2024);" in said[said.index("IV. NHIỆM VỤ KỲ TỚI") :]
    assert sum(line.startswith("[") for line in said) >= 6


async def test_an_english_reader_gets_the_vietnamese_document(
    talk: Talk, plan: int, office: Office
) -> None:
    await change(office.db, PersonRow, office.persons["lan"], locale="en")

    said = await draft(talk, plan)

    assert "BÁO CÁO" in said


async def test_a_period_to_come_is_refused_with_its_first_day(talk: Talk, plan: int) -> None:
    assert await draft(talk, plan, 2) == []
    assert "15/6/2024" in talk.notices()[-1]


@pytest.mark.parametrize("who", ["minh", "thao", "khach"])
async def test_units_and_strangers_get_no_report_of_all(talk: Talk, plan: int, who: str) -> None:
    assert await draft(talk, plan, who=who) == []


async def test_without_libreoffice_the_word_file_comes_alone(talk: Talk, plan: int) -> None:
    await draft(talk, plan)

    assert [name.rsplit(".", 1)[1] for name, _ in talk.request.files] == ["docx"]


@pytest.mark.skipif(
    not any(map(shutil.which, libreoffice.PROGRAMS)), reason="LibreOffice is not installed"
)
async def test_with_libreoffice_a_pdf_comes_too(
    talk: Talk, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    await talk.press("lan", pair_data(Press.EXPORT_DRAFT, plan, 0))

    assert talk.request.files[-1][1][:5] == b"%PDF-"
