"""What the plan speaks of, as plain values.

A field without a default must be filled in its table; a field with one may be empty.
Texts stand twice, Chinese and English (`…_en`). Clause ids look like 三(四)2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Document:
    """The released document. Areas in km², points as (longitude, latitude) in degrees."""

    title: str
    title_en: str
    index_number: str
    publisher: str
    publisher_en: str
    written: date
    published: date
    brief_area_km2: float
    city_point: tuple[float, float]
    airport_point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, with our own title and its lines in the released text."""

    id: str
    title: str
    title_en: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A place, project, organisation or title that the plan names.

    `aliases` are the plan's other spellings, `also` everyday and later names.
    `declared_m2` is land area as the plan states it, never floor area.
    """

    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str
    clauses: tuple[str, ...]
    lines: tuple[int, ...]
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    size: str = ""
    size_en: str = ""
    declared_m2: float | None = None
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the plan says was so. `value` is None where the text is no number."""

    id: str
    subject: str
    subject_en: str
    op: str
    value_text: str
    unit: str
    unit_en: str
    as_of: str
    as_of_en: str
    clause: str
    line: int
    value: float | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan wants.

    `op` is one of = ≥ > ≈ range milestone qualitative. `years_low` and `years_high` count
    from a start year that the plan does not give. `baseline` is ``F005``, a sum
    ``F029+F030`` or one part of a ratio ``F026:3``.
    """

    id: str
    subject: str
    subject_en: str
    op: str
    by: str
    by_en: str
    entities: tuple[str, ...]
    clauses: tuple[str, ...]
    lines: tuple[int, ...]
    value_low: float | None = None
    value_high: float | None = None
    value_text: str = ""
    unit: str = ""
    unit_en: str = ""
    by_year: int | None = None
    years_low: int | None = None
    years_high: int | None = None
    baseline: str = ""
    flags: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """A system or mechanism of the plan, and what this product does with it (`use`)."""

    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str
    clause: str
    line: int
    use: str
    use_en: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A major matter: who leads, who takes part (`units`), what it concerns."""

    id: str
    clause: str
    title: str
    title_en: str
    lead: str
    entities: tuple[str, ...]
    units: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Where the plan disagrees with itself or is unclear, and what the product does."""

    id: str
    title: str
    title_en: str
    says: str
    says_en: str
    does: str
    does_en: str
    clauses: tuple[str, ...]
    lines: tuple[int, ...]
    entities: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A later public fact beside the plan.

    `territory` is zone, place, city or province; `relation` to its targets is actual,
    reference or empty; `confidence` is high, medium or low; `number` is None for texts.
    """

    id: str
    territory: str
    subject: str
    subject_en: str
    fact_type: str
    fact_type_en: str
    value: str
    value_en: str
    as_of: str
    as_of_en: str
    source: str
    url: str
    confidence: str
    entity: str = ""
    baseline: str = ""
    targets: tuple[str, ...] = ()
    relation: str = ""
    number: float | None = None
    unit: str = ""
    unit_en: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """What a flag on a target means, in plain words."""

    code: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """What a clause speaks of."""

    entities: tuple[Entity, ...]
    targets: tuple[Target, ...]


Named = TypeVar("Named", Clause, Entity, Baseline, Target)


def _by_id(rows: Sequence[Named], id_: str) -> Named | None:
    return next((row for row in rows if row.id == id_), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole register. Look-ups answer None or an empty tuple for what is not there."""

    document: Document
    clauses: tuple[Clause, ...]
    entities: tuple[Entity, ...]
    baselines: tuple[Baseline, ...]
    targets: tuple[Target, ...]
    systems: tuple[System, ...]
    matters: tuple[Matter, ...]
    inconsistencies: tuple[Inconsistency, ...]
    facts: tuple[Fact, ...]
    flags: tuple[Flag, ...]

    def clause(self, id_: str) -> Clause | None:
        """The clause of an id."""
        return _by_id(self.clauses, id_)

    def entity(self, id_: str) -> Entity | None:
        """The entity of an id."""
        return _by_id(self.entities, id_)

    def baseline(self, id_: str) -> Baseline | None:
        """The baseline of an id."""
        return _by_id(self.baselines, id_)

    def target(self, id_: str) -> Target | None:
        """The target of an id."""
        return _by_id(self.targets, id_)

    def of_clause(self, clause: str) -> ClauseView:
        """Entities and targets of a clause and of the clauses under it."""
        return ClauseView(
            tuple(e for e in self.entities if any(c.startswith(clause) for c in e.clauses)),
            tuple(t for t in self.targets if any(c.startswith(clause) for c in t.clauses)),
        )

    def facts_of(self, id_: str) -> tuple[Fact, ...]:
        """Later facts about an entity, a baseline or a target."""
        return tuple(f for f in self.facts if id_ in (f.entity, f.baseline, *f.targets))

    def targets_of(self, entity: str) -> tuple[Target, ...]:
        """Targets that concern an entity."""
        return tuple(t for t in self.targets if entity in t.entities)

    def matters_of(self, id_: str) -> tuple[Matter, ...]:
        """Major matters that concern an entity or a target."""
        return tuple(m for m in self.matters if id_ in (*m.entities, *m.targets))

    def inconsistencies_of(self, id_: str) -> tuple[Inconsistency, ...]:
        """Open points that concern an entity or a target."""
        return tuple(i for i in self.inconsistencies if id_ in (*i.entities, *i.targets))
