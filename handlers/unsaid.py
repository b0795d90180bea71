"""What is said in place of words about an item with secret documents: they are not kept. Pure."""

from html import escape

from bot.domain.problem import N_
from bot.domain.work import Part
from bot.i18n import Translator
from handlers.words import clip

LONGEST_TITLE = 300
NOT_KEPT = N_(
    "🔒 {code} has documents under state secrecy: what is typed about it is not kept or passed on "
    "here, only that there was something. Say it in person or in writing, outside the bot."
)


def title_lines(part: Part) -> list[str]:
    """Return the line with an item's title; one with secret documents has none."""
    return [escape(clip(part.title, LONGEST_TITLE))] if part.title else []


def not_kept(part: Part, tr: Translator) -> list[str]:
    """Return the line that says so; none for an item like any other."""
    return [escape(tr(NOT_KEPT, code=part.code))] if part.secret else []


def words_of(part: Part, said: str, tr: Translator) -> list[str]:
    """Return the line with what was typed about a part, or what stands in its place."""
    return not_kept(part, tr) or [escape(said)]
