"""Which features stand for a thing that the plan names. Pure: sets in, keys out.

A feature stands for an entity if it has the entity's id; where none has, the features that
name the entity as their parent stand for it together (the seven roads of a road network).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from geo.model import Boundaries, Grade

Key = tuple[str, str]  # set, id
Drawn = Mapping[str, Mapping[Key, Grade]]


def lineage(known: Boundaries) -> Iterator[tuple[str, str, Grade]]:
    """Id, parent's id or "", and grade of each feature."""
    missing = [None] * len(known.table)
    columns = (known.table["id"], *(known.table.get(c, missing) for c in ("parent", "grade")))
    for id_, parent, grade in zip(*columns, strict=True):
        yield str(id_), parent or "", Grade(grade or known.source.grade)


def drawn(sets: Iterable[Boundaries], entities: Iterable[str]) -> Drawn:
    """Features that stand for each entity, with their grades; entities not drawn are left out."""
    own: defaultdict[str, dict[Key, Grade]] = defaultdict(dict)
    parts: defaultdict[str, dict[Key, Grade]] = defaultdict(dict)
    for known in sets:
        for id_, parent, grade in lineage(known):
            own[id_][known.name, id_] = grade
            parts[parent][known.name, id_] = grade
    return {id_: found for id_ in entities if (found := own.get(id_) or parts.get(id_))}


def related(sets: Iterable[Boundaries], entity: str) -> list[Key]:
    """Features that stand for an entity or are part of it."""
    return [
        (known.name, id_)
        for known in sets
        for id_, parent, _ in lineage(known)
        if entity in (id_, parent)
    ]
