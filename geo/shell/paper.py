"""Documents about checked sites, written from a shell."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from geo import casework
from geo.casework import Case
from geo.errors import DataError
from geo.site import SiteReport
from geo.zone import DATA, Zone
from layers import report
from layers.dossier import How, Paper, told_of, written
from layers.picture import FontBook

Asked = Sequence[tuple[Case, SiteReport]]


def fonts() -> FontBook:
    """The fonts that came with the product."""
    room = DATA.parent / "assets" / "fonts"
    return FontBook(str(room / "NotoSansSC-Regular.ttf"), str(room / "NotoSansSC-Bold.ttf"))


def write(zone: Zone, asked: Asked, wanted: Mapping[str, Path | None]) -> list[Path]:
    """Write the documents asked for; several sites go into a folder, one file each.

    Raises `DataError` FILE_WRITE where a file cannot be written.
    """
    out = list[Path]()
    for kind, path in wanted.items():
        if path is None:
            continue
        files = _files(zone, asked, Paper(kind), path)
        for place, data in files.items():
            _put(place, data)
            out.append(place)
    return out


def _files(zone: Zone, asked: Asked, kind: Paper, path: Path) -> dict[Path, bytes]:
    ready = [casework.filed(zone, case, report_) for case, report_ in asked]
    if kind is Paper.XLSX:
        return {path: report.xlsx([told_of(one) for one in ready])}
    how = How(fonts())
    if len(ready) == 1:
        return {path: written(ready[0], kind, how)}
    return {path / f"{one.number}.{kind.value}": written(one, kind, how) for one in ready}


def _put(place: Path, data: bytes) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as error:
        raise DataError(f"无法写入 {place.name}，请核对路径与权限", "FILE_WRITE") from error
