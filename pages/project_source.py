"""A public source as readers see it."""

from geo.projects import Cited
from pages import parts
from pages.target_words import safe


def told(cited: Cited) -> str:
    """A public source as text: its address is shown, never opened."""
    words = parts.section("project")
    told = [cited.title, cited.published, words[f"confidence_{cited.confidence}"], cited.url]
    said = " · ".join(safe(text) for text in told if text)
    return f'<span class="chip">{safe(words["public"])}</span> {said}'
