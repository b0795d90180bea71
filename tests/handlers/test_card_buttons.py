"""The rows of buttons under a card."""

from bot.domain.records import ItemFacts
from bot.i18n import translator
from bot.services.messages import Button, Card
from handlers import card_buttons
from tests.builders import day

TR = translator("vi")
ITEM = ItemFacts(1, 1, 1, "I.1", "", "T", "", "", (), ())
CARD = Card(ITEM, "KH", day("2024-04-19"), (), (), (), ())


def one(label):
    return (Button(label, label),)


def shown(monkeypatch, *rows):
    monkeypatch.setattr(card_buttons, "ROWS", (lambda card, tr: rows,))
    return [[b.label for b in row] for row in card_buttons.card_buttons(CARD, TR)]


def test_short_buttons_of_different_areas_share_a_row(monkeypatch):
    monkeypatch.setattr(
        card_buttons, "ROWS", (lambda c, tr: [one("a")], lambda c, tr: [one("b"), one("c")])
    )

    found = card_buttons.card_buttons(CARD, TR)

    assert [[b.label for b in row] for row in found] == [["a", "b"], ["c"]]


def test_a_long_button_and_a_row_of_several_stay_as_they_are(monkeypatch):
    long = "x" * 21
    two = (Button("1", "1"), Button("2", "2"))

    assert shown(monkeypatch, one("a"), one(long), one("b"), two, one("c")) == [
        ["a"], [long], ["b"], ["1", "2"], ["c"],
    ]  # fmt: skip


def test_there_are_never_more_rows_than_a_phone_can_show(monkeypatch):
    assert len(shown(monkeypatch, *(one("x" * 30) for _ in range(200)))) == card_buttons.MOST_ROWS
