"""What can go wrong, as types: mistakes of users, and deliveries that failed."""

import datetime as dt

from bot.domain.problem import N_, Problem, problem


class BotError(Exception):
    """Base of every error this project raises on purpose."""


class UserError(BotError):
    """Bad input or a refused act; the text is shown to the person, nothing was changed."""

    def __init__(self, msgid: str, **params: object) -> None:
        self.problem: Problem = problem(msgid, **params)
        super().__init__(msgid)


class NotFound(UserError):
    """The thing does not exist, or the person may not see it: both look alike."""


class NotAllowed(UserError):
    """The person may see the thing but not do this with it."""


class MovedOn(UserError):
    """What a button was shown for stands otherwise by now: the message it is under is old."""


class BearsSecretMark(UserError):
    """What was sent bears a mark of state secrecy: it was not kept, and can be said without."""


class DatabaseUnusable(UserError):
    """There is no database at the address in the settings, and none can be made there."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            N_("The database {name} cannot be used: {reason}."), name=name, reason=reason
        )


class DatabaseTrouble(BotError):
    """The disk is full or the database locked: nothing was written, and it is tried again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyHandled(BotError):
    """This update was acted on before: it came twice, or the process died before the answer."""


class DeliveryError(BotError):
    """A message could not be delivered.

    `permanent`: it will never be. `chat_lost`: nor will anything else to this chat; `topic_only`:
    save to the other topics of its group. `retry_after`: the platform asked for exactly this wait.
    `uncertain`: it may have arrived all the same.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: dt.timedelta | None = None,
        uncertain: bool = False,
        chat_lost: bool = False,
        topic_only: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.uncertain = uncertain
        self.chat_lost = chat_lost
        self.topic_only = topic_only


class ChatMoved(DeliveryError):
    """The group became a supergroup; the same message goes to `telegram_id`."""

    def __init__(self, telegram_id: int) -> None:
        super().__init__("chat moved")
        self.telegram_id = telegram_id
