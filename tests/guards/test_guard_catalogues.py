"""The catalogues: complete, not stale, and with the same places to fill."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers")
KEYWORDS = {"N_": None, "n": (1, 2)}
# Markers of sentences that are given a catalogue's words later.
MARKERS = {"N_", "_", "tr", "n"}

Msgid = str | tuple[str, ...]


@cache
def extracted() -> Catalog:
    """Return the sentences as they stand in the code now."""
    catalogue = Catalog()
    for folder in FOLDERS:
        for _, _, msgid, _, _ in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            catalogue.add(msgid)
    return catalogue


def ids(catalogue: Catalog) -> set[Msgid]:
    return {message.id for message in catalogue if message.id}


def read(name: str) -> Catalog:
    locale = None if name.endswith(".pot") else name.split("/")[0]
    with (ROOT / "locales" / name).open("rb") as source:
        return read_po(source, locale=locale)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]*)\}", text))


@pytest.mark.parametrize(
    "name", ["messages.pot", "vi/LC_MESSAGES/messages.po", "en/LC_MESSAGES/messages.po"]
)
def test_a_catalogue_holds_the_sentences_of_the_code_and_no_others(name: str) -> None:
    committed, present = ids(read(name)), ids(extracted())

    assert sorted(map(str, present - committed)) == [], "run make i18n"
    assert sorted(map(str, committed - present)) == [], "run make i18n"


def test_the_vietnamese_catalogue_is_complete() -> None:
    vietnamese = read("vi/LC_MESSAGES/messages.po")
    missing = []

    for msgid in ids(extracted()):
        message = vietnamese.get(msgid[0] if isinstance(msgid, tuple) else msgid)
        strings = [] if message is None else message.string
        filled = [strings] if isinstance(strings, str) else list(strings)
        if not filled or not all(filled):
            missing.append(str(msgid))

    assert sorted(missing) == []


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_a_translation_fills_the_same_places(locale: str) -> None:
    different = []

    for message in read(f"{locale}/LC_MESSAGES/messages.po"):
        sources = (message.id,) if isinstance(message.id, str) else message.id
        said = (message.string,) if isinstance(message.string, str) else message.string
        # A singular need not name its count.
        expected = placeholders(sources[-1])
        different += [
            text for text in said if message.id and text and placeholders(text) != expected
        ]

    assert different == []


def test_nothing_is_marked_as_doubtful() -> None:
    assert [m.id for m in read("vi/LC_MESSAGES/messages.po") if m.id and m.fuzzy] == []


def test_plurals_have_the_one_form_of_vietnamese() -> None:
    vietnamese = read("vi/LC_MESSAGES/messages.po")

    assert {len(m.string) for m in vietnamese if isinstance(m.id, tuple)} == {1}


def test_no_sentence_is_built_before_it_is_marked() -> None:
    built = []

    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in MARKERS:
                    built += [
                        f"{path.name}:{node.lineno}"
                        for argument in node.args[:2]
                        if isinstance(argument, ast.JoinedStr | ast.BinOp)
                    ]

    assert built == [], "an f-string or a sum is silently not extracted"


def test_every_marked_sentence_is_extracted() -> None:
    present = {msgid if isinstance(msgid, str) else msgid[0] for msgid in ids(extracted())}
    lost = []

    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS and node.args:
                    said = node.args[0]
                    if isinstance(said, ast.Constant) and said.value not in present:
                        lost.append(f"{path.name}:{node.lineno} {said.value!r}")

    assert lost == [], "a mark inside the braces of an f-string is silently not extracted"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
