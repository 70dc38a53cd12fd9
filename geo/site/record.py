"""A report as plain values, the hashes that name its inputs, and what changed between two."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyproj
import shapely

from geo.errors import DataError
from geo.site.asked import Failed, Grid, Layer, LayerInput, Missing, Settings, Site
from geo.site.values import Finding, Met, Near, Note, SiteReport

_SAME = ("answer", "overlap_m2", "share_pct", "length_m", "distance_m", "severity")
_NOISE = 1e-6  # m² and m: below this two numbers are the same


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two reports, and why: data, rule, setting or code.

    `rule` is empty for the report as a whole.
    """

    rule: str
    field: str
    old: Any
    new: Any
    causes: tuple[str, ...]


@cache
def code_hash() -> str:
    """SHA-256 of the code that checks and measures, and of the libraries it stands on."""
    room = Path(__file__).parent
    files = [*sorted(room.glob("*.py")), room.parent / "measure.py"]
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    versions = (shapely.__version__, shapely.geos_version, pyproj.__proj_version__)
    found.update(repr(versions).encode())
    return found.hexdigest()


def ground_hash(layers: Mapping[str, Layer], as_of: date, settings: Settings) -> str:
    """SHA-256 of all that is the same for every site of one run."""
    read = {name: _state(layer) for name, layer in layers.items()}
    said = [dict(settings.parameters), dict(settings.usable), dict(settings.left_out)]
    return _digest([read, as_of.isoformat(), said])


def inputs_hash(site: Site, ground: str) -> str:
    """SHA-256 of a question: the site's shape and use, and the ground it was asked on."""
    return _digest([shape_hash(site), site.use, site.registered_m2, ground])


def shape_hash(site: Site) -> str:
    """SHA-256 of a site's shape, however its rings were ordered."""
    return hashlib.sha256(shapely.to_wkb(shapely.normalize(site.shape))).hexdigest()


def _state(layer: Layer) -> list[Any]:
    if isinstance(layer, LayerInput):
        known = layer.known if layer.facts else 0
        told = ["here", layer.boundaries.since, layer.boundaries.source.title, known]
        covers = [] if layer.covers is None else [shapely.to_wkb(layer.covers, hex=True)]
        return [*told, *covers]
    if isinstance(layer, Grid):
        return ["grid", layer.since, layer.source.title]
    if isinstance(layer, Missing):
        return ["missing"]
    return ["failed", layer.message if isinstance(layer, Failed) else ""]


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def to_row(report: SiteReport) -> dict[str, Any]:
    """A report as JSON-safe values; keys are stable. Areas m², lengths m, days ISO."""
    site = report.site
    return {
        "site": {
            "id": site.id,
            "name": site.name,
            "use": site.use,
            "variant": site.variant,
            "registered_m2": site.registered_m2,
            "shape": shapely.to_geojson(site.shape),
            "shape_hash": shape_hash(site),
        },
        "as_of": report.as_of.isoformat(),
        "verdict": report.verdict.value,
        "reasons": [
            {"rule": one.finding.rule, "code": one.code, "verdict": one.verdict.value}
            for one in report.reasons
        ],
        "area_m2": report.area_m2,
        "plane_m2": report.plane_m2,
        "registered_ppm": report.ppm,
        "findings": [_finding(one) for one in report.findings],
        "left_out": [{"rule": one.rule, "why": one.why} for one in report.left_out],
        "parameters": dict(report.settings.parameters),
        "usable": dict(report.settings.usable),
        "versions": dict(report.versions),
        "rules_hash": report.rules_hash,
        "code_hash": report.code_hash,
        "inputs_hash": report.inputs_hash,
    }


def _finding(found: Finding) -> dict[str, Any]:
    source = found.source
    return {
        "rule": found.rule,
        "title": found.title,
        "answer": found.answer.value,
        "severity": found.severity.value,
        "overlap_m2": found.overlap_m2,
        "overlap_plane_m2": found.overlap_plane_m2,
        "overlap_mu": found.overlap_mu,
        "share_pct": found.share_pct,
        "length_m": found.length_m,
        "distance_m": found.distance_m,
        "limit_m": found.limit_m,
        "features": [_met(one) for one in found.features],
        "near": [_near(one) for one in found.near],
        "pending": [_met(one) for one in found.pending],
        "notes": [_note(one) for one in found.notes],
        "grade": found.grade.value if found.grade else None,
        "basis": found.basis,
        "certainty": found.certainty,
        "state": found.state.value,
        "set": found.set,
        "since": found.since,
        "source": source.title if source else None,
        "issued": source.issued.isoformat() if source and source.issued else None,
        "document": source.document if source else "",
        "issuer": source.issuer if source else "",
        "todo": found.todo,
        "remark": found.remark,
        "digest": found.digest,
    }


def _met(met: Met) -> dict[str, Any]:
    return {
        "set": met.set,
        "id": met.id,
        "name": met.name,
        "grade": met.grade.value,
        "overlap_m2": met.overlap_m2,
        "length_m": met.length_m,
        "distance_m": met.distance_m,
        "limit_m": met.limit_m,
        "value": met.value,
        "state": met.state.value,
    }


def _near(near: Near) -> dict[str, Any]:
    tolerances = {"tolerance_m2": near.tolerance_m2, "tolerance_m": near.tolerance_m}
    return {**_met(near.met), "reason": near.reason, **tolerances}


def _note(note: Note) -> dict[str, str]:
    return {"code": note.code, "zh": note.zh, "en": note.en}


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """What a second run answered otherwise than the first (rows of `to_row`), with the causes.

    Empty when the answers are the same, even if hashes are not. Raises `DataError` where the
    two asked of different sites.
    """
    asked = [(row["site"]["shape_hash"], row["site"]["use"]) for row in (old, new)]
    if asked[0] != asked[1]:
        raise DataError("两份核查的图形或拟用途不同，不能比较，请选同一选址", "SITE_OTHER")
    changes = list(_changes(old, new))
    if old["verdict"] != new["verdict"]:
        causes = tuple(dict.fromkeys(one for change in changes for one in change.causes))
        changes.insert(0, Change("", "verdict", old["verdict"], new["verdict"], causes))
    return tuple(changes)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = ({one["rule"]: one for one in row["findings"]} for row in (old, new))
    for rule in dict.fromkeys([*before, *after]):
        was, now = before.get(rule), after.get(rule)
        if was is None or now is None:
            told = [one["answer"] if one else None for one in (was, now)]
            yield Change(rule, "answer", told[0], told[1], _whole_causes(old, new))
            continue
        causes = _causes(was, now, old, new)
        for field in _SAME:
            if not _equal(was[field], now[field]):
                yield Change(rule, field, was[field], now[field], causes)
        ids = [sorted(f"{one['set']}/{one['id']}" for one in row["features"]) for row in (was, now)]
        if ids[0] != ids[1]:
            yield Change(rule, "features", ids[0], ids[1], causes)


def _causes(
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> tuple[str, ...]:
    data = ("since", "source", "set")
    found = {
        "data": any(was[key] != now[key] for key in data),
        "rule": was["digest"] != now["digest"],
        "day": old["as_of"] != new["as_of"],
        "setting": old["parameters"] != new["parameters"] or old["usable"] != new["usable"],
    }
    causes = tuple(name for name, is_so in found.items() if is_so)
    if not causes and old["inputs_hash"] != new["inputs_hash"]:
        causes = ("data",)  # the set is the same: what is kept beside it, such as the ledger, moved
    return causes or _code(old, new)


def _whole_causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Why a rule was asked in one run only."""
    if old["rules_hash"] != new["rules_hash"]:
        return ("rule",)
    left = [[one["rule"] for one in row["left_out"]] for row in (old, new)]
    return ("setting",) if left[0] != left[1] else _code(old, new)


def _code(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    return ("code",) if old["code_hash"] != new["code_hash"] else ("unexplained",)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _NOISE
    return bool(one == other)
