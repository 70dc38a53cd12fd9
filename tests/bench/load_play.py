"""Recorded walks sent again by many at a time, as a browser sends them, and timed.

A session is a websocket of Streamlit's protocol with the cookies of its own sign-in, and the
files it asks for over HTTP. An answer is complete when the script says that it has finished.
"""

import asyncio
import http.client
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.bench.load_walk import Step, Walk

PATIENCE_S = 120.0
FAULTS = (OSError, TimeoutError, WebSocketException, http.client.HTTPException)
_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_KEYED = re.compile(r"^(\$\$(?:ID|WIDGET)-[0-9a-f]+)-(.*)$", re.DOTALL)


@dataclass(slots=True)
class Tally:
    """What was seen of everybody: seconds by step, bytes, errors."""

    reruns: list[tuple[float, str, float]] = field(default_factory=list)
    fetches: list[float] = field(default_factory=list)
    carried: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    saved: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pace:
    """Until when, and how long somebody thinks between two steps, s."""

    until: float
    think: tuple[float, float]

    async def pause(self, dice: random.Random) -> None:
        await asyncio.sleep(dice.uniform(*self.think))

    @property
    def over(self) -> bool:
        return time.monotonic() > self.until


class Session:
    """One open page of one person."""

    def __init__(self, socket: ClientConnection, tally: Tally, words: Mapping[str, str]) -> None:
        self._socket, self._tally, self._words = socket, tally, words
        self._ids: dict[str, str] = {}
        self._fragments: set[str] = set()

    async def send(self, name: str, recorded: bytes) -> bytes:
        """Send one message; answers with all that came until the script had finished.

        A last word from the map of a page just left is for a fragment that is no more: it is
        not sent, because Streamlit answers it with nothing.
        """
        message = BackMsg.FromString(recorded)
        fragment = message.rerun_script.fragment_id
        if fragment and fragment not in self._fragments:
            return b""
        if not fragment:
            self._fragments.clear()
        self._own(message)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            came = await self._finished()
        self._tally.reruns.append((time.monotonic(), name, time.perf_counter() - start))
        return came

    async def _finished(self) -> bytes:
        came = bytearray()
        while True:
            frame = await self._socket.recv()
            raw = frame if isinstance(frame, bytes) else frame.encode()
            self._tally.carried += len(raw)
            came += raw
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._fragments.add(message.delta.fragment_id)
                self._note(message.delta.new_element)
            elif kind == "script_finished" and message.script_finished != _EARLY:
                return bytes(came)

    def _note(self, element: Any) -> None:
        """Remember a widget's id; an exception on the page is an error."""
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._tally.errors[f"exception {element.exception.message[:200]}"] += 1
        id_ = getattr(getattr(element, kind), "id", "") if kind else ""
        found = _KEYED.match(id_) if isinstance(id_, str) else None
        if found:
            self._ids[found[2]] = id_

    def _own(self, message: BackMsg) -> None:
        """Put this person's words into a recorded message, and the ids of the own widgets."""
        told = message.rerun_script
        told.query_string = self._said(told.query_string)
        for widget in told.widget_states.widgets:
            found = _KEYED.match(widget.id)
            if found:
                widget.id = self._ids.get(self._said(found[2]), widget.id)
            if widget.WhichOneof("value") == "string_value":
                widget.string_value = self._said(widget.string_value)
            if widget.WhichOneof("value") == "json_value":
                widget.json_value = self._said(widget.json_value)

    def _said(self, text: str) -> str:
        for old, new in self._words.items():
            text = text.replace(old, new)
        return text


class Visitor:
    """Somebody with a browser: signed in once, then walking until the time is over."""

    def __init__(self, address: str, tally: Tally, seed: int) -> None:
        self._tally, self._dice = tally, random.Random(seed)
        self._address = address.rstrip("/")
        self._cookie = ""

    async def sign_in(self, name: str, password: str) -> None:
        """By the form of the entrance; raises RuntimeError where refused."""
        form = urlencode({"name": name, "password": password})
        heads = {"origin": self._address, "content-type": "application/x-www-form-urlencoded"}
        answer, _ = await asyncio.to_thread(self._asked, "POST", "/sign-in", form, heads)
        if answer.status != 303:
            raise RuntimeError(f"{name} was not let in: {answer.status}")
        self._cookie = (answer.headers["set-cookie"] or "").partition(";")[0]

    def _asked(
        self, method: str, path: str, body: str | None, heads: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        door = http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=PATIENCE_S)
        try:
            door.request(method, path, body, heads)
            answer = door.getresponse()
            return answer, answer.read()
        finally:
            door.close()

    async def browse(self, walk: Walk, pace: Pace) -> None:
        """The same walk again and again; files only at the first, as a browser keeps them."""
        await asyncio.sleep(self._dice.uniform(0, pace.think[1]))
        first = True
        while not pace.over:
            try:
                await self._once(walk.steps, pace, first=first)
            except FAULTS as error:
                self._tally.errors[f"{type(error).__name__} {error}"[:200]] += 1
            first = False

    async def _once(self, steps: Iterable[Step], pace: Pace, *, first: bool) -> None:
        async with self._opened() as socket:
            session = Session(socket, self._tally, {})
            for step in steps:
                for message in step.messages:
                    await session.send(step.name, message)
                if first:
                    await self._fetch(step.requests)
                await pace.pause(self._dice)
                if pace.over:
                    return

    async def edit(self, walk: Walk, pace: Pace, parcels: list[str], who: str) -> None:
        """One note after the other on parcels that others also write to."""
        turn = 0
        while not pace.over:
            turn += 1
            parcel, note = self._dice.choice(parcels), f"{who}-{turn}"
            try:
                await self._edited(walk, pace, parcel, note)
            except FAULTS as error:
                self._tally.errors[f"{type(error).__name__} {error}"[:200]] += 1

    async def _edited(self, walk: Walk, pace: Pace, parcel: str, note: str) -> None:
        async with self._opened() as socket:
            words = {walk.parcel: parcel, walk.note: note}
            session = Session(socket, self._tally, words)
            for step in walk.steps[:-1]:
                for message in step.messages:
                    await session.send(step.name, message)
                await pace.pause(self._dice)
            for _ in range(4):  # who is told of another's edit looks and saves again
                came = b""
                for message in walk.steps[-1].messages:
                    came += await session.send("save", message)
                if b"srefused" not in came:
                    self._tally.saved.append((parcel, note))
                    return
                self._tally.told["told of another's edit"] += 1
                await pace.pause(self._dice)
            self._tally.errors["never saved"] += 1

    async def _fetch(self, paths: list[str]) -> None:
        for path in paths:
            start = time.perf_counter()
            answer, body = await asyncio.to_thread(self._asked, "GET", path, None, self._heads())
            self._tally.fetches.append(time.perf_counter() - start)
            self._tally.carried += len(body)
            if answer.status != 200:
                self._tally.errors[f"http {answer.status} {path}"] += 1

    def _heads(self) -> dict[str, str]:
        return {"cookie": self._cookie} if self._cookie else {}

    def _opened(self) -> connect:
        return connect(
            f"{self._address.replace('http', 'ws', 1)}/_stcore/stream",
            additional_headers=self._heads(),
            origin=self._address,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            proxy=None,
            open_timeout=PATIENCE_S,
        )
