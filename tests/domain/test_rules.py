"""The rules an office can set, as kept in JSON."""

import datetime as dt
import json

import pytest

from bot.domain.rules import DEFAULTS, NAMES, PER_PLAN, Rules, rules_from_json, value_to_json


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_comes_back_from_json_as_it_was(name: str) -> None:
    kept = json.loads(json.dumps({name: value_to_json(getattr(DEFAULTS, name))}))

    assert rules_from_json(kept) == DEFAULTS


def test_a_plans_rules_lie_over_the_offices_and_those_over_the_defaults() -> None:
    office = {"ladder": [5, 0], "morning_at": "08:00", "window": "25-24"}
    plan = {"ladder": [3, 1]}

    rules = rules_from_json(office, plan)

    assert rules.ladder == (3, 1)
    assert rules.morning_at == dt.time(8, 0)
    assert rules.window == "25-24"
    assert rules.internal_ladder == DEFAULTS.internal_ladder


def test_what_a_newer_program_has_set_is_left_alone() -> None:
    assert rules_from_json({"unheard_of": 1}, None) == Rules()


def test_what_a_plan_may_override_are_rules() -> None:
    assert set(NAMES) >= PER_PLAN
