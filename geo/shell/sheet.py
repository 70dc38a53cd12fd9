"""Views of the map drawn and written to a file, with what a command tells of it."""

from pathlib import Path
from typing import Any

from geo.shell import paper, place, view
from geo.shell.picture import Asked, State
from geo.zone import Zone
from layers import picture
from layers.handout import atlas as leaves
from layers.picture import Kind, Scene


def one(zone: Zone, state: State, asked: Asked, out: Path) -> dict[str, Any]:
    """Draw one view."""
    seen = view.seen(zone, state, asked)
    place.put(out, picture.draw(seen.scene, paper.fonts(), Kind(out.suffix.lower()[1:])))
    frame = picture.compose(seen.scene, paper.fonts()).frame
    return _row(state, asked, seen, out) | {
        "pages": 1,
        "scale": frame.scale,
        "extent": [round(one, 6) for one in frame.window],
    }


def atlas(zone: Zone, state: State, asked: tuple[Asked, str], out: Path) -> dict[str, Any]:
    """Draw an index and a page for every area of a set."""
    how, name = asked
    seen = view.seen(zone, state, view.with_set(zone, how, name, state.version))
    found = leaves.leaves(seen.scene, name)
    place.put(out, leaves.bound(seen.scene, found, paper.fonts()))
    row = _row(state, how, seen, out)
    return row | {"pages": len(found) + 1, "scale": None, "extent": None}


def _row(state: State, asked: Asked, seen: view.Seen, out: Path) -> dict[str, Any]:
    return {
        "file": str(out),
        "bytes": out.stat().st_size,
        "snapshot": state.meeting,
        "version": state.version,
        "as_of": state.day.isoformat(),
        "edition": "public" if asked.public else "internal",
        "sets": _counts(seen.scene),
        "left_out": list(seen.left_out),
    }


def _counts(scene: Scene) -> list[dict[str, Any]]:
    return [{"name": one.known.name, "features": len(one.known.table)} for one in scene.layers]
