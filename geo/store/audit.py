"""Everything in a SQLite store held against the chain of its events."""

import sqlite3
from collections.abc import Sequence

from geo.errors import Issue
from geo.store import rows, sets


def faults(db: sqlite3.Connection, known: tuple[int, str] | None) -> Sequence[Issue]:
    """All faults found; `known` is a head noted earlier, to see whether the tail was cut."""
    issues: list[Issue] = []
    events = map(rows.EventRow._make, db.execute("select * from event order by seq"))
    held, head = rows.walk(events, issues)
    if known and head[0] < known[0]:
        issues.append(
            Issue("EVENT_TAIL", f"第 {head[0] + 1}–{known[0]} 号事件缺失，记录的末尾被截去")
        )
    elif known and known[0] and not _has(db, known):
        issues.append(
            Issue("EVENT_HEAD", f"第 {known[0]} 号事件与留存的校验值不符，记录被重写", row=known[0])
        )
    _sets(db, held, head[0], issues)
    _features(db, issues)
    _files(db, held, issues)
    return issues


def _has(db: sqlite3.Connection, known: tuple[int, str]) -> bool:
    found = db.execute("select 1 from event where seq = ? and hash = ?", known).fetchone()
    return found is not None


def _sets(db: sqlite3.Connection, held: rows.Holds, version: int, issues: list[Issue]) -> None:
    stored = db.execute(
        "select name, since, source, columns, count, digest from boundaries order by name, since"
    ).fetchall()
    for row in map(sets.SetRow._make, stored):
        where = f"图层 {row.name}（版本 {row.since}）"
        if row.since > version:
            issues.append(Issue("SET_FUTURE", f"{where}的版本晚于最后一个事件 {version}"))
        if held.sets.get((row.name, row.since)) != row.digest:
            issues.append(Issue("SET_UNKNOWN", f"{where}与事件记录不符，不是由事件保存的"))
        if sets.set_digest(row, features(db, row)) != row.digest:
            issues.append(Issue("STORE_DIGEST", f"{where}数据校验不符，请从备份恢复"))
    for name, since in sorted(held.sets.keys() - {(row[0], row[1]) for row in stored}):
        issues.append(Issue("SET_MISSING", f"图层 {name}（版本 {since}）缺失，请从备份恢复"))


def features(
    db: sqlite3.Connection, head: sets.SetRow, within: tuple[float, ...] | None = None
) -> list[sets.FeatureRow]:
    """Rows of a set in order: all, or those whose box meets `within` (degrees)."""
    question = (
        "select ord, data, shape, west, south, east, north, hash from feature"
        " where name = ? and since = ?"
    )
    answers: tuple[str | float, ...] = (head.name, head.since)
    if within:
        west, south, east, north = within
        question += " and west <= ? and east >= ? and south <= ? and north >= ?"
        answers += (east, west, north, south)
    found = db.execute(question + " order by ord", answers).fetchall()
    return [sets.FeatureRow._make(row) for row in found]


def _features(db: sqlite3.Connection, issues: list[Issue]) -> None:
    orphans = db.execute(
        "select f.name, f.since, count(*) from feature f left join boundaries b"
        " on b.name = f.name and b.since = f.since where b.name is null group by 1, 2"
    )
    for name, since, count in orphans:
        issues.append(
            Issue("FEATURE_ORPHAN", f"图层 {name}（版本 {since}）不存在，却有 {count} 个要素")
        )


def _files(db: sqlite3.Connection, held: rows.Holds, issues: list[Issue]) -> None:
    stored = set()
    for digest, data in db.execute("select digest, data from file order by digest"):
        stored.add(digest)
        if rows.digest(data) != digest:
            issues.append(Issue("STORE_DIGEST", f"文件 {digest[:12]}… 数据校验不符，请从备份恢复"))
        if digest not in held.files:
            issues.append(Issue("FILE_UNKNOWN", f"文件 {digest[:12]}… 不是由事件保存的"))
    for digest in sorted(held.files - stored):
        issues.append(Issue("FILE_MISSING", f"文件 {digest[:12]}… 缺失，请从备份恢复"))
