"""What a field's widget says, in the register's terms."""

from dataclasses import dataclass
from typing import Any

from geo.errors import DataError
from geo.projects.rules import Field


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed or chosen, and the unit it is in."""

    said: Any
    unit: str = ""

    def typed(self, field: Field) -> Any:
        """The value for the register; None where nothing is said, which clears a field.

        Raises `DataError` PROJECT_FIELD where a number or a year cannot be read.
        """
        if not self.said:
            return None
        try:
            if field.kind == "number":
                return (_number(self.said), self.unit)
            if field.kind == "by_year":
                lines = [line.partition("=") for line in self.said.replace("；", ";").split(";")]
                return ({int(y): _number(v) for y, _, v in lines if y.strip()}, self.unit)
        except ValueError as error:
            raise DataError(
                f"“{field.name}”不能读作数：{self.said}，请核对", "PROJECT_FIELD"
            ) from error
        if field.kind == "list":
            return [part.strip() for part in self.said.split("、") if part.strip()]
        return self.said


def _number(text: str) -> float:
    return float(text.strip().replace(",", "").replace("，", ""))
