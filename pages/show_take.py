"""The chapter that a map makes as it is now, and in words what of it cannot be kept."""

from collections.abc import Sequence

from geo.meeting import Chapter, Look, Text
from pages import door, show_look, show_source, show_words
from pages.show_look import Shown
from pages.target_words import safe


def taken(shown: Shown) -> tuple[Chapter, list[str]]:
    """The chapter that a map makes, and in words what of it cannot be kept."""
    words, colour = show_words.words(), show_source.colouring(shown.key, shown.tint)
    look = show_look.look(shown, colour, show_source.absent(shown.key, shown.tint))
    lost = []
    if shown.tint and not colour:
        lost.append(words["lost_tint"])
    if shown.drawn.get("shapes") and not look.drawings:
        lost.append(words["lost_shapes"])
    if not colour and show_source.narrowed(shown.key):  # stages are kept as classes of a colouring
        lost.append(words["lost_filters"])
    elif show_source.filtered(shown.key):
        lost.append(words["lost_filter"])
    page = show_source.page()
    title = Text(*door.words()["app"][page or "map"])
    return Chapter("new", title, look=look, permalink=show_source.permalink(page, shown.told)), lost


def summary(chapter: Chapter, lost: Sequence[str]) -> str:
    """What is taken, and what is not."""
    look = chapter.look
    lines = [show_words.words()["taken_made"]] if look is None else told(look)
    rows = "".join(f"<li>{safe(one)}</li>" for one in lines)
    gone = "".join(f'<li class="mlost">{safe(one)}</li>' for one in lost)
    return f'<ul class="mtaken">{rows}{gone}</ul>'


def told(look: Look) -> list[str]:
    """What a map shows, in words."""
    words, colour = show_words.words(), show_words.colouring(look.colouring)
    found = [
        words["map_part" if look.extent else "map_whole"],
        words["taken_sets"].format(number=len(look.on), colour=colour),
    ]
    if number := sum(map(len, look.hidden.values())):
        found.append(words["taken_hidden"].format(number=number))
    for name, rows in (("selected", look.selected), ("drawn", look.drawings)):
        if rows:
            found.append(words[f"taken_{name}"].format(number=len(rows)))
    if look.before:
        found.append(words["map_swipe"].format(before=show_words.colouring(look.before)))
    return found
