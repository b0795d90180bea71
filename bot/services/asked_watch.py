"""Questions to who decides follow what they ask about: edited in place.

While a report awaits a decision its question shows the evidence; once it, a request for another
date or a difficulty was dealt with, taken back or undone, the question says so and nothing is left
to press.
"""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.i18n import Translators
from bot.services.contents import question_now
from bot.services.editing import Editor, edited
from bot.services.messages import Address, Gone, Outgoing, Renderer
from storage import asked, card_messages, offices
from storage.audit import newest_entry
from storage.db import Database
from storage.rows import Owed

# Entries looked at in one round; after a start the last ones are looked at once more.
MOST_ENTRIES, LOOK_BACK = 200, 200
# Messages edited in one round: edits share the limits of sending.
MOST_EDITS = 10


class AskedWatch:
    """Edits what asks for a decision. Remembers how far it has looked, and what is left."""

    def __init__(
        self,
        db: Database,
        editor: Editor,
        render: Renderer,
        translators: Translators,
        clock: Clock,
    ) -> None:
        self._db = db
        self._editor = editor
        self._render = render
        self._translators = translators
        self._clock = clock
        self._seen: int | None = None
        self._left: dict[int, Owed] = {}
        self._rests_until: dt.datetime | None = None

    async def refresh(self) -> None:
        """Edit the questions about what has changed; not while it was asked to wait."""
        if self._rests_until is not None and self._clock() < self._rests_until:
            return
        async with self._db.read() as session:
            if self._seen is None:
                self._seen = max(0, await newest_entry(session) - LOOK_BACK)
            self._seen, found = await asked.asked_of_changed(session, self._seen, MOST_ENTRIES)
            self._left |= {owed.id: owed for owed in found}
            now = [self._left.pop(key) for key in list(self._left)[:MOST_EDITS]]
            said = [(owed, await self._said(session, owed)) for owed in now]
        for owed, message in said:
            if message is not None and not await self._done(owed, message):
                self._left[owed.id] = owed

    async def _done(self, owed: Owed, message: Outgoing) -> bool:
        """Edit a question; return False where it is to be tried again."""
        address = Address(owed.chat.telegram_id, owed.chat.thread_id)
        error = await edited(self._editor, address, owed.message_ids[0], message)
        if error is not None and error.retry_after is not None:
            self._rests_until = self._clock() + error.retry_after
        return error is None or error.permanent

    async def _said(self, session: AsyncSession, owed: Owed) -> Outgoing | None:
        """Return what a question says now, None where its message shows something else."""
        if not owed.message_ids:
            return None
        chat_id, message_id = owed.chat.telegram_id, owed.message_ids[0]
        if await card_messages.shows(session, chat_id, message_id):
            return None
        content = await question_now(session, owed, self._clock())
        if isinstance(content, Gone):
            return None
        locale = owed.chat.locale or await offices.office_locale(session, owed.office_id)
        return self._render(content, self._translators(locale))[0]
