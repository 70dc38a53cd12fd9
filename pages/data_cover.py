"""The area that a set covers completely: asked with its papers, told with its source."""

import streamlit as st

from geo.model import Source
from geo.zone import Zone, cover
from pages import parts

_WAYS = ("", cover.ZONE, cover.HULL, cover.UNITS)


def draw(zone: Zone) -> str:
    """What the papers say of it, as `geo.zone.cover` reads it; towns count where they are meant."""
    words, names = parts.section("store"), _names(zone)
    ways = _WAYS if names else _WAYS[:-1]
    one, two = st.columns([1, 2])
    way = one.selectbox(words["covers"], ways, format_func=_way, help=words["covers_help"])
    if not names:
        return way or ""
    towns = two.multiselect(
        words["covers_towns"], list(names), format_func=lambda id_: names[id_], placeholder="—"
    )
    return f"{cover.UNITS}{','.join(towns)}" if way == cover.UNITS else way or ""


def told(zone: Zone, source: Source) -> str:
    """In words."""
    said = source.covers
    if not said.startswith(cover.UNITS):
        return _way(said)
    names = _names(zone)
    joiner = ", " if parts.english() else "、"
    return joiner.join(names.get(one, one) for one in cover.ids(said))


def _way(said: str) -> str:
    return parts.t("store", f"covers_{said.removesuffix(':') or 'unsaid'}")


def _names(zone: Zone) -> dict[str, str]:
    """Towns and streets by id."""
    held = zone.boundaries(cover.UNIT)
    if held is None:
        return {}
    table = held.table
    english = table["name_en"] if "name_en" in table else table["name"]
    rows = zip(table["id"], table["name"], english, strict=True)
    return {id_: parts.say(name, str(other or "")) for id_, name, other in rows}
