"""`nhacviec preview`: what would go out, worked out on a copy."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.cli.commands import run_command

DATA = Path(__file__).parents[1] / "data" / "plans"
PLAN, UNITS = DATA / "nam-2026.txt", DATA / "nam-2026-units.csv"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "office.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("NHACVIEC_LANG", "vi")
    return path


def test_a_preview_shows_every_message_of_the_days_and_changes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load", str(PLAN), "--units", str(UNITS), "--yes")
    before = dump(database)
    capsys.readouterr()

    code = run("preview", "--from", "2026-04-28", "--to", "30/4/2026", "--json")

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {(one["at"], one["chat"], one["kind"]) for one in found} >= {
        ("2026-04-28T07:30:00+07:00", "Phòng Văn bản", "morning"),
        ("2026-04-29T07:30:00+07:00", "Phòng Văn bản", "morning"),
        ("2026-04-29T07:30:00+07:00", "Phòng Hành chính", "morning"),
        ("2026-04-29T13:30:00+07:00", "Phòng Văn bản", "midday"),
    }
    assert not [one for one in found if one["at"].startswith("2026-04-30")], "a holiday"
    noon = next(one for one in found if one["kind"] == "midday")
    assert (noon["codes"], noon["unit"]) == (["II.1"], "Phòng Văn bản")
    assert "II.1 · Rà soát văn bản hết hiệu lực" in noon["text"]
    assert dump(database) == before


def test_a_preview_shows_the_weekly_draft_and_the_summary_of_a_month_too(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load", str(PLAN), "--units", str(UNITS), "--yes")
    capsys.readouterr()

    run("preview", "--from", "2026-04-13", "--to", "2026-04-15", "--json")

    found = json.loads(capsys.readouterr().out)
    besides = [(one["at"][:16], one["chat"], one["kind"]) for one in found]
    assert ("2026-04-13T07:00", "Văn phòng", "briefing_draft") in besides
    assert ("2026-04-15T07:00", "Văn phòng", "summary") in besides


def test_a_preview_can_be_read_by_people(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load", str(PLAN), "--units", str(UNITS), "--yes")
    capsys.readouterr()

    run("preview", "--from", "2026-04-29", "--to", "2026-04-29")

    said = capsys.readouterr().out
    assert "── 13:30 thứ Tư 29/4/2026 · Phòng Văn bản" in said
    assert "Chưa gửi tin nào" in said


def test_days_in_the_wrong_order_are_refused(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("preview", "--from", "2026-04-29", "--to", "2026-04-28") == 2
    assert "trước ngày đầu" in capsys.readouterr().err


def run(*words: str) -> int:
    return run_command(list(words))


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())
