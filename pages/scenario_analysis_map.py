"""Maps of an analysis: every unit in the colour of how firm, contested or dear it is."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo import measure, scenario
from geo.scenario import Choices, Firmness, Outcome, UseLabel
from geo.terrain.sensitivity import Conflict
from geo.units import mu
from layers import scenario_look, scenario_shades
from layers.style import SELECTION, Ink
from layers.tint import Tint
from pages import cells, parts, scenario_map

Rows = Sequence[tuple[str, Ink]]
_SHARES = (0.1, 0.3, 0.6, 1.0)  # of the units that cost something: the dearest first


def made(outcome: Outcome, codes: np.ndarray, title: str, rows: Rows) -> Tint:
    """Units by the number of their class, -1 for not drawn; classes with their areas beside."""
    land, numbers = outcome.prepared.land, codes.astype(np.int64)
    named = [(str(i), name, name) for i, (name, _) in enumerate(rows)]
    legend = scenario_look.legend(named, [ink for _, ink in rows], (title, title))
    return cells.coloured(land, numbers, legend, scenario_map.sizes(numbers, land, len(rows)))


def outlined(outcome: Outcome, number: int | None) -> dict[str, Any] | None:
    """The edge of one unit, to be drawn over the map; None for none."""
    if number is None:
        return None
    shape = measure.to_stored(outcome.prepared.land.planes[number])
    style = {"color": SELECTION, "weight": 3, "fill": False, "dashArray": None}
    return {"shapes": [{"shape": shape.__geo_interface__, "style": style}], "key": []}


def of_choices(outcome: Outcome, found: Choices, use: int | None) -> Tint:
    """In how many of the plans each unit is chosen: for a use, or for any."""
    words, uses = parts.section("study"), len(outcome.prepared.labels)
    times = found.times[:, :uses].sum(axis=1) if use is None else found.times[:, use]
    codes, rows = np.full(len(times), -1), list[tuple[str, Ink]]()
    whole = len(found.plans)
    for i, (most, least) in enumerate(scenario_shades.steps(whole)):
        codes[(times <= most) & (times >= least)] = i
        span = str(most) if most == least else f"{least}–{most}"
        rows.append((words["times"].format(times=span, plans=whole), scenario_shades.SURE[i]))
    return made(outcome, codes, words["map_choices"], rows)


def of_weights(outcome: Outcome, found: Firmness) -> Tint:
    """In how many runs each unit keeps its use when weights change."""
    words, runs = parts.section("study"), 1 + 2 * len(found.swings)
    times = np.rint(found.kept * runs)
    given = (outcome.use >= 0) & (outcome.use < len(outcome.prepared.labels))
    codes = np.where(given, np.where(times == runs, 0, np.where(2 * times >= runs, 1, 2)), -1)
    codes = np.where(~given & (times < runs), 3, codes)
    names = ("kept_all", "kept_most", "kept_few", "kept_new")
    inks = (*(scenario_shades.SURE[i] for i in (0, 2, 4)), scenario_shades.NOW_AND_THEN)
    rows = [(words[name].format(runs=runs), ink) for name, ink in zip(names, inks, strict=True)]
    return made(outcome, codes, words["map_weights"], rows)


def of_contest(outcome: Outcome, found: Conflict, pairs: Sequence[tuple[int, int]]) -> Tint:
    """Land that two uses both want, by the two that want it most."""
    words, labels = parts.section("study"), outcome.prepared.labels
    codes = np.full(len(outcome.use), -1)
    for i, (a, b) in enumerate(pairs):
        ends = np.stack([found.first, found.second])
        codes[(found.wanting >= 2) & (ends.min(axis=0) == a) & (ends.max(axis=0) == b)] = i
    rows = [
        (f"{_short(labels[a])} ↔ {_short(labels[b])}", scenario_look.change(i))
        for i, (a, b) in enumerate(pairs)
    ]
    return made(outcome, codes, words["map_contest"], rows)


def of_worth(outcome: Outcome) -> Tint:
    """What the plan loses at least without each unit, the dearest first."""
    words, worth = parts.section("study"), scenario.worth(outcome)
    order = np.argsort(-worth, kind="stable")[: int((worth > 0).sum())]
    given = (outcome.use >= 0) & (outcome.use < len(outcome.prepared.labels))
    codes, rows, at = np.where(given, 4, -1), list[tuple[str, Ink]](), 0
    for i, share in enumerate(_SHARES):
        until = round(share * len(order))
        least = mu(float(worth[order[max(until - 1, 0)]])) if len(order) else 0.0
        codes[order[at:until]], at = i, until
        rows.append((words["worth_least"].format(points=f"{least:,.1f}"), scenario_shades.SURE[i]))
    rows.append((words["worth_none"], scenario_shades.SURE[4]))
    return made(outcome, codes, words["map_worth"], rows)


def _short(label: UseLabel) -> str:
    """A use in few letters: two of them stand in one line of the key."""
    return f"{label.code} {parts.say(label.name, label.name_en)}"[:16]
