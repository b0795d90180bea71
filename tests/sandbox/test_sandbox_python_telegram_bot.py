"""The library we use speaks to the sandbox unchanged and understands every answer."""

import datetime as dt
import struct
import zlib

import pytest
import telegram
from sandbox_office import Office
from telegram import error as telegram_error

from bot.sandbox import Fault
from bot.sandbox.faults import Cut


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


async def test_a_message_comes_back_with_its_entities_and_buttons(
    office: Office, bot: telegram.Bot
) -> None:
    button = telegram.InlineKeyboardButton("Đã nhận", callback_data="item:seen:5")

    message = await bot.send_message(
        office.group,
        "📌 <b>Quá hạn</b> &amp; "
        '<a href="https://t.me/nhacviec_demo_bot?start=5">thẻ</a>, xem /viec,'
        " hạn 26/4\n<blockquote><i>ghi chú</i></blockquote>",
        parse_mode="HTML",
        reply_markup=telegram.InlineKeyboardMarkup([[button]]),
        link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
    )

    assert message.text == "📌 Quá hạn & thẻ, xem /viec, hạn 26/4\nghi chú"
    said = [(one.type, message.parse_entity(one)) for one in message.entities]
    assert said == [
        ("bold", "Quá hạn"),
        ("text_link", "thẻ"),
        ("bot_command", "/viec"),
        ("blockquote", "ghi chú"),
        ("italic", "ghi chú"),
    ]
    assert message.reply_markup is not None
    assert message.reply_markup.inline_keyboard[0][0] == button
    assert message.chat.type == "supergroup"
    assert abs(message.date - office.sandbox.now()) < dt.timedelta(minutes=1)


async def test_messages_are_edited_answered_and_deleted(office: Office, bot: telegram.Bot) -> None:
    asked = office.sandbox.say(office.group, office.lan, "/viec")

    message = await bot.send_message(
        office.group, "một", reply_parameters=telegram.ReplyParameters(asked["message_id"])
    )
    edited = await bot.edit_message_text(
        "<code>hai</code>", office.group, message.message_id, parse_mode="HTML"
    )
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "/viec"
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.edit_date is not None) == ("hai", True)
    assert await bot.delete_message(office.group, message.message_id)


async def test_a_pressed_button_arrives_and_its_answer_is_seen(
    office: Office, bot: telegram.Bot
) -> None:
    message_id = await office.send_button(office.group)
    query_id = office.sandbox.press(office.group, office.minh, message_id, "Đã nhận")

    (update,) = await bot.get_updates(allowed_updates=telegram.Update.ALL_TYPES)
    assert update.callback_query is not None
    await update.callback_query.answer("Đã ghi", show_alert=True)

    answer = await office.sandbox.wait_for_answer(query_id)
    assert (answer.text, answer.show_alert, answer.user_id) == ("Đã ghi", True, office.minh)
    assert update.callback_query.from_user.full_name == "Minh"
    assert isinstance(update.callback_query.message, telegram.Message)


async def test_files_go_both_ways_with_vietnamese_names(office: Office, bot: telegram.Bot) -> None:
    office.sandbox.send_file(
        office.lan, office.lan, "Kế hoạch CCHC.docx", b"noi dung", "application/msword", "Kèm theo"
    )
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    received = await (await update.message.document.get_file()).download_as_bytearray()

    sent = await bot.send_document(office.lan, b"bang", filename="Bảng quá hạn.xlsx", caption="5")

    assert bytes(received) == b"noi dung"
    assert update.message.caption == "Kèm theo"
    assert sent.document is not None
    assert sent.document.file_name == "Bảng quá hạn.xlsx"
    assert office.sandbox.file(sent.document.file_id) == b"bang"
    again = await bot.send_document(office.lan, sent.document.file_id)
    assert again.document == sent.document


async def test_pictures_and_albums_are_sent(office: Office, bot: telegram.Bot) -> None:
    photo = await bot.send_photo(
        office.lan, png(640, 360), caption="<b>Tháng 4</b>", parse_mode="HTML"
    )
    album = await bot.send_media_group(
        office.lan,
        [
            telegram.InputMediaDocument(data, filename=f"{data.decode()}.txt")
            for data in (b"a", b"b")
        ],
    )

    assert [(size.width, size.height) for size in photo.photo] == [(90, 51), (640, 360)]
    assert photo.caption_entities[0].type == "bold"
    assert len({message.media_group_id for message in album}) == 1
    assert [message.document and message.document.file_name for message in album] == [
        "a.txt",
        "b.txt",
    ]


async def test_chats_members_and_the_bot_itself_can_be_asked_about(
    office: Office, bot: telegram.Bot
) -> None:
    chat = await bot.get_chat(office.group)
    owner = await bot.get_chat_member(office.group, office.lan)
    member = await bot.get_chat_member(office.group, office.minh)
    stranger = await bot.get_chat_member(office.group, office.khach)
    admins = await bot.get_chat_administrators(office.group)
    info = await bot.get_webhook_info()

    assert (chat.title, bot.username) == ("Phòng Hành chính tư pháp", "nhacviec_demo_bot")
    assert [one.status for one in (owner, member, stranger)] == ["creator", "member", "left"]
    assert [one.user.id for one in admins] == [office.lan]
    assert await bot.get_chat_member_count(office.group) == 3
    assert info.url == ""
    assert await bot.leave_chat(office.group)


async def test_the_small_calls_work(office: Office, bot: telegram.Bot) -> None:
    message = await bot.send_message(
        office.lan, "Gửi minh chứng", reply_markup=telegram.ForceReply(selective=True)
    )

    assert message.reply_markup is None, "Telegram does not return forced replies"
    assert office.sandbox.messages(office.lan)[-1]["prompt"]["force_reply"]
    assert await bot.send_chat_action(office.lan, "typing")
    assert await bot.set_message_reaction(office.lan, message.message_id, "👍")
    assert await bot.pin_chat_message(office.lan, message.message_id)
    assert await bot.unpin_chat_message(office.lan)
    assert (await bot.copy_message(office.group, office.lan, message.message_id)).message_id
    assert await bot.set_my_description("Nhắc việc theo kế hoạch năm")
    assert (await bot.get_my_description()).description == "Nhắc việc theo kế hoạch năm"
    assert await bot.set_my_short_description("Nhắc việc", language_code="vi")
    assert (await bot.get_my_short_description("vi")).short_description == "Nhắc việc"


async def test_the_narrowest_menu_in_ones_own_language_shows(
    office: Office, bot: telegram.Bot
) -> None:
    foreigner = office.sandbox.add_user("Anna", language_code="en")
    office.sandbox.set_member(office.group, foreigner)

    async def set_menu(
        name: str, scope: telegram.BotCommandScope | None = None, language: str | None = None
    ) -> None:
        await bot.set_my_commands([(name, "…")], scope, language)

    await set_menu("chung")
    await set_menu("chung_vi", language="vi")
    await set_menu("nhom", telegram.BotCommandScopeAllGroupChats())
    await set_menu("van_phong", telegram.BotCommandScopeChat(office.group), "vi")
    await set_menu("chu_nhom", telegram.BotCommandScopeChatAdministrators(office.group))

    def menu(chat_id: int, user_id: int) -> str:
        return str(office.sandbox.commands(chat_id, user_id)[0]["command"])

    assert menu(office.lan, office.lan) == "chung_vi"
    assert menu(foreigner, foreigner) == "chung"
    assert menu(office.group, office.lan) == "chu_nhom"
    assert menu(office.group, office.minh) == "van_phong"
    assert menu(office.group, foreigner) == "nhom"
    await bot.delete_my_commands(telegram.BotCommandScopeChat(office.group), "vi")
    assert menu(office.group, office.minh) == "nhom"
    assert await bot.get_my_commands() == (telegram.BotCommand("chung", "…"),)


async def test_failures_arrive_as_the_librarys_own_errors(
    office: Office, bot: telegram.Bot
) -> None:
    office.sandbox.fail(Fault(retry_after=dt.timedelta(seconds=9)))
    with pytest.raises(telegram_error.RetryAfter) as waits:
        await bot.send_message(office.lan, "a")
    assert waits.value.retry_after == dt.timedelta(seconds=9)

    office.sandbox.block(office.lan)
    with pytest.raises(telegram_error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(office.lan, "a")

    old = office.sandbox.add_group("Nhóm thường", [office.lan], kind="group")
    office.sandbox.add_bot_to_group(old)
    new = office.sandbox.migrate(old)
    with pytest.raises(telegram_error.ChatMigrated) as moved:
        await bot.send_message(old, "a")
    assert moved.value.new_chat_id == new


async def test_a_cut_line_hides_whether_the_message_arrived(
    office: Office, bot: telegram.Bot
) -> None:
    office.sandbox.fail(Fault(method="sendMessage", cut=Cut.BEFORE))
    office.sandbox.fail(Fault(method="sendMessage", cut=Cut.AFTER))

    for text in ("trước", "sau"):
        with pytest.raises(telegram_error.NetworkError):
            await bot.send_message(office.group, text)

    said = [one.get("text") for one in office.sandbox.messages(office.group)]
    assert "trước" not in said
    assert said[-1] == "sau"
    assert [call.status for call in office.sandbox.calls[-2:]] == [None, None]


async def test_a_slow_answer_times_out_though_it_was_delivered(
    office: Office, bot: telegram.Bot
) -> None:
    office.sandbox.fail(Fault(method="sendMessage", delay=dt.timedelta(seconds=0.2)))

    with pytest.raises(telegram_error.TimedOut):
        await bot.send_message(office.lan, "chậm", read_timeout=0.05)

    assert await office.sandbox.wait_for_message(office.lan, "chậm")
