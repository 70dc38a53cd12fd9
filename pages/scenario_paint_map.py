"""The map that is painted on: the plan beneath in pale colours, what was painted in full ones."""

import gzip
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np

from geo.scenario import Definition, Prepared, paint
from geo.scenario.paint import Beneath
from geo.zone import Zone
from layers import scenario_look, tint
from layers.style import Ink
from layers.tint import Tint
from pages import cells, parts, scenario_map, scenario_paint_state, scenario_words, tints
from pages.scenario_map import pair

_STAYS = Ink("#5B6776", "#4A5568", "#2F2F2F")


def show(zone: Zone, draft: Definition, prepared: Prepared) -> None:
    """Draw it with its brushes."""
    under = scenario_paint_state.beneath(zone, prepared)
    drawn = {"brush": _brush(prepared, under)}
    scenario_map.show(zone, _tint(draft, prepared, under), drawn=drawn)


def _tint(draft: Definition, prepared: Prepared, under: Beneath | None) -> Tint:
    uses = len(prepared.labels)
    held = paint.locked(prepared, draft.locks)
    codes = np.where(held >= 0, held + uses, _beneath(prepared, under))
    named, inks = list[tuple[str, str, str]](), list[Ink]()
    for key, told in (("plan", "beneath_use"), ("hand", "painted_use")):
        text = pair(told)
        for label in prepared.labels:
            both = scenario_words.both(label)
            named.append(
                (f"{key}:{label.id}", text[0].format(use=both[0]), text[1].format(use=both[1]))
            )
            full = scenario_words.ink(label.code)
            inks.append(scenario_look.pale(full) if key == "plan" else full)
    named.append(("stays", *pair("painted_stays")))
    legend = scenario_look.legend(named, [*inks, _STAYS], pair("paint_title"))
    return cells.coloured(
        prepared.land, codes, legend, scenario_map.sizes(codes, prepared.land, 2 * uses + 1)
    )


def _beneath(prepared: Prepared, under: Beneath | None) -> np.ndarray:
    """(n,) use of the plan beneath, -1 where it leaves a unit as it is or there is none."""
    if under is None:
        return np.full(len(prepared.land), -1, dtype=np.int16)
    return np.where(under.use < len(prepared.labels), under.use, -1)


def _brush(prepared: Prepared, under: Beneath | None) -> dict[str, Any]:
    held, shut = scenario_paint_state.now(), paint.closures(prepared)
    labels = [paint.reason(prepared, code) for code in shut.reasons]
    uses = [
        {
            "id": label.id,
            "label": scenario_words.use(label),
            "ink": asdict(scenario_words.ink(label.code)),
            "code": len(prepared.labels) + k,
            "why": tints.keep(body),
        }
        for k, (label, body) in enumerate(zip(prepared.labels, _why(prepared), strict=True))
    ]
    return {
        "turn": held.begun,
        "done": held.done,
        "uses": uses,
        "keep": 2 * len(prepared.labels),
        "beneath": tints.keep(tint.packed_array(_beneath(prepared, under))),
        "reasons": [parts.say(one.title, one.title_en) for one in labels],
    }


@lru_cache(maxsize=4)
def _why(prepared: Prepared) -> tuple[bytes, ...]:
    """For each use one byte per unit, gzipped: 0 for open, else 1 + number of the reason."""
    codes = paint.closures(prepared).codes
    return tuple(gzip.compress(row.tobytes(), 6, mtime=0) for row in codes)
