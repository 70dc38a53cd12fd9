"""How far a right goes: up to a level of secrecy, and within one's own towns and streets."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely

from geo import boundaries as shapes
from geo.boundaries import ChangeKind
from geo.errors import Issue
from geo.ledger import PARCEL, book, located, places
from geo.model import Boundaries, Event
from geo.office.visit import RightsError
from geo.people import Person
from geo.zone import Zone

UNIT = "unit"
_SET, _RASTER = "boundaries", "raster"
_TOLD = 8  # of what is refused; the rest is counted


def clear(zone: Zone, person: Person, events: Sequence[Event], new: Sequence[Boundaries]) -> None:
    """Raise `RightsError` SECRET for what the person may not even see, before or after."""
    withheld = zone.seen_by(person.clearance).withheld()
    for event in events:
        kind, _, name = event.subject.partition("/")
        touched = name if kind in (_SET, _RASTER) else kind
        if touched in withheld or not person.cleared(_marked(event)):
            raise RightsError(_secret(person, touched), "SECRET")
    for one in new:
        if one.name in withheld or not person.cleared(one.source.secrecy):
            raise RightsError(_secret(person, one.name), "SECRET")


def _marked(event: Event) -> str:
    source = event.data.get("source")
    return str(source.get("secrecy", "")) if isinstance(source, Mapping) else ""


def _secret(person: Person, name: str) -> str:
    return (
        f"{name} 的密级高于 {person.name} 可看的“{person.clearance}”，未作改动；"
        "请由有相应密级的人办理"
    )


def own(zone: Zone, person: Person, events: Sequence[Event], new: Sequence[Boundaries]) -> None:
    """Raise `RightsError` OTHER_UNIT naming all that lies outside the person's units.

    A parcel lies where its shape does, the one held and the one brought; one not drawn yet
    where those lie that it was made of. What lies nowhere known is refused too.
    """
    if not person.units:
        return
    found = [
        *_rasters(events),
        *(issue for one in new for issue in _redrawn(zone, person, one)),
        *_parcels(zone, person, events, new),
    ]
    if not found:
        return
    told = "；".join(one.message for one in found[:_TOLD])
    more = f"……共 {len(found)} 处" if len(found) > _TOLD else ""
    names = "、".join(_name(zone, id_) for id_ in sorted(person.units))
    raise RightsError(
        f"{person.name} 只能改动 {names} 范围内的内容，全部未写入：{told}{more}",
        "OTHER_UNIT",
        found,
    )


def _rasters(events: Sequence[Event]) -> Iterator[Issue]:
    for event in events:
        kind, _, name = event.subject.partition("/")
        if kind == _RASTER:
            yield Issue("OTHER_UNIT", f"影像 {name} 跨越各镇街", value=name)


def _redrawn(zone: Zone, person: Person, new: Boundaries) -> Iterator[Issue]:
    """Features that differ from those held; all of them where the papers of the set differ."""
    old = zone.boundaries(new.name)
    if old is None or old.source != new.source:
        held = () if old is None else tuple(old.table["id"])
        changed = dict.fromkeys((*held, *new.table["id"]))
    else:
        rows = shapes.compare(old, new)
        changed = dict.fromkeys(one.id for one in rows if one.kind is not ChangeKind.SAME)
    before, after = (_towns(zone, one, changed) for one in (old, new))
    for id_ in changed:
        for town in dict.fromkeys(one[id_] for one in (before, after) if id_ in one):
            if town not in person.units:
                told = f"图层 {new.name} 的 {id_}（{_where(zone, town)}）"
                yield Issue("OTHER_UNIT", told, field=new.name, value=id_)
                break


def _towns(zone: Zone, known: Boundaries | None, ids: Mapping[str, None]) -> Mapping[str, str]:
    """The unit of some features of a set; empty text for those in none."""
    if known is None:
        return {}
    rows = known.table[known.table["id"].isin(ids.keys())]
    drawn = np.asarray(rows.geometry.array)
    area = zone.boundaries(UNIT)
    flat = shapely.get_dimensions(drawn) == 2
    found = np.full(len(rows), "", dtype=object)
    found[flat] = located(drawn[flat], area)
    found[~flat] = _pointed(drawn[~flat], area)
    return dict(zip(rows["id"], found, strict=True))


def _pointed(drawn: np.ndarray, area: Boundaries | None) -> list[str]:
    """The unit under the middle of each line or point."""
    out = [""] * len(drawn)
    if area is None or not len(drawn):
        return out
    middles = shapely.point_on_surface(drawn)
    ids = list(area.table["id"])
    for row, at in zip(*area.table.sindex.query(middles, predicate="intersects"), strict=True):
        out[row] = ids[at]
    return out


def _parcels(
    zone: Zone, person: Person, events: Sequence[Event], new: Sequence[Boundaries]
) -> Iterator[Issue]:
    ids = [one.subject.partition("/")[2] for one in events if one.subject.startswith(f"{PARCEL}/")]
    if not ids:
        return
    told_of = places(zone)[UNIT]
    held = {str(id_): str(town) for id_, town in told_of.items()}
    brought = next((one for one in new if one.name == PARCEL), None)
    fresh = _towns(zone, brought, dict.fromkeys(ids))
    born = {one.subject.partition("/")[2]: tuple(one.data.get("from", ())) for one in events}
    for row, id_ in enumerate(ids, 1):
        towns = {one[id_] for one in (held, fresh) if id_ in one}
        towns = towns or _inherited(zone, id_, held, born)
        foreign = sorted(towns - person.units)
        if foreign or not towns:
            told = f"地块 {id_}（{_where(zone, foreign[0] if foreign else '')}）"
            yield Issue("OTHER_UNIT", told, row=row, field=UNIT, value=id_)


def _inherited(
    zone: Zone, id_: str, held: Mapping[str, str], born: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """Where those lie that a parcel was made of; `born` are the parents of those made now."""
    known, found, ask, seen = book(zone).supply.at(), set[str](), [id_], set[str]()
    while ask:
        last = ask.pop()
        if last in seen:
            continue
        seen.add(last)
        one = known.get(last)
        for parent in one.parents if one else born.get(last, ()):
            if parent in held:
                found.add(held[parent])
            else:
                ask.append(parent)
    return found


def _where(zone: Zone, town: str) -> str:
    return f"在{_name(zone, town)}" if town else "位置不明"


def _name(zone: Zone, town: str) -> str:
    found = zone.find(UNIT, town)
    return found.name if found else town
