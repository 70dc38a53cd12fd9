"""How a scenario looks on a map: classes of units, each with its colours and its letter."""

from collections.abc import Sequence

from layers.style import Ink
from layers.tint import Legend, TintClass

_FEW = Ink("#C9CED4", "#C9CED4", "#EEEEEE")
CHANGES: Sequence[Ink] = (
    Ink("#1F5FA8", "#0072B2", "#555555"),
    Ink("#E4572E", "#D55E00", "#8A8A8A"),
    Ink("#3E8E41", "#009E73", "#B0B0B0"),
    Ink("#7A3E9D", "#CC79A7", "#707070"),
    Ink("#E0A100", "#F0E442", "#CFCFCF"),
    Ink("#00796B", "#56B4E9", "#9C9C9C"),
)  # of kinds of change, the largest first; the rest share one
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def change(number: int) -> Ink:
    """Colours of the kind of change that comes as `number`, from 0."""
    return CHANGES[number] if number < len(CHANGES) else _FEW


def color(ink: Ink, palette: str) -> str:
    """One of the three colours; `palette` is its address-bar word."""
    return {"safe": ink.safe, "grey": ink.grey}.get(palette, ink.standard)


def pale(ink: Ink) -> Ink:
    """The same colours, half way to white: what stands behind what was painted."""
    return Ink(*(_paler(one) for one in (ink.standard, ink.safe, ink.grey)))


def _paler(found: str) -> str:
    parts = (int(found[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{(one + 255) // 2:02X}" for one in parts)


def legend(
    named: Sequence[tuple[str, str, str]],
    inks: Sequence[Ink],
    title: tuple[str, str],
    note: tuple[str, str] = ("", ""),
) -> Legend:
    """A legend of classes: key and name in both languages, with the colours of each."""
    classes = tuple(
        TintClass(key, name, english, ink, _LETTERS[at % len(_LETTERS)])
        for at, ((key, name, english), ink) in enumerate(zip(named, inks, strict=True))
    )
    return Legend(*title, classes, *note)
