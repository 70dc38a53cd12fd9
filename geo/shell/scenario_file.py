"""A scenario as a file that its ending names: a set, a GeoTIFF, a workbook, a page of PDF."""

import tempfile
from pathlib import Path

from geo import scenario
from geo.errors import DataError
from geo.formats.write import FileKind, kind_of, write
from geo.model import Boundaries
from geo.scenario import Outcome
from geo.scenario.prepare import classification
from geo.shell import paper
from geo.zone import Zone
from layers import palette, picture, sheet
from layers.look import Look
from layers.picture import Caption, Class, Kind, Layer, Scene, Tint
from layers.style import Ink

_TIFF, _PDF = {".tif", ".tiff"}, ".pdf"
_GROUND = ("sea", "land", "zone", "unit", "coast", "park")


def save(zone: Zone, outcome: Outcome, path: Path) -> None:
    """Write a scenario; a file of that name is replaced only once the new one is whole.

    Raises `DataError` EXPORT_FAILED, EXPORT_FORMAT, EXPORT_GRID.
    """
    body = _body(zone, outcome, path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            made.write_bytes(body)
            made.replace(path)
    except OSError as error:
        raise DataError(f"无法写入 {path}，请检查文件夹与权限", "EXPORT_FAILED") from error


def _body(zone: Zone, outcome: Outcome, path: Path) -> bytes:
    ending = path.suffix.lower()
    if ending in _TIFF:
        return scenario.geotiff(outcome)
    if ending == _PDF:
        return picture.draw(page(zone, outcome), paper.fonts(), Kind.PDF)
    if kind_of(path) is FileKind.XLSX:
        return sheet.book(scenario.tables(outcome), scenario.about(outcome))
    look = Look(scenario.title(outcome), tints=inks(outcome))
    return write(scenario.units(outcome), kind_of(path), look=look)


def inks(outcome: Outcome) -> dict[str, Ink]:
    """The colours of the uses of a scenario, by code."""
    uses = classification()
    return {one.code: palette.ink(uses[one.code], uses) for one in outcome.prepared.labels}


def page(zone: Zone, outcome: Outcome) -> Scene:
    """A scenario as a map on paper, with what must be said of it."""
    prepared, version = outcome.prepared, outcome.prepared.version
    colours, patches = inks(outcome), scenario.patches(outcome)
    named = {label.id: label for label in prepared.labels}
    shown = [named[id_] for id_ in patches.table["id"]]
    classes = tuple(Class(f"{x.code} {x.name}", colours[x.code], x.code, x.name_en) for x in shown)
    tint = Tint(classes, list(range(len(shown))), "配置用途", "Uses", letters=True)
    ground = [zone.boundaries(name, version) for name in _GROUND]
    layers = [Layer(one) for one in ground if one is not None]
    layers += [_plan(patches, tint, example=prepared.example)] if shown else []
    about = scenario.about(outcome)
    notes = tuple(f"{key}：{about[key]}" for key in ("现状来源", "质量", "无数据", "提示"))
    title = f"用地配置方案 {prepared.definition.name}"
    return Scene(tuple(layers), caption=Caption(title=title, notes=notes, version=version))


def _plan(patches: Boundaries, tint: Tint, *, example: bool) -> Layer:
    return Layer(patches, tint, "配置方案", "Allocation", labelled=False, demo=example)
