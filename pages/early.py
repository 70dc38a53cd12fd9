"""Tells the browser with the first answer which scripts the map will want.

Streamlit names our component only after its own scripts have run; by then these are there.
"""

from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages import door


@cache
def _links() -> bytes:
    """The map's modules by the addresses under which they ask for each other."""
    names = sorted(path.name for path in (door.ASSETS / "map").glob("*.js"))
    found = [f"{name}?v={door.build()}" if name == "main.js" else name for name in names]
    return ", ".join(f"<assets/map/{name}>; rel=modulepreload" for name in found).encode()


class Early:
    """Adds the list to the page that opens on the map."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the list as the page's answer begins."""
        if scope["type"] != "http" or not scope["path"].endswith("/"):
            await self._app(scope, receive, send)
            return

        async def listed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"link", _links())]
            await send(message)

        await self._app(scope, receive, listed)
