"""Remarks in words: kinds, states, who and when; whatever people wrote stays text."""

from geo import remarks
from geo.remarks import Kind, Remark, State
from pages import parts
from pages.target_words import safe

_SHORT = 60


def kinds() -> dict[str, str]:
    """Names of the kinds by value."""
    words = parts.section("remark")
    return {one.value: words[f"kind_{one.value}"] for one in Kind}


def states() -> dict[str, str]:
    """Names of the states by value."""
    words = parts.section("remark")
    return {one.value: words[f"state_{one.value}"] for one in State}


def chip(one: Remark) -> str:
    """The state as a chip."""
    return f'<span class="chip {one.state.value}">{safe(states()[one.state.value])}</span>'


def thread(one: Remark) -> str:
    """A remark with its answers, as HTML."""
    place, head = one.place, f"{one.number} · {kinds()[one.kind.value]}"
    if place:
        head = f"{one.number} · {place.name or f'{place.lon:.5f}, {place.lat:.5f}'}"
    said = [(one.by.name, one.at, one.text)]
    said += [(reply.by.name, reply.at, reply.text) for reply in one.replies]
    words = "".join(
        f'<div class="rword{"" if at else " first"}"><p>{safe(text)}</p>'
        f"<small>{safe(name)} · {remarks.moment(moment)}</small></div>"
        for at, (name, moment, text) in enumerate(said)
    )
    level = f'<span class="chip">{safe(one.secrecy)}</span>'
    return f'<div class="rthread"><h3>{safe(head)} {chip(one)} {level}</h3>{words}</div>'


def line(one: Remark) -> str:
    """A remark in one line, as a label that Streamlit reads as Markdown."""
    first = " ".join(one.text.split())
    short = first if len(first) <= _SHORT else f"{first[:_SHORT]}…"
    name = f"{one.place.name} · " if one.place and one.place.name else ""
    who = f"{one.by.name} {remarks.moment(one.at)[5:]}"
    told = f"{one.number} · {states()[one.state.value]} · {name}{short}（{who}）"
    return parts.plain(told)
