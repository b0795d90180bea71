"""The buttons about an open request for another date: by who looks and how it stands. Pure."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.problem import N_
from bot.domain.states import ExtensionState
from bot.i18n import Translator
from bot.services.messages import Button, Card
from bot.services.messages_extensions import Extended
from handlers.callbacks import Press, data
from handlers.card_rows import Row, part_words
from handlers.offer_keys import OfferPress, offer_data

MOST_REQUESTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what its viewer may do: decide on it, or answer for the unit that asked."""

    id: int
    state: ExtensionState
    to_due: dt.date
    counter_due: dt.date | None
    decides: bool
    answers: bool


def of_request(about: Extended, tr: Translator) -> list[Row]:
    """Return the rows under what is said of a request."""
    one = about.extension
    asked = Asked(one.id, one.state, one.to_due, one.counter_due, about.decides, about.answers)
    return rows(asked, tr)


def of_card(card: Card, tr: Translator) -> list[Row]:
    """Return the rows on an item's card: of several requests each opens on its own."""
    found = [
        (view.line, one)
        for view in card.parts
        for one in view.extensions
        if one.open and one.id in {*card.may_grant, *card.may_answer}
    ]
    if len(found) == 1:
        one = found[0][1]
        decides, answers = one.id in card.may_grant, one.id in card.may_answer
        asked = Asked(one.id, one.state, one.to_due, one.counter_due, decides, answers)
        return rows(asked, tr)
    lines = [line for line, _ in found]
    return [
        (
            Button(
                tr(
                    N_("⏸ Another date – {which}"),
                    which=part_words(line, lines, card.day, tr),
                ),
                data(Press.EXT_SHOW, one.id),
            ),
        )
        for line, one in found[:MOST_REQUESTS]
    ]


def rows(asked: Asked, tr: Translator) -> list[Row]:
    """Return what may be done about a request, nothing once it is closed."""
    if asked.state is ExtensionState.REQUESTED:
        found = _deciding(asked.id, tr) if asked.decides else []
        if asked.answers:
            found.append((back(asked.id, tr),))
        return found
    if asked.state is ExtensionState.COUNTERED and asked.counter_due is not None:
        day = asked.counter_due
        found = _changing(asked, day, tr) if asked.decides else []
        return [choice(asked.id, day, tr), *found] if asked.answers else found
    return []


def back(extension_id: int, tr: Translator) -> Button:
    """Return the button by which a unit takes its request back."""
    return Button(tr(N_("↩ Take back the request")), data(Press.EXT_BACK, extension_id))


def choice(extension_id: int, day: dt.date, tr: Translator) -> Row:
    """Return the two buttons by which a unit answers the proposal of a day."""
    return (
        Button(tr(N_("✅ Accept that day")), offer_data(OfferPress.TAKE, extension_id, day)),
        Button(tr(N_("❌ Decline")), offer_data(OfferPress.DECLINE, extension_id, day)),
    )


def _deciding(extension_id: int, tr: Translator) -> list[Row]:
    return [
        (
            Button(tr(N_("✅ Agree")), data(Press.EXT_YES, extension_id)),
            Button(tr(N_("❌ Reject")), data(Press.EXT_NO, extension_id)),
        ),
        (Button(tr(N_("📅 Another day")), data(Press.EXT_OTHER, extension_id)),),
    ]


def _changing(asked: Asked, day: dt.date, tr: Translator) -> list[Row]:
    """Return what Văn phòng may do as long as the unit has not answered its proposal."""
    granted = tr(N_("✅ Grant {day} after all"), day=tr.short_date(asked.to_due))
    return [
        (Button(granted, offer_data(OfferPress.GRANT, asked.id, day)),),
        (
            Button(tr(N_("📅 Another day")), offer_data(OfferPress.AGAIN, asked.id, day)),
            Button(
                tr(N_("↩ Take back the proposal")), offer_data(OfferPress.UNOFFER, asked.id, day)
            ),
        ),
    ]
