"""Columns that say nothing are named on the command line."""

import json
from pathlib import Path

import pytest

from bot.cli.commands import run_command

ODD = (
    "KẾ HOẠCH CÔNG TÁC NĂM 2026\n\nA\tB\tC\tD\n"
    "1\tRà soát hồ sơ\t30/6/2026\tVăn phòng\n2\tLập báo cáo\t15/8/2026\tPhòng Một\n"
)


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bang.txt").write_text(ODD, encoding="utf-8")
    return "bang.txt"


@pytest.mark.parametrize(
    "words", [("title", "deadline", "lead"), ("Nhiệm vụ", "Tiến độ", "Chủ trì")]
)
def test_named_columns_are_read(
    odd: str, words: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    named = [f"--column={at}={word}" for at, word in enumerate(words, 2)]

    code = run_command(["read", odd, "--json", *named])

    tasks = json.loads(capsys.readouterr().out)["tasks"]
    assert code == 0
    assert [task["title"] for task in tasks] == ["Rà soát hồ sơ", "Lập báo cáo"]
    assert [task["deadlines"][0]["due"] for task in tasks] == ["2026-06-30", "2026-08-15"]
    assert [task["lead"] for task in tasks] == [["Văn phòng"], ["Phòng Một"]]


@pytest.mark.parametrize("word", ["title", "0=title", "2=", "2=thời tiết"])
def test_a_column_that_is_not_named_rightly_is_answered_with_an_example(
    odd: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_command(["read", odd, "--column", word])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "--column" in said.err


def test_a_target_is_shown_beside_its_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = "KẾ HOẠCH NĂM 2026\n\nI. NHIỆM VỤ\n\n1. Tỷ lệ hồ sơ đúng hạn đạt từ 95% trở lên.\n"
    (tmp_path / "ke-hoach.txt").write_text(plan, encoding="utf-8")

    code = run_command(["read", "ke-hoach.txt"])

    assert code == 0
    assert "Chỉ tiêu: đạt từ 95% trở lên" in capsys.readouterr().out


@pytest.mark.parametrize("year", ["99999", "0", "năm nay"])
def test_a_year_that_no_plan_is_of_is_refused_with_the_way_to_help(
    year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(["deadline", "quý I", "--year", year])

    assert ended.value.code == 2
    assert "nhacviec deadline --help" in capsys.readouterr().err


def test_a_list_of_units_that_is_none_is_refused_before_reading(
    odd: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("units.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    code = run_command(["read", odd, "--units", "units.csv"])

    assert code == 2
    assert "name" in capsys.readouterr().err
