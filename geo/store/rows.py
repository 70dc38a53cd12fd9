"""What every store says the same way: events as rows, canonical JSON, hashes and their checks.

Each event row carries the SHA-256 of its own columns and of the row before, so an event that
is edited, deleted, swapped or inserted is found. The last event of a write also names the
digests of the boundaries and files stored with it (`holds`), so the chain vouches for them.
A chain cannot show that its tail was cut: keep the head (version, hash) elsewhere and compare.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from geo.errors import DataError, Issue, StoreError
from geo.model import Event, Grade, Source

GENESIS = "0" * 64
_DEEPEST = 64
_LONGEST_BITS = 8192
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_BEIJING = timezone(timedelta(hours=8))
_JSON = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


class EventRow(NamedTuple):
    """One event as stored; `holds` is the JSON of what was stored with it."""

    seq: int
    subject: str
    verb: str
    by: str
    at: str
    on: str | None
    data: str
    reason: str
    document: str
    holds: str
    prev: str
    hash: str


class Holds(NamedTuple):
    """Digests (SHA-256, hex) that the chain vouches for: of sets by (name, since), of files."""

    sets: Mapping[tuple[str, int], str]
    files: frozenset[str]


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, no NaN."""
    return _JSON(value)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def text(value: Any, what: str) -> str:
    """Text as it is; refuses what is not text and what no file or screen can carry."""
    if not isinstance(value, str):
        raise DataError(f"{what}应为文字，现为 {type(value).__name__}，请改正", "TEXT_TYPE")
    bad = _CONTROL.search(value)
    if bad:
        raise DataError(f"{what}含控制字符 U+{ord(bad[0]):04X}，请删去后重试", "TEXT_CONTROL")
    return str(value)


def whole(value: int, what: str) -> int:
    """A whole number as it is; refuses thousands of digits, which Python cannot read back."""
    if value.bit_length() > _LONGEST_BITS:
        raise DataError(f"{what}含位数过多的整数，请改为文字", "TOO_LONG")
    return int(value)


def plain(value: Any, what: str, depth: int = 0) -> Any:
    """A JSON-safe copy: dates become ISO text, tuples lists. Raises `DataError` for the rest."""
    if depth > _DEEPEST:
        raise DataError(f"{what}嵌套超过 {_DEEPEST} 层，请简化", "TOO_DEEP")
    if isinstance(value, Mapping):
        return {text(k, what): plain(v, what, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, what, depth + 1) for item in value]
    return scalar(value, what)


def scalar(value: Any, what: str) -> str | int | float | None:
    """A single JSON-safe value; days and times become ISO text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value, what)
    if isinstance(value, int):
        return whole(value, what)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, float):
        raise DataError(f"{what}含 {type(value).__name__} 类型的值，无法保存", "DATA_TYPE")
    if not math.isfinite(value):
        raise DataError(f"{what}含 {value}，不是有限的数，请改正", "NON_FINITE")
    return float(value)


def keepable(values: Sequence[Any]) -> bool:
    """Whether all values are of one plain type and can be kept as they are, asked at once."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return not _CONTROL.search("\n".join(values))
    if kinds == {int}:
        return all(one.bit_length() <= _LONGEST_BITS for one in (min(values), max(values)))
    return kinds == {bool} or (kinds == {float} and all(map(math.isfinite, values)))


def event_rows(events: Sequence[Event], after: tuple[int, str], holds: str) -> Iterator[EventRow]:
    """Rows of events that follow the head `after` (version, hash); `holds` goes to the last."""
    seq, prev = after
    for number, event in enumerate(events, 1):
        seq += 1
        row = _event_row(event, seq, prev, holds if number == len(events) else "{}")
        prev = row.hash
        yield row


def _event_row(event: Event, seq: int, prev: str, holds: str) -> EventRow:
    for field in ("subject", "verb", "by"):
        if not text(getattr(event, field), f"事件的 {field} ").strip():
            raise DataError(f"事件缺少 {field}，请填写后重试", "EVENT_EMPTY")
    if not isinstance(event.at, datetime) or event.at.utcoffset() is None:
        raise DataError(
            f"事件 {event.subject} 的时间 {event.at} 没有时区，请注明时区", "NAIVE_TIME"
        )
    if isinstance(event.on, datetime):
        raise DataError(f"事件 {event.subject} 的生效日 {event.on} 应为日期，不带时刻", "EVENT_DAY")
    row = EventRow(
        seq=seq,
        subject=str(event.subject),
        verb=str(event.verb),
        by=str(event.by),
        at=event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        on=event.on.isoformat() if event.on else None,
        data=canonical(plain(dict(event.data), f"事件 {event.subject} 的数据")),
        reason=text(event.reason, "事件的理由"),
        document=text(event.document, "事件的文号"),
        holds=holds,
        prev=prev,
        hash="",
    )
    return row._replace(hash=seal(row))


def seal(row: EventRow) -> str:
    """The hash an event row must carry: over all its columns and the hash before it."""
    return digest(canonical(row[:-1]).encode())


def event_of(row: EventRow) -> Event:
    """The event of a row. Raises `StoreError` if the row is damaged."""
    try:
        return Event(
            subject=row.subject,
            verb=row.verb,
            by=row.by,
            at=datetime.fromisoformat(row.at),
            on=date.fromisoformat(row.on) if row.on else None,
            data=json.loads(row.data),
            reason=row.reason,
            document=row.document,
        )
    except ValueError as error:
        raise StoreError(
            f"第 {row.seq} 号事件已损坏，无法读出，请从备份恢复", "STORE_CORRUPT"
        ) from error


def told_who(event: Event) -> str:
    """Who did what and when (Beijing time), for the one who came second."""
    when = event.at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    return f"{event.by} 于 {when} 已写入 {event.subject} {event.verb}"


def source_json(source: Source) -> str:
    """A source as JSON; what it covers is there only where it was said, as older stores have it."""
    told = {key: value for key, value in asdict(source).items() if key != "covers" or value}
    return canonical(plain(told, "数据来源"))


def source_of(data: str) -> Source:
    """A source from its JSON. Raises `StoreError` if it is damaged."""
    try:
        values = json.loads(data)
        issued = values.pop("issued")
        return Source(
            grade=Grade(values.pop("grade")),
            issued=date.fromisoformat(issued) if issued else None,
            **values,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("数据来源已损坏，无法读出，请从备份恢复", "STORE_CORRUPT") from error


def secrecy_told(data: str) -> str:
    """The level of secrecy in an event that tells its source; empty where it tells none."""
    try:
        source = json.loads(data).get("source")
    except ValueError as error:
        raise StoreError("事件已损坏，无法读出，请从备份恢复", "STORE_CORRUPT") from error
    return str(source.get("secrecy", "")) if isinstance(source, dict) else ""


def holds_json(sets: Mapping[str, str], files: Iterable[str]) -> str:
    """What a write stores beside its events: digests of sets by name, and of files."""
    found = {"boundaries": dict(sets), "files": sorted(set(files))}
    return canonical({key: value for key, value in found.items() if value})


def walk(rows: Iterable[EventRow], issues: list[Issue]) -> tuple[Holds, tuple[int, str]]:
    """Follow the chain, add each fault to `issues`; return what it vouches for, and its head."""
    sets: dict[tuple[str, int], str] = {}
    files: set[str] = set()
    seq, prev = 0, GENESIS
    for row in rows:
        issues.extend(_event_faults(row, seq, prev))
        seq, prev = row.seq, row.hash
        try:
            held = json.loads(row.holds)
            sets |= {(name, seq): value for name, value in held.get("boundaries", {}).items()}
            files |= set(held.get("files", ()))
        except (ValueError, AttributeError, TypeError):
            issues.append(Issue("EVENT_EDITED", f"第 {seq} 号事件的附属清单已损坏", row=seq))
    return Holds(sets, frozenset(files)), (seq, prev)


def _event_faults(row: EventRow, seq: int, prev: str) -> Iterator[Issue]:
    if row.seq <= seq:
        yield Issue("EVENT_CHAIN", f"事件编号 {row.seq} 无效，是插入的", row=max(row.seq, 0))
    elif row.seq != seq + 1:
        gap = f"{seq + 1}" if row.seq == seq + 2 else f"{seq + 1}–{row.seq - 1}"
        yield Issue("EVENT_MISSING", f"第 {gap} 号事件缺失，可能被删除", row=seq + 1)
    elif row.prev != prev:
        yield Issue(
            "EVENT_CHAIN",
            f"第 {row.seq} 号事件与第 {seq} 号事件不衔接，此处有事件被修改、调换或插入",
            row=row.seq,
        )
    if row.hash != seal(row):
        yield Issue("EVENT_EDITED", f"第 {row.seq} 号事件与其校验值不符，内容被改动", row=row.seq)
