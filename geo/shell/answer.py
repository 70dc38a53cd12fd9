"""What commands print with ``--json``: one plain row per thing. Keys are stable; see docs/shell.md.

Pure: values in, rows out. Areas in m² or km² and lengths in m or km, as the key says.
"""

from collections.abc import Mapping
from typing import Any

from geo.boundaries import Change
from geo.errors import Issue
from geo.model import Event, Grade, Hit, Match, SetSummary
from geo.plan import Clause, Entity, Plan, PlanCheck, Progress

Row = dict[str, Any]
_KM2, _KM = 1e6, 1e3
_DIGITS = 6  # of km² and km: a square metre, a millimetre
_REPLACED = "现有界线中没有这一处，可能已随图层更换而移除"


def layer(one: SetSummary) -> Row:
    """One set the zone holds."""
    return {
        "name": one.name,
        "title": one.title,
        "title_en": one.title_en,
        "count": one.count,
        "grade": one.grade.value,
        "measured_km2": _scaled(one.measured_m2, _KM2),
        "declared_km2": _scaled(one.declared_m2, _KM2),
        "length_km": _scaled(one.length_m, _KM),
        "source": one.source.title,
        "licence": one.source.licence,
        "version": one.since,
    }


def entity(one: Entity, placed: Mapping[str, Grade], reasons: Mapping[str, str]) -> Row:
    """One entity of the plan, with whether it is drawn, how well, or why not."""
    grade = placed.get(one.id)
    return {
        "id": one.id,
        "name": one.name,
        "name_en": one.name_en,
        "aliases": [*one.aliases, *one.also],
        "kind": one.kind,
        "placed": grade is not None,
        "grade": grade.value if grade else None,
        "reason": "" if grade else reasons.get(one.id, _REPLACED),
        "clauses": list(one.clauses),
    }


def target(one: Progress) -> Row:
    """One target with baseline, actual and gap; numbers in the target's own unit."""
    wanted = one.target
    return {
        "id": wanted.id,
        "subject": wanted.subject,
        "op": wanted.op,
        "value": wanted.value_low,
        "value_high": wanted.value_high,
        "value_text": wanted.value_text,
        "unit": wanted.unit,
        "by": wanted.by,
        "entity": list(wanted.entities),
        "clause": list(wanted.clauses),
        "baseline": _baseline(one),
        "actual": _actual(one),
        "gap": one.gap,
        "gap_from": one.gap_from,
        "rate": one.rate,
        "rate_unit": one.rate_unit,
        "flags": [flag.code for flag in one.flags],
    }


def _baseline(one: Progress) -> Row | None:
    was = one.baseline
    if was is None:
        return None
    return {
        "value": was.value,
        "unit": was.unit,
        "year": was.year,
        "working": was.working,
        "comparable": one.comparable,
    }


def _actual(one: Progress) -> Row | None:
    now = one.actual
    if now is None:
        return None
    return {"value": now.number, "text": now.value, "as_of": now.as_of, "source": now.source}


def check(one: PlanCheck) -> Row:
    """One check of the plan's own arithmetic."""
    return {
        "id": one.id,
        "says": one.says,
        "computed": one.computed,
        "agrees": one.agrees.value,
        "note": one.note,
        "clauses": list(one.clauses),
        "inconsistency": one.inconsistency,
    }


def clause(one: Clause, plan: Plan) -> Row:
    """One clause with what it and the clauses under it speak of."""
    view = plan.of_clause(one.id)
    return {
        "id": one.id,
        "title": one.title,
        "title_en": one.title_en,
        "lines": [one.first_line, one.last_line],
        "entities": [entity.id for entity in view.entities],
        "targets": [target.id for target in view.targets],
    }


def hit(one: Hit, known: Entity | None, plan: Plan) -> Row:
    """One feature found, with what the plan says of the entity it stands for."""
    id_ = known.id if known else ""
    return {
        "set": one.set,
        "id": one.id,
        "name": one.name,
        "name_en": one.name_en,
        "kind": one.kind,
        "grade": one.grade.value,
        "area_m2": one.area_m2,
        "length_m": one.length_m,
        "distance_m": one.distance_m,
        "declared_m2": one.declared_m2,
        "error_m": one.error_m,
        "basis": one.basis,
        "entity": id_,
        "clauses": list(known.clauses) if known else [],
        "targets": [target.id for target in plan.targets_of(id_)] if id_ else [],
        "facts": [fact.id for fact in plan.facts_of(id_)] if id_ else [],
        "inconsistencies": [open_.id for open_ in plan.inconsistencies_of(id_)] if id_ else [],
    }


def match(one: Match) -> Row:
    """One answer of the search."""
    return {
        "label": one.label,
        "label_en": one.label_en,
        "why": one.why,
        "why_en": one.why_en,
        "set": one.set,
        "id": one.id,
        "lon": one.lon,
        "lat": one.lat,
        "bounds": list(one.bounds) if one.bounds else None,
    }


def event(version: int, one: Event) -> Row:
    """One change of a set; `version` is the first at which it holds."""
    return {
        "version": version,
        "at": one.at.isoformat(),
        "on": one.on.isoformat() if one.on else None,
        "by": one.by,
        "verb": one.verb,
        "reason": one.reason,
        "document": one.document,
        "count": one.data.get("count"),
        "grade": one.data.get("grade"),
        "source": one.data.get("source"),
    }


def change(one: Change) -> Row:
    """What one boundary gained and lost between two versions."""
    return {
        "id": one.id,
        "name": one.name,
        "change": one.kind.value,
        "old_m2": one.old_m2,
        "new_m2": one.new_m2,
        "moved_m2": one.moved_m2,
    }


def issue(one: Issue) -> Row:
    """One fault found."""
    return {
        "code": one.code,
        "severity": one.severity,
        "row": one.row,
        "field": one.field,
        "value": one.value,
        "message": one.message,
    }


def _scaled(value: float | None, unit: float) -> float | None:
    return None if value is None else round(value / unit, _DIGITS)
