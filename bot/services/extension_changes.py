"""What changes with a decision on another date: the request, its part, and the record of both."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.days import local_day, office_date
from bot.domain.errors import UserError
from bot.domain.extension import Extension, check_day
from bot.domain.problem import N_
from bot.domain.states import OPEN_REQUESTS, ExtensionState
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.services import extension_owing
from bot.services.extensions import extend, move
from bot.services.messages_extensions import Extended
from storage import extensions, parts
from storage.audit import Act, record
from storage.audit_values import columns

NO_REQUEST = N_("This request no longer exists. Send /xem with the item's code.")
DAY_OVER = N_(
    "{day} cannot be the new date any more: it has passed, or is not later than the present one. "
    "Propose another date, or reject the request. Nothing has changed."
)
OFFER_OVER = N_(
    "{day} cannot be the new date any more: it has passed, or is not later than the present one. "
    "Decline it and ask anew. Nothing has changed."
)
ACTS = {
    ExtensionState.APPROVED: "extension.approve",
    ExtensionState.REJECTED: "extension.reject",
    ExtensionState.COUNTERED: "extension.offer",
    ExtensionState.WITHDRAWN: "extension.withdraw",
}
# Of Văn phòng, once it has proposed another date and thinks better of it.
GRANT_ASKED, TAKE_BACK = "extension.grant", "extension.unoffer"


def check_still(extension: Extension, part: Part, now: dt.datetime, refused: str) -> None:
    """Refuse a date that was good when it was typed and is no more."""
    day = extension.granted
    if check_day(day, part.due or extension.from_due, local_day(now)) is not None:
        raise UserError(refused, day=office_date(day))


async def change(
    session: AsyncSession,
    act: Act,
    extension: Extension,
    part: Part,
    state: ExtensionState,
    name: str = "",
    **more: Any,
) -> Extended:
    """Change a request and its part as `state` asks, and record both.

    `name` is what the act is called, where that does not follow from the state.
    """
    values: dict[str, Any] = {"state": state, "decided_at": act.now, **more}
    if not await extensions.change_extension(session, extension, **values):
        raise UserError(NO_REQUEST)
    before = {column: getattr(extension, column) for column in values}
    name = name or ACTS[state]
    await record(
        session,
        act,
        name,
        "extension",
        extension.id,
        before=columns(**before),
        after=columns(**values),
    )
    if state not in OPEN_REQUESTS and part.progress is Progress.EXTENSION_PENDING:
        await move(session, act, name, part, extension.progress_before)
    if state is ExtensionState.APPROVED:
        await extend(session, act, name, part, replace(extension, **values).granted)
    today = local_day(act.now)
    fresh_part = await parts.find_part(session, act.office_id, part.id)
    fresh = await extensions.find_extension(session, act.office_id, extension.id)
    assert fresh is not None  # they were
    assert fresh_part is not None  # just changed
    return await extension_owing.extended(session, fresh, fresh_part, today)
