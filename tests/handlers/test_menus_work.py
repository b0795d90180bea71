"""What a group's menu offers works there for whom it is for; what it leaves out does not."""

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.rights import roles_of_members
from bot.domain.roles import ChatPurpose
from handlers.commands import COMMANDS, offered
from handlers.context import BotContext
from tests.builders import Office, make_item
from tests.chatting import Talk
from tests.handlers.test_rights import ROWS

MEMBERS = {
    "hc": ("minh", ChatPurpose.UNIT),
    "office": ("lan", ChatPurpose.OFFICE),
    "leaders": ("viet", ChatPurpose.LEADERS),
}
SAID = {row.command: row.said for row in ROWS if row.unit != "other"}


@pytest.fixture
async def errors(office: Office, talk: Talk) -> list[Exception | None]:
    await office.activate(make_item("III.5"), make_item("VI.2", lead=("Phòng Văn bản",)))
    found: list[Exception | None] = []

    async def note(_: object, context: BotContext) -> None:
        found.append(context.error)

    talk.application.add_error_handler(note)
    return found


@pytest.mark.parametrize("where", MEMBERS)
async def test_every_command_of_a_groups_menu_is_carried_out_there(
    talk: Talk, errors: list[Exception | None], where: str
) -> None:
    who, purpose = MEMBERS[where]
    purposes = frozenset({purpose})
    menu = offered(roles_of_members(purposes), private=False, purposes=purposes)
    wrong = []

    for command in COMMANDS:
        errors.clear()
        await talk.say(who, SAID[command.name], where)
        refused = any(isinstance(error, NotFound | NotAllowed) for error in errors)
        if command.in_menu and refused is (command in menu):
            wrong.append((command.name, "offered" if command in menu else "left out"))

    assert wrong == []
