"""The clock, the specification tables, and the control API that the page uses."""

import base64
import datetime as dt
import json
import sys
from asyncio import subprocess
from pathlib import Path

import aiohttp
import pytest
from sandbox_office import FRIDAY_MORNING, Office

from bot.sandbox import Sandbox, SandboxError
from bot.sandbox.clock import MovableClock, next_morning
from bot.sandbox.methods import METHODS as IMPLEMENTED
from bot.sandbox.spec import KINDS, METHODS, TYPES, Field

API = Path(__file__).parents[2].parent / "shared/botapi/api.json"


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2024-04-25T07:30:59+07:00", "2024-04-25"),
        ("2024-04-25T07:31:00+07:00", "2024-04-26"),
        ("2024-04-26T07:31:00+07:00", "2024-05-02"),
        ("2024-04-26T23:30:00+00:00", "2024-05-02"),
        ("2024-05-02T00:10:00+07:00", "2024-05-02"),
        ("2024-12-31T18:00:00+07:00", "2025-01-01"),
    ],
)
def test_the_next_morning_skips_weekends_and_the_days_off_it_is_told(
    now: str, morning: str
) -> None:
    days_off = {dt.date(2024, 4, 29), dt.date(2024, 4, 30), dt.date(2024, 5, 1)}

    found = next_morning(dt.datetime.fromisoformat(now), days_off.__contains__)

    assert found.isoformat() == f"{morning}T07:31:00+07:00"


def test_the_clock_runs_and_never_goes_back() -> None:
    clock = MovableClock(FRIDAY_MORNING)
    still = MovableClock(FRIDAY_MORNING, running=False)

    clock.move_to(FRIDAY_MORNING + dt.timedelta(hours=1))

    assert clock.now() >= FRIDAY_MORNING + dt.timedelta(hours=1)
    assert still.now() == FRIDAY_MORNING
    with pytest.raises(ValueError, match="only moves forward"):
        clock.move_to(FRIDAY_MORNING)
    with pytest.raises(ValueError, match="aware"):
        MovableClock(FRIDAY_MORNING.replace(tzinfo=None))


async def test_the_bot_is_told_when_the_clock_jumps(office: Office) -> None:
    seen: list[dt.datetime] = []

    async def tick() -> None:
        seen.append(office.sandbox.now())

    office.sandbox.on_clock_moved = tick
    to = office.sandbox.now() + dt.timedelta(hours=1)
    moved, body = await office.control("clock", {"to": to.isoformat()})
    back, problem = await office.control("clock", {"to": FRIDAY_MORNING.isoformat()})
    await office.control("clock", {"next": "morning"})
    await office.control("clock", {"next": "afternoon"})
    await office.control("clock", {"forward_seconds": 60})
    _, shown = await office.control("clock")

    assert (moved, body["now"][:16]) == (200, "2024-04-26T08:31")
    assert (back, problem["error"]["code"]) == (400, "clock_back")
    assert [at.isoformat()[:16] for at in seen] == [
        "2024-04-26T08:31",
        "2024-04-29T07:31",
        "2024-04-29T13:31",
        "2024-04-29T13:32",
    ]
    assert shown["now"].startswith("2024-04-29T13:32")


@pytest.mark.skipif(not API.exists(), reason="the Bot API as data is not at hand")
def test_the_tables_agree_with_the_bot_api() -> None:
    api = json.loads(API.read_text())
    kinds = {
        "default": "BotCommandScopeDefault",
        "all_private_chats": "BotCommandScopeAllPrivateChats",
        "all_group_chats": "BotCommandScopeAllGroupChats",
        "all_chat_administrators": "BotCommandScopeAllChatAdministrators",
        "chat": "BotCommandScopeChat",
        "chat_administrators": "BotCommandScopeChatAdministrators",
        "chat_member": "BotCommandScopeChatMember",
        "emoji": "ReactionTypeEmoji",
    }
    ours = [(f"method {name}", fields, api["methods"][name]) for name, fields in METHODS.items()]
    ours += [(f"type {name}", fields, api["types"][name]) for name, fields in TYPES.items()]
    ours += [
        (f"type {kinds[kind]}", fields, api["types"][kinds[kind]])
        for table in KINDS.values()
        for kind, fields in table.items()
    ]

    for where, fields, theirs in ours:
        listed = {
            one["name"]: Field(one["name"], tuple(one["types"]), one["required"])
            for one in theirs.get("fields", ())
        }
        required = {name for name, field in listed.items() if field.required}
        assert fields.keys() <= listed.keys(), where
        assert required <= fields.keys(), where
        for name, field in fields.items():
            assert set(field.types) <= set(listed[name].types), f"{where}, {name}"
            assert field.required == listed[name].required, f"{where}, {name}"


def test_every_method_of_the_tables_is_served() -> None:
    assert METHODS.keys() == IMPLEMENTED.keys() | {"getUpdates"}


async def test_another_process_can_do_all_that_people_do(office: Office) -> None:
    async def do(verb: str, **arguments: object) -> object:
        status, body = await office.control(verb, arguments)
        assert status == 200, body
        return body["result"]

    user = await do("add_user", name="Hoa")
    await do("press_start", user_id=user, payload="don-vi_7")
    said = await do("say", chat_id=user, user_id=user, text="/viec 5")
    data = base64.b64encode(b"noi dung").decode()
    await do("send_file", chat_id=user, user_id=user, name="Kế hoạch.docx", data=data)
    message_id = await office.send_button(int(str(user)))
    query = await do(
        "press", chat_id=user, user_id=user, message_id=message_id, button="item:seen:5"
    )
    await do("fail", method="sendMessage", chat_id=user, retry_after=30)
    refused = await office.call("sendMessage", chat_id=user, text="a")
    _, listed = await office.control(f"messages?chat_id={user}")
    _, waited = await office.control(f"wait?chat_id={user}&containing=Chào")
    late, _ = await office.control(f"wait?chat_id={user}&containing=Khác&seconds=0.01")
    _, updates = await office.control("updates")
    _, calls = await office.control("calls")
    _, answers = await office.control("answers")

    assert isinstance(said, dict)
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert refused["parameters"] == {"retry_after": 30}
    assert [one.get("text") for one in listed["result"]] == [
        "/start don-vi_7",
        "/viec 5",
        None,
        "Chào",
    ]
    assert (waited["result"]["message_id"], late) == (message_id, 504)
    assert updates["result"][-1]["callback_query"]["id"] == query
    assert calls["result"][-1]["status"] == 429
    assert answers == {"result": []}


@pytest.mark.parametrize(
    ("verb", "arguments", "code"),
    [
        ("say", {"chat_id": 42, "user_id": 42, "text": "a"}, "no_chat"),
        ("say", {"chat_id": 5000000003, "user_id": 5000000003, "text": "a"}, "not_started"),
        ("say", {"chat_id": 5000000001, "user_id": 5000000002, "text": "a"}, "not_member"),
        ("say", {"chat_id": 5000000001, "user_id": 5000000001, "text": " "}, "empty"),
        ("say", {"chat_id": 5000000001}, "bad_request"),
        ("press_start", {"user_id": 5000000001, "payload": "có dấu"}, "bad_payload"),
        ("press_start", {"user_id": 5000000001, "payload": "a" * 65}, "bad_payload"),
        ("add_bot_to_group", {"chat_id": 5000000001}, "not_group"),
        ("migrate", {"chat_id": -1002000000001}, "not_plain_group"),
        ("redeliver", {"update_id": 1}, "no_update"),
        ("fail", {"colour": "red"}, "bad_request"),
    ],
)
async def test_what_nobody_can_do_is_refused(
    office: Office, verb: str, arguments: dict[str, object], code: str
) -> None:
    status, body = await office.control(verb, arguments)

    assert (status, body["error"]["code"]) == (400, code)


async def test_a_form_on_a_foreign_page_does_nothing(office: Office) -> None:
    url = f"{office.sandbox.url}/sandbox/say"
    body = json.dumps({"chat_id": office.lan, "user_id": office.lan, "text": "a"})

    async with office.http.post(url, data=body, headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 400

    assert len(office.sandbox.messages(office.lan)) == 1


async def test_only_a_button_that_is_there_can_be_pressed(office: Office) -> None:
    message_id = await office.send_button(office.group)
    await office.call("editMessageReplyMarkup", chat_id=office.group, message_id=message_id)

    with pytest.raises(SandboxError, match="has no button"):
        office.sandbox.press(office.group, office.lan, message_id, "Đã nhận")
    office.sandbox.press(office.group, office.lan, message_id, "item:seen:5", force=True)

    (update,) = await office.updates()
    assert update["callback_query"]["data"] == "item:seen:5"


async def test_the_page_learns_of_everything_as_it_happens(office: Office) -> None:
    async with office.http.get(f"{office.sandbox.url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        message_id = await office.send(office.lan)
        await office.call(
            "editMessageText", chat_id=office.lan, message_id=message_id, text="Khác"
        )
        lines = [await stream.content.readuntil(b"\n\n") for _ in range(2)]

    events = [json.loads(line.removeprefix(b"data: ")) for line in lines]
    assert [event["kind"] for event in events] == ["message", "edited"]
    assert events[1]["message"]["text"] == "Khác"


async def test_files_are_downloaded_and_never_shown_as_pages(office: Office) -> None:
    sent = office.sandbox.send_file(office.lan, office.lan, "Trang.html", b"<b>", "text/html")
    url = f"{office.sandbox.url}/sandbox/files/{sent['document']['file_id']}"

    async with office.http.get(url) as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert await response.read() == b"<b>"


async def test_the_page_is_served_without_anything_from_elsewhere(office: Office) -> None:
    for path in ("/", "/static/app.js", "/static/render.js", "/static/style.css"):
        async with office.http.get(office.sandbox.url + path) as response:
            assert response.status == 200
            assert "https://" not in (await response.text()).replace("https://t.me/", "")
    async with office.http.get(f"{office.sandbox.url}/static/..%2fserver.py") as response:
        assert response.status == 404


async def test_it_waits_no_longer_than_told_and_says_what_happened_instead() -> None:
    async with await Sandbox.start(now=FRIDAY_MORNING) as sandbox:
        with pytest.raises(TimeoutError, match="last calls"):
            await sandbox.wait_for(lambda: None, within=dt.timedelta(milliseconds=1))


async def test_it_runs_as_its_own_process() -> None:
    process = await subprocess.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.sandbox", "--now", FRIDAY_MORNING.isoformat(), "--token", "7:own"),
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    url = json.loads(await process.stdout.readline())["url"]

    async with aiohttp.ClientSession() as http, http.get(f"{url}/bot7:own/getMe") as response:
        body = await response.json()
    process.terminate()

    assert body["result"]["is_bot"]
    assert await process.wait() == 0
