"""The shield: our names only, and the headers on every answer."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from pages.shield import POLICY, Shield


async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ours"})


def ask(host: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a request that names a host."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", host.encode())] if host else []
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    app = Shield(inner, hosts=["localhost", "127.0.0.1", "[::1]"])
    asyncio.run(app(scope, receive, send))
    heads = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], heads, sent[1]["body"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_a_name_of_ours_is_answered_with_every_header(host: str) -> None:
    status, heads, body = ask(host)
    assert (status, body) == (200, b"ours")
    assert heads["content-security-policy"] == POLICY
    assert heads["x-content-type-options"] == "nosniff"
    assert heads["x-frame-options"] == "DENY"
    assert heads["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "localhost.evil.example", ""]
)
def test_a_foreign_name_is_refused_before_any_of_our_routes(host: str) -> None:
    status, _, body = ask(host)
    assert status == 400
    assert b"ours" not in body


def test_no_script_of_another_host_may_run() -> None:
    rules = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert "http" not in POLICY
    assert "ws" not in POLICY
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in rules["script-src"].replace("wasm-unsafe-eval", "")
