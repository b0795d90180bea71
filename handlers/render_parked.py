"""Questions about a file that cannot be read alone. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.reading.column_phrases import Column
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.parked import NEEDED, ParkedFile
from handlers.callbacks import Press, data
from handlers.words import clip

MEANINGS = {
    Column.TITLE: N_("the tasks"),
    Column.DEADLINE: N_("the deadlines"),
    Column.ASSIGNMENT: N_("who is assigned"),
    Column.PRODUCT: N_("the products"),
}
HEAD_LENGTH = 40


def column_question(file: ParkedFile, tr: Translator) -> Outgoing:
    """Ask which column holds what is not known yet."""
    asked = file.asked()
    assert asked is not None  # otherwise the file is read
    head = tr(N_("I cannot tell the columns of {name}."), name=clip(file.name, 60))
    question = tr(N_("Which column holds {meaning}?"), meaning=tr(MEANINGS[asked]))
    taken = set(file.places.values())
    rows = [
        (Button(clip(f"{at + 1}. {head_}", HEAD_LENGTH), data(Press.COLUMN, at)),)
        for at, head_ in enumerate(file.heads)
        if at not in taken
    ]
    if asked not in NEEDED:
        rows.append((Button(tr(N_("There is no such column")), data(Press.NO_COLUMN)),))
    return Outgoing(f"{escape(head)}\n<b>{escape(question)}</b>", tuple(rows))


def scan_question(sentence: str, tr: Translator) -> Outgoing:
    """Offer to recognise the text of a scan, on this machine."""
    button = Button(tr(N_("Recognise the text (takes minutes)")), data(Press.RECOGNISE))
    return Outgoing(escape(sentence), ((button,),))
