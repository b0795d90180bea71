"""Where a part stands, in one line: sign, state, day and how far away that is. Pure."""

import datetime as dt

from bot.domain.reminder import Line
from bot.i18n import Translator
from handlers.words import due, sign, state


def standing(line: Line, day: dt.date, tr: Translator) -> str:
    """Return where a part stands on the local day `day`; a closed one without its day."""
    shown = f"{sign(line)} {state(line, tr)}"
    if line.part.due is None or line.part.closed:
        return shown
    return f"{shown} · {due(line, day, tr)}"
