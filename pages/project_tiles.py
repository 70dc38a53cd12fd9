"""Tiles of the wall, in groups; what stands worst comes first."""

from collections.abc import Sequence

from geo.projects import Project
from layers import project_look
from pages import parts, project_state, project_words
from pages.project_book import HELD, Seen
from pages.target_words import safe

GROUPS = ("lead", "kind", "phase", "colour")


def html(seen: Seen, found: Sequence[Project]) -> str:
    """All tiles; each is a button that names its project in ``data-project``."""
    by = HELD.get("group") if HELD.get("group") in GROUPS else GROUPS[0]
    groups = project_state.grouped(found, by)
    worst = list(seen.rules.colours)
    inner = ""
    for key in sorted(groups, key=lambda one: _order(seen, by, one, groups[one])):
        rows = sorted(groups[key], key=lambda one: (worst.index(one.colour), one.id))
        tiles = "".join(_tile(seen, one) for one in rows)
        inner += (
            f"<section><h3>{safe(_title(seen, by, key))} <span>{len(rows)}</span></h3>"
            f'<div class="pgrid">{tiles}</div></section>'
        )
    return inner


def _order(seen: Seen, by: str, key: str, rows: Sequence[Project]) -> tuple[bool, int, str]:
    """Groups as the rules list them; units by the worst of their projects; none comes last."""
    if by == "lead":
        worst = list(seen.rules.colours)
        return (not key, min(worst.index(one.colour) for one in rows), key)
    known = {"kind": seen.rules.kinds, "phase": seen.rules.phases, "colour": seen.rules.colours}
    order = list(known[by]) if by in known else []
    return (not key, order.index(key) if key in order else 0, key)


def _title(seen: Seen, by: str, key: str) -> str:
    if by == "lead":
        return project_words.office(key)
    table = {"kind": seen.rules.kinds, "phase": seen.rules.phases, "colour": seen.rules.colours}
    return project_words.named(table[by], key)


def _tile(seen: Seen, one: Project) -> str:
    words, light = parts.section("project"), project_words.light(one.colour)
    at = project_state.standing(one, seen.rules, seen.day)
    now = project_state.told(at)
    due = words["due"].format(day=at.due) if at.due else ""
    late = f"<b>{safe(words['late'].format(days=at.late))}</b>" if at.late else ""
    marks = words["marks"].format(number=len(one.marks)) if one.marks else ""
    said = [text for text in (due, marks, words["quiet"] if one.quiet and at.step else "") if text]
    more = f"<small>{late} {safe(' · '.join(said))}</small>" if said or late else ""
    sign = f"<em>{safe(words['example'])}</em>" if one.example else ""
    on = str(one.id == HELD.get("project")).lower()
    return (
        f'<button type="button" class="ptile" data-project="{safe(one.id)}" aria-pressed="{on}" '
        f'style="--ink:{light.ink}">{project_look.icon(light)}<span><strong>{safe(one.id)} '
        f"{safe(project_words.name(one))}{sign}</strong><small>{safe(now)}"
        f"<u>{at.done}/{at.steps}</u></small>{more}</span></button>"
    )
