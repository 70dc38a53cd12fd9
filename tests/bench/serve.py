"""Start and stop the servers that are compared, each in its own process."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
PATIENCE_S = 120
_FLAGS = ("--server.headless=true", "--browser.gatherUsageStats=false")
_UNFROZEN = "import gc; gc.freeze = int; from streamlit.web.cli import main; main()"
_STATIC = ("--server.enableStaticServing=true", "--server.fileWatcherType=none")


@contextmanager
def ours(store: Path, *, frozen: bool = True) -> Iterator[str]:
    """Our app on a store, with or without its gc.freeze; yields its address."""
    start = () if frozen else ("-c", _UNFROZEN)
    with _server(
        ROOT / "app.py", ROOT, {"ZONE_STORE": f"sqlite:///{store}"}, start=start
    ) as address:
        yield address


@contextmanager
def peer(name: str, folder: Path, data: Mapping[str, Path]) -> Iterator[str]:
    """One of `peers/` with Leaflet served beside it; `data` names what it draws."""
    home = folder / f"{name}_{data['BENCH_PARCELS'].stem}"
    (home / "static").mkdir(parents=True)
    shutil.copy(PEERS / f"{name}.py", home)
    for file in (ROOT / "assets" / "vendor" / "leaflet").glob("leaflet.*"):
        shutil.copy(file, home / "static")
    paths = {key: str(path) for key, path in data.items()}
    with _server(home / f"{name}.py", home, paths, *_STATIC) as address:
        yield address


@contextmanager
def _server(
    script: Path,
    home: Path,
    extra: Mapping[str, str],
    *flags: str,
    start: Sequence[str] = (),
) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *(start or ("-m", "streamlit")), "run", str(script)]
    command += [f"--server.port={port}", *_FLAGS, "--server.address=127.0.0.1", *flags]
    running = subprocess.Popen(
        command, cwd=home, env={**os.environ, **extra}, stdout=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", running)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(20)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and running.poll() is None:
        try:
            with direct.open(f"{address}_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server at {address} did not start")


def pid(address: str) -> int:
    """The process that was started to serve an address."""
    flag = f"--server.port={urlsplit(address).port}".encode()
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        if flag in told.read_bytes().split(b"\0"):
            return int(told.parent.name)
    raise RuntimeError(f"nothing serves {address}")
