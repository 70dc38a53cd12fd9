"""Entities of a drawing as points, lines and areas in metres; arcs as chords within 1 mm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from ezdxf import path as ezdxf_path
from ezdxf.entities.dxfentity import DXFEntity
from ezdxf.math import OCS, Vec2, arc_segment_count, bulge_to_arc
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.formats import rings

SAGITTA_M = 0.001
_FINEST = 1e-6  # of the radius: no arc gets more than about 2,000 chords a turn
_FRAME_POINT = 16  # of a smoothed line: its control points are not on it
_TEXTS = ("TEXT", "MTEXT", "ATTRIB")
_CLOSE_M = 0.001  # ends nearer than this are one point
_ID, _PART, _RING = "编号", "部分", "环"


@dataclass(frozen=True, slots=True)
class Row:
    """One entity of the drawing as a row."""

    layer: str
    shape: BaseGeometry | None
    fields: Mapping[str, Any]


def shape_of(entity: DXFEntity, scale: float) -> tuple[BaseGeometry | None, str]:
    """Shape of an entity whose type is in `READ`, and why there is none."""
    try:
        return READ[entity.dxftype()](entity, scale), ""
    except (ValueError, ZeroDivisionError, OverflowError, GEOSException) as error:
        return None, str(error)[:80]


def text_of(entity: DXFEntity) -> str | None:
    """What a text says, without its formatting."""
    if entity.dxftype() not in _TEXTS:
        return None
    return str(cast(Any, entity).plain_text())


def merged(rows: list[Row]) -> list[Row]:
    """Put areas and parts together again where our own writer took them apart.

    Our drawings say of every ring whose it is (``编号``, ``部分``, ``环``); other drawings
    come through unchanged.
    """
    groups: dict[str, list[Row]] = {}
    made = []
    for row in rows:
        if _ID in row.fields and _PART in row.fields:
            groups.setdefault(row.fields[_ID], []).append(row)
        else:
            made.append(row)
    for group in groups.values():
        fields = {k: v for k, v in group[0].fields.items() if k not in (_PART, _RING)}
        made.append(Row(group[0].layer, _joined(group), fields))
    return made


def _joined(group: Sequence[Row]) -> BaseGeometry | None:
    shapes = [row.shape for row in group if row.shape is not None]
    if not shapes or any(shape.geom_type != shapes[0].geom_type for shape in shapes):
        return shapely.GeometryCollection(shapes) if shapes else None
    if shapes[0].geom_type == "Point":
        return shapes[0] if len(shapes) == 1 else shapely.MultiPoint(shapes)
    if shapes[0].geom_type == "LineString":
        return shapes[0] if len(shapes) == 1 else shapely.MultiLineString(shapes)
    parts: dict[str, list[BaseGeometry]] = {}
    for row in group:
        if row.shape is not None:
            parts.setdefault(row.fields[_PART], []).append(row.shape)
    areas = [
        shapely.Polygon(one[0].exterior, [h.exterior for h in one[1:]]) for one in parts.values()
    ]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _area_or_line(points: np.ndarray, *, closed: bool) -> BaseGeometry:
    """A ring if the points come back to where they began, else a line."""
    if len(points) == 1:
        raise ValueError("只有一个点")
    met = bool(np.hypot(*(points[0] - points[-1])[:2]) <= _CLOSE_M)
    if met and len(points) > 3:
        points[-1] = points[0]
        return shapely.Polygon(points)
    if closed and len(points) > 2:
        return shapely.Polygon(points)
    return shapely.LineString(points)


def _flat(points: Sequence[Any], scale: float) -> np.ndarray:
    return (
        np.array([(point.x, point.y) for point in points], dtype=np.float64).reshape(-1, 2) * scale
    )


def _bulged(
    corners: Sequence[tuple[float, float, float]], scale: float, *, closed: bool
) -> list[Vec2]:
    """Corners with the arcs between them as chords."""
    points: list[Vec2] = []
    ends = [*corners[1:], corners[0]] if closed else corners[1:]
    for (x, y, bulge), (to_x, to_y, _) in zip(corners, ends, strict=False):
        points += _chords(Vec2(x, y), Vec2(to_x, to_y), bulge, scale)
    if not closed:
        points.append(Vec2(corners[-1][:2]))
    return points


def _chords(start: Vec2, end: Vec2, bulge: float, scale: float) -> Iterator[Vec2]:
    """From `start` up to but without `end`, along an arc (bulge: tangent of a quarter of it)."""
    yield start
    if abs(bulge) < 1e-9 or start.isclose(end):
        return
    centre, _, _, radius = bulge_to_arc(start, end, bulge)
    sweep = 4 * np.arctan(bulge)
    count = arc_segment_count(radius, abs(sweep), _sagitta(radius, scale))
    first = (start - centre).angle
    for step in range(1, max(count, 2)):
        yield centre + Vec2.from_angle(first + sweep * step / max(count, 2), radius)


def _sagitta(radius: float, scale: float) -> float:
    """Height of chord in drawing units: 1 mm, but neither finer nor coarser than makes sense."""
    return min(max(SAGITTA_M / scale, radius * _FINEST), radius / 4)


def _lwpolyline(entity: Any, scale: float) -> BaseGeometry:
    corners = [tuple(map(float, row)) for row in entity.get_points("xyb")]
    return _polyline_of(corners, entity, scale)


def _polyline(entity: Any, scale: float) -> BaseGeometry:
    if entity.is_poly_face_mesh or entity.is_polygon_mesh:
        raise ValueError("三维网格不能成为面")
    vertices = [one for one in entity.vertices if not one.dxf.flags & _FRAME_POINT]
    corners = [(v.dxf.location.x, v.dxf.location.y, float(v.dxf.get("bulge", 0))) for v in vertices]
    return _polyline_of(corners, entity, scale, flat=entity.is_2d_polyline)


def _polyline_of(
    corners: Sequence[Any], entity: Any, scale: float, *, flat: bool = True
) -> BaseGeometry:
    if len(corners) < 2:
        raise ValueError("少于两个点")
    closed = bool(entity.closed if hasattr(entity, "closed") else entity.is_closed)
    points = _bulged(corners, scale, closed=closed)
    if flat:
        world = list(_ocs(entity).points_to_wcs(_three(points)))
        return _area_or_line(_flat(world, scale), closed=closed)
    return _area_or_line(_flat(points, scale), closed=closed)


def _three(points: Sequence[Vec2]) -> list[Any]:
    return [(point.x, point.y, 0.0) for point in points]


def _ocs(entity: Any) -> OCS:
    return cast(OCS, entity.ocs())


def _circle(entity: Any, scale: float) -> BaseGeometry:
    radius = abs(float(entity.dxf.radius))
    points = _flat(list(entity.flattening(_sagitta(radius, scale))), scale)
    return _area_or_line(points, closed=entity.dxftype() == "CIRCLE")


def _curve(entity: Any, scale: float) -> BaseGeometry:
    spread = _flat(list(entity.control_points), 1.0) if entity.dxftype() == "SPLINE" else None
    reach = (
        float(np.ptp(spread))
        if spread is not None and len(spread)
        else float(entity.dxf.get("major_axis", (1, 0, 0))[0] or 1)
    )
    distance = max(SAGITTA_M / scale, abs(reach) * _FINEST)
    return _area_or_line(_flat(list(entity.flattening(distance)), scale), closed=False)


def _line(entity: Any, scale: float) -> BaseGeometry:
    return shapely.LineString(_flat([entity.dxf.start, entity.dxf.end], scale))


def _point(entity: Any, scale: float) -> BaseGeometry:
    return shapely.Point(_flat([entity.dxf.location], scale)[0])


def _text(entity: Any, scale: float) -> BaseGeometry:
    place = entity.dxf.insert
    if entity.dxftype() != "MTEXT":
        place = entity.ocs().to_wcs(place)
    return shapely.Point(_flat([place], scale)[0])


def _solid(entity: Any, scale: float) -> BaseGeometry:
    return shapely.Polygon(_flat(list(entity.wcs_vertices()), scale))


def _hatch(entity: Any, scale: float) -> BaseGeometry:
    ocs, loops = _ocs(entity), []
    for boundary in entity.paths:
        if hasattr(boundary, "vertices"):
            flat = _bulged(
                [(float(x), float(y), float(b)) for x, y, b in boundary.vertices],
                scale,
                closed=True,
            )
            points = _flat(list(ocs.points_to_wcs(_three(flat))), scale)
        else:
            line = ezdxf_path.from_hatch_boundary_path(boundary, ocs)
            points = _flat(list(line.flattening(SAGITTA_M / scale)), scale)
        keep = np.ones(len(points), dtype=bool)
        keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
        points = points[keep]
        if len(points) > 1 and (points[0] == points[-1]).all():
            points = points[:-1]
        if len(points) > 2:
            loops.append(points)
    if not loops:
        raise ValueError("填充没有边界")
    return rings.nested(loops)


READ: Mapping[str, Callable[[Any, float], BaseGeometry]] = {
    "LWPOLYLINE": _lwpolyline,
    "POLYLINE": _polyline,
    "CIRCLE": _circle,
    "ARC": _circle,
    "ELLIPSE": _curve,
    "SPLINE": _curve,
    "LINE": _line,
    "POINT": _point,
    "TEXT": _text,
    "MTEXT": _text,
    "ATTRIB": _text,
    "SOLID": _solid,
    "3DFACE": _solid,
    "HATCH": _hatch,
}
