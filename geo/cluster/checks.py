"""Every area of a set checked as a site, in parts that lie near one another."""

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import casework, ledger, site
from geo.casework.ground import PARCEL, Layers
from geo.cluster.link import Link
from geo.errors import DataError
from geo.model import Boundaries
from geo.site import LayerInput, Settings, Site, SiteReport
from geo.zone import Zone

SIZE = 500  # sites of a part
_LOCK = threading.Lock()
_AREAS = frozenset({"Polygon", "MultiPolygon"})
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked: a set, the use proposed for all of it, a day; whole reports or short rows."""

    set: str
    day: date
    use: str = ""
    full: bool = False
    size: int = SIZE


@dataclass(frozen=True, slots=True)
class Checked:
    """How many sites got which verdict, in how many parts, at which version."""

    sites: int
    parts: int
    verdicts: Mapping[str, int]
    version: int


@dataclass(frozen=True, slots=True)
class _Bare:
    """A set as it travels: without its index, which each worker makes anew."""

    boundaries: Boundaries
    facts: Mapping[str, Mapping[str, str]]
    known: int
    covers: BaseGeometry | None
    unsaid: bool


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every part is checked on; `key` is of this run alone."""

    key: str
    layers: Mapping[str, Any] = field(compare=False)
    day: date = field(compare=False)
    settings: Settings = field(compare=False)
    full: bool = field(compare=False)


def check(zone: Zone, asked: Batch, link: Link) -> Iterator[Rows]:
    """Rows of every area of a set, part by part along a Hilbert curve; nothing is kept.

    A row is what `geo.site.to_row` tells of a report, or its short form. The answers are those
    of `geo.casework.answered` for the same site, day and version. Raises `DataError`
    SET_UNKNOWN, SITES_NONE, and as `geo.site.Site` for what is no area.
    """
    version = zone.version
    layers = casework.layers(zone, asked.day, version)
    given = sites(zone, asked, layers)
    said = casework.settings(zone, version)
    parts = [given[at : at + asked.size] for at in range(0, len(given), asked.size)]
    here = not link.workers
    sent = layers if here else {name: _sent(one) for name, one in layers.items()}
    ground = _Ground(uuid.uuid4().hex, sent, asked.day, said, asked.full)
    return link.run(_here if here else _far, ground, parts)


def sites(zone: Zone, asked: Batch, layers: Layers) -> Sequence[Site]:
    """Areas of a set as sites, along a Hilbert curve; of parcels, those that live on the day."""
    held = layers.get(asked.set)
    known = held.boundaries if isinstance(held, LayerInput) else zone.existing(asked.set)
    parcels = asked.set == PARCEL
    told = ledger.book(zone).supply.at(None, zone.version) if parcels else {}
    areas = {id_: one.area_m2 for id_, one in told.items()}
    table = known.table[known.table.geometry.geom_type.isin(_AREAS)]
    if not len(table):
        raise DataError(f"图层 {asked.set} 没有面，不能核查", "SITES_NONE")
    table = table.iloc[np.argsort(table.geometry.hilbert_distance().to_numpy(), kind="stable")]
    variant = "registered" if parcels else "drawn"
    rows = zip(table["id"], table["name"], table.geometry, strict=True)
    return [
        Site(id_, id_ if parcels else name, shape, asked.use, areas.get(id_), variant)
        for id_, name, shape in rows
    ]


def gathered(parts: Iterable[Rows], version: int) -> Checked:
    """What all parts came to."""
    counts, number = dict[str, int](), 0
    for number, rows in enumerate(parts, 1):  # noqa: B007 - the last one is how many
        for row in rows:
            counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    return Checked(sum(counts.values()), number, dict(sorted(counts.items())), version)


def _sent(layer: Any) -> Any:
    if isinstance(layer, LayerInput):
        return _Bare(layer.boundaries, layer.facts, layer.known, layer.covers, layer.unsaid)
    return layer


def _here(ground: _Ground, part: Sequence[Site]) -> Rows:
    return _rows(ground, ground.layers, part)


def _far(ground: _Ground, part: Sequence[Site]) -> Rows:
    with _LOCK:  # a worker with several threads makes a set ready once
        layers = _ready(ground)
    return _rows(ground, layers, part)


@lru_cache(maxsize=1)
def _ready(ground: _Ground) -> Layers:
    """Sets with their indexes, on a worker."""
    return {
        name: LayerInput(
            one.boundaries,
            site.prepare(one.boundaries, look=True),
            one.facts,
            one.known,
            one.covers,
            one.unsaid,
        )
        if isinstance(one, _Bare)
        else one
        for name, one in ground.layers.items()
    }


def _rows(ground: _Ground, layers: Layers, part: Sequence[Site]) -> Rows:
    reports = site.check_many(part, layers, casework.rules(), ground.day, ground.settings)
    return [site.to_row(one) if ground.full else _short(one) for one in reports]


def _short(report: SiteReport) -> dict[str, Any]:
    """The verdict with what it rests on, and the areas in conflict; enough for a list."""
    hits = [one for one in report.findings if one.answer is site.Answer.HIT]
    return {
        "id": report.site.id,
        "name": report.site.name,
        "verdict": report.verdict.value,
        "area_m2": report.area_m2,
        "reasons": [{"rule": one.finding.rule, "code": one.code} for one in report.reasons],
        "hits": [
            {"rule": one.rule, "overlap_m2": one.overlap_m2, "distance_m": one.distance_m}
            for one in hits
        ],
        "inputs_hash": report.inputs_hash,
    }
