"""Write a set to a file, in the format that its ending names, looking as it does on the map."""

import tempfile
from pathlib import Path

from geo import landuse
from geo.edition import Edition
from geo.errors import DataError
from geo.formats.write import kind_of, write
from geo.model import Boundaries
from geo.zone import DATA, Zone
from layers import palette
from layers.look import Look


def save(
    zone: Zone,
    known: Boundaries,
    path: Path,
    *,
    crs: int | None = None,
    edition: Edition = Edition.INTERNAL,
) -> int:
    """Write a set of a zone, and tell its size in bytes; `crs` is an EPSG code, None for any.

    A file of that name is replaced only once the new one is whole. Raises `DataError`
    EXPORT_FAILED where the file cannot be written, and what `write` raises.
    """
    kind = kind_of(path)
    tints = palette.tints(known, landuse.read(DATA / "rules"), landuse.find)
    look = Look(zone.catalog.title(known.name), tints=tints, seal=zone.seal())
    body = write(known, kind, look=look, crs=crs, edition=edition)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            made.write_bytes(body)
            made.replace(path)
    except OSError as error:
        raise DataError(
            f"无法写入 {path}，请检查文件夹是否存在、是否可写、文件是否正被打开", "EXPORT_FAILED"
        ) from error
    return len(body)


def epsg(text: str) -> int | None:
    """An EPSG code as typed: ``4529`` or ``EPSG:4529``; None for an empty text."""
    digits = text.strip().upper().removeprefix("EPSG:")
    if not digits:
        return None
    if not digits.isdecimal():
        raise DataError(f"坐标系 {text} 不是 EPSG 代号，请写 4490、4550 或 4529", "EXPORT_CRS")
    return int(digits)
