"""What a map shows, taken as the look of a chapter: extent, sets, classes hidden, shapes drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.meeting import Drawing, Look
from layers.tint import Tint

_SELECTED = 50  # features outlined
_CORNERS = 20_000  # of all shapes drawn; more would make a story too heavy to keep


@dataclass(frozen=True, slots=True)
class Shown:
    """One map as it is now.

    Parameters
    ----------
    key
        Names the map, see `pages.screens.Screen`.
    drawn
        Shapes of the page's own, with their key.
    told
        What it says it shows: view, bounds, on, hidden, opacity, base.
    """

    key: str
    chosen: tuple[tuple[str, str], ...] = ()
    tint: Tint | None = None
    drawn: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def look(shown: Shown, colouring: str, absent: tuple[str, ...] = ()) -> Look:
    """The look of a map.

    `colouring` is what a meeting knows its tint by, empty where it knows none; `absent` are
    classes of it that the map does not show at all.
    """
    told, bounds = shown.told, shown.told.get("bounds")
    tint = shown.tint if colouring else None
    hidden = {name: tuple(keys) for name, keys in _hidden(told.get("hidden", {}), tint)}
    if absent and tint:
        name = tint.set
        hidden[name] = tuple(dict.fromkeys((*hidden.get(name, ()), *absent)))
    return Look(
        extent=(bounds[0], bounds[1], bounds[2], bounds[3]) if bounds else None,
        on=tuple(told.get("on", ())),
        hidden=hidden,
        opacity={group: float(share) for group, share in told.get("opacity", {}).items()},
        selected=shown.chosen[:_SELECTED],
        colouring=colouring,
        drawings=drawings(shown.drawn),
    )


def _hidden(told: Mapping[str, Any], tint: Tint | None) -> Iterator[tuple[str, list[str]]]:
    """Classes hidden, by set: those of its tint where it has one, else those of its own."""
    for named, keys in told.items():
        name = named.removeprefix("~")
        tinted = tint is not None and tint.set == name
        if named.startswith("~") == tinted:
            yield name, keys


def drawings(drawn: Mapping[str, Any]) -> tuple[Drawing, ...]:
    """Shapes of a page's own; none where they have too many corners."""
    shapes, key = drawn.get("shapes", ()), drawn.get("key", ())
    if sum(corners(one["shape"].get("coordinates", ())) for one in shapes) > _CORNERS:
        return ()
    labels = [(one["style"], one["label"]) for one in key]
    return tuple(
        Drawing(
            one["shape"],
            next((label for style, label in labels if style == one["style"]), ""),
            one["style"]["fillColor" if one["style"].get("fill") else "color"],
        )
        for one in shapes
    )


def corners(coordinates: Any) -> int:
    """How many points GeoJSON coordinates have."""
    if not coordinates:
        return 0
    if isinstance(coordinates[0], int | float):
        return 1
    return sum(corners(one) for one in coordinates)
