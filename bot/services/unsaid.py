"""Words about an item that has documents under state secrecy: that there were some is all we keep.

Luật 117/2025/QH15: of such an item nothing but a neutral code, days, units and states is held.
"""

from bot.domain.change_phrases import UNSAID
from bot.domain.work import Part


def kept(part: Part, words: str) -> str:
    """Return what is kept of words that somebody typed about a part."""
    return UNSAID if part.secret and words else words
