"""Sites → findings → verdict. Pure: the same question on the same data has the same answer."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeGuard

import numpy as np

from geo import measure
from geo.errors import SettingError
from geo.site.asked import Failed, Grid, Layer, LayerInput, Missing, Settings, Site
from geo.site.attribute import attribute
from geo.site.cover import bounded
from geo.site.distance import distance
from geo.site.finding import findings, left_out, rule_only, unread
from geo.site.ground import outline, slope
from geo.site.kinds import overlap, within
from geo.site.outcome import Batch, Outcome, Reading
from geo.site.prepared import sound
from geo.site.record import code_hash, ground_hash, inputs_hash
from geo.site.rules import Kind, Rule, Rules
from geo.site.select import select
from geo.site.shares import shares
from geo.site.values import Answer, Finding, LeftOut, SiteReport
from geo.site.verdict import judge

_KINDS = {
    Kind.OVERLAP: overlap,
    Kind.WITHIN: within,
    Kind.DISTANCE: distance,
    Kind.ATTRIBUTE: attribute,
}
_SHARING = (Kind.OVERLAP, Kind.WITHIN, Kind.ATTRIBUTE)
_TOGETHER = 1_000  # sites whose shares are held in memory at once
_NO_SHAPES = np.empty(0, dtype=object)
_Given = tuple[LayerInput, Reading] | Layer
Layers = Mapping[str, Layer]


def check(
    site: Site, layers: Layers, rules: Rules, as_of: date, settings: Settings | None = None
) -> SiteReport:
    """Ask every rule about one site. A set that `layers` does not name is missing."""
    return check_many([site], layers, rules, as_of, settings)[0]


def check_many(
    sites: Sequence[Site],
    layers: Layers,
    rules: Rules,
    as_of: date,
    settings: Settings | None = None,
) -> list[SiteReport]:
    """Ask every rule about many sites at once; reports in the order of the sites."""
    if not sites:
        return []
    said = settings or Settings()
    _check_settings(rules, said)
    grounds = Batch((), _NO_SHAPES, np.empty(0), as_of, said, rules)
    asked, apart = _asked(layers, grounds)
    read = [(rule, _read(rule, _layer(rule, layers), grounds)) for rule in asked]
    out = list[SiteReport]()
    for start in range(0, len(sites), _TOGETHER):
        batch = _batch(sites[start : start + _TOGETHER], grounds, read)
        columns = [_answers(rule, given, batch) for rule, given in read]
        out += _reports(batch, list(zip(*columns, strict=True)), apart, layers)
    return out


def _batch(sites: Sequence[Site], grounds: Batch, read: Sequence[tuple[Rule, _Given]]) -> Batch:
    """Some of the sites, with what they share with every set whose areas are asked for."""
    planes = sound(measure.to_planes(np.array([site.shape for site in sites], dtype=object)))
    sets = [given[1].used for rule, given in read if rule.kind in _SHARING and _is_read(given)]
    return replace(
        grounds,
        sites=sites,
        planes=planes,
        areas_m2=measure.ellipsoid_areas(planes),
        shares=shares(planes, sets),
    )


def _read(rule: Rule, layer: Layer, grounds: Batch) -> _Given:
    """What a rule is answered from: a set with the features it may use, or what is there."""
    areal = rule.kind not in (Kind.SHAPE, Kind.SLOPE)
    if areal and isinstance(layer, LayerInput):
        return layer, select(rule, layer, grounds)
    return layer


def _is_read(given: _Given) -> TypeGuard[tuple[LayerInput, Reading]]:
    return isinstance(given, tuple)


def _check_settings(rules: Rules, settings: Settings) -> None:
    known = {rule.id for rule in rules.rules}
    loose = {*settings.usable, *settings.left_out} - known
    loose |= set(settings.parameters) - set(rules.parameters)
    if loose:
        names = "、".join(sorted(loose))
        raise SettingError(f"选址设置中的 {names} 不是规则或参数，请核对名称", "SITE_SETTING")
    for name, value in settings.parameters.items():
        bounds = rules.parameters[name]
        high = np.inf if bounds.high is None else bounds.high
        if not (bounds.low <= value <= high and np.isfinite(value)):
            raise SettingError(
                f"参数“{bounds.title}”为 {value}，超出允许范围，请更正", "SITE_SETTING"
            )
    for rule, percent in settings.usable.items():
        if not 0 <= percent <= 100:
            raise SettingError(f"规则 {rule} 的可用比例 {percent} 应在 0–100", "SITE_SETTING")


def _layer(rule: Rule, layers: Layers) -> Layer:
    """What a rule reads: the first of its sets that is there, else why the first is not."""
    found = [layers.get(name, Missing("")) for name in rule.sets]
    there = (layer for layer in found if not isinstance(layer, Missing))
    return next(there, found[0] if found else Missing(""))


def _asked(layers: Layers, batch: Batch) -> tuple[list[Rule], tuple[LeftOut, ...]]:
    """Rules that are asked; and those left out by the office or by a better line."""
    gone = {rule: ("OFFICE", why) for rule, why in batch.settings.left_out.items()}
    for rule in batch.rules.rules:
        if not rule.instead_of:
            continue
        layer = _layer(rule, layers)
        if isinstance(layer, LayerInput):
            gone.setdefault(rule.instead_of, ("BETTER", rule.id))
        elif isinstance(layer, Missing):
            gone.setdefault(rule.id, ("FALLBACK", rule.instead_of))
    asked = [rule for rule in batch.rules.rules if rule.id not in gone]
    return asked, tuple(left_out(batch.rules, rule, *why) for rule, why in gone.items())


def _answers(rule: Rule, given: _Given, batch: Batch) -> list[Finding]:
    if rule.kind is Kind.SHAPE:
        return findings(rule, None, outline(rule, batch), batch)
    if isinstance(given, Missing | Failed):
        return unread(rule, given, batch)
    if not _is_read(given):
        return _on_grid(rule, given, batch)
    reading = given[1]
    if not len(reading.used) and (reading.said or rule.kind is Kind.WITHIN):
        bare = Outcome(Answer.NO_DATA)
        return findings(rule, given, [bare] * len(batch.sites), batch)
    found = bounded(rule, given[0], _KINDS[rule.kind](reading, batch), batch)
    return findings(rule, given, found, batch)


def _on_grid(rule: Rule, layer: _Given, batch: Batch) -> list[Finding]:
    if not isinstance(layer, Grid) or rule.kind is not Kind.SLOPE:
        return rule_only(rule, batch, "SIDE_UNKNOWN")
    return findings(rule, layer, slope(rule, layer, batch), batch)


def _reports(
    batch: Batch,
    rows: Sequence[tuple[Finding, ...]],
    apart: tuple[LeftOut, ...],
    layers: Layers,
) -> list[SiteReport]:
    versions = {name: getattr(_since(layer), "since", None) for name, layer in layers.items()}
    code, law = code_hash(), batch.rules.rules_hash
    ground = ground_hash(layers, batch.as_of, batch.settings)
    planes = measure.plane_areas(batch.planes)
    out = []
    found = rows or itertools.repeat((), len(batch.sites))
    for site, row, area, plane in zip(batch.sites, found, batch.areas_m2, planes, strict=True):
        verdict, reasons = judge(row)
        registered = site.registered_m2
        ppm = None if registered is None else (float(area) - registered) / registered * 1e6
        inputs = inputs_hash(site, ground)
        asked = (site, batch.as_of, verdict, reasons, tuple(row), apart, float(area), float(plane))
        out.append(SiteReport(*asked, ppm, batch.settings, versions, law, code, inputs))
    return out


def _since(layer: Layer) -> object:
    return layer.boundaries if isinstance(layer, LayerInput) else layer
