"""A light counter of use: pages opened, files taken, sites checked, meetings shown. Names nobody.

Counts wait in this process and go into the book once a minute, or when somebody looks at them or
the server stops, so that a visit does not cost a write.
"""

import atexit
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import cache
from threading import Lock

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo.chronicle import CHINA
from geo.errors import GeoError
from pages import board, door, who

Answer = Callable[[Request], Awaitable[Response]]
_EVERY = timedelta(minutes=1)
_ACTS = {"export": "export", "check": "check"}
_counts: Counter[tuple[date, str]] = Counter()
_kept: dict[str, datetime] = {}
faults: list[str] = []  # the code of why counts could not be written last time, if they could not
_lock = Lock()
_log = logging.getLogger("zone")


def add(what: str) -> None:
    """Count something once, today."""
    if not door.given().statistics:
        return
    _at_end()
    at = who.now()
    with _lock:
        _counts[at.astimezone(CHINA).date(), what] += 1
        due = at - _kept.setdefault("at", at) >= _EVERY
    if due:
        flush()


def noted(what: str) -> None:
    """Count what the log is told of, where it is one of the things counted."""
    act = _ACTS.get(what.partition(":")[0])
    if act:
        add(act)


def opened(page: str) -> None:
    """Count a page once for each time somebody comes to it."""
    if st.session_state.get("tally_page") != page:
        st.session_state["tally_page"] = page
        add(f"page_{page}")


def playing(answer: Answer) -> Answer:
    """An address that shows a meeting, counted."""

    async def shown(request: Request) -> Response:
        found = await answer(request)
        await run_in_threadpool(add, "show")
        return found

    return shown


def flush() -> None:
    """Write what waits into the book, or leave it for the next time: counting stops nothing."""
    with _lock:
        waiting = Counter(_counts)
        _counts.clear()
        _kept["at"] = who.now()
    try:
        held = board.held()
        for day in sorted({day for day, _ in waiting}):
            told = {what: n for (on, what), n in waiting.items() if on == day}
            if held is not None:
                held.count(day, told, who.now())
            for what in told:
                del waiting[day, what]
        faults.clear()
    except GeoError as error:
        if not faults:  # told once, not at every try
            _log.warning("use not written: %s %s", error.code, error)
        faults[:] = [error.code]
        with _lock:
            _counts.update(waiting)


@cache
def _at_end() -> None:
    """Ask once to write what is left when the process ends."""
    atexit.register(flush)
