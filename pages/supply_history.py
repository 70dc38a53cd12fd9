"""The life of a parcel: every entry with its two days, who, why, on which paper."""

import streamlit as st

from geo.chronicle import WITHDRAWN, taken_back
from geo.ledger import book
from geo.supply import Step
from geo.zone import Zone
from pages import parts, supply_values, supply_words
from pages.supply_sums import badge
from pages.target_words import safe


def show(zone: Zone, id_: str, known: int | None) -> None:
    """Draw the entries, the latest first; what was taken back is struck through."""
    steps = book(zone).supply.history(id_, known)
    st.html(f'<ol class="shistory">{"".join(_entry(step) for step in reversed(steps))}</ol>')


def what(step: Step) -> str:
    """What an entry did, in the reader's words."""
    event, words = step.entry.event, parts.section("supply")
    verb = words[f"verb_{event.verb}"]
    if event.verb == "moved" and step.after is not None:
        before = supply_words.status(step.before.status) if step.before else ""
        return f"{before} → {supply_words.status(step.after.status)}"
    if event.verb == "moved":
        return f"→ {supply_words.status(str(event.data.get('to', '')))}"
    if event.verb == "entered":
        return f"{verb} · {supply_words.status(str(event.data.get('status', '')))}"
    if event.verb in ("split", "merged", "renumbered"):
        into = event.data.get("into", "")
        return f"{verb} → {into if isinstance(into, str) else '、'.join(map(str, into))}"
    return f"{verb} #{taken_back(step.entry)}" if event.verb == WITHDRAWN else verb


def _entry(step: Step) -> str:
    entry, words = step.entry, parts.section("supply")
    event = entry.event
    gone = words["taken_back"].format(number=step.withdrawn_by) if step.withdrawn_by else ""
    mark = badge(step.after.status) if step.after else '<i class="sbadge"></i>'
    said = f'<div class="sh-what">{safe(what(step))}</div>'
    lines = [
        words["recorded"].format(day=entry.recorded, by=event.by, number=entry.number),
        _fields(step),
        words["why"].format(text=event.reason) if event.reason else "",
        words["paper"].format(text=event.document) if event.document else "",
        gone,
    ]
    small = "".join(f"<small>{safe(line)}</small>" for line in lines if line)
    kind = ' class="gone"' if gone else ""
    return f"<li{kind}>{mark}<time>{entry.on}</time>{said}{small}</li>"


def _fields(step: Step) -> str:
    """What an entry said of the parcel, field by field."""
    if step.after is None or step.entry.event.verb == "entered":
        return ""
    said = [
        f"{supply_words.field(key)} {supply_values.value(key, step.after.fields.get(key))}"
        for key in step.entry.event.data.get("fields", {})
    ]
    return "; ".join(said) if parts.english() else "；".join(said)
