"""Fetch and make everything the browser and the pictures need, from npm, by lock file.

``vendor.toml`` names each package, its version, licence and npm integrity, and the SHA-256
of every file kept. This script asks npm for the packages, refuses any whose bytes differ
from the lock, copies the files kept, cuts the two Chinese fonts down to the characters
offices use, and refuses any result whose SHA-256 differs. Running it again gives the same
bytes. Usage: ``python assets/build.py``.
"""

import base64
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
LOCK = HERE / "vendor.toml"
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=[^\n]*\s*\Z")
# Latin, punctuation, arrows, mathematics, circled numbers, boxes, shapes, CJK squares (㎡ ㎞).
SYMBOLS = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x01CD, 0x01DC),
    (0x0370, 0x03FF),
    (0x2000, 0x27BF),
    (0x3000, 0x303F),
    (0x3200, 0x33FF),
    (0xFF00, 0xFFEF),
)


class LockError(Exception):
    """What came from npm, or was made from it, is not what the lock file says."""


def fetch(name: str, version: str, integrity: str, folder: Path) -> bytes:
    """The package as npm serves it, checked against its integrity (``sha512-…``)."""
    npm = shutil.which("npm")
    if npm is None:
        raise LockError("没有找到 npm，请先安装 Node.js / npm not found: install Node.js first")
    target = folder / name.replace("/", "_")
    target.mkdir()
    subprocess.run(
        [npm, "pack", f"{name}@{version}", "--silent", "--pack-destination", str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    data = next(target.glob("*.tgz")).read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != integrity:
        raise LockError(f"{name}@{version}: {found}, expected {integrity}")
    return data


def member(package: bytes, path: str) -> bytes:
    """One file of an npm package; a trailing source-map line is dropped from scripts."""
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as tar:
        held = tar.extractfile(f"package/{path}")
        if held is None:
            raise LockError(f"{path} is not a file of the package")
        data = held.read()
    return SOURCE_MAP.sub(b"\n", data) if path.endswith(".js") else data


def codec_characters(codec: str) -> set[int]:
    """Code points of every two-byte character a Chinese codec (``gb2312``, ``gbk``) knows."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return {ord(text) for pair in pairs if len(text := pair.decode(codec, "ignore")) == 1}


def cut_font(master: bytes, codec: str, also: str) -> TTFont:
    """A font with the characters of a codec, our symbols and a few more; no build date in it."""
    options = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False)
    font = TTFont(io.BytesIO(master), recalcTimestamp=False, lazy=False)
    wanted = codec_characters(codec) | {ord(character) for character in also}
    for first, last in SYMBOLS:
        wanted.update(range(first, last + 1))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(wanted))
    cutter.subset(font)
    font["head"].modified = font["head"].created
    return font


def saved(font: TTFont, flavor: str | None) -> bytes:
    """A font as bytes: plain TrueType (None) or ``woff2``."""
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def products(package: dict[str, Any], data: bytes) -> Iterable[tuple[str, bytes, str]]:
    """Each file a package gives us: where it goes, its bytes, the SHA-256 expected."""
    for kept in package.get("file", ()):
        yield kept["to"], member(data, kept["from"]), kept["sha256"]
    for font in package.get("font", ()):
        cut = cut_font(member(data, font["from"]), font["characters"], font["also"])
        yield f"{font['to']}.ttf", saved(cut, None), font["ttf_sha256"]
        yield f"{font['to']}.woff2", saved(cut, "woff2"), font["woff2_sha256"]


def build(folder: Path = HERE) -> list[str]:
    """Write every vendored file below a folder; return one line on each.

    Raises `LockError` after listing all files that differ from the lock.
    """
    lines, wrong = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for package in tomllib.loads(LOCK.read_text("utf-8"))["package"]:
            data = fetch(package["name"], package["version"], package["integrity"], Path(scratch))
            for to, content, expected in products(package, data):
                found = hashlib.sha256(content).hexdigest()
                if found != expected:
                    wrong.append(f"{to}: sha256 {found}, expected {expected}")
                    continue
                path = folder / to
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                lines.append(f"{len(content):>10,}  {to}")
    if wrong:
        raise LockError("\n".join(wrong))
    return lines


if __name__ == "__main__":
    try:
        sys.stdout.write("\n".join(build()) + "\n")
    except LockError as error:
        sys.exit(str(error))
