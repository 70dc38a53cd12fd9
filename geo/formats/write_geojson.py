"""GeoJSON: every digit of the shapes, numbers and texts as they are, the system named."""

import json

import numpy as np
import shapely

from geo.formats.write_copy import Copy

_URN = "urn:ogc:def:crs:EPSG::"


def write(copy: Copy) -> bytes:
    """A feature a line; x comes first in every system, as readers of GeoJSON expect."""
    shapes = shapely.to_geojson(np.asarray(copy.table.geometry.array))
    rows = copy.table.drop(columns="geometry").astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    features = [
        f'{{"type":"Feature","properties":{_json(record)},"geometry":{shape or "null"}}}'
        for record, shape in zip(records, shapes, strict=True)
    ]
    head = {
        "type": "FeatureCollection",
        "name": copy.known.name,
        "crs": {"type": "name", "properties": {"name": f"{_URN}{copy.crs}"}},
        "about": dict(copy.told),
    }
    body = ",\n".join(features)
    return f'{_json(head)[:-1]},"features":[\n{body}\n]}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
