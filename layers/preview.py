"""A small picture of old and new shapes side by side in one frame, as SVG without a browser.

For the screen that asks «replace these?»: what goes is red and hatched, what comes is green,
what stays is grey; the zone's outline gives the place. Shapes are drawn in the plane of
EPSG:4550, simplified to half a pixel.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure

Move = Callable[[np.ndarray], np.ndarray]  # metres in the plane -> px
MOST = 3_000  # shapes drawn of each kind; a picture of more says no more
_INK = {"same": "#9AA5B1", "gone": "#C0392B", "come": "#1E8449", "frame": "#9E1B32"}
_FILL = {"same": "#E3E7EB", "gone": "url(#gone)", "come": "#2ECC7155", "frame": "none"}


KINDS = ("gone", "come", "same", "frame")


@dataclass(frozen=True, slots=True)
class Parts:
    """Shapes in EPSG:4490: the zone's outline, what stays, what goes, what comes."""

    frame: BaseGeometry
    same: Sequence[BaseGeometry] = ()
    gone: Sequence[BaseGeometry] = ()
    come: Sequence[BaseGeometry] = ()


def svg(parts: Parts, *, width: int = 640, height: int = 420, title: str = "") -> str:
    """The picture; it frames all shapes together with the zone."""
    layers = {
        "same": _plane(parts.same),
        "gone": _plane(parts.gone),
        "come": _plane(parts.come),
        "frame": _plane([parts.frame]),
    }
    every = np.concatenate([layer for layer in layers.values() if len(layer)])
    west, south, east, north = shapely.total_bounds(every)
    scale = min((width - 24) / max(east - west, 1.0), (height - 24) / max(north - south, 1.0))
    left = (width - (east - west) * scale) / 2
    top = (height - (north - south) * scale) / 2

    def move(xy: np.ndarray) -> np.ndarray:
        moved = (xy - [west, north]) * [scale, -scale] + [left, top]
        return np.asarray(moved)

    body = "".join(_group(name, shapes, move, 0.5 / scale) for name, shapes in layers.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}" class="zp-map"><defs>'
        '<pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#C0392B22"/>'
        '<path d="M0,6 l6,-6" stroke="#C0392B" stroke-width="0.8"/></pattern></defs>'
        f'<rect width="{width}" height="{height}" fill="#F4F6F8"/>{body}</svg>'
    )


def _plane(shapes: Sequence[BaseGeometry]) -> np.ndarray:
    kept = [shape for shape in shapes if shape is not None and not shape.is_empty]
    return measure.to_planes(np.asarray(kept[:MOST], dtype=object)) if kept else np.empty(0, object)


def _group(name: str, shapes: np.ndarray, move: Move, tolerance: float) -> str:
    if not len(shapes):
        return ""
    simple = shapely.simplify(shapes, tolerance, preserve_topology=False)
    paths = "".join(_path(part, move) for part in shapely.get_parts(simple))
    wide = 2 if name == "frame" else 1.2
    dash = ' stroke-dasharray="6 4"' if name == "frame" else ""
    return (
        f'<g fill="{_FILL[name]}" stroke="{_INK[name]}" stroke-width="{wide}"{dash} '
        f'fill-rule="evenodd">{paths}</g>'
    )


def _path(part: BaseGeometry, move: Move) -> str:
    kind = shapely.get_type_id(part)
    if kind == 0:
        ((x, y),) = _moved(part, move)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    rings: Iterable[BaseGeometry] = shapely.get_rings(part) if kind == 3 else [part]
    steps = []
    for ring in rings:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _moved(ring, move))
        steps.append(f"M{points}{'Z' if kind == 3 else ''}")
    fill = "" if kind == 3 else ' fill="none"'
    return f'<path d="{" ".join(steps)}"{fill}/>' if any(len(s) > 2 for s in steps) else ""


def _moved(shape: BaseGeometry, move: Move) -> np.ndarray:
    return move(shapely.get_coordinates(shape))


def legend(labels: Mapping[str, str]) -> str:
    """What the colours of the picture say."""
    rows = "".join(
        f'<span><i style="border-color:{_INK[kind]};background:{_INK[kind]}33"></i>'
        f"{escape(labels[kind])}</span>"
        for kind in KINDS
    )
    return f'<div class="zp-legend">{rows}</div>'
