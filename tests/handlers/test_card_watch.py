"""Cards that follow their items: edited in place when somebody else changes them."""

import datetime as dt

import pytest

from bot.domain.errors import DeliveryError
from bot.i18n import translator
from bot.services import deciding, progress
from bot.services.card_watch import CardWatch
from bot.services.progress import Claim
from handlers.render_card import card
from handlers.work import origin_ref
from storage.models import CardMessageRow, GrantRow, PartRow
from tests.builders import ACCOUNTS, GROUPS, Clock, Office, change, make_item, rows
from tests.chatting import Talk

HC = "Phòng Hành chính"


class FakeEditor:
    def __init__(self):
        self.edits = []
        self.error = None

    async def edit(self, address, message_id, message):
        if self.error:
            raise self.error
        self.edits.append((address.telegram_id, message_id, message))


@pytest.fixture
async def due(office: Office) -> Office:
    await office.activate(*(make_item(f"I.{n}") for n in range(1, 6)))
    return office


@pytest.fixture
def editor() -> FakeEditor:
    return FakeEditor()


@pytest.fixture
async def watch(due: Office, editor: FakeEditor, clock: Clock) -> CardWatch:
    watching = CardWatch(due.db, editor, card, origin_ref, translator, clock)
    await watching.refresh()
    return watching


async def report(office, clock, part=1):
    await progress.report_done(
        office.db, office.actor("minh"), part, Claim("https://e.vn/1"), clock()
    )


async def test_a_card_is_edited_when_somebody_else_changes_its_item(
    due: Office, talk: Talk, watch: CardWatch, editor: FakeEditor, clock: Clock
) -> None:
    await talk.say("lan", "/xem I.1")
    await watch.refresh()
    untouched = list(editor.edits)
    await report(due, clock)

    await watch.refresh()
    await watch.refresh()

    ((chat, _, message),) = editor.edits
    assert untouched == []
    assert chat == ACCOUNTS["lan"]
    assert "Chờ Văn phòng xác nhận" in message.html
    assert any("report:confirm:1" in b.data for row in message.buttons for b in row)


async def test_each_viewer_keeps_the_own_buttons_and_the_way_back(
    due: Office, talk: Talk, watch: CardWatch, editor: FakeEditor, clock: Clock
) -> None:
    await talk.press("thao", "list:item:1:h:0:14")
    await talk.say("thao", "/xem I.1", "hc")
    await report(due, clock)

    await watch.refresh()

    found = {chat: message for chat, _, message in editor.edits}
    assert set(found) == {ACCOUNTS["thao"], GROUPS["hc"][0]}
    private = [b.data for row in found[ACCOUNTS["thao"]].buttons for b in row]
    assert private[-1] == "list:page:h:0:14"
    assert not [data for data in private if data.startswith("report:")]


async def test_a_message_that_shows_something_else_by_now_is_left_alone(
    due: Office, talk: Talk, watch: CardWatch, editor: FakeEditor, clock: Clock
) -> None:
    await talk.press("lan", "list:item:1:v:0:-")
    await talk.press("lan", "list:page:v:0:-")
    await report(due, clock)

    await watch.refresh()

    assert editor.edits == []


async def test_an_act_on_the_card_itself_leads_back_to_the_list_it_came_from(
    due: Office, talk: Talk, clock: Clock
) -> None:
    await report(due, clock)
    await talk.press("lan", "list:item:1:c:0:-")

    await talk.press("lan", "report:confirm:1")

    assert talk.buttons()[-1] == "list:page:c:0:-"
    assert (await rows(due.db, PartRow))[0].progress == "done"


async def test_only_the_newest_cards_of_a_chat_are_followed(
    due: Office, talk: Talk, watch: CardWatch, editor: FakeEditor, clock: Clock
) -> None:
    for number in range(1, 6):
        clock.now += dt.timedelta(minutes=1)
        await talk.say("lan", f"/xem I.{number}")
    for part in range(1, 6):
        await report(due, clock, part)

    await watch.refresh()

    assert len(editor.edits) == 3
    assert {message.html[3:6] for _, _, message in editor.edits} == {"I.3", "I.4", "I.5"}


async def test_who_may_no_longer_see_the_item_gets_no_news_of_it(
    due: Office, talk: Talk, watch: CardWatch, editor: FakeEditor, clock: Clock
) -> None:
    await talk.say("thao", "/xem I.1")
    await change(due.db, GrantRow, 3, unit_id=due.units["Phòng Văn bản"])
    await report(due, clock)

    await watch.refresh()

    assert editor.edits == []
    assert not (await rows(due.db, CardMessageRow))[0].live


@pytest.mark.parametrize("permanent", [True, False])
async def test_an_edit_that_fails_harms_nothing(
    due: Office,
    talk: Talk,
    watch: CardWatch,
    editor: FakeEditor,
    clock: Clock,
    permanent: bool,
) -> None:
    await talk.say("lan", "/xem I.1")
    await report(due, clock)
    editor.error = DeliveryError("gone", permanent=permanent)

    await watch.refresh()
    editor.error = None
    await deciding.decide(due.db, due.actor("lan"), 1, clock())
    await watch.refresh()

    assert len(editor.edits) == (0 if permanent else 1)


async def test_after_a_start_what_changed_meanwhile_is_caught_up(
    due: Office, talk: Talk, editor: FakeEditor, clock: Clock
) -> None:
    await talk.say("lan", "/xem I.1")
    await report(due, clock)

    await CardWatch(due.db, editor, card, origin_ref, translator, clock).refresh()

    assert len(editor.edits) == 1
