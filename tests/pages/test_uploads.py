"""Uploads are counted at their address, before they are kept; what is left behind is dropped."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from geo.formats.allowance import Held
from pages import upload_door, uploads

NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    yield
    for page in uploads.ALLOWANCE.pages():
        uploads.ALLOWANCE.closed(page)


async def kept(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(path: str, method: str = "PUT", length: int = 10) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-length", str(length).encode())]
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    asyncio.run(upload_door.Uploads(kept)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


def test_beyond_all_measure_an_upload_is_refused_before_it_is_read() -> None:
    for i in range(20):
        uploads.ALLOWANCE.coming(("page", f"f{i}"), Held("local", "", 1))
        uploads.ALLOWANCE.arrived(("page", f"f{i}"), 1)
    status, body = ask("/_stcore/upload_file/other/x")
    assert status == 413
    assert json.loads(body)["code"] == "QUOTA"
    assert ask("/_stcore/upload_file/page/f3", "DELETE")[0] == 204
    assert ask("/_stcore/upload_file/other/x")[0] == 204


def test_other_addresses_are_none_of_its_business() -> None:
    assert ask("/_stcore/health", "GET")[0] == 204
    assert ask("/_stcore/upload_file/page", "PUT")[0] == 204
    assert uploads.ALLOWANCE.pages() == set()


def test_what_does_not_arrive_is_not_counted() -> None:
    assert ask("/_stcore/upload_file/page/x")[0] == 204  # nothing is kept where no server runs
    assert uploads.ALLOWANCE.pages() == set()


def test_a_page_that_is_gone_is_forgotten_after_a_minute_and_not_before() -> None:
    uploads.ALLOWANCE.coming(("page", "f"), Held("local", "", 1))
    uploads.sweep(NOW)
    uploads.sweep(NOW + timedelta(seconds=59))
    assert uploads.ALLOWANCE.pages() == {"page"}
    uploads.sweep(NOW + timedelta(seconds=60))
    assert uploads.ALLOWANCE.pages() == set()
