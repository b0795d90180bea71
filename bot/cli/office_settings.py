"""`nhacviec settings`: what the office, or one of its plans, has set."""

import argparse
from typing import Any

from bot.cli.console import say, say_json
from bot.clock import utc_now
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.domain.rules import PER_PLAN, value_to_json
from bot.domain.rules_table import RULES
from bot.domain.rules_text import label, rule_of, show
from bot.i18n import Translator
from bot.services import office_settings, offices
from bot.services.office_settings import Setting
from bot.settings import Settings
from storage.db import Database


async def settings(
    args: argparse.Namespace, db: Database, settings: Settings, tr: Translator
) -> int:
    """`nhacviec settings [list | get NAME | set NAME VALUE | reset NAME] [--plan ID] [--json]`."""
    office_id = await offices.ensure_office(db, settings.office_name, settings.locale)
    if args.act in ("set", "reset"):
        text = " ".join(args.value) if args.act == "set" else None
        if text == "":
            raise UserError(N_("Say the value too: nhacviec settings set NAME VALUE"))
        done = await office_settings.set_typed(
            db, office_id, args.name or "", text, args.plan, utc_now()
        )
        if done.moved:
            say(tr.n("{count} date moved.", "{count} dates moved.", done.moved))
    elif args.act == "get":
        rule_of(args.name or "")
    found = await office_settings.all_settings(db, office_id, args.plan)
    shown = [one for one in found if args.act == "list" or one.name == args.name]
    if args.json:
        say_json([_json(one) for one in shown])
        return 0
    for one in shown:
        _say(one, tr)
    return 0


def _say(one: Setting, tr: Translator) -> None:
    default = tr(N_("default"))
    mark = "" if one.own else f"  [{default}]"
    say(f"{one.name} = {_words(one.name, one.value, tr)}{mark}")
    say(f"    {tr(RULES[one.name].meaning)}")
    for plan_id, title, value in one.overriding:
        say(f"    {plan_id} “{title}”: {_words(one.name, value, tr)}")


def _words(name: str, value: Any, tr: Translator) -> str:
    msgid = label(name, value)
    return f"{show(name, value)} ({tr(msgid)})" if msgid else show(name, value)


def _json(one: Setting) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": value_to_json(one.value),
        "default": value_to_json(one.default),
        "set": one.own,
        "per_plan": one.name in PER_PLAN,
    }
