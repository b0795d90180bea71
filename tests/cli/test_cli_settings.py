"""`nhacviec settings`: list, get, set, reset."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.commands import run_command
from bot.domain.rules import NAMES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    monkeypatch.setenv("NHACVIEC_LANG", "en")

    def call(*words: str) -> tuple[int, str, str]:
        code = run_command(["settings", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_every_setting_is_listed_for_programs(run: Run) -> None:
    code, out, _ = run("list", "--json")

    assert code == 0
    assert [one["name"] for one in json.loads(out)] == list(NAMES)


def test_a_setting_is_set_read_and_put_back(run: Run) -> None:
    assert run("set", "ladder", "7,", "3")[0] == 0
    assert json.loads(run("get", "ladder", "--json")[1])[0]["value"] == [7, 3]
    assert run("reset", "ladder")[0] == 0
    [one] = json.loads(run("get", "ladder", "--json")[1])
    assert one["value"] == one["default"]
    assert one["set"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("set", "ladder", "99"),
        ("set", "ladder"),
        ("set", "no_such", "1"),
        ("get", "no_such"),
        ("set", "ladder", "3", "--plan", "7"),
        ("set", "morning_at", "16:00"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)

    assert code == 2
    assert err.strip()
    assert not out
