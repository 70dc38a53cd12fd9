"""Nothing a file makes its reader do reaches the server, the network or another file."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.errors import DataError
from geo.formats import drivers, jail, landlock, read, wire
from tests.geo.formats import hostile

ROOT = Path(__file__).resolve().parents[3]
WALL_S = 3
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the jail's walls are Linux's")

# What a reader taken over by its file would try. It stands in for the reader, inside our jail.
PROBE = """
import ctypes, os, socket, subprocess, threading
from pathlib import Path
from geo.formats.wire import Answer

def _try(act):
    try:
        return Answer({"done": act()})
    except OSError as error:
        return Answer({"refused": [type(error).__name__, str(error), []]})

def passwd(folder, _): return _try(lambda: Path("/etc/passwd").read_text())
def home(folder, _): return _try(lambda: os.listdir(os.path.expanduser("~root")))
def read(folder, path): return _try(lambda: Path(path).read_text())
def write(folder, path): return _try(lambda: Path(path).write_text("x"))
def connect(folder, port):
    return _try(lambda: bool(socket.create_connection(("127.0.0.1", port), 2)))
def datagram(folder, port):
    return _try(lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)))
def local(folder, path): return _try(lambda: socket.socket(socket.AF_UNIX).connect(path))
def program(folder, _): return _try(lambda: subprocess.run(["/bin/true"]).returncode)
def fork(folder, _): return _try(os.fork)
def kill(folder, pid): return _try(lambda: os.kill(pid, 0))
def link(folder, _): return _try(lambda: os.symlink("/etc/passwd", folder / "out" / "answer.json"))
def environment(folder, _): return Answer(dict(os.environ))
def work(folder, _): return _try(lambda: (folder / "work" / "x").write_text("x"))
def thread(folder, _):
    done = []
    one = threading.Thread(target=lambda: done.append(1)); one.start(); one.join()
    return Answer({"done": len(done)})
def memory(folder, _): return Answer(len(bytearray(2 << 30)))
def forever(folder, _):
    while True: pass
def crash(folder, _): ctypes.string_at(0)
def flood(folder, _): return _try(lambda: (folder / "work" / "x").write_bytes(bytes(201 << 20)))
def raising(folder, _): raise KeyError("x")
"""


class Cell:
    """The real keeper, with a short time limit and the probe among its modules."""

    def __init__(self, folder: Path) -> None:
        (folder / "probe.py").write_text(PROBE)
        self._folder, self._count = folder, 0
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        start = (
            f"from geo.formats import limits; limits.WALL_S = {WALL_S}\n"
            f"import probe; from geo.formats import keeper; keeper.main(['{theirs.fileno()}'])"
        )
        environment = {**jail._environment(), "PYTHONPATH": f"{ROOT}:{folder}"}
        command = [sys.executable, "-c", start]
        self._process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()

    def send(self, function: str, argument: Any = None) -> tuple[Path, socket.socket]:
        self._count += 1
        folder = self._folder / f"task{self._count}"
        for room in ("in", "work", "out"):
            (folder / room).mkdir(parents=True)
        task = {"function": f"probe:{function}", "arguments": argument}
        (folder / "task.json").write_text(json.dumps(task))
        ours, theirs = socket.socketpair()
        socket.send_fds(self._link, [os.fsencode(folder)], [theirs.fileno()])
        theirs.close()
        ours.settimeout(30)
        return folder, ours

    def run(self, function: str, argument: Any = None) -> tuple[dict[str, Any], Any]:
        folder, ours = self.send(function, argument)
        with ours:
            said = json.loads(ours.recv(200))
        answered = (folder / "out" / "answer.json").is_file()
        return said, wire.load(folder / "out").value["value"] if answered else None

    def close(self) -> int:
        self._link.close()
        return self._process.wait(10)


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cell]:
    one = Cell(tmp_path_factory.mktemp("cell"))
    yield one
    assert one.close() == 0


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@LINUX
@pytest.mark.parametrize("attempt", ["passwd", "home", "program", "fork", "link"])
def test_a_reader_taken_over_reaches_no_file_and_no_program(cell: Cell, attempt: str) -> None:
    _, answer = cell.run(attempt)
    assert answer["refused"][0] == "PermissionError"


@LINUX
def test_it_reads_neither_the_project_s_settings_nor_other_uploads(cell: Cell) -> None:
    for path in (ROOT / "pyproject.toml", cell._folder / "probe.py"):
        assert cell.run("read", str(path))[1]["refused"][0] == "PermissionError"


@LINUX
def test_it_writes_only_into_its_own_folder(cell: Cell, tmp_path: Path) -> None:
    for path in (tmp_path / "x", ROOT / "geo" / "x.py"):
        assert cell.run("write", str(path))[1]["refused"][0] == "PermissionError"
        assert not path.exists()
    assert cell.run("work")[1] == {"done": 1}


@LINUX
def test_it_opens_no_connection(cell: Cell, listener: socket.socket, tmp_path: Path) -> None:
    port = listener.getsockname()[1]
    with socket.socket(socket.AF_UNIX) as local, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        local.bind(str(tmp_path / "s"))
        local.listen()
        datagrams.bind(("127.0.0.1", 0))
        datagrams.settimeout(0.2)
        for attempt, to in (("connect", port), ("datagram", datagrams.getsockname()[1])):
            assert cell.run(attempt, to)[1]["refused"][0] == "PermissionError"
        assert cell.run("local", str(tmp_path / "s"))[1]["refused"][0] == "PermissionError"
        with pytest.raises(TimeoutError):
            datagrams.recv(10)
    with pytest.raises(TimeoutError):
        listener.accept()


@LINUX
def test_it_cannot_signal_the_server(cell: Cell) -> None:
    assert cell.run("kill", os.getpid())[1]["refused"][0] == "PermissionError"


@LINUX
def test_it_may_still_start_threads_of_its_own(cell: Cell) -> None:
    assert cell.run("thread")[1] == {"done": 1}


@LINUX
def test_it_knows_nothing_of_the_server_s_settings(
    cell: Cell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEO_DATABASE_PASSWORD", "secret")
    assert "GEO_DATABASE_PASSWORD" not in jail._environment()
    known = set(cell.run("environment")[1])
    assert "HOME" not in known
    assert not {name for name in known if "SECRET" in name or "PASS" in name}


@LINUX
def test_it_ends_after_its_time_and_the_keeper_serves_on(cell: Cell) -> None:
    slow, ours = cell.send("forever")
    said, answer = cell.run("work")  # another file is not kept waiting
    assert (said["exit"], answer) == (0, {"done": 1})
    with ours:
        assert json.loads(ours.recv(200)) == {"exit": -signal.SIGKILL, "late": True}
    assert not (slow / "out" / "answer.json").exists()


@LINUX
def test_its_memory_its_files_and_its_crashes_are_its_own(cell: Cell) -> None:
    assert cell.run("memory")[1]["refused"][0] == "TOO_BIG_MEMORY"
    assert cell.run("flood")[1]["refused"][0] == "OSError"
    assert cell.run("crash")[0]["exit"] == -signal.SIGSEGV
    assert cell.run("raising")[0]["exit"] == 1
    assert cell.run("work")[1] == {"done": 1}


@LINUX
def test_nobody_waiting_ends_the_child(cell: Cell) -> None:
    folder, ours = cell.send("forever")
    ours.close()
    assert cell.run("work")[1] == {"done": 1}
    running = {
        Path(f"/proc/{pid}/cwd").resolve()
        for pid in Path("/proc").iterdir()
        if pid.name.isdigit() and os.access(pid / "cwd", os.R_OK)
    }
    assert folder not in running


@LINUX
def test_every_wall_stands_on_this_kernel() -> None:
    answer = jail.run("geo.formats.inside:peek", {"0": hostile.geojson()}, {"names": ["a.json"]})
    missing = () if landlock.abi_version() else ("files",)
    assert answer.weak == missing
    assert [one.code for one in jail.warnings(answer)] == ["JAIL_WEAK"] * bool(missing)


def test_a_missing_wall_is_said_aloud() -> None:
    (issue,) = jail.warnings(wire.Answer(weak=("files", "network")))
    assert (issue.code, issue.severity) == ("JAIL_WEAK", "warning")
    assert "文件" in issue.message
    assert "网络" in issue.message


def test_a_process_without_fork_serves_one_folder(tmp_path: Path) -> None:
    for room in ("in", "work", "out"):
        (tmp_path / room).mkdir()
    (tmp_path / "in" / "0").write_bytes(hostile.geojson())
    task = {"function": "geo.formats.inside:peek", "arguments": {"names": ["a.json"]}}
    (tmp_path / "task.json").write_text(json.dumps(task))
    assert jail._once(tmp_path) == {"exit": 0, "late": False}
    assert wire.load(tmp_path / "out").value["value"]["kind"] == "geojson"


def test_only_our_own_functions_run() -> None:
    with pytest.raises(ValueError, match="not ours"):
        jail.run("os:system", {}, "true")


def test_only_the_drivers_we_need_are_left() -> None:
    code = "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=jail._environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['ESRI Shapefile', 'MEM', 'OpenFileGDB']"
    assert "MEM" in drivers.ALLOWED


def test_a_crash_is_a_refusal_and_the_next_file_reads(tmp_path: Path) -> None:
    nested = b"\x01\x07\0\0\0\x01\0\0\0" * 2_000_000
    bomb = hostile.gpkg(tmp_path / "a.gpkg", [(b"GP\0\x01\0\0\0\0" + nested, "甲", 1)])
    with pytest.raises(DataError) as refused:
        read(bomb, "a.gpkg")
    assert refused.value.code == "FILE_CRASHED"
    assert len(read(hostile.geojson(), "a.json").table) == 1


def test_memory_beyond_the_limit_is_a_refusal() -> None:
    data = b'{"type":"FeatureCollection","features":[' + b"{}," * 16_000_000 + b"{}]}"
    with pytest.raises(DataError) as refused:
        read(data, "a.json")
    assert refused.value.code == "TOO_BIG_MEMORY"


@LINUX
def test_a_dead_keeper_is_replaced() -> None:
    jail.warm()
    keeper = jail._keepers[0].process
    os.kill(keeper.pid, signal.SIGKILL)
    keeper.wait()
    assert len(read(hostile.geojson(), "a.json").table) == 1


def test_threads_of_a_server_read_at_once() -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: len(read(hostile.geojson(), "a.json").table), range(12)))
    assert found == [1] * 12
    assert threading.active_count() < 20


@LINUX
def test_a_forked_server_gets_its_own_keeper() -> None:
    jail.warm()
    ours = jail._keepers[0].process.pid
    code = (
        "import os, sys; sys.path.insert(0, '.')\n"
        "from geo.formats import jail, read\n"
        f"data = {hostile.geojson()!r}\n"
        "jail.warm(); pid = os.fork()\n"
        "assert len(read(data, 'a.json').table) == 1\n"
        "os.waitpid(pid, 0)[1] == 0 or sys.exit(1) if pid else None\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
    assert jail._keepers[0].process.pid == ours


def _saved(folder: Path) -> Path:
    arrays = {"kinds": shapely.get_type_id([]).astype("u1")}
    wire.save(wire.Answer({"a": 1}, arrays), folder)
    return folder


def test_an_answer_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text('{"value": "secret", "arrays": {}, "table": false}')
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "answer.json").symlink_to(secret)
    with pytest.raises(wire.WireError):
        wire.load(tmp_path / "out")


@pytest.mark.parametrize(
    "said",
    [
        b"{",
        b"[]",
        b'{"value": 1}',
        b'{"value": 1, "arrays": {"x": {"type": "O", "shape": [1]}}, "table": false}',
        b'{"value": 1, "arrays": {"x": {"type": "<f8", "shape": [1000000000000]}}, "table": false}',
        b'{"value": 1, "arrays": {"x": {"type": "<f8", "shape": [-1, -1]}}, "table": false}',
        b'{"value": 1, "arrays": {}, "table": true}',
        b"[" * 100_000,
    ],
)
def test_nonsense_from_the_jail_is_refused(tmp_path: Path, said: bytes) -> None:
    _saved(tmp_path)
    (tmp_path / "answer.json").write_bytes(said)
    with pytest.raises(wire.WireError):
        wire.load(tmp_path)
