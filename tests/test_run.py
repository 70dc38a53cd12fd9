"""The starter: what it refuses, what it skips, which port it takes."""

import socket
import subprocess
import sys
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import run

Version = namedtuple("Version", "major minor micro")


def test_an_old_python_is_refused_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 10, 12))
    with pytest.raises(SystemExit, match=r"3\.10\.12") as stopped:
        run.check_python()
    assert "需要 Python 3.11" in str(stopped.value)
    assert "is needed" in str(stopped.value)


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run.free_port(port) > port


def test_nothing_is_installed_again_while_the_lock_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pip that would fail shows that pip is not asked."""
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    python = tmp_path / ".venv" / "python"
    monkeypatch.setattr(run, "PYTHON", python)
    python.parent.mkdir()
    python.write_text("#!/bin/sh\nexit 3\n")
    python.chmod(0o755)
    lock = tmp_path / "requirements.txt"
    lock.write_text("folium==0.20.0\n")
    (tmp_path / ".venv" / "requirements.installed").write_text(run.fingerprint(lock))
    run.set_up("requirements")
    lock.write_text("folium==0.21.0\n")
    with pytest.raises(SystemExit, match="安装没有完成"):
        run.set_up("requirements")


def test_the_browser_waits_until_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, opened = [], []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if len(asked) > 1 else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setattr(run.webbrowser, "open", opened.append)
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        run.open_when_ready(address)
        server.shutdown()
    assert asked == ["/_stcore/health"] * 2
    assert opened == [address]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_a_server_without_a_display_opens_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not run.has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert run.has_screen()


def test_help_needs_no_package() -> None:
    """``-I -S``: not one installed package can be seen."""
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(run.__file__)), "--help"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert "--no-browser" in told.stdout
