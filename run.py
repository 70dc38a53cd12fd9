"""Set up once, then open the viewer: ``python run.py`` needs only Python 3.11 or later.

``python run.py`` makes ``.venv``, installs the locked packages if the lock changed, starts
the server on this machine only and opens the browser. ``python run.py --setup requirements-dev``
only installs. Standard library only, because it runs before anything is installed.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import venv
import webbrowser
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
FIRST_PORT = 8501
PATIENCE_S = 120


def say(chinese: str, english: str) -> None:
    """One line in both languages, at once even when output goes to a file."""
    sys.stdout.write(f"{chinese}\n{english}\n")
    sys.stdout.flush()


def check_python() -> None:
    """Stop with a plain word if this Python is too old."""
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"需要 Python 3.11 或更新版本，当前为 {have}，请安装后重试。\n"
            f"Python 3.11 or later is needed; this is {have}."
        )


def need_ensurepip() -> None:
    """Get the part of Python that Debian packs apart, or say how to get it."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt and not WINDOWS and os.geteuid() == 0:
        say(f"正在安装 {package} …", f"Installing {package} …")
        subprocess.run([apt, "-o", "Acquire::Retries=3", "update", "-qq"], check=True)
        subprocess.run([apt, "install", "-y", "-qq", package], check=True)
        return
    sys.exit(
        f"这个 Python 不能建立虚拟环境，请先运行：sudo apt install {package}\n"
        f"This Python cannot make virtual environments; run: sudo apt install {package}"
    )


def fingerprint(lock: Path) -> str:
    """What an installation depends on: the lock's bytes and the Python that runs it."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def set_up(lock_name: str) -> None:
    """Make `.venv` and install a lock file into it, unless that was done already."""
    lock = HERE / f"{lock_name}.txt"
    stamp = VENV / f"{lock_name}.installed"
    wanted = fingerprint(lock)
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    started = time.monotonic()
    if not PYTHON.exists():
        need_ensurepip()
        venv.create(VENV, with_pip=True, clear=True)
    say(f"正在安装 {lock.name} 中的软件包 …", f"Installing the packages of {lock.name} …")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=False)
    if done.returncode:
        sys.exit(
            "安装没有完成，请查看上面的原因（网络或镜像），然后重试。\n"
            "The installation did not finish; see the reason above and try again."
        )
    stamp.write_text(wanted, "utf-8")
    took = time.monotonic() - started
    say(f"安装完成，用时 {took:.0f} 秒。", f"Installed in {took:.0f} s.")


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    sys.exit(
        f"端口 {first} 至 {first + 99} 都被占用，请用 --port 指定一个。\n"
        f"Ports {first} to {first + 99} are taken; name one with --port."
    )


def open_when_ready(address: str) -> None:
    """Open the browser as soon as the server answers; give up quietly after two minutes."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            with direct.open(f"{address}_stcore/health", timeout=2):
                webbrowser.open(address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)


def has_screen() -> bool:
    """Whether a browser window can open here (not on a server without a display)."""
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(port: int, *, browser: bool) -> int:
    """Run the server until it is stopped; return its exit code."""
    address = f"http://127.0.0.1:{port}/"
    say(f"打开 {address} ，按 Ctrl+C 停止。", f"Open {address} — Ctrl+C stops it.")
    if browser and has_screen():
        threading.Thread(target=open_when_ready, args=(address,), daemon=True).start()
    command = [str(PYTHON), "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=HERE)
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:  # the server gets it too and closes in its own time
            continue


def main() -> int:
    """Read the command line and do what it asks."""
    check_python()
    asked = argparse.ArgumentParser(description="经区规划图 / zone viewer")
    asked.add_argument("--setup", metavar="LOCK", help="install LOCK.txt and stop")
    asked.add_argument("--port", type=int, default=0, help="first free one from 8501 on")
    asked.add_argument("--no-browser", action="store_true", help="do not open a browser")
    given = asked.parse_args()
    set_up(given.setup or "requirements")
    if given.setup:
        return 0
    return serve(given.port or free_port(), browser=not given.no_browser)


if __name__ == "__main__":
    sys.exit(main())
