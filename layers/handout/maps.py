"""Maps of a handout: each at its own size in mm, so that its scale on paper is true."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.errors import DataError
from layers import picture
from layers.brief import words
from layers.brief.scene import scene_of
from layers.brief.values import Brief, Look, Slide
from layers.handout.values import How
from layers.handout.words import word
from layers.picture import Kind, Layout, Page, Scene

_MANY, _MANY_SMALL = 4_000, 600  # features; beyond, dots are smaller and quicker than outlines
_DPI = 220
_BESIDE = (0.235, 0.205, 0.18, 0.155, 0.135)  # mm of one px of the screen's styles, tried in turn
_WHOLE = (0.285, 0.245, 0.21, 0.18, 0.155)
_SMALL = 0.16
_SHRINK = 0.795  # of a degree of longitude against one of latitude, here
_TOO_LONG = "PICTURE_LEGEND"


@dataclass(frozen=True, slots=True)
class Map:
    """A map as a file: its size in mm and what it shows."""

    data: bytes
    kind: Kind
    width: float
    height: float
    caption: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A map to draw: of which slide, in which colouring (None: its own), how large."""

    brief: Brief
    slide: Slide
    size: tuple[float, float]
    how: How
    colouring: str | None = None
    layout: Layout = Layout.BARE


def whole(brief: Brief, slide: Slide, size: tuple[float, float], how: How) -> Map:
    """The map that fills a slide, with legend, scale bar, north arrow and imprint beside it."""
    wanted = _Wanted(brief, slide, size, how, layout=Layout.SIDE)
    return _made(wanted, slide.title.say(how.english), _WHOLE)


def beside(brief: Brief, slide: Slide, size: tuple[float, float], how: How) -> Map:
    """A map beside words: its legend below, its scale bar on it."""
    return _made(_Wanted(brief, slide, size, how), slide.title.say(how.english), _BESIDE)


def swipe(brief: Brief, slide: Slide, size: tuple[float, float], how: How) -> Iterator[Map]:
    """Before and now, of one extent and size."""
    look = slide.look or Look()
    for key, label in ((look.before, "before"), (look.colouring, "after")):
        title = f"{words.say(label, how.english)} {dated(brief, key, how)}"
        yield _made(_Wanted(brief, slide, size, how, key), title, _BESIDE)


def periods(brief: Brief, slide: Slide, size: tuple[float, float], how: How) -> Iterator[Map]:
    """One small map for every period; what their colours mean stands elsewhere."""
    for key in (slide.look or Look()).periods:
        made = _scene(_Wanted(brief, slide, size, how, key), _SMALL)
        plain = tuple(replace(layer, labelled=False) for layer in made.layers)
        scene = replace(made, layers=plain, legend=False, locator=None)
        small = replace(how, dots=how.dots or _count(scene) > _MANY_SMALL)
        yield _drawn(scene, small, dated(brief, key, how))


def shape_of(brief: Brief, look: Look) -> float:
    """Width of a look's extent against its height, on the ground."""
    west, south, east, north = look.extent or brief.sets["zone"].table.total_bounds
    return float((east - west) * _SHRINK / (north - south))


def dated(brief: Brief, key: str, how: How) -> str:
    """The day of a colouring."""
    found = brief.colourings.get(key)
    return found.day.isoformat() if found and found.day else word("now", how.english)


def _made(wanted: _Wanted, caption: str, looks: Sequence[float]) -> Map:
    """The map in the largest letters in which its legend has room; a legend is never cut."""
    for px in looks[:-1]:
        try:
            return _drawn(_scene(wanted, px), wanted.how, caption)
        except DataError as error:
            if error.code != _TOO_LONG:
                raise
    return _drawn(_scene(wanted, looks[-1]), wanted.how, caption)


def _scene(wanted: _Wanted, px: float) -> Scene:
    """A scene whose title, mark and sources stand on the page around it."""
    how, size = wanted.how, wanted.size
    name = f"{size[0]:.0f}×{size[1]:.0f} mm"
    made = scene_of(
        wanted.brief, wanted.slide, Page(name, name, *size, px, 0.5, wanted.layout, fine=True),
        english=how.english, palette=how.palette, colouring=wanted.colouring,
    )  # fmt: skip
    notes = made.caption.notes
    if wanted.brief.public:
        notes = (*notes, word("coarse", how.english))
    caption = replace(made.caption, title="", subtitle="", secrecy="", notes=notes)
    return replace(made, caption=caption, legend=True)


def _drawn(scene: Scene, how: How, caption: str) -> Map:
    kind = Kind.PNG if how.dots or _count(scene) > _MANY else Kind.SVG
    data = picture.draw(scene, how.fonts, kind, _DPI)
    return Map(data, kind, scene.page.width, scene.page.height, caption)


def _count(scene: Scene) -> int:
    return sum(len(layer.known.table) for layer in scene.layers)
