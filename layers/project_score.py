"""The score sheet as Excel: every input, count and weight, and the sum written out as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers import sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a unit's sheet: `points` = `count` × `weight`; `total` sums the unit's points."""

    unit: str
    item: str
    inputs: tuple[str, ...]
    count: int
    weight: float
    points: float
    total: float

    @property
    def working(self) -> str:
        """How the points follow: ``3 × (-5) = -15``."""
        weight = f"({plain(self.weight)})" if self.weight < 0 else plain(self.weight)
        return f"{self.count} × {weight} = {plain(self.points)}"


def plain(value: float) -> str:
    """A number without trailing zeros; never a negative zero."""
    return f"{value or 0.0:.10g}"


def summed(lines: Sequence[Line]) -> str:
    """How a unit's total follows: its points one after the other."""
    parts = [plain(one.points) if one.points >= 0 else f"({plain(one.points)})" for one in lines]
    return f"{' + '.join(parts)} = {plain(lines[0].total)}" if lines else ""


def workbook(
    title: str, heads: Mapping[str, str], lines: Sequence[Line], about: Mapping[str, str]
) -> bytes:
    """The file; `heads` names the columns by key, in their order."""
    units: dict[str, list[Line]] = {}
    for one in lines:
        units.setdefault(one.unit, []).append(one)
    columns: dict[str, Sequence[object]] = {
        "unit": [one.unit for one in lines],
        "item": [one.item for one in lines],
        "count": [one.count for one in lines],
        "weight": [one.weight for one in lines],
        "points": [one.points for one in lines],
        "working": [one.working for one in lines],
        "total": [one.total for one in lines],
        "summed": [summed(units[one.unit]) for one in lines],
        "inputs": ["\n".join(one.inputs) for one in lines],
    }
    return sheet.workbook(title, {heads[key]: columns[key] for key in heads}, about)
