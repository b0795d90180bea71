"""The people, the groups and the bot that the page's tests start from."""

from dataclasses import dataclass

from bot.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Demo:
    """A sandbox with a bot: lan and minh in `group`, lan and hoa in `forum`.

    Only lan has started the bot, which has shown her its card.
    """

    sandbox: Sandbox
    lan: int
    minh: int
    hoa: int
    group: int
    forum: int
