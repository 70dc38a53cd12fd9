"""Addresses that ask first: whether the visitor may, and whether the look goes into the log."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from inspect import iscoroutinefunction
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo.model import SECRECY
from geo.people import Act
from pages import door, rights, who

Plain = Callable[[Request], Response]
Answer = Callable[[Request], Awaitable[Response]]
_AGAIN = timedelta(hours=1)  # a look at the same thing is not told twice within
_HELD = {"Cache-Control": "private, max-age=3600"}  # kept no longer than that by the browser
_looked: dict[tuple[str, str, int], datetime] = {}
_lock = Lock()


def first(act: Act, answer: Plain | Answer) -> Answer:
    """An address that answers those alone who may do something."""
    plain = not iscoroutinefunction(answer)

    @wraps(answer)
    async def asking(request: Request) -> Response:
        if who.book() is not None:
            await run_in_threadpool(rights.require, act)
        found: Response | Awaitable[Response]
        found = await run_in_threadpool(answer, request) if plain else answer(request)
        return found if isinstance(found, Response) else await found

    return asking


async def body(request: Request, most: int) -> bytes | None:
    """The body of a request, or None as soon as it is longer than so many bytes."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > most:
            return None
    return bytes(found)


def viewed(name: str, since: int, usual: Mapping[str, str]) -> Mapping[str, str]:
    """Headers of what is told of a set; a look at one that is not 公开 stands in the log."""
    found = who.visit()
    if who.book() is None or found is None:
        return usual
    secrecy = door.whole().marks.of(name, since)
    if secrecy in ("", SECRECY[0]):
        return usual
    if _new((found.person.id, name, since)):
        rights.noted("view:seen", set=name, since=since, secrecy=secrecy)
    return {**usual, **_HELD}


def _new(look: tuple[str, str, int]) -> bool:
    """Whether it is the first such look for an hour."""
    at = who.now()
    with _lock:
        for old in [one for one, when in _looked.items() if at - when >= _AGAIN]:
            del _looked[old]
        return _looked.setdefault(look, at) == at
