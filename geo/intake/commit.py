"""Put what was staged in its place, for good; bring an old version back; say what happened."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from geo import settings
from geo.boundaries import Change
from geo.errors import DataError
from geo.intake import papers as paperwork
from geo.intake.columns import MAPPED, remembered
from geo.intake.values import Papers, Shift, Staged
from geo.model import Boundaries, Event, Grade, Source
from geo.zone import Zone, cover

REPLACED, RESTORED = "replaced", "restored"
_EXACT = (Grade.OFFICIAL, Grade.SURVEYED)


def commit(
    zone: Zone, staged: Staged, papers: Papers, *, by: str, expect: int | None = None
) -> int:
    """Store a staged file as the set of its name; return the new version.

    One transaction holds the set, the raw file under its SHA-256, the event and, where it is
    new, the sender's mapping of columns. `expect` is the version of the zone the reader has
    seen; by default the one at staging, moved up if neither this set nor the zone's outline
    has changed since.

    Raises
    ------
    DataError
        IMPORT_REFUSED with the issues; LICENCE_MISSING, DOCUMENT_MISSING, SECRECY_LEVEL,
        SECRECY_LIMIT, BY_MISSING, COVER_WORD, COVER_UNIT for papers that do not do.
    ConflictError
        If someone else was first; it names them.
    """
    _ready(staged)
    source = _source(staged, papers, settings.read().secrecy_limit)
    paperwork.said(by)
    cover.check(zone, source.covers)
    new = Boundaries(staged.name, staged.table, source)
    events = [*_mapping(zone, staged, by), _event(staged, source, by, papers.reason)]
    seen = _seen(zone, staged) if expect is None else expect
    return zone.write(events, new, staged.raw, seen)


def restore(zone: Zone, name: str, version: int, *, by: str, reason: str) -> int:
    """Make a set what it was at a version, as a new version; what came between stays in history.

    Raises `DataError` where the zone held no such set then (SET_UNKNOWN), where it is what
    holds now (SAME_VERSION), or without a name and a reason.
    """
    paperwork.said(by)
    if not reason.strip():
        raise DataError("请写明恢复旧版本的原因", "REASON_MISSING")
    before = zone.version
    old = zone.existing(name, version)
    if zone.sets().get(name) == old.since:
        raise DataError(f"图层 {name} 现在就是版本 {old.since} 的内容，无须恢复", "SAME_VERSION")
    data = {
        "grade": old.source.grade.value,
        "count": len(old.table),
        "source": old.source.title,
        "restored": old.since,
    }
    kept = Boundaries(name, old.table, old.source)
    event = replace(
        _made(f"boundaries/{name}", RESTORED, by, data),
        reason=reason,
        document=old.source.document,
    )
    return zone.write([event], kept, b"", before)


def history(zone: Zone, name: str) -> list[tuple[int, Event]]:
    """What happened to a set, oldest first, each with the version from which it holds."""
    return zone.history(name)


def difference(zone: Zone, name: str, old: int, new: int) -> list[Change]:
    """Per id what was added, removed, moved or changed between two versions, with m²."""
    return zone.diff(name, old, new)


def _ready(staged: Staged) -> None:
    if not staged.accepted:
        wrong = [one for one in staged.issues if one.severity == "error"]
        raise DataError(
            f"{staged.filename} 有 {len(wrong)} 处错误或待答的问题，未入库，"
            "请改正文件、采用修复或搁置有错的行",
            "IMPORT_REFUSED",
            staged.issues,
        )


def _seen(zone: Zone, staged: Staged) -> int:
    now = zone.sets()
    same = now.get(staged.name, 0) == staged.since and now.get("zone", 0) <= staged.version
    return zone.version if same else staged.version


def _source(staged: Staged, papers: Papers, limit: str) -> Source:
    """The source of the new set, if its papers are in order."""
    if staged.shift in (Shift.GCJ02, Shift.BD09) and papers.grade in _EXACT:
        raise DataError(
            "由火星坐标或百度坐标换算的图形仅供参考，不得作法定或实测资料", "GRADE_SHIFTED"
        )
    return paperwork.source(papers, limit)


def _mapping(zone: Zone, staged: Staged, by: str) -> list[Event]:
    """The sender's mapping, where it is not the one remembered."""
    if not staged.sender or dict(staged.columns) == remembered(zone, staged.sender):
        return []
    data = {"set": staged.name, "columns": dict(staged.columns)}
    return [_made(f"sender/{staged.sender}", MAPPED, by, data)]


def _event(staged: Staged, source: Source, by: str, reason: str) -> Event:
    data = {
        "grade": source.grade.value,
        "count": len(staged.table),
        "source": source.title,
        "features": staged.features,
        "stored": staged.stored,
        "reported": staged.reported,
        "file": paperwork.shown(staged.filename),
        "digest": staged.digest,
        "kind": staged.kind.value,
        "layer": paperwork.shown(staged.layer),
        "columns": {paperwork.shown(theirs): ours for theirs, ours in staged.columns.items()},
        "crs": staged.crs,
        "encoding": staged.encoding,
        "repaired": len(staged.mends),
        "issuer": source.issuer,
        "secrecy": source.secrecy,
    }
    made = _made(f"boundaries/{staged.name}", REPLACED, by, data)
    return replace(made, reason=reason, document=source.document)


def _made(subject: str, verb: str, by: str, data: Mapping[str, Any]) -> Event:
    now = datetime.now(UTC)
    return Event(subject, verb, by, now, now.date(), data)
