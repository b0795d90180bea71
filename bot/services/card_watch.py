"""Cards follow their items: the messages that show one are edited when the item changes.

Only the newest few of a chat, for a week. An edit that fails is harmless: it is the next press
that shows how things stand.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.clock import Clock
from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.domain.listing import ListRef
from bot.i18n import Translator, Translators
from bot.services.access import get_viewer, locale_for
from bot.services.actor import Actor
from bot.services.cards import card_of
from bot.services.editing import Editor, edited
from bot.services.messages import Address, Card, Outgoing
from storage import card_messages
from storage.audit import newest_entry
from storage.card_messages import CardMessage
from storage.db import Database
from storage.history import items_changed_since

MOST_IN_CHAT = 3
KEPT = dt.timedelta(days=7)
# Entries looked at, and messages edited, in one round: edits share the limits of sending.
MOST_ENTRIES, MOST_EDITS = 500, 10


async def remember(
    db: Database, actor: Actor, message_id: int, card: Card, origin: str, now: dt.datetime
) -> None:
    """Keep that a message shows `card` to `actor`; `origin` names the list it came from."""
    async with db.begin() as session:
        await card_messages.put_message(
            session,
            office_id=card.item.office_id,
            telegram_chat_id=actor.chat_id,
            thread_id=actor.thread_id,
            message_id=message_id,
            telegram_id=actor.telegram_id,
            private=actor.private,
            item_id=card.item.id,
            origin=origin,
            audit_id=card.audit_id,
            shown_at=now,
        )
        await card_messages.forget_older(session, actor.chat_id, MOST_IN_CHAT, now - KEPT)


async def give_way(db: Database, chat_id: int, message_id: int) -> None:
    """Keep that a message shows something else than its card from now on."""
    async with db.read() as session:
        shows = await card_messages.shows(session, chat_id, message_id)
    if shows:
        async with db.begin() as session:
            await card_messages.end(session, chat_id, message_id)


async def origin_of(db: Database, chat_id: int, message_id: int) -> str:
    """Return the list that the card in a message was opened from, "" when that is not known."""
    async with db.read() as session:
        found = await card_messages.find_message(session, chat_id, message_id)
    return found.origin if found else ""


class CardWatch:
    """Edits the cards whose items have changed. Remembers how far it has looked."""

    def __init__(
        self,
        db: Database,
        editor: Editor,
        render: Callable[[Card, Translator], Outgoing],
        read_origin: Callable[[str], ListRef],
        translators: Translators,
        clock: Clock,
    ) -> None:
        self._db = db
        self._editor = editor
        self._render = render
        self._read_origin = read_origin
        self._translators = translators
        self._clock = clock
        self._seen: int | None = None

    async def refresh(self) -> None:
        """Edit the messages that show items as they were before the newest entries."""
        async with self._db.read() as session:
            if self._seen is None:
                # After a start: from what the oldest card shows, else from now.
                oldest = await card_messages.oldest_shown(session)
                newest = await newest_entry(session)
                self._seen = newest if oldest is None else oldest
            newest, items = await items_changed_since(session, self._seen, MOST_ENTRIES)
            found = await card_messages.outdated(session, items, newest) if items else []
        for message in found[:MOST_EDITS]:
            await self._edit(message)
        if len(found) <= MOST_EDITS:
            self._seen = newest

    async def _edit(self, message: CardMessage) -> None:
        shown = await self._shown(message)
        live, entry = shown is not None, 0
        if shown is not None:
            said, entry = shown
            address = Address(message.telegram_chat_id, message.thread_id)
            error = await edited(self._editor, address, message.message_id, said)
            live = error is None or not error.permanent
        async with self._db.begin() as session:
            await card_messages.note_shown(session, message.id, entry, live=live)

    async def _shown(self, message: CardMessage) -> tuple[Outgoing, int] | None:
        """Return what the message should show, None where its viewer may no longer see it."""
        actor = Actor(
            message.telegram_id,
            "",
            message.telegram_chat_id,
            message.thread_id,
            private=message.private,
        )
        today = local_day(self._clock())
        async with self._db.read() as session:
            try:
                viewer = await get_viewer(session, actor, today)
                card = await card_of(session, viewer, message.item_id, today)
            except NotFound:
                return None
            locale = await locale_for(session, actor)
        card = replace(card, origin=self._read_origin(message.origin))
        return self._render(card, self._translators(locale)), card.audit_id
