"""Outcomes put into findings: with source, law, state on the day, and remarks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from geo import measure
from geo.model import Grade, Source, worst
from geo.site.asked import Failed, Grid, LayerInput, Missing
from geo.site.outcome import Batch, Outcome, Reading
from geo.site.rules import Kind, Rule, Rules
from geo.site.values import Answer, Finding, LeftOut, LegalState, Note, Severity

_KEPT = 1_024  # rules told on a day
_AREAL = (Kind.OVERLAP, Kind.WITHIN, Kind.ATTRIBUTE)
Read = tuple[LayerInput, Reading] | Grid | None


def left_out(rules: Rules, rule: str, code: str, why: str) -> LeftOut:
    """A rule that is not asked: by the office, or because another stands for it."""
    titles = {one.id: (one.title, one.title_en) for one in rules.rules}
    title, title_en = titles.get(why, (why, why))
    note = rules.note(code, {"title": title, "title_en": title_en})
    return LeftOut(rule, *titles[rule], note.zh, note.en)


@dataclass(frozen=True, slots=True)
class _About:
    """One rule on one day, as an office applies it; what it says of itself is told once."""

    rules: Rules
    id: str
    day: date
    usable: float | None

    @classmethod
    def of(cls, rule: Rule, batch: Batch) -> "_About":
        """The rule as a batch asks it."""
        said = batch.settings.usable.get(rule.id)
        if said is None:
            said = rule.usable_pct
            said = 0.0 if said is None and rule.severity is Severity.BAN else said
        return cls(batch.rules, rule.id, batch.as_of, said)

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return next(one for one in self.rules.rules if one.id == self.id)


def unread(rule: Rule, layer: Missing | Failed, batch: Batch) -> list[Finding]:
    """Findings where the set is missing or failed: the reason is told as it was given."""
    if isinstance(layer, Failed):
        answer, code, why = Answer.FAILED, "FAILED", layer.message
    else:
        answer, code, why = Answer.NO_DATA, "MISSING", layer.reason
    return [_unread(_About.of(rule, batch), answer, code, why)] * len(batch.sites)


@lru_cache(maxsize=_KEPT)
def _unread(about: _About, answer: Answer, code: str, why: str) -> Finding:
    rule = about.rule
    told = {"set": rule.sets[0], "why": why, "title": rule.title, "title_en": rule.title_en}
    said = ((code, told),)
    return _in_force(about, _common(about, Outcome(answer, said=said), set=about.rule.sets[0]))


def rule_only(rule: Rule, batch: Batch, code: str) -> list[Finding]:
    """Findings where the set is of the wrong nature."""
    bare = Outcome(Answer.NO_DATA, said=((code, {}),))
    return [_common(_About.of(rule, batch), bare, set=rule.sets[0])] * len(batch.sites)


def findings(rule: Rule, read: Read, outcomes: Sequence[Outcome], batch: Batch) -> list[Finding]:
    """One finding for each outcome; equal outcomes share one."""
    made, out = dict[tuple[int, str], Finding](), list[Finding]()
    measured, about = _measured(outcomes), _About.of(rule, batch)
    for site, one, area in zip(batch.sites, measured, batch.areas_m2.tolist(), strict=True):
        key = (id(one), site.use if rule.uses else "")
        if key not in made:
            told = _for_use(rule, one, site.use)
            made[key] = _in_force(about, _finding((rule, about), read, told, area))
        out.append(made[key])
    return out


def _measured(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes with the area of the land they concern, all measured at once."""
    out = list(outcomes)
    open_ = [i for i, one in enumerate(out) if one.land and one.overlap_m2 is None]
    if not open_:
        return out
    planes = np.array([out[i].land[0] for i in open_], dtype=object)
    both = zip(open_, measure.ellipsoid_areas(planes), measure.plane_areas(planes), strict=True)
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


@lru_cache(maxsize=_KEPT)
def _fixed(about: _About) -> tuple[Mapping[str, Any], tuple[Note, ...]]:
    """What every finding of a rule says, and the remark that its beginning is not known."""
    rule, rules = about.rule, about.rules
    state, binding = rule.legal_state(about.day)
    fields = {
        "rule": rule.id,
        "title": rule.title,
        "title_en": rule.title_en,
        "kind": rule.kind.value,
        "state": state,
        "binding": binding,
        "law": rule.law,
        "article": rule.article,
        "certainty": rule.certainty.value,
        "todo": rule.todo,
        "todo_en": rule.todo_en,
        "remark": rule.note,
        "remark_en": rule.note_en,
        "usable_pct": about.usable,
        "priority": rule.priority,
        "digest": rules.digest(rule),
    }
    undated = rule.begins is None and rule.law
    return fields | {"severity": rule.severity}, (rules.note("UNDATED", {}),) if undated else ()


def _common(about: _About, outcome: Outcome, **more: Any) -> Finding:
    fixed, undated = _fixed(about)
    notes = tuple(about.rules.note(code, values) for code, values in outcome.said)
    if outcome.severity is not None:
        more["severity"] = outcome.severity
    return Finding(**{**fixed, "answer": outcome.answer, "notes": (*notes, *undated), **more})


def _finding(asked: tuple[Rule, _About], read: Read, outcome: Outcome, site_m2: float) -> Finding:
    """One outcome as a finding; those that share one have no share of the site but nought."""
    rule, about = asked
    if isinstance(read, tuple) and read[1].said:
        outcome = _with_unused(rule, read[1], outcome)
    area, plane = outcome.overlap_m2, outcome.overlap_plane_m2
    if rule.kind in _AREAL and outcome.answer is Answer.CLEAR and not outcome.land:
        area = plane = 0.0  # a rule that measures areas found none
    source, since, name = _source(read)
    grades = {one.grade for one in outcome.features}
    resting = _resting(read, outcome, grades)
    best = min(grades, key=lambda one: one.rank) if grades else None
    return _common(
        about,
        outcome,
        overlap_m2=area,
        overlap_plane_m2=plane,
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


def _source(read: Read) -> tuple[Source | None, int | None, str]:
    if read is None:
        return None, None, ""
    if isinstance(read, Grid):
        return read.source, read.since, "slope"
    layer, reading = read
    return layer.boundaries.source, layer.boundaries.since, reading.used.name


def _resting(read: Read, outcome: Outcome, grades: Collection[Grade]) -> Grade | None:
    """Weakest evidence of an answer: the features hit; for a clear one, all that were read."""
    if outcome.grade is not None:
        return outcome.grade
    if outcome.answer is Answer.HIT and grades:
        return worst(list(grades))
    if isinstance(read, tuple):
        return read[1].used.worst or read[0].boundaries.source.grade
    return read.source.grade if isinstance(read, Grid) else None


def _in_force(about: _About, found: Finding) -> Finding:
    """What a rule says on a day on which it is repealed, not yet in force, or being revised."""
    if found.state is LegalState.IN_FORCE:
        return found
    rule, rules = about.rule, about.rules
    told: dict[str, Any] = {"day": (rule.ends or rule.begins or rule.changing or "")}
    if found.state is LegalState.REPEALED:
        where = {"set": found.set, "since": found.since, "source": found.source}
        bare = _common(about, Outcome(Answer.CLEAR), **where)
        return replace(bare, notes=(rules.note("REPEALED", told),))
    note = rules.note("REVISED" if found.binding else "NOT_YET", told)
    return replace(found, notes=(note, *found.notes))
