"""What asks Văn phòng for a confirmation is edited when the evidence changes meanwhile."""

import datetime as dt
from typing import Any

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.outbox import OutboxKind
from bot.i18n import translator
from bot.services.asked_watch import MOST_EDITS, AskedWatch
from bot.services.messages import Address, Outgoing
from handlers.callbacks import Press, data
from handlers.proof_keys import ProofPress, proof_data
from handlers.render import render
from storage.models import OutboxRow, ReportDraftRow
from tests.builders import GROUPS, Clock, Delivered, FakeSender, Office, make_item, rows
from tests.chatting import BOT, Talk

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


async def test_where_it_was_pressed_the_card_that_stands_there_stays(
    watch: AskedWatch, asked: FakeSender, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await add(talk, office, "45/TB-STP")
    (question,) = [
        row for row in await rows(office.db, OutboxRow) if row.kind is OutboxKind.CONFIRM
    ]
    await talk.press("lan", "report:confirm:1", "office", message=message(question.message_ids[0]))

    await watch.refresh()

    assert editor.texts() == []


def message(message_id: int) -> dict[str, Any]:
    chat = {"id": OFFICE, "type": "supergroup", "title": "office"}
    return {"message_id": message_id, "date": 1, "chat": chat, "from": BOT, "text": "…"}


def labels(editor: FakeEditor) -> list[str]:
    (_, _, said) = next(edit for edit in reversed(editor.edits) if edit[0] == OFFICE)
    return [button.label for row in said.buttons for button in row]


async def test_once_another_has_confirmed_the_question_says_so_and_has_nothing_to_press(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await add(talk, office, "45/TB-STP")
    await talk.press("lan", "report:confirm:1")

    await watch.refresh()

    assert editor.texts()[-1].startswith("<b>✅ III.5 – Phòng Hành chính: đã xác nhận hoàn thành")
    assert "lan" not in editor.texts()[-1]
    assert labels(editor) == ["Xem III.5"]


async def test_once_it_was_returned_the_question_says_why(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await talk.press("lan", "report:return:1")
    await talk.say("lan", "Thiếu trang 3")

    await watch.refresh()

    assert editor.texts()[-1].startswith("<b>↩️ III.5 – Phòng Hành chính: đã trả lại báo cáo")
    assert "Lý do: Thiếu trang 3" in editor.texts()[-1]
    assert labels(editor) == ["Xem III.5"]


async def test_a_report_taken_back_leaves_nothing_to_press(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await undo(talk, office, "minh")

    await watch.refresh()

    assert "báo cáo đã được rút lại" in editor.texts()[-1]
    assert labels(editor) == ["Xem III.5"]


async def test_a_decision_taken_back_can_be_pressed_again(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    await add(talk, office, "45/TB-STP")
    await talk.press("lan", "report:confirm:1")
    await watch.refresh()
    closed = labels(editor)
    await undo(talk, office, "lan")

    await watch.refresh()

    assert closed == ["Xem III.5"]
    assert {"✅ Xác nhận", "↩️ Trả lại"} < set(labels(editor))


async def undo(talk: Talk, office: Office, who: str) -> None:
    before = len(talk.buttons())
    await talk.say(who, "/hoan_tac")
    await talk.press(who, talk.buttons()[before])


@pytest.mark.parametrize("how", ["undo", "withdraw", "report", "reject", "approve"])
async def test_a_request_that_is_closed_leaves_nothing_to_press(
    how: str, office: Office, talk: Talk, clock: Clock, editor: FakeEditor
) -> None:
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/gia_han III.5 15/5 chờ số liệu")
    await talk.press("minh", data(Press.EXT_SEND, 1))
    await Delivered(office.db, FakeSender(), clock).tick()
    watching = AskedWatch(office.db, editor, render, translator, clock)
    await watching.refresh()
    asked_first = labels(editor)[0] if editor.edits else "✅ Đồng ý"
    if how == "undo":
        await undo(talk, office, "minh")
    elif how == "withdraw":
        await talk.press("minh", data(Press.EXT_BACK, 1))
    elif how == "report":
        await talk.say("minh", "/xong III.5 https://e.vn/1")
    elif how == "reject":
        await talk.press("lan", data(Press.EXT_NO, 1))
        await talk.say("lan", "Không đủ lý do")
    else:
        await talk.press("lan", data(Press.EXT_YES, 1))

    await watching.refresh()

    assert asked_first == "✅ Đồng ý"
    assert labels(editor) == ["Xem III.5"]
    assert "xin gia hạn</b>" not in editor.texts()[-1]


@pytest.mark.parametrize("how", ["answer", "undo"])
async def test_a_difficulty_that_is_dealt_with_leaves_nothing_to_answer(
    how: str, office: Office, talk: Talk, clock: Clock, editor: FakeEditor
) -> None:
    await office.activate(make_item("III.5"))
    await talk.say("minh", "/vuong_mac III.5 thiếu người")
    await Delivered(office.db, FakeSender(), clock).tick()
    watching = AskedWatch(office.db, editor, render, translator, clock)
    await watching.refresh()
    if how == "undo":
        await undo(talk, office, "minh")
    else:
        await talk.press("lan", data(Press.STUCK_ANSWER, 1))
        await talk.say("lan", "sẽ cử thêm người")

    await watching.refresh()

    assert labels(editor) == ["👌 Đã nhận", "Xem III.5"]
    assert ("sẽ cử thêm người" in editor.texts()[-1]) is (how == "answer")


async def test_more_questions_than_one_round_edits_are_edited_in_the_next(
    office: Office, talk: Talk, clock: Clock, editor: FakeEditor
) -> None:
    count = MOST_EDITS + 3
    await office.activate(*(make_item(f"I.{number}") for number in range(1, count + 1)))
    for number in range(1, count + 1):
        await talk.say("minh", f"/xong I.{number} https://e.vn/1")
    await Delivered(office.db, FakeSender(), clock).tick()
    watching = AskedWatch(office.db, editor, render, translator, clock)
    await watching.refresh()
    for number in range(1, count + 1):
        await talk.press("lan", f"report:confirm:{number}")

    await watching.refresh()
    first = len(editor.texts())
    await watching.refresh()

    assert first == MOST_EDITS
    assert len(set(editor.texts())) == count


async def test_a_change_before_a_restart_is_made_up_for(
    asked: FakeSender, talk: Talk, office: Office, editor: FakeEditor, clock: Clock
) -> None:
    await add(talk, office, "45/TB-STP")

    await AskedWatch(office.db, editor, render, translator, clock).refresh()

    assert "45/TB-STP" in editor.texts()[-1]


async def test_an_edit_that_fails_for_a_while_is_tried_again(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor
) -> None:
    editor.error = DeliveryError("timed out", permanent=False)
    await add(talk, office, "45/TB-STP")
    await watch.refresh()
    editor.error = None

    await watch.refresh()

    assert "45/TB-STP" in editor.texts()[-1]


async def test_when_asked_to_wait_it_waits(
    watch: AskedWatch, talk: Talk, office: Office, editor: FakeEditor, clock: Clock
) -> None:
    clock.move_to("2024-04-19 16:20")
    wait = dt.timedelta(seconds=40)
    editor.error = DeliveryError("too many requests", permanent=False, retry_after=wait)
    await add(talk, office, "45/TB-STP")
    await watch.refresh()
    editor.error = None
    await watch.refresh()
    meanwhile = editor.texts()
    clock.move_to("2024-04-19 16:21")

    await watch.refresh()

    assert meanwhile == []
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
