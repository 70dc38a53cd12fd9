"""Layout: which piece of the page is the map's, the legend's, the imprint's and the sources'."""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.errors import DataError
from layers.picture import graticule, legend, marks
from layers.picture.frame import Frame, fitted
from layers.picture.pages import Layout
from layers.picture.paper import Box
from layers.picture.parts import Part, parts
from layers.picture.sheet import SOFT, Letters, Sheet
from layers.picture.values import Extent, Scene
from layers.picture.words import bracketed, said, word

TITLE, SUBTITLE = Letters(25, heavy=True), Letters(14, SOFT)
SECRECY = Letters(14, heavy=True)
IMPRINT, SMALL = Letters(11), Letters(10.5, SOFT)
_COLUMNS = ((1, 1.0), (1, 0.88), (2, 0.88), (2, 0.78), (3, 0.78))
_BANDS = (0.14, 0.18, 0.22, 0.27, 0.32, 0.38)
_SIZES = (1.0, 0.88, 0.78)
_IMPRINT_PX = 250.0
_LOCATOR_PX = 110.0


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A page divided up, with what stands in its parts."""

    page: Box
    frame: Frame
    parts: tuple[Part, ...]
    lines: tuple[legend.Line, ...]
    setting: legend.Setting | None
    legend_at: Box
    imprint_at: Box
    head: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """One way to divide: the map with its labels, the legend, the imprint; columns to try."""

    map: Box
    legend: Box
    imprint: Box
    tries: tuple[tuple[int, float], ...]


def planned(sheet: Sheet, scene: Scene, extent: Extent) -> Plan:
    """The first division of the page into which everything fits.

    Raises `DataError` PICTURE_LEGEND where the legend is too long for the page.
    """
    page = Box(0, 0, scene.page.width, scene.page.height).grown(-scene.page.margin)
    bare = scene.page.layout is Layout.BARE
    head = () if bare else tuple(_head(sheet, scene, page))
    foot = () if bare else tuple(_foot(sheet, scene, page))
    inner = Box(
        page.left,
        page.bottom + len(foot) * sheet.step(SMALL) + (sheet.px(5) if foot else 0),
        page.right,
        page.top - head_height(sheet, scene, head),
    )
    found: tuple[legend.Line, ...] = ()
    for room in _rooms(sheet, scene, inner):
        inside = room.map.grown(-graticule.room(sheet, scene.view.grid))
        frame = fitted(extent, inside, scene.view.scale, fine=scene.page.fine)
        drawn = tuple(parts(scene, frame))
        if not _wants_legend(scene):
            return Plan(page, frame, drawn, (), None, room.legend, room.imprint, head, foot)
        found = tuple(legend.lines(scene, drawn))
        for columns, size in room.tries:
            setting = legend.arranged(
                sheet, found, (room.legend.width, room.legend.height), columns, size
            )
            if setting:
                return Plan(
                    page, frame, drawn, found, setting, room.legend, room.imprint, head, foot
                )
    raise DataError(
        f"图例有 {len(found)} 行，{scene.page.name}放不下，请换更大的纸、减少图层或合并类别",
        "PICTURE_LEGEND",
    )


def head_height(sheet: Sheet, scene: Scene, head: tuple[str, ...]) -> float:
    """Mm for title, subtitle and secrecy mark."""
    high = len(head) * sheet.step(TITLE)
    if scene.caption.subtitle and scene.page.layout is not Layout.BARE:
        high += sheet.step(SUBTITLE)
    if not high and scene.caption.secrecy and scene.page.layout is not Layout.BARE:
        high = sheet.step(SECRECY)
    return high + (sheet.px(6) if high else 0)


def imprint(sheet: Sheet, scene: Scene, frame: Frame, most: float) -> list[str]:
    """Lines beside the scale bar: scale, plane, north, maker, day, version, approval."""
    caption, english = scene.caption, scene.english
    page = scene.page.name_en if english else scene.page.name
    paper = bracketed(word("on_paper", english).format(page=page), english)
    texts = [
        said("scale", f"{marks.ratio(frame)}{paper}", english),
        said("crs_word", caption.crs or word("crs", english), english),
        word("grid_north", english) + word("semicolon", english) + _true_north(frame, english),
        said("maker", caption.maker, english) if caption.maker else "",
        said("day", caption.day.isoformat(), english) if caption.day else "",
        said("version", str(caption.version), english) if caption.version is not None else "",
        caption.seal.say(english=english),
        said("approval", caption.approval, english) if caption.approval else "",
    ]
    return [line for text in texts if text for line in sheet.lines(text, IMPRINT, most)]


def _true_north(frame: Frame, english: bool) -> str:
    turn = frame.convergence
    side = word("east" if turn >= 0 else "west", english)
    return word("true_north", english).format(side=side, angle=f"{abs(turn):.2f}°")


def _head(sheet: Sheet, scene: Scene, page: Box) -> list[str]:
    title, secrecy = scene.caption.title, scene.caption.secrecy
    mark = sheet.wide(secrecy, SECRECY) + sheet.px(20) if secrecy else 0.0
    return sheet.lines(title, TITLE, page.width - 2 * mark) if title else []


def _foot(sheet: Sheet, scene: Scene, page: Box) -> Iterator[str]:
    """Notes and sources; titles of sources that share a part say it once."""
    caption, english = scene.caption, scene.english
    titles = "；".join(layer.known.source.title for layer in scene.layers).split("；")
    cited = caption.sources or tuple(dict.fromkeys(one.strip() for one in titles if one.strip()))
    for key, texts in (("note", caption.notes), ("source", cited)):
        if texts:
            whole = said(key, word("semicolon", english).join(texts), english)
            yield from sheet.lines(whole, SMALL, page.width)


def _wants_legend(scene: Scene) -> bool:
    if scene.legend is None:
        return scene.page.layout is not Layout.BARE
    return scene.legend


def _rooms(sheet: Sheet, scene: Scene, inner: Box) -> Iterator[_Room]:
    if scene.page.layout is Layout.SIDE:
        yield from _beside(sheet, scene, inner)
    else:
        yield from _below(sheet, scene, inner)


def _beside(sheet: Sheet, scene: Scene, inner: Box) -> Iterator[_Room]:
    """The map at the left; legend above imprint at the right, wider with every column."""
    gap = sheet.px(12)
    for columns in (1, 2, 3):
        wide = sheet.px(legend.COLUMN) * (1 if columns == 1 else columns * 0.86)
        left = inner.right - wide
        probe = Frame(inner, (0.0, 0.0), 1000)
        high = imprint_height(sheet, scene, probe, wide)
        split = inner.bottom + high + gap
        tries = tuple(one for one in _COLUMNS if one[0] == columns)
        yield _Room(
            Box(inner.left, inner.bottom, left - gap, inner.top),
            Box(left, split, inner.right, inner.top),
            Box(left, inner.bottom, inner.right, split - gap),
            tries,
        )


def _below(sheet: Sheet, scene: Scene, inner: Box) -> Iterator[_Room]:
    """The map above; legend and imprint side by side below, higher with every try."""
    bare, gap = (
        scene.page.layout is Layout.BARE,
        sheet.px(4 if scene.page.layout is Layout.BARE else 12),
    )
    wide = 0.0 if bare else sheet.px(_IMPRINT_PX)
    least = 0.0 if bare else imprint_height(sheet, scene, Frame(inner, (0, 0), 1000), wide)
    if bare and not _wants_legend(scene):
        empty = Box(inner.left, inner.bottom, inner.left, inner.bottom)
        yield _Room(inner, empty, empty, ())
        return
    columns = max(int((inner.width - wide - gap) / sheet.px(legend.COLUMN * 0.9)), 1)
    for share in _BANDS:
        high = max(share * inner.height, least)
        split = inner.bottom + high
        right = inner.right - wide - (0 if bare else gap)
        yield _Room(
            Box(inner.left, split + gap, inner.right, inner.top),
            Box(inner.left, inner.bottom, right, split),
            Box(inner.right - wide, inner.bottom, inner.right, split),
            tuple((columns, size) for size in _SIZES),
        )


def imprint_height(sheet: Sheet, scene: Scene, frame: Frame, wide: float) -> float:
    """Mm that the imprint needs, with scale bar and, if asked for, the locator."""
    texts = imprint(sheet, scene, frame, wide)
    high = len(texts) * sheet.step(IMPRINT) + sheet.px(34)
    return high + (sheet.px(_LOCATOR_PX + 26) if scene.locator else 0)


def locator_height(sheet: Sheet) -> float:
    """Mm of the small outline."""
    return sheet.px(_LOCATOR_PX)
