"""The address of uploads: what arrives is counted for whoever sends it, before it is kept."""

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import people
from geo.errors import DataError
from geo.formats.allowance import Held, Key
from geo.formats.limits import UPLOAD_BYTES
from pages import cookie, uploads, who

_PATH = "/_stcore/upload_file/"


class Uploads:
    """Stands before Streamlit's own address, behind the warden, who knows the visitor."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a file that comes or goes; a page beyond all measure is refused outright."""
        asked = scope["type"] == "http" and scope["path"].startswith(_PATH)
        page, _, file = scope["path"].removeprefix(_PATH).partition("/") if asked else ("", "", "")
        visit = who.visit() if file and scope["method"] in ("PUT", "DELETE") else None
        if visit is None:
            await self._app(scope, receive, send)
            return
        key: Key = (page, file)
        if scope["method"] == "PUT":
            try:
                uploads.ALLOWANCE.coming(key, _announced(HTTPConnection(scope), visit.person.id))
            except DataError as error:
                told = JSONResponse({"code": error.code, "message": str(error)}, 413)
                await told(scope, receive, send)
                return
        try:
            await self._app(scope, receive, send)
        finally:
            _settle(key)


def _announced(connection: HTTPConnection, person: str) -> Held:
    """What is to come: a request that does not say how long it is may be as long as allowed."""
    said = connection.headers.get("content-length", "")
    sign_in = people.session_subject(cookie.sent(connection, cookie.SESSION))
    return Held(person, sign_in, int(said) if said.isdecimal() else UPLOAD_BYTES)


def _settle(key: Key) -> None:
    """Count what Streamlit keeps now; of a file beyond the allowance only its name is kept."""
    store = uploads.store()
    kept = store.get_files(key[0], [key[1]]) if store else []
    if not kept:
        uploads.ALLOWANCE.gone(key)
    elif not uploads.ALLOWANCE.arrived(key, len(kept[0].data)) and store:
        if uploads.ALLOWANCE.counted(key):
            store.add_file(key[0], kept[0]._replace(data=b""))
        else:  # taken back, or its page left, while it was on its way
            store.remove_file(*key)
