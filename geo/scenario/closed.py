"""What closes land to uses: shapes, rasters, present use, phases; with a code for each reason.

A set or raster that nobody brought closes nothing, and is told as 无数据: never read as free.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from geo import ledger, measure, rasters
from geo.allocate import Conversion, Partial, Stage, read
from geo.allocate.rules import Rules
from geo.errors import DataError
from geo.model import Raster
from geo.scenario import land as lands
from geo.scenario.definition import Definition, Limit, Phase
from geo.scenario.terms import Where
from geo.scenario.values import Input, Land, ReasonLabel
from geo.terrain import factor, zonal
from geo.zone import DATA, Zone

_MOST = 26  # reasons that fit one word beside those of phases and locks
NO_SCORE, WITHIN, PRESENT = "NO_SCORE", "WITHIN", "PRESENT_"
OTHER: Mapping[str, ReasonLabel] = {
    "CONVERSION": ReasonLabel("用途转换规则", "Conversion rules", "conversion.toml"),
    "STAGE": ReasonLabel("道路、管廊建成之前", "Before its road or tunnel"),
    "LOCK": ReasonLabel("人工锁定为其他用途", "Locked by hand to another use"),
    NO_SCORE: ReasonLabel("因子缺数据，没有评分", "No score: a factor is not known"),
    WITHIN: ReasonLabel("在指定范围之外", "Outside the area named for the use"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What limits are asked of: the zone at a version, the units, and what to divide them for."""

    zone: Zone
    version: int
    land: Land
    definition: Definition

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the uses."""
        return tuple(one.id for one in self.definition.uses)


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """Bits (n, K) of `codes` that forbid a pair, with the words for each."""

    bits: np.ndarray
    codes: tuple[str, ...]
    words: Mapping[str, ReasonLabel]


@cache
def rules() -> Rules:
    """The rules of allocation that came with the product."""
    return read(DATA / "rules")


def covered(asked: Asked, limit: Limit) -> np.ndarray | None:
    """(n,) part of each unit that a limit covers; None where nobody holds the data."""
    if limit.present:
        return _by_present(asked.land, limit)
    if limit.phases:
        return _by_phases(asked, limit)
    if limit.raster is not None:
        return _by_raster(asked, limit)
    if limit.areas:
        return zonal.covered(asked.land.planes, drawn(limit))
    return _by_shapes(asked, limit.where or Where(set=limit.id))


def drawn(limit: Limit) -> np.ndarray:
    """Areas of a limit that were drawn, in EPSG:4550. Raises `DataError` LIMIT_AREA."""
    if any(len(ring) < 3 for area in limit.areas for ring in area):
        raise DataError(f"限制“{limit.title}”所画的面不足三个角点，请重画", "LIMIT_AREA")
    shapes = [shapely.Polygon(area[0], area[1:]) for area in limit.areas]
    if not all(map(shapely.is_valid, shapes)):
        raise DataError(f"限制“{limit.title}”所画的面边线相交，请重画", "LIMIT_AREA")
    return measure.to_planes(np.array(shapes, dtype=object))


def closed(asked: Asked, limits: Sequence[Limit], unscored: np.ndarray) -> Closed:
    """All hard exclusions. `unscored` (n, K) are pairs that have no points."""
    found = dict[str, np.ndarray]()
    words = dict[str, ReasonLabel]()
    for limit in limits:
        share = covered(asked, limit)
        if share is not None:
            touched = share >= max(limit.from_pct / 100, 1e-9)
            found[limit.id] = touched[:, None] & _of_uses(asked, limit.uses)
            words[limit.id] = ReasonLabel(limit.title, limit.title_en, limit.basis)
    for code, where in (*_conversions(asked, words), *_outside(asked), (NO_SCORE, unscored)):
        found[code] = where
    kept = [code for code, where in found.items() if where.any()]
    if len(kept) > _MOST:
        raise DataError(f"生效的排除条件有 {len(kept)} 项，最多 {_MOST} 项，请合并", "LIMITS")
    bits = np.zeros(unscored.shape, dtype=np.uint32)
    for place, code in enumerate(kept):
        bits |= np.where(found[code], np.uint32(1 << place), np.uint32(0))
    return Closed(bits, tuple(kept), {**OTHER, **words})


def partials(asked: Asked) -> tuple[Partial, ...]:
    """Land of which a part may be used."""
    found = []
    for limit in asked.definition.partials:
        share = covered(asked, limit)
        if share is not None and share.any():
            uses = tuple(asked.uses.index(use) for use in limit.uses)
            found.append(Partial(limit.id, share, limit.usable_pct, uses, limit.priority))
    return tuple(found)


def conversion(asked: Asked) -> Conversion:
    """The present uses by name; what forbids a step is told by `closed`, class by class."""
    names = tuple(one.name for one in asked.land.classes)
    free = np.ones((len(names), len(asked.uses)), dtype=bool)
    return Conversion(names, asked.land.present, free)


def stage(asked: Asked) -> Stage | None:
    """The first period in which each unit may be used; None where nothing is phased."""
    ready = np.full(len(asked.land), 99, dtype=np.int16)
    for phase in asked.definition.phases:
        near, opening = _near(asked, phase), asked.definition.opening(phase)
        if near is not None:
            ready = np.where(near, np.minimum(ready, opening), ready).astype(np.int16)
    ready[ready == 99] = 0
    return Stage(ready) if ready.any() else None


def locks(asked: Asked) -> np.ndarray | None:
    """(n,) use a person has set, -1 for none. Raises `DataError` LOCK_UNIT for a unit unknown."""
    held = asked.definition.locks
    if not held:
        return None
    number = {id_: i for i, id_ in enumerate(asked.land.ids)}
    lost = [id_ for id_ in held if id_ not in number]
    if lost:
        told = "、".join(lost[:5])
        raise DataError(f"锁定的单元 {told} 不在本方案的单元中，请核对编号", "LOCK_UNIT")
    out = np.full(len(asked.land), -1, dtype=np.int16)
    for id_, use in held.items():
        out[number[id_]] = asked.uses.index(use) if use else len(asked.uses)
    return out


def inputs(asked: Asked, limits: Sequence[Limit]) -> Iterator[Input]:
    """Every set and raster the limits and phases look at, held or not."""
    there = asked.zone.sets(asked.version)
    images = {one.name: one for one in rasters.with_derived(asked.zone, asked.version)}
    every = (*limits, *asked.definition.partials)
    wanted = [one.where.set for one in every if one.where]
    wanted += [one.where.set for one in asked.definition.phases]
    wanted += [lands.PARCEL] if any(one.phases for one in every) else []
    wanted += [where.set for use in asked.definition.uses for where in use.within]
    shelf = asked.zone.catalog
    for name in dict.fromkeys(wanted):
        known = asked.zone.boundaries(name, asked.version)
        grade = known.source.grade if known else None
        titles = shelf.title(name), shelf.title(name, english=True)
        made_up = name == lands.PARCEL and name in there and asked.zone.example
        yield Input(name, *titles, there.get(name), grade, made_up)
    for name in dict.fromkeys(one.raster for one in every if one.raster):
        image = images.get(name)
        titles = (image.title, image.title_en) if image else (_IMAGES.get(name, (name, name)))
        yield Input(
            name, *titles, image.since if image else None, image.source.grade if image else None
        )


_IMAGES = {"slope": ("坡度（由高程算出）", "Slope (from heights)")}


def _by_present(land: Land, limit: Limit) -> np.ndarray:
    number = {one.id: i for i, one in enumerate(land.classes)}
    lost = sorted(set(limit.present) - set(number))
    if lost:
        told = f"限制 {limit.id} 中的现状分类 {'、'.join(lost)} 不存在，可用：{'、'.join(number)}"
        raise DataError(told, "CLASS")
    return np.asarray(land.shares[:, [number[one] for one in limit.present]].sum(axis=1))


def _by_phases(asked: Asked, limit: Limit) -> np.ndarray | None:
    known = asked.zone.boundaries(lands.PARCEL, asked.version)
    if known is None:
        return None
    statuses = ledger.supply_rules().statuses
    told = lands.parcels(asked.zone, asked.version)
    ids = tuple(
        id_
        for id_, one in told.items()
        if one.live and one.status in statuses and statuses[one.status].phase in limit.phases
    )
    if not ids:
        return np.zeros(len(asked.land))
    planes = measure.to_planes(known.table.geometry[known.table["id"].isin(ids)].to_numpy())
    return zonal.covered(asked.land.planes, planes)


def _by_raster(asked: Asked, limit: Limit) -> np.ndarray | None:
    """1 where the value at a unit is closed, else 0; what the raster does not know is open."""
    name = limit.raster or ""
    if name not in {one.name for one in rasters.with_derived(asked.zone, asked.version)}:
        return None
    values = at_units(asked.land, rasters.grid(asked.zone, name, asked.version))
    shut = np.isin(values, limit.classes) if limit.classes else np.zeros(len(values), dtype=bool)
    if limit.above is not None:
        shut |= values > limit.above
    if limit.below is not None:
        shut |= values < limit.below
    return shut.astype(float)


def at_units(land: Land, raster: Raster) -> np.ndarray:
    """(n,) value of a raster at each unit; NaN where it says nothing."""
    if land.cells is not None:
        return land.cells.values(factor.sampled(land.cells.grid, raster)).astype(float)
    return zonal.exact(land.planes, raster).mean


def _by_shapes(asked: Asked, where: Where) -> np.ndarray | None:
    known = asked.zone.boundaries(where.set, asked.version)
    if known is None:
        return None
    return zonal.covered(asked.land.planes, lands.chosen(known, where))


def _of_uses(asked: Asked, uses: Sequence[str]) -> np.ndarray:
    """(K,) whether a limit holds for each use."""
    return np.array([not uses or use in uses for use in asked.uses])


def _conversions(asked: Asked, words: dict[str, ReasonLabel]) -> Iterator[tuple[str, np.ndarray]]:
    """Per present class, the uses it may not become, so that each is told by its own name."""
    known, land = rules(), asked.land
    exceptions = {(one.start, one.use): one for one in asked.definition.changes}
    lost = {start for start, _ in exceptions} - {one.id for one in land.classes}
    if lost:
        raise DataError(f"changes 中的现状分类 {'、'.join(sorted(lost))} 不存在，请核对", "CLASS")
    for number, kind in enumerate(land.classes):
        steps = [known.step(kind.name, use.code) for use in asked.definition.uses]
        told = [exceptions.get((kind.id, use)) for use in asked.uses]
        shut = [
            not (own.allowed if own else step.allowed)
            for own, step in zip(told, steps, strict=True)
        ]
        code = PRESENT + kind.id.upper()
        reasons = dict.fromkeys(s.reason for s, no in zip(steps, shut, strict=True) if no)
        bases = dict.fromkeys(s.basis for s, no in zip(steps, shut, strict=True) if no and s.basis)
        title = f"现状{kind.name}（{'；'.join(reasons) or '不得转换'}）"
        english = f"Present use: {kind.name_en}"
        words[code] = ReasonLabel(title, english, "；".join(bases))
        yield code, (land.present == number)[:, None] & np.array(shut)


def _outside(asked: Asked) -> Iterator[tuple[str, np.ndarray]]:
    """Units whose middle lies outside the areas that a use is asked in."""
    shut = np.zeros((len(asked.land), len(asked.uses)), dtype=bool)
    for k, use in enumerate(asked.definition.uses):
        if use.within:
            pieces = [_shapes(asked, where) for where in use.within]
            shut[:, k] = ~_middles_in(asked.land, np.concatenate(pieces))
    yield WITHIN, shut


def _shapes(asked: Asked, where: Where) -> np.ndarray:
    known = asked.zone.existing(where.set, asked.version)
    planes = lands.chosen(known, where)
    if not len(planes):
        told = f"图层 {where.set} 中没有 {'、'.join((*where.ids, *where.kinds))}，请核对 within"
        raise DataError(told, "WITHIN")
    return planes


def _middles_in(land: Land, planes: np.ndarray) -> np.ndarray:
    middles = shapely.centroid(land.planes)
    unit, _ = shapely.STRtree(planes).query(middles, predicate="intersects")
    inside = np.zeros(len(land), dtype=bool)
    inside[unit] = True
    return inside


def _near(asked: Asked, phase: Phase) -> np.ndarray | None:
    known = asked.zone.boundaries(phase.where.set, asked.version)
    planes = np.empty(0, dtype=object) if known is None else lands.chosen(known, phase.where)
    if not len(planes):
        return None
    grown = phase.where.model_copy(update={"buffer_m": phase.where.buffer_m + phase.reach_m})
    return _middles_in(asked.land, lands.chosen(known, grown)) if known else None
