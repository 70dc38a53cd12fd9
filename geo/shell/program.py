"""The program itself from a shell: ``serve`` starts the viewer, ``info`` tells what answers."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.info import programs
from geo.shell import heading, home, told
from geo.shell.home import Json, Store
from geo.zone import DATA

SECRET = re.compile(r"(://[^/@:]*:).*@")  # the password in the address of a server


def serve(
    port: Annotated[int, typer.Option(help="端口")] = 8501,
    store: Store = "",
) -> None:
    """Start the viewer and wait for it to end."""
    start = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if store:
        head, slashes, path = home.address(store).partition("sqlite:///")
        here = Path(path).absolute() if path else ""  # the server works in another folder
        os.environ["ZONE_STORE"] = f"{head}{slashes}{here}"
    os.chdir(DATA.parent)
    if os.name == "posix":  # become the server, so that whoever stops this stops it
        os.execv(sys.executable, start)
    raise typer.Exit(subprocess.run(start, check=False).returncode)


def info(store: Store = "", json: Json = False) -> None:
    """Print the versions of what answers."""
    project = tomllib.loads((DATA.parent / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, Any] = {
        "product": project["version"],
        **programs(),
        "store": SECRET.sub(r"\1…@", home.address(store)),
        "version": home.opened(store).version,
    }
    if json:
        told.as_json(found)
    else:
        rows = [{"name": name, "version": str(value)} for name, value in found.items()]
        told.as_table(rows, heading.INFO, "版本")
