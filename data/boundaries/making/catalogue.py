"""The catalogue of sets, and the list of what is not drawn."""

import tomllib
from typing import Any

from geo.model import Grade, worst
from making.inputs import SOURCES, Drawn, rows
from making.register import Entity

ORDER = (
    *("file", "title", "title_en", "group", "group_en", "grade", "licence"),
    *("licence_en", "source", "source_en", "issued", "error_m", "declared_m2"),
    *("note", "note_en", "count"),
)


def catalogue(sets: dict[str, list[Drawn]], figures: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One table per set, in drawing order; `figures` fill the {names} in notes."""
    said = tomllib.loads((SOURCES / "sets.toml").read_text(encoding="utf-8"))
    out: dict[str, dict[str, Any]] = {}
    for name, table in said.items():
        features = sets[name]
        errors = [drawn.error_m for drawn in features if drawn.error_m is not None]
        full = {
            **table,
            "file": f"{name}.geojson",
            "grade": worst([Grade(drawn.grade) for drawn in features]).value,
            "error_m": max(errors),
            "note": table["note"].format(**figures),
            "note_en": table["note_en"].format(**figures),
            "count": len(features),
        }
        out[name] = {key: full.get(key) for key in ORDER}
    return out


def unplaced(register: dict[str, Entity]) -> dict[str, dict[str, Any]]:
    """Every entity of the plan that is not drawn, with the reason."""
    return {
        row["id"]: {
            "name": register[row["id"]].name,
            "name_en": register[row["id"]].name_en,
            "reason": row["reason"],
            "reason_en": row["reason_en"],
        }
        for row in sorted(rows("unplaced.csv"), key=lambda row: list(register).index(row["id"]))
    }


def accounted(drawn: list[Drawn], left: dict[str, Any], register: dict[str, Entity]) -> None:
    """Refuse a build in which an entity is both drawn and listed, or neither."""
    shown = {feature.id for feature in drawn} | {feature.parent for feature in drawn}
    shown &= set(register)
    wrong = sorted((shown & set(left)) | (set(register) - shown - set(left)))
    if wrong:
        raise ValueError(f"drawn and listed, or neither: {', '.join(wrong)}")
