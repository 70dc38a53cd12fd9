"""The scene of a map for paper: what was taken of the screen, on a sheet, in an edition."""

from geo import landuse
from geo.model import Boundaries
from geo.zone import Zone
from geo.zone.outgoing import outgoing
from layers import palette, picture, printed
from layers.picture import PAGES, Kind, Layer, Scene, View, by_kind
from layers.tint import NONE
from pages import door, map_print_ground, map_print_words, site_paper
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked

_GROUND = ("sea", "land")
_SMALL_DPI = 80


def drawn(zone: Zone, taken: Taken, asked: Asked) -> tuple[bytes, bytes]:
    """The file, and a small PNG of it; raises `DataError` PICTURE_… where it cannot be made so."""
    found, fonts = scene(zone, taken, asked), site_paper.fonts()
    small = picture.draw(found, fonts, Kind.PNG, _SMALL_DPI)
    return picture.draw(found, fonts, asked.kind), small


def scene(zone: Zone, taken: Taken, asked: Asked) -> Scene:
    """What was seen, as a scene."""
    going = outgoing(_sets(zone, taken), public=asked.public)
    layers = [one for known in going.sets if len((one := _layer(zone, known, taken)).known.table)]
    images = [*map_print_ground.images(zone, taken, public=asked.public)]
    if not asked.public:
        layers += [one for one in [map_print_ground.areas(taken)] if one]
        images += [one for one in [map_print_ground.grid(taken)] if one]
    there = {one.known.name: set(one.known.table["id"]) for one in layers}
    extent = taken.look.extent or zone.extent()
    return Scene(
        tuple(layers),
        View(printed.middle(extent) if asked.scale else extent, asked.scale, asked.grid),
        map_print_words.caption(zone, going, taken, asked),
        PAGES[asked.page],
        taken.palette,
        tuple(one for one in taken.look.selected if one[1] in there.get(one[0], ())),
        () if asked.public else tuple(map_print_words.sketches(taken)),
        printed.locator(zone.boundaries("zone"), extent),
        english=taken.english,
        images=tuple(images),
        blanks=tuple(map_print_words.blanks(zone, taken)),
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
    if tint is not None and tint.set == known.name:
        ids = zone.existing(known.name)
        codes = {i: c for i, c in zip(ids.table["id"], taken.codes, strict=True) if c != NONE}
        found, inks = printed.of_classes(known, codes, tint.legend, hidden)
        return Layer(found, inks, *titles, demo=zone.example)
    kept = printed.of_kinds(known, hidden)
    own = palette.tints(kept, door.uses(), landuse.find)
    return Layer(kept, by_kind(kept, own, titles[0]) if own else None, *titles, demo=zone.example)
