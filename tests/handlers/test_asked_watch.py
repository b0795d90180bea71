"""What asks Văn phòng for a confirmation is edited when the evidence changes meanwhile."""

import pytest

from bot.domain.errors import DeliveryError
from bot.i18n import translator
from bot.services.asked_watch import AskedWatch
from bot.services.messages import Address, Outgoing
from handlers.proof_keys import ProofPress, proof_data
from handlers.render import render
from storage.models import ReportDraftRow
from tests.builders import GROUPS, Clock, Delivered, FakeSender, Office, make_item, rows
from tests.chatting import Talk

OFFICE = GROUPS["office"][0]


class FakeEditor:
    def __init__(self) -> None:
        self.edits: list[tuple[int, int, Outgoing]] = []
        self.error: DeliveryError | None = None

    async def edit(self, address: Address, message_id: int, message: Outgoing) -> None:
        if self.error:
            raise self.error
        self.edits.append((address.telegram_id, message_id, message))

    def texts(self, chat: int = OFFICE) -> list[str]:
        return [message.html for where, _, message in self.edits if where == chat]


@pytest.fixture
def editor() -> FakeEditor:
    return FakeEditor()


@pytest.fixture
async def asked(office: Office, talk: Talk, clock: Clock) -> FakeSender:
    """III.5 was reported without evidence; Văn phòng was asked in its chat."""
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/xong III.5")
    await talk.press("minh", "rep:send:1:0")
    sender = FakeSender()
    await Delivered(office.db, sender, clock).tick()
    assert any("báo hoàn thành" in text for text in sender.to("office"))
    return sender


@pytest.fixture
async def watch(asked: FakeSender, office: Office, editor: FakeEditor, clock: Clock) -> AskedWatch:
    watching = AskedWatch(office.db, editor, render, translator, clock)
    await watching.refresh()
    return watching


async def add(talk: Talk, office: Office, text: str) -> None:
    await talk.press("thao", proof_data(ProofPress.ADD, 1))
    await talk.say("thao", text)
    (draft,) = await rows(office.db, ReportDraftRow)
    await talk.press("thao", f"rep:prove:{draft.id}:0")


async def test_added_evidence_appears_in_the_question_itself(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor, clock: Clock
) -> None:
    untouched = list(editor.edits)
    clock.move_to("2024-04-19 16:20")
    await add(talk, office, "45/TB-STP ngày 19/4/2024")

    await watch.refresh()
    await watch.refresh()

    (text,) = editor.texts()
    assert untouched == []
    assert "45/TB-STP" in text
    assert "Minh chứng thay đổi lúc 16:20" in text
    (_, _, message) = next(edit for edit in editor.edits if edit[0] == OFFICE)
    labels = [button.label for row in message.buttons for button in row]
    assert labels[:3] == ["📎 Xem minh chứng", "✅ Xác nhận", "↩️ Trả lại"]


async def test_what_is_taken_out_goes_from_the_question(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor, clock: Clock
) -> None:
    clock.move_to("2024-04-19 16:20")
    await add(talk, office, "45/TB-STP")
    await talk.press("minh", proof_data(ProofPress.OUT_NOW, 1))

    await watch.refresh()

    assert "Chưa có minh chứng" in editor.texts()[-1]


async def test_after_the_decision_nothing_is_edited(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await add(talk, office, "45/TB-STP")
    await talk.press("lan", "report:confirm:1")

    await watch.refresh()

    assert editor.edits == []


async def test_a_change_before_a_restart_is_made_up_for(
    asked: FakeSender, talk: Talk, office: Office, editor: FakeEditor, clock: Clock
) -> None:
    await add(talk, office, "45/TB-STP")

    await AskedWatch(office.db, editor, render, translator, clock).refresh()

    assert "45/TB-STP" in editor.texts()[-1]


async def test_an_edit_that_fails_stops_nothing(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    editor.error = DeliveryError("message to edit not found", permanent=True)
    await add(talk, office, "45/TB-STP")
    await watch.refresh()
    editor.error = None
    await talk.press("minh", proof_data(ProofPress.OUT_NOW, 1))

    await watch.refresh()

    assert len(editor.texts()) == 1
