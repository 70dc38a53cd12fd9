"""Whose request it is: by the session's cookie, or by the name that a gateway in front gives."""

from starlette.requests import HTTPConnection
from starlette.types import Message, Send

from geo.office import RightsError, Visit
from geo.people import Entrance
from pages import cookie, door, whence, who


def address(connection: HTTPConnection) -> str:
    """Where a request comes from."""
    client = connection.client.host if connection.client else ""
    return whence.address(connection.headers, client)


def visit(connection: HTTPConnection) -> tuple[Visit | None, str]:
    """Who asks, and the token to hand out if a gateway vouched for somebody new."""
    client = connection.client.host if connection.client else ""
    address = whence.address(connection.headers, client)
    held = {cookie.SESSION: cookie.sent(connection, cookie.SESSION)}
    found = who.of(held, address)
    given = door.given()
    if given.sign_in != "header":
        return found, ""
    named = connection.headers.get(given.sign_in_header, "")
    if client != given.trusted_proxy or not named:
        return None, ""  # a cookie alone is not enough: the gateway stands in front of all
    if found and found.person.id == named:
        return found, ""
    return _vouched(named, address)


def _vouched(named: str, address: str) -> tuple[Visit | None, str]:
    held = who.book()
    if held is None:
        return None, ""
    try:
        token = held.welcome(named, Entrance.HEADER, address, who.now())
    except RightsError:
        return None, ""
    return who.of({cookie.SESSION: token}, address), token


def private(send: Send, handed: str) -> Send:
    """Answers to somebody are for that browser alone; a new session's cookie goes along."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [
                (name, value.replace(b"public", b"private") if name == b"cache-control" else value)
                for name, value in message["headers"]
            ]
            more = [(b"set-cookie", handed.encode())] if handed else []
            message["headers"] = [*headers, *more]
        await send(message)

    return sealed
