"""The map of a slide as a picture's scene: the same sets, colours, marks and words as on screen."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import shape

from geo.model import Boundaries
from layers import feed
from layers.brief import words
from layers.brief.values import Brief, Colouring, Look, Slide, Text, Tone
from layers.picture import Caption, Class, Grid, Layer, Page, Scene, Sketch, Tint, View
from layers.style import Palette, of

GROUND = ("sea", "land")  # lie under every map whether a look names them or not
_WHOLE = 0.6  # of the zone's width: a map that shows less of it says where it lies
_NOTHING = Look()


def scene_of(  # noqa: PLR0913 - what every writer may choose, each by its name
    brief: Brief,
    slide: Slide,
    page: Page,
    *,
    english: bool = False,
    palette: Palette = Palette.STANDARD,
    colouring: str | None = None,
) -> Scene:
    """The scene of a slide on a page.

    `colouring` is the key of another colouring than the look's, as a period or the state before
    has; empty for the sets' own colours. Features selected in sets that are not on have no
    outline.
    """
    look = slide.look or _NOTHING
    tinted = brief.colourings.get(look.colouring if colouring is None else colouring)
    layers = tuple(_layers(brief, look, tinted))
    drawn = {layer.known.name: layer.known for layer in layers}
    return Scene(
        layers,
        View(look.extent, grid=Grid.NONE),
        _caption(brief, slide, tinted, english=english),
        page,
        palette,
        tuple(one for one in look.selected if _shown(drawn.get(one[0]), one[1])),
        tuple(Sketch(shape(one.geometry), one.label, one.color) for one in look.drawings),
        _locator(brief, look),
        english=english,
    )


def subtitle(tinted: Colouring | None, *, english: bool) -> str:
    """What a map is coloured by and as of which day, if it is."""
    if tinted is None:
        return ""
    said = tinted.title.say(english)
    return f"{said} · {tinted.day.isoformat()}" if tinted.day else said


def _caption(brief: Brief, slide: Slide, tinted: Colouring | None, *, english: bool) -> Caption:
    note = tinted.note.say(english) if tinted else ""
    day = tinted.day if tinted else None
    return Caption(
        slide.title.say(english),
        subtitle(tinted, english=english),
        (note,) if note else (),
        day or brief.occasion.as_of,
        brief.occasion.version,
        words.secrecy(brief, english),
        tuple(one.say(english) for one in slide.sources),
        seal=brief.occasion.seal,
        maker=brief.maker,
        approval=brief.approval,
    )


def _layers(brief: Brief, look: Look, tinted: Colouring | None) -> list[Layer]:
    faint = {group for group, opacity in look.opacity.items() if opacity <= 0}
    names = [*(name for name in GROUND if name in brief.sets), *look.on]
    out = list[Layer]()
    for name in dict.fromkeys(names):
        if of(name).group in faint:
            continue
        own = tinted if tinted is not None and tinted.set == name else None
        title = brief.names.get(name) or (own.title if own else Text(name))
        known, tint = _coloured(brief.sets[name], own, look.hidden.get(name, ()))
        if len(known.table):
            out.append(Layer(known, tint, title.zh, title.say(True), demo=brief.example))
    return out


def _coloured(
    known: Boundaries, own: Colouring | None, hidden: Sequence[str]
) -> tuple[Boundaries, Tint | None]:
    """The rows that are there and not hidden, with the tint of a colouring."""
    table = known.table
    shapes = np.asarray(table.geometry.array)
    kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if own is None:
        if hidden:
            kept &= ~np.isin(feed.column(table, "kind"), list(hidden))
        return replace(known, table=table[kept]), None
    keys = [one.key for one in own.tones]
    there = [code is not None and keys[code] not in hidden for code in own.codes]
    kept &= np.array(there, dtype=bool)
    codes = np.array([-1 if code is None else code for code in own.codes], dtype=int)[kept]
    classes = tuple(map(class_of, own.tones))
    tint = Tint(classes, codes, own.title.zh, own.title.say(True), letters=True)
    return replace(known, table=table[kept]), tint


def class_of(tone: Tone) -> Class:
    """A class of a colouring as a picture takes it."""
    return Class(tone.title.zh, tone.ink, tone.letter, tone.title.say(True))


def _shown(known: Boundaries | None, id_: str) -> bool:
    """Whether a feature is on the map: one in a set that is not shown has no outline."""
    return known is not None and id_ in set(known.table["id"])


def _locator(brief: Brief, look: Look) -> Boundaries | None:
    """The zone in small, where a map shows only a piece of it."""
    zone = brief.sets.get("zone")
    if zone is None or look.extent is None:
        return None
    west, _, east, _ = zone.table.total_bounds
    return zone if look.extent[2] - look.extent[0] < _WHOLE * (east - west) else None
