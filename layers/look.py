"""How a set looks when it leaves: title, colours, QGIS style, Excel; handed to the exporter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.model import Boundaries, Grade
from geo.units import AreaUnit
from layers import grid, qgis
from layers.style import GRADE_LABEL, Ink


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one set.

    Parameters
    ----------
    title
        Title of the set.
    unit
        Unit of the areas in the Excel table.
    tints
        Kind -> colour, where kinds have colours of their own.
    english
        Whether what the file says of itself is English; attributes stay as they are.
    """

    title: str
    unit: AreaUnit = AreaUnit.M2
    tints: Mapping[str, Ink] = field(default_factory=dict)
    english: bool = False

    def grade(self, grade: Grade) -> str:
        """A grade in the language of the file."""
        return GRADE_LABEL[grade][self.english]

    def inks(self, known: Boundaries) -> list[str]:
        """The colour of each row, as #RRGGBB."""
        return qgis.inks(known, self.tints)

    def qml(self, known: Boundaries, dimension: int, fields: Mapping[str, str]) -> str:
        """A QGIS style for points (0), lines (1) or areas (2)."""
        return qgis.qml(known, dimension, fields, self.tints)

    def workbook(self, known: Boundaries, about: Mapping[str, str]) -> bytes:
        """Two sheets: the attributes with measured sizes, and where they come from."""
        return grid.sheet_of(self.title, grid.whole(known, self.unit), about)
