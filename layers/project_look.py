"""Colours of the project register: the same four in tiles, map and charts, told in grey too."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from layers.style import Ink

INKS: Mapping[str, Ink] = {
    "red": Ink("#C62828", "#B2410B", "#2E2E2E"),
    "yellow": Ink("#F2B705", "#F0CF3C", "#8E8E8E"),
    "green": Ink("#2E8B57", "#0B6FB0", "#5E5E5E"),
    "grey": Ink("#AEB6C0", "#B9BFC6", "#D2D2D2"),
}
_SHAPES = {
    "circle": '<circle cx="11" cy="11" r="9.5"/>',
    "square": '<rect x="2" y="2" width="18" height="18" rx="2"/>',
    "triangle": '<path d="M11,0.8 L21.6,20 L0.4,20 Z" stroke-linejoin="round"/>',
    "diamond": '<path d="M11,0.4 L21.6,11 L11,21.6 L0.4,11 Z" stroke-linejoin="round"/>',
}
_DARK = 150  # luminance above which a letter is dark


@dataclass(frozen=True, slots=True)
class Light:
    """A colour as it is shown: its key, its ink in the palette in use, its shape and letter."""

    key: str
    ink: str
    shape: str
    letter: str
    name: str


def light(key: str, palette: str, shape: str, letter: str, name: str) -> Light:
    """The colour `key` in a palette (``standard``, ``safe`` or ``grey``)."""
    ink = INKS[key]
    inks = {"standard": ink.standard, "safe": ink.safe, "grey": ink.grey}
    return Light(key, inks[palette], shape, letter, name)


def on(ink: str) -> str:
    """Dark or white, whichever is read on an ink."""
    red, green, blue = (int(ink[i : i + 2], 16) for i in (1, 3, 5))
    return "#1e2833" if 0.299 * red + 0.587 * green + 0.114 * blue > _DARK else "#ffffff"


def mark(one: Light) -> str:
    """The shape with its letter, in a box of 22 × 22; for an SVG of any size."""
    down = 15 if one.shape == "triangle" else 11
    return (
        f'<g fill="{one.ink}" stroke="#3a4552" stroke-width="1">{_SHAPES[one.shape]}</g>'
        f'<text x="11" y="{down}" text-anchor="middle" dominant-baseline="central" '
        f'font-size="10.5" font-weight="700" fill="{on(one.ink)}">{escape(one.letter)}</text>'
    )


def icon(one: Light) -> str:
    """The shape with its letter in a line of text: plain HTML, as Streamlit lets no SVG through."""
    return (
        f'<span class="pmark {one.shape}" role="img" aria-label="{escape(one.name, quote=True)}" '
        f'style="background:{one.ink};color:{on(one.ink)}">{escape(one.letter)}</span>'
    )
