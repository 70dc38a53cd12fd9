"""Changes between two meetings as a table: on the screen with the ways there, as Excel."""

from collections.abc import Sequence
from typing import Any

from geo.meeting import Change, Snapshot
from geo.zone import Zone
from layers import sheet
from pages import seal, show_change, show_ways, show_words
from pages.target_words import safe


def html(zone: Zone, rows: Sequence[Change]) -> str:
    """Rows as HTML: the name opens the object, the last cell the map."""
    words = show_words.words()
    keys = ("kind", "what", "name", "before", "after", "day", "map")
    head = "".join(f"<th>{safe(words[f'h_{key}'])}</th>" for key in keys)
    now = show_ways.drawn(zone)
    body = "".join(_row(now, one) for one in rows)
    return (
        '<div class="mscroll"><table class="ctab mtab"><thead>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(now: show_ways.Drawn, one: Change) -> str:
    kind, at = one.kind.value, show_ways.map_at(now, one)
    link = f'<a href="{safe(at)}" target="_self">{safe(show_words.words()["to_map"])}</a>'
    after = " · ".join(filter(None, (show_change.told(one, one.after), show_change.moved(one))))
    return (
        f'<tr><td><em class="chip m-{kind}">{show_change.MARKS[kind]} '
        f"{safe(show_change.name(kind))}</em></td><td>{safe(show_change.what(one))}</td>"
        f'<td><a href="{safe(show_ways.object_at(one))}" target="_self">'
        f"{safe(show_change.named(one))}</a></td><td>{safe(show_change.told(one, one.before))}</td>"
        f"<td>{safe(after)}</td><td>{one.day or '—'}</td><td>{link if at else '—'}</td></tr>"
    )


def workbook(zone: Zone, one: Snapshot, other: Snapshot, rows: Sequence[Change]) -> bytes:
    """All changes as Excel, with what the file says of itself."""
    words = show_words.words()
    columns: dict[str, list[Any]] = {
        words["h_kind"]: [show_change.name(row.kind.value) for row in rows],
        words["h_what"]: [show_change.what(row) for row in rows],
        words["h_id"]: [row.id for row in rows],
        words["h_name"]: [show_words.said(row.name) for row in rows],
        words["h_before"]: [show_change.told(row, row.before) for row in rows],
        words["h_after"]: [show_change.told(row, row.after) for row in rows],
        words["h_day"]: [row.day.isoformat() if row.day else "" for row in rows],
        words["h_moved"]: [row.moved_m2 for row in rows],
    }
    about = {words["meeting"]: show_words.meeting_line(one)}
    about[words["against"]] = show_words.meeting_line(other)
    about[words["version"]] = f"{other.version} → {one.version}"
    about |= seal.of(zone, one.version).rows()
    if zone.example:
        about[words["example"]] = words["example_note"]
    title = f"{words['example']} · " if zone.example else ""
    return sheet.workbook(title + words["changes"], columns, about)
