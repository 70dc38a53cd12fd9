"""The words around a printed map, what was drawn on it by hand, and what nobody has brought."""

from collections.abc import Iterator

from geo.catalog import Theme
from geo.edition import highest
from geo.model import SECRECY, Boundaries
from geo.zone import Zone
from geo.zone.outgoing import Outgoing, sources
from layers import printed
from layers.picture import Blank, Caption, Sketch
from layers.style import SELECTION
from pages import door, map_print_ground
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked


def caption(zone: Zone, going: Outgoing, taken: Taken, asked: Asked) -> Caption:
    """Title, colouring and day, notes, secrecy, sources, who made it."""
    english, tint = taken.english, taken.tint
    legend = tint.legend if tint else None
    title = (english and legend.title_en) or legend.title if legend else ""
    rasters = map_print_ground.sources(zone, taken, public=asked.public)
    return Caption(
        asked.title,
        f"{title} · {taken.day.isoformat()}" if title else "",
        tuple(_notes(zone, going, taken, asked)),
        taken.day,
        zone.version,
        printed.secrecy(_level(zone, going, taken, asked), english=english),
        (*sources(zone, going.sets, english=english), *rasters),
        maker=asked.maker,
        approval=asked.approval,
        seal=taken.seal,
    )


def _level(zone: Zone, going: Outgoing, taken: Taken, asked: Asked) -> str:
    """How secret the sheet is: as its most secret set, row or raster; its own content internal."""
    if asked.public:
        return going.secrecy
    coloured = taken.tint is not None and taken.tint.units is not None
    own = SECRECY[1] if taken.look.drawings or coloured else ""
    under = map_print_ground.kept(zone, taken, public=False)
    return highest([going.secrecy, own, *(one.source.secrecy for one in under)])


def _notes(zone: Zone, going: Outgoing, taken: Taken, asked: Asked) -> Iterator[str]:
    """What must be said of the picture: edition, what is not on it, how to check it."""
    english, words = taken.english, door.words()["print"]
    yield from printed.notes(public=asked.public, approval=asked.approval, english=english)
    if zone.example:
        yield door.words()["app"]["example_note"][english]
    if taken.tint and (note := (taken.tint.legend.note, taken.tint.legend.note_en)[english]):
        yield note
    if taken.filtered:
        yield words["filtered"][english]
    if taken.base in ("vec", "img"):
        yield words["no_base"][english]
    if (bare := _absent(zone, taken)) and not map_print_ground.outline(zone, public=asked.public):
        names = [theme.title_en if english else theme.title for theme in bare]
        yield words["unknown"][english].format(names=("、", ", ")[english].join(names))
    gone = [zone.catalog.title(name, english=english) for name in going.left_out]
    gone += map_print_ground.closed(zone, taken) if asked.public else []
    gone += [words["own_shapes"][english]] if asked.public and _shapes(taken) else []
    if gone:
        yield words["left_out"][english].format(names=("、", ", ")[english].join(gone))


def _shapes(taken: Taken) -> bool:
    coloured = taken.tint is not None and taken.tint.units is not None
    return bool(taken.look.drawings or taken.measured or coloured)


def sketches(taken: Taken) -> Iterator[Sketch]:
    """Shapes of the page's own, then what was measured."""
    for one in taken.look.drawings:
        yield printed.sketch(one.geometry, one.label, one.color)
    if taken.measured:
        closed, points, label = taken.measured
        ring = [*points, points[0]] if closed else list(points)
        kind = "Polygon" if closed else "LineString"
        yield printed.sketch(
            {"type": kind, "coordinates": [ring] if closed else ring}, label, SELECTION
        )


def _absent(zone: Zone, taken: Taken) -> list[Theme]:
    """Themes that are on and that nobody has brought."""
    names = [str(row["name"]) for row in taken.rows if row["draw"] == "absent"]
    return [zone.catalog.themes[name] for name in names]


def blanks(zone: Zone, taken: Taken, ground: Boundaries | None) -> Iterator[Blank]:
    """Where nothing is known of what nobody has brought; nowhere without a ground to say it of."""
    if ground is not None:
        for theme in _absent(zone, taken):
            yield printed.blank((theme.title, theme.title_en), ground)
