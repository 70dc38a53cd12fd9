"""Move Xian 80, Beijing 54 or a city's own system to CGCS2000 with the reader's parameters.

The parameters are secret in China: they live only in the call, are kept out of every
representation, message and log, and are never stored.
"""

import re
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer

from geo import measure
from geo.errors import DataError
from geo.model import STORED_CRS

_MISSED = 0.001  # m
_ARCSEC = np.pi / 180.0 / 3600.0
_BETWEEN = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True, slots=True)
class Seven:
    """Seven parameters (布尔莎模型): m, arc seconds, parts per million.

    `convention` is ``position_vector`` or ``coordinate_frame``, which differ in the sign of
    the rotations. `source` is the EPSG code of the shapes, in degrees or metres.
    """

    source: int
    dx: float = field(repr=False)
    dy: float = field(repr=False)
    dz: float = field(repr=False)
    rx: float = field(repr=False)
    ry: float = field(repr=False)
    rz: float = field(repr=False)
    ppm: float = field(repr=False)
    convention: str = "position_vector"


@dataclass(frozen=True, slots=True)
class Four:
    """Four parameters of a plane.

    north' = dn + k (n cos a − e sin a), east' = de + k (n sin a + e cos a), with
    `dn`, `de` in m, rotation `a` in arc seconds, k = 1 + `ppm`·10⁻⁶. `target` is the EPSG code
    of the CGCS2000 plane they lead to.
    """

    target: int
    dn: float = field(repr=False)
    de: float = field(repr=False)
    rotation: float = field(repr=False)
    ppm: float = field(repr=False)


def read(text: str, source: int) -> Seven | Four | None:
    """Parameters as an office writes them: seven or four numbers; None where nothing is written.

    Seven are dx, dy, dz (m), rx, ry, rz (arc seconds), scale (ppm) from the system `source`
    (EPSG code); four are dn, de (m), rotation (arc seconds), scale (ppm) into EPSG:4550.
    Raises `DataError` DATUM_PARAMETERS for anything else; the numbers are not repeated.
    """
    numbers = [part for part in _BETWEEN.split(text.strip()) if part]
    if not numbers:
        return None
    try:
        values = [float(number) for number in numbers]
    except ValueError as error:
        raise DataError("转换参数只能是数字，用逗号或空格分开", "DATUM_PARAMETERS") from error
    if len(values) == 7 and source:
        dx, dy, dz, rx, ry, rz, ppm = values
        return Seven(source, dx, dy, dz, rx, ry, rz, ppm)
    if len(values) == 4:
        north, east, rotation, scale = values
        return Four(measure.PLANE, north, east, rotation, scale)
    raise DataError(
        f"转换参数有 {len(values)} 个数：应为七参数（并选原坐标系）或四参数", "DATUM_PARAMETERS"
    )


def with_parameters(table: gpd.GeoDataFrame, params: Seven | Four) -> gpd.GeoDataFrame:
    """The table in EPSG:4490, x = east; heights are taken as 0 and dropped.

    Raises `DataError` (PARAMETERS) for parameters that are no numbers or move shapes off
    the earth.
    """
    shapes = shapely.force_2d(np.array([*table.geometry, None], dtype=object)[:-1])
    values = [getattr(params, name) for name in params.__slots__ if name != "convention"]
    if not np.isfinite(np.array(values, dtype=float)).all():
        raise DataError("转换参数不是有限的数，请核对后重新填写", "PARAMETERS")
    moved = _seven(shapes, params) if isinstance(params, Seven) else _four(shapes, params)
    xy = shapely.get_coordinates(moved)
    if not np.isfinite(xy).all() or (np.abs(xy) > (180.0, 90.0)).any():
        raise DataError("按所给参数换算后坐标无效，请核对参数与坐标系", "PARAMETERS")
    return table.set_geometry(gpd.GeoSeries(moved, index=table.index), crs=STORED_CRS)


def _seven(shapes: np.ndarray, params: Seven) -> np.ndarray:
    if params.convention not in ("position_vector", "coordinate_frame"):
        raise DataError("旋转约定只能是坐标框架或位置矢量，请重新选择", "PARAMETERS")
    source = CRS.from_epsg(params.source)
    degrees = source.geodetic_crs
    if degrees is None or degrees.ellipsoid is None:
        raise DataError(f"EPSG:{params.source} 不是大地坐标系，请核对", "PARAMETERS")
    if source.is_projected:
        shapes = _transformed(shapes, Transformer.from_crs(source, degrees, always_xy=True))
    shape = degrees.ellipsoid
    by = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=cart +a={shape.semi_major_metre!r} +rf={shape.inverse_flattening!r} "
        f"+step +proj=helmert +x={params.dx!r} +y={params.dy!r} +z={params.dz!r} "
        f"+rx={params.rx!r} +ry={params.ry!r} +rz={params.rz!r} +s={params.ppm!r} "
        f"+convention={params.convention} +step +inv +proj=cart +ellps=GRS80 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    return _transformed(shapes, by)


def _transformed(shapes: np.ndarray, by: Transformer) -> np.ndarray:
    def move(xy: np.ndarray) -> np.ndarray:
        east, north, _ = by.transform(xy[:, 0], xy[:, 1], np.zeros(len(xy)))
        return np.column_stack([east, north])

    return np.asarray(shapely.transform(shapes, move))


def _four(shapes: np.ndarray, params: Four) -> np.ndarray:
    scale, turn = 1.0 + params.ppm * 1e-6, params.rotation * _ARCSEC
    by = measure.transformer(params.target, STORED_CRS)

    def move(xy: np.ndarray) -> np.ndarray:
        east, north = xy[:, 0], xy[:, 1]
        made_north = params.dn + scale * (north * np.cos(turn) - east * np.sin(turn))
        made_east = params.de + scale * (north * np.sin(turn) + east * np.cos(turn))
        lonlat = np.column_stack(by.transform(made_east, made_north))
        again = np.column_stack(by.transform(lonlat[:, 0], lonlat[:, 1], direction="INVERSE"))
        missed = np.abs(again - np.column_stack([made_east, made_north])).max(axis=1) > _MISSED
        lonlat[missed] = np.inf  # far outside a plane PROJ answers with places that do not exist
        return lonlat

    return np.asarray(shapely.transform(shapes, move))
