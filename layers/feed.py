"""What the browser fetches: shapes of a set as compact GeoJSON, gzipped once.

Text goes out as JSON only and enters the page as text, never as HTML.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.model import Boundaries, Grade

DIGITS = 6  # about 0.1 m; a display copy, the store keeps every digit
_RANK = 3  # of a name whose set does not rank
SMALL = 2_000  # features; larger sets go out as tiles


def is_big(boundaries: Boundaries) -> bool:
    """Whether a set is too big to be shapes of its own in the browser."""
    return len(boundaries.table) > SMALL


def geojson(boundaries: Boundaries) -> bytes:
    """All features of a set, gzipped GeoJSON."""
    return packed({"type": "FeatureCollection", "features": features(boundaries)})


def feature(boundaries: Boundaries, id_: str) -> bytes | None:
    """One feature by id, gzipped GeoJSON, or None."""
    row = boundaries.table.loc[boundaries.table["id"] == id_]
    if row.empty:
        return None
    return packed(features(Boundaries(boundaries.name, row, boundaries.source))[0])


def features(boundaries: Boundaries) -> list[dict[str, Any]]:
    """Features with the few properties the map needs; areas in m², lengths in m."""
    table = boundaries.table
    shapes = np.asarray(table.geometry.array)
    areas, lengths = measure.areas_m2(shapes), measure.lengths_m(shapes)
    anchors = shapely.get_coordinates(_anchors(shapes))
    texts = [json.loads(text) for text in shapely.to_geojson(_rounded(shapes))]
    columns = {name: column(table, name) for name in ("name_en", "kind", "kind_en")}
    ranks = table["rank"].fillna(_RANK) if "rank" in table else pd.Series(_RANK, index=table.index)
    grades = column(table, "grade", boundaries.source.grade.value)
    errors = table["error_m"] if "error_m" in table else pd.Series(np.nan, index=table.index)
    out = []
    for i, (id_, name) in enumerate(zip(table["id"], table["name"], strict=True)):
        dimension = shapely.get_dimensions(shapes[i])
        properties = {
            "id": id_,
            "name": name,
            "en": columns["name_en"][i],
            "kind": columns["kind"][i],
            "kind_en": columns["kind_en"][i],
            "g": grades[i],
            "r": int(ranks.iloc[i]),
            "m2": round(float(areas[i]), 1) if dimension == 2 else None,
            "len": round(float(lengths[i]), 1) if dimension == 1 else None,
            "err": None if pd.isna(errors.iloc[i]) else float(errors.iloc[i]),
            "lx": round(float(anchors[i, 0]), DIGITS),
            "ly": round(float(anchors[i, 1]), DIGITS),
        }
        out.append({"type": "Feature", "properties": properties, "geometry": texts[i]})
    return out


def classes(boundaries: Boundaries) -> list[dict[str, Any]]:
    """Legend classes of a set: each kind with its count, commonest geometry and weakest grade."""
    table = boundaries.table
    kinds = column(table, "kind")
    names_en = column(table, "kind_en")
    grades = column(table, "grade", boundaries.source.grade.value)
    types = [_plain(name) for name in table.geometry.geom_type]
    frame = pd.DataFrame({"kind": kinds, "en": names_en, "grade": grades, "type": types})
    out = []
    for kind, part in frame.groupby("kind", sort=False):
        ranks = [Grade(grade) for grade in part["grade"].unique()]
        out.append(
            {
                "key": kind,
                "label": kind,
                "label_en": part["en"].iloc[0] or kind,
                "count": len(part),
                "geometry": part["type"].mode().iloc[0],
                "grade": max(ranks, key=lambda grade: grade.rank).value,
            }
        )
    return sorted(out, key=lambda one: -one["count"])


def class_numbers(boundaries: Boundaries) -> bytes:
    """One byte per feature: the number of its class in `classes`, gzipped."""
    order = {one["key"]: i for i, one in enumerate(classes(boundaries))}
    numbers = [min(order[kind], 255) for kind in column(boundaries.table, "kind")]
    return gzip.compress(bytes(numbers), 6, mtime=0)


def anchors(boundaries: Boundaries) -> bytes:
    """Where a letter goes on each feature and its room, in table order, gzipped.

    Four little-endian int32 a feature, in millionths of a degree: longitude, latitude, and the
    width and height of its box.
    """
    shapes = np.asarray(boundaries.table.geometry.array)
    west, south, east, north = shapely.bounds(shapes).T
    spots = shapely.get_coordinates(_anchors(shapes))
    rows = np.column_stack([spots, east - west, north - south])
    return gzip.compress(np.rint(rows * 1e6).astype("<i4").tobytes(), 6, mtime=0)


def column(table: pd.DataFrame, name: str, missing: str = "") -> list[str]:
    """A text column as a list, `missing` where it is absent or empty."""
    if name not in table:
        return [missing] * len(table)
    values = table[name]
    return [missing if gone else str(v) for v, gone in zip(values, values.isna(), strict=True)]


def packed(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """JSON, gzipped without a time stamp so that equal content has equal bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode(), 6, mtime=0)


def _plain(geometry_type: str) -> str:
    return geometry_type.removeprefix("Multi")


def _rounded(shapes: np.ndarray) -> np.ndarray:
    # point by point, so that no small shape collapses; the map does not need valid ones
    return np.asarray(shapely.set_precision(shapes, 10.0**-DIGITS, mode="pointwise"))


def _anchors(shapes: np.ndarray) -> np.ndarray:
    """Where a name goes: inside polygons, half way along lines, on points."""
    lines = shapely.get_dimensions(shapes) == 1
    inside = shapely.point_on_surface(shapes)
    centre = shapely.centroid(shapes)
    fits = ~lines & shapely.contains_xy(shapes, shapely.get_x(centre), shapely.get_y(centre))
    middle = shapely.line_interpolate_point(_longest(shapes, lines), 0.5, normalized=True)
    return np.asarray(np.where(lines, middle, np.where(fits, centre, inside)))


def _longest(shapes: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """The longest part of each line; None where the shape is no line."""
    out = np.full(len(shapes), None, dtype=object)
    for i in np.flatnonzero(lines):
        out[i] = max(shapely.get_parts(shapes[i]), key=measure.length_m)
    return out
