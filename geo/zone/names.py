"""The names by which things of a zone are found."""

from typing import TYPE_CHECKING

import geopandas as gpd

from geo import drawn, identify
from geo.plan import Entity
from geo.search import Entry, Index, Roll

if TYPE_CHECKING:
    from geo.zone import Zone

Edges = tuple[float, float, float, float]
_SPELLED = 1_000  # features of a set that are also found by pinyin; more are a ledger


def index(zone: "Zone") -> Index:
    """Names of every feature, and of entities of the plan that are not drawn."""
    entries, rolls = list[Entry](), list[Roll]()
    for known in zone.held():
        table = known.table
        names, english = table["name"], table.get("name_en", table["name"]).fillna("")
        if known.name in identify.BASE:
            continue
        if known.name not in zone.catalog.shipped and len(table) > _SPELLED:
            rolls.append(Roll(known.name, list(table["id"]), list(names), list(english)))
            continue
        for (id_, parent, _), name, name_en in zip(
            drawn.lineage(known), names, english, strict=True
        ):
            entity = zone.entity_of(known.name, id_, parent)
            spellings = (name, *_spellings(entity), name_en)
            entries.append(Entry((known.name, id_), name, name_en, spellings))
    for one in zone.catalog.unplaced:
        written = (one.name, *_spellings(zone.plan.entity(one.id)), one.name_en)
        entries.append(Entry(("", one.id), one.name, one.name_en, written))
    return Index(entries, rolls)


def _spellings(entity: Entity | None) -> tuple[str, ...]:
    """Every way to write an entity that the plan or everyday use has, its id included."""
    if entity is None:
        return ()
    return (entity.name, *entity.aliases, *entity.also, entity.id)


def edges(table: gpd.GeoDataFrame) -> Edges:
    """West, south, east, north of some rows."""
    west, south, east, north = (float(edge) for edge in table.total_bounds)
    return west, south, east, north
