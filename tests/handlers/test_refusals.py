"""What Telegram refuses and what it means: this message, the topic, or the chat."""

import pytest
from telegram.error import BadRequest, Forbidden

from bot.domain.errors import DeliveryError
from bot.services.messages import Address, Outgoing
from handlers.sender import TelegramSender, translated_errors
from tests.chatting import Talk

OF_THE_CHAT = [
    BadRequest("Bad Request: not enough rights to send text messages to the chat"),
    BadRequest("Bad Request: have no rights to send a message"),
    BadRequest("Bad Request: need administrator rights in the channel chat"),
    BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"),
    BadRequest("Bad Request: CHAT_RESTRICTED"),
    BadRequest("Bad Request: PEER_ID_INVALID"),
    BadRequest("Bad Request: USER_IS_BLOCKED"),
    BadRequest("Bad Request: group is deactivated"),
    BadRequest("Bad Request: chat not found"),
    BadRequest("Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"),
    Forbidden("Forbidden: bot was kicked from the group chat"),
    Forbidden("Forbidden: user is deactivated"),
]
OF_THE_MESSAGE = [
    "can't parse entities: unsupported start tag",
    "message is too long",
    "message text is empty",
    "message caption is too long",
    "BUTTON_DATA_INVALID",
    "can't parse inline keyboard button: text buttons are unallowed",
    "wrong file identifier/HTTP URL specified",
    "wrong remote file identifier specified: wrong string length",
    "not enough rights to send photos to the chat",
    "CHAT_SEND_MEDIA_FORBIDDEN",
    "IMAGE_PROCESS_FAILED",
    "message to be replied not found",
    "message to edit not found",
    "message can't be edited",
    "query is too old and response timeout expired or query ID is invalid",
]


def refused(error: Exception) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught, translated_errors():
        raise error
    return caught.value


@pytest.mark.parametrize("error", OF_THE_CHAT, ids=str)
def test_what_does_not_speak_of_the_message_is_about_the_chat(error: Exception) -> None:
    found = refused(error)

    assert (found.permanent, found.chat_lost, found.topic_only) == (True, True, False)


@pytest.mark.parametrize("words", OF_THE_MESSAGE)
def test_what_speaks_of_the_message_loses_no_chat(words: str) -> None:
    found = refused(BadRequest(f"Bad Request: {words}"))

    assert (found.permanent, found.chat_lost, found.topic_only) == (True, False, False)


def test_a_closed_topic_is_lost_alone() -> None:
    found = refused(BadRequest("Bad Request: TOPIC_CLOSED"))

    assert (found.permanent, found.chat_lost, found.topic_only) == (True, True, True)


async def test_what_was_for_a_closed_topic_is_not_shown_to_its_whole_group(talk: Talk) -> None:
    talk.request.refuse("sendMessage", 400, "Bad Request: TOPIC_CLOSED")

    with pytest.raises(DeliveryError):
        await TelegramSender(talk.application.bot).send(Address(-5, 42), Outgoing("I.1"))

    assert [params["message_thread_id"] for _, params in talk.request.calls] == [42]
