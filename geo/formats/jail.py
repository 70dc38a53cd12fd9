"""Run one of our functions on a stranger's file in a process that can do nothing else.

The server never parses an upload itself. It writes the bytes into a fresh folder, asks the
keeper (`geo.formats.keeper`) for a forked child that can read only libraries and that folder,
can open no socket and start no program, has 1 GiB and 25 s, and takes back numbers and text.
A child that crashes, hangs or swells is a refusal; the server goes on.
"""

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError, Issue
from geo.formats import scratch, wire
from geo.formats.drivers import gdal_environment
from geo.formats.limits import WALL_S

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_AT_ONCE = max(2, os.cpu_count() or 2)
_GRACE_S = 10  # for the first start of the keeper
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TZ")
_SIGXCPU, _SIGKILL = -24, -9

WEAK = {
    "files": "不能限制其读取的文件",
    "network": "不能断开其网络",
    "processes": "不能禁止其启动程序",
}


@dataclass(slots=True)
class _Keeper:
    process: subprocess.Popen[bytes]
    link: socket.socket
    owner: int


_lock = threading.Lock()
_turns = threading.BoundedSemaphore(_AT_ONCE)
_keepers: list[_Keeper] = []


def run(function: str, files: Mapping[str, bytes], arguments: Any) -> wire.Answer:
    """Run ``module:name`` of this package in the jail.

    Parameters
    ----------
    function
        ``geo.….module:name`` of a function of (folder, arguments) giving a `wire.Answer`;
        it finds the files under ``folder / "in"`` and may write under ``folder / "work"``.
    files
        Content by plain name of ours; a user's file name never becomes a path.
    arguments
        Anything JSON can say.

    Returns
    -------
    wire.Answer
        Its ``weak`` names the walls this computer could not build.

    Raises
    ------
    DataError
        What the function refused, or ``FILE_CRASHED``, ``TOO_SLOW``, ``TOO_BIG_MEMORY``,
        ``BUSY``, ``DISK_FULL``.
    """
    if not function.startswith("geo."):
        raise ValueError(f"{function} is not ours")
    if not _turns.acquire(timeout=WALL_S):
        raise DataError("正在读取的文件太多，请稍后重试", "BUSY")
    try:
        with tempfile.TemporaryDirectory(dir=scratch.folder()) as name:
            folder = Path(name).resolve()
            _lay_out(folder, files, {"function": function, "arguments": arguments})
            _judge(_send(folder), folder)
            return _answer(folder / "out")
    finally:
        _turns.release()


def warnings(answer: wire.Answer) -> tuple[Issue, ...]:
    """Say aloud which walls are missing on this computer."""
    if not answer.weak:
        return ()
    what = "、".join(WEAK[wall] for wall in answer.weak if wall in WEAK)
    message = f"本机系统缺少读取隔离功能：{what}。请只导入来源可靠的文件，或改在较新的 Linux 上运行"
    return (Issue("JAIL_WEAK", message, "warning"),)


def warm() -> None:
    """Start the keeper now, so that the first file need not wait for it (about 1 s)."""
    if sys.platform == "linux":
        with _lock:
            _keeper()


def close() -> None:
    """End the keeper and every child of it; the next `run` starts another."""
    with _lock:
        while _keepers:
            _dismiss(_keepers.pop())


def _lay_out(folder: Path, files: Mapping[str, bytes], task: Mapping[str, Any]) -> None:
    try:
        for room in ("in", "work", "out"):
            (folder / room).mkdir()
        for name, data in files.items():
            (folder / "in" / name).write_bytes(data)
        (folder / "task.json").write_text(json.dumps(task), "utf-8")
    except OSError as error:
        raise DataError("磁盘空间不足或临时文件夹不可写，请联系管理员", "DISK_FULL") from error


def _send(folder: Path) -> Mapping[str, Any]:
    """Have the folder's task done; return ``exit`` and ``late``."""
    if sys.platform != "linux":
        return _once(folder)
    for _ in range(2):  # a keeper that died since the last file is replaced
        ours, theirs = socket.socketpair()
        with ours, theirs:
            if _asked(folder, theirs):
                theirs.close()
                ours.settimeout(WALL_S + _GRACE_S)
                said = _heard(ours)
                if said:
                    return said
        close()
    raise DataError("读取程序未能启动，请联系管理员", "JAIL_DOWN")


def _asked(folder: Path, reply: socket.socket) -> bool:
    with _lock:
        try:
            socket.send_fds(_keeper().link, [os.fsencode(folder)], [reply.fileno()])
        except OSError:
            return False
        return True


def _heard(reply: socket.socket) -> Mapping[str, Any]:
    try:
        said: Mapping[str, Any] = json.loads(reply.recv(200) or b"{}")
    except TimeoutError:
        return {"exit": _SIGKILL, "late": True}
    except OSError:
        return {}
    return said


def _once(folder: Path) -> Mapping[str, Any]:
    """Without Linux: a whole new process for this one file, with a time limit at least."""
    command = [sys.executable, "-m", "geo.formats.keeper", "--once", str(folder)]
    try:
        done = subprocess.run(
            command,
            env=_environment(),
            cwd=folder,
            timeout=WALL_S,
            check=False,
            capture_output=True,
        )
    except subprocess.TimeoutExpired:
        return {"exit": _SIGKILL, "late": True}
    (folder / "words.txt").write_bytes(done.stderr)
    return {"exit": done.returncode, "late": False}


def _keeper() -> _Keeper:
    """The running keeper of this very process; a forked server gets its own."""
    if _keepers and _keepers[0].owner == os.getpid() and _keepers[0].process.poll() is None:
        return _keepers[0]
    while _keepers:
        _dismiss(_keepers.pop())
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "geo.formats.keeper", str(theirs.fileno())]
        process = subprocess.Popen(
            command,
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    _keepers.append(_Keeper(process, ours, os.getpid()))
    return _keepers[0]


def _dismiss(keeper: _Keeper) -> None:
    keeper.link.close()
    if keeper.owner != os.getpid():
        keeper.process.returncode = 0  # our parent's child, not ours to wait for
        return
    try:
        keeper.process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        keeper.process.kill()
        keeper.process.wait()


def _environment() -> dict[str, str]:
    """A new environment: none of the server's settings or secrets goes along."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return (
        kept
        | gdal_environment()
        | {
            "PYTHONPATH": str(_ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            "PYTHONUTF8": "1",
        }
    )


def _judge(said: Mapping[str, Any], folder: Path) -> None:
    """Turn the way a child ended into a refusal, unless it ended well."""
    if said["exit"] == 0:
        return
    words = folder / "words.txt"
    last = words.read_bytes()[-2000:].decode("utf-8", "replace") if words.is_file() else ""
    _LOG.warning("reader ended with %s: %s", said, last.strip().rpartition("\n")[2])
    if said["late"] or said["exit"] == _SIGXCPU:
        raise DataError(f"读取超过 {WALL_S} 秒，已停止，请拆分或简化文件后重试", "TOO_SLOW")
    if said["exit"] == _SIGKILL:
        raise DataError("读取所需内存过大，已停止，请拆分或简化文件后重试", "TOO_BIG_MEMORY")
    raise DataError("文件使读取程序崩溃，内容可能已损坏，请核对后重新导出", "FILE_CRASHED")


def _answer(folder: Path) -> wire.Answer:
    try:
        answer = wire.load(folder)
        said, weak = answer.value["value"], tuple(map(str, answer.value["weak"]))
        refused = said.get("refused") if isinstance(said, dict) else None
        if refused:
            issues = [Issue(*one) for one in refused[2]]
            raise DataError(str(refused[1]), str(refused[0]), issues)
    except (wire.WireError, KeyError, TypeError, IndexError) as error:
        message = "文件使读取程序给出无效结果，内容可能已损坏，请核对后重新导出"
        raise DataError(message, "FILE_CRASHED") from error
    return wire.Answer(said, answer.arrays, answer.columns, weak)


atexit.register(close)
