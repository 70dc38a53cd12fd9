"""How a printed map is wanted."""

from dataclasses import dataclass

from layers.picture import Grid, Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """How a picture is wanted; `scale` None for that of the screen."""

    title: str
    kind: Kind = Kind.PDF
    page: str = "a4"
    scale: int | None = None
    grid: Grid = Grid.DEGREE
    public: bool = False
    maker: str = ""
    approval: str = ""
