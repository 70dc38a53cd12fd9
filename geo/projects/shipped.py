"""The real projects of the plan and their public stage facts, as the events that seed a store.

Only what is published: no stage is inferred. A deadline whose outcome nobody published is not
`followed`, so that its passing turns nothing red. Rows of ``facts.csv`` without a project cannot
be attributed for certain (归属待确认) and become no event.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from geo.errors import DataError, Issue
from geo.model import Event
from geo.projects import entry, moment
from geo.projects.entry import Stamp
from geo.projects.rules import Rules
from geo.projects.values import Cited

SYSTEM = "system"
PLAN_DAY = "2017-06-09"  # day the plan was written: the register's opening
PLAN = "004359264/2017-6616"
TABLES = ("projects.csv", "facts.csv")
_FIELDS = ("name", "name_en", "kind", "lead", "units", "clauses")
_MORE = ("investment_wan", "floor_m2", "planned_start", "planned_finish", "note", "note_en")
_LISTS = {"units", "clauses"}
_NUMBERS = {"investment_wan", "floor_m2"}


@dataclass(frozen=True, slots=True)
class Row:
    """One project of the plan as shipped; texts as in the table, lists parted by ``;``."""

    id: str
    name: str
    name_en: str
    kind: str
    matter: str
    lead: str
    units: str
    investment_wan: str
    floor_m2: str
    planned_start: str
    planned_finish: str
    clauses: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One public fact. `project` is empty where `attribution` (an id of the plan) is uncertain."""

    id: str
    plan_fact: str
    project: str
    attribution: str
    verb: str
    on: str
    step: str
    step_name: str
    step_name_en: str
    due: str
    field: str
    value: str
    unit: str
    text: str
    text_en: str
    title: str
    url: str
    published: str
    confidence: str
    note: str
    note_en: str

    @property
    def cited(self) -> Cited:
        """Its source."""
        return Cited(self.title, self.url, self.published, self.confidence)


def shipped(folder: Path, at: datetime, rules: Rules) -> list[Event]:
    """Events that put the shipped projects and their facts into a register, recorded `at`.

    Raises `DataError` PROJECT_TABLE with every fault of the tables.
    """
    rows, facts = _tables(folder)
    followed = {(one.project, one.step) for one in facts if one.verb == "done"}
    events, issues = [_admitted(row, at, rules) for row in rows], list[Issue]()
    for number, fact in enumerate(facts, 1):
        if not fact.project:
            continue
        try:
            events.append(_VERBS[fact.verb](_Given(fact, at, rules, followed)))
        except (KeyError, ValueError, DataError) as error:
            told = f"facts.csv 第 {number} 行不能读：{error}，请修正"
            issues.append(Issue("FACT", told, row=number, value=fact.id))
    if issues:
        raise DataError(issues[0].message, "PROJECT_TABLE", issues)
    return events


def unattached(folder: Path) -> tuple[Fact, ...]:
    """Public facts that cannot be attributed to a project for certain: 归属待确认."""
    return tuple(fact for fact in _tables(folder)[1] if not fact.project)


def fingerprint(folder: Path) -> str:
    """SHA-256 of the shipped tables: tells a new edition."""
    content = hashlib.sha256()
    for name in TABLES:
        content.update(_bytes(folder / name))
    return content.hexdigest()


@dataclass(frozen=True, slots=True)
class _Given:
    fact: Fact
    at: datetime
    rules: Rules
    followed: set[tuple[str, str]]

    @property
    def stamp(self) -> Stamp:
        """The fact's day of effect and source; what is known by month stands on its last day."""
        one = self.fact
        source = {name.name: getattr(one.cited, name.name) for name in fields(Cited)}
        on = moment.read(one.on).day
        return Stamp(SYSTEM, self.at, on, one.note or "公开资料", one.title, source)

    @property
    def extra(self) -> dict[str, str]:
        """What the fact says beside its step."""
        one = self.fact
        texts = {key: getattr(one, key) for key in ("text", "text_en", "note", "note_en")}
        names = {"name": one.step_name, "name_en": one.step_name_en}
        return {key: text for key, text in (texts | names).items() if text}


def _scheduled(given: _Given) -> Event:
    one = given.fact
    extra = given.extra | ({} if (one.project, one.step) in given.followed else {"followed": False})
    return entry.scheduled(one.project, one.step, one.due, given.stamp, extra)


def _done(given: _Given) -> Event:
    one, found = given.fact, moment.read(given.fact.on)
    precision = {} if found.precision == "day" else {"precision": found.precision.value}
    return entry.done(one.project, one.step, given.stamp, given.extra | precision)


def _adjusted(given: _Given) -> Event:
    one = given.fact
    changed = {one.field: (float(one.value), one.unit)}
    return entry.adjusted(one.project, changed, given.stamp, given.rules)


def _reported(given: _Given) -> Event:
    one = given.fact
    return entry.event(one.project, "reported", given.stamp, {"month": one.on[:7], **given.extra})


_VERBS: Mapping[str, Callable[[_Given], Event]] = {
    "scheduled": _scheduled,
    "done": _done,
    "adjusted": _adjusted,
    "reported": _reported,
}


def _admitted(row: Row, at: datetime, rules: Rules) -> Event:
    given: dict[str, object] = {"entity": row.id}
    for key in (*_FIELDS, *_MORE):
        text = getattr(row, key)
        if text:
            parts = tuple(text.split(";")) if key in _LISTS else text
            given[key] = float(text) if key in _NUMBERS else parts
    source = {"title": "新旧动能转换重大工程总体方案（讨论稿）", "url": "", "published": PLAN_DAY}
    stamp = Stamp(
        *(SYSTEM, at, moment.read(PLAN_DAY).day, "方案点名的项目", PLAN),
        source | {"confidence": "high"},
    )
    return entry.admitted(row.id, given, stamp, rules)


def _tables(folder: Path) -> tuple[list[Row], list[Fact]]:
    issues = list[Issue]()
    rows = [Row(**line) for line in _lines(folder / "projects.csv", Row, issues)]
    facts = [Fact(**line) for line in _lines(folder / "facts.csv", Fact, issues)]
    known = {row.id for row in rows}
    for number, fact in enumerate(facts, 1):
        if fact.project and fact.project not in known:
            told = f"facts.csv 第 {number} 行：项目 {fact.project} 不在 projects.csv 中，请核对"
            issues.append(Issue("UNKNOWN_ID", told, row=number, value=fact.project))
        if not fact.title or fact.confidence not in ("high", "medium", "low"):
            told = f"facts.csv 第 {number} 行：来源或可信度没有写清，请补上"
            issues.append(Issue("SOURCE", told, row=number, value=fact.confidence))
    if issues:
        raise DataError(issues[0].message, "PROJECT_TABLE", issues)
    return rows, facts


def _lines(path: Path, kind: type, issues: list[Issue]) -> list[dict[str, str]]:
    wanted = [one.name for one in fields(kind)]
    reader = csv.DictReader(io.StringIO(_bytes(path).decode("utf-8-sig"), newline=""))
    if list(reader.fieldnames or ()) != wanted:
        told = f"{path.name} 的列应为 {'、'.join(wanted)}"
        issues.append(Issue("COLUMNS", told, field=path.name))
        return []
    return list(reader)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"缺少 {path.name}，请重新安装", "PROJECT_TABLE") from error
