"""How the code is laid out: imports flow one way, modules stay small, names are English."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("bot", "handlers", "storage")
LONGEST_MODULE = 300
# Longer than that, and why.
LONGER = {
    "storage/models.py": "every table in one place, as one schema",
    "storage/parts.py": "one query of parts, and the reports and proofs that hang on them",
    "handlers/render_card.py": "everything said about one part",
    "bot/sandbox/stage.py": "every way in which a scene can be set",
    "storage/versions.py": "moving everything of a plan to its newer version",
}
# Tables of words, not code.
DATA = re.compile(r"_phrases\.py$|/migrations/")
VIETNAMESE = re.compile(r"[^\x00-\x7f]")


def modules() -> list[Path]:
    return sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_keep_the_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_modules_stay_small_enough_to_take_in() -> None:
    long = {
        relative(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
        if not DATA.search(relative(path))
    }
    too_long = {name: count for name, count in long.items() if count > LONGEST_MODULE}

    assert sorted(too_long.keys() - LONGER.keys()) == [], too_long


def test_no_exception_for_a_long_module_outlives_the_module() -> None:
    assert [name for name in LONGER if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("folder", [*CODE, "tests"])
def test_names_are_english_and_ascii(folder: str) -> None:
    wrong = []

    for path in sorted((ROOT / folder).rglob("*.py")):
        if VIETNAMESE.search(path.name):
            wrong.append(relative(path))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "name", None) or getattr(node, "id", None)
            name = name or getattr(node, "arg", None) or getattr(node, "attr", None)
            if isinstance(name, str) and VIETNAMESE.search(name):
                wrong.append(f"{relative(path)}:{getattr(node, 'lineno', 0)} {name}")

    assert wrong == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_hashes_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9][a-z0-9._-]*(?:\[[a-z0-9,_-]+\])?==\S+", text, re.M | re.I)

    assert len(entries) > 20
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    for piece in re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE):
        if "==" in piece.split("\n")[0]:
            assert "--hash=sha256:" in piece, piece.split("\n")[0]


def test_every_dependency_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()

    for wanted in project["dependencies"]:
        name = re.split(r"[\[<>=;~! ]", wanted)[0].lower()
        assert re.search(rf"^{re.escape(name)}(\[|==)", locked, re.MULTILINE), name
