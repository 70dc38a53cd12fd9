"""A scenario and a zone at one version become a problem for the allocator, with its labels."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np

from geo import landuse, rasters
from geo.allocate import Band, Neighbours, Problem, unfolded
from geo.errors import DataError
from geo.model import Use as LandUse
from geo.scenario import closed, default, score, text
from geo.scenario import land as lands
from geo.scenario.closed import Asked, Closed
from geo.scenario.definition import Definition
from geo.scenario.score import Scored
from geo.scenario.values import Input, Land, Prepared, UseLabel
from geo.units import m2_of_mu
from geo.zone import DATA, Zone

_RULES = ("conversion.toml", "suitability.toml", "allocate.toml")
_KEPT = 4


@cache
def classification() -> Mapping[str, LandUse]:
    """The national classification of uses."""
    return landuse.read(DATA / "rules")


def prepare(zone: Zone, definition: Definition, version: int | None = None) -> Prepared:
    """A scenario made ready on what is held at a version, by default now.

    The same scenario at the same version is the same problem, to the last bit. Raises
    `DataError` with what does not fit the zone: a set, factor, use or target that is not there.
    """
    at = zone.version if version is None else version
    return _prepared(zone, json.dumps(text.plain(definition), sort_keys=True), at)


@lru_cache(maxsize=_KEPT)
def _prepared(zone: Zone, said: str, version: int) -> Prepared:
    definition = text.checked(json.loads(said))
    _known(zone, definition)
    _open(zone, version, {definition.units.set, lands.LANDUSE, *lands.SPREAD_ON})
    land = lands.land(zone, definition.units, version)
    asked = Asked(zone, version, land, definition)
    scored = score.scored(asked)
    shut = closed.closed(asked, default.excludes(definition), np.isnan(scored.points))
    plain = _plain(asked, scored, shut)
    found = _inputs(asked, scored)
    _open(zone, version, {one.name for one in found})
    return Prepared(
        definition=definition,
        version=version,
        land=land,
        problem=_phased(plain, definition),
        plain=plain,
        labels=tuple(_label(use.id, use.code, use.name) for use in definition.uses),
        reasons=shut.words,
        inputs=found,
        factors=scored.factors,
        weights={id_: one.counting for id_, one in scored.recipes.items()},
        weighings=scored.weighings,
        points=np.where(shut.bits > 0, np.nan, scored.points),
        digest=_digest(definition, land, found, shut.bits),
        seal=zone.seal(version),
    )


def _plain(asked: Asked, scored: Scored, shut: Closed) -> Problem:
    """The problem of a single period, its demands added up over all periods."""
    land, definition = asked.land, asked.definition
    patches = [use.patch_mu or 0.0 for use in definition.uses]
    return Problem(
        uses=asked.uses,
        areas_m2=land.areas_m2,
        scores=np.nan_to_num(scored.points).astype(np.float32),
        bands=_bands(definition, None),
        forbidden=shut.bits,
        reasons=shut.codes,
        partials=closed.partials(asked),
        conversion=closed.conversion(asked),
        stage=closed.stage(asked),
        locked=closed.locks(asked),
        neighbours=Neighbours(land.pairs, land.shared_m),
        patch_m2=np.array([m2_of_mu(one) for one in patches]) if any(patches) else None,
        shares=definition.shares,
    )


def _bands(definition: Definition, period: int | None) -> tuple[Band, ...]:
    """What each use asks for in a period, or in all; a use without a demand asks for nothing."""
    out = []
    for use in definition.uses:
        mine = [
            one.band_mu(default.tolerance_pct())
            for one in definition.demands
            if one.use == use.id and period in {None, one.period}
        ]
        low, high = (sum(ends) for ends in zip(*mine, strict=True)) if mine else (0.0, 0.0)
        out.append(Band(m2_of_mu(low), m2_of_mu(high)))
    return tuple(out)


def _phased(plain: Problem, definition: Definition) -> Problem:
    if definition.spans == 1:
        return plain
    return unfolded(plain, [_bands(definition, period) for period in range(definition.spans)])


def _known(zone: Zone, definition: Definition) -> None:
    """Raise `DataError` USE_UNKNOWN or TARGET_UNKNOWN for what is in no table."""
    lost = [use.code for use in definition.uses if use.code not in classification()]
    if lost:
        raise DataError(f"用地分类中没有代码 {'、'.join(lost)}，请核对", "USE_UNKNOWN")
    there = {one.id for one in zone.plan.targets}
    strange = [one.target for one in definition.demands if one.target and one.target not in there]
    if strange:
        told = f"规划目标中没有 {'、'.join(strange)}，请核对编号（见 plan targets）"
        raise DataError(told, "TARGET_UNKNOWN")


def _open(zone: Zone, version: int, names: Set[str]) -> None:
    """Raise `DataError` WITHHELD for what the asker may not see: to leave it out were a lie."""
    lost = sorted(rasters.withheld(zone, version) & names)
    if lost:
        told = "、".join(zone.catalog.title(one) for one in lost)
        raise DataError(f"方案要读取 {told}，您无权查看，不能打开或运行", "WITHHELD")


def _label(id_: str, code: str, name: str) -> UseLabel:
    known = classification()[code]
    named = name or known.name
    english = score.template().recipes.get(known.first)
    title = english.title_en if english else code
    return UseLabel(id_, code, named, title, known.color or _color(known.first))


def _color(first: str) -> str:
    """The colour of a first-level class, else of the first class in it that has one."""
    within = [use.color for code, use in classification().items() if code[:2] == first]
    return next(filter(None, within), "#9AA0A6")


def _inputs(asked: Asked, scored: Scored) -> tuple[Input, ...]:
    """All it looked at, each once; first the units and their present use."""
    land, shelf = asked.land, asked.zone.catalog
    there = asked.zone.sets(asked.version)
    own = asked.definition.units.set
    known = asked.zone.boundaries(own, asked.version)
    titles = shelf.title(own), shelf.title(own, english=True)
    grade = known.source.grade if known else None
    example = own == "parcel" and asked.zone.example
    units = Input(own, *titles, there.get(own), grade, example, "units")
    since = 0 if land.example else there[lands.LANDUSE]
    title = land.source.title
    use = Input("present", title, "Present use", since, land.source.grade, land.example, "present")
    rest = [
        *closed.inputs(asked, default.excludes(asked.definition)),
        *score.inputs(asked, scored.recipes),
    ]
    ordered = dict[str, Input]()
    for one in rest:
        first = ordered.get(one.name, one)
        ordered[one.name] = first if first.role == one.role else replace(first, role="both")
    return tuple({units.name: units, use.name: use, **ordered, units.name: units}.values())


def _digest(definition: Definition, land: Land, found: tuple[Input, ...], bits: np.ndarray) -> str:
    """SHA-256 of what is asked but for its name and note, the rules, units, inputs, closures."""
    asked = {k: v for k, v in text.plain(definition).items() if k not in {"name", "note"}}
    rules = {name: _of_file(name) for name in _RULES}
    sets = {one.name: one.since for one in found}
    shut = hashlib.sha256(bits.tobytes()).hexdigest()
    whole = json.dumps([asked, rules, sets, land.key, land.source.title, shut], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _of_file(name: str) -> str:
    return hashlib.sha256((DATA / "rules" / name).read_bytes()).hexdigest()
