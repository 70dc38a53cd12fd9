"""The tables of the policy as they are written: each faulty entry named by table and key."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.supply.values import Field, Method, Move, Range, Status, Term, Tolerance

_STATUS = ("name", "name_en", "phase", "letter", "letter_en")
KINDS = ("text", "number", "whole", "day", "yes", "choice", "use", "method", "realm")


def parsed(path: Path) -> Mapping[str, Any]:
    """A TOML file; raises `DataError` RULES_FILE, also where a whole part is missing."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"缺少规则文件 {path.name}，请重新安装", "RULES_FILE") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"规则文件 {path.name} 格式有误：{error}", "RULES_FILE") from error
    parts = ("entry", "tolerance", "pause", "paper", "status", "move", "method", "term", "range")
    missing = [part for part in (*parts, "realm", "unit") if part not in given]
    if missing:
        raise DataError(f"规则文件 {path.name} 缺少 {'、'.join(missing)} 部分", "RULES_FILE")
    return given


def statuses(given: Mapping[str, Any]) -> Mapping[str, Status]:
    """Stages by id."""
    return {
        id_: Status(id_, *(part(one, key, id_) for key in _STATUS))
        for id_, one in given["status"].items()
    }


def moves(given: Mapping[str, Any], known: Mapping[str, Field]) -> Mapping[tuple[str, str], Move]:
    """Moves by (start, end); raises `DataError` RULES where two share a pair."""
    out: dict[tuple[str, str], Move] = {}
    for move in (move for one in given["move"] for move in _moves(one, known)):
        if (move.start, move.end) in out:
            raise DataError(f"变动 {move.start} → {move.end} 写了两次，请删去一条", "RULES")
        out[move.start, move.end] = move
    return out


def _moves(one: Mapping[str, Any], known: Mapping[str, Field]) -> Iterator[Move]:
    id_ = part(one, "id", "move")
    clears = [key for said in one.get("clears", ()) for key in _keys(said, known)]
    for start in part(one, "start", id_):
        yield Move(
            start,
            part(one, "end", id_),
            needs=tuple(one.get("needs", ())),
            paper=one.get("paper", False),
            basis=one.get("basis", ""),
            id=id_,
            name=part(one, "name", id_),
            name_en=part(one, "name_en", id_),
            methods=tuple(one.get("methods", ())),
            clears=tuple(clears),
            note=one.get("note", ""),
        )


def _keys(said: str, known: Mapping[str, Field]) -> list[str]:
    """A key, or all keys of a group."""
    head, _, group = said.partition(":")
    return [key for key, field in known.items() if field.group == group] if group else [head]


def methods(given: Mapping[str, Any]) -> Mapping[str, Method]:
    """Ways of supply by id."""
    return {
        id_: Method(
            id_,
            part(one, "name", id_),
            part(one, "name_en", id_),
            limited=one.get("limited", False),
            termless=one.get("termless", False),
            needs=tuple(one.get("needs", ())),
            basis=one.get("basis", ""),
            note=one.get("note", ""),
        )
        for id_, one in given["method"].items()
    }


def terms(given: Mapping[str, Any]) -> tuple[Term, ...]:
    """Longest terms, as the article groups the uses."""
    return tuple(
        Term(
            part(one, "id", "term"),
            part(one, "name", "term"),
            part(one, "name_en", "term"),
            years=part(one, "years", "term"),
            uses=tuple(part(one, "uses", "term")),
            mixed=one.get("mixed", False),
            basis=part(one, "basis", "term"),
        )
        for one in given["term"]
    )


def ranges(given: Mapping[str, Any]) -> tuple[Range, ...]:
    """Pairs of fields that keep an order."""
    return tuple(
        Range(
            part(one, "low", "range"),
            part(one, "high", "range"),
            one.get("low_in", ""),
            one.get("high_in", ""),
        )
        for one in given["range"]
    )


def realms(given: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """First-level codes of use of each realm."""
    return {id_: tuple(part(one, "uses", id_)) for id_, one in given["realm"].items()}


def named(entries: Mapping[str, Any]) -> Mapping[str, tuple[str, str]]:
    """Chinese and English name of each entry."""
    return {
        id_: (part(one, "name", id_), part(one, "name_en", id_)) for id_, one in entries.items()
    }


def listed(given: Mapping[str, Any], table: str, key: str) -> tuple[str, ...]:
    """A list of ids under a key of a table."""
    return tuple(part(given[table], key, table))


def tolerance(given: Mapping[str, Any]) -> Tolerance:
    """How far numbers may differ."""
    one = given["tolerance"]
    keys = ("lineage_m2", "overlap_m2", "drawn_share", "drawn_m2")
    return Tolerance(*(float(part(one, key, "tolerance")) for key in keys))


def fields(path: Path) -> Mapping[str, Field]:
    """Columns of the ledger by key, in their order."""
    rows = _rows(path)
    try:
        out = {row["key"]: _field(row) for row in rows}
    except (KeyError, ValueError, ZeroDivisionError) as error:
        raise DataError(f"字段表 {path.name} 有误：{error}，请改正", "RULES_FILE") from error
    if len(out) < len(rows):
        raise DataError(f"字段表 {path.name} 有重复的 key，请删去一行", "RULES")
    return out


def _field(row: Mapping[str, str]) -> Field:
    if row["kind"] not in KINDS:
        raise ValueError(f"{row['key']} 的 kind 为 {row['kind']}")
    pairs = [part.split("=") for part in _parts(row["units"])]
    return Field(
        row["key"],
        row["name"],
        row["name_en"],
        row["kind"],
        row["group"],
        units={unit: float(Fraction(factor)) for unit, factor in pairs},
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        internal=row["internal"] == "yes",
        basis=row["basis"],
        choices=_parts(row["choices"]),
        additive=row["additive"] == "yes",
    )


def uses(path: Path) -> Mapping[str, str]:
    """Names of the classes of land and sea use by code."""
    return {part(row, "code", path.name): part(row, "name", path.name) for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError as error:
        raise DataError(f"缺少规则文件 {path.name}，请重新安装", "RULES_FILE") from error


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def part(one: Mapping[str, Any], key: str, where: str) -> Any:
    """What an entry says under a key; raises `DataError` RULES naming the entry."""
    if key not in one:
        raise DataError(f"规则 {where} 缺少 {key}，请补充", "RULES")
    return one[key]
