"""Callback data of the buttons about a day that Văn phòng proposes: `ext:verb:request:day`.

The day is that which the button was shown with, so that it never stands for another one.
"""

import datetime as dt
import re
from enum import StrEnum

from handlers.callbacks import pair


class OfferPress(StrEnum):
    """The buttons; each names a request and the proposed day."""

    TAKE = "ext:take"  # the unit accepts it
    DECLINE = "ext:decline"  # the unit declines it
    AGAIN = "ext:again"  # Văn phòng is asked for another day in its place
    UNOFFER = "ext:unoffer"  # Văn phòng proposes nothing any more
    GRANT = "ext:grant"  # the day that was asked for is granted after all


def offer_data(press: OfferPress, extension_id: int, day: dt.date) -> str:
    """Return a button's data."""
    return f"{press}:{extension_id}:{day:%Y%m%d}"


def offer_pattern(press: OfferPress) -> re.Pattern[str]:
    """Return the anchored pattern of a button's data."""
    return re.compile(rf"\A{re.escape(press)}:([0-9]{{1,18}}):([0-9]{{8}})\Z")


def offered(text: str) -> tuple[int, dt.date]:
    """Return the request and the day in data that `offer_pattern` has matched.

    A day that never was is the first there is: nobody proposes it.
    """
    extension_id, number = pair(text)
    try:
        return extension_id, dt.date.fromisoformat(f"{number:08d}")
    except ValueError:
        return extension_id, dt.date.min
