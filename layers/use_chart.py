"""A chart of use as Vega-Lite: bars by day in parts. Values arrive in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

_INKS = ("#1F5FA8", "#B45F06", "#2F7D5B", "#7A4FA3", "#C0504D", "#5B8DB8", "#8A7A2F", "#6B7683")


def daily(
    rows: Sequence[tuple[str, str, int]],
    days: Sequence[str],
    titles: Mapping[str, str],
    about: str,
) -> dict[str, Any]:
    """Bars of `rows` (day, what, count) over all `days`; `titles` name day, what and count."""
    kinds = list(dict.fromkeys(what for _, what, _ in rows))
    inks = [_INKS[at % len(_INKS)] for at in range(len(kinds))]
    shown = days if len(days) <= 31 else [day for day in days if day.endswith("-01")]
    tips = [
        {
            "field": key,
            "type": "nominal" if key != "count" else "quantitative",
            "title": titles[key],
        }
        for key in ("day", "what", "count")
    ]
    axis = {"values": list(shown), "labelAngle": -45, "title": None}
    return {
        "description": about,
        "height": 260,
        "data": {"values": [{"day": d, "what": w, "count": n} for d, w, n in rows]},
        "mark": {"type": "bar", "stroke": "#FFFFFF", "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "day", "type": "ordinal", "scale": {"domain": list(days)}, "axis": axis},
            "y": {
                "field": "count",
                "type": "quantitative",
                "title": titles["count"],
                "axis": {"tickMinStep": 1},
            },
            "color": {
                "field": "what",
                "type": "nominal",
                "title": titles["what"],
                "scale": {"domain": kinds, "range": inks},
            },
            "tooltip": tips,
        },
    }
