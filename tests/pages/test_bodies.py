"""No address reads more than it may: it stops at its limit, however long the sender goes on."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from geo.errors import GeoError
from pages import asked, entrance_form, routes
from tests.pages.test_routes import Site

CHUNK = 65_536
LIMITS = {"/api/measure": 200_000, "/api/check": 5_000_000}  # bytes
POSTED = [one.path for one in routes.ROUTES if "POST" in (one.methods or ())]


class Endless:
    """A sender that never comes to an end; it counts what was taken."""

    def __init__(self) -> None:
        self.taken = 0

    async def receive(self) -> dict[str, Any]:
        self.taken += CHUNK
        assert self.taken < 20 * max(LIMITS.values()), "read on and on"
        return {"type": "http.request", "body": b"x" * CHUNK, "more_body": True}


def scope(path: str) -> dict[str, Any]:
    headers = [(b"content-type", b"text/plain"), (b"host", b"here"), (b"origin", b"http://here")]
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }


@pytest.mark.parametrize("path", POSTED)
def test_an_endless_body_is_answered_at_the_limit(path: str) -> None:
    sender, sent = Endless(), list[Any]()

    async def send(message: Any) -> None:
        sent.append(message)

    app = Starlette(routes=routes.ROUTES, exception_handlers={GeoError: routes.told})
    asyncio.run(app(scope(path), sender.receive, send))
    assert sent[0]["status"] < 500
    assert sender.taken <= LIMITS.get(path, 0) + 2 * CHUNK


def test_a_form_of_the_entrance_is_read_to_four_kilobytes() -> None:
    sender = Endless()
    assert asyncio.run(entrance_form.sent(Request(scope("/sign-in"), sender.receive))) is None
    assert sender.taken == CHUNK


def test_what_is_not_too_long_is_read_whole() -> None:
    parts = [
        {"type": "http.request", "body": b"def", "more_body": False},
        {"type": "http.request", "body": b"abc", "more_body": True},
    ]

    async def receive() -> Any:
        return parts.pop()

    assert asyncio.run(asked.body(Request(scope("/"), receive), 6)) == b"abcdef"


def test_a_sketch_nested_without_end_is_a_plain_fault() -> None:
    app = Starlette(routes=routes.ROUTES, exception_handlers={GeoError: routes.told})
    got = Site(app).post("/api/measure", b"[" * 150_000)
    assert (got.status, got.json()["code"]) == (400, "SKETCH")
