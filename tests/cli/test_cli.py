"""The commands of `nhacviec`, run in this process over a database of their own."""

import asyncio
import datetime as dt
import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.cli import health, storing
from bot.cli.commands import run_command
from bot.services import process
from storage.db import Database
from storage.models import (
    GrantRow,
    InviteRow,
    OfficeRow,
    OutboxRow,
    PartRow,
    PlanRow,
    UnitRow,
)
from tests.builders import rows, vn

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "plans"
NOW = vn("2024-04-19 09:00")
SETTINGS = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "TELEGRAM_PROXY",
    "NHACVIEC_LANG",
    "OFFICE_NAME",
)

UNITS = """name,short,aliases,group
Văn phòng,VP,Văn phòng Sở,văn phòng
Phòng Hành chính,HC,,phòng chuyên môn
Phòng Văn bản,VB,,phòng chuyên môn
"""
PLAN = "\n".join(
    (
        "PHỤ LỤC",
        "NHIỆM VỤ THỬ NĂM 2024",
        "TT\tNhiệm vụ\tSản phẩm\tTiến độ\tPhân công",
        "I\tĐIỀU HÀNH\t\t\t",
        "1\tLập lịch kiểm tra\tLịch kiểm tra\tTrước ngày 30/4/2024\tPhòng Hành chính chủ trì;"
        " Văn phòng phối hợp",
        "2\tGửi danh mục\tDanh mục\tNgày 14 hằng tháng\tPhòng Văn bản chủ trì",
        "3\tGiải đáp thắc mắc\tVăn bản\tThường xuyên\tVăn phòng chủ trì",
        "4\tKiến nghị xử lý\tVăn bản\tTrong vòng 10 ngày làm việc kể từ ngày nhận kết luận"
        "\tPhòng Văn bản chủ trì",
        "5\tCử người dự lớp\tDanh sách\tTheo hướng dẫn của Sở Nội vụ\tVăn phòng chủ trì",
        "",
    )
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder without `.env`, a database address, and no other setting."""
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'nhacviec.db'}")
    monkeypatch.setattr(storing, "utc_now", lambda: NOW)
    monkeypatch.setattr(health, "utc_now", lambda: NOW)
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    levels = {name: logging.getLogger(name).level for name in ("alembic", "alembic.runtime")}
    yield tmp_path
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*argv: str) -> tuple[int, str, str]:
        code = run_command(argv)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


def stored(folder: Path, model: Any) -> list[Any]:
    async def fetch() -> list[Any]:
        db = Database(f"sqlite+aiosqlite:///{folder / 'data' / 'nhacviec.db'}")
        try:
            return await rows(db, model)
        finally:
            await db.close()

    return asyncio.run(fetch())


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "mentions"),
    [
        ("TELEGRAM_BOT_TOKEN", None, "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN", "no token", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN", "123456", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_API_URL", "api.telegram.org", "TELEGRAM_API_URL"),
        ("TELEGRAM_API_URL", "http://host:99999", "TELEGRAM_API_URL"),
        ("TELEGRAM_PROXY", "ftp://proxy", "TELEGRAM_PROXY"),
        ("DATABASE_URL", "not an address", "DATABASE_URL"),
        ("DATABASE_URL", "mysql://host/db", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite:////proc/nowhere/x.db", "/proc/nowhere/x.db"),
    ],
)
def test_a_wrong_setting_is_said_in_one_sentence_and_ends_with_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, mentions: str
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:ABC-DEF")
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)

    code, out, err = run("run")

    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert mentions in err


def test_each_of_several_wrong_settings_gets_its_own_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "nowhere")
    monkeypatch.setenv("TELEGRAM_PROXY", "ftp://proxy")

    code, _, err = run("run")

    assert code == 2
    assert [re.findall("TELEGRAM_[A-Z_]+", line)[0] for line in err.splitlines()] == [
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "TELEGRAM_PROXY",
    ]


def test_settings_are_read_from_a_file_too(run: Run, folder: Path) -> None:
    (folder / ".env").write_text("TELEGRAM_BOT_TOKEN=wrong\n", encoding="utf-8")

    code, _, err = run("run")

    assert code == 2
    assert "BotFather" not in err, "it is there, only wrong"


def test_a_secret_is_never_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "SECRET-WITHOUT-NUMBER")
    monkeypatch.setenv("TELEGRAM_PROXY", "ftp://me:SECRET@proxy")

    _, out, err = run("run")

    assert "SECRET" not in out + err


@pytest.mark.parametrize("command", [["read", "plan.txt"], ["units", "list"], ["health"]])
def test_a_wrong_database_address_is_said_by_every_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "not an address")

    code, _, err = run(*command)

    assert code == 2
    assert "DATABASE_URL" in err


@pytest.mark.parametrize(
    "argv",
    [
        ["read", "missing.txt"],
        ["load", "missing.txt"],
        ["units", "load", "missing.csv"],
        ["read", "."],
        ["read", "plan.txt", "--units", "missing.csv"],
    ],
)
def test_a_file_that_is_not_there_is_named(run: Run, argv: list[str]) -> None:
    code, _, err = run(*argv)

    assert code == 2
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("argv", [["deadline", "15/6"], ["invite"], ["nonsense"], []])
def test_wrong_arguments_end_with_2(run: Run, argv: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*argv)

    assert ended.value.code == 2


# --- reading -------------------------------------------------------------------------------------

TASK_KEYS = {
    "code",
    "section",
    "title",
    "product",
    "deadline_text",
    "assignment_text",
    "deadlines",
    "lead",
    "cooperate",
    "unit_deadlines",
    "milestones",
    "warnings",
}
ALWAYS = {
    "date": {"kind", "due", "text"},
    "recurring": {"kind", "rrule", "dates", "text"},
    "relative": {"kind", "days", "unit", "event", "text"},
    "ongoing": {"kind", "text"},
    "unspecified": {"kind", "ref", "text"},
}
SOMETIMES = {"date": {"start", "label", "units"}, "recurring": {"label", "units"}}


def check_deadline(value: dict[str, Any]) -> None:
    kind = value["kind"]
    assert ALWAYS[kind] <= value.keys() <= ALWAYS[kind] | SOMETIMES.get(kind, set())


def test_the_json_of_a_plan_has_exactly_the_promised_shape(run: Run) -> None:
    code, out, _ = run("read", "plan.txt", "--units", "units.csv", "--json")

    found = json.loads(out)
    assert code == 0
    assert found.keys() == {"plan", "tasks", "warnings"}
    assert found["plan"] == {
        "title": "NHIỆM VỤ THỬ NĂM 2024",
        "year": 2024,
        "start": "2024-01-01",
        "end": "2024-12-31",
    }
    assert [task["code"] for task in found["tasks"]] == ["I.1", "I.2", "I.3", "I.4", "I.5"]
    for task in found["tasks"]:
        assert task.keys() == TASK_KEYS
        for deadline in task["deadlines"]:
            check_deadline(deadline)
    kinds = [task["deadlines"][0]["kind"] for task in found["tasks"]]
    assert kinds == ["date", "recurring", "ongoing", "relative", "unspecified"]


def test_the_json_says_what_the_words_mean(run: Run) -> None:
    _, out, _ = run("read", "plan.txt", "--units", "units.csv", "--json")

    tasks = json.loads(out)["tasks"]
    assert tasks[0]["section"] == "I. ĐIỀU HÀNH"
    assert tasks[0]["deadlines"][0]["due"] == "2024-04-29"
    assert (tasks[0]["lead"], tasks[0]["cooperate"]) == (["Phòng Hành chính"], ["Văn phòng"])
    assert tasks[1]["deadlines"][0]["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=14"
    assert len(tasks[1]["deadlines"][0]["dates"]) == 12
    relative = tasks[3]["deadlines"][0]
    assert (relative["days"], relative["unit"]) == (10, "workday")


@pytest.mark.skipif(not SHARED.exists(), reason="the real plans lie beside the repository only")
def test_the_real_appendix_has_the_promised_shape(run: Run) -> None:
    _, out, _ = run(
        "read",
        str(SHARED / "khanh-hoa-2024.txt"),
        "--units",
        str(SHARED / "khanh-hoa-units.csv"),
        "--json",
    )

    found = json.loads(out)
    assert len(found["tasks"]) == 74
    for task in found["tasks"]:
        assert task.keys() == TASK_KEYS
        for due in task["unit_deadlines"]:
            assert due.keys() == {"units", "deadline", "text"}
            check_deadline(due["deadline"])
        for mark in task["milestones"]:
            assert mark.keys() == {"deadline", "text"}
        for deadline in task["deadlines"]:
            check_deadline(deadline)


def test_reading_stores_nothing(run: Run, folder: Path) -> None:
    run("read", "plan.txt", "--json")

    assert not (folder / "data").exists()


def test_reading_uses_the_units_of_the_database(run: Run) -> None:
    run("units", "load", "units.csv")

    _, out, _ = run("read", "plan.txt", "--json")

    assert json.loads(out)["tasks"][0]["lead"] == ["Phòng Hành chính"]


def test_reading_for_a_person_shows_every_item_with_its_weekday(run: Run) -> None:
    code, out, _ = run("read", "plan.txt", "--units", "units.csv")

    assert code == 0
    assert all(f"I.{number}" in out for number in range(1, 6))
    assert "thứ Hai 29/4/2024" in out


def test_a_phrase_is_explained(run: Run) -> None:
    code, out, _ = run("deadline", "Trước 30/4/2024", "--year", "2024")

    assert (code, out.strip()) == (0, "thứ Hai 29/4/2024")


def test_a_phrase_as_json_is_one_object(run: Run) -> None:
    _, out, _ = run("deadline", "Trong quý III", "--year", "2024", "--json")

    found = json.loads(out)
    assert found.keys() == {"text", "deadlines", "warnings"}
    assert (found["deadlines"][0]["start"], found["deadlines"][0]["due"]) == (
        "2024-07-01",
        "2024-09-30",
    )


def test_phrases_from_standard_input_give_one_object_a_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = ["Trước 30/4/2024", "không đọc được gì", "", "Thường xuyên"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(phrases) + "\n"))

    code, out, _ = run("deadline", "-", "--year", "2024")

    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["text"] for one in found] == phrases
    assert [len(one["deadlines"]) for one in found] == [1, 0, 0, 1]
    assert found[1]["warnings"]


# --- storing -------------------------------------------------------------------------------------


def test_units_are_loaded_and_listed(run: Run) -> None:
    code, _, _ = run("units", "load", "units.csv")
    _, out, _ = run("units", "list")

    assert code == 0
    assert [line.split("  ")[0] for line in out.splitlines()] == [
        "Văn phòng",
        "Phòng Hành chính",
        "Phòng Văn bản",
    ]


def test_loading_the_same_units_again_doubles_nothing(run: Run, folder: Path) -> None:
    run("units", "load", "units.csv")
    run("units", "load", "units.csv")

    assert len(stored(folder, UnitRow)) == 3


def test_a_plan_is_loaded_as_a_draft_unless_asked_otherwise(run: Run, folder: Path) -> None:
    code, out, _ = run("load", "plan.txt", "--units", "units.csv")

    assert code == 0
    assert "5" in out
    assert [plan.state for plan in stored(folder, PlanRow)] == ["draft"]
    assert stored(folder, PartRow) == []


def test_loading_says_the_numbers_that_the_chat_says_and_writes_the_list(
    run: Run, folder: Path
) -> None:
    code, out, _ = run("load", "plan.txt", "--units", "units.csv", "--xlsx", "list.xlsx")

    assert code == 0
    assert "Đọc được 5 việc trong 1 mục" in out
    assert "thường xuyên: 1" in out
    assert "Chưa nhắc ai cho đến khi kích hoạt." in out
    page = openpyxl.load_workbook(folder / "list.xlsx").worksheets[0]
    assert [row[0].value for row in page.iter_rows(min_row=3)] == [
        f"I.{number}" for number in range(1, 6)
    ]


def test_a_list_that_cannot_be_written_is_said(run: Run) -> None:
    code, _, err = run("load", "plan.txt", "--units", "units.csv", "--xlsx", "none/list.xlsx")

    assert code == 2
    assert "none/list.xlsx" in err


def test_activating_asks_and_where_nobody_answers_it_stays_a_draft(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    code, _, _ = run("load", "plan.txt", "--units", "units.csv", "--activate")

    assert code == 0
    assert [plan.state for plan in stored(folder, PlanRow)] == ["draft"]


@pytest.mark.parametrize("flags", [["--yes"], ["--activate", "--yes"]])
def test_with_yes_an_empty_database_ends_with_an_active_plan(
    run: Run, folder: Path, flags: list[str]
) -> None:
    code, _, _ = run("load", "plan.txt", "--units", "units.csv", *flags)

    plan = stored(folder, PlanRow)[0]
    assert code == 0
    assert (plan.state, plan.activated_at) == ("active", NOW)
    assert len(stored(folder, OfficeRow)) == 1
    assert stored(folder, PartRow) != []
    assert stored(folder, OutboxRow) == [], "no reminder goes out by loading"


def test_an_active_plan_is_not_loaded_again(run: Run, folder: Path) -> None:
    run("load", "plan.txt", "--units", "units.csv", "--yes")

    code, _, err = run("load", "plan.txt", "--yes")

    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert len(stored(folder, PlanRow)) == 1


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT"])
def test_a_plan_that_bears_a_mark_of_secrecy_is_refused(run: Run, folder: Path, mark: str) -> None:
    (folder / "plan.txt").write_text(f"{mark}\n\n{PLAN}", encoding="utf-8")

    code, _, err = run("load", "plan.txt", "--units", "units.csv", "--yes")

    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert stored(folder, PlanRow) == []


# --- inviting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ["admin"],
        ["coordinator"],
        ["leader"],
        ["head", "--unit", "HC"],
        ["staff", "--unit", "Phòng Hành chính"],
        ["chat", "--unit", "VB"],
        ["chat", "--for", "office"],
        ["chat", "--for", "leaders"],
    ],
)
def test_an_invitation_is_a_code_and_a_link_that_waits_for_the_bots_name(
    run: Run, folder: Path, argv: list[str]
) -> None:
    run("units", "load", "units.csv")

    code, out, _ = run("invite", *argv, "--json")

    found = json.loads(out)
    assert code == 0
    assert found.keys() == {"code", "link"}
    assert found["link"] is None
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", found["code"])
    assert len(stored(folder, InviteRow)) == 1
    assert stored(folder, GrantRow) == []


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["leader"], "https://t.me/nhacviec_bot?start="),
        (["chat", "--for", "office"], "https://t.me/nhacviec_bot?startgroup="),
    ],
)
def test_the_link_opens_the_bot_once_its_name_is_known(
    run: Run, folder: Path, argv: list[str], expected: str
) -> None:
    run("units", "load", "units.csv")
    beside_database(folder, lambda db: process.remember_bot_name(db, "nhacviec_bot", NOW))

    _, out, _ = run("invite", *argv, "--json")

    found = json.loads(out)
    assert found["link"] == expected + found["code"]


def test_an_invitation_for_a_person_prints_how_it_is_used(run: Run) -> None:
    _, out, _ = run("invite", "leader")

    assert "/dang_ky" in out


@pytest.mark.parametrize(
    "argv",
    [
        ["head"],
        ["staff", "--unit", "Phòng Không Có"],
        ["chat"],
        ["chat", "--unit", "HC", "--for", "office"],
    ],
)
def test_an_invitation_that_does_not_say_for_what_is_refused(
    run: Run, folder: Path, argv: list[str]
) -> None:
    run("units", "load", "units.csv")

    code, _, err = run("invite", *argv)

    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert stored(folder, InviteRow) == []


# --- the rest ------------------------------------------------------------------------------------


def beside_database(folder: Path, act: Callable[[Database], Any]) -> None:
    async def do() -> None:
        db = Database(f"sqlite+aiosqlite:///{folder / 'data' / 'nhacviec.db'}")
        await act(db)
        await db.close()

    asyncio.run(do())


def beats(folder: Path, tick: dt.timedelta, poll: dt.timedelta) -> None:
    """Let the parts of the bot have done their work so long ago."""

    async def beat(db: Database) -> None:
        await process.beat(db, process.TICK, NOW - tick)
        await process.beat(db, process.POLL, NOW - poll)

    beside_database(folder, beat)


SOON, LATE = dt.timedelta(seconds=119), dt.timedelta(minutes=2)


@pytest.mark.parametrize(
    ("tick", "poll", "red"),
    [
        (SOON, SOON, []),
        (LATE, SOON, ["tick"]),
        (SOON, LATE, ["poll"]),
        (-LATE, -LATE, ["tick", "poll"]),
    ],
)
def test_health_tells_what_is_red(
    run: Run, folder: Path, tick: dt.timedelta, poll: dt.timedelta, red: list[str]
) -> None:
    run("migrate")
    beats(folder, tick, poll)

    result, out, _ = run("health", "--json")

    assert result == (1 if red else 0)
    assert json.loads(out) == {
        "alive": not red,
        "red": red,
        "last_tick": (NOW - tick).isoformat(),
        "last_poll": (NOW - poll).isoformat(),
    }


def test_health_says_in_words_what_is_red(run: Run, folder: Path) -> None:
    run("migrate")
    beats(folder, SOON, dt.timedelta(hours=3))

    code, out, _ = run("health")

    assert code == 1
    assert "Telegram" in out


@pytest.mark.parametrize(
    ("began", "heard", "code"),
    [
        (SOON, None, 3),
        (SOON, LATE, 3),
        (LATE, LATE * 2, 1),
        (SOON, dt.timedelta(seconds=1), 0),
    ],
    ids=["the first start", "a start after a pause", "a start that hangs", "Telegram was heard"],
)
def test_a_start_in_progress_is_said_as_such(
    run: Run, folder: Path, began: dt.timedelta, heard: dt.timedelta | None, code: int
) -> None:
    run("migrate")

    async def start(db: Database) -> None:
        await process.beat(db, process.START, NOW - began)
        await process.beat(db, process.TICK, NOW)
        if heard is not None:
            await process.beat(db, process.POLL, NOW - heard)

    beside_database(folder, start)

    assert run("health")[0] == code
    assert ("đang khởi động" in run("health")[1]) == (code == 3)
    assert json.loads(run("health", "--json")[1]).get("starting", False) == (code == 3)


def test_a_bot_that_never_ran_is_not_alive(run: Run) -> None:
    code, out, _ = run("health")

    assert code == 1
    assert out.strip()


def test_migrating_twice_is_no_mistake(run: Run) -> None:
    assert run("migrate")[0] == 0
    assert run("migrate")[0] == 0


def test_english_is_spoken_where_it_is_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_LANG", "en")

    _, out, _ = run("deadline", "Trước 30/4/2024", "--year", "2024")

    assert out.strip() == "Monday 29/4/2024"


def test_the_installed_command_runs(folder: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "nhacviec", "deadline", "Tháng 02/2024", "--year", "2024"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "29/02/2024" in done.stdout
