"""Pieces of a record: slides, tables, charts and numbers as plain JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from geo.meeting import Look, Text, plain_look
from geo.units import half_up

Json = dict[str, Any]
Cells = Sequence[Text]
ROWS = 9  # of a table on one slide: more cannot be read from the back of a room
NONE = "—"  # in place of a number that nobody knows; the note beside it says so


def plain(one: Text | str) -> Json:
    """A text as JSON; a plain one is the same in both languages."""
    return asdict(one) if isinstance(one, Text) else {"zh": one, "en": one}


def slide(id_: str, kind: str, title: Text, **more: Any) -> Json:
    """A slide with everything it does not have left empty."""
    return {
        "id": id_,
        "kind": kind,
        "title": plain(title),
        "lead": plain(Text()),
        "lines": [],
        "numbers": [],
        "table": None,
        "chart": None,
        "look": None,
        "clauses": [],
        "sources": [],
        "notes": "",
        "seconds": 20,
        "permalink": "",
        **more,
    }


def number(label: Text, value: str, unit: Text | None = None, note: Text | None = None) -> Json:
    """A big number."""
    unit, note = unit or Text(), note or Text()
    return {
        "label": plain(label),
        "value": value,
        "unit": plain(unit if value != NONE else Text()),
        "note": plain(note),
    }


def count(many: int) -> str:
    """A count with its thousands parted."""
    return f"{many:,}"


def written(value: float) -> str:
    """A number as the plan gives it: no more digits than it has."""
    return f"{half_up(value, 4).normalize():,f}"


def table(columns: Sequence[tuple[str, Text]], rows: Sequence[Cells], total: int = 0) -> Json:
    """A table; `total` where not all rows are here."""
    return {
        "columns": [{"key": key, "title": plain(title), "right": False} for key, title in columns],
        "rows": [[plain(cell) for cell in row] for row in rows],
        "total": total,
    }


def chunks(rows: Sequence[Cells], pages: int = 99) -> Iterator[Sequence[Cells]]:
    """Rows as they stand on slides, one after the other, `pages` of them at most."""
    for start in range(0, min(len(rows), pages * ROWS), ROWS):
        yield rows[start : start + ROWS]


def chart(
    kind: str, title: Text, parts: Sequence[tuple[Text, float | None, str]], unit: Text
) -> Json:
    """A chart of one series: name, value and ink of each part."""
    return {
        "kind": kind,
        "title": plain(title),
        "categories": [plain(name) for name, _, _ in parts],
        "series": [
            {
                "name": plain(title),
                "values": [value for _, value, _ in parts],
                "ink": "",
                "inks": [ink for _, _, ink in parts],
            }
        ],
        "unit": plain(unit),
    }


def look(one: Look | None) -> Json | None:
    """A look as JSON."""
    return plain_look(one) if one else None
