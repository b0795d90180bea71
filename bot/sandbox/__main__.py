"""`python -m bot.sandbox --now 2024-04-26T07:31+07:00`: the sandbox as its own process."""

import argparse
import asyncio
import datetime as dt
import json
import sys

from bot.sandbox.sandbox import DEFAULT_TOKEN, Sandbox, serve


def main() -> None:
    """Serve until told to stop; the first line of output is {"url": ...}."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox")
    parser.add_argument("--now", required=True, type=dt.datetime.fromisoformat)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--bot-username", default="nhacviec_demo_bot")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=0, type=int)
    asyncio.run(serve(ready=_tell_where, **vars(parser.parse_args())))


def _tell_where(sandbox: Sandbox) -> None:
    sys.stdout.write(json.dumps({"url": sandbox.url}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
