"""Names and kinds of the plan's entities, from the plan register beside the boundaries."""

import csv
from dataclasses import dataclass
from pathlib import Path

REGISTER = Path(__file__).resolve().parents[2] / "plan" / "entities.csv"


@dataclass(frozen=True, slots=True)
class Entity:
    """One of the 144 things in space that the plan names."""

    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str


def read() -> dict[str, Entity]:
    """The entities by id, in the register's order."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Entity(row["id"], row["name"], row["name_en"], row["kind"], row["kind_en"])
            for row in csv.DictReader(file)
        }
