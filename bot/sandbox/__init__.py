"""A local Bot API server with a chat page, for the demo and the end-to-end tests.

It speaks HTTP as api.telegram.org does, refuses what Telegram refuses and a little more, and
imports nothing of the bot it serves.
"""

from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox, serve
from bot.sandbox.world import Answer, Call, SandboxError

__all__ = ["Answer", "Call", "Fault", "Sandbox", "SandboxError", "serve"]
