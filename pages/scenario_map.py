"""The map beside a scenario: units in the colours of what they get, are, or change to."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from geo.scenario import Comparison, Land, Outcome, Prepared
from geo.units import AreaUnit
from geo.zone import Zone
from layers import scenario_look
from layers.style import Ink
from layers.tint import Tint
from pages import cells, door, parts, scenario_legend, scenario_words, view
from pages.screens import Screen

_ON = ("sea", "land", "zone", "unit", "road", "place")


def show(
    zone: Zone, tint: Tint, key: str = "scenario", drawn: Mapping[str, Any] | None = None
) -> None:
    """Draw one map with the units coloured, and what is `drawn` over them."""
    screen = Screen(key, on=_ON, panel="compact")
    with st.container(key=f"cmap_{key}", height="stretch"):
        view.show(zone, [], screen=screen, tint=tint, drawn=drawn)


def of_outcome(outcome: Outcome) -> Tint:
    """Units by the use they get; those that stay as they are are not drawn."""
    return _outcome(outcome, parts.unit(), parts.english())


@lru_cache(maxsize=12)
def _outcome(outcome: Outcome, _unit: AreaUnit, _english: bool) -> Tint:
    land, uses = outcome.prepared.land, len(outcome.prepared.labels)
    codes = np.where(outcome.use < uses, outcome.use, -1)
    named = [(one.id, *scenario_words.both(one)) for one in outcome.prepared.labels]
    inks = [scenario_words.ink(one.code) for one in outcome.prepared.labels]
    legend = scenario_look.legend(named, inks, scenario_legend.titled(outcome))
    return cells.coloured(land, codes, legend, sizes(codes, land, uses))


def of_present(prepared: Prepared) -> Tint:
    """Units by the class they have now."""
    return _present(prepared, parts.unit(), parts.english())


@lru_cache(maxsize=4)
def _present(prepared: Prepared, _unit: AreaUnit, _english: bool) -> Tint:
    land = prepared.land
    named = [(one.id, one.name, one.name_en) for one in land.classes]
    inks = [scenario_words.ink(one.codes[0]) for one in land.classes]
    legend = scenario_look.legend(named, inks, pair("present_map"))
    texts = [scenario_words.size(float(m2)) for m2 in land.areas_m2 @ land.shares]
    return cells.coloured(land, land.present, legend, texts)


def of_change(outcome: Outcome, found: Comparison) -> Tint:
    """Units whose use differs, by from and to, most land first."""
    return _change(outcome, found, parts.unit(), parts.english())


@lru_cache(maxsize=6)
def _change(outcome: Outcome, found: Comparison, _unit: AreaUnit, _english: bool) -> Tint:
    names = {one.id: scenario_words.both(one) for one in found.labels}
    names |= {one: pair(one) for one in ("unused", "undecided")}
    named = [
        (f"{a}>{b}", f"{names[a][0]} → {names[b][0]}", f"{names[a][1]} → {names[b][1]}")
        for a, b, _ in found.changes
    ]
    few = len(scenario_look.CHANGES)
    if len(named) > few:
        named = [*named[:few], ("rest", *pair("other_changes"))]
    inks = [change_ink(number) for number in range(len(named))]
    legend = scenario_look.legend(named, inks, pair("change_title"))
    land, codes = outcome.prepared.land, np.minimum(found.codes.astype(np.int16) - 1, few)
    return cells.coloured(land, codes, legend, sizes(codes, land, len(named)))


def change_ink(number: int) -> Ink:
    """Colours of a kind of change."""
    return scenario_look.change(number)


def pair(key: str) -> tuple[str, str]:
    """A text of this page in Chinese and English."""
    chinese, english = door.words()["scenario"][key]
    return chinese, english


def sizes(codes: np.ndarray, land: Land, classes: int) -> list[str]:
    """Area of each class in the reader's unit."""
    there = codes >= 0
    sums = np.bincount(codes[there], land.areas_m2[there], classes)
    return [scenario_words.size(float(m2)) for m2 in sums]
