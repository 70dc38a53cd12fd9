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
from geo.site.prepared import Prepared
from geo.site.rules import Rule, Rules
from geo.site.values import Answer, LegalState, Met, Near, Severity

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
    """What one rule found on one site; `region` in EPSG:4550, the rest as in `Finding`."""

    answer: Answer
    features: tuple[Met, ...] = ()
    near: tuple[Near, ...] = ()
    pending: tuple[Met, ...] = ()
    said: tuple[Said, ...] = ()
    region: BaseGeometry | None = None
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
    stored = measure.to_storeds(pairs.pieces)
    areas, lengths = measure.areas_m2(stored), np.zeros(len(stored))
    dimensions = reading.used.dimensions[pairs.row]
    lines = dimensions == 1
    lengths[lines] = measure.lengths_m(stored[lines])
    out = []
    for row, dimension, area, length in zip(pairs.row, dimensions, areas, lengths, strict=True):
        more = {2: {"overlap_m2": float(area)}, 1: {"length_m": float(length)}}
        out.append(reading.met(int(row), **more.get(int(dimension), {})))
    return out


def total_length(met: Sequence[Met]) -> float | None:
    """Length of all lines met, None if none is a line."""
    lengths = [one.length_m for one in met if one.length_m is not None]
    return sum(lengths) if lengths else None


def joined(pieces: np.ndarray) -> BaseGeometry | None:
    """One area of the areal pieces; None if there is none."""
    areal = pieces[shapely.get_dimensions(pieces) == 2]
    return union(areal) if len(areal) else None
