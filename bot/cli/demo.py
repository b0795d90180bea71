"""`demo`."""

import argparse

from bot.i18n import Translator
from bot.settings import Settings


async def demo(args: argparse.Namespace, settings: Settings, tr: Translator) -> int:
    """Demo."""
    return 0
