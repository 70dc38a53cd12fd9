"""Lets nobody past who has not signed in: pages, sockets, tiles, files and answers alike.

What must be reachable before is named here, and nothing else is. Whoever acts is known to the
whole request (`geo.office.visiting`); what a route may answer it asks there.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import office
from geo.errors import GeoError
from geo.office import Visit
from pages import cookie, door, premises, ticket, turned, vouch, who

# Scripts, styles and fonts of ours and of Streamlit: the same for everybody.
OPEN = ("/assets/", "/static/", "/sign-in", "/sign-out", "/enter", "/_stcore/health")
ICONS = ("/favicon.ico", "/favicon.png")
# With single sign-on Streamlit's own script asks; it shows the entrance and nothing else.
OIDC = ("/_stcore/host-config", "/_stcore/stream", "/auth/", "/oauth2callback")
PASSWORD = "/password"


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
            await (self._app if near else turned.away(scope, ""))(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            visit, token = await run_in_threadpool(vouch.visit, connection)
        except GeoError as error:  # the office's book is lost: nobody can be known
            await turned.lost(scope, error)(scope, receive, send)
            return
        if scope["type"] == "http":
            send = vouch.private(send, _handed(connection, visit, token))
        if visit is None:
            passed = is_open(scope["path"])
            await (self._app if passed else turned.away(scope, "/sign-in"))(scope, receive, send)
        elif visit.person.must_change and not is_open(scope["path"], PASSWORD):
            await turned.away(scope, PASSWORD)(scope, receive, send)
        elif scope["type"] == "websocket":
            # It outlives the session; its scripts ask anew, by the cookie: one that the gateway
            # in front does not agree with (there is a new token then) must not open it.
            await (turned.closed if token else self._app)(scope, receive, send)
        else:
            with office.visiting(visit):
                await self._app(scope, receive, send)


def _handed(connection: HTTPConnection, visit: Visit | None, token: str) -> str:
    """The cookie that goes along: a new session's, or the mark of a browser that may begin one."""
    if token:
        return cookie.made(connection, cookie.SESSION, token)
    if visit or door.given().sign_in != "oidc" or not turned.is_page(connection.scope):
        return ""
    begun = cookie.sent(connection, cookie.BEGUN)
    return "" if begun else cookie.made(connection, cookie.BEGUN, ticket.mark())


def is_open(path: str, *more: str) -> bool:
    """Whether an address may be asked by somebody not signed in."""
    single = door.given().sign_in == "oidc"
    known = (*OPEN, *ICONS, *more, *(OIDC if single else ()))
    if any(path.startswith(one) if one.endswith("/") else path == one for one in known):
        return True
    # The page itself is Streamlit's shell without any data; its script shows the entrance.
    return single and path.strip("/") in ("", *who.SCREENS)
