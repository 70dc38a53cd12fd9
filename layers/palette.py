"""Colours of land use: the usual planning colours, and two for other eyes and for printing.

The safe colours differ by at least 15 (CIE 1976) between any two first-level classes, with
usual sight and with red- and green-blindness as Machado simulates them. Greys cannot keep 24
classes apart, so on grey paper the code written on the shape does.
"""

from collections.abc import Callable, Mapping

from geo.model import Boundaries, Use
from layers import feed
from layers.style import Ink

BY_USE = frozenset({"parcel", "landuse", "landcover"})  # sets coloured by class of land use

# Where the standard gives a first-level class no colour of its own, its commonest class lends one.
_LENT: Mapping[str, str] = {"07": "0701", "08": "0801", "10": "1001", "14": "1401"}
SAFE: Mapping[str, str] = {
    "01": "#E6E6D1", "02": "#BCE6A7", "03": "#68BC68", "04": "#D1FB7D", "05": "#53BC92",
    "06": "#BCBC53", "07": "#E6FB29", "08": "#E63ED1", "09": "#FB1414", "10": "#926853",
    "11": "#533EA7", "12": "#BCBCD1", "13": "#14687D", "14": "#7DD114", "15": "#7D9229",
    "16": "#E6E6FB", "17": "#147DBC", "18": "#7DD1FB", "19": "#5392A7", "20": "#7DA7FB",
    "21": "#687D7D", "22": "#3E5353", "23": "#535329", "24": "#A768FB",
}  # fmt: skip
_PLAIN = "#C9CED4"  # a class the table does not know


def ink(use: Use | None, uses: Mapping[str, Use]) -> Ink:
    """The three colours of a class; a plain grey for one that is not in the table."""
    if use is None:
        return Ink(_PLAIN, _PLAIN, _PLAIN)
    lent = uses.get(_LENT.get(use.code, ""))
    standard = use.color or (lent.color if lent else "") or uses[use.first].color or _PLAIN
    return Ink(standard, SAFE.get(use.first, _PLAIN), _grey(standard))


def tints(
    known: Boundaries,
    uses: Mapping[str, Use],
    find: Callable[[Mapping[str, Use], str], Use | None],
) -> dict[str, Ink]:
    """Colours of the kinds of a set of land use: those of the classes that `find` tells."""
    if known.name not in BY_USE:
        return {}
    kinds = (str(one["key"]) for one in feed.classes(known))
    return {kind: ink(find(uses, kind), uses) for kind in kinds}


def _grey(color: str) -> str:
    """The luminance of a colour as a grey, kept light enough to write a code on."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    light = round(0.299 * red + 0.587 * green + 0.114 * blue)
    level = 90 + light * 155 // 255
    return f"#{level:02X}{level:02X}{level:02X}"
