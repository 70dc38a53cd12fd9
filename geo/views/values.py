"""A stored view, which a short link opens, and somebody's own bookmark of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MODES = ("length", "area", "region", "circle")  # what is measured or asked with


@dataclass(frozen=True, slots=True)
class Sketch:
    """A shape somebody measured or asked with: what for, and its clicked corners as lon, lat."""

    mode: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A page as it was seen: its name (empty for the map), what its address asks, a sketch."""

    page: str
    asked: Mapping[str, str]
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Somebody's name for a stored view."""

    number: int
    person: str
    view: str
    name: str
    at: datetime
