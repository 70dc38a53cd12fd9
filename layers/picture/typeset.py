"""Type: what our fonts hold, how wide text is, and where lines of Chinese may break."""

from dataclasses import dataclass
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from geo.errors import SettingError
from layers.picture.values import FontBook

MISSING = "〓"  # what Chinese printers set for a character they do not have
LINE = 1.35  # line height in em
CENTRE = 0.37  # of a Chinese character above the base line, in em
_NOT_FIRST = frozenset("，。、；：！？）》」』】〕％％·…—,.;:!?)]}%°′″㎡")
_NOT_LAST = frozenset("（《「『【〔([{￥$±")


@dataclass(frozen=True, slots=True)
class Face:
    """One font: its file and the characters it holds."""

    path: str
    held: frozenset[int]


@cache
def face(path: str) -> Face:
    """A font by its file; raises `SettingError` FONT_MISSING."""
    try:
        return Face(path, frozenset(_font(path).get_charmap()))
    except (OSError, RuntimeError) as error:
        raise SettingError(f"读不到制图字体 {path}，请重新安装", "FONT_MISSING") from error


@cache
def _font(path: str) -> FT2Font:
    return FT2Font(path)


@cache
def _advance(path: str, character: str) -> float:
    font = _font(path)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance) / font.units_per_EM


def chosen(fonts: FontBook, text: str, *, heavy: bool) -> tuple[Face, str]:
    """The font that holds a text, and the text with marks for what neither font holds."""
    strong, plain = face(fonts.bold), face(fonts.regular)
    codes = {ord(character) for character in text}
    if heavy and codes <= strong.held:
        return strong, text
    return plain, "".join(c if ord(c) in plain.held else MISSING for c in text)


def width(fonts: FontBook, text: str, *, heavy: bool = False) -> float:
    """Width of a text in em; kerning, which could only make it less, is left out."""
    found, shown = chosen(fonts, text, heavy=heavy)
    return sum(_advance(found.path, character) for character in shown)


def properties(found: Face, points: float) -> FontProperties:
    """The font at a size, for matplotlib."""
    return FontProperties(fname=found.path, size=points)


def pieces(text: str) -> list[str]:
    """A text cut where a line may end: between Chinese characters, after spaces.

    Closing marks stay with what they close, opening ones with what they open, Latin words
    and figures stay whole.
    """
    out: list[str] = []
    for character in text:
        if out and not _breaks(out[-1][-1], character):
            out[-1] += character
        else:
            out.append(character)
    return out


def _breaks(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before == " " or _wide(before) or _wide(after)


def _wide(character: str) -> bool:
    return ord(character) >= 0x2E80


def wrapped(fonts: FontBook, text: str, most: float, *, heavy: bool = False) -> list[str]:
    """Lines of a text that are at most `most` em wide; a longer word is cut."""
    lines, so_far = [], ""
    for piece in pieces(" ".join(text.split())):
        for part in _cut(fonts, piece, most, heavy):
            if so_far and width(fonts, (so_far + part).rstrip(), heavy=heavy) > most:
                lines.append(so_far.rstrip())
                so_far = ""
            so_far += part if so_far else part.lstrip()
    return [*lines, so_far.rstrip()] if so_far.strip() else lines


def _cut(fonts: FontBook, piece: str, most: float, heavy: bool) -> list[str]:
    if width(fonts, piece, heavy=heavy) <= most:
        return [piece]
    out = [""]
    for character in piece:
        if out[-1] and width(fonts, out[-1] + character, heavy=heavy) > most:
            out.append("")
        out[-1] += character
    return out
