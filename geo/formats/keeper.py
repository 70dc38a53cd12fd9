"""The process that reads files for the server: it keeps the libraries warm and forks a cell a file.

Started by `geo.formats.jail` as ``python -m geo.formats.keeper``; it never holds data, a secret
or a thread of the server. Each request is a folder; a forked child gives up its rights, runs one
function of ours on that folder, leaves its answer there and ends. Without Linux there is no
fork: then one process serves one folder (``--once``).
"""

import errno
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio

from geo.errors import DataError
from geo.formats import wire
from geo.formats.drivers import others
from geo.formats.limits import CPU_S, FILE_BYTES, MEMORY_BYTES, OPEN_FILES, WALL_S

LINUX = sys.platform == "linux"
# Modules loaded before the first file, so that a file costs a fork and not an import.
WARM = ("geo.formats.inside", "geo.formats.geotiff", "ezdxf", "python_calamine")
_AGAIN = "GEO_KEEPER_STARTED_AGAIN"
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
_HARMLESS = ("/dev/null", "/dev/urandom", "/proc/self/statm", "/usr/share/zoneinfo")


@dataclass(slots=True)
class _Cell:
    """A child at work, who waits for it, and until when."""

    pid: int
    reply: socket.socket
    end: float
    late: bool = False


def main(arguments: list[str]) -> None:
    """Serve one folder (``--once FOLDER``) or all that come over the inherited socket."""
    if arguments[0] == "--once":
        _work(Path(arguments[1]))
        return
    for name in (*WARM, *importlib.import_module(WARM[0]).MODULES):
        importlib.import_module(name)
    _without_newcomers()
    gc.set_threshold(100_000, 20, 20)  # rows by the ten thousand are no garbage
    gc.freeze()  # what is loaded stays shared between the children
    _serve(socket.socket(fileno=int(arguments[0])))


def _without_newcomers() -> None:
    """Start again without drivers that a later GDAL brings and our list does not know."""
    extra = others(set(pyogrio.list_drivers()))
    if extra and _AGAIN not in os.environ:
        os.environ["GDAL_SKIP"] = ",".join([os.environ.get("GDAL_SKIP", ""), *sorted(extra)])
        os.environ[_AGAIN] = "yes"
        os.execv(sys.executable, sys.orig_argv)


def _serve(link: socket.socket) -> None:
    """Fork a child for each folder until the server closes the socket."""
    cells: dict[int, _Cell] = {}
    with selectors.DefaultSelector() as watch:
        watch.register(link, selectors.EVENT_READ)
        while True:
            ends = [cell.end for cell in cells.values() if not cell.late]
            pause = max(0.0, min(ends) - time.monotonic()) if ends else None
            for key, _ in watch.select(pause):
                if key.fileobj is link:
                    if not _admit(link, watch, cells):
                        return _kill(list(cells.values()))
                elif key.data in cells:
                    _attend(key, watch, cells)
            overdue = [cell for cell in cells.values() if cell.end <= time.monotonic()]
            for cell in overdue:
                cell.late = True
            _kill(overdue)


def _admit(link: socket.socket, watch: selectors.BaseSelector, cells: dict[int, _Cell]) -> bool:
    """Start a cell for the next folder; False once the server is gone."""
    message, handles, _, _ = socket.recv_fds(link, 8192, 1)
    if not message:
        return False
    reply = socket.socket(fileno=handles[0])
    pid = os.fork()
    if pid == 0:
        _cell(Path(os.fsdecode(message)))
    handle = os.pidfd_open(pid)
    cells[handle] = _Cell(pid, reply, time.monotonic() + WALL_S)
    watch.register(handle, selectors.EVENT_READ, handle)
    watch.register(reply, selectors.EVENT_READ, handle)
    return True


def _attend(
    key: selectors.SelectorKey, watch: selectors.BaseSelector, cells: dict[int, _Cell]
) -> None:
    """A cell has ended, or nobody waits for it any longer."""
    cell = cells[key.data]
    if key.fileobj is cell.reply:
        watch.unregister(cell.reply)
        return _kill([cell])
    _, status = os.waitpid(cell.pid, 0)
    watch.unregister(key.data)
    if cell.reply in watch.get_map():
        watch.unregister(cell.reply)
        said = {"exit": os.waitstatus_to_exitcode(status), "late": cell.late}
        cell.reply.send(json.dumps(said).encode())
    cell.reply.close()
    os.close(key.data)
    del cells[key.data]
    return None


def _kill(cells: list[_Cell]) -> None:
    for cell in cells:
        os.kill(cell.pid, signal.SIGKILL)  # not yet waited for, so the number is still its own


def _cell(folder: Path) -> None:
    """Run the folder's task in this forked child, which never returns."""
    status = 1
    try:
        os.setsid()
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        quiet = os.open(folder / "words.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        _work(folder)
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


def _work(folder: Path) -> None:
    """Do the task in ``task.json`` and leave the answer in ``out``."""
    os.umask(0o077)
    os.chdir(folder)
    task = json.loads((folder / "task.json").read_text("utf-8"))
    module, _, name = task["function"].partition(":")
    for temporary in ("TMPDIR", "TEMP", "CPL_TMPDIR"):
        os.environ[temporary] = str(folder / "work")
    weak = _shut(folder)
    try:
        answer: Any = getattr(importlib.import_module(module), name)(folder, task["arguments"])
    except MemoryError:
        answer = _refusal(_too_big())
    except RecursionError:
        answer = _refusal(DataError("文件内容嵌套过深，不能读取，请简化后重试", "TOO_DEEP"))
    except DataError as error:
        answer = _refusal(error)
    except OSError as error:
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            raise
        answer = _refusal(DataError("解出的内容过大，放不下，请拆分文件后重试", "TOO_BIG_RESULT"))
    said = {"value": answer.value, "weak": weak}
    wire.save(wire.Answer(said, answer.arrays, answer.columns), folder / "out")


def _too_big() -> DataError:
    return DataError("读取所需内存超过 1 GB，请拆分或简化文件后重试", "TOO_BIG_MEMORY")


def _refusal(error: DataError) -> wire.Answer:
    issues = [
        [one.code, one.message, one.severity, one.row, one.field, one.value] for one in error.issues
    ]
    return wire.Answer({"refused": [error.code, str(error), issues]})


def _shut(folder: Path) -> list[str]:
    """Limit this process and take its rights; return the walls that are missing here."""
    if not LINUX:
        return ["files", "network", "processes"]
    import resource  # noqa: PLC0415  only where it exists

    from geo.formats import landlock  # noqa: PLC0415  only where the kernel has it

    page = os.sysconf("SC_PAGE_SIZE")
    size, resident = map(int, Path("/proc/self/statm").read_text("ascii").split()[:2])
    for which, most in (
        (resource.RLIMIT_AS, (size - resident) * page + MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        # One second more before the hard end, so that the signal tells time from memory.
        hard = most + 1 if which == resource.RLIMIT_CPU else most
        resource.setrlimit(which, (most, hard))
    return list(landlock.confine([Path(path) for path in _readable()], [folder]))


def _readable() -> list[str]:
    """The interpreter, the libraries and our own code; no setting, no data, no home."""
    paths = sysconfig.get_paths()
    python = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*python, *_SYSTEM, *_HARMLESS, str(Path(__file__).resolve().parents[1])]


if __name__ == "__main__":
    main(sys.argv[1:])
