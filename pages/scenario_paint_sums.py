"""What each use has in a painted plan, against its demand, in the reader's unit."""

import math
from collections.abc import Mapping

from geo.scenario import Prepared
from geo.scenario.paint import Sum
from pages import parts, scenario_words
from pages.target_words import safe


def table(prepared: Prepared, rows: tuple[Sum, ...]) -> str:
    """One row a use: what it has, what of it was painted, its demand, and whether it is met."""
    words, size = scenario_words.words(), scenario_words.size
    keys = ("col_use", "h_got", "paint_own", "h_asked", "h_met")
    heads, body = "".join(f"<th>{safe(words[key])}</th>" for key in keys), ""
    for label, one in zip(prepared.labels, rows, strict=True):
        most = words["no_most"] if math.isinf(one.high_m2) else size(one.high_m2)
        body += (
            f"<tr><td>{scenario_words.swatch(scenario_words.ink(label.code))}"
            f"{safe(scenario_words.use(label))}</td><td><b>{safe(size(one.area_m2))}</b></td>"
            f"<td>{safe(size(one.locked_m2))}</td><td>{safe(size(one.low_m2))} – {safe(most)}</td>"
            f"<td>{_met(one)}</td></tr>"
        )
    return (
        f'<table class="ctab cpaint"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def adrift(lost: Mapping[int, int]) -> str:
    """What of the plan beneath is used in a year that the draft does not have; empty for none."""
    words = scenario_words.words()
    if not lost:
        return ""
    years = (words["paint_year"].format(year=year, number=n) for year, n in lost.items())
    told = words["paint_adrift"].format(years=parts.say("、", ", ").join(years))
    return f'<p class="cbad" role="status">{safe(told)}</p>'


def _met(one: Sum) -> str:
    words, hair = scenario_words.words(), 1e-6 * max(one.low_m2, 1.0)
    if one.area_m2 < one.low_m2 - hair:
        missing = scenario_words.size(one.low_m2 - one.area_m2)
        return f'<span class="chip no">{safe(words["short"].format(area=missing))}</span>'
    if one.area_m2 > one.high_m2 + hair:
        beyond = scenario_words.size(one.area_m2 - one.high_m2)
        return f'<span class="chip no">{safe(words["over"].format(area=beyond))}</span>'
    return f'<span class="chip yes">{safe(words["met"])}</span>'
