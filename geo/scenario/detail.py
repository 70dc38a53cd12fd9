"""One unit of a scenario: what it is, what each use has to say for it, and what closes it."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from geo.allocate import ground
from geo.scenario import score
from geo.scenario.closed import Asked
from geo.scenario.values import Land, Outcome, ReasonLabel, UseLabel
from geo.terrain.suitability import Contribution, contributions
from geo.zone import Zone


@dataclass(frozen=True, slots=True)
class ForUse:
    """A unit under one use: points from 0 to 100 (None: not known), the share of each factor.

    `closed` is why the unit cannot have the use; empty where it can.
    """

    use: UseLabel
    points: float | None
    shares: tuple[Contribution, ...]
    closed: tuple[ReasonLabel, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One unit: `present` is its class now (empty if not known), `use` what it gets, if any."""

    number: int
    id: str
    area_m2: float
    present: str
    present_en: str
    use: UseLabel | None
    rows: tuple[ForUse, ...]


def at(land: Land, lon: float, lat: float) -> int | None:
    """Number of the unit at a place (EPSG:4490), None where there is none."""
    x, y = shapely.get_coordinates(measure.to_plane(shapely.Point(lon, lat)))[0]
    found = np.flatnonzero(shapely.intersects_xy(land.planes, x, y))
    return int(found[0]) if found.size else None


def detail(zone: Zone, outcome: Outcome, number: int) -> Detail:
    """All there is to say of a unit, at the version the scenario rests on."""
    prepared, land = outcome.prepared, outcome.prepared.land
    asked = Asked(zone, prepared.version, land, prepared.definition)
    scored = score.scored(asked)
    here = {name: _known(float(values[number])) for name, values in prepared.factors.items()}
    known, rows = ground.prepared(prepared.plain), list[ForUse]()
    for k, label in enumerate(prepared.labels):
        shares = contributions(here, scored.recipes[label.id])
        bits = int(known.bits[k, number])
        shut = tuple(
            prepared.reasons.get(code, ReasonLabel(code, code))
            for place, code in enumerate(known.codes)
            if bits >> place & 1
        )
        rows.append(ForUse(label, _known(float(scored.points[number, k])), shares, shut))
    use, present = int(outcome.use[number]), int(land.present[number])
    now = land.classes[present] if present >= 0 else None
    given = prepared.labels[use] if 0 <= use < len(prepared.labels) else None
    return Detail(
        number,
        land.ids[number],
        float(land.areas_m2[number]),
        now.name if now else "",
        now.name_en if now else "",
        given,
        tuple(rows),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
