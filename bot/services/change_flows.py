"""Every change that is made in chat step by step, by name."""

from bot.services import (
    change_add,
    change_close,
    change_dates,
    change_edit,
    change_next,
    change_settings,
    change_units,
    lending,
    role_flows,
    unit_ending,
    unit_flows,
    unit_people,
)
from bot.services.change_steps import Flow

EVENT, DATE, OWNERS, DROP, EDIT = "event", "date", "owners", "drop", "edit"
SETTINGS = "settings"
ADD, CLOSE, NEXT = "add", "close", "next"
UNIT_ADD, UNIT_RENAME, UNIT_ALIAS = "unit-add", "unit-rename", "unit-alias"
UNIT_UNALIAS, UNIT_MERGE, UNIT_END = "unit-unalias", "unit-merge", "unit-end"
UNIT_HEAD, UNIT_LEADER, UNIT_STAND_IN = "unit-head", "unit-leader", "unit-stand-in"
UNIT_SHORT, UNIT_GROUP = "unit-short", "unit-group"
STAND_IN, ROLE = "stand-in", "role"
FLOWS: dict[str, Flow] = {
    EVENT: change_dates.EVENT,
    DATE: change_dates.DATE,
    OWNERS: change_units.OWNERS,
    DROP: change_edit.DROP,
    EDIT: change_edit.EDIT,
    SETTINGS: change_settings.SETTINGS,
    ADD: change_add.ADD,
    CLOSE: change_close.CLOSE,
    NEXT: change_next.NEXT,
    UNIT_ADD: unit_flows.ADD,
    UNIT_RENAME: unit_flows.RENAME,
    UNIT_SHORT: unit_flows.SHORT,
    UNIT_GROUP: unit_flows.GROUP,
    UNIT_ALIAS: unit_flows.ALIAS,
    UNIT_UNALIAS: unit_flows.UNALIAS,
    UNIT_MERGE: unit_ending.MERGE,
    UNIT_END: unit_ending.END,
    UNIT_HEAD: unit_people.HEAD,
    UNIT_LEADER: unit_people.LEADER,
    UNIT_STAND_IN: lending.OF_UNIT,
    STAND_IN: lending.OWN,
    ROLE: role_flows.ROLE,
}
