"""How paper of a meeting is asked for: sheet, language, colours, fonts."""

from dataclasses import dataclass
from enum import StrEnum

from layers.picture import FontBook
from layers.style import Palette


class Paper(StrEnum):
    """Sheets of a handout, one slide each; the value is the word of the shell."""

    WIDE = "wide"  # 16:9, as on the screen
    A4 = "a4"  # A4 landscape


@dataclass(frozen=True, slots=True)
class How:
    """How something is made; `dots` for files that hold no outlines."""

    fonts: FontBook
    english: bool = False
    palette: Palette = Palette.STANDARD
    paper: Paper = Paper.WIDE
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in mm; `unit` is the size of its letters against those of the 16:9 one."""

    width: float
    height: float
    unit: float
    side: float
    head: float  # marks, above the title
    title: float
    foot: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height of what is below the title, in mm."""
        return (
            self.width - 2 * self.side,
            self.height - self.head - self.title - self.foot,
        )


SHEETS = {
    Paper.WIDE: Sheet(338.667, 190.5, 1.0, 13.0, 13.0, 19.0, 17.0),
    Paper.A4: Sheet(297.0, 210.0, 0.88, 13.0, 12.5, 18.0, 17.0),
}
