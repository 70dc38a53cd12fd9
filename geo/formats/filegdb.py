"""File geodatabases through GDAL's own reader, with every other driver switched off."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.errors import DataError, Issue
from geo.formats import crs, frame
from geo.formats.container import Source
from geo.formats.limits import SAMPLE_ROWS
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

_WORDS = {"Point": "Point", "LineString": "LineString", "Polygon": "Polygon", "None": "none"}
_FAULTS = (DataSourceError, DataLayerError)


def look(source: Source) -> Peek:
    """Feature classes and tables with their first rows."""
    layers, said = [], set()
    for name, word in _names(source):
        columns, info, _ = _columns(source, name, SAMPLE_ROWS)
        length = len(next(iter(columns.values()), ()))
        head = frame.layer_of(name, frame.table(columns, np.full(length, None)))
        layers.append(Layer(name, int(info["features"]), word, head.fields, head.sample))
        if word != "none":
            said.add(crs.of_text(str(info["crs"] or ""))[0])
    words = said.pop() if len(said) == 1 else ""
    return Peek(Kind.GDB, tuple(layers), "utf-8", (), words, source.issues)


def rows(source: Source, choice: Choice) -> Reading:
    """One feature class, every row; arcs come as the chords GDAL makes of them."""
    names = _names(source)
    layers = [Layer(name, 0, word) for name, word in names]
    if len(layers) > 1 and not choice.layer:
        layers = list(look(source).layers)
    name = frame.one_layer(layers, choice.layer).name
    columns, info, ids = _columns(source, name, None)
    numbers = range(1, len(ids) + 1)
    shapes = np.full(len(ids), None, dtype=object)
    issues = [*source.issues]
    if dict(names)[name] != "none":
        shapes, broken = frame.from_wkb(_wkb(source, name, ids), numbers)
        shapes, doubts = frame.settle(shapes, numbers)
        issues += frame.once(broken, doubts)
    words, unclear = crs.of_text(str(info["crs"] or ""))
    table = frame.table(columns, shapes)
    issues += [*unclear, *_dropped(info), *frame.control_issues(table, numbers)]
    return Reading(Kind.GDB, name, table, len(ids), tuple(numbers), "utf-8", words, tuple(issues))


def _corrupt() -> DataError:
    return DataError(
        "FileGDB 已损坏或不完整，读不出，请重新导出后压缩整个 .gdb 文件夹", "GDB_CORRUPT"
    )


def _names(source: Source) -> list[tuple[str, str]]:
    """Layers and what they hold."""
    try:
        found = pyogrio.list_layers(source.path)
    except _FAULTS as error:
        raise _corrupt() from error
    if not len(found):
        raise DataError("文件为空：FileGDB 中没有图层", "EMPTY_FILE")
    return [(str(name), _word(str(kind))) for name, kind in found.tolist()]


def _word(kind: str) -> str:
    plain = kind.removeprefix("2.5D ").split(" ", maxsplit=1)[0].removeprefix("Multi")
    return _WORDS.get(plain, "mixed")


def _columns(
    source: Source, name: str, most: int | None
) -> tuple[dict[str, "pd.Series[Any]"], Mapping[str, Any], np.ndarray]:
    """Attributes, what GDAL knows of the layer, and the row ids."""
    try:
        info = pyogrio.read_info(source.path, layer=name, force_feature_count=True)
        frame.check_fields(list(info["fields"]))
        _, table = pyogrio.raw.read_arrow(
            source.path,
            layer=name,
            read_geometry=False,
            return_fids=True,
            max_features=most,
            datetime_as_string=True,
        )
    except (*_FAULTS, pa.ArrowException) as error:
        raise _corrupt() from error
    ids = np.asarray(table.column(0).to_numpy())
    names = [str(one) for one in table.column_names[1:]]
    columns = {}
    for position, new in enumerate(frame.unique_names(names), 1):
        if not pa.types.is_binary(table.column(position).type):
            columns[new] = frame.column(table.column(position).to_pylist())
    return columns, info, ids


def _dropped(info: Mapping[str, Any]) -> list[Issue]:
    binary = [
        str(n) for n, t in zip(info["fields"], info["ogr_types"], strict=True) if t == "OFTBinary"
    ]
    return [
        Issue("FIELD_IGNORED", f"字段 {name} 是二进制内容，不能读取，已略去", "warning", field=name)
        for name in binary
    ]


def _wkb(source: Source, name: str, ids: np.ndarray) -> list[bytes | None]:
    try:
        _, fids, wkb, _ = pyogrio.raw.read(source.path, layer=name, columns=[], return_fids=True)
    except _FAULTS as error:
        raise _corrupt() from error
    if not np.array_equal(fids, ids):
        raise _corrupt()
    return list(wkb)
