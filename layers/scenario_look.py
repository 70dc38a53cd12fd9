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
_PERIODS: Sequence[Ink] = (
    Ink("#DCEBDD", "#F0E442", "#F0F0F0"),
    Ink("#8CC79A", "#56B4E9", "#CFCFCF"),
    Ink("#3E9E86", "#009E73", "#A8A8A8"),
    Ink("#2F7FB2", "#0072B2", "#808080"),
    Ink("#4A4FA0", "#CC79A7", "#5A5A5A"),
    Ink("#6B2C7F", "#D55E00", "#333333"),
)  # from the first to the last
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def change(number: int) -> Ink:
    """Colours of the kind of change that comes as `number`, from 0."""
    return CHANGES[number] if number < len(CHANGES) else _FEW


def periods(number: int) -> list[Ink]:
    """Colours of so many periods, up to six, from pale to dark and as far apart as may be."""
    first, last = int(number < len(_PERIODS)), len(_PERIODS) - 1
    wide = (last - first) / max(number - 1, 1)
    return [_PERIODS[round(first + i * wide)] for i in range(number)]


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
