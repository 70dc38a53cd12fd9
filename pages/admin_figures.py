"""The few figures of health that are looked at first; what asks for attention is marked."""

from datetime import datetime
from typing import Any

import streamlit as st

from geo.chronicle import CHINA
from pages import parts
from pages.target_words import safe

_GIB = 1024**3


def draw(told: dict[str, Any]) -> None:
    """Product, data, disk, backup, people."""
    words, office = parts.section("admin"), told["office"]
    shown = [
        _figure("product", told["product"], ""),
        _figure("data_version", f"v{told['version']}", words["data_note"]),
        _disk(told["disk"]),
        _backup(told["backups"]),
        _figure("inside", words["nobody_short"], "")
        if office is None
        else _figure("inside", office["inside"], words["accounts"].format(n=office["people"])),
    ]
    st.html(f'<dl class="tfigures">{"".join(shown)}</dl>')


def _disk(disk: dict[str, Any] | None) -> str:
    words = parts.section("admin")
    if disk is None:
        return _figure("disk", "—", words["no_disk"])
    whole = words["disk_of"].format(n=f"{disk['total'] / _GIB:,.0f}")
    note = words["disk_low"] if disk["low"] else whole
    return _figure("disk", f"{disk['free'] / _GIB:,.1f} GiB", note, bad=disk["low"])


def _backup(told: dict[str, Any]) -> str:
    """The store whose last backup is oldest decides."""
    words, newest = parts.section("admin"), told["newest"]
    if not newest:
        return _figure("backup", words["no_backup"], words["backup_do"], bad=True)
    oldest = max(newest, key=lambda one: float(one["hours"]))
    notes = "；".join(f"{one['of']} v{one['version']} {_moment(one['made'])}" for one in newest)
    age = words["hours_ago"].format(n=f"{oldest['hours']:,.1f}")
    if told["missing"]:
        notes += words["backup_one"]
    return _figure("backup", age, notes, bad=oldest["old"] or told["missing"])


def _figure(name: str, value: object, note: str, *, bad: bool = False) -> str:
    label, look = safe(parts.t("admin", name)), ' class="bad"' if bad else ""
    told = f"<b>{safe(str(value))}</b><small>{safe(note)}</small>"
    return f"<div{look}><dt>{label}</dt><dd>{told}</dd></div>"


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(CHINA):%m-%d %H:%M}"
