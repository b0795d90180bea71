"""Who asks, and where: what an incoming update says about its sender."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A Telegram account in a chat; `thread_id` is 0 outside topics.

    `update_id` is the incoming update, so that an act happens once. `language` is the code the
    account's app reports, for people who are not registered yet.
    """

    telegram_id: int
    name: str
    chat_id: int
    thread_id: int = 0
    private: bool = True
    chat_title: str = ""
    update_id: int | None = None
    language: str = ""

    @property
    def address(self) -> tuple[int, int]:
        """The chat and topic spoken in."""
        return self.chat_id, self.thread_id
