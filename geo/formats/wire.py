"""What a reader may send out of the jail: text, numbers, and shapes as bare coordinates.

Nothing here can run anything: JSON, arrays of numbers whose size is checked, and an Arrow
table that is validated in full. Shapes go as coordinates and offsets, because well-known
binary can be nested until its reader crashes, and that reader would be the server.
"""

import json
import math
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import shapely

from geo import measure

_TYPES = ("<f8", "<f4", "<i8", "<i4", "<i2", "<u2", "|u1", "|b1")
# Shapely's codes of the six plain shapes, with the depth of their offsets.
_DEPTH = {0: 0, 1: 1, 3: 2, 4: 1, 5: 2, 6: 3}
_LARGEST = 1 << 30
_NONSENSE = (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a jailed function gives back.

    Parameters
    ----------
    value
        Anything JSON can say.
    arrays
        Arrays of numbers by name.
    columns
        Attributes, one column each.
    weak
        Walls of the jail that were missing; known to the caller only.
    """

    value: Any = None
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    columns: pa.Table | None = None
    weak: tuple[str, ...] = ()


class WireError(ValueError):
    """What came out of the jail is not what a reader of ours sends."""


def save(answer: Answer, folder: Path) -> None:
    """Write an answer into an existing folder."""
    said = {}
    for number, (name, array) in enumerate(answer.arrays.items()):
        plain = np.ascontiguousarray(array)
        said[name] = {"type": plain.dtype.newbyteorder("<").str, "shape": plain.shape}
        plain.astype(plain.dtype.newbyteorder("<"), copy=False).tofile(folder / f"{number}.bin")
    if answer.columns is not None:
        with pa.ipc.new_file(str(folder / "columns.arrow"), answer.columns.schema) as file:
            file.write_table(answer.columns)
    text = json.dumps({"value": answer.value, "arrays": said, "table": answer.columns is not None})
    (folder / "answer.json").write_text(text, "utf-8")


def load(folder: Path) -> Answer:
    """Read an answer, trusting nothing in it.

    Raises `WireError` if anything is not as `save` writes it.
    """
    try:
        said = json.loads(_bytes(folder / "answer.json"))
        arrays = {
            str(name): _array(folder / f"{number}.bin", one["type"], one["shape"])
            for number, (name, one) in enumerate(said["arrays"].items())
        }
        columns = _table(folder / "columns.arrow") if said["table"] else None
        return Answer(said["value"], arrays, columns)
    except (*_NONSENSE, pa.ArrowException) as error:
        raise WireError(str(error)) from error


def _bytes(path: Path) -> bytes:
    """A plain file's content; a link is not followed out of the folder."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            raise WireError("not a plain file of bearable size")
        return file.read()


def _array(path: Path, type_: str, shape: list[int]) -> np.ndarray:
    if type_ not in _TYPES or not all(isinstance(n, int) and n >= 0 for n in shape):
        raise WireError(f"array of {type_}, {shape}")
    data = _bytes(path)
    if math.prod(shape) * np.dtype(type_).itemsize != len(data):
        raise WireError("array of another size than said")
    return np.frombuffer(data, dtype=type_).reshape(shape)


def _table(path: Path) -> pa.Table:
    with pa.ipc.open_file(pa.BufferReader(_bytes(path))) as file:
        table = file.read_all()
    table.validate(full=True)
    return table


def pack(table: gpd.GeoDataFrame) -> tuple[dict[str, np.ndarray], pa.Table]:
    """Split a table into bare coordinates and plain columns (no index, no metadata)."""
    shapes = np.asarray(table.geometry.values, dtype=object)
    kinds = shapely.get_type_id(shapes)
    arrays: dict[str, np.ndarray] = {"kinds": kinds.astype(np.int8).view(np.uint8)}
    for kind in sorted(set(kinds.tolist()) - {-1}):
        xy, offsets = _ragged(shapes[kinds == kind], kind)
        arrays[f"{kind}.xy"] = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        for depth, one in enumerate(offsets):
            arrays[f"{kind}.{depth}"] = np.asarray(one, dtype=np.int64)
    plain = pd.DataFrame(table.drop(columns=[table.geometry.name]))
    columns = [pa.array(plain[name], from_pandas=True) for name in plain.columns]
    if not columns:
        return arrays, pa.table({"": pa.nulls(len(plain))})
    return arrays, pa.table(columns, names=[str(name) for name in plain.columns])


def _ragged(shapes: np.ndarray, kind: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """Coordinates and offsets of shapes of one kind, as `shapely.to_ragged_array` gives them.

    Most areas are one ring; only the others are taken apart.
    """
    if kind not in (3, 6):
        _, plain, offsets = shapely.to_ragged_array(shapes, include_z=False)
        return np.asarray(plain), list(offsets)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    single = np.flatnonzero(measure.single_rings(xy, owner, len(shapes)))
    sizes = [np.bincount(owner, minlength=len(shapes))[single]]  # of rings, parts, shapes
    sizes += [np.ones(len(single), dtype=np.int64)] * (_DEPTH[kind] - 1)
    odd = np.setdiff1d(np.arange(len(shapes)), single, assume_unique=True)
    of_odd, offsets = odd, list[np.ndarray]()
    _, _, inner = shapely.to_ragged_array(shapes[odd], include_z=False) if len(odd) else (0, 0, ())
    for depth in reversed(range(_DEPTH[kind])):
        own = np.diff(inner[depth]) if len(odd) else odd
        order = np.argsort(np.concatenate([single, of_odd]), kind="stable")
        every = np.concatenate([sizes[depth], own])[order]
        offsets.insert(0, np.concatenate([[0], np.cumsum(every)]))
        of_odd = np.repeat(of_odd, own)
    return xy, offsets


def unpack(answer: Answer, crs: int | None = None) -> gpd.GeoDataFrame:
    """Put a packed table together again.

    Raises `WireError` if coordinates and offsets do not belong together.
    """
    if answer.columns is None or "kinds" not in answer.arrays:
        raise WireError("no table")
    kinds = answer.arrays["kinds"].view(np.int8)
    if kinds.shape != (answer.columns.num_rows,):
        raise WireError("as many shapes as rows are expected")
    shapes = np.full(len(kinds), None, dtype=object)
    for kind in sorted(set(kinds.tolist()) - {-1}):
        shapes[kinds == kind] = _shapes(answer.arrays, kind, int((kinds == kind).sum()))
    columns = answer.columns
    if columns.column_names == [""]:
        columns = columns.drop_columns([""])
    frame = columns.to_pandas(types_mapper=_whole(columns), ignore_metadata=True)
    if columns.num_columns == 0:
        frame = pd.DataFrame(index=range(len(kinds)))
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=crs)


def _whole(columns: pa.Table) -> Any:
    """Whole numbers with gaps must not become floats, which would cut long ones."""
    gaps = {column.type for column in columns.columns if column.null_count}
    known: dict[Any, Any] = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    return {kind: pandas for kind, pandas in known.items() if kind in gaps}.get


def _shapes(arrays: Mapping[str, np.ndarray], kind: int, count: int) -> np.ndarray:
    if kind not in _DEPTH:
        raise WireError(f"shape of kind {kind}")
    try:
        xy = arrays[f"{kind}.xy"]
        offsets = tuple(arrays[f"{kind}.{depth}"] for depth in range(_DEPTH[kind]))
    except KeyError as error:
        raise WireError("part of the shapes is missing") from error
    if xy.dtype.str != "<f8" or xy.ndim != 2 or xy.shape[1] != 2:
        raise WireError("coordinates are not pairs")
    inner = len(xy)
    for one in offsets:
        good = one.dtype.str == "<i8" and one.ndim == 1 and len(one) and one[0] == 0
        if not good or one[-1] != inner or (np.diff(one) < 0).any():
            raise WireError("offsets do not fit")
        inner = len(one) - 1
    if inner != count:
        raise WireError("shapes are missing")
    try:
        made = shapely.from_ragged_array(shapely.GeometryType(kind), xy, offsets or None)
    except (ValueError, shapely.errors.GEOSException) as error:
        raise WireError(str(error)) from error
    return np.asarray(made, dtype=object)
