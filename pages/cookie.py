"""Our cookies. Over HTTPS they bear a name that a browser takes from this very host alone."""

from collections.abc import Mapping

from starlette.requests import HTTPConnection

from pages import door

SESSION, BEGUN = "zone_session", "zone_begun"
_HOST = "__Host-"


def read(cookies: Mapping[str, str], name: str) -> str:
    """What a cookie says, the guarded one first; empty if there is none."""
    return cookies.get(_HOST + name) or cookies.get(name, "")


def guarded(cookies: Mapping[str, str]) -> dict[str, str]:
    """Those that no neighbouring site can have set: all there is to believe over HTTPS."""
    return {name: value for name, value in cookies.items() if name.startswith(_HOST)}


def sent(connection: HTTPConnection, name: str) -> str:
    """What came with a request. Over HTTPS a plain one is not ours: a neighbour may have set it."""
    found = connection.cookies
    return found.get(_HOST + name, "") if secure(connection) else read(found, name)


def made(connection: HTTPConnection, name: str, value: str) -> str:
    """The header that hands a cookie to the browser; an empty value takes it away."""
    whole, safe = (_HOST + name, "; Secure") if secure(connection) else (name, "")
    ends = "" if value else "; Max-Age=0"
    return f"{whole}={value}; Path=/; HttpOnly; SameSite=Lax{ends}{safe}"


def secure(connection: HTTPConnection) -> bool:
    """Whether the browser speaks HTTPS: to us, or to the proxy that we trust."""
    client = connection.client.host if connection.client else ""
    proxied = client == door.given().trusted_proxy
    said = connection.headers.get("x-forwarded-proto", "") if proxied else ""
    return said == "https" or connection.url.scheme in ("https", "wss")
