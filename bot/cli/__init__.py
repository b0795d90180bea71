"""The commands of `nhacviec`, thin: read arguments, call one use case, print."""

from bot.cli.commands import run_command

__all__ = ["run_command"]
