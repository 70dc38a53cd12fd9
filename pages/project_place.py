"""Where projects are: what the plan has drawn of them, their parcels; the wall map."""

from collections.abc import Sequence
from functools import lru_cache

from geo.errors import DataError
from geo.model import Grade
from geo.projects import Project
from geo.zone import Zone
from layers import project_map
from layers.project_map import Ground, Place
from pages import parts, project_words, target_places
from pages.project_book import HELD, Seen
from pages.target_words import safe

PARCEL = "parcel"
_WIDE, _NARROW = (760, 610), (480, 470)


def where(zone: Zone, one: Project) -> list[tuple[str, str]]:
    """Set and id of everything drawn of a project: by the plan, and its parcels."""
    found = target_places.where(zone, str(one.fields.get("entity", one.id)))
    drawn = zone.boundaries(PARCEL) if one.links else None
    there = set(drawn.table["id"]) if drawn else set()
    return [*found, *((PARCEL, id_) for id_ in one.links if id_ in there)]


def split(zone: Zone, found: Sequence[Project]) -> tuple[list[Project], list[Project]]:
    """Projects that are drawn, and those that are not."""
    drawn = [one for one in found if where(zone, one)]
    return drawn, [one for one in found if one not in drawn]


def picture(seen: Seen, drawn: Sequence[Project], *, narrow: bool) -> str:
    """The wall map of some projects."""
    under = _ground(seen.zone, seen.zone.version, _NARROW if narrow else _WIDE)
    places = [_place(seen, one) for one in drawn]
    title = parts.t("project", "map_title")
    return project_map.svg(under, places, title, english=parts.english())


@lru_cache(maxsize=4)
def _ground(zone: Zone, _version: int, size: tuple[int, int]) -> Ground:
    return Ground(*(zone.existing(name) for name in ("zone", "unit", "land")), size=size)


def _place(seen: Seen, one: Project) -> Place:
    name = project_words.name(one)
    shapes, grades = [], []
    for set_, id_ in where(seen.zone, one):
        known = seen.zone.existing(set_)
        row = known.table[known.table["id"] == id_].iloc[0]
        shapes.append(row.geometry)
        grades.append(str(row.get("grade") or known.source.grade))
    if not shapes:
        raise DataError(f"项目 {one.id} 没有图形，请刷新页面", "PROJECT_SHAPE")
    return Place(
        *(one.id, name, tuple(shapes), project_words.light(one.colour)),
        tip=f"{one.id} {name} · {project_words.why(one.why)}",
        calm=list(seen.rules.colours).index(one.colour),
        chosen=one.id == HELD.get("project"),
        sketch=Grade.SCHEMATIC.value in grades,
    )


def undrawn(missing: Sequence[Project]) -> str:
    """Projects without a published place, by name: buttons of a list below the map."""
    if not missing:
        return ""
    words = parts.section("project")
    names = project_words.joined(f"{one.id} {project_words.name(one)}" for one in missing)
    said = words["undrawn"].format(number=len(missing))
    return (
        f'<details class="pundrawn"><summary>{safe(said)}</summary><p>{safe(names)}</p></details>'
    )
