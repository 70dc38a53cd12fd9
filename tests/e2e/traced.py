"""What the kernel was asked to connect to: read from a trace of `strace`, line by line."""

import ipaddress
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

CALLS = "connect,bind,sendto,sendmsg,sendmmsg"
ABSENT = "没有找到 strace，服务器的连接没有核对；安装：apt install strace"
FORBIDDEN = "此环境不许跟踪进程（ptrace），服务器的连接没有核对"
_CALL = re.compile(rf"\b({CALLS.replace(',', '|')})\(\d+, (.*)")
_FAMILY = re.compile(r"sa_family=(\w+)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
# Sockets in the file system, and the kernel itself; to connect to nothing is to let go.
_NEAR = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"}


def command(out: Path) -> list[str]:
    """The program that starts another and writes its connections down; skips where it cannot."""
    found = shutil.which("strace")
    if not found:
        _left_out(ABSENT)
    options = ["-f", "-I", "2", "--seccomp-bpf", "-qq", "-s", "0"]
    options += ["-e", f"trace={CALLS}", "-e", "signal=none"]
    trial = [found or "", *options, "-o", os.devnull, sys.executable, "-c", ""]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        _left_out(FORBIDDEN)
    return [found or "", *options, "-o", str(out)]


def _left_out(why: str) -> None:
    sys.stderr.write(f"{why}\n")
    pytest.skip(why)


def ended(tracer: subprocess.Popen[bytes]) -> None:
    """End the program that is looked on, and wait until its last line is written."""
    children = Path(f"/proc/{tracer.pid}/task/{tracer.pid}/children").read_text("ascii")
    for one in children.split():
        os.kill(int(one), signal.SIGTERM)
    tracer.wait(60)


def foreign(lines: Iterable[str]) -> list[str]:
    """Lines of a trace that name another machine, or an address that cannot be read."""
    return [line for line in lines if (call := _CALL.search(line)) and not _near(*call.groups())]


def named(lines: Iterable[str]) -> list[str]:
    """Addresses that a trace names, as they stand in it."""
    return [a or b for line in lines for a, b in _ADDRESS.findall(line)]


def _near(call: str, given: str) -> bool:
    families = _FAMILY.findall(given)
    if not families:  # what is sent on a socket names nobody: that stood where it was connected
        return call.startswith("send") and ("NULL" in given or "msg_name" not in given)
    if all(one in _NEAR for one in families):
        return True
    addresses = [a or b for a, b in _ADDRESS.findall(given)]
    return bool(addresses) and all(map(_loopback, addresses))


def _loopback(text: str) -> bool:
    found = ipaddress.ip_address(text)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
