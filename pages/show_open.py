"""放映与演讲者视图: links that open the player of what is kept, each in a tab of its own."""

from urllib.parse import quote, urlencode

import streamlit as st

from geo.zone import Zone
from pages import address, download, parts, show_draft, show_state, show_words
from pages.show_door import DEFAULT
from pages.target_words import safe

_USUAL = ("", "zh", "standard", "internal")  # what the player takes when nothing is said
_WAYS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("play", "▶", {}),
    ("present", "▥", {"presenter": "1"}),
)


def links(zone: Zone) -> None:
    """Both links, for the meeting and the story chosen."""
    st.html(f'<p class="mopens">{"".join(link for _, link in _links(zone))}</p>')


def cards(zone: Zone, **said: str) -> None:
    """Both links, each with what it is for; `said` is told to the player."""
    words = show_words.words()
    for name, link in _links(zone, **said):
        st.html(
            f'<div class="mcard"><div class="mout"><b>{safe(words[name])}</b>'
            f"<small>{safe(words[f'{name}_note'])}</small></div>{link}</div>"
        )


def _links(zone: Zone, **said: str) -> list[tuple[str, str]]:
    words, one, draft = show_words.words(), show_state.chosen(zone), show_draft.chosen(zone)
    if one is None:
        return []
    story, dirty = (draft.read.id, draft.dirty) if draft else ("", False)
    told = words["unsaved_open"] if dirty else words["play_help"]
    said = {"edition": download.editions()[0].value, **said}
    return [
        (
            name,
            f'<a class="mopen m-{name}" href="{safe(where(one.number, story, **said, **asked))}" '
            f'target="_blank" rel="noopener" title="{safe(told)}">{sign} {safe(words[name])}</a>',
        )
        for name, sign, asked in _WAYS
    ]


def where(number: int, story: str, **asked: str) -> str:
    """Address of the player, relative to the app's pages."""
    usual = {"lang": "en" if parts.english() else "zh", "palette": address.palette()}
    said = {key: value for key, value in (usual | asked).items() if value not in _USUAL}
    return f"show/{number}/{quote(story or DEFAULT)}" + (f"?{urlencode(said)}" if said else "")
