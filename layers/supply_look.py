"""How stages of supply look: colours in three palettes, a letter beside, the legend of a map."""

from collections.abc import Mapping, Sequence

from layers.style import Ink
from layers.tint import Legend, TintClass

# Before supply green to amber, supplied and built in blue, found idle or low red and orange.
INKS: Mapping[str, Ink] = {
    "reserve": Ink("#B8C4CF", "#BFC9D4", "#F2F2F2"),
    "approved": Ink("#E8B93C", "#F0E442", "#DADADA"),
    "prepared": Ink("#D2BE93", "#D9C89B", "#E6E6E6"),
    "available": Ink("#3F9B57", "#009E73", "#A8A8A8"),
    "notice": Ink("#82C27C", "#5CCBA6", "#C4C4C4"),
    "deal": Ink("#BFD95C", "#B9E5D2", "#D0D0D0"),
    "supplied": Ink("#A9CDEE", "#9AD0F5", "#CACACA"),
    "delivered": Ink("#6AA5DB", "#56B4E9", "#B2B2B2"),
    "started": Ink("#2F78BD", "#0072B2", "#888888"),
    "completed": Ink("#1E5688", "#33658A", "#707070"),
    "producing": Ink("#12375C", "#0B3C5D", "#505050"),
    "idle": Ink("#C62828", "#D55E00", "#5E5E5E"),
    "low": Ink("#E6792F", "#E69F00", "#929292"),
    "recovered": Ink("#8C69AE", "#A0529A", "#7C7C7C"),
    "renewal": Ink("#C794C9", "#D9A6D0", "#BBBBBB"),
}
_OTHER = Ink("#C9CED4", "#C9CED4", "#EEEEEE")  # a stage that an office added to the rules


def ink(status: str) -> Ink:
    """Colours of a stage."""
    return INKS.get(status, _OTHER)


def color(status: str, palette: str = "standard") -> str:
    """One colour of a stage as #RRGGBB; `palette` is its address-bar word."""
    found = ink(status)
    return {"safe": found.safe, "grey": found.grey}.get(palette, found.standard)


def letter_color(fill: str) -> str:
    """Black or white, whichever is read better on a fill."""
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    return "#1E2833" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#FFFFFF"


def legend(stages: Sequence[tuple[str, str, str, str, str]], titles: tuple[str, str]) -> Legend:
    """The legend of the map: id, name, English name and the two letters of each stage."""
    classes = tuple(
        TintClass(id_, name, en, ink(id_), letter, letter_en=other)
        for id_, name, en, letter, other in stages
    )
    return Legend(titles[0], titles[1], classes, letters=True)
