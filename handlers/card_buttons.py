"""The buttons under a card. Each area adds a function of its own to `ROWS`. Pure.

A function takes the card, which carries who looks at it and the ids that may be acted on, and
returns rows; none where its act is not allowed or does not fit the state. It must not live in a
module that imports a card's renderer. Rights are checked again at the press.
"""

from collections.abc import Callable, Sequence

from bot.i18n import Translator
from bot.services.messages import Button, Card
from handlers import card_acts, card_rows, change_rows, extension_keys, render_reports

Row = tuple[Button, ...]
Rows = Callable[[Card, Translator], Sequence[Row]]

# In the order shown. A button that stands alone in its row and is short shares it with the next.
ROWS: tuple[Rows, ...] = (
    card_rows.decide,
    extension_keys.of_card,
    card_rows.report,
    card_acts.start,
    card_rows.prove,
    render_reports.prepare,
    render_reports.hand,
    card_acts.extend,
    card_acts.stuck,
    card_rows.settle,
    change_rows.adjust,
    render_reports.reopen,
)
# In a plan that was closed, and of what is no longer carried out.
KEPT: tuple[Rows, ...] = (card_rows.decide, card_rows.prove)
SHORT, PER_ROW = 20, 2
# Telegram takes a hundred buttons; nobody reads that many.
MOST_ROWS = 24


def card_buttons(card: Card, tr: Translator) -> tuple[Row, ...]:
    """Return every row that fits the card, short buttons side by side."""
    packed: list[Row] = []
    open_row = False
    kept = card.closed is not None or card.item.removed_at is not None
    fitting = KEPT if kept else ROWS
    for row in (row for rows in fitting for row in rows(card, tr)):
        short = len(row) == 1 and len(row[0].label) <= SHORT
        if short and open_row and len(packed[-1]) < PER_ROW:
            packed[-1] = (*packed[-1], *row)
        else:
            packed.append(row)
        open_row = short
    return tuple(packed[:MOST_ROWS])
