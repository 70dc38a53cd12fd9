"""The head of the targets page: five figures, what they are, and of which day."""

from collections.abc import Sequence

import streamlit as st

from geo.plan import Agrees, Progress, check
from geo.zone import Zone
from pages import parts
from pages.target_words import number, safe


def show(zone: Zone, rows: Sequence[Progress]) -> None:
    """Draw the figures."""
    words, document = parts.section("target"), zone.plan.document
    dated = words["dated"].format(
        written=document.written, published=document.published, facts=len(zone.plan.facts)
    )
    cells = "".join(
        f"<div><dt>{safe(words[name])}</dt>"
        f"<dd><b>{safe(value)}</b><small>{safe(note)}</small></dd></div>"
        for name, value, note in figures(zone, rows)
    )
    st.html(
        f'<h1 class="sr">{safe(parts.t("app", "target"))}</h1><dl class="tfigures">{cells}</dl>'
        f'<p class="tlead">{safe(words["lead"])} <span>{safe(dated)}</span></p>'
    )


def figures(zone: Zone, rows: Sequence[Progress]) -> list[tuple[str, str, str]]:
    """What stands at the top: word, figure, what it means."""
    words = parts.section("target")
    whole = sum(row.target.id.startswith("G") for row in rows)
    based = [row for row in rows if row.baseline is not None]
    actual = sum(row.actual is not None for row in rows)
    found = [one.agrees for one in check(zone.plan)]
    split = {how.value: found.count(how) for how in Agrees}
    notes = {
        "fig_targets": (
            len(rows),
            words["fig_targets_note"],
            {"zone": whole, "other": len(rows) - whole},
        ),
        "fig_baseline": (
            len(based),
            words["fig_baseline_note"],
            {"number": sum(r.comparable for r in based)},
        ),
        "fig_actual": (actual, words["fig_actual_some" if actual else "fig_actual_none"], {}),
        "fig_flags": (sum(bool(row.flags) for row in rows), words["fig_flags_note"], {}),
        "fig_checks": (len(found), words["fig_checks_note"], split),
    }
    unit = words["of_total"]
    return [
        (name, f"{number(value)} {unit}".strip(), note.format(**counts))
        for name, (value, note, counts) in notes.items()
    ]
