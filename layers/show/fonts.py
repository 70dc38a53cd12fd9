"""Fonts with only the letters a page needs, small enough to travel inside it."""

import base64
import io
from collections.abc import Iterable

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ALWAYS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "—–·×℃°′″～…“”‘’（）《》、，。：；？！％㎡→←↑↓▲▼◂▸①②③④⑤⑥⑦⑧⑨⑩"
)


def cut(font: bytes, text: Iterable[str]) -> bytes:
    """A TrueType font cut to the letters of some text, as WOFF without a build date."""
    options = subset.Options(
        hinting=False, layout_features=["kern", "mark"], notdef_outline=True, glyph_names=False
    )
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted({ord(letter) for one in text for letter in one}))
    cutter.subset(whole)
    whole.flavor = "woff"
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def face(font: bytes, weight: int) -> str:
    """A font as a rule of a style sheet."""
    data = base64.b64encode(font).decode()
    return (
        f'@font-face {{ font-family: "Noto Sans SC"; font-weight: {weight}; '
        f'src: url("data:font/woff;base64,{data}") format("woff"); }}'
    )
