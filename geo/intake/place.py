"""Where a file's coordinates lie: in the system it states, or in the one the reader confirms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import DataError, Issue
from geo.formats import Reading, datum, datum_names, datum_shift, gcj02
from geo.formats.datum import Guess
from geo.formats.datum_names import Named
from geo.intake.values import Shift, Terms
from geo.model import STORED_CRS, Boundaries, Grade

_DEGREES = (STORED_CRS, datum.WGS84)
_SAMPLE = 4_000
_UNDO: dict[Shift, tuple[str, Callable[[np.ndarray], np.ndarray]]] = {
    Shift.GCJ02: ("火星坐标（GCJ-02）", gcj02.to_wgs84),
    Shift.BD09: ("百度坐标（BD-09）", gcj02.bd09_to_wgs84),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A table in EPSG:4490, None where a row has no place; the system it was read in."""

    table: gpd.GeoDataFrame
    crs: str
    issues: tuple[Issue, ...]


def placed(reading: Reading, terms: Terms, outline: shapely.Geometry) -> Placed:
    """Bring a reading to EPSG:4490.

    Raises
    ------
    DataError
        CRS_MISSING, CRS_AMBIGUOUS or OUTSIDE_ZONE where the reader must say which system it
        is, the guesses as issues; DATUM_NEEDS_PARAMETERS; CRS_UNKNOWN, CRS_LINK.
    """
    table = reading.table
    if shapely.is_missing(np.asarray(table.geometry.values, dtype=object)).all():
        return Placed(table.set_crs(STORED_CRS, allow_override=True), reading.crs, ())
    if terms.params is not None:
        source = (
            f"EPSG:{terms.params.source}" if isinstance(terms.params, datum_shift.Seven) else ""
        )
        message = "已按所给转换参数换算；参数未保存"
        told = (Issue("DATUM_SHIFTED", message, "info", 0, "坐标系", source),)
        return Placed(datum_shift.with_parameters(table, terms.params), source, told)
    said = terms.crs or reading.crs
    if not said:
        raise _unsaid(datum.judge(table, outline), "未说明坐标系", "CRS_MISSING")
    named = datum_names.named(said)
    if wrong := next((one for one in named.issues if one.severity == "error"), None):
        raise DataError(wrong.message, wrong.code, named.issues)
    return _by_name(reading, terms, named, outline)


def unshifted(found: Placed, shift: Shift) -> Placed:
    """The table with a disguise of the coordinates undone, if the reader says there is one."""
    if shift not in _UNDO:
        return found
    name, undo = _UNDO[shift]
    shapes = shapely.transform(np.asarray(found.table.geometry.values, dtype=object), undo)
    message = f"已由{name}换算，精度有限，仅供参考，不作法定界线"
    issue = Issue("SHIFT_UNDONE", message, "warning", 0, "坐标", shift.value)
    return Placed(
        found.table.set_geometry(gpd.GeoSeries(shapes, crs=STORED_CRS)),
        found.crs,
        (*found.issues, issue),
    )


def suspicion(table: gpd.GeoDataFrame, held: Boundaries | None) -> Issue | None:
    """The question whether coordinates are disguised, where the same set held says so."""
    if held is None or held.source.grade is Grade.SCHEMATIC:
        return None
    new, known = _corners(table), _corners(held.table)
    found = gcj02.suspect(new, known) if len(new) and len(known) else None
    return gcj02.issue(found) if found else None


def _by_name(reading: Reading, terms: Terms, named: Named, outline: shapely.Geometry) -> Placed:
    table, odd = _in_range(reading, named.epsg)
    guess = _guess(table, terms, named, outline)
    if not (guess.lands or terms.crs or named.wkt):
        raise _unsaid(datum.judge(table, outline, named), "坐标不在经区附近", "OUTSIDE_ZONE")
    try:
        made = _moved(table, guess)
    except DataError as error:
        if error.code != "NON_FINITE":
            raise
        made, more = _row_by_row(table, reading.numbers, guess)
        odd = [*odd, *more]
    crs = f"EPSG:{guess.epsg}" if guess.epsg else named.wkt
    shifted = datum.null_shift(guess.epsg) if guess.epsg else ()
    return Placed(made, crs, (*named.issues, *shifted, *_turned(guess), *odd))


def _moved(table: gpd.GeoDataFrame, guess: Guess) -> gpd.GeoDataFrame:
    if guess.epsg in _DEGREES and not guess.swapped:
        return table.set_crs(STORED_CRS, allow_override=True)  # as they are: see `null_shift`
    return datum.apply(table, guess)


def _guess(table: gpd.GeoDataFrame, terms: Terms, named: Named, outline: shapely.Geometry) -> Guess:
    """The named system, with axes or prefix as the reader said or as they must be."""
    points = shapely.get_coordinates(np.asarray(table.geometry.values, dtype=object))
    said = datum.stated(points, named, outline)
    if said is not None and (said.lands or said.wkt) and not terms.swapped:
        return said
    if terms.crs:
        for one in datum.candidates(points, outline):
            if one.lands and one.epsg == named.epsg and one.swapped == terms.swapped:
                return one
    if said is not None and not terms.swapped:
        return said
    label = f"EPSG:{named.epsg}" if named.epsg else "自定义坐标系"
    return Guess(named.epsg, terms.swapped, False, 0.0, np.inf, label, label, named.wkt)


def _turned(guess: Guess) -> list[Issue]:
    if not guess.swapped:
        return []
    return [Issue("AXIS_SWAPPED", "东坐标与北坐标已按指定对调", "warning", 0, "坐标")]


def _in_range(reading: Reading, epsg: int) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Without the few rows that cannot be degrees, where most of the file is."""
    table = reading.table
    if epsg not in _DEGREES:
        return table, []
    shapes = np.asarray(table.geometry.values, dtype=object)
    if (np.abs(shapely.total_bounds(shapes)) <= (180.0, 90.0, 180.0, 90.0)).all():
        return table, []
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    bad = np.unique(owner[(np.abs(points) > (180.0, 90.0)).any(axis=1)])
    if not bad.size or bad.size * 2 > len(table):
        return table, []
    return _without(table, bad.tolist(), reading.numbers)


def _row_by_row(
    table: gpd.GeoDataFrame, numbers: Sequence[int], guess: Guess
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Leave out the rows that have no place in the system, and bring the others over."""
    bad = []
    for at in range(len(table)):
        try:
            datum.apply(table.iloc[[at]], guess)
        except DataError:
            bad.append(at)
    left, issues = _without(table, bad, numbers)
    return datum.apply(left, guess), issues


def _without(
    table: gpd.GeoDataFrame, bad: Sequence[int], numbers: Sequence[int]
) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    shapes = np.asarray(table.geometry.values, dtype=object).copy()
    message = "坐标超出该坐标系的范围，请核对该行坐标"
    issues = [Issue("OUT_OF_RANGE", message, "error", numbers[at], "geometry") for at in bad]
    for at in bad:
        shapes[at] = None
    return table.set_geometry(gpd.GeoSeries(shapes, index=table.index, crs=table.crs)), issues


def _unsaid(verdict: datum.Verdict, what: str, code: str) -> DataError:
    """The question which system it is, with every guess that lands in the zone."""
    landing = [one for one in verdict.guesses if one.lands]
    guesses = [
        Issue("CRS_GUESS", f"可能是{one.label}", "info", 0, "坐标系", _value(one))
        for one in landing
    ]
    if len(landing) > 1:
        what, code = f"{what}，有 {len(landing)} 种坐标系都落在区内", "CRS_AMBIGUOUS"
    hint = f"可能是{landing[0].label}，请确认" if len(landing) == 1 else "请指定坐标系"
    return DataError(f"{what}，{hint}", code, (*verdict.issues, *guesses))


def _value(guess: Guess) -> str:
    return f"EPSG:{guess.epsg}" + (" swapped" if guess.swapped else "")


def _corners(table: gpd.GeoDataFrame) -> np.ndarray:
    points = shapely.get_coordinates(np.asarray(table.geometry.values, dtype=object))
    return np.asarray(points[:: max(1, len(points) // _SAMPLE)])
