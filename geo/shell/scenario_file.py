"""A scenario as a file that its ending names: a set, a GeoTIFF, a workbook, a PDF, slides."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from geo import scenario
from geo.errors import DataError
from geo.formats.write import FileKind, kind_of, write
from geo.scenario import Outcome
from geo.scenario.prepare import classification
from geo.shell import paper
from geo.zone import Zone
from layers import palette, plan_page, plan_slides, sheet
from layers.look import Look
from layers.style import Ink

_TIFF = {".tif", ".tiff"}


def save(zone: Zone, outcome: Outcome, path: Path, *, english: bool = False) -> None:
    """Write a scenario in a language; a file of that name is replaced once the new one is whole.

    Raises `DataError` EXPORT_FAILED, EXPORT_FORMAT, EXPORT_GRID.
    """
    body = _body(zone, outcome, path, english)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            made.write_bytes(body)
            made.replace(path)
    except OSError as error:
        raise DataError(f"无法写入 {path}，请检查文件夹与权限", "EXPORT_FAILED") from error


def _body(zone: Zone, outcome: Outcome, path: Path, english: bool) -> bytes:
    ending = path.suffix.lower()
    if ending in _TIFF:
        return scenario.geotiff(outcome, english=english)
    if ending in _PAGES:
        return _PAGES[ending](scenario.leaf(zone, outcome), paper.fonts(), english=english)
    if kind_of(path) is FileKind.XLSX:
        told = scenario.about(outcome, english=english)
        return sheet.book(scenario.tables(outcome, english=english), told, english=english)
    title, sealed = scenario.title(outcome, english=english), outcome.prepared.seal
    look = Look(title, tints=inks(outcome), english=english, seal=sealed)
    return write(scenario.units(outcome, english=english), kind_of(path), look=look)


_PAGES: Mapping[str, Callable[..., bytes]] = {
    ".pdf": plan_page.pdf,
    ".pptx": plan_slides.pptx,
}


def inks(outcome: Outcome) -> dict[str, Ink]:
    """The colours of the uses of a scenario, by code."""
    uses = classification()
    return {one.code: palette.ink(uses[one.code], uses) for one in outcome.prepared.labels}
