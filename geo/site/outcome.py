"""What a rule found on a site, before it is put into words; and what all kinds share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Grade
from geo.site.asked import Settings, Site
from geo.site.overlay import Pairs, union
from geo.site.prepared import NOTHING_M2, Prepared
from geo.site.rules import Rule, Rules
from geo.site.values import Answer, LegalState, Met, Near, Severity

_EDGE_M = 68.0  # just below the 70 m at which `measure` would cut
_GRADES = tuple(Grade)
_STATES = (LegalState.IN_FORCE, LegalState.CHANGING)
Said = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sites asked together, in the plane of EPSG:4550 too."""

    sites: Sequence[Site]
    planes: np.ndarray
    areas_m2: np.ndarray
    as_of: date
    settings: Settings
    rules: Rules


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one rule found on one site, as in `Finding`; `land` are pieces in EPSG:4550.

    `overlap_m2` and `overlap_plane_m2` are None where they are still to be measured.
    """

    answer: Answer
    features: tuple[Met, ...] = ()
    near: tuple[Near, ...] = ()
    pending: tuple[Met, ...] = ()
    said: tuple[Said, ...] = ()
    land: tuple[BaseGeometry, ...] = ()
    overlap_m2: float | None = None
    overlap_plane_m2: float | None = None
    length_m: float | None = None
    distance_m: float | None = None
    limit_m: float | None = None
    severity: Severity | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One rule before one set: what of the set it may use, and what it could not."""

    rule: Rule
    used: Prepared
    facts: Mapping[str, Mapping[str, str]]
    said: tuple[Said, ...] = field(default=())

    def met(self, row: int, **more: Any) -> Met:
        """A feature by its row."""
        used = self.used
        state = LegalState.CHANGING if used.pending[row] else LegalState.IN_FORCE
        who = (used.name, str(used.ids[row]), str(used.names[row]))
        return Met(*who, used.grade(row), state=state, **more)


def sized(reading: Reading, pairs: Pairs) -> list[Met]:
    """Features with the area (m² on the ellipsoid) or length (m) they share with the site."""
    used, dimensions = reading.used, reading.used.dimensions[pairs.row]
    areas, lengths = ellipsoid_areas(pairs.pieces), np.zeros(len(pairs.pieces))
    lines = dimensions == 1
    if lines.any():
        lengths[lines] = measure.lengths_m(measure.to_storeds(pairs.pieces[lines]))
    shares = [
        (area if dimension == 2 else None, length if dimension == 1 else None)
        for dimension, area, length in zip(
            dimensions.tolist(), areas.tolist(), lengths.tolist(), strict=True
        )
    ]
    grades = [_GRADES[rank] for rank in used.ranks[pairs.row].tolist()]
    states = [_STATES[one] for one in used.pending[pairs.row].tolist()]
    who = zip(used.ids[pairs.row], used.names[pairs.row], grades, shares, states, strict=True)
    return [
        Met(used.name, str(id_), str(name), grade, area, length, state=state)
        for id_, name, grade, (area, length), state in who
    ]


def ellipsoid_areas(planes: np.ndarray) -> np.ndarray:
    """Areas on the ellipsoid in m² of shapes in EPSG:4550, whose long edges are cut there."""
    return measure.areas_m2(measure.to_storeds(shapely.segmentize(planes, _EDGE_M)))


def total_length(met: Sequence[Met]) -> float | None:
    """Length of all lines met, None if none is a line."""
    lengths = [one.length_m for one in met if one.length_m is not None]
    return sum(lengths) if lengths else None


def joined(reading: Reading, pieces: np.ndarray, met: Sequence[Met]) -> dict[str, Any]:
    """Land of areal pieces as fields of an outcome: nothing twice where features overlap.

    `met` are the features of the pieces, in their order.
    """
    land = pieces[shapely.get_dimensions(pieces) == 2]
    if not len(land):
        return {}
    plane = float(measure.plane_areas(land).sum())
    if len(land) > 1 and not reading.used.apart:
        whole = union(land)
        if plane - measure.plane_areas(np.array([whole]))[0] > NOTHING_M2:
            return {"land": (whole,)}
    area = sum(one.overlap_m2 or 0.0 for one in met)
    return {"land": tuple(land), "overlap_m2": area, "overlap_plane_m2": plane}
