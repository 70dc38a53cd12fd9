"""The zone, its units and districts, and the land, sea and coast around them, as features."""

from shapely.geometry.base import BaseGeometry

from making.inputs import Drawn, Unit
from making.outline import PUBLISHED_M2
from making.partition import Partition
from making.register import Entity
from making.surroundings import Surroundings

ZONE_ERROR_M = 1700.0  # nine tenths of the outline lie nearer than this to a public county line
COAST_ERROR_M = 50.0  # the land polygon is simplified by at most this
RESTORED_M = 14_000.0
Texts = tuple[str, str, str, str]  # name, name in English, kind, kind in English

ZONE = (
    "依据海岸线和已知归属的地名重建，求解到公布面积 278.16 km²；示意边界，非法定界线。",
    "Rebuilt from the coast and places of known membership, solved for the published 278.16 km²; "
    "indicative, not a legal boundary.",
)
COAST = (
    "OpenStreetMap 陆地面，简化不超过 50 米。",
    "OpenStreetMap land, simplified by at most 50 m.",
)
RESTORED = (
    "方案一(五)为 14 公里，2017 年年鉴为 14.2 公里；沿 OpenStreetMap 真实海岸从东经 122.285° "
    "画到经区海岸东端，起止点为推定。",
    "14 km in clause 一(五), 14.2 in the 2017 yearbook; drawn along the OpenStreetMap coast from "
    "122.285° E to the eastern end of the zone's coast; the ends are our reading.",
)
DISTRICT = {
    "D01": (
        "崮山、泊于、桥头三镇（方案三(一)1 列于东部拓展突破区）合并。",
        "Union of Gushan, Boyu and Qiaotou, the towns that clause 三(一)1 puts in the east.",
    ),
    "D02": (
        "皇冠、凤林、西苑三个街道合并，即东部三镇以外的部分。",
        "Union of Huangguan, Fenglin and Xiyuan: what is left beside the three eastern towns.",
    ),
}
GROUND = {
    "LAND-Z": ("本区陆地", "Land of the zone", "本区陆地", "land of the zone"),
    "LAND-1": ("邻区陆地", "Neighbouring land", "邻区陆地", "neighbouring land"),
    "SEA": ("海域", "Sea", "海域", "sea"),
    "COAST": ("海岸线", "Coastline", "海岸线", "coastline"),
}


def said(entity: Entity) -> Texts:
    """The names and kinds of an entity of the plan."""
    return entity.name, entity.name_en, entity.kind, entity.kind_en


def schematic(
    set_: str, id_: str, texts: Texts, basis: tuple[str, str], shape: BaseGeometry
) -> Drawn:
    """A territory of the reconstructed outline."""
    declared = PUBLISHED_M2 if id_ == "Z01" else None
    parent = {"zone": "", "district": "Z01", "unit": ""}[set_]
    head = (set_, id_, *texts, "schematic", ZONE_ERROR_M, declared)
    return Drawn(*head, *basis, 1 if set_ != "unit" else 2, parent, shape)


def basemap(set_: str, id_: str, texts: Texts, shape: BaseGeometry) -> Drawn:
    """A piece of the basemap."""
    head = (set_, id_, *texts, "traced", COAST_ERROR_M, None)
    return Drawn(*head, *COAST, 5, "", shape)


def unit_basis(unit: Unit) -> tuple[str, str]:
    """Why a unit has its shape."""
    plan = "" if unit.id.startswith("T") else "方案未列此街道，但它在经区内。"
    plan_en = "" if unit.id.startswith("T") else " Not named in the plan, but part of the zone."
    return (
        f"经区范围内距该{unit.kind}已知地名最近的部分（区划代码 {unit.code}，含 {unit.villages} "
        f"个村居）；示意界线。{plan}",
        f"What is nearest to its known places (code {unit.code}, {unit.villages} villages and "
        f"communities); an indicative line.{plan_en}",
    )


def territories(cut: Partition, units: list[Unit], register: dict[str, Entity]) -> list[Drawn]:
    """The zone, the two districts and the six units."""
    out = [schematic("zone", "Z01", said(register["Z01"]), ZONE, cut.zone)]
    for id_, shape in cut.districts.items():
        out.append(schematic("district", id_, said(register[id_]), DISTRICT[id_], shape))
    for unit in units:
        texts = (unit.name, unit.name_en, unit.kind, unit.kind_en)
        drawn = schematic("unit", unit.id, texts, unit_basis(unit), cut.units[unit.name])
        out.append(inside(drawn, unit.district))
    return out


def inside(drawn: Drawn, parent: str) -> Drawn:
    """The same feature as a part of another."""
    values = {name: getattr(drawn, name) for name in drawn.__slots__}
    return Drawn(**{**values, "parent": parent})


def ground(around: Surroundings, zone: BaseGeometry, restored: Entity) -> list[Drawn]:
    """Land, sea and coast, and the restored stretch N03."""
    out = [
        basemap("land", "LAND-Z", GROUND["LAND-Z"], zone),
        basemap("land", "LAND-1", GROUND["LAND-1"], around.neighbour),
    ]
    for number, islet in enumerate(around.islets, start=2):
        texts = (f"岛礁 {number - 1}", f"Islet {number - 1}", "岛礁", "islet")
        out.append(basemap("land", f"LAND-{number}", texts, islet))
    out.append(basemap("sea", "SEA", GROUND["SEA"], around.sea))
    out.append(basemap("coast", "COAST", GROUND["COAST"], around.coast))
    head = ("coast", "N03", *said(restored), "traced", 300.0, None)
    out.append(Drawn(*head, *RESTORED, 2, "", around.restored, RESTORED_M))
    return out
