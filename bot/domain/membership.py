"""Roles held and chats bound, as Văn phòng sees them. Pure."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.roles import ChatPurpose, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, or will; days are local and inclusive, None: open."""

    id: int
    person_id: int
    name: str
    role: Role
    unit_id: int | None
    stands_in_for: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    director: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """A chat's purpose; `lost`: the bot cannot write there any more."""

    id: int
    chat_id: int
    title: str
    topic: bool
    purpose: ChatPurpose
    unit_id: int | None
    lost: bool
