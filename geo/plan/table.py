"""Tables of the register, read and checked: all faults of all tables in one `DataError`."""

import csv
import io
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from geo.errors import DataError, Issue
from geo.plan.values import (
    Baseline,
    Clause,
    Document,
    Entity,
    Fact,
    Flag,
    Inconsistency,
    Matter,
    Plan,
    System,
    Target,
)

Row = TypeVar("Row")
ALLOWED: Mapping[tuple[str, str], frozenset[str]] = {
    ("targets", "op"): frozenset({"=", "≥", ">", "≈", "range", "milestone", "qualitative"}),
    ("baselines", "op"): frozenset({"=", ">"}),
    ("facts", "territory"): frozenset({"zone", "place", "city", "province"}),
    ("facts", "relation"): frozenset({"", "actual", "reference"}),
    ("facts", "confidence"): frozenset({"high", "medium", "low"}),
}


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _finite(text: str) -> float | None:
    if not text:
        return None
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


READ: Mapping[Any, tuple[Callable[[str], object], str]] = {
    str: (str, "文字"),
    int: (int, "整数"),
    int | None: (lambda text: int(text) if text else None, "整数"),
    float | None: (_finite, "数字"),
    tuple[str, ...]: (_split, "用分号隔开的文字"),
    tuple[int, ...]: (lambda text: tuple(int(part) for part in _split(text)), "用分号隔开的整数"),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tables we are; `row` counts from 1."""

    table: str
    row: int

    def fault(self, code: str, field: str, value: str, what: str) -> Issue:
        text = f"{self.table}.csv 第 {self.row} 行 {field} 列：{what}"
        return Issue(code, text, row=self.row, field=field, value=value)


def read(folder: Path) -> Plan:
    """Read the register from its folder.

    Raises `DataError` PLAN_FILE if a table is missing or unreadable, PLAN_TABLE with every
    fault (row, field, value) if a table is not what it must be.
    """
    issues: list[Issue] = []
    plan = Plan(
        document=_document(folder / "document.toml"),
        clauses=_rows(folder, "clauses", Clause, issues),
        entities=_rows(folder, "entities", Entity, issues),
        baselines=_rows(folder, "baselines", Baseline, issues),
        targets=_rows(folder, "targets", Target, issues),
        systems=_rows(folder, "systems", System, issues),
        matters=_rows(folder, "matters", Matter, issues),
        inconsistencies=_rows(folder, "inconsistencies", Inconsistency, issues),
        facts=_rows(folder, "facts", Fact, issues),
        flags=_rows(folder, "flags", Flag, issues),
    )
    if not issues:  # ids are only worth following once every row could be read
        issues.extend(_dangling(plan))
    if issues:
        raise DataError(
            f"规划登记表有 {len(issues)} 处错误，第一处：{issues[0].message}",
            "PLAN_TABLE",
            issues,
        )
    return plan


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"规划登记表 {path.name} 无法读取，请确认文件存在且为 UTF-8 编码", "PLAN_FILE"
        ) from error


def _document(path: Path) -> Document:
    text = _text(path)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            f"{path.name} 不是有效的 TOML：{error}，请修正后再读", "PLAN_FILE"
        ) from error
    issues = [
        Issue("DOCUMENT_FIELD", f"{path.name} 缺少 {f.name} 或类型不对", field=f.name)
        for f in fields(Document)
        if not _fits(given.get(f.name), get_type_hints(Document)[f.name])
    ]
    if issues:
        raise DataError(f"{issues[0].message}，请补上", "PLAN_TABLE", issues)
    points = {name: tuple(given[name]) for name in ("city_point", "airport_point")}
    return Document(**{f.name: given[f.name] for f in fields(Document)} | points)


def _fits(value: object, wanted: object) -> bool:
    if wanted in (str, float, date):
        return type(value) is wanted
    return isinstance(value, list) and len(value) == 2 and all(isinstance(n, float) for n in value)


def _rows(folder: Path, table: str, kind: type[Row], issues: list[Issue]) -> tuple[Row, ...]:
    lines = list(csv.DictReader(io.StringIO(_text(folder / f"{table}.csv"), newline="")))
    wanted = fields(kind)  # type: ignore[arg-type]  # every kind is one of our dataclasses
    missing = [f.name for f in wanted if not lines or f.name not in lines[0]]
    if missing:
        what = f"{table}.csv 没有内容或缺少列 {'、'.join(missing)}"
        issues.append(Issue("COLUMN_MISSING", what, field=missing[0]))
        return ()
    hints = get_type_hints(kind)
    out: list[Row] = []
    seen: set[str] = set()
    for row, line in enumerate(lines, 1):
        place = _Place(table, row)
        values, found = _values(line, wanted, hints, place)
        key = str(values.get(wanted[0].name, ""))
        if key in seen:
            found.append(place.fault("ID_REPEATED", wanted[0].name, key, f"编号 {key} 重复"))
        seen.add(key)
        issues.extend(found)
        if not found:
            out.append(kind(**values))
    return tuple(out)


def _values(
    line: Mapping[Any, Any],
    wanted: Sequence[Field[Any]],
    hints: Mapping[str, Any],
    place: _Place,
) -> tuple[dict[str, Any], list[Issue]]:
    values: dict[str, Any] = {}
    found: list[Issue] = []
    if None in line:
        found.append(place.fault("TOO_MANY_CELLS", "", "", "单元格多于列，请检查逗号和引号"))
    for field in wanted:
        text = (line[field.name] or "").strip()
        needed = field.default is MISSING and field.default_factory is MISSING
        allowed = ALLOWED.get((place.table, field.name))
        if needed and not text:
            found.append(place.fault("EMPTY", field.name, text, "不能为空"))
            continue
        if allowed is not None and text not in allowed:
            choices = "、".join(sorted(allowed - {""}))
            what = f"“{text}”不在允许的取值（{choices}）之中"
            found.append(place.fault("NOT_ALLOWED", field.name, text, what))
            continue
        reader, name = READ[hints[field.name]]
        try:
            values[field.name] = reader(text)
        except ValueError:
            found.append(place.fault("NOT_A_NUMBER", field.name, text, f"“{text}”不是{name}"))
    return values, found


def _dangling(plan: Plan) -> Iterator[Issue]:
    """References to ids that no table holds."""
    clauses, entities = {c.id for c in plan.clauses}, {e.id for e in plan.entities}
    baselines, targets = {b.id for b in plan.baselines}, {t.id for t in plan.targets}
    known: Mapping[str, set[str]] = {
        "clauses": clauses,
        "clause": clauses,
        "entities": entities,
        "entity": entities,
        "targets": targets,
        "baseline": baselines,
        "flags": {f.code for f in plan.flags},
    }
    linked: Mapping[str, Sequence[object]] = {
        "entities": plan.entities,
        "baselines": plan.baselines,
        "targets": plan.targets,
        "systems": plan.systems,
        "matters": plan.matters,
        "inconsistencies": plan.inconsistencies,
        "facts": plan.facts,
    }
    for table, rows in linked.items():
        yield from _unknown(table, rows, known)


def _unknown(table: str, rows: Sequence[object], known: Mapping[str, set[str]]) -> Iterator[Issue]:
    for number, row in enumerate(rows, 1):
        for field, ids in known.items():
            given = getattr(row, field, ())
            for id_ in _ids(given) if isinstance(given, str) else given:
                if id_ not in ids:
                    yield _Place(table, number).fault(
                        "UNKNOWN_ID", field, id_, f"编号 {id_} 在登记表中不存在"
                    )


def _ids(text: str) -> tuple[str, ...]:
    """Ids in a single reference; a baseline may be a sum or one part of a ratio."""
    return tuple(part.split(":")[0] for part in text.split("+")) if text else ()
