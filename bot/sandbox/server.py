"""The Bot API over HTTP: tokens, request bodies, failures on demand and the shape of answers."""

import asyncio
import dataclasses
import logging
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Cut, Fault
from bot.sandbox.files import MAX_UPLOAD, Upload
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import read_parameters
from bot.sandbox.refusal import ApiError
from bot.sandbox.stage import Stage
from bot.sandbox.world import Call, Json

# Above the upload limit, so that it is this server that refuses, in Telegram's words.
MAX_BODY = 2 * MAX_UPLOAD
log = logging.getLogger(__name__)


class _CutOff(Exception):
    """The connection shall break instead of answering."""


def add_bot_api(app: web.Application, stage: Stage) -> None:
    """Serve the Bot API under /bot<token>/ and files under /file/bot<token>/."""
    api = _BotApi(stage)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.answer)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", api.download)


class _BotApi:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._world = stage.world

    async def download(self, request: web.Request) -> web.Response:
        stored = self._world.files.find_by_path(request.match_info["path"])
        if request.match_info["token"] != self._stage.token or stored is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call; what it was told goes into the log of calls."""
        method = request.match_info["method"]
        number = len(self._world.calls)
        self._world.calls.append(Call(number, method, {}, self._world.now(), None))
        try:
            result = await self._run(request, method, number)
            response = web.json_response({"ok": True, "result": result})
        except ApiError as error:
            response = _refusal(error)
        except _CutOff:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if request.transport is not None and not request.transport.is_closing():
            self._note(number, status=response.status)
        return response

    def _note(self, number: int, **changes: Any) -> None:
        self._world.calls[number] = dataclasses.replace(self._world.calls[number], **changes)
        self._world.changed.notify()

    async def _run(self, request: web.Request, method: str, number: int) -> Any:
        if request.match_info["token"] != self._stage.token:
            raise ApiError(401, "Unauthorized")
        if method not in METHODS and method != "getUpdates":
            raise ApiError(404, "Not Found: method not found")
        raw, is_form = await _read_body(request)
        self._note(number, params=raw)
        values = read_parameters(method, raw, is_form=is_form)
        self._note(number, params=values)
        fault = self._stage.faults.take(method, values) or Fault()
        await self._suffer(fault)
        if method == "getUpdates":
            result: Any = await self._poll(values)
        else:
            self._stage.limits.check(method, values)
            result = METHODS[method](self._world, values)
        if fault.cut is Cut.AFTER:
            raise _CutOff
        return result

    async def _suffer(self, fault: Fault) -> None:
        if fault.delay:
            await asyncio.sleep(fault.delay.total_seconds())
        if fault.cut is Cut.BEFORE:
            raise _CutOff
        if (error := fault.error()) is not None:
            raise error

    async def _poll(self, values: dict[str, Any]) -> list[Json]:
        return await self._world.updates.poll(
            values.get("offset", 0),
            values.get("limit", 100),
            values.get("timeout", 0),
            values.get("allowed_updates"),
        )


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)


async def _read_body(request: web.Request) -> tuple[dict[str, Any], bool]:
    """Return the raw parameters, and whether they are text as in forms and query strings."""
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: can't parse the request body as JSON object")
        return body, False
    raw: dict[str, Any] = dict(request.query)
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    for name, value in form.items():
        raw[name] = _uploaded(value) if isinstance(value, web.FileField) else value
    return raw, True


def _uploaded(field: web.FileField) -> Upload:
    data = field.file.read()
    if len(data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(field.filename, field.content_type, data)
