"""What a rule found on a site, before it is put into words; and what all kinds share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Grade
from geo.site.asked import Settings, Site
from geo.site.overlay import union
from geo.site.prepared import NOTHING_M2, Prepared
from geo.site.rules import Rule, Rules
from geo.site.shares import Shares
from geo.site.values import Answer, LegalState, Met, Near, Severity

_GRADES = tuple(Grade)
_STATES = (LegalState.IN_FORCE, LegalState.CHANGING)
Said = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sites asked together, in the plane of EPSG:4550 too, with what they share with the sets."""

    sites: Sequence[Site]
    planes: np.ndarray
    areas_m2: np.ndarray
    as_of: date
    settings: Settings
    rules: Rules
    shares: Mapping[Prepared, Shares] = field(default_factory=dict)


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
        who = (used.name, used.ids[row], used.names[row])
        return Met(*who, used.grade(row), state=state, **more)


def sized(reading: Reading, shares: Shares, values: Sequence[str] | None = None) -> list[Met]:
    """Features with the area (m² on the ellipsoid) or length (m) they share with the site."""
    used, row = reading.used, shares.pairs.row
    columns = (
        used.ids[row].tolist(),
        used.names[row].tolist(),
        used.ranks[row].tolist(),
        _or_none(shares.areas_m2),
        _or_none(shares.lengths_m),
        [""] * len(row) if values is None else values,
        used.pending[row].tolist(),
    )
    return [
        Met(used.name, id_, name, _GRADES[rank], area, length, None, None, text, _STATES[waits])
        for id_, name, rank, area, length, text, waits in zip(*columns, strict=True)
    ]


def _or_none(numbers: np.ndarray) -> list[float | None]:
    return [None if one != one else one for one in numbers.tolist()]  # noqa: PLR0124 - NaN


def total_length(met: Sequence[Met]) -> float | None:
    """Length of all lines met, None if none is a line."""
    lengths = [one.length_m for one in met if one.length_m is not None]
    return sum(lengths) if lengths else None


def joined(reading: Reading, shares: Shares, where: np.ndarray) -> dict[str, Any]:
    """Land of some pairs of one site as fields of an outcome: nothing twice where they overlap.

    `where` are the numbers of the pairs.
    """
    areal = where[~np.isnan(shares.plane_m2[where])]
    if not len(areal):
        return {}
    land, plane = shares.pairs.pieces[areal], float(shares.plane_m2[areal].sum())
    if len(land) > 1 and not reading.used.apart:
        whole = union(land)
        if plane - measure.plane_areas(np.array([whole]))[0] > NOTHING_M2:
            return {"land": (whole,)}
    area = float(shares.areas_m2[areal].sum())
    return {"land": tuple(land), "overlap_m2": area, "overlap_plane_m2": plane}
