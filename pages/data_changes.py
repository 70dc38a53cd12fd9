"""What changes between two states of a set: a picture, and a table id by id."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geo import intake
from geo.boundaries import Change, ChangeKind
from geo.model import Boundaries
from geo.units import AreaUnit, format_area
from geo.zone import Zone
from layers import preview
from pages import data_place, data_table, parts

_BOTH = (ChangeKind.MOVED, ChangeKind.CHANGED)


def draw(zone: Zone, changes: list[Change], before: Boundaries | None, after: Boundaries) -> None:
    """What changed, id by id with m², and a picture of it."""
    if not changes:
        st.info(parts.t("store", "no_change"))
        return
    frame = zone.existing("zone").table.geometry.iloc[0]
    parts_of = preview.Parts(frame, *_sorted(changes, _by_id(before), _by_id(after)))
    picture, table = st.columns([4, 5], gap="medium")
    picture.image(preview.svg(parts_of, title=parts.t("store", "difference")), width="stretch")
    picture.html(preview.legend({k: parts.t("store", f"legend_{k}") for k in preview.KINDS}))
    english = parts.english()
    unit = parts.unit() if parts.unit() is not AreaUnit.KM2 else AreaUnit.HA
    rows = [
        {
            parts.t("table", "id"): one.id,
            parts.t("card", "name"): one.name,
            parts.t("store", "change"): parts.t("store", f"change_{one.kind}"),
            parts.t("store", "old"): format_area(one.old_m2, unit, english=english),
            parts.t("store", "new"): format_area(one.new_m2, unit, english=english),
            parts.t("store", "moved"): format_area(one.moved_m2, unit, english=english),
        }
        for one in changes
    ]
    key = f"changes_{before.since if before else 0}_{after.since}_{after.name}"
    with table:
        st.caption(parts.t("store", "place_hint"))
        at = data_table.chosen(pd.DataFrame(rows), key, height=380)
    if at is not None:
        _look(zone, f"{key}.{changes[at].id}", changes[at], (before, after))


def _look(zone: Zone, row: str, one: Change, sides: tuple[Boundaries | None, Boundaries]) -> None:
    """The feature on a map, old and new, and every field that changed."""
    place, fields = st.columns([5, 4], gap="medium")
    with place:
        data_place.show(zone, "change", row, intake.of_change(*sides, one.id))
    with fields:
        found = intake.altered(*sides, one.id) if one.kind in _BOTH else []
        st.markdown(f"**{parts.plain(one.name or one.id)}**")
        if not found:
            st.caption(parts.t("store", "fields_none"))
            return
        names = [parts.t("store", key) for key in ("field", "value_old", "value_new")]
        frame = pd.DataFrame(found, columns=names)
        st.dataframe(frame, hide_index=True, height=min(38 + 35 * len(found), 330))


def _by_id(known: Boundaries | None) -> Mapping[str, object]:
    if known is None:
        return {}
    return dict(zip(known.table["id"], known.table.geometry, strict=True))


def _sorted(
    changes: list[Change], old: Mapping[str, object], new: Mapping[str, object]
) -> tuple[list[object], list[object], list[object]]:
    gone = [old[c.id] for c in changes if c.kind in (ChangeKind.REMOVED, ChangeKind.MOVED)]
    come = [new[c.id] for c in changes if c.kind in (ChangeKind.ADDED, ChangeKind.MOVED)]
    touched = {c.id for c in changes if c.kind is not ChangeKind.CHANGED}
    same = [shape for id_, shape in new.items() if id_ not in touched]
    return same, gone, come
