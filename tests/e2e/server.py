"""A real server of the app in a process of its own, on a free port and its own store."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[2]
PATIENCE_S = 90
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_TROUBLE = re.compile(r"Traceback|\bError\b|CRITICAL|unforeseen")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the file its output goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def trouble(self) -> list[str]:
        """Lines of the log that tell of an error nobody foresaw."""
        lines = self.log.read_text("utf-8", errors="replace").splitlines()
        return [line for line in lines if _TROUBLE.search(line)]


def start(
    store: str,
    log: Path,
    script: str = "app.py",
    given: Mapping[str, str] = MappingProxyType({}),
    *,
    port: int = 0,
    under: Sequence[str] = (),
) -> Server:
    """Start `streamlit run app.py` on a store, with settings, and wait until it answers.

    `under` is a program that starts it and looks on, with its arguments.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*under, *command],
            cwd=ROOT,
            env=_clean()
            | {"ZONE_STORE": store, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
            | dict(given),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    server = Server(url, process, log)
    until = time.monotonic() + PATIENCE_S
    while not _answers(f"{url}/_stcore/health"):
        if process.poll() is not None or time.monotonic() > until:
            server.stop()
            raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.1)
    return server


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The app on the store ``zone.db`` of a folder, while a module of tests runs.

    What it said in the meantime must hold no error that nobody foresaw.
    """
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "server.log")
    try:
        yield running
    finally:
        running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


def _clean() -> dict[str, str]:
    """The environment without settings that a developer's shell may hold."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("ZONE_", "STREAMLIT_"))}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with _DIRECT.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer over HTTP as the wire carries it."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(url: str, data: bytes | None = None) -> Answer:
    """Ask for an address; every status is an answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)
    try:
        with opener.open(urllib.request.Request(url, data), timeout=20) as got:
            return Answer(got.status, _heads(got.headers), got.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _heads(error.headers), error.read())


def _heads(given: object) -> dict[str, str]:
    return {key.lower(): value for key, value in given.items()}  # type: ignore[attr-defined]
