"""How site checks look: a sign, a letter and a colour for each answer and verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.style import Ink
from layers.tint import Legend, TintClass


@dataclass(frozen=True, slots=True)
class Mark:
    """Sign and letter say the same as the colours do."""

    sign: str
    letter: str
    ink: str
    ground: str


ANSWERS: Mapping[str, Mark] = {
    "HIT": Mark("▲", "涉", "#8a3104", "#fdeee6"),
    "CLEAR": Mark("✓", "否", "#0c5a3b", "#e8f4ee"),
    "NO_DATA": Mark("○", "缺", "#3d4854", "#eef1f4"),
    "FAILED": Mark("×", "败", "#6b1d6b", "#f6eaf6"),
}
VERDICTS: Mapping[str, Mark] = {
    "USABLE": Mark("✓", "可", "#0c5a3b", "#e8f4ee"),
    "CONDITIONAL": Mark("△", "限", "#6b4700", "#fff6e5"),
    "UNKNOWN": Mark("?", "疑", "#3d4854", "#eef1f4"),
    "UNUSABLE": Mark("×", "否", "#9b1c1c", "#fdeaea"),
}
SEVERITIES: Mapping[str, str] = {"BAN": "no", "LIMIT": "warn", "NOTE": ""}
_INKS = {
    "USABLE": Ink("#2e8b57", "#009e73", "#f0f0f0"),
    "CONDITIONAL": Ink("#e0a100", "#f0e442", "#b8b8b8"),
    "UNKNOWN": Ink("#8a93a0", "#999999", "#808080"),
    "UNUSABLE": Ink("#c62828", "#d55e00", "#303030"),
}


def _line(color: str, weight: float, fill: float = 0.0, dash: str | None = None) -> dict[str, Any]:
    return {
        "color": color,
        "weight": weight,
        "fill": fill > 0,
        "fillColor": color,
        "fillOpacity": fill,
        "dashArray": dash,
    }


SHAPES: Mapping[str, Mapping[str, Any]] = {
    "site": _line("#14213d", 2.5),
    "other": _line("#5b6776", 1.8, dash="6 4"),
    "conflict": _line("#c62828", 1.5, 0.45),
    "concern": _line("#1f5fa8", 1.5, 0.3),
    "cut": _line("#00795a", 2.5, 0.3, "3 3"),
    "staged": _line("#7b2cbf", 2.0, 0.15),
}


def shapes(given: list[tuple[str, str, Any]]) -> dict[str, Any]:
    """Shapes (kind, label, geometry with `__geo_interface__`) as the map draws them, with a key."""
    drawn = [
        {"shape": geometry.__geo_interface__, "style": SHAPES[kind]} for kind, _, geometry in given
    ]
    named = {kind: label for kind, label, _ in given}
    key = [{"label": label, "style": SHAPES[kind]} for kind, label in named.items()]
    return {"shapes": drawn, "key": key}


def legend(title: tuple[str, str], names: Mapping[str, tuple[str, str]]) -> Legend:
    """Parcels coloured by verdict; `names` gives the words of each in both languages."""
    classes = tuple(
        TintClass(key, *names[key], ink, VERDICTS[key].letter) for key, ink in _INKS.items()
    )
    return Legend(*title, classes)
