"""The shipped nginx sample for real: with a certificate of the test's own, on free ports."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.e2e.server import PATIENCE_S, ROOT, Server, free_port

SAMPLE = ROOT / "deploy" / "nginx" / "zone.conf"
NAME = "localhost"
ABSENT = "没有找到 nginx，两个进程经代理的测试已跳过；安装：apt install nginx-light"


def program() -> str:
    """Where nginx is; the test is skipped, or fails in CI, where it is not."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(ABSENT)
    sys.stderr.write(f"{ABSENT}\n")
    pytest.skip(ABSENT)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running nginx."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)


def start(folder: Path, servers: Sequence[Server]) -> Proxy:
    """Start nginx in front of two servers and wait until it listens."""
    nginx, port, plain = program(), free_port(), free_port()
    _certified(folder)
    text = SAMPLE.read_text("utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443": f"listen 127.0.0.1:{port}",
        "server_name zone.example": f"server_name {NAME}",
        "/etc/zone/tls/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "# add_header X-Seat": "add_header X-Seat",
        "127.0.0.1:8501": servers[0].url.removeprefix("http://"),
        "127.0.0.1:8502": servers[1].url.removeprefix("http://"),
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    rooms = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off;\nmaster_process off;\nworker_processes 1;\npid {folder}/pid;\n"
        f"error_log {folder}/error.log;\nevents {{}}\nhttp {{\n{rooms}{text}\n}}\n",
        "utf-8",
    )
    with (folder / "nginx.log").open("wb") as out:
        process = subprocess.Popen(
            [nginx, "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + PATIENCE_S
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise RuntimeError((folder / "nginx.log").read_text("utf-8"))
        time.sleep(0.1)
    return Proxy(port, process)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _certified(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "zone.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "zone.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
