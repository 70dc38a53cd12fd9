"""How answers reach the terminal: JSON for scripts, a table in Chinese for readers."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

Rows = Sequence[Mapping[str, Any]]
_WIDTH = 160  # of a table that goes to a file or another program
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "placed": {True: "是", False: "否"},
    "agrees": {"yes": "一致", "no": "不一致", "unknown": "无法核对"},
    "grade": {"official": "法定", "surveyed": "实测", "traced": "描绘", "schematic": "示意"},
    "change": {"added": "新增", "removed": "移除", "moved": "图形变动", "changed": "属性变动"},
    "severity": {"error": "错误", "warning": "提醒", "info": "说明"},
}


def as_json(value: Any) -> None:
    """Print JSON, in UTF-8 whatever the terminal."""
    _printed(value)


def shown(rows: Rows, columns: Mapping[str, str], title: str, *, as_json: bool) -> None:
    """Print rows, as JSON or as a table."""
    if as_json:
        _printed(rows)
    else:
        as_table(rows, columns, title)


def _printed(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    typer.echo(text.encode() + b"\n", nl=False)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with days as ISO text."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def as_table(rows: Rows, columns: Mapping[str, str], title: str) -> None:
    """Print rows under Chinese headings: `columns` says which keys, in order."""
    table = Table(title=f"{title}（{len(rows)} 条）", title_justify="left")
    for key, heading in columns.items():
        numeric = any(_is_number(row[key]) for row in rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(key, row[key])) for key in columns))
    wide = None if sys.stdout.isatty() else _WIDTH
    Console(width=wide, markup=False, highlight=False, emoji=False).print(table)


def one(row: Mapping[str, Any], columns: Mapping[str, str], title: str, *, as_json: bool) -> None:
    """Print what one command did."""
    if as_json:
        _printed(row)
    else:
        as_table([row], columns, title)


def _cell(key: str, value: Any) -> str:
    words = _WORDS.get(key, {})
    return words.get(value, _text(value)) if words and value is not None else _text(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    """A cell; nothing known is a dash, so that it is not taken for nought."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Mapping):
        return _text(value.get("working") or value.get("text"))
    if isinstance(value, float):
        return f"{value:,.2f}"
    return str(value)
