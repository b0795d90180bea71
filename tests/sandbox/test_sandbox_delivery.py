"""How updates reach the bot: polling, confirmation, redelivery, and what privacy mode hides."""

import asyncio
import datetime as dt

from sandbox_office import Office

from bot.sandbox import Fault


async def test_updates_stay_until_a_higher_offset_confirms_them(office: Office) -> None:
    for text in ("một", "hai", "ba"):
        office.sandbox.say(office.lan, office.lan, text)

    first = await office.updates()
    again = await office.updates()
    rest = await office.updates(offset=first[0]["update_id"] + 1)
    last = await office.updates(offset=-1)

    assert [one["message"]["text"] for one in first] == ["một", "hai", "ba"]
    assert again == first
    assert rest == first[1:]
    assert last == first[2:]
    assert await office.updates(offset=last[0]["update_id"] + 1) == []


async def test_a_poll_brings_at_most_what_it_asks_for_and_never_more_than_100(
    office: Office,
) -> None:
    for number in range(120):
        office.sandbox.say(office.lan, office.lan, str(number))

    assert len(await office.updates()) == 100
    assert len((await office.call("getUpdates", limit=7))["result"]) == 7


async def test_a_waiting_poll_ends_as_soon_as_something_is_said(office: Office) -> None:
    waiting = asyncio.create_task(office.updates(seconds=50))
    await office.sandbox.wait_for(lambda: office.sandbox.world.updates.is_polled)

    office.sandbox.say(office.lan, office.lan, "Chào")

    assert [one["message"]["text"] for one in await asyncio.wait_for(waiting, 2)] == ["Chào"]


async def test_a_second_poll_ends_the_first(office: Office) -> None:
    first = asyncio.create_task(office.call("getUpdates", timeout=50))
    await office.sandbox.wait_for(lambda: office.sandbox.world.updates.is_polled)

    second = await office.call("getUpdates", timeout=0)

    told = await asyncio.wait_for(first, 2)
    assert second == {"ok": True, "result": []}
    assert told["error_code"] == 409
    assert told["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_closing_ends_a_waiting_poll(office: Office) -> None:
    waiting = asyncio.create_task(office.updates(seconds=50))
    await office.sandbox.wait_for(lambda: office.sandbox.world.updates.is_polled)

    await office.sandbox.close()

    assert await asyncio.wait_for(waiting, 2) == []


async def test_an_update_can_come_twice(office: Office) -> None:
    office.sandbox.say(office.lan, office.lan, "Chào")
    (update,) = await office.updates()
    assert await office.updates(offset=update["update_id"] + 1) == []

    office.sandbox.redeliver(update["update_id"])

    assert await office.updates(offset=update["update_id"] + 1) == [update]
    assert await office.updates(offset=update["update_id"] + 1) == []


async def test_only_the_kinds_asked_for_come(office: Office) -> None:
    message_id = await office.send_button(office.lan)
    await office.call("getUpdates", allowed_updates=["callback_query"])

    office.sandbox.say(office.lan, office.lan, "Chào")
    office.sandbox.press(office.lan, office.lan, message_id, "item:seen:5")

    (update,) = await office.updates()
    assert update["callback_query"]["data"] == "item:seen:5"
    refused = await office.call("getUpdates", allowed_updates=["messages"])
    assert refused["description"] == 'Bad Request: unknown update type "messages"'


async def test_in_a_group_the_bot_hears_commands_and_replies_to_it_only(office: Office) -> None:
    own = await office.send(office.group)
    spoken = [
        office.sandbox.say(office.group, office.lan, text)
        for text in ("Chào cả nhà", "xem /viec nhé", "/viec@bot_khac 5")
    ]
    office.sandbox.say(office.group, office.lan, "/viec")
    office.sandbox.say(office.group, office.minh, "/viec@NhacViec_demo_bot 5")
    office.sandbox.say(office.group, office.minh, "Xong rồi", reply_to=own)
    office.sandbox.say(office.group, office.minh, "Tốt", reply_to=spoken[0]["message_id"])

    assert await office.said_to_bot() == ["/viec", "/viec@NhacViec_demo_bot 5", "Xong rồi"]
    assert len(office.sandbox.messages(office.group)) == 9, "people see everything"


async def test_the_bot_hears_of_edits_to_what_it_heard(office: Office) -> None:
    command = office.sandbox.say(office.group, office.lan, "/viec 5")["message_id"]
    remark = office.sandbox.say(office.group, office.lan, "Chào")["message_id"]

    office.sandbox.edit(office.group, office.lan, command, "/viec 6")
    office.sandbox.edit(office.group, office.lan, remark, "Chào cả nhà")

    first, second = await office.updates()
    assert first["message"]["text"] == "/viec 5", "what was told does not change"
    assert second["edited_message"]["text"] == "/viec 6"


async def test_the_bot_hears_who_joins_and_leaves(office: Office) -> None:
    office.sandbox.set_member(office.group, office.khach)
    office.sandbox.set_member(office.group, office.khach, "administrator")
    office.sandbox.set_member(office.group, office.khach, "left")

    joined, left = await office.updates()
    assert joined["message"]["new_chat_members"][0]["first_name"] == "Khách"
    assert left["message"]["left_chat_member"]["first_name"] == "Khách"


async def test_files_in_a_group_come_only_as_replies_to_the_bot(office: Office) -> None:
    own = await office.send(office.group)
    office.sandbox.send_file(office.group, office.lan, "a.docx", b"a")
    office.sandbox.send_file(office.group, office.lan, "b.docx", b"b", reply_to=own)

    (update,) = await office.updates()
    assert update["message"]["document"]["file_name"] == "b.docx"


async def test_an_administrator_hears_everything(office: Office) -> None:
    group = office.sandbox.add_group("Văn phòng", [office.lan])
    office.sandbox.add_bot_to_group(group, admin=True)
    office.sandbox.say(group, office.lan, "Chào cả nhà")

    assert (await office.said_to_bot())[-1] == "Chào cả nhà"


async def test_in_a_topic_everything_answers_the_message_that_opened_it(office: Office) -> None:
    forum = office.sandbox.add_group("Văn phòng", [office.lan], topics=["Nhắc việc"])
    office.sandbox.add_bot_to_group(forum)
    thread_id = office.sandbox.topics(forum)["Nhắc việc"]
    office.sandbox.world.updates.drop_all()

    office.sandbox.say(forum, office.lan, "không phải lệnh", thread_id=thread_id)
    office.sandbox.say(forum, office.lan, "/viec", thread_id=thread_id)

    (update,) = await office.updates()
    message = update["message"]
    assert message["message_thread_id"] == thread_id
    assert message["is_topic_message"]
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Nhắc việc"


async def test_the_bot_learns_where_it_is_added_and_removed(office: Office) -> None:
    group = office.sandbox.add_group("Phòng khác", [office.minh])
    office.sandbox.add_bot_to_group(group, payload="don-vi_7")
    office.sandbox.kick_bot(group)
    office.sandbox.block(office.lan)

    updates = await office.updates()

    def statuses(update: dict[str, dict[str, dict[str, str]]]) -> tuple[str, str]:
        change = update["my_chat_member"]
        return change["old_chat_member"]["status"], change["new_chat_member"]["status"]

    assert statuses(updates[0]) == ("left", "member")
    assert updates[1]["message"]["new_chat_members"][0]["id"] == office.sandbox.world.bot["id"]
    assert updates[2]["message"]["text"] == "/start@nhacviec_demo_bot don-vi_7"
    assert statuses(updates[3]) == ("member", "kicked")
    assert statuses(updates[4]) == ("member", "kicked")


async def test_a_group_that_moves_says_so_in_both_chats(office: Office) -> None:
    old = office.sandbox.add_group("Nhóm thường", [office.lan], kind="group")
    office.sandbox.add_bot_to_group(old)
    office.sandbox.world.updates.drop_all()

    new = office.sandbox.migrate(old)

    there, here = await office.updates()
    assert there["message"]["chat"]["id"] == old
    assert there["message"]["migrate_to_chat_id"] == new
    assert here["message"]["chat"]["id"] == new
    assert here["message"]["migrate_from_chat_id"] == old


async def test_queued_failures_hit_the_next_calls_that_match(office: Office) -> None:
    wait = dt.timedelta(seconds=17)
    office.sandbox.fail(Fault(method="sendMessage", chat_id=office.group, retry_after=wait))
    office.sandbox.fail(Fault(method="sendMessage", status=500))
    office.sandbox.fail(Fault(chat_id=office.lan, status=403))

    async def send(chat_id: int) -> tuple[int, int | None]:
        body = await office.call("sendMessage", chat_id=chat_id, text="Chào")
        parameters = body.get("parameters", {})
        return body.get("error_code", 200), parameters.get("retry_after")

    assert await send(office.lan) == (500, None)
    assert await send(office.group) == (429, 17)
    assert await send(office.group) == (200, None)
    assert await send(office.lan) == (403, None)
    assert await send(office.lan) == (200, None)


async def test_a_share_of_calls_fails_as_the_seed_says(office: Office) -> None:
    kinds = [Fault(method="sendMessage", status=500)]

    async def failures(seed: int) -> list[bool]:
        office.sandbox.fail_randomly(0.3, seed, kinds)
        return [
            not (await office.call("sendMessage", chat_id=office.lan, text="a"))["ok"]
            for _ in range(40)
        ]

    first = await failures(7)

    assert first == await failures(7)
    assert first != await failures(8)
    assert 4 <= sum(first) <= 20
    assert (await office.call("getMe"))["ok"]


async def test_a_command_in_a_caption_is_heard(office: Office) -> None:
    office.sandbox.send_file(office.group, office.lan, "a.docx", b"a", caption="/nop 5")

    (update,) = await office.updates()
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"
