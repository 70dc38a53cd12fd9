"""The scene of a map for paper: what was taken of the screen, on a sheet, in an edition."""

from dataclasses import replace

from geo import landuse
from geo.errors import DataError
from geo.model import Boundaries
from geo.zone import Zone
from geo.zone.outgoing import outgoing
from layers import cells as units
from layers import palette, picture, printed
from layers.picture import PAGES, Kind, Layer, Scene, View, by_kind
from layers.tint import NONE
from pages import door, map_print_ground, map_print_same, map_print_words, site_paper
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked

_GROUND = ("sea", "land")
_SMALL_DPI = 80


def drawn(zone: Zone, taken: Taken, asked: Asked) -> tuple[bytes, bytes, list[str]]:
    """The file, a small PNG of it, and names of what is on it.

    Raises `DataError` PICTURE_… where it cannot be made so, PRINT_… where the map has changed.
    """
    found, fonts = scene(zone, taken, asked), site_paper.fonts()
    small = picture.draw(found, fonts, Kind.PNG, _SMALL_DPI)
    names = _named(zone, taken, asked, found)
    return picture.draw(found, fonts, asked.kind), small, names


def _named(zone: Zone, taken: Taken, asked: Asked, found: Scene) -> list[str]:
    """Sets and rasters of a scene."""
    under = [one.name for one in map_print_ground.kept(zone, taken, public=asked.public)]
    cells = [units.NAME] if len(found.images) > len(under) else []
    return [*(one.known.name for one in found.layers), *under, *cells]


def scene(zone: Zone, taken: Taken, asked: Asked) -> Scene:
    """What was seen, as a scene. Raises `DataError` PRINT_… where it is no longer the same."""
    map_print_same.check_rows(zone, taken.rows)
    going = outgoing(_sets(zone, taken), public=asked.public)
    layers = [one for known in going.sets if len((one := _layer(zone, known, taken)).known.table)]
    images = [*map_print_ground.images(zone, taken, public=asked.public)]
    if not asked.public:
        layers += [one for one in [map_print_ground.areas(taken)] if one]
        images += [one for one in [map_print_ground.grid(taken)] if one]
    there = {one.known.name: set(one.known.table["id"]) for one in layers}
    extent = taken.look.extent or zone.extent()
    ground = map_print_ground.outline(zone, public=asked.public)
    return Scene(
        tuple(layers),
        View(printed.middle(extent) if asked.scale else extent, asked.scale, asked.grid),
        map_print_words.caption(zone, going, taken, asked),
        PAGES[asked.page],
        taken.palette,
        tuple(one for one in taken.look.selected if one[1] in there.get(one[0], ())),
        () if asked.public else tuple(map_print_words.sketches(taken)),
        printed.locator(ground, extent),
        english=taken.english,
        images=tuple(images),
        blanks=tuple(map_print_words.blanks(zone, taken, ground)),
    )


def _sets(zone: Zone, taken: Taken) -> list[Boundaries]:
    """Stored sets that are on; the ground only where it is the one of the map."""
    names = [str(row["name"]) for row in taken.rows if row["draw"] in ("shape", "tile")]
    ground = list(_GROUND) if taken.base == "own" else []
    wanted = dict.fromkeys([*ground, *(name for name in names if name not in _GROUND)])
    return [known for name in wanted if (known := zone.boundaries(name))]


def _layer(zone: Zone, known: Boundaries, taken: Taken) -> Layer:
    catalog, tint = zone.catalog, taken.tint
    titles = catalog.title(known.name), catalog.title(known.name, english=True)
    hidden = taken.look.hidden.get(known.name, ())
    if known.name in taken.narrow:
        left = known.table["id"].isin(set(taken.narrow[known.name]))
        known = replace(known, table=known.table[left].reset_index(drop=True))
    if tint is not None and tint.set == known.name:
        ids = zone.existing(known.name)
        if not known.since == ids.since == tint.since:  # another set: its rows are other parcels
            raise DataError(map_print_same.LOST, "PRINT_TINT")
        codes = {i: c for i, c in zip(ids.table["id"], taken.codes, strict=True) if c != NONE}
        found, inks = printed.of_classes(known, codes, tint.legend, hidden)
        return Layer(found, inks, *titles, demo=zone.example)
    kept = printed.of_kinds(known, hidden)
    own = palette.tints(kept, door.uses(), landuse.find)
    return Layer(kept, by_kind(kept, own, titles[0]) if own else None, *titles, demo=zone.example)
