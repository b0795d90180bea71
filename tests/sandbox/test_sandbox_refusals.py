"""What the server refuses, in Telegram's own words."""

import datetime as dt
import io
from typing import Any

import aiohttp
import pytest
from sandbox_office import Office

BAD = "Bad Request: "
NOT_PARSED = "Bad Request: can't parse entities: "


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "Nút", **fields}


def data_button(data: str) -> dict[str, Any]:
    return button(callback_data=data)


HTML = {"parse_mode": "HTML"}
REFUSED_MESSAGES = [
    ("an empty text", {"text": ""}, BAD + "message text is empty"),
    ("a text of spaces", {"text": " \n "}, BAD + "message text is empty"),
    ("tags without text", {"text": "<b></b>", **HTML}, BAD + "message text is empty"),
    ("a missing text", {"text": None}, BAD + 'field "text" must be of type String'),
    ("a long text", {"text": "a" * 4097}, BAD + "message is too long"),
    ("long text in surrogates", {"text": "📌" * 2049}, BAD + "message is too long"),
    ("an unknown parameter", {"colour": "red"}, BAD + 'unknown parameter "colour"'),
    (
        "an ill-typed parameter",
        {"disable_notification": "yes"},
        BAD + 'field "disable_notification" must be of type Boolean',
    ),
    ("an unknown parse mode", {"parse_mode": "Markdown"}, BAD + "unsupported parse_mode"),
    (
        "an unknown tag",
        {"text": "<p>a</p>", **HTML},
        NOT_PARSED + 'Unsupported start tag "p" at byte offset 0',
    ),
    (
        "a tag left open",
        {"text": "<b>a", **HTML},
        NOT_PARSED + 'Can\'t find end tag corresponding to start tag "b"',
    ),
    (
        "tags that cross",
        {"text": "<b><i>a</b></i>", **HTML},
        NOT_PARSED + 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    (
        "an end tag alone",
        {"text": "ạ</b>", **HTML},
        NOT_PARSED + "Unexpected end tag at byte offset 3",
    ),
    (
        "an unescaped <",
        {"text": "2 < 3", **HTML},
        NOT_PARSED + "Unclosed start tag at byte offset 2",
    ),
    (
        "an unescaped >",
        {"text": "3 > 2", **HTML},
        NOT_PARSED + 'Unescaped character ">" at byte offset 2',
    ),
    (
        "an unescaped &",
        {"text": "A & B", **HTML},
        NOT_PARSED + 'Unescaped character "&" at byte offset 2',
    ),
    (
        "a reference Telegram does not know",
        {"text": "A&nbsp;B", **HTML},
        NOT_PARSED + 'Unescaped character "&" at byte offset 1',
    ),
    (
        "a link to nowhere",
        {"text": "<a>x</a>", **HTML},
        NOT_PARSED + 'Tag "a" has wrong attributes at byte offset 0',
    ),
    (
        "a style",
        {"text": '<b style="x">x</b>', **HTML},
        NOT_PARSED + 'Tag "b" has wrong attributes at byte offset 0',
    ),
    ("empty callback data", keyboard([data_button("")]), BAD + "BUTTON_DATA_INVALID"),
    ("65 bytes of data", keyboard([data_button("a" * 65)]), BAD + "BUTTON_DATA_INVALID"),
    ("66 bytes in 22 letters", keyboard([data_button("ạ" * 22)]), BAD + "BUTTON_DATA_INVALID"),
    (
        "a button that does nothing",
        keyboard([button()]),
        BAD + "can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button without a label",
        keyboard([{"text": "", "callback_data": "a"}]),
        BAD + "can't parse inline keyboard button: Button text is empty",
    ),
    (
        "a button to a broken address",
        keyboard([button(url="nhac viec")]),
        BAD + "inline keyboard button URL 'nhac viec' is invalid: Wrong HTTP URL specified",
    ),
    (
        "a deep link with dots",
        keyboard([button(url="https://t.me/nhacviec_demo_bot?start=viec.5")]),
        BAD + "'viec.5' cannot be the payload of a deep link",
    ),
    (
        "a deep link that is too long",
        {"text": f'<a href="https://t.me/x_bot?startgroup={"a" * 65}">x</a>', **HTML},
        BAD + f"'{'a' * 65}' cannot be the payload of a deep link",
    ),
    ("nine in a row", keyboard([data_button("a")] * 9), BAD + "reply markup is too long"),
    ("101 buttons", keyboard(*[[data_button("a")]] * 101), BAD + "reply markup is too long"),
    (
        "a keyboard of no kind",
        {"reply_markup": {"buttons": []}},
        BAD + "object expected as reply markup",
    ),
    (
        "a button with an unknown field",
        keyboard([button(callback_dat="a")]),
        BAD + 'unknown field "reply_markup.inline_keyboard.0.0.callback_dat"',
    ),
    ("an unknown chat", {"chat_id": 42}, BAD + "chat not found"),
    ("a chat by name", {"chat_id": "@so_tu_phap"}, BAD + "chat not found"),
    (
        "an answer to nothing",
        {"reply_parameters": {"message_id": 999}},
        BAD + "message to be replied not found",
    ),
    ("a topic where there are none", {"message_thread_id": 7}, BAD + "message thread not found"),
    ("the General topic by its id", {"message_thread_id": 1}, BAD + "message thread not found"),
]


@pytest.mark.parametrize(
    ("params", "description"),
    [row[1:] for row in REFUSED_MESSAGES],
    ids=[row[0] for row in REFUSED_MESSAGES],
)
async def test_it_does_not_send(office: Office, params: dict[str, Any], description: str) -> None:
    before = office.sandbox.messages(office.group)

    body = await office.call("sendMessage", **{"chat_id": office.group, "text": "Chào", **params})

    assert (body["error_code"], body["description"]) == (400, description)
    assert office.sandbox.messages(office.group) == before


async def test_it_sends_what_just_fits(office: Office) -> None:
    fitting = [[data_button("a" * 64)] * 8] * 12 + [[data_button("ạ" * 21)] * 4]

    body = await office.call(
        "sendMessage",
        chat_id=office.lan,
        text=f"<b>{'📌' * 2048}</b>",
        parse_mode="HTML",
        **keyboard(*fitting),
    )

    assert body["ok"], body


@pytest.mark.parametrize("missing", ["chat_id", "text"])
async def test_it_asks_for_what_is_missing(office: Office, missing: str) -> None:
    params = {"chat_id": office.lan, "text": "Chào"}
    del params[missing]

    body = await office.call("sendMessage", **params)

    texts = {"chat_id": "chat_id is empty", "text": "message text is empty"}
    assert body["description"] == BAD + texts[missing]


async def test_it_knows_only_its_methods_and_its_token(office: Office) -> None:
    unknown = await office.call("sendMesage")
    stranger = await office.call("getMe", token="2:wrong")

    assert (unknown["error_code"], unknown["description"]) == (404, "Not Found: method not found")
    assert (stranger["error_code"], stranger["description"]) == (401, "Unauthorized")


async def test_it_does_not_write_to_people_who_do_not_want_it(office: Office) -> None:
    never = await office.call("sendMessage", chat_id=office.khach, text="Chào")
    office.sandbox.block(office.lan)
    blocked = await office.call("sendMessage", chat_id=office.lan, text="Chào")
    office.sandbox.deactivate(office.lan)
    gone = await office.call("sendMessage", chat_id=office.lan, text="Chào")

    assert [(one["error_code"], one["description"]) for one in (never, blocked, gone)] == [
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
    ]


async def test_it_does_not_write_to_groups_it_is_not_in(office: Office) -> None:
    stranger = office.sandbox.add_group("Phòng khác", [office.minh])
    left = office.sandbox.add_group("Nhóm cũ", [office.minh])
    plain = office.sandbox.add_group("Nhóm thường", [office.minh], kind="group")
    for chat_id in (left, plain):
        office.sandbox.add_bot_to_group(chat_id)
    await office.call("leaveChat", chat_id=left)
    office.sandbox.kick_bot(office.group)
    office.sandbox.kick_bot(plain)

    told = [
        (await office.call("sendMessage", chat_id=chat_id, text="Chào"))["description"]
        for chat_id in (stranger, left, office.group, plain)
    ]

    assert told == [
        "Bad Request: chat not found",
        "Forbidden: bot is not a member of the supergroup chat",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot was kicked from the group chat",
    ]


async def test_a_deleted_group_says_so(office: Office) -> None:
    office.sandbox.delete_group(office.group)

    body = await office.call("sendMessage", chat_id=office.group, text="Chào")

    assert body["description"] == "Forbidden: the group chat was deleted"


async def test_a_group_that_moved_tells_where(office: Office) -> None:
    old = office.sandbox.add_group("Nhóm thường", [office.lan], kind="group")
    office.sandbox.add_bot_to_group(old)
    new = office.sandbox.migrate(old)

    body = await office.call("sendMessage", chat_id=old, text="Chào")

    assert body["error_code"] == 400
    assert body["description"] == BAD + "group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    assert (await office.call("sendMessage", chat_id=new, text="Chào"))["ok"]


async def test_a_deleted_topic_is_gone(office: Office) -> None:
    forum = office.sandbox.add_group("Văn phòng", [office.lan], topics=["Nhắc việc", "Báo cáo"])
    office.sandbox.add_bot_to_group(forum)
    topics = office.sandbox.topics(forum)
    office.sandbox.delete_topic(forum, topics["Nhắc việc"])

    gone = await office.call(
        "sendMessage", chat_id=forum, text="a", message_thread_id=topics["Nhắc việc"]
    )
    kept = await office.call(
        "sendMessage", chat_id=forum, text="a", message_thread_id=topics["Báo cáo"]
    )

    assert gone["description"] == BAD + "message thread not found"
    assert kept["result"]["message_thread_id"] == topics["Báo cáo"]
    assert kept["result"]["is_topic_message"]


async def test_it_edits_only_its_own_messages_and_only_if_something_changes(
    office: Office,
) -> None:
    own = await office.send_button(office.lan)
    theirs = office.sandbox.say(office.lan, office.lan, "Chào")["message_id"]
    markup = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "item:seen:5"}]]}

    async def edit(message_id: int, **params: Any) -> str:
        body = await office.call(
            "editMessageText", chat_id=office.lan, message_id=message_id, **params
        )
        return str(body.get("description", "done"))

    same = "message is not modified: specified new message content and reply markup are exactly"
    assert (await edit(own, text="Chào", reply_markup=markup)).startswith(BAD + same)
    assert await edit(theirs, text="Khác") == BAD + "message can't be edited"
    assert await edit(999, text="Khác") == BAD + "message to edit not found"
    assert await edit(own, text="Chào") == "done", "the button goes away"
    assert (await edit(own, text="Chào")).startswith(BAD + same)


async def test_a_message_that_asks_for_a_reply_stays_as_it_is(office: Office) -> None:
    message_id = await office.send(office.lan, reply_markup={"force_reply": True})

    body = await office.call(
        "editMessageText", chat_id=office.lan, message_id=message_id, text="Khác"
    )

    assert body["description"] == BAD + "message can't be edited"


async def test_it_deletes_only_its_own_messages_for_two_days(office: Office) -> None:
    own = await office.send(office.group)
    old = await office.send(office.group)
    theirs = office.sandbox.say(office.group, office.lan, "Chào")["message_id"]

    async def delete(message_id: int) -> str:
        body = await office.call("deleteMessage", chat_id=office.group, message_id=message_id)
        return str(body.get("description", "done"))

    assert await delete(own) == "done"
    assert await delete(own) == BAD + "message to delete not found"
    assert await delete(theirs) == BAD + "message can't be deleted"
    await office.sandbox.move_clock(office.sandbox.now() + dt.timedelta(hours=49))
    assert await delete(old) == BAD + "message can't be deleted"


async def test_a_query_is_answered_once_and_soon(office: Office) -> None:
    message_id = await office.send_button(office.group)
    first, second = (
        office.sandbox.press(office.group, office.minh, message_id, "Đã nhận") for _ in range(2)
    )

    async def answer(query_id: str, text: str = "Đã ghi") -> str:
        body = await office.call("answerCallbackQuery", callback_query_id=query_id, text=text)
        return str(body.get("description", "done"))

    too_old = BAD + "query is too old and response timeout expired or query ID is invalid"
    assert await answer(first, "a" * 201) == BAD + "MESSAGE_TOO_LONG"
    assert await answer(first) == "done"
    assert await answer(first) == too_old
    assert await answer("12345") == too_old
    await office.sandbox.move_clock(office.sandbox.now() + dt.timedelta(seconds=151))
    assert await answer(second) == too_old


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([("Viec", "Danh sách")], "BOT_COMMAND_INVALID"),
        ([("viec-cua-toi", "Danh sách")], "BOT_COMMAND_INVALID"),
        ([("v" * 33, "Danh sách")], "BOT_COMMAND_INVALID"),
        ([("viec", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("viec", "a" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([(f"viec{number}", "a") for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_it_refuses_menus(
    office: Office, commands: list[tuple[str, str]], description: str
) -> None:
    listed = [{"command": name, "description": text} for name, text in commands]

    body = await office.call("setMyCommands", commands=listed)

    assert body["description"] == BAD + description


async def test_it_refuses_a_menu_for_no_language_and_for_no_chat(office: Office) -> None:
    commands = [{"command": "viec", "description": "Danh sách"}]
    nowhere = {"type": "chat", "chat_id": 42}

    language = await office.call("setMyCommands", commands=commands, language_code="vi-VN")
    chat = await office.call("setMyCommands", commands=commands, scope=nowhere)
    scope = await office.call("setMyCommands", commands=commands, scope={"type": "everyone"})

    assert language["description"] == BAD + "invalid language code specified"
    assert chat["description"] == BAD + "chat not found"
    assert scope["description"] == BAD + 'field "scope" has an unsupported type'


async def test_it_refuses_captions_files_and_albums(office: Office) -> None:
    async def upload(method: str, field: str, data: bytes, **params: str) -> str:
        form = aiohttp.FormData()
        form.add_field("chat_id", str(office.lan))
        form.add_field(field, data, filename="a.bin")
        for name, value in params.items():
            form.add_field(name, value)
        url = f"{office.sandbox.base_url}{office.sandbox.token}/{method}"
        async with office.http.post(url, data=form) as response:
            return str((await response.json()).get("description", "done"))

    too_long = BAD + "message caption is too long"
    wrong = BAD + "wrong file identifier/HTTP URL specified"
    by_link = await office.call("sendDocument", chat_id=office.lan, document="https://x.vn/a.pdf")
    album = await office.call(
        "sendMediaGroup", chat_id=office.lan, media=[{"type": "document", "media": "file-1"}]
    )
    assert await upload("sendDocument", "document", b"a", caption="a" * 1025) == too_long
    assert await upload("sendDocument", "document", b"") == BAD + "file must be non-empty"
    assert await upload("sendPhoto", "photo", b"text") == BAD + "IMAGE_PROCESS_FAILED"
    assert by_link["description"] == wrong
    assert album["description"] == BAD + "media group must include 2-10 items"


async def test_it_takes_50_megabytes_and_gives_20(office: Office) -> None:
    megabyte = 1024 * 1024
    too_big = aiohttp.FormData({"chat_id": str(office.lan)})
    too_big.add_field("document", io.BytesIO(bytes(50 * megabyte + 1)), filename="a.bin")
    large = office.sandbox.send_file(office.lan, office.lan, "a.bin", bytes(20 * megabyte + 1))
    url = f"{office.sandbox.base_url}{office.sandbox.token}/sendDocument"

    async with office.http.post(url, data=too_big) as response:
        sent = await response.json()
    fetched = await office.call("getFile", file_id=large["document"]["file_id"])

    assert (sent["error_code"], sent["description"]) == (413, "Request Entity Too Large")
    assert fetched["description"] == BAD + "file is too big"


async def test_pinning_in_a_group_needs_the_right_to(office: Office) -> None:
    message_id = await office.send(office.group)
    private = await office.send(office.lan)

    refused = await office.call("pinChatMessage", chat_id=office.group, message_id=message_id)
    pinned = await office.call("pinChatMessage", chat_id=office.lan, message_id=private)

    rights = "not enough rights to manage pinned messages in the chat"
    assert refused["description"] == BAD + rights
    assert pinned["ok"]


async def test_the_limits_on_writing_hold_when_switched_on(office: Office) -> None:
    office.sandbox.limit_rates()

    async def send(chat_id: int) -> int:
        body = await office.call("sendMessage", chat_id=chat_id, text="a")
        return int(body.get("parameters", {}).get("retry_after", 0))

    assert [await send(office.lan), await send(office.lan)] == [0, 1]
    for _ in range(20):
        assert await send(office.group) == 0
        await office.sandbox.move_clock(office.sandbox.now() + dt.timedelta(seconds=1.5))
    assert 25 <= await send(office.group) <= 30
