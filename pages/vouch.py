"""Whose request it is: by the session's cookie, or by the name that a gateway in front gives."""

from starlette.requests import HTTPConnection
from starlette.types import Message, Send

from geo.office import RightsError, Visit
from geo.people import Entrance
from pages import door, who


def address(connection: HTTPConnection) -> str:
    """Where a request comes from."""
    client = connection.client.host if connection.client else ""
    return who.address(connection.headers, client)


def visit(connection: HTTPConnection) -> tuple[Visit | None, str]:
    """Who asks, and the token to hand out if a gateway vouched for somebody new."""
    client = connection.client.host if connection.client else ""
    address = who.address(connection.headers, client)
    found = who.of(connection.cookies, address)
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
    return who.of({who.COOKIE: token}, address), token


def cookie(token: str, connection: HTTPConnection) -> str:
    """The header that hands a session to the browser; an empty token takes it away."""
    client = connection.client.host if connection.client else ""
    proxied = client == door.given().trusted_proxy
    scheme = connection.headers.get("x-forwarded-proto", "") if proxied else ""
    safe = "; Secure" if "https" in (scheme, connection.url.scheme) else ""
    ends = "" if token else "; Max-Age=0"
    return f"{who.COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{ends}{safe}"


def private(send: Send, cookie: str) -> Send:
    """Answers to somebody are for that browser alone; a new session's cookie goes along."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [
                (name, value.replace(b"public", b"private") if name == b"cache-control" else value)
                for name, value in message["headers"]
            ]
            more = [(b"set-cookie", cookie.encode())] if cookie else []
            message["headers"] = [*headers, *more]
        await send(message)

    return sealed
