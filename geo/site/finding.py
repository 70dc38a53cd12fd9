"""Outcomes put into findings: with source, law, state on the day, and remarks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from geo import measure
from geo.model import Grade, Source, worst
from geo.site.asked import Failed, Grid, LayerInput, Missing
from geo.site.outcome import Batch, Outcome, Reading, Said, ellipsoid_areas
from geo.site.rules import Kind, Rule, Rules
from geo.site.values import Answer, Finding, LeftOut, LegalState, Severity

Read = tuple[LayerInput, Reading] | Grid | None


def left_out(rules: Rules, rule: str, code: str, why: str) -> LeftOut:
    """A rule that is not asked: by the office, or because another stands for it."""
    titles = {one.id: (one.title, one.title_en) for one in rules.rules}
    title, title_en = titles.get(why, (why, why))
    note = rules.note(code, {"title": title, "title_en": title_en})
    return LeftOut(rule, *titles[rule], note.zh, note.en)


def unread(rule: Rule, layer: Missing | Failed, batch: Batch) -> list[Finding]:
    """Findings where the set is missing or failed: the reason is told as it was given."""
    if isinstance(layer, Failed):
        answer, code, why = Answer.FAILED, "FAILED", layer.message
    else:
        answer, code, why = Answer.NO_DATA, "MISSING", layer.reason
    told = {"set": rule.sets[0], "why": why}
    found = replace(_common(rule, batch, Outcome(answer, said=((code, told),))), set=rule.sets[0])
    return [_in_force(rule, batch, found)] * len(batch.sites)


def rule_only(rule: Rule, batch: Batch, code: str) -> list[Finding]:
    """Findings where the set is of the wrong nature."""
    found = _common(rule, batch, Outcome(Answer.NO_DATA, said=((code, {}),)))
    return [replace(found, set=rule.sets[0])] * len(batch.sites)


def findings(rule: Rule, read: Read, outcomes: Sequence[Outcome], batch: Batch) -> list[Finding]:
    """One finding for each outcome; equal outcomes share one."""
    made, out = dict[tuple[int, str], Finding](), list[Finding]()
    measured = _measured(outcomes)
    for i, (site, one) in enumerate(zip(batch.sites, measured, strict=True)):
        key = (id(one), site.use if rule.uses else "")
        if key not in made:
            told = _for_use(rule, one, site.use)
            made[key] = _finding(rule, read, told, batch, float(batch.areas_m2[i]))
        out.append(made[key])
    return [_in_force(rule, batch, found) for found in out]


def _measured(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes with the area of the land they concern, all measured at once."""
    out = list(outcomes)
    open_ = [i for i, one in enumerate(out) if one.land and one.overlap_m2 is None]
    if not open_:
        return out
    planes = np.array([out[i].land[0] for i in open_], dtype=object)
    both = zip(open_, ellipsoid_areas(planes), measure.plane_areas(planes), strict=True)
    for i, area, plane in both:
        out[i] = replace(out[i], overlap_m2=float(area), overlap_plane_m2=float(plane))
    return out


def _for_use(rule: Rule, outcome: Outcome, use: str) -> Outcome:
    """A rule for certain uses: others are clear of it, and an unknown use cannot be hit by it."""
    if not rule.uses or outcome.answer is Answer.CLEAR:
        return outcome
    if not use:
        return replace(outcome, answer=Answer.NO_DATA, said=(*outcome.said, ("NO_USE", {})))
    if use.startswith(rule.uses):
        return outcome
    return Outcome(Answer.CLEAR, said=(("OTHER_USE", {"use": use}),), distance_m=outcome.distance_m)


def _common(rule: Rule, batch: Batch, outcome: Outcome, **more: Any) -> Finding:
    state, binding = rule.legal_state(batch.as_of)
    said: list[Said] = list(outcome.said)
    if rule.begins is None and rule.law:
        said.append(("UNDATED", {}))
    return Finding(
        rule.id,
        rule.title,
        rule.title_en,
        rule.kind.value,
        outcome.severity or rule.severity,
        outcome.answer,
        notes=tuple(batch.rules.note(code, values) for code, values in said),
        state=state,
        binding=binding,
        law=rule.law,
        article=rule.article,
        certainty=rule.certainty.value,
        todo=rule.todo,
        todo_en=rule.todo_en,
        remark=rule.note,
        remark_en=rule.note_en,
        usable_pct=_usable(rule, batch),
        priority=rule.priority,
        digest=batch.rules.digest(rule),
        **more,
    )


def _usable(rule: Rule, batch: Batch) -> float | None:
    said = batch.settings.usable.get(rule.id)
    if said is not None:
        return said
    return 0.0 if rule.usable_pct is None and rule.severity is Severity.BAN else rule.usable_pct


def _finding(rule: Rule, read: Read, outcome: Outcome, batch: Batch, site_m2: float) -> Finding:
    """One outcome as a finding; those that share one have no share of the site but nought."""
    if isinstance(read, tuple):
        layer, reading = read
        outcome = _with_unused(rule, reading, outcome)
        source: Source | None = layer.boundaries.source
        since: int | None = layer.boundaries.since
        name = reading.used.name
    else:
        source, since, name = _source(read)
    outcome = _whole(rule, outcome)
    area = outcome.overlap_m2
    grades = {one.grade for one in outcome.features}
    resting = _resting(read, outcome)
    best = min(grades, key=lambda one: one.rank) if grades else None
    return _common(
        rule,
        batch,
        outcome,
        overlap_m2=outcome.overlap_m2,
        overlap_plane_m2=outcome.overlap_plane_m2,
        share_pct=None if area is None else 100 * area / site_m2,
        land=outcome.land,
        length_m=outcome.length_m,
        distance_m=outcome.distance_m,
        limit_m=outcome.limit_m,
        features=outcome.features,
        near=outcome.near,
        pending=outcome.pending,
        grade=resting,
        proof=best if best and rule.kind is not Kind.WITHIN else resting,
        set=name,
        since=since,
        source=source,
    )


def _with_unused(rule: Rule, reading: Reading, outcome: Outcome) -> Outcome:
    """An outcome that admits what could not be used: a site is not clear of a mere symbol."""
    unused = any(code in ("SYMBOLS", "TOO_WEAK") for code, _ in reading.said)
    doubtful = unused and outcome.answer is Answer.CLEAR and rule.kind is not Kind.WITHIN
    answer = Answer.NO_DATA if doubtful else outcome.answer
    return replace(outcome, answer=answer, said=(*outcome.said, *reading.said))


def _source(read: Grid | None) -> tuple[Source | None, int | None, str]:
    if read is None:
        return None, None, ""
    return read.source, read.since, "slope"


def _resting(read: Read, outcome: Outcome) -> Grade | None:
    """Weakest evidence of an answer: the features hit; for a clear one, all that were read."""
    if outcome.grade is not None:
        return outcome.grade
    if outcome.answer is Answer.HIT and outcome.features:
        return worst(list({one.grade for one in outcome.features}))
    if isinstance(read, tuple):
        return read[1].used.worst or read[0].boundaries.source.grade
    return read.source.grade if isinstance(read, Grid) else None


def _whole(rule: Rule, outcome: Outcome) -> Outcome:
    """An area of nought where a rule that measures areas found none."""
    areal = rule.kind in (Kind.OVERLAP, Kind.WITHIN, Kind.ATTRIBUTE)
    if outcome.land or outcome.answer is not Answer.CLEAR or not areal:
        return outcome
    return replace(outcome, overlap_m2=0.0, overlap_plane_m2=0.0)


def _in_force(rule: Rule, batch: Batch, found: Finding) -> Finding:
    """What a rule says on a day on which it is repealed, not yet in force, or being revised."""
    if found.state is LegalState.IN_FORCE:
        return found
    told: dict[str, Any] = {"day": (rule.ends or rule.begins or rule.changing or "")}
    if found.state is LegalState.REPEALED:
        note = batch.rules.note("REPEALED", told)
        bare = _common(rule, batch, Outcome(Answer.CLEAR))
        kept = replace(bare, set=found.set, since=found.since, source=found.source)
        return replace(kept, notes=(note,))
    note = batch.rules.note("REVISED" if found.binding else "NOT_YET", told)
    return replace(found, notes=(note, *found.notes))
