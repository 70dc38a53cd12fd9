"""The frame: which piece of the plane of EPSG:4550 is seen, at which scale, where on paper.

The plane is the one areas and lengths are measured in, so 1 mm on paper is n mm of it
everywhere; against the ground it is true to 6 in 100,000 here.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from geo.errors import DataError
from layers.picture.paper import Box
from layers.picture.values import Extent

STEPS = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5)  # of round scales, times powers of ten
FINE = (
    *(1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4, 2.6, 2.8),
    *(3, 3.5, 4, 4.5, 5, 6, 7, 8, 9),
)
SMALLEST, LARGEST = 100, 100_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the plane: `box` on paper shows the ground around `centre` at 1 to `scale`."""

    box: Box
    centre: tuple[float, float]  # east, north in m
    scale: int

    @property
    def mm(self) -> float:
        """Mm on paper of one metre."""
        return 1000 / self.scale

    def on_paper(self, planes: np.ndarray) -> np.ndarray:
        """Points (n, 2) of the plane, east and north in m, in mm on paper."""
        return np.asarray((np.asarray(planes) - self.centre) * self.mm + self.box.middle)

    def on_plane(self, papers: np.ndarray) -> np.ndarray:
        """Points on paper back in the plane."""
        return np.asarray((np.asarray(papers) - self.box.middle) / self.mm + self.centre)

    def placed(self, shapes: np.ndarray) -> np.ndarray:
        """Shapes in EPSG:4490 in mm on paper."""
        return np.asarray(shapely.transform(measure.to_planes(shapes), self.on_paper))

    @property
    def window(self) -> Extent:
        """What is seen, in degrees: west, south, east, north of all its edges."""
        edge = shapely.segmentize(shapely.box(*_corners(self.box)), max(self.box.width / 8, 1))
        planes = self.on_plane(shapely.get_coordinates(edge))
        by = measure.transformer(measure.PLANE, 4490)
        lon, lat = by.transform(planes[:, 0], planes[:, 1])
        return float(min(lon)), float(min(lat)), float(max(lon)), float(max(lat))

    @property
    def convergence(self) -> float:
        """Degrees by which true north lies east of grid north in the middle of the frame."""
        by = measure.transformer(measure.PLANE, 4490)
        lon, lat = by.transform(*self.centre)
        back = measure.transformer(4490, measure.PLANE)
        east, north = back.transform(lon, lat + 0.01)
        return math.degrees(math.atan2(east - self.centre[0], north - self.centre[1]))


def fitted(extent: Extent, box: Box, fixed: int | None, *, fine: bool = False) -> Frame:
    """The frame that shows an extent in a box, at a fixed scale or the largest round one.

    Raises `DataError` PICTURE_SCALE where a fixed scale is too large, PICTURE_EXTENT where the
    extent has no inside.
    """
    west, south, east, north = extent
    if not (west < east and south < north):
        raise DataError(
            f"图幅范围 {extent} 东西或南北颠倒，请按西、南、东、北给出", "PICTURE_EXTENT"
        )
    edge = shapely.segmentize(shapely.box(west, south, east, north), (east - west) / 8)
    left, bottom, right, top = shapely.bounds(measure.to_plane(edge))
    least = 1000 * max((right - left) / box.width, (top - bottom) / box.height)
    scale = fixed if fixed else round_scale(least, fine=fine)
    if scale < least * (1 - 1e-9):
        raise DataError(
            f"按 1:{fixed} 放不下所选范围，请用 1:{round_scale(least)} 或更小的比例尺，或换大的纸",
            "PICTURE_SCALE",
        )
    return Frame(box, ((left + right) / 2, (bottom + top) / 2), scale)


def round_scale(least: float, *, fine: bool = False) -> int:
    """The largest round scale at which no more than 1:`least` is needed, as n of 1:n."""
    power = 10 ** max(math.floor(math.log10(max(least, SMALLEST))), 2)
    rounds = [
        round(step * power * times) for times in (1, 10) for step in (FINE if fine else STEPS)
    ]
    found = next((n for n in rounds if n >= least * (1 - 1e-9)), LARGEST)
    return min(found, LARGEST)


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top
