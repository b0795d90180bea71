"""`python -m bot`, and the console script `nhacviec`."""

import os
import sys

# Must be set before python-telegram-bot is imported: waits then come as timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")


def main() -> None:
    """Run one command and exit with its code."""
    from bot.cli.commands import run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
