"""Read a file, place it, name its columns, check it, compare it: all but storing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geo import boundaries, formats
from geo.boundaries import Change, ChangeKind
from geo.errors import DataError, Issue
from geo.formats import Reading
from geo.intake import columns, join, place, review
from geo.intake.review import Review
from geo.intake.values import Staged, Terms, Upload
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone

_DRAFT = Source("待确认", Grade.SCHEMATIC, "待确认")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file read and checked: what `stage` still has to decide on."""

    reading: Reading
    crs: str
    columns: Mapping[str, str]
    review: Review
    issues: tuple[Issue, ...]
    joined: bool


def stage(zone: Zone, upload: Upload, name: str, terms: Terms | None = None) -> Staged:
    """Read an upload as the set `name` would hold it. Writes nothing.

    Faults of single rows leave `accepted` false, unless those rows are set aside; the issues
    say which and why.

    Raises
    ------
    DataError
        With the code of what is wrong where the file as a whole cannot be read, or the
        reader must choose: layer, encoding, coordinate system.
    """
    terms = terms or Terms()
    if not boundaries.NAME.fullmatch(name):
        raise DataError(
            f"图层名 {name!r} 不合规，只能用小写英文字母、数字和下划线，以字母开头", "SET_NAME"
        )
    draft = _draft(zone, upload, name, terms)
    return _decided(zone, (upload, name, terms), draft)


def _draft(zone: Zone, upload: Upload, name: str, terms: Terms) -> _Draft:
    reading = formats.read(upload.data, upload.filename, terms.choice)
    plain = reading.table.drop(columns=reading.table.geometry.name)
    said = terms.columns or _recalled(zone, list(map(str, plain.columns)), terms.sender)
    mapped = columns.mapping(plain, said)
    outline = shapely.union_all(np.asarray(zone.existing("zone").table.geometry.values))
    found = place.unshifted(place.placed(reading, terms, outline), terms.shift)
    table, told = columns.settled(columns.renamed(found.table, mapped), name)
    rows = np.asarray(reading.numbers, dtype=np.int64)
    joined = join.due(reading)
    if joined:
        told = [one for one in told if one.code != "NAME_MADE"]
        named = "name" in mapped.values()
        table, more = join.joined(zone.boundaries(name), table, rows, named=named)
        told += more
    read = (*reading.issues, *_unread(reading), *found.issues, *told)
    checked = review.review(table, rows, read, zone, terms)
    return _Draft(reading, found.crs, mapped, checked, (*read, *checked.issues), joined)


def _decided(zone: Zone, asked: tuple[Upload, str, Terms], draft: _Draft) -> Staged:
    (upload, name, terms), reading = asked, draft.reading
    rows = np.asarray(reading.numbers, dtype=np.int64)
    aside = draft.review.faulty | np.isin(rows, list(_chosen(terms)))
    table = draft.review.table.loc[~aside].reset_index(drop=True)
    held = zone.boundaries(name)
    question = None if terms.shift else place.suspicion(table, held)
    issues = [
        *draft.issues,
        *review.secrecy(name, draft.review.areas_m2[~aside]),
        *([question] if question else []),
    ]
    wrong = [one for one in issues if one is question or not _excused(one, terms)]
    accepted = not wrong and len(table) > 0
    issues += _set_aside(draft, rows, terms) if accepted else [_refusal(reading.rows, wrong)]
    whole = _plain(join.kept(held, table) if draft.joined and held else table)
    return Staged(
        name=name,
        filename=upload.filename,
        kind=reading.kind,
        layer=reading.layer,
        encoding=reading.encoding,
        crs=draft.crs,
        features=reading.rows,
        taken=len(table),
        table=whole,
        issues=tuple(issues),
        mends=draft.review.mends,
        columns=draft.columns,
        changes=_changes(name, held, whole),
        accepted=accepted,
        version=zone.version,
        since=held.since if held else 0,
        raw=upload.raw,
        sender=terms.sender,
        shift=terms.shift,
        shapes=dict(zip(reading.numbers, draft.review.table.geometry, strict=True)),
    )


def _plain(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table with missing text as None, as stored sets have it."""
    for name in table.columns.drop("geometry"):
        column = table[name]
        if column.dtype == object or str(column.dtype).startswith("str"):
            table[name] = column.astype(object).where(column.notna(), None)
    return table


def _recalled(zone: Zone, present: Sequence[str], sender: str) -> Mapping[str, str]:
    """What was last said of a sender's columns, as far as the file has them."""
    known = columns.remembered(zone, sender)
    return {theirs: ours for theirs, ours in known.items() if theirs in present}


def _unread(reading: Reading) -> list[Issue]:
    """Rows of the file that its reader neither gave nor told."""
    told = {one.row for one in reading.issues if one.row} - set(reading.numbers)
    lost = reading.rows - len(reading.table) - len(told)
    if lost <= 0:
        return []
    return [Issue("ROW_UNREAD", f"{lost} 行未能读入，请核对文件是否完整", "error")]


def _chosen(terms: Terms) -> frozenset[int]:
    return terms.set_aside if isinstance(terms.set_aside, frozenset) else frozenset()


def _excused(one: Issue, terms: Terms) -> bool:
    """Whether an issue does not stand in the way: no error, or of a row set aside."""
    if one.severity != "error":
        return True
    return bool(one.row) and (terms.set_aside is True or one.row in _chosen(terms))


def _set_aside(draft: _Draft, rows: np.ndarray, terms: Terms) -> list[Issue]:
    """Say of the rows left out on request that they were; the faulty are told already."""
    sound = set(rows[~draft.review.faulty].tolist())
    return [
        Issue("SET_ASIDE", "按要求搁置，未入库", "info", row)
        for row in sorted(_chosen(terms) & sound)
    ]


def _refusal(count: int, wrong: Sequence[Issue]) -> Issue:
    faults = f"{len(wrong)} 处错误或待答的问题" if wrong else "没有可入库的行"
    message = f"{faults}，全部 {count} 行未入库；请改正文件、采用修复或搁置有错的行"
    return Issue("REFUSED", message, "error", 0, "", str(count))


def _changes(name: str, held: Boundaries | None, table: gpd.GeoDataFrame) -> tuple[Change, ...]:
    """What would change, id by id, without what stays the same."""
    if held is None or not len(table):
        return ()
    found = boundaries.compare(held, Boundaries(name, table, _DRAFT))
    return tuple(one for one in found if one.kind is not ChangeKind.SAME)
