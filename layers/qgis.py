"""Our style table as a QGIS style (QML), so that an exported set opens there as it looks here.

One rule per colour and grade: dashes say how far a shape may be believed, as on the map.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd
import shapely

from geo.model import Boundaries, Grade
from layers import feed
from layers.style import GRADE_LABEL, HALO, Ink, Style, of

_MM_PER_PX = 0.2646  # at 96 dots an inch
_SIZE_MM, _LABEL_PT, _HALO_MM = 3.4, 9, 0.8
_SYMBOL = {"square": "square", "diamond": "diamond"}
_TYPE = {0: "marker", 1: "line", 2: "fill"}
_OUTLINE = {Grade.TRACED: "dash", Grade.SCHEMATIC: "dot"}
_DASH_MM = {Grade.TRACED: "2.4;1.3", Grade.SCHEMATIC: "1.9;1.1"}
_Settings = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One colour and grade: which rows, what the legend says, how they are drawn."""

    where: str
    label: str
    ink: str
    grade: Grade
    style: Style


def inks(known: Boundaries, tints: Mapping[str, Ink]) -> list[str]:
    """The colour of each row as #RRGGBB; `tints` are colours of kinds that have their own."""
    return [ink for *_, ink in _rows(known, tints)]


def qml(
    known: Boundaries, dimension: int, fields: Mapping[str, str], tints: Mapping[str, Ink]
) -> str:
    """A style for the points (0), lines (1) or areas (2); `fields` renames columns."""
    found = rules(known, dimension, fields, tints)
    top = Xml.Element(
        "qgis",
        version="3.22.0",
        styleCategories="Symbology|Labeling",
        labelsEnabled=str(int(any(rule.style.labelled for rule in found))),
    )
    renderer = Xml.SubElement(
        top,
        "renderer-v2",
        type="RuleRenderer",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    branch = Xml.SubElement(renderer, "rules", key="zone")
    symbols = Xml.SubElement(renderer, "symbols")
    for i, rule in enumerate(found):
        said = {"filter": rule.where, "label": rule.label, "symbol": str(i), "key": f"rule{i}"}
        Xml.SubElement(branch, "rule", said)
        _symbol(symbols, str(i), rule, dimension)
    if found:
        _labels(top, fields.get("name", "name"), found[0].ink, dimension)
    Xml.SubElement(top, "layerGeometryType").text = str(dimension)
    return Xml.tostring(top, encoding="unicode")


def rules(
    known: Boundaries, dimension: int, fields: Mapping[str, str], tints: Mapping[str, Ink]
) -> list[Rule]:
    """What to draw how, commonest colour first."""
    shapes = shapely.get_dimensions(np.asarray(known.table.geometry.array)) == dimension
    columns = ["set", "grade", "by", "value", "ink"]
    rows = pd.DataFrame(list(_rows(known, tints)), columns=columns)
    special = {str(by): sorted({*part["value"]}) for by, part in rows.groupby("by") if by}
    named = "set" in known.table
    found = []
    for key, part in rows.loc[shapes].groupby(["set", "grade", "by", "ink"], sort=False):
        set_, grade, by, ink = (str(one) for one in key)
        where = [_in("set", [set_], fields)] if named else []
        where.append(_in("grade", [grade], fields))
        if by:
            where.append(_in(by, sorted({*part["value"]}), fields))
        else:
            where += [f"NOT {_in(one, values, fields)}" for one, values in special.items()]
        style = of(set_)
        label = f"{style.label} · {GRADE_LABEL[Grade(grade)][0]}"
        found.append((len(part), Rule(" AND ".join(where), label, ink, Grade(grade), style)))
    return [rule for _, rule in sorted(found, key=lambda one: -one[0])]


def _rows(known: Boundaries, tints: Mapping[str, Ink]) -> Iterator[tuple[str, str, str, str, str]]:
    """Set, grade, what decides the colour (id, kind or nothing) with its value, and the colour."""
    table = known.table
    sets = feed.column(table, "set", known.name)
    grades = feed.column(table, "grade", known.source.grade.value)
    for set_, grade, id_, kind in zip(
        sets, grades, table["id"], feed.column(table, "kind"), strict=True
    ):
        style = of(set_)
        if id_ in style.tint:
            yield set_, grade, "id", id_, style.tint[id_].standard
        elif id_ in style.accent and style.accent_ink:
            yield set_, grade, "id", id_, style.accent_ink.standard
        elif kind in tints:
            yield set_, grade, "kind", kind, tints[kind].standard
        else:
            yield set_, grade, "", "", style.ink.standard


def _in(field: str, values: Sequence[str], fields: Mapping[str, str]) -> str:
    """A condition in QGIS's own words; quotes and backslashes of values are doubled."""
    texts = [value.replace("\\", "\\\\").replace("'", "''") for value in values]
    listed = ", ".join(f"'{text}'" for text in texts)
    column = fields.get(field, field)
    return f'"{column}" IN ({listed})'


def _symbol(symbols: Xml.Element, name: str, rule: Rule, dimension: int) -> None:
    symbol = Xml.SubElement(
        symbols, "symbol", type=_TYPE[dimension], name=name, alpha="1", clip_to_extent="1"
    )
    drawn = {0: _marker, 1: _line, 2: _fill}[dimension]
    for kind, settings in drawn(rule):
        attributes = {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
        layer = Xml.SubElement(symbol, "layer", attributes)
        _options(layer, settings)


def _options(layer: Xml.Element, settings: _Settings) -> None:
    """Settings twice: as QGIS writes them since 3.18, and as it did before."""
    table = Xml.SubElement(layer, "Option", type="Map")
    for name, value in settings.items():
        Xml.SubElement(table, "Option", type="QString", name=name, value=str(value))
    for name, value in settings.items():
        Xml.SubElement(layer, "prop", k=name, v=str(value))


def _marker(rule: Rule) -> Iterator[tuple[str, _Settings]]:
    """Solid where the position is cited, hollow and dotted where schematic."""
    hollow = rule.grade is Grade.SCHEMATIC
    yield (
        "SimpleMarker",
        {
            "name": _SYMBOL.get(rule.style.symbol, "circle"),
            "color": _colour(HALO if hollow else rule.ink),
            "outline_color": _colour(rule.ink if hollow else HALO),
            "outline_style": "dot" if hollow else "solid",
            "outline_width": "0.4",
            "outline_width_unit": "MM",
            "size": _SIZE_MM / 2 if rule.style.symbol == "dot" else _SIZE_MM,
            "size_unit": "MM",
        },
    )


def _line(rule: Rule) -> Iterator[tuple[str, _Settings]]:
    width = rule.style.width or 1.0
    if rule.style.casing:
        yield "SimpleLine", _stroke(HALO, width + 2 * rule.style.casing)
    dash = "" if rule.style.plain else _DASH_MM.get(rule.grade, "")
    dashed = {"use_customdash": "1", "customdash": dash, "customdash_unit": "MM"} if dash else {}
    yield "SimpleLine", {**_stroke(rule.ink, width), **dashed}
    if rule.style.double:
        yield "SimpleLine", _stroke(HALO, width / 2)


def _stroke(ink: str, px: float) -> dict[str, object]:
    return {
        "line_color": _colour(ink),
        "line_width": round(px * _MM_PER_PX, 2),
        "line_width_unit": "MM",
        "line_style": "solid",
        "joinstyle": "round",
        "capstyle": "flat",
    }


def _fill(rule: Rule) -> Iterator[tuple[str, _Settings]]:
    outline = "solid" if rule.style.plain else _OUTLINE.get(rule.grade, "solid")
    yield (
        "SimpleFill",
        {
            "color": _colour(rule.ink, rule.style.fill),
            "style": "solid" if rule.style.fill else "no",
            "outline_color": _colour(rule.ink),
            "outline_style": outline if rule.style.width else "no",
            "outline_width": round(rule.style.width * _MM_PER_PX, 2),
            "outline_width_unit": "MM",
        },
    )


def _labels(top: Xml.Element, field: str, ink: str, dimension: int) -> None:
    labeling = Xml.SubElement(top, "labeling", type="simple")
    settings = Xml.SubElement(labeling, "settings", calloutType="simple")
    text = Xml.SubElement(
        settings,
        "text-style",
        fieldName=field,
        fontFamily="Noto Sans SC",
        fontSize=str(_LABEL_PT),
        fontSizeUnit="Point",
        textColor=_colour(ink),
    )
    Xml.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize=str(_HALO_MM),
        bufferSizeUnits="MM",
        bufferColor=_colour(HALO),
    )
    # Beside points, along lines, over the middle of areas.
    Xml.SubElement(settings, "placement", placement=str({0: 6, 1: 2, 2: 0}[dimension]))


def _colour(ink: str, opacity: float = 1.0) -> str:
    parts = [int(ink[i : i + 2], 16) for i in (1, 3, 5)]
    return ",".join(map(str, chain(parts, [round(255 * opacity)])))
