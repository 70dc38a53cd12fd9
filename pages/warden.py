"""Lets nobody past who has not signed in: pages, sockets, tiles, files and answers alike.

What must be reachable before is named here, and nothing else is. Whoever acts is known to the
whole request (`geo.office.visiting`); what a route may answer it asks there.
"""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import office
from geo.errors import GeoError
from pages import door, premises, vouch, who

# Scripts, styles and fonts of ours and of Streamlit: the same for everybody.
OPEN = ("/assets/", "/static/", "/sign-in", "/sign-out", "/enter", "/_stcore/health")
ICONS = ("/favicon.ico", "/favicon.png")
# With single sign-on Streamlit's own script asks; it shows the entrance and nothing else.
OIDC = ("/_stcore/host-config", "/_stcore/stream", "/auth/", "/oauth2callback")
PASSWORD = "/password"
_SIGNED_OUT = 4401


class Warden:
    """Stands before every address where people sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on whoever is known; send others to the entrance."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if who.book() is None:
            near = premises.loopback((scope.get("server") or ("localhost",))[0])
            await (self._app if near else _turned_away(scope, ""))(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            visit, token = await run_in_threadpool(vouch.visit, connection)
        except GeoError as error:  # the office's book is lost: nobody can be known
            await _lost(scope, error)(scope, receive, send)
            return
        if scope["type"] == "http":
            send = vouch.private(send, vouch.cookie(token, connection) if token else "")
        if visit is None:
            passed = is_open(scope["path"])
            await (self._app if passed else _turned_away(scope, "/sign-in"))(scope, receive, send)
        elif visit.person.must_change and not is_open(scope["path"], PASSWORD):
            await _turned_away(scope, PASSWORD)(scope, receive, send)
        elif scope["type"] == "websocket":
            # It outlives the session; its scripts ask anew, by the cookie: one that the gateway
            # in front does not agree with (there is a new token then) must not open it.
            await (_closed if token else self._app)(scope, receive, send)
        else:
            with office.visiting(visit):
                await self._app(scope, receive, send)


def is_open(path: str, *more: str) -> bool:
    """Whether an address may be asked by somebody not signed in."""
    single = door.given().sign_in == "oidc"
    known = (*OPEN, *ICONS, *more, *(OIDC if single else ()))
    if any(path.startswith(one) if one.endswith("/") else path == one for one in known):
        return True
    # The page itself is Streamlit's shell without any data; its script shows the entrance.
    return single and path.strip("/") in ("", *who.SCREENS)


def _turned_away(scope: Scope, to: str) -> ASGIApp:
    if scope["type"] == "websocket":
        return _closed
    if not to:
        told = {"code": "OPEN_SERVER", "message": "没有设置登录，只能在服务器本机上使用"}
        return JSONResponse(told, 403)
    if scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        mark = "?" if scope["query_string"] else ""
        asked = scope["path"] + mark + scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{scope.get('root_path', '')}{to}?next={quote(asked)}", 303)
    told = {"code": "SIGNED_OUT", "message": "尚未登录或登录已过期，请刷新页面重新登录"}
    return JSONResponse(told, 401)


def _lost(scope: Scope, error: GeoError) -> ASGIApp:
    if scope["type"] == "websocket":
        return _closed
    return JSONResponse({"code": error.code, "message": str(error)}, 503)


async def _closed(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": _SIGNED_OUT})
