"""The README's one table of settings says what the code says."""

import re
from pathlib import Path

from bot.domain.rules import DEFAULTS, NAMES, PER_PLAN
from bot.domain.rules_table import RULES
from bot.domain.rules_text import label, show
from bot.i18n import translator

README = Path(__file__).parents[2] / "README.md"


def expected() -> list[str]:
    """Return the table's rows as the code has them."""
    tr = translator("vi")
    found = []
    for name in NAMES:
        value = getattr(DEFAULTS, name)
        msgid = label(name, value)
        default = show(name, value) + (f" ({tr(msgid)})" if msgid else "")
        per_plan = "có" if name in PER_PLAN else "–"
        found.append(f"| `{name}` | {default} | {per_plan} | {tr(RULES[name].meaning)} |")
    return found


def test_the_table_of_settings_is_the_codes() -> None:
    text = README.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| `[a-z_]+` \|", line)]

    assert [row for row in rows if row.split("`")[1] in NAMES] == expected()


def test_every_setting_is_described() -> None:
    assert set(RULES) == set(NAMES)
