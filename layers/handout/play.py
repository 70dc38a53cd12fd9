"""The time slider as a GIF: one frame for every period, its day large, the legend in its place."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageColor, ImageDraw, ImageFile, ImageFont

from geo.errors import DataError
from layers import picture
from layers.brief import words
from layers.brief.scene import scene_of
from layers.brief.values import Brief, Look, Slide
from layers.handout import maps, slides
from layers.handout.values import How
from layers.picture import Kind, Layout, Page, Scene
from layers.picture.typeset import face
from layers.style import Palette

SIZE = (1280, 720)
_HEAD, _FOOT, _SIDE = 96, 54, 24  # px
_DPI = 96.0
_LOOKS = (0.31, 0.27, 0.235, 0.205)  # mm of one px of the screen's styles, tried in turn
_STEP_MS, _LAST_MS = 1600, 4500
_ALMOST = 248  # level from which a mixed colour would be taken for white, which is kept exact
_INK, _SOFT, _MAIN, _BAD, _LINE = "#1A1F24", "#55606B", "#14507F", "#A61B1B", "#C3CAD1"


@dataclass(frozen=True, slots=True)
class _Card:
    """What stands around the maps, frame after frame."""

    title: str
    under: str
    secrecy: str
    marks: tuple[str, ...]
    days: tuple[str, ...]


def played(brief: Brief) -> Slide:
    """The slide that is played over periods. Raises `DataError` GIF_PERIODS where none is."""
    for slide in brief.slides:
        if slide.look is not None and slide.look.periods:
            return slide
    text = "汇报中没有按时段播放的地图（台账还没有数据，或章节已隐藏），请先登记台账或加入时段章节"
    raise DataError(text, "GIF_PERIODS")


def gif(brief: Brief, how: How) -> bytes:
    """The GIF of the first slide that is played over periods; raises `DataError` GIF_PERIODS."""
    slide = played(brief)
    keys = (slide.look or Look()).periods
    card = _Card(
        slide.title.say(how.english),
        "　".join(slides.about(brief, how.english)[1:]),
        words.secrecy(brief, how.english),
        tuple(slides.marks(brief, how.english)),
        tuple(maps.dated(brief, key, how) for key in keys),
    )
    drawn = _steady(brief, slide, keys, how)
    frames = [_frame(scene, card, number, how) for number, scene in enumerate(drawn)]
    tones = [one for key in keys if (known := brief.colourings.get(key)) for one in known.tones]
    told = words.state(brief, how.english)
    inks = [getattr(one.ink, how.palette.value) for one in tones]
    if how.palette is Palette.GREY:
        frames = [one.convert("L").convert("RGB") for one in frames]
        return _bound(frames, tuple(dict.fromkeys(["#FFFFFF", *inks])), told)
    return _bound(frames, tuple(dict.fromkeys(["#FFFFFF", _INK, _MAIN, _BAD, *inks])), told)


def _steady(brief: Brief, slide: Slide, keys: Sequence[str], how: How) -> list[Scene]:
    """Scenes whose maps stand at the same place, however long their legends are."""
    wide, high = (SIZE[0] - 2 * _SIDE) / _DPI * 25.4, (SIZE[1] - _HEAD - _FOOT) / _DPI * 25.4
    found = list[Scene]()
    for px in _LOOKS:
        page = Page("96 dpi 画面", "a 96 dpi screen", wide, high, px, 0.6, Layout.SIDE, fine=True)
        found = [_scene(brief, slide, page, how, key) for key in keys]
        boxes = {picture.compose(one, how.fonts).frame.box for one in found}
        if len(boxes) == 1:
            break
    return found


def _scene(brief: Brief, slide: Slide, page: Page, how: How, key: str) -> Scene:
    made = scene_of(
        brief, slide, page, english=how.english, palette=how.palette, colouring=key
    )  # fmt: skip
    caption = replace(made.caption, title="", subtitle="", secrecy="")
    return replace(made, caption=caption, locator=None)


def _frame(scene: Scene, card: _Card, number: int, how: How) -> Image.Image:
    """One frame: title and day above, the map, the periods so far below."""
    frame = Image.new("RGB", SIZE, "#FFFFFF")
    frame.paste(_pixels(picture.draw(scene, how.fonts, Kind.PNG, int(_DPI))), (_SIDE, _HEAD))
    pen = _Pen(ImageDraw.Draw(frame), how)
    left = pen.right(SIZE[0] - _SIDE, 46, card.days[number], _Type(54, _MAIN)) - 24
    for mark in reversed(card.marks):
        left = pen.chip(left, 46, mark) - 10
    start = float(_SIDE)
    if card.secrecy:
        start = pen.text(start, 30, card.secrecy, _Type(20, _INK)) + 16
    title, under = _Type(28, _INK), _Type(17, _SOFT, heavy=False)
    pen.text(start, 30, pen.cut(card.title, title, left - start), title)
    pen.text(_SIDE, 66, pen.cut(card.under, under, left - _SIDE), under)
    _track(pen, card.days, number)
    return frame


def _pixels(png: bytes) -> Image.Image:
    parser = ImageFile.Parser()
    parser.feed(png)
    return parser.close().convert("RGB")


def _track(pen: "_Pen", days: Sequence[str], number: int) -> None:
    """All periods on a line, filled as far as this one."""
    y, first, last = SIZE[1] - 36, _SIDE + 50, SIZE[0] - _SIDE - 50
    step = (last - first) / max(len(days) - 1, 1)
    pen.draw.line([(first, y), (last, y)], _LINE, 3)
    pen.draw.line([(first, y), (first + step * number, y)], _MAIN, 5)
    room = max(int(110 / step) + 1, 1) if len(days) > 1 else 1  # days would run into one another
    for i, day in enumerate(days):
        x, reach = first + step * i, 8 if i == number else 5
        ink = _MAIN if i <= number else _LINE
        pen.draw.ellipse([x - reach, y - reach, x + reach, y + reach], ink)
        if i % room == 0 or i == number:
            pen.middle(x, y + 21, day, _Type(15, _INK if i == number else _SOFT, heavy=False))


def _bound(frames: Sequence[Image.Image], kept: Sequence[str], told: str) -> bytes:
    """Frames in one file with one set of colours, so that none flickers; `kept` stay exact.

    `told` stands in the file, not in the picture.
    """
    column = Image.new("RGB", (SIZE[0], SIZE[1] * len(frames)))
    for i, frame in enumerate(frames):
        column.paste(frame, (0, i * SIZE[1]))
    rest = column.quantize(256 - len(kept), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    exact = [ImageColor.getrgb(one)[:3] for one in kept]
    levels = rest.getpalette() or []
    found = [tuple(levels[i : i + 3]) for i in range(0, 3 * (256 - len(kept)), 3)]
    found = [one for one in found if len(one) == 3 and min(one) < _ALMOST]
    colours = Image.new("P", (1, 1))
    colours.putpalette([level for one in (*exact, *found) for level in one])
    plain = [one.quantize(palette=colours, dither=Image.Dither.NONE) for one in frames]
    out = io.BytesIO()
    plain[0].save(
        out, "GIF", save_all=True, append_images=plain[1:], loop=0, optimize=False, disposal=1,
        duration=[*([_STEP_MS] * (len(plain) - 1)), _LAST_MS], comment=told.encode(),
    )  # fmt: skip
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Type:
    """How a line is set: px, colour, weight."""

    size: int
    ink: str
    heavy: bool = True


class _Pen:
    """Text on a frame in our own fonts; heights are those of the middle of a line."""

    def __init__(self, draw: ImageDraw.ImageDraw, how: How) -> None:
        self.draw = draw
        self.fonts = how.fonts

    def font(self, text: str, look: _Type) -> ImageFont.FreeTypeFont:
        """The font that holds a text."""
        held = face(self.fonts.bold).held
        strong = look.heavy and all(ord(letter) in held for letter in text)
        return ImageFont.truetype(self.fonts.bold if strong else self.fonts.regular, look.size)

    def text(self, x: float, y: float, text: str, look: _Type) -> float:
        """A line from its left end; where it ends."""
        font = self.font(text, look)
        self.draw.text((x, y), text, look.ink, font, anchor="lm")
        return x + font.getlength(text)

    def right(self, x: float, y: float, text: str, look: _Type) -> float:
        """A line up to its right end; where it starts."""
        font = self.font(text, look)
        self.draw.text((x, y), text, look.ink, font, anchor="rm")
        return x - font.getlength(text)

    def middle(self, x: float, y: float, text: str, look: _Type) -> None:
        """A line around its middle."""
        self.draw.text((x, y), text, look.ink, self.font(text, look), anchor="mm")

    def chip(self, x: float, y: float, text: str) -> float:
        """A framed word up to its right end; where it starts."""
        look = _Type(20, _BAD)
        left = x - self.font(text, look).getlength(text) - 20
        self.draw.rectangle([left, y - 18, x, y + 18], outline=_BAD, width=2)
        self.text(left + 10, y, text, look)
        return left

    def cut(self, text: str, look: _Type, room: float) -> str:
        """As much of a text as there is room for."""
        font, kept = self.font(text, look), text
        while kept and font.getlength(kept) > room:
            kept = kept[:-1]
        return text if kept == text else kept[:-1] + "…"
