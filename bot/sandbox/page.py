"""What the chat page needs from the server: itself, the state at a glance, files and news."""

import asyncio
import datetime as dt
import json
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.control import plain
from bot.sandbox.files import picture_mime
from bot.sandbox.stage import Stage
from bot.sandbox.world import Chat, Json

STATIC = Path(__file__).parent / "static"
ASSETS = frozenset({"index.html", "app.js", "render.js", "style.css"})
HEARTBEAT = dt.timedelta(seconds=15)
# What is older when the page is first opened counts as read.
NEWS = dt.timedelta(minutes=5)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
}


def add_page(app: web.Application, stage: Stage) -> None:
    """Serve the page at / and what it reads."""
    page = _Page(stage)
    app.router.add_get("/", page.show)
    app.router.add_get("/static/{name}", page.show)
    app.router.add_get("/sandbox/state", page.show_state)
    app.router.add_get("/sandbox/files/{file_id}", page.show_file)
    app.router.add_get("/sandbox/events", page.tell)


class _Page:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._world = stage.world

    async def show(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "index.html")
        if name not in ASSETS:
            return web.Response(status=404)
        return web.FileResponse(STATIC / name, headers=_HEADERS)

    async def show_state(self, request: web.Request) -> web.Response:
        """Return people, chats and clock; messages are asked for chat by chat."""
        state = {
            "now": self._stage.now().isoformat(),
            "bot": self._world.bot,
            "description": self._world.descriptions.get(("description", ""), ""),
            "users": plain(list(self._world.users.values())),
            "chats": [self._at_a_glance(chat) for chat in self._world.chats.values()],
        }
        return web.json_response(state)

    def _at_a_glance(self, chat: Chat) -> Json:
        last = next(reversed(chat.messages.values()), None)
        news_from = (self._stage.now() - NEWS).timestamp()
        old = [key for key, message in chat.messages.items() if message["date"] < news_from]
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "members": chat.members,
            "is_forum": chat.is_forum,
            "bot_status": chat.bot_status,
            "migrated_to": chat.migrated_to,
            "topics": plain([one for one in chat.topics.values() if not one.is_deleted]),
            "last": last,
            # Enough for the page to count what its reader has not seen.
            "from_bot": [
                message["message_id"]
                for message in chat.messages.values()
                if message["from"]["is_bot"]
            ],
            "read_until": max(old, default=0),
        }

    async def show_file(self, request: web.Request) -> web.Response:
        """Return a file; only pictures are shown in place, everything else is downloaded."""
        stored = self._world.files.get(request.match_info["file_id"])
        headers = dict(_HEADERS)
        if not stored.width:
            name = quote(stored.name)
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        content_type = picture_mime(stored.data) if stored.width else "application/octet-stream"
        return web.Response(body=stored.data, headers={**headers, "Content-Type": content_type})

    async def tell(self, request: web.Request) -> web.StreamResponse:
        """Send news as they happen, as server-sent events."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        news = self._world.listen()
        try:
            await response.write(b": hello\n\n")
            while (line := await _next_line(news)) is not None:
                await response.write(line)
        except ConnectionResetError:
            pass
        finally:
            self._world.stop_listening(news)
        return response


async def _next_line(news: asyncio.Queue[Json | None]) -> bytes | None:
    try:
        async with asyncio.timeout(HEARTBEAT.total_seconds()):
            event = await news.get()
    except TimeoutError:
        # Writing is the only way to notice that the reader has gone.
        return b": still here\n\n"
    return None if event is None else f"data: {json.dumps(event)}\n\n".encode()
