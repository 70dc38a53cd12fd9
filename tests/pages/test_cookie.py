"""Cookies over HTTPS are taken from this host alone; tickets from the browser that began."""

from typing import Any

import pytest
from starlette.requests import HTTPConnection

from pages import cookie, ticket

GUARDED = "__Host-zone_session"


def asked(given: str, client: str = "127.0.0.1", **more: str) -> HTTPConnection:
    """A request with cookies, as a proxy on this machine or somebody else sends it."""
    heads = {"cookie": given, **{key.replace("_", "-"): value for key, value in more.items()}}
    scope: dict[str, Any] = {
        "type": "http",
        "scheme": "http",
        "path": "/",
        "server": ("127.0.0.1", 80),
        "client": (client, 1),
        "query_string": b"",
        "headers": [(key.encode(), value.encode()) for key, value in heads.items()],
    }
    return HTTPConnection(scope)


def test_over_https_a_plain_cookie_is_not_ours() -> None:
    planted = asked("zone_session=evil", x_forwarded_proto="https")
    assert cookie.sent(planted, cookie.SESSION) == ""
    both = asked(f"zone_session=evil; {GUARDED}=own", x_forwarded_proto="https")
    assert cookie.sent(both, cookie.SESSION) == "own"
    assert cookie.read(both.cookies, cookie.SESSION) == "own"
    assert cookie.sent(asked("zone_session=own"), cookie.SESSION) == "own"


def test_what_is_handed_out_over_https_is_for_this_host_alone() -> None:
    told = cookie.made(asked("", x_forwarded_proto="https"), cookie.SESSION, "x")
    assert told == f"{GUARDED}=x; Path=/; HttpOnly; SameSite=Lax; Secure"
    plain = cookie.made(asked("", "10.0.0.9", x_forwarded_proto="https"), cookie.SESSION, "")
    assert plain == "zone_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"


@pytest.mark.parametrize("other", ["", "another mark"])
def test_a_ticket_is_good_once_and_under_its_own_mark(other: str) -> None:
    mark = ticket.mark()
    assert ticket.taken(ticket.given("token", mark), other) == ""
    assert ticket.taken(ticket.given("token", ""), other) == ""
    name = ticket.given("token", mark)
    assert ticket.taken(name, mark) == "token"
    assert ticket.taken(name, mark) == ""
