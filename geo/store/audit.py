"""Everything in a store held against the chain of its events."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo.errors import Issue
from geo.store import Bounds, rows, sets

if TYPE_CHECKING:
    from geo.store.tables import Tables

_PAGE = 1000
_FIRST = -(2**63)  # an inserted event may bear any number


def faults(db: "Tables", known: tuple[int, str] | None) -> Sequence[Issue]:
    """All faults found; `known` is a head noted earlier, to see whether the tail was cut.

    Its hash may be shortened, as it is where it is printed.
    """
    issues: list[Issue] = []
    held, head = rows.walk(events(db), issues)
    if known and head[0] < known[0]:
        issues.append(
            Issue("EVENT_TAIL", f"第 {head[0] + 1}–{known[0]} 号事件缺失，记录的末尾被截去")
        )
    elif known and known[0] and not hash_at(db, known[0]).startswith(known[1]):
        issues.append(
            Issue("EVENT_HEAD", f"第 {known[0]} 号事件与留存的校验值不符，记录被重写", row=known[0])
        )
    _sets(db, held, head[0], issues)
    _features(db, issues)
    _files(db, held, issues)
    return issues


def events(db: "Tables") -> Iterator[rows.EventRow]:
    """Every event row in order, fetched page by page."""
    start, size = _FIRST, _PAGE
    while size == _PAGE:
        page = db.ask(f"select * from event where seq >= ? order by seq limit {_PAGE}", (start,))
        yield from map(rows.EventRow._make, page)
        size = len(page)
        start = page[-1][0] + 1 if page else start


def hash_at(db: "Tables", version: int) -> str:
    """The hash of the event of that number; empty if there is none."""
    found = db.ask("select hash from event where seq = ?", (version,))
    return str(found[0][0]) if found else ""


def heads(db: "Tables") -> list[sets.SetRow]:
    """The head of every set in every version."""
    found = db.ask(
        "select name, since, source, columns, count, digest from boundaries order by name, since"
    )
    return [sets.SetRow._make(row) for row in found]


def features(
    db: "Tables", head: sets.SetRow, within: Bounds | None = None
) -> list[sets.FeatureRow]:
    """Rows of a set in order: all, or those whose box meets `within` (degrees)."""
    question = (
        "select ord, data, shape, west, south, east, north, hash from feature"
        " where name = ? and since = ?"
    )
    answers: tuple[object, ...] = (head.name, head.since)
    if within:
        condition, edges = db.meets(within)
        question += f" and {condition}"
        answers += tuple(edges)
    found = db.ask(question + " order by ord", answers)
    return [sets.FeatureRow._make(row) for row in found]


def files(db: "Tables") -> Iterator[tuple[str, bytes]]:
    """Every raw file with the digest it is kept by, fetched one at a time."""
    for (digest,) in db.ask("select digest from file order by digest"):
        for (data,) in db.ask("select data from file where digest = ?", (digest,)):
            yield digest, data


def _sets(db: "Tables", held: rows.Holds, version: int, issues: list[Issue]) -> None:
    stored = heads(db)
    for row in stored:
        where = f"图层 {row.name}（版本 {row.since}）"
        if row.since > version:
            issues.append(Issue("SET_FUTURE", f"{where}的版本晚于最后一个事件 {version}"))
        if held.sets.get((row.name, row.since)) != row.digest:
            issues.append(Issue("SET_UNKNOWN", f"{where}与事件记录不符，不是由事件保存的"))
        if sets.set_digest(row, features(db, row)) != row.digest:
            issues.append(Issue("STORE_DIGEST", f"{where}数据校验不符，请从备份恢复"))
    for name, since in sorted(held.sets.keys() - {(row.name, row.since) for row in stored}):
        issues.append(Issue("SET_MISSING", f"图层 {name}（版本 {since}）缺失，请从备份恢复"))


def _features(db: "Tables", issues: list[Issue]) -> None:
    orphans = db.ask(
        "select f.name, f.since, count(*) from feature f left join boundaries b"
        " on b.name = f.name and b.since = f.since where b.name is null group by 1, 2"
    )
    for name, since, count in orphans:
        issues.append(
            Issue("FEATURE_ORPHAN", f"图层 {name}（版本 {since}）不存在，却有 {count} 个要素")
        )


def _files(db: "Tables", held: rows.Holds, issues: list[Issue]) -> None:
    stored = set()
    for digest, data in files(db):
        stored.add(digest)
        if rows.digest(data) != digest:
            issues.append(Issue("STORE_DIGEST", f"文件 {digest[:12]}… 数据校验不符，请从备份恢复"))
        if digest not in held.files:
            issues.append(Issue("FILE_UNKNOWN", f"文件 {digest[:12]}… 不是由事件保存的"))
    for digest in sorted(held.files - stored):
        issues.append(Issue("FILE_MISSING", f"文件 {digest[:12]}… 缺失，请从备份恢复"))
