"""Totals by stage and something else, as a table and as a chart."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from geo.supply.totals import Cross
from geo.zone import Zone
from layers import supply_chart, supply_look
from pages import address, parts, supply_book, supply_words

Cell = str | int | Decimal | None


def names(zone: Zone, cross: Cross) -> Mapping[str, str]:
    """Key of each group as readers see it, the biggest first."""
    places: Mapping[str, tuple[str, str]] = {}
    if cross.by in ("unit", "park", "district"):
        places = supply_book.names(zone, zone.version, cross.by)
    order = sorted(cross.columns, key=lambda one: (not one.other, -one.area_m2, one.other))
    if cross.by == "year":
        order = sorted(cross.columns, key=lambda one: (not one.other, one.other))
    found = dict[str, str]()
    for one in order:
        key = one.other
        said = parts.say(*places[key]) if key in places else key
        said = supply_words.use(key) if cross.by == "use" else said
        found[key] = supply_words.realm(key) if cross.by == "realm" else said
        found[key] = found[key] or parts.t("supply", f"none_{cross.by}")
    return found


def table(cross: Cross, named: Mapping[str, str], by: str) -> pd.DataFrame:
    """Groups down, stages across, parcels and areas; the last row is the total as printed."""
    words = parts.section("supply")
    stages = [(row.key, supply_words.status(row.key)) for row in cross.rows]
    areas = {(cell.other, cell.key): cell.shown for cell in cross.cells}
    columns = {one.other: one for one in cross.columns}
    lines = list[dict[str, Cell]]()
    for key, name in named.items():
        whole = columns[key]
        line: dict[str, Cell] = {"": name, words["parcels_head"]: whole.count}
        line[words["total"]] = whole.shown
        lines.append(line | {label: areas.get((key, stage)) for stage, label in stages})
    last: dict[str, Cell] = {"": words["total"], words["parcels_head"]: cross.whole.count}
    last[words["total"]] = cross.whole.shown
    for (_, label), row in zip(stages, cross.rows, strict=True):
        last[label] = row.shown
    lines.append(last)
    cells = [{name: _cell(value) for name, value in line.items()} for line in lines]
    return pd.DataFrame(cells).rename(columns={"": words[f"by_{by}"]})


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else f"{value:,}"


def chart(cross: Cross, named: Mapping[str, str], by: str, about: str) -> Any:
    """Bars of each group in parts of stages."""
    words, palette = parts.section("supply"), address.palette()
    colors = {
        supply_words.status(row.key): supply_look.color(row.key, palette) for row in cross.rows
    }
    rank = {key: at for at, key in enumerate(named)}
    cells = sorted(cross.cells, key=lambda one: rank[one.other])
    rows = pd.DataFrame(
        {
            "group": [named[one.other] for one in cells],
            "part": [supply_words.status(one.key) for one in cells],
            "value": [float(one.shown) for one in cells],
            "count": [one.count for one in cells],
            "text": [f"{one.shown:,f} {supply_words.sign()}" for one in cells],
        }
    )
    titles = {
        "group": words[f"by_{by}"],
        "part": words["col_status"],
        "value": f"{words['col_area']}/{supply_words.sign()}",
        "count": words["parcels_head"],
    }
    return supply_chart.stacked(rows, colors, titles, about)
