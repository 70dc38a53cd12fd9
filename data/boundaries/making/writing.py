"""Write GeoJSON and TOML so that the same values always give the same bytes."""

import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from making.inputs import Drawn

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
DIGITS = {"land": 9, "sea": 9}  # shores cut by the zone line: finer, so that none overlaps
USUAL_DIGITS = 7
Value = str | float | int | None


def rounded(coordinates: Any, digits: int) -> Any:
    """Nested coordinates with every number rounded."""
    if isinstance(coordinates, float | int):
        return round(float(coordinates), digits)
    return [rounded(part, digits) for part in coordinates]


def geometry(shape: BaseGeometry, digits: int) -> dict[str, Any]:
    """GeoJSON geometry, exterior rings counter-clockwise; refuses a shape that rounding broke."""
    mapped = shapely.geometry.mapping(shapely.orient_polygons(shape))
    out = {"type": mapped["type"], "coordinates": rounded(mapped["coordinates"], digits)}
    if not shapely.geometry.shape(out).is_valid:
        raise ValueError(f"rounding to {digits} digits made a {mapped['type']} invalid")
    return out


def properties(drawn: Drawn) -> dict[str, Value]:
    """The properties every shipped feature carries; `declared_m` only where one is declared."""
    names = [name for name in Drawn.__slots__ if name not in {"set", "shape", "declared_m"}]
    out: dict[str, Value] = {name: getattr(drawn, name) for name in names}
    if drawn.declared_m is not None:
        out["declared_m"] = drawn.declared_m
    return out


def collection(name: str, features: list[Drawn]) -> str:
    """A FeatureCollection as text, one feature a line."""
    digits = DIGITS.get(name, USUAL_DIGITS)
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties(drawn),
                "geometry": geometry(drawn.shape, digits),
            },
            ensure_ascii=False,
        )
        for drawn in features
    ]
    head = f'{{"type": "FeatureCollection", "name": "{name}", "crs": {json.dumps(CRS)}'
    return f'{head}, "features": [\n' + ",\n".join(lines) + "\n]}\n"


def toml(tables: dict[str, dict[str, Any]]) -> str:
    """Tables of plain values as TOML; None is left out."""
    blocks = []
    for name, values in tables.items():
        lines = [
            f"{key} = {toml_value(value)}" for key, value in values.items() if value is not None
        ]
        blocks.append(f"[{name}]\n" + "\n".join(lines) + "\n")
    return "\n".join(blocks)


def toml_value(value: Any) -> str:
    """One value of TOML: text is quoted as JSON does, dates and numbers stand bare."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def write(path: Path, text: str) -> None:
    """Write text as UTF-8 with bare line feeds on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
