"""Place names for the offline basemap, ranked so that labels do not collide.

Rank 1 is labelled first. A place gets the best rank that its kind allows and at which it
keeps its distance from every place already labelled at that rank or better; the distances
suit the zoom at which each rank appears (about 11, 12–13, 14, 15 and 16).
"""

import math
import re

from pypinyin import lazy_pinyin
from shapely.geometry import Point

from geo import measure
from making.inputs import Drawn, Labelled, Place, Unit, rows

SPACING_M = {1: 4500.0, 2: 1800.0, 3: 800.0, 4: 350.0, 5: 0.0}
SAME_M = 60.0  # a labelled place this near to an OSM place is the same one
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
LICENCE_ZH = {"OSM": "© OpenStreetMap 贡献者（ODbL）", "GeoNames": "GeoNames（CC BY 4.0）"}


def in_english(name: str) -> str:
    """A Chinese name in Latin letters: known words translated, the rest in pinyin."""
    words = {row["word"]: row["english"] for row in rows("place_words.csv")}
    longest = "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    def latin(match: re.Match[str]) -> str:
        parts = re.split(f"({longest})", match.group())
        out = [words.get(p) or "".join(lazy_pinyin(p)).capitalize() for p in parts if p]
        return f" {' '.join(out)} "

    text = CHINESE.sub(latin, name).replace("（", "(").replace("）", ")")
    text = re.sub(r" [.-] ", " ", text)
    return re.sub(r"\s+", " ", text).replace("( ", "(").replace(" )", ")").strip()


def of_osm(place: Place) -> Drawn:
    """An OSM place as a label, its rank still the best that its kind allows."""
    kind = {row["fclass"]: row for row in rows("place_kinds.csv")}[place.fclass]
    known = {row["osm_id"]: row for row in rows("place_names.csv")}.get(place.osm_id)
    name = known["name"] if known else re.sub(r"\s+", " ", place.name)
    return Drawn(
        set="place",
        id=f"OSM-{place.osm_id}",
        name=name,
        name_en=known["name_en"] if known else in_english(name),
        kind=(known and known["kind"]) or kind["kind"],
        kind_en=(known and known["kind_en"]) or kind["kind_en"],
        grade="traced",
        error_m=50.0,
        declared_m2=None,
        basis=f"OpenStreetMap 对象 {place.osm_id}，2024 年 8 月数据。",
        basis_en=f"OpenStreetMap object {place.osm_id}, data of August 2024.",
        rank=int((known or kind)["from_rank"]),
        parent="",
        shape=Point(place.lon, place.lat),
    )


def of_labelled(number: int, place: Labelled, units: dict[str, Unit]) -> Drawn:
    """A seat, or a place outside the zone, as a label."""
    seat = place.source == "GeoNames" or place.name.endswith("政府")
    fclass = "seat" if place.unit in units and seat else "outside"
    kind = {row["fclass"]: row for row in rows("place_kinds.csv")}[fclass]
    name = place.unit if seat else place.name
    unit = units.get(name)
    return Drawn(
        set="place",
        id=f"LP-{number:02d}",
        name=name,
        name_en=unit.name_en if unit else in_english(name),
        kind=kind["kind"],
        kind_en=kind["kind_en"],
        grade="traced",
        error_m=300.0 if place.source == "GeoNames" else 100.0,
        declared_m2=None,
        basis=f"{LICENCE_ZH[place.source]}，{place.membership}。",
        basis_en=f"{place.source}, {place.membership}.",
        rank=int(kind["from_rank"]) if seat else 4,
        parent="",
        shape=Point(place.lon, place.lat),
    )


def ranked(places: list[Drawn]) -> list[Drawn]:
    """Ranks lowered where a label would come too near to a more important one."""
    spots = [(spot.x, spot.y) for spot in (measure.to_plane(place.shape) for place in places)]
    order = sorted(range(len(places)), key=lambda i: (places[i].rank, i))
    ranks: dict[int, int] = {}
    for rank, spacing in SPACING_M.items():
        for i in order:
            if i in ranks or places[i].rank > rank:
                continue
            if all(math.dist(spots[i], spots[other]) >= spacing for other in ranks):
                ranks[i] = rank
    return [with_rank(place, ranks[i]) for i, place in enumerate(places)]


def with_rank(place: Drawn, rank: int) -> Drawn:
    """The same place with another rank."""
    values = {name: getattr(place, name) for name in place.__slots__}
    return Drawn(**{**values, "rank": rank})


def features(places: list[Place], known: list[Labelled], units: list[Unit]) -> list[Drawn]:
    """All labels: seats and outside places first, then OSM places in the order of their ids."""
    by_name = {unit.name: unit for unit in units}
    plane = [measure.to_plane(Point(place.lon, place.lat)) for place in places]
    others = []
    for number, place in enumerate(known, start=1):
        at = measure.to_plane(Point(place.lon, place.lat))
        if place.source == "GeoNames" or all(at.distance(other) > SAME_M for other in plane):
            others.append(of_labelled(number, place, by_name))
    return ranked(others + [of_osm(place) for place in places])
