"""The HTTP control API under /sandbox/: what the page and tests in other processes do."""

import base64
import binascii
import dataclasses
import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Cut, Fault
from bot.sandbox.files import Upload
from bot.sandbox.refusal import ApiError
from bot.sandbox.stage import Stage
from bot.sandbox.world import Json, SandboxError

# Each is POST /sandbox/<name> with the arguments of the Stage method as a JSON object.
VERBS = [
    "add_user",
    "add_group",
    "topics",
    "add_topic",
    "delete_topic",
    "add_bot_to_group",
    "kick_bot",
    "set_member",
    "migrate",
    "delete_group",
    "block",
    "unblock",
    "deactivate",
    "press_start",
    "say",
    "edit",
    "press",
    "send_file",
    "send_photo",
    "messages",
    "commands",
    "redeliver",
    "fail",
    "fail_randomly",
    "stop_failing",
    "limit_rates",
]


def add_control(app: web.Application, stage: Stage) -> None:
    """Serve the control API."""
    control = _Control(stage)
    app.router.add_get("/sandbox/clock", control.show_clock)
    app.router.add_post("/sandbox/clock", control.move_clock)
    app.router.add_get("/sandbox/messages", control.show_messages)
    app.router.add_get("/sandbox/commands", control.show_commands)
    app.router.add_get("/sandbox/answers", control.show_answers)
    app.router.add_get("/sandbox/calls", control.show_calls)
    app.router.add_get("/sandbox/updates", control.show_updates)
    app.router.add_get("/sandbox/wait", control.wait)
    app.router.add_post("/sandbox/{verb}", control.do)
    app.middlewares.append(_errors_as_json)


@web.middleware
async def _errors_as_json(
    request: web.Request, handler: Callable[[web.Request], Any]
) -> web.StreamResponse:
    if not request.path.startswith("/sandbox/"):
        answer: web.StreamResponse = await handler(request)
        return answer
    try:
        answer = await handler(request)
    except SandboxError as error:
        return _problem(error.code, str(error))
    except ApiError as error:
        return _problem("refused", error.description)
    except TimeoutError as error:
        return _problem("timeout", str(error), status=504)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        return _problem("bad_request", f"{type(error).__name__}: {error}")
    return answer


def _problem(code: str, message: str, status: int = 400) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


def plain(value: Any) -> Any:
    """Return a value as JSON can carry it; instants as ISO 8601, files by name and size."""
    if isinstance(value, Upload):
        return {"name": value.name, "mime": value.mime, "size": len(value.data)}
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def read_fault(body: Json) -> Fault:
    """Return the failure described by JSON; `retry_after` and `delay` are seconds."""
    values = dict(body)
    for name in ("retry_after", "delay"):
        if name in values:
            values[name] = dt.timedelta(seconds=values[name])
    if "cut" in values:
        values["cut"] = Cut(values["cut"])
    return Fault(**values)


async def _read_json(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    # Nothing but JSON: a form on a foreign page could be sent here without anyone's knowledge.
    if request.content_type != "application/json":
        raise ValueError("the body must be application/json")
    body = await request.json()
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    return body


class _Control:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def do(self, request: web.Request) -> web.Response:
        """Do one of the verbs and return its result."""
        verb = request.match_info["verb"]
        if verb not in VERBS:
            return _problem("bad_request", f"there is no {verb}", status=404)
        body = await _read_json(request)
        if verb == "fail":
            body = {"fault": read_fault(body)}
        if "kinds" in body:
            body["kinds"] = [read_fault(kind) for kind in body["kinds"]]
        if "data" in body:
            body["data"] = base64.b64decode(body["data"], validate=True)
        act = getattr(self._stage, verb)
        arguments = inspect.signature(act).bind(**body)
        result = act(*arguments.args, **arguments.kwargs)
        return web.json_response({"result": plain(result)})

    async def show_clock(self, request: web.Request) -> web.Response:
        return web.json_response({"now": self._stage.now().isoformat()})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move to an instant, to the next morning or afternoon, or by so many seconds."""
        body = await _read_json(request)
        if "next" in body:
            await self._stage.move_clock_to_next(body["next"])
        elif "forward_seconds" in body:
            step = dt.timedelta(seconds=body["forward_seconds"])
            await self._stage.move_clock(self._stage.now() + step)
        else:
            await self._stage.move_clock(dt.datetime.fromisoformat(body["to"]))
        return await self.show_clock(request)

    async def show_messages(self, request: web.Request) -> web.Response:
        thread = request.query.get("thread_id")
        found = self._stage.messages(
            int(request.query["chat_id"]), int(thread) if thread else None
        )
        return web.json_response({"result": found})

    async def show_commands(self, request: web.Request) -> web.Response:
        found = self._stage.commands(int(request.query["chat_id"]), int(request.query["user_id"]))
        return web.json_response({"result": found})

    async def show_answers(self, request: web.Request) -> web.Response:
        return web.json_response({"result": plain(self._stage.answers)})

    async def show_calls(self, request: web.Request) -> web.Response:
        first = int(request.query.get("after", 0))
        return web.json_response({"result": plain(self._stage.calls[first:])})

    async def show_updates(self, request: web.Request) -> web.Response:
        return web.json_response({"result": self._stage.pending_updates})

    async def wait(self, request: web.Request) -> web.Response:
        """Wait for a message of the bot; `seconds` is how long at most."""
        query = request.query
        message = await self._stage.wait_for_message(
            int(query["chat_id"]),
            query.get("containing", ""),
            int(query.get("after", 0)),
            dt.timedelta(seconds=float(query.get("seconds", 5))),
        )
        return web.json_response({"result": message})
