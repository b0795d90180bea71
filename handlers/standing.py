"""Where a part stands, in one line: sign, state, day and how far away that is. Pure."""

import datetime as dt

from bot.domain.problem import N_
from bot.domain.reminder import Line
from bot.domain.status import Progress
from bot.domain.work import Part
from bot.i18n import Translator
from handlers.words import due, sign, state

AGAIN = N_("It counts as not done; the date is unchanged.")
ENDED = N_("This part has ended: {decision}. What is still to be done stands on the item's card.")


def counts(part: Part, tr: Translator) -> str:
    """Return what a return means for a part: it is owed again, or it has ended beside another."""
    if part.progress is Progress.DROPPED:
        return tr(ENDED, decision=part.decision)
    return tr(AGAIN)


def standing(line: Line, day: dt.date, tr: Translator) -> str:
    """Return where a part stands on the local day `day`; a closed one without its day."""
    shown = f"{sign(line)} {state(line, tr)}"
    if line.part.due is None or line.part.closed:
        return shown
    return f"{shown} · {due(line, day, tr)}"
