"""Give up rights for good: files, network, processes; Linux only, no root, no compiler.

The kernel's own doors are used through ``syscall(2)``: Landlock
(https://docs.kernel.org/userspace-api/landlock.html), seccomp filters
(https://docs.kernel.org/userspace-api/seccomp_filter.html) and ``capset(2)``.
What a kernel lacks is named, never passed over in silence.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9

# Landlock's calls have the same numbers on every machine type.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_O_PATH = 0o10000000

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_WRITE_FILE, _REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = (
    1 << 1,
    1 << 4,
    1 << 5,
    1 << 7,
    1 << 8,
)
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TREE_READ = _READ_FILE | _READ_DIR
_TREE_WRITE = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER
_TREE_WRITE |= _TRUNCATE
_ON_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE
# Highest file right of each ABI: 1 = 12, 2 = refer, 3 = truncate, 5 = device calls.
_FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_FS_BITS_NOW = 16
_NET_ABI, _SCOPE_ABI = 4, 6
_NET = 0b11  # bind and connect of TCP
_SCOPE = 0b11  # abstract sockets and signals outside

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Calls that reach another process, another host or another program.
_FORBIDDEN = {
    "x86_64": (41, 53, 56, 57, 58, 59, 62, 101, 200, 234, 310, 311, 322, 424, 425, 435),
    "aarch64": (198, 199, 117, 129, 130, 131, 220, 221, 270, 271, 281, 424, 425, 435),
}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_CLONE_THREAD = 0x00010000
_X32_BIT = 0x40000000
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000


def confine(readable: Iterable[Path], writable: Iterable[Path]) -> tuple[str, ...]:
    """Shut this process in for good; return the walls this kernel could not build.

    Parameters
    ----------
    readable
        Files and folders that stay readable. Those that do not exist are left out.
    writable
        Folders in which files may be read, made, changed and removed.

    Returns
    -------
    tuple of str
        Any of ``files``, ``network``, ``processes``; empty when every wall stands.
    """
    _LIBC.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _drop_capabilities()
    abi = abi_version()
    files = abi > 0 and _landlock(abi, readable, writable)
    calls = _forbid_calls()
    missing = {
        "files": not files,
        "network": not (calls or (files and abi >= _NET_ABI)),
        "processes": not calls,
    }
    return tuple(wall for wall, gone in missing.items() if gone)


def abi_version() -> int:
    """Landlock's version in this kernel, 0 where it has none."""
    return max(0, int(_LIBC.syscall(_CREATE_RULESET, None, 0, 1)))


def _landlock(abi: int, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    handled = (1 << _FS_BITS.get(abi, _FS_BITS_NOW)) - 1
    attributes = struct.pack(
        "=QQQ", handled, _NET if abi >= _NET_ABI else 0, _SCOPE if abi >= _SCOPE_ABI else 0
    )
    size = 8 if abi < _NET_ABI else 16 if abi < _SCOPE_ABI else 24
    ruleset = _LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    allowed = [(path, _TREE_READ) for path in readable]
    allowed += [(path, _TREE_READ | _TREE_WRITE) for path in writable]
    ready = all(_allow(ruleset, path, rights & handled) for path, rights in allowed)
    done = ready and _LIBC.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _allow(ruleset: int, path: Path, rights: int) -> bool:
    try:
        handle = os.open(path, _O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return True  # nothing there, so nothing to allow
    if not path.is_dir():
        rights &= _ON_A_FILE
    rule = struct.pack("=Qi", rights, handle)
    answer = _LIBC.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    os.close(handle)
    return int(answer) == 0


def _drop_capabilities() -> None:
    """Root keeps its name but none of its powers."""
    header = struct.pack("=Ii", 0x20080522, 0)
    _LIBC.capset(header, struct.pack("=6I", *[0] * 6))


def _forbid_calls() -> bool:
    """Refuse sockets, new processes, other programs and signals by a seccomp filter."""
    machine = platform.machine()
    if machine not in _AUDIT_ARCH:
        return False
    program = b"".join(_program(machine))
    buffer = ctypes.create_string_buffer(program, len(program))
    length = len(program) // 8
    fprog = struct.pack("@HxxxxxxQ", length, ctypes.addressof(buffer))
    answer = _LIBC.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, fprog, 0, 0)
    return int(answer) == 0


def _program(machine: str) -> Iterable[bytes]:
    """Classic BPF over ``struct seccomp_data``: number at 0, machine at 4, first argument at 16."""
    load, equal, at_least, bits, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    refuse = _REFUSE | errno.EPERM

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("=HBBI", code, yes, no, value)

    yield step(load, 4)
    yield step(equal, _AUDIT_ARCH[machine], 1, 0)
    yield step(answer, refuse)  # a call in another machine's numbers
    yield step(load, 0)
    yield step(at_least, _X32_BIT, 0, 1)
    yield step(answer, refuse)
    yield step(equal, _CLONE3, 0, 1)
    yield step(answer, _REFUSE | errno.ENOSYS)  # the C library then takes clone
    yield step(equal, _CLONE[machine], 0, 4)
    yield step(load, 16)
    yield step(bits, _CLONE_THREAD, 0, 1)
    yield step(answer, _ALLOW)  # a thread of our own
    yield step(answer, refuse)
    for number in _FORBIDDEN[machine]:
        yield step(equal, number, 0, 1)
        yield step(answer, refuse)
    yield step(answer, _ALLOW)
