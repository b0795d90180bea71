"""The menus of people's apps follow roles, stand-ins and languages, apart from everything else."""

import json
import logging
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.rights import roles_of_members
from bot.domain.roles import ChatPurpose, Role
from bot.i18n import translator
from bot.services import change_flows as flows
from bot.services import changing, languages, members, own_data
from handlers.commands import offered
from handlers.menus import MenuKeeper
from storage.db import Database
from storage.models import GrantRow
from tests.builders import ACCOUNTS, GROUPS, Clock, Office, keep_units, name_stand_in, rows, vn
from tests.chatting import Talk

NOW = vn("2024-04-19 07:30")


@dataclass
class Menus:
    """A keeper, and what it asked of Telegram since it was last looked at."""

    keeper: MenuKeeper
    talk: Talk

    async def changed(self) -> dict[int, list[dict[str, Any]]]:
        """Let the keeper look; return the calls about single chats, by chat."""
        before = len(self.talk.request.calls)
        await self.keeper.refresh()
        found: dict[int, list[dict[str, Any]]] = {}
        for method, params in self.talk.request.calls[before:]:
            scope = params["scope"]
            scope = json.loads(scope) if isinstance(scope, str) else scope
            if "chat_id" in scope:
                found.setdefault(scope["chat_id"], []).append({"method": method, **params})
        return found


@pytest.fixture
def menus(office: Office, db: Database, talk: Talk, clock: Clock) -> Menus:
    return Menus(MenuKeeper(db, talk.application.bot, translator, clock), talk)


def names(call: dict[str, Any]) -> list[str]:
    found = call["commands"]
    found = json.loads(found) if isinstance(found, str) else found
    return [command["command"] for command in found]


def words(call: dict[str, Any]) -> str:
    found = call["commands"]
    found = json.loads(found) if isinstance(found, str) else found
    return str([command["description"] for command in found])


def menu_of(*roles: Role) -> list[str]:
    return [command.name for command in offered(frozenset(roles), private=True)]


def group_menu(purpose: ChatPurpose) -> list[str]:
    purposes = frozenset({purpose})
    roles = roles_of_members(purposes)
    return [c.name for c in offered(roles, private=False, purposes=purposes)]


async def test_a_units_group_is_offered_what_its_head_and_its_staff_may_do_there(
    menus: Menus,
) -> None:
    own = await menus.changed()
    everybody = menus.talk.calls("setMyCommands")

    in_groups = names(everybody[2])
    assert "ALL_GROUP_CHATS" in str(everybody[2]["scope"])
    assert {"viec", "xong", "gia_han", "vuong_mac", "minh_chung", "hoan_tac"} <= set(in_groups)
    assert {"nhap", "giao", "thoi_viec", "them", "du_lieu_cua_toi"}.isdisjoint(in_groups)
    assert GROUPS["hc"][0] not in own


async def test_the_groups_of_the_office_and_of_the_leaders_have_menus_of_their_own(
    menus: Menus,
) -> None:
    found = await menus.changed()

    office = names(found[GROUPS["office"][0]][0])
    leaders = names(found[GROUPS["leaders"][0]][0])
    assert {"xong", "nhap", "giao_ban", "ket_luan", "them", "giao", "cai_dat"} <= set(office)
    assert {"giao_ban", "tre_han", "tong_hop"} <= set(leaders)
    assert {"nhap", "xong", "giao", "moi"}.isdisjoint(leaders)
    assert "moi" not in office


async def test_at_the_start_everybody_gets_the_menu_of_their_role(menus: Menus) -> None:
    found = await menus.changed()

    for who, role in (("lan", Role.COORDINATOR), ("minh", Role.HEAD), ("thao", Role.STAFF)):
        vietnamese, english = found[ACCOUNTS[who]]
        assert names(vietnamese) == names(english) == menu_of(role)
        assert (vietnamese.get("language_code"), english.get("language_code")) == (None, "en")
        assert words(vietnamese) != words(english)
    everybody = [c for c in menus.talk.calls("setMyCommands") if "chat_id" not in str(c["scope"])]
    assert len(everybody) == 4


async def test_what_is_right_is_not_set_again(menus: Menus) -> None:
    await menus.changed()

    assert await menus.changed() == {}


async def test_a_stand_in_has_the_lent_commands_from_the_first_to_the_last_day(
    menus: Menus, office: Office, clock: Clock
) -> None:
    await menus.changed()
    said = "thao > 22/4/2024 > 23/4/2024"
    await name_stand_in(office, "minh", said, NOW)
    before = await menus.changed()

    clock.move_to("2024-04-22 00:01")
    during = await menus.changed()
    clock.move_to("2024-04-24 00:01")
    after = await menus.changed()

    assert before == {}
    assert names(during[ACCOUNTS["thao"]][0]) == menu_of(Role.HEAD, Role.STAFF)
    assert "thay_mat" in names(during[ACCOUNTS["thao"]][0])
    assert names(after[ACCOUNTS["thao"]][0]) == menu_of(Role.STAFF)


async def test_a_stand_in_of_today_has_the_lent_commands_at_once_and_until_it_is_ended(
    menus: Menus, office: Office
) -> None:
    await menus.changed()
    minh = office.actor("minh")
    typed = {"?who": "thao", "?days": "hôm nay đến 30/4"}
    shown = await changing.begin(office.db, minh, flows.STAND_IN, typed, NOW)
    asked = await menus.changed()
    await changing.confirm(office.db, minh, shown.token, NOW)
    named = await menus.changed()
    ending = {"over": office.persons["thao"]}
    shown = await changing.begin(office.db, minh, flows.STAND_IN, ending, NOW)
    await changing.confirm(office.db, minh, shown.token, NOW)
    ended = await menus.changed()

    assert asked == {}
    assert names(named[ACCOUNTS["thao"]][0]) == menu_of(Role.HEAD, Role.STAFF)
    assert names(ended[ACCOUNTS["thao"]][0]) == menu_of(Role.STAFF)


async def test_who_lost_the_last_role_keeps_only_what_strangers_may(
    menus: Menus, office: Office
) -> None:
    await menus.changed()
    (grant,) = await rows(office.db, GrantRow, GrantRow.person_id == office.persons["thao"])

    await members.end_role(office.db, office.actor("lan"), grant.id, NOW)
    found = await menus.changed()

    assert list(found) == [ACCOUNTS["thao"]]
    assert names(found[ACCOUNTS["thao"]][0]) == menu_of()


async def test_who_was_erased_has_the_menu_of_everybody(menus: Menus, office: Office) -> None:
    await office.enrol("hoa", Role.ADMIN)
    await menus.changed()

    await own_data.erase(office.db, office.actor("hoa"), office.persons["thao"], NOW)
    found = await menus.changed()

    assert list(found) == [ACCOUNTS["thao"]]
    assert [call["method"] for call in found[ACCOUNTS["thao"]]] == ["deleteMyCommands"] * 2


async def test_a_merged_unit_leaves_its_people_the_menu_of_the_roles_they_hold(
    menus: Menus, office: Office, clock: Clock
) -> None:
    await menus.changed()

    said = "gộp Phòng Văn bản > Phòng Hành chính"
    await keep_units(office, said, NOW)
    clock.move_to("2024-04-20 00:01")
    await menus.changed()
    again = MenuKeeper(office.db, menus.talk.application.bot, translator, clock)
    found = await Menus(again, menus.talk).changed()

    held = await rows(office.db, GrantRow, GrantRow.person_id == office.persons["dung"])
    today = clock.now.date()
    now = {g.role for g in held if g.valid_to is None or g.valid_to >= today}
    assert names(found[ACCOUNTS["dung"]][0]) == menu_of(*now)


async def test_a_chosen_language_counts_whatever_the_app_is_in(
    menus: Menus, office: Office
) -> None:
    await menus.changed()

    await languages.choose(office.db, office.actor("minh"), "en", NOW)
    await languages.choose(office.db, office.actor("minh", "hc"), "en", NOW)
    found = await menus.changed()

    assert set(found) == {ACCOUNTS["minh"], GROUPS["hc"][0]}
    for vietnamese, english in found.values():
        assert words(vietnamese) == words(english)
        assert "item" in words(vietnamese)
    assert names(found[GROUPS["hc"][0]][0]) == group_menu(ChatPurpose.UNIT)


async def test_a_chat_that_cannot_be_reached_holds_nobody_else_up(menus: Menus) -> None:
    for _ in range(4):
        menus.talk.request.answers.setdefault("setMyCommands", []).append(
            (200, {"ok": True, "result": True})
        )
    menus.talk.request.refuse("setMyCommands", 400, "Bad Request: chat not found")

    found = await menus.changed()

    people = {ACCOUNTS[who] for who in ("lan", "minh", "thao", "viet", "dung")}
    assert set(found) == people | {GROUPS[key][0] for key in ("office", "leaders")}
    assert await menus.changed() == {}


async def test_what_telegram_refuses_is_logged_and_tried_again(
    menus: Menus, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    menus.talk.request.refuse("setMyCommands", 502, "Bad Gateway")

    first = await menus.changed()
    second = await menus.changed()

    assert first == {}
    assert "could not set the menus" in caplog.text
    assert len(second) == 7
