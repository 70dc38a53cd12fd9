"""Every fault that the checks found: a table, each row's place on a map, and the log as Excel."""

import hashlib

import pandas as pd
import streamlit as st

from geo import intake
from geo.zone import Zone
from layers import issues_sheet
from pages import data_place, data_table, download, explain, parts


def draw(zone: Zone, staged: intake.Staged) -> None:
    """The log; the chosen row is drawn on a map beneath it."""
    words = parts.section("store")
    rows = [
        {
            words["severity"]: words[f"severity_{one.severity}"],
            words["code"]: one.code,
            words["row"]: one.row or None,
            words["field"]: one.field,
            words["value"]: one.value,
            words["message"]: explain.beside(one.code, one.message, english=parts.english()),
        }
        for one in staged.issues
    ]
    wide = {"severity": 60, "code": 160, "field": 110, "value": 150, "message": 820}
    widths = {words[key]: st.column_config.TextColumn(width=px) for key, px in wide.items()}
    widths |= {words["row"]: st.column_config.NumberColumn(width=60)}
    st.caption(words["place_hint"])
    key = _key(staged)
    at = data_table.chosen(pd.DataFrame(rows), f"issues_{key}", widths=widths)
    if at is not None:
        spot = intake.of_issue(staged.shapes, staged.issues[at])
        data_place.show(zone, "issue", f"{key}.{at}", spot, was="other")
    download.button(
        words["log"],
        lambda: issues_sheet.workbook(staged.issues, _about(staged)),
        f"{staged.name}_issues.xlsx",
        key="issues_xlsx",
        told={"set": staged.name, "rows": len(staged.issues)},
    )


def _key(staged: intake.Staged) -> str:
    """Names this list of issues: another file, or other choices, make another."""
    said = "\n".join(f"{one.code} {one.row} {one.value}" for one in staged.issues)
    return hashlib.sha256(f"{staged.digest}{staged.crs}{said}".encode()).hexdigest()[:12]


def _about(staged: intake.Staged) -> dict[str, str]:
    words = parts.section("store")
    return {
        words["upload"]: staged.filename,
        words["as"]: staged.name,
        words["rows_in"]: str(staged.features),
        words["rows_stored"]: str(staged.stored),
        words["rows_reported"]: str(staged.reported),
        "SHA-256": staged.digest,
    }
