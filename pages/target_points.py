"""The plan's arithmetic worked again, and the points where it disagrees with itself."""

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from geo.plan import Agrees, Inconsistency, PlanCheck, check
from geo.zone import Zone
from pages import parts
from pages.target_words import safe


def checks(zone: Zone) -> None:
    """All checks, what does not agree first."""
    words = parts.section("target")
    found = check(zone.plan)
    st.html(f'<p class="tnote">{safe(words["checks_note"])}</p>')
    for how in (Agrees.NO, Agrees.YES, Agrees.UNKNOWN):
        rows = [one for one in found if one.agrees is how]
        title = safe(words[f"agrees_{how}"])
        head = f'<h2 class="tgroup"><span class="chip {how}">{title}</span> {len(rows)}</h2>'
        names = ("check_says", "check_computed", "check_note", "clauses")
        st.html(head + _table([words[n] for n in names], map(_check, rows), "tchecks", title))


def _check(one: PlanCheck) -> list[str]:
    point = parts.t("target", "point_ref").format(id=one.inconsistency)
    more = f"<small>{safe(point)}</small>" if one.inconsistency else ""
    return [
        safe(parts.say(one.says, one.says_en)),
        safe(parts.say(one.computed, one.computed_en)),
        safe(parts.say(one.note, one.note_en)),
        clause_links(one.clauses) + more,
    ]


def points(zone: Zone) -> None:
    """Every inconsistency with what this product does about it."""
    words = parts.section("target")
    found = zone.plan.inconsistencies
    note = words["points_note"].format(number=len(found))
    names = ("id", "point_title", "point_says", "point_does", "point_touches")
    table = _table([words[n] for n in names], map(_point, found), "tpoints", words["view_points"])
    st.html(f'<p class="tnote">{safe(note)}</p>{table}')


def _point(one: Inconsistency) -> list[str]:
    return [
        safe(one.id),
        f"<b>{safe(parts.say(one.title, one.title_en))}</b>",
        safe(parts.say(one.says, one.says_en)),
        safe(parts.say(one.does, one.does_en)),
        links("target", one.targets) + clause_links(one.clauses),
    ]


def clause_links(clauses: Iterable[str]) -> str:
    """Clause ids as links to their view on this page."""
    return links("clause", clauses)


def links(key: str, ids: Iterable[str]) -> str:
    """Ids as links to this page that ask for them, in the reader's language."""
    lang = {"lang": "en"} if parts.english() else {}
    made = (
        f'<a href="?{safe(urlencode({key: id_, **lang}))}" target="_self">{safe(id_)}</a>'
        for id_ in ids
    )
    return "".join(f'<span class="tlink">{one}</span>' for one in made)


def _table(names: Iterable[str], rows: Iterable[list[str]], kind: str, title: str) -> str:
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    inner = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return (
        f'<table class="ttab {kind}" aria-label="{safe(title)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{inner}</tbody></table>"
    )
