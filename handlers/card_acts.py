"""The buttons of a card that say work is under way, ask for time, tell of a difficulty. Pure."""

from collections.abc import Sequence

from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Button, Card
from handlers.callbacks import Press, data
from handlers.card_rows import Row, part_words

MOST_PARTS = 3


def extend(card: Card, tr: Translator) -> list[Row]:
    """Offer to ask for another date for each part the viewer answers for."""
    return _for_parts(card, card.may_extend, Press.EXTEND, tr(N_("⏳ Another date")), tr)


def start(card: Card, tr: Translator) -> list[Row]:
    """Offer to say that work on a part is under way, to who answers for it or prepares it."""
    return _for_parts(card, card.may_start, Press.START, tr(N_("▶️ Under way")), tr)


def _for_parts(
    card: Card, part_ids: Sequence[int], press: Press, label: str, tr: Translator
) -> list[Row]:
    lines = {view.line.part.id: view.line for view in card.parts}
    offered = [lines[part_id] for part_id in part_ids]
    if len(offered) == 1:
        return [(Button(label, data(press, part_ids[0])),)]
    return [
        (
            Button(
                f"{label} – {part_words(line, offered, card.day, tr)}", data(press, line.part.id)
            ),
        )
        for line in offered[:MOST_PARTS]
    ]


def stuck(card: Card, tr: Translator) -> list[Row]:
    """Offer to report a difficulty about each part of the viewer's unit that is open."""
    return _for_parts(card, card.may_raise, Press.STUCK_RAISE, tr(N_("⚠️ Difficulty")), tr)
