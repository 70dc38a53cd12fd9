"""How the warden turns somebody away: a page, a socket and a program are each told their way."""

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.errors import GeoError

_SIGNED_OUT = 4401


def away(scope: Scope, to: str) -> ASGIApp:
    """The answer to somebody who may not pass: pages go on to the way in, all else is told."""
    if scope["type"] == "websocket":
        return closed
    if not to:
        told = {"code": "OPEN_SERVER", "message": "没有设置登录，只能在服务器本机上使用"}
        return JSONResponse(told, 403)
    if is_page(scope):
        mark = "?" if scope["query_string"] else ""
        asked = scope["path"] + mark + scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{scope.get('root_path', '')}{to}?next={quote(asked)}", 303)
    told = {"code": "SIGNED_OUT", "message": "尚未登录或登录已过期，请刷新页面重新登录"}
    return JSONResponse(told, 401)


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def lost(scope: Scope, error: GeoError) -> ASGIApp:
    """The answer where nobody can be known."""
    if scope["type"] == "websocket":
        return closed
    return JSONResponse({"code": error.code, "message": str(error)}, 503)


async def closed(_scope: Scope, receive: Receive, send: Send) -> None:
    """A socket that does not open."""
    await receive()
    await send({"type": "websocket.close", "code": _SIGNED_OUT})
