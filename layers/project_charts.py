"""Charts of the project register as Vega-Lite: steps planned against done, and money by month.

Values arrive ready in the reader's language; nothing is fetched and nothing is computed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

_TEXT = "#1E2833"
_SOFT = "#5B6776"
_PLAN = "#7A8794"
_ROW = 46
_SHAPES = {"triangle": "triangle-up", "diamond": "diamond", "circle": "circle", "square": "square"}
Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One moment of one step: planned or done.

    `track` is ``plan``, ``done``, or ``late`` for what is still open on its `day`; `ink` and
    `shape` are those of the step's light; `start` is the other end of a line that shows lateness,
    empty for none; `label` is written beside. Days are ISO text.
    """

    row: str
    track: str
    step: str
    day: str
    told: str
    why: str
    ink: str
    shape: str
    letter: str
    start: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The time shown, the day asked of, which has a line, and a tick every `step` months."""

    start: str
    end: str
    today: str
    step: int = 1

    def holds(self, day: str) -> bool:
        """Whether a day is in the time shown."""
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days are shown."""
        return (date.fromisoformat(self.end) - date.fromisoformat(self.start)).days


def gantt(
    points: Sequence[Point], rows: Sequence[str], window: Window, words: Mapping[str, str]
) -> Spec:
    """Milestones of projects, one row each: planned above, done below, lateness as a line."""
    shown = _axes(rows, window)
    x = shown["x"]
    tip = [
        {"field": name, "type": "nominal", "title": words[name]}
        for name in ("row", "step", "track_name", "told", "why")
    ]
    values = [
        asdict(one)
        | {"track_name": words[one.track], "lane": "plan" if one.track == "plan" else "done"}
        for one in points
    ]
    shown |= {"tooltip": tip}
    return {
        "data": {"values": values},
        "height": {"step": _ROW / 2},
        "config": {"view": {"stroke": None}, "axis": {"gridColor": "#E6EAEE"}},
        "layer": [
            _today(window, words["today"], x | {"scale": _time(window)}),
            {
                "transform": [{"filter": "datum.start != ''"}],
                "mark": {"type": "rule", "strokeWidth": 3, "strokeDash": [5, 2]},
                "encoding": shown | {"x": x | {"field": "start"}, "x2": {"field": "day"}, **_ink()},
            },
            _points("plan", shown, filled=False),
            _points("done", shown, filled=True),
            {
                "mark": {"type": "text", "dx": 11, "align": "left", "fontSize": 11.5},
                "encoding": shown | {"text": {"field": "label"}, "color": {"value": _TEXT}},
            },
        ],
    }


def _axes(rows: Sequence[str], window: Window) -> Spec:
    """Time across; projects down, each with a lane for what is planned and one for what is done."""
    y: Spec = {
        "field": "row",
        "type": "nominal",
        "sort": list(rows),
        "title": None,
        "scale": {"domain": list(rows)},
        "axis": {"labelLimit": 300, "labelFontSize": 13, "labelColor": _TEXT, "ticks": False,
                 "grid": True, "tickBand": "extent", "domain": False},
    }  # fmt: skip
    offset: Spec = {"field": "lane", "type": "nominal", "scale": {"domain": ["plan", "done"]}}
    x: Spec = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc"},
        "axis": {
            "format": "%Y-%m",
            "labelFontSize": 12,
            "labelColor": _SOFT,
            "labelOverlap": True,
            "tickCount": {"interval": "month", "step": window.step},
        },
    }
    return {"x": x, "y": y, "yOffset": offset}


def _ink(channel: str = "color") -> Spec:
    return {channel: {"field": "ink", "type": "nominal", "scale": None, "legend": None}}


def _points(track: str, shown: Spec, *, filled: bool) -> Spec:
    """Hollow where planned, filled where done; the shape is that of the step's light."""
    mark: Spec = {"type": "point", "size": 150, "opacity": 1, "strokeWidth": 2}
    shapes = {"domain": list(_SHAPES), "range": list(_SHAPES.values())}
    more: Spec = {"shape": {"field": "shape", "type": "nominal", "scale": shapes, "legend": None}}
    if filled:
        mark |= {"filled": True, "stroke": "#3A4552", "strokeWidth": 1}
        more |= _ink("fill")
    else:
        mark |= {"filled": True, "fill": "#FFFFFF"}
        more |= _ink("stroke")
    keep = [{"filter": f"datum.track == '{track}'"}]
    return {"transform": keep, "mark": mark, "encoding": shown | more}


def _time(window: Window) -> Spec:
    return {"type": "utc", "domain": [window.start, window.end]}


def _today(window: Window, label: str, x: Spec) -> Spec:
    return {
        "data": {"values": [{"day": window.today, "label": f"{label} {window.today}"}]},
        "layer": [
            {
                "mark": {"type": "rule", "color": "#C800D6", "strokeWidth": 1.5},
                "encoding": {"x": x},
            },
            {
                "mark": {"type": "text", "align": "right", "baseline": "top", "dx": -5,
                         "fontSize": 12, "color": "#8E0098"},
                "encoding": {
                    "x": x,
                    "y": {"value": 2},
                    "text": {"field": "label"},
                },
            },
        ],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """Money (万元) of one month: series as named on screen; None draws nothing."""

    month: str
    series: str
    wan: float | None


def months(sums: Sequence[Sum], order: Sequence[str], unit: str) -> Spec:
    """Bars by month, one for each series; the second series is hatched by its outline for grey."""
    return {
        "data": {"values": [asdict(one) for one in sums]},
        "mark": {"type": "bar", "stroke": "#3A4552", "strokeWidth": 0.8, "tooltip": True},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "title": None,
                "axis": {"labelAngle": 0},
                "scale": {"domain": list(dict.fromkeys(one.month for one in sums))},
            },
            "xOffset": {"field": "series", "sort": list(order)},
            "y": {"field": "wan", "type": "quantitative", "title": unit},
            "color": _series(order, ["#C9D3DE", "#1F5FA8"], "square"),
        },
    }


def curve(
    sums: Sequence[Sum], order: Sequence[str], plan: float | None, words: Mapping[str, str]
) -> Spec:
    """Money since the year began, with the year's plan as a line where there is one."""
    layers: list[Spec] = [
        {
            "data": {"values": [asdict(one) for one in sums]},
            "mark": {"type": "line", "point": {"size": 55}, "strokeWidth": 2.5, "tooltip": True},
            "encoding": {
                "x": {"field": "month", "type": "ordinal", "title": None,
                      "axis": {"labelAngle": 0}},
                "y": {"field": "wan", "type": "quantitative", "title": words["unit"]},
                "color": _series(order, ["#7A8794", "#1F5FA8"], "stroke"),
                "strokeDash": {"field": "series", "sort": list(order), "legend": None},
            },
        }
    ]  # fmt: skip
    if plan is not None:
        line = {"values": [{"wan": plan, "label": words["plan"]}]}
        y = {"field": "wan", "type": "quantitative"}
        layers += [
            {"data": line, "mark": {"type": "rule", "color": "#C8500A"}, "encoding": {"y": y}},
            {
                "data": line,
                "mark": {"type": "text", "align": "left", "dx": 4, "dy": -7, "color": "#8A3104",
                         "x": 0, "fontSize": 12},
                "encoding": {"y": y, "text": {"field": "label"}},
            },
        ]  # fmt: skip
    return {"layer": layers}


def _series(order: Sequence[str], inks: Sequence[str], symbol: str) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(order), "range": list(inks)},
        "legend": {"orient": "top", "labelFontSize": 12, "symbolType": symbol},
    }
