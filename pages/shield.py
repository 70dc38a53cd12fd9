"""Headers that keep the page to itself: no foreign script, frame, sniffing or referrer."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' blob: 'unsafe-inline' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)


_FOREIGN = Response("host not allowed", 400, media_type="text/plain")


class Shield:
    """Refuses foreign names of this host, and adds the headers to every other answer.

    Streamlit's own check covers its own routes only; a page elsewhere that points a name of
    its own at this machine must reach none of ours either. `hosts` is Streamlit's setting.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.casefold() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers as its answer begins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._hosts and _name(scope) not in self._hosts:
            await _FOREIGN(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self._app(scope, receive, sealed)


def _name(scope: Scope) -> str:
    """The host a request names, without its port."""
    host = Headers(scope=scope).get("host", "").casefold()
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
