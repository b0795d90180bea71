"""A newer version of a plan on the command line: shown, asked about, applied, taken back."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli import storing, versions
from bot.cli.commands import run_command
from storage.db import Database
from storage.models import ItemRow, OccurrenceRow, PartRow, PlanRow, PlanVersionRow
from tests.builders import rows, vn

UNITS = """name,short,aliases,group
Văn phòng,VP,,văn phòng
Phòng Hành chính,HC,,phòng chuyên môn
Phòng Văn bản,VB,,phòng chuyên môn
"""
HEAD = (
    "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024\n\n"
    "STT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công\nI\tĐIỀU HÀNH\t\t\t\n"
)
FIRST = HEAD + (
    "1\tLập danh mục hồ sơ\tDanh mục\tTrước ngày 30/4/2024\tPhòng Hành chính\n"
    "2\tBáo cáo công tác thi đua\tBáo cáo\tTháng 6/2024\tVăn phòng\n"
    "3\tMở lớp tập huấn hòa giải\tLớp\tQuý III/2024\tPhòng Văn bản\n"
    "4\tRà soát thủ tục hành chính\tBáo cáo\tTháng 9/2024\tVăn phòng\n"
)
SECOND = HEAD + (
    "1\tLập danh mục hồ sơ\tDanh mục\tTrước ngày 31/5/2024\tPhòng Hành chính\n"
    "2\tMở lớp tập huấn hòa giải\tLớp\tQuý III/2024\tPhòng Văn bản\n"
    "3\tKiểm tra công chứng\tKết luận\tTháng 10/2024\tPhòng Văn bản\n"
    "4\tRà soát thủ tục hành chính\tBáo cáo\tTháng 9/2024\tVăn phòng\n"
)
OTHER = HEAD.replace("CẢI CÁCH HÀNH CHÍNH", "TRỢ GIÚP PHÁP LÝ") + (
    "1\tTruyền thông ở xã vùng cao\tBáo cáo\tTháng 5/2024\tPhòng Văn bản\n"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setattr(storing, "utc_now", lambda: vn("2024-02-01 09:00"))
    monkeypatch.setattr(versions, "utc_now", lambda: vn("2024-03-01 09:00"))
    for name, text in {"a": FIRST, "b": SECOND, "other": OTHER, "units": UNITS}.items():
        Path(f"{name}.{'csv' if name == 'units' else 'txt'}").write_text(text, encoding="utf-8")

    def run_it(*argv: str) -> tuple[int, str, str]:
        code = run_command(argv)
        said = capsys.readouterr()
        return code, said.out, said.err

    assert run_it("load", "a.txt", "--units", "units.csv", "--yes")[0] == 0
    return run_it


def stored(model: Any) -> list[Any]:
    async def fetch() -> list[Any]:
        db = Database("sqlite+aiosqlite:///office.db")
        try:
            return await rows(db, model)
        finally:
            await db.close()

    return asyncio.run(fetch())


def days() -> dict[str, str]:
    living = {row.id: row.title for row in stored(ItemRow) if row.removed_at is None}
    return {
        living[row.item_id]: str(row.due) for row in stored(OccurrenceRow) if row.item_id in living
    }


class Terminal(io.StringIO):
    """Somebody who types an answer."""

    def isatty(self) -> bool:
        return True


def test_a_near_copy_is_never_loaded_beside_its_plan_in_silence(run: Run) -> None:
    code, _, said = run("load", "b.txt", "--yes")

    assert code == 2
    assert "CẢI CÁCH HÀNH CHÍNH" in said
    assert "--update" in said
    assert len(stored(PlanRow)) == 1
    assert run("load", "other.txt", "--yes")[0] == 0
    assert run("load", "b.txt", "--separate")[0] == 0
    assert len(stored(PlanRow)) == 3


def test_without_a_terminal_the_changes_are_shown_and_nothing_changes(run: Run) -> None:
    before = days()

    code, said, _ = run("load", "b.txt", "--update")

    assert code == 0
    assert "I.1 · Lập danh mục hồ sơ" in said
    assert "thứ Hai 29/4/2024 → thứ Năm 30/5/2024" in said
    assert "I.3 · Kiểm tra công chứng" in said
    assert "I.2 · Báo cáo công tác thi đua (không còn thực hiện)" in said
    assert days() == before
    assert stored(PlanVersionRow) == []


@pytest.mark.parametrize("which", [[], ["1"], ["cải cách"]])
def test_a_version_is_applied_and_taken_back(run: Run, which: list[str]) -> None:
    before, parts = days(), len(stored(PartRow))

    code, said, _ = run("load", "b.txt", "--yes", "--update", *which)
    assert code == 0
    assert "Đã nhận bản 2" in said
    assert days() == {
        "Lập danh mục hồ sơ": "2024-05-30",
        "Mở lớp tập huấn hòa giải": "2024-09-30",
        "Kiểm tra công chứng": "2024-10-31",
        "Rà soát thủ tục hành chính": "2024-09-30",
    }
    assert "giống hệt" in run("load", "b.txt", "--yes", "--update", *which)[1]

    assert "bản 2" in run("undo-load", "1")[1]
    assert (days(), len(stored(PartRow))) == (before, parts)
    assert "bản nháp" in run("undo-load", "1")[1]
    assert run("undo-load", "1")[0] == 0
    assert stored(PlanRow) == []


def test_at_a_terminal_it_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = days()
    monkeypatch.setattr("sys.stdin", Terminal("c\nkhông\n"))  # the same plan, but not accepted
    assert run("load", "b.txt")[0] == 0
    assert days() == before

    monkeypatch.setattr("sys.stdin", Terminal("c\nc\n"))
    assert run("load", "b.txt")[0] == 0
    assert days() != before


def test_an_unknown_plan_lists_what_there_is(run: Run) -> None:
    assert "CẢI CÁCH HÀNH CHÍNH" in run("undo-load")[1]
    for argv in (("undo-load", "7"), ("load", "other.txt", "--update")):
        code, _, said = run(*argv)
        assert code == 2
        assert "1  KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH" in said


def test_without_a_question_no_other_plan_replaces_it_and_no_date_is_lost(run: Run) -> None:
    before = days()
    torn = FIRST.replace("Trước ngày 30/4/2024", "Trước ngày 31/4/2024")
    Path("torn.txt").write_text(torn, encoding="utf-8")

    replaced = run("load", "other.txt", "--update", "1", "--yes")
    lost = run("load", "torn.txt", "--update", "1", "--yes")
    listed = run("load", "b.txt", "--update", "1", "--yes", "--xlsx", "n.xlsx")

    assert [code for code, *_ in (replaced, lost, listed)] == [2, 2, 2]
    assert "I.1" in lost[2]
    assert days() == before
    assert not Path("n.xlsx").exists()
