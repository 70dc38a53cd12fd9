"""A real PostgreSQL with PostGIS for the tests: a cluster of their own, gone at the end.

`ZONE_TEST_PG` (a URL of a superuser's empty database) names a server to use instead; then what
stops and starts the server is skipped. Where PostgreSQL is not installed the tests are skipped
with a reason, unless `CI` is set: then they fail.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

# Taken out of the environment: our own settings refuse variables they do not know.
GIVEN = os.environ.pop("ZONE_TEST_PG", "")
KILLS = int(os.environ.pop("ZONE_KILLS", "40"))
_CONFIG = """
listen_addresses = '127.0.0.1'
max_connections = 40
shared_buffers = 32MB
fsync = off
full_page_writes = off
log_min_messages = fatal
"""
# A user who needs a password comes first; the others are trusted, from this machine only.
_DOORS = """
host all guarded 127.0.0.1/32 scram-sha-256
local all all trust
host all all 127.0.0.1/32 trust
"""
ABSENT = (
    "没有找到 PostgreSQL 与 PostGIS，相关测试已跳过；"
    "安装：apt install postgresql postgresql-postgis，或用 ZONE_TEST_PG=postgresql://… 指明"
)


def programs() -> Path | None:
    """The folder of the newest server that has PostGIS beside it."""
    rooms = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    rooms.sort(key=lambda room: int(room.parent.name), reverse=True)
    found = shutil.which("initdb")
    for room in rooms + ([Path(found).resolve().parent] if found else []):
        shares = (Path("/usr/share/postgresql") / room.parent.name, room.parent / "share")
        if any((share / "extension" / "postgis.control").is_file() for share in shares):
            return room
    return None


@dataclass
class Cluster:
    """A server of the tests' own; root hands it to the user `postgres`, whom it insists on."""

    bin: Path
    room: Path
    port: int
    _as: dict[str, object] = field(default_factory=dict)

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        if os.geteuid() == 0:
            import pwd  # not on Windows

            user = pwd.getpwnam("postgres")
            os.chown(self.room, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._run("initdb", "-N", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C")
        with (self.data / "postgresql.conf").open("a") as config:
            config.write(f"{_CONFIG}port = {self.port}\nunix_socket_directories = '{self.room}'\n")
        (self.data / "pg_hba.conf").write_text(_DOORS)

    @property
    def data(self) -> Path:
        return self.room / "data"

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-s", "-l", str(self.room / "log"), "start")

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-w", "-s", "-m", how, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), "-D", str(self.data), *arguments]
        done = subprocess.run(
            command,
            cwd=self.room,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would stay open with the server it starts
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            check=False,
            timeout=60,
            **self._as,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, f"{command}: {done.stderr!r}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that a test may stop and start; it leaves it running."""
    found = programs()
    if GIVEN:
        pytest.skip("ZONE_TEST_PG 指明的服务器不由测试启停")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(ABSENT)
        sys.stderr.write(f"{ABSENT}\n")
        pytest.skip(ABSENT)
    room = Path(tempfile.mkdtemp(prefix="zone-pg-"))
    made = Cluster(found, room, free_port())
    try:
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(room)


@pytest.fixture(scope="session")
def pg_server(request: pytest.FixtureRequest) -> str:
    """URL of a superuser's database to make others from."""
    return GIVEN or request.getfixturevalue("cluster").url("postgres")


def beside(url: str, database: str) -> str:
    """The URL of another database of the same server."""
    return re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{database}", url, count=1)


def run(url: str, *statements: str) -> None:
    """Run statements, each on its own."""
    with psycopg.connect(url, autocommit=True) as link:
        for statement in statements:
            link.execute(statement.encode())


@pytest.fixture(scope="session")
def pg_databases(pg_server: str) -> Iterator[tuple[str, str]]:
    """URLs of two databases with PostGIS."""
    one, two = "zone_test", "zone_test_other"
    gone = [f"drop database if exists {name} with (force)" for name in (one, two)]
    run(pg_server, *gone, f"create database {one}")
    run(beside(pg_server, one), "create extension postgis")
    run(pg_server, f"create database {two} template {one}")
    yield beside(pg_server, one), beside(pg_server, two)
    run(pg_server, *gone)


@pytest.fixture
def pg_url(pg_databases: tuple[str, str]) -> str:
    """A database that holds no store yet."""
    run(pg_databases[0], "drop schema if exists zone cascade")
    return pg_databases[0]


@pytest.fixture
def other_pg_url(pg_databases: tuple[str, str]) -> str:
    """Another database that holds no store yet."""
    run(pg_databases[1], "drop schema if exists zone cascade")
    return pg_databases[1]
