"""What came with us and what a bureau may bring: read from tables, never from code."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.model import Grade, Source


@dataclass(frozen=True, slots=True)
class Shipped:
    """One set that comes with the product."""

    name: str
    path: Path
    title: str
    title_en: str
    source: Source
    source_en: str
    note_en: str
    licence_en: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One set a bureau may bring; until then there is no data on it."""

    name: str
    title: str
    title_en: str
    law: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One entity of the plan that cannot be drawn, and why."""

    id: str
    name: str
    name_en: str
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All sets we know by name, and the entities that no set holds."""

    shipped: Mapping[str, Shipped]
    themes: Mapping[str, Theme]
    unplaced: tuple[Unplaced, ...]

    def title(self, name: str, *, english: bool = False) -> str:
        """Title of a set; its own name where we have no better."""
        known = self.shipped.get(name) or self.themes.get(name)
        if known is None:
            return name
        return known.title_en if english else known.title


def read(boundaries: Path, rules: Path) -> Catalog:
    """Read ``catalog.toml``, ``unplaced.toml`` (in `boundaries`) and ``themes.toml`` (`rules`).

    Raises `DataError` naming file and entry where something is missing.
    """
    shipped = {
        name: _shipped(name, entry, boundaries)
        for name, entry in _table(boundaries / "catalog.toml").items()
    }
    themes = {
        name: Theme(
            name, _text(entry, "title", name), _text(entry, "title_en", name), entry.get("law", "")
        )
        for name, entry in _table(rules / "themes.toml").items()
    }
    unplaced = tuple(
        Unplaced(
            id_,
            name=_text(entry, "name", id_),
            name_en=_text(entry, "name_en", id_),
            reason=_text(entry, "reason", id_),
            reason_en=_text(entry, "reason_en", id_),
        )
        for id_, entry in _table(boundaries / "unplaced.toml").items()
    )
    return Catalog(shipped, themes, unplaced)


def fingerprint(entry: Shipped) -> str:
    """SHA-256 of a shipped set and what is said of its source: tells a new edition."""
    content = hashlib.sha256(entry.path.read_bytes())
    content.update(repr(entry.source).encode())
    return content.hexdigest()


def _table(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"缺少目录文件 {path.name}，请重新安装", "CATALOG_MISSING") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"目录文件 {path.name} 格式有误：{error}", "CATALOG_BROKEN") from error


def _shipped(name: str, entry: Mapping[str, Any], folder: Path) -> Shipped:
    issued = entry.get("issued")
    source = Source(
        title=_text(entry, "source", name),
        grade=_grade(entry, name),
        licence=_text(entry, "licence", name),
        issued=issued if isinstance(issued, date) else None,
        error_m=entry.get("error_m"),
        note=entry.get("note", ""),
        declared_m2=entry.get("declared_m2"),
    )
    return Shipped(
        name,
        folder / _text(entry, "file", name),
        _text(entry, "title", name),
        _text(entry, "title_en", name),
        source,
        entry.get("source_en", ""),
        entry.get("note_en", ""),
        entry.get("licence_en", ""),
    )


def _grade(entry: Mapping[str, Any], name: str) -> Grade:
    value = _text(entry, "grade", name)
    if value not in list(Grade):
        raise DataError(
            f"目录条目 {name} 的 grade 为 {value}，应为 {'、'.join(Grade)} 之一", "CATALOG_ENTRY"
        )
    return Grade(value)


def _text(entry: Mapping[str, Any], key: str, name: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise DataError(f"目录条目 {name} 缺少 {key}，请补充后重试", "CATALOG_ENTRY")
    return value
