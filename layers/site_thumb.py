"""A small picture beside an answer: the site, and in it the land concerned."""

import base64
from collections.abc import Iterator, Sequence
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from layers.site_look import SHAPES

_WIDE, _HIGH, _PAD = 72.0, 54.0, 3.0
_FINE_PX = 0.4  # corners closer than this cannot be told apart


def picture(
    site: BaseGeometry, land: Sequence[BaseGeometry], label: str, kind: str = "conflict"
) -> str:
    """An image of a site (EPSG:4490) and of pieces of land in it (EPSG:4550), as HTML."""
    plane = measure.to_plane(site)
    west, south, east, north = plane.bounds
    scale = min((_WIDE - 2 * _PAD) / (east - west), (_HIGH - 2 * _PAD) / (north - south))
    left = (_WIDE - scale * (east - west)) / 2
    top = (_HIGH - scale * (north - south)) / 2

    def path(shape: BaseGeometry) -> str:
        simple = shape.simplify(_FINE_PX / scale)
        return "".join(_rings(simple, west, north, (scale, left, top)))

    pieces = "".join(path(one) for one in land if not one.is_empty)
    style, hit = SHAPES["site"], SHAPES[kind]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {_HIGH:g}">'
        f'<path d="{path(plane)}" fill="#f3f5f7" fill-rule="evenodd"/>'
        f'<path d="{pieces}" fill="{hit["color"]}" fill-opacity="0.6" fill-rule="evenodd"/>'
        f'<path d="{path(plane)}" fill="none" stroke="{style["color"]}"/></svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="zs-thumb" alt="{escape(label)}" src="data:image/svg+xml;base64,{data}">'


def _rings(
    shape: BaseGeometry, west: float, north: float, frame: tuple[float, float, float]
) -> Iterator[str]:
    scale, left, top = frame
    for part in shapely.get_parts(shape):
        for ring in shapely.get_rings(part):
            xy = shapely.get_coordinates(ring)
            at = np.column_stack(
                [left + (xy[:, 0] - west) * scale, top + (north - xy[:, 1]) * scale]
            )
            yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at) + "Z"
