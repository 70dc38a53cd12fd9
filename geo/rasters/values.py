"""What is said of rasters: before they are kept, once they are, and of one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo import terrain
from geo.errors import Issue
from geo.model import Grade, Raster, Source

DERIVED: Mapping[str, Callable[[Raster], Raster]] = {
    "slope": terrain.slope,
    "aspect": terrain.aspect,
}
TITLES = {"slope": ("坡度", "Slope"), "aspect": ("坡向", "Aspect")}
UNITS = {"dem": "m", "slope": "°", "aspect": "°"}
SUBJECT = "raster/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file is to be. `labels` name class numbers; `classes` None: as the name says."""

    name: str
    classes: bool | None = None
    unit: str = ""
    labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coming:
    """A raster read and checked, not yet kept: show `issues`, then `put` it."""

    wanted: Wanted
    raster: Raster
    facts: Mapping[str, Any]
    issues: tuple[Issue, ...]
    raw: bytes = field(repr=False)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """One raster of the zone, or what follows from it; `facts` are those of its event.

    `since` is the version that brought it: with `name` it identifies the numbers for ever.
    """

    name: str
    title: str
    title_en: str
    since: int
    unit: str
    classes: bool
    source: Source
    by: str
    facts: Mapping[str, Any]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """What a raster says of one place; for classes `label` names the value."""

    name: str
    title: str
    title_en: str
    value: float
    unit: str
    grade: Grade
    label: str = ""
