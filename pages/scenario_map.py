"""The map beside a scenario: units in the colours of what they get, are, or change to."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from geo.scenario import Comparison, Outcome, Prepared
from geo.units import AreaUnit
from geo.zone import Zone
from layers import scenario_look
from layers.scenario_look import Sheet
from layers.style import Ink
from pages import address, parts, scenario_words, view
from pages.screens import Screen

_ON = ("sea", "land", "zone", "unit", "road", "place")


def show(zone: Zone, drawn: dict[str, Any], key: str = "scenario") -> None:
    """Draw one map with the shapes given."""
    with st.container(key=f"cmap_{key}", height="stretch"):
        view.show(zone, [], screen=Screen(key, on=_ON, panel="compact"), drawn=drawn)


def of_outcome(outcome: Outcome) -> dict[str, Any]:
    """Units by the use they get; those that stay as they are are not drawn."""
    return _outcome(outcome, address.palette(), parts.english(), parts.unit())


@lru_cache(maxsize=12)
def _outcome(outcome: Outcome, palette: str, _english: bool, _unit: AreaUnit) -> dict[str, Any]:
    land, sheets = outcome.prepared.land, []
    for k, label in enumerate(outcome.prepared.labels):
        mine = outcome.use == k
        told = count(scenario_words.use(label), mine, land.areas_m2)
        sheets.append(Sheet(land.planes[mine], told, scenario_words.ink(label.code)))
    return scenario_look.shapes(sheets, palette)


def of_present(prepared: Prepared) -> dict[str, Any]:
    """Units by the class they have now."""
    return _present(prepared, address.palette(), parts.english(), parts.unit())


@lru_cache(maxsize=4)
def _present(prepared: Prepared, palette: str, english: bool, _unit: AreaUnit) -> dict[str, Any]:
    land, sheets = prepared.land, []
    areas = land.areas_m2 @ land.shares
    for k, one in enumerate(land.classes):
        name = one.name_en if english else one.name
        told = f"{name} {scenario_words.size(float(areas[k]))}"
        ink = scenario_words.ink(one.codes[0])
        sheets.append(Sheet(land.planes[land.present == k], told, ink))
    return scenario_look.shapes(sheets, palette)


def of_change(outcome: Outcome, found: Comparison) -> dict[str, Any]:
    """Units whose use differs, by from and to, most land first."""
    return _change(outcome, found, address.palette(), parts.english(), parts.unit())


@lru_cache(maxsize=6)
def _change(
    outcome: Outcome, found: Comparison, palette: str, _english: bool, _unit: AreaUnit
) -> dict[str, Any]:
    words, land = scenario_words.words(), outcome.prepared.land
    names = {label.id: scenario_words.use(label) for label in found.labels}
    names |= {"unused": words["unused"], "undecided": words["undecided"]}
    sheets = []
    for number, (start, end, _) in enumerate(found.changes):
        mine = found.codes == number + 1
        told = count(f"{names[start]} → {names[end]}", mine, land.areas_m2)
        sheets.append(Sheet(land.planes[mine], told, change_ink(number)))
    return scenario_look.shapes(sheets, palette)


def change_ink(number: int) -> Ink:
    """Colours of a kind of change."""
    return scenario_look.change(number)


def count(name: str, mine: np.ndarray, areas_m2: np.ndarray) -> str:
    """A class in the key: name, units, area."""
    text = scenario_words.words()["key"]
    size = scenario_words.size(float(areas_m2[mine].sum()))
    return text.format(name=name, number=int(mine.sum()), area=size)
