"""Make the sample files beside this script with the product's own exporters.

    python docs/samples/make.py

Every shape and name is invented. The same script makes the same content, byte for byte where
the format and the installed libraries allow it.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

import geopandas as gpd  # noqa: E402
import shapely  # noqa: E402

from geo import boundaries, landuse  # noqa: E402
from geo.edition import Edition  # noqa: E402
from geo.formats import write_csv  # noqa: E402
from geo.formats.write import SYSTEMS, FileKind, write  # noqa: E402
from geo.measure import PLANE  # noqa: E402
from geo.model import Boundaries, Grade, Source  # noqa: E402
from geo.zone import DATA  # noqa: E402
from layers import palette, sheet  # noqa: E402
from layers.look import Look  # noqa: E402

STEM, TITLE = "示例地块", "示例地块"
WHY = "虚构示例，不对应任何真实地块；只用于试导入、试打开"
SOURCE = Source(WHY, Grade.SCHEMATIC, "CC0 1.0（可任意使用）")
EAST, NORTH = 426_600.0, 4_143_600.0  # a round corner inside the schematic zone, EPSG:4550


def square(east: float, north: float, size: float) -> shapely.Polygon:
    """A square in EPSG:4550 by its south-west corner, in metres from ours."""
    return shapely.box(EAST + east, NORTH + north, EAST + east + size, NORTH + north + size)


def parcels() -> Boundaries:
    """Three areas: one with a hole, one of two parts, one plain."""
    shapes = [
        square(0, 0, 200).difference(square(60, 60, 50)),
        shapely.union_all([square(300, 0, 120), square(300, 150, 80)]),
        square(500, 0, 160),
    ]
    rows = {
        "id": [f"0000000000000000000{i}" for i in (1, 2, 3)],
        "name": ["示例地块一（有洞）", "示例地块二（两部分）", "示例地块三（喆𬭚）"],
        "name_en": ["Sample parcel 1 (a hole)", "Sample parcel 2 (two parts)", "Sample parcel 3"],
        "kind": ["0901 商业用地", "0701 城镇住宅用地", "1401 公园绿地"],
        "grade": [Grade.SCHEMATIC.value] * 3,
        "basis": [WHY] * 3,
    }
    table = gpd.GeoDataFrame(rows, geometry=shapes, crs=PLANE)
    return boundaries.make("parcel", table, SOURCE)


def make(folder: Path) -> None:
    """Write every sample into a folder."""
    known = parcels()
    look = Look(TITLE, tints=palette.tints(known, landuse.read(DATA / "rules"), landuse.find))
    for kind in FileKind:
        (folder / f"{STEM}.{kind}").write_bytes(write(known, kind, look=look))
    system = SYSTEMS[FileKind.SHP][-1]
    body = write(known, FileKind.SHP, look=look, crs=system)
    (folder / f"{STEM}_{system}.{FileKind.SHP}").write_bytes(body)
    body = write(known, FileKind.GEOJSON, look=look, edition=Edition.PUBLIC)
    (folder / f"{STEM}_公开版.{FileKind.GEOJSON}").write_bytes(body)
    points(folder, known)


def points(folder: Path, known: Boundaries) -> None:
    """Tables with positions: a point a row, and shapes as WKT."""
    spots = known.table.representative_point()
    columns = {
        "编号": list(known.table["id"]),
        "名称": [name.replace("地块", "点位") for name in known.table["name"]],
        "经度": [round(spot.x, 7) for spot in spots],
        "纬度": [round(spot.y, 7) for spot in spots],
    }
    about = {"来源": WHY, "坐标系": "CGCS2000 经纬度（EPSG:4490）"}
    (folder / "示例点位.xlsx").write_bytes(sheet.workbook("示例点位", columns, about))
    wkt = [shapely.to_wkt(shape, rounding_precision=9) for shape in known.table.geometry]
    rows = zip(known.table["id"], known.table["name"], wkt, strict=True)
    (folder / "示例地块_WKT.csv").write_bytes(write_csv.sheet([("编号", "名称", "WKT"), *rows]))


if __name__ == "__main__":
    make(HERE)
